"""What the search looks in: words and stems, made from the tables."""
