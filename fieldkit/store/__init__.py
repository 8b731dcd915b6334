"""The one door to SQLite: database, ops, attachments, drafts."""
