"""Cleaning: collect edits against the draft as it came in, apply them, take them back."""
