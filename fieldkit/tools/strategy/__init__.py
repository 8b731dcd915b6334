"""From priorities to a first strategy draft."""
