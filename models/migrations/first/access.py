"""The tables of access as they were in version 0001."""

from models.migrations.build import check, plain, table, text


def club() -> None:
    """Creates the table club."""
    table(
        "club",
        text("name", 120),
        plain("created_at", "instant"),
        plain("sample_day", "date", nullable=True),
        text("phone", 40),
        text("email", 120),
        text("address", 200),
        text("complaints_to", 200),
        text("charity_number", 40),
        plain("logo", "bytes", nullable=True),
        plain("children_per_adult", "integer"),
        plain("min_adults", "integer"),
        plain("late_minutes", "integer"),
        plain("dbs_years", "integer"),
        plain("safeguarding_years", "integer"),
        plain("consent_months", "integer"),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("min_adults", "min_adults BETWEEN 1 AND 10"),
        check("children_per_adult", "children_per_adult BETWEEN 1 AND 30"),
    )


def key_slots_copy() -> None:
    """Creates the table key_slots_copy."""
    table(
        "key_slots_copy",
        plain("club_id", "uuid"),
        plain("slots", "json"),
        key="club_id",
    )
