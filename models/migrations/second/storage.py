"""What the journal knows of erasures and restores, as in version 0002."""

from models.migrations.build import plain, table, text


def journal_erasure() -> None:
    """Creates the table journal_erasure."""
    table(
        "journal_erasure",
        plain("entries", "json"),
        plain("changes", "json"),
        plain("rows", "integer"),
        plain("id", "uuid"),
    )


def restore() -> None:
    """Creates the table restore."""
    table(
        "restore",
        plain("at", "instant"),
        plain("made_at", "instant"),
        plain("number", "integer"),
        text("chain", 64),
        plain("id", "uuid"),
    )
