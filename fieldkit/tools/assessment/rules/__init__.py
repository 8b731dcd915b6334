"""The rules of the assessment, pure: votes, levels, scores, priorities, rounds, reasons."""
