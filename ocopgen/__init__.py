"""ocopgen turns product records and stories into a bilingual catalogue site."""

__version__ = "0.1.0"
