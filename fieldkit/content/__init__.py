"""What the tools teach, as read-only data: load, check, extract."""
