"""One open workspace: commit, undo, transfer, backup."""
