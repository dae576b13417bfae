"""The floor that says what a page shows, and fills its template."""
