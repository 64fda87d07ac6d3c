"""Who holds an event; `finding` is where reading begins."""
