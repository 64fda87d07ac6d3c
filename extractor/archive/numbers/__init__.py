"""The archive counted and drawn."""
