"""The schema of version 0001, an area a page."""
