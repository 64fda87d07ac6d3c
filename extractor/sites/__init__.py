"""Offices' sites: rules for each, addresses, pages into articles. Pure: no network, no files but
the rules."""
