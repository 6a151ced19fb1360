"""The tables of team as they were in version 0001."""

from models.migrations.build import check, plain, table, text


def adult() -> None:
    """Creates the table adult."""
    table(
        "adult",
        text("name", 80),
        text("role", 80),
        plain("paid", "boolean"),
        plain("birth_date", "date", nullable=True),
        text("sex", 20),
        text("mobile", 40),
        text("email", 120),
        plain("cleared_on", "date", nullable=True),
        plain("dbs_issued", "date", nullable=True),
        text("dbs_level", 80),
        plain("first_aid_expires", "date", nullable=True),
        plain("safeguarding_trained", "date", nullable=True),
        text("licence", 120),
        plain("licence_checked", "date", nullable=True),
        plain("driving_approved", "date", nullable=True),
        plain("midas_expires", "date", nullable=True),
        text("usual_days", 120),
        plain("left_on", "date", nullable=True),
        text("notes", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("left_on", "left_on IS NULL OR left_on > '1990-01-01'"),
    )
