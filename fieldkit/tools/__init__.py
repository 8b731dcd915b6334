"""What people do with fieldkit; one folder for each tool, the same words inside."""
