"""Alembic migrations: every change of the schema, from the first day."""
