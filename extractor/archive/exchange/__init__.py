"""Releases out and in again: which, in which form, and back unchanged."""
