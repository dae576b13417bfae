"""Spreadsheets: the products of a catalogue as editors keep them in their offices."""
