"""Where something happened; `finding` is where reading begins."""
