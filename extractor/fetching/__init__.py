"""Fetching releases over HTTP so that nothing is lost: polite, resumable, kept as served."""
