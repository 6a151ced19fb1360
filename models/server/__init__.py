"""A club on a PostgreSQL server: made there, opened, and moved there and back."""
