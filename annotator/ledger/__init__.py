"""Who claims and who denies, and whose dead are told by whom. Knows core only."""
