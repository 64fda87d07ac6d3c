"""One module a step; its SQL lies beside it."""
