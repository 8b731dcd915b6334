"""The window you see."""
