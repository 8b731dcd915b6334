"""Words and laws everybody shares: no disk, no window, no database."""
