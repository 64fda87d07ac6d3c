"""Records on their way in: read, set against what is kept, written."""
