"""The maturity checklist: votes, agreed levels, results."""
