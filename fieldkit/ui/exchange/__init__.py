"""The exchange page: sending, taking in with a preview, and settling differences."""
