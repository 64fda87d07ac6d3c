"""What happened: its name, kind, status; `finding` is where reading begins."""
