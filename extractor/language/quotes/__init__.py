"""Who said what, in marks or reported; `finding` is where reading begins."""
