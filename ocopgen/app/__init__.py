"""The floor that people meet: the commands, their reports, the preview."""
