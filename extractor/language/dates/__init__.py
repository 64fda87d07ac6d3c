"""Days and times as releases write them; `finding` is where reading begins."""
