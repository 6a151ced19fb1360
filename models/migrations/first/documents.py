"""The tables of documents as they were in version 0001."""

from models.migrations.build import plain, points, table, text, unique


def pack_copy() -> None:
    """Creates the table pack_copy."""
    table(
        "pack_copy",
        points("activity_id", "activity.id"),
        plain("number", "integer"),
        text("holder", 80),
        plain("out_at", "instant"),
        plain("back_at", "instant", nullable=True),
        plain("shredded_at", "instant", nullable=True),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id", "number"),
        indexes=["activity_id"],
    )
