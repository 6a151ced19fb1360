"""Concerns, as in version 0002."""

from models.migrations.build import plain, table


def concern() -> None:
    """Creates the table concern."""
    table("concern", plain("sealed", "bytes"), plain("version", "integer"), plain("id", "uuid"))
