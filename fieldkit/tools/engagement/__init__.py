"""Who we work with: agency profile, consent, groups, rounds."""
