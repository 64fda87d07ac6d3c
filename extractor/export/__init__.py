"""Records in the forms other tools read."""
