"""Names, titles, roles and who is who; `finding` is where reading begins."""
