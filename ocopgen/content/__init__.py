"""The floor that reads `content/` and ties it into one catalogue."""
