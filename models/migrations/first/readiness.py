"""The tables of readiness as they were in version 0001."""

from models.migrations.build import plain, points, table, text


def go_ahead() -> None:
    """Creates the table go_ahead."""
    table(
        "go_ahead",
        points("activity_id", "activity.id"),
        text("rule", 40),
        text("line_text", 1000),
        text("reason", 400),
        text("decided_by", 120),
        plain("decided_at", "instant"),
        text("phoned", 80),
        text("countersigned_by", 120),
        plain("countersigned_at", "instant", nullable=True),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["activity_id"],
    )
