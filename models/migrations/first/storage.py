"""The tables of storage as they were in version 0001."""

from models.migrations.build import choice, plain, points, table, text, unique


def journal_change() -> None:
    """Creates the table journal_change."""
    table(
        "journal_change",
        plain("number", "integer"),
        plain("at", "instant"),
        plain("actor_id", "uuid"),
        text("actor_name", 120),
        text("device", 64),
        text("label", 200),
        choice("kind", "changekind", ["do", "undo", "redo", "import"]),
        points("answers_id", "journal_change.id", nullable=True),
        plain("id", "uuid"),
        unique("number"),
        indexes=["answers_id"],
    )


def journal_entry() -> None:
    """Creates the table journal_entry."""
    table(
        "journal_entry",
        plain("number", "integer"),
        points("change_id", "journal_change.id"),
        plain("position", "integer"),
        text("area", 40),
        text("table_name", 60),
        plain("record_id", "uuid"),
        plain("before", "null json", nullable=True),
        plain("after", "null json", nullable=True),
        text("salt", 32),
        text("digest", 64),
        text("chain", 64),
        unique("change_id", "position"),
        key="number",
        indexes=["change_id", "record_id"],
    )
