"""Where a catalogue keeps what can be made again."""

CACHE = ".ocopgen"
"""The folder of what is kept between builds; nothing is lost when it is deleted."""
