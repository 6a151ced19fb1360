"""The tables of registers as they were in version 0001."""

from models.migrations.build import check, choice, plain, points, table, text, unique


def collection_today() -> None:
    """Creates the table collection_today."""
    table(
        "collection_today",
        points("activity_id", "activity.id"),
        points("child_id", "child.id"),
        text("name", 80),
        text("relationship", 80),
        text("agreed_with", 80),
        plain("agreed_at", "instant"),
        text("note", 200),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["activity_id", "child_id"],
    )


def mark() -> None:
    """Creates the table mark."""
    table(
        "mark",
        points("activity_id", "activity.id"),
        points("child_id", "child.id", nullable=True),
        points("adult_id", "adult.id", nullable=True),
        choice("kind", "markkind", ["in", "out", "late", "absent", "no show", "void"]),
        choice("source", "marksource", ["screen", "paper", "book"]),
        plain("happened_at", "instant", nullable=True),
        plain("late", "boolean"),
        plain("entered_at", "instant"),
        text("entered_by", 120),
        text("device", 64),
        plain("number", "integer"),
        points("corrects_id", "mark.id", nullable=True),
        text("collected_by", 80),
        choice(
            "collected_how",
            "collectedhow",
            ["on the list", "gave the password", "parent phoned", "known to staff"],
            nullable=True,
        ),
        text("note", 400),
        plain("id", "uuid"),
        check("one_person", "(child_id IS NULL) != (adult_id IS NULL)"),
        unique("device", "number"),
        indexes=["activity_id", "adult_id", "child_id", "corrects_id"],
    )


def register_day() -> None:
    """Creates the table register_day."""
    table(
        "register_day",
        points("activity_id", "activity.id"),
        plain("closed_at", "instant", nullable=True),
        text("note", 400),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id"),
        indexes=["activity_id"],
    )


def register_sheet() -> None:
    """Creates the table register_sheet."""
    table(
        "register_sheet",
        points("activity_id", "activity.id"),
        plain("number", "integer"),
        plain("printed_at", "instant"),
        plain("rows", "json"),
        plain("id", "uuid"),
        unique("activity_id", "number"),
        indexes=["activity_id"],
    )
