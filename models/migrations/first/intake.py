"""The tables of intake as they were in version 0001."""

from models.migrations.build import plain, table, text, unique


def imported() -> None:
    """Creates the table imported."""
    table(
        "imported",
        text("kind", 40),
        text("key", 300),
        plain("record_id", "uuid"),
        plain("imported_at", "instant"),
        plain("values", "json"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("kind", "key"),
        indexes=["record_id"],
    )
