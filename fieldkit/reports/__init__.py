"""Paper: a document that knows no format, and the formats that print it."""
