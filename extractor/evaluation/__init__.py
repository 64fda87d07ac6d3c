"""Scores against an annotated corpus: one measure, one document at a time, then summed."""
