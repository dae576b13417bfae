"""The ground floor: words, problems, digests and the store."""
