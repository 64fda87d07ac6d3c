"""Indonesian as pure functions over str: no spaCy, no input or output."""
