"""People at risk: who is withheld, and the one door out of the archive, :mod:`disclosure`."""
