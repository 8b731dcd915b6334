"""Our small additions to Qt; they know nothing of tools."""
