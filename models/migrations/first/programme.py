"""The tables of programme as they were in version 0001."""

from models.migrations.build import check, choice, plain, points, table, text, unique


def term() -> None:
    """Creates the table term."""
    table(
        "term",
        text("name", 80),
        plain("starts", "date"),
        plain("ends", "date"),
        plain("half_starts", "date", nullable=True),
        plain("half_ends", "date", nullable=True),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("name"),
    )


def venue() -> None:
    """Creates the table venue."""
    table(
        "venue",
        text("name", 120),
        text("address", 200),
        text("postcode", 12),
        text("phone", 40),
        plain("capacity", "integer", nullable=True),
        plain("hire_pence", "integer", nullable=True),
        text("notes", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("hire_pence", "hire_pence IS NULL OR hire_pence >= 0"),
        unique("name"),
        check("capacity", "capacity IS NULL OR capacity BETWEEN 1 AND 1000"),
    )


def activity() -> None:
    """Creates the table activity."""
    table(
        "activity",
        choice("kind", "activitykind", ["club", "trip"]),
        choice("status", "activitystatus", ["draft", "confirmed", "delivered", "cancelled"]),
        text("title", 120),
        plain("day", "date"),
        plain("starts", "time"),
        plain("ends", "time"),
        points("venue_id", "venue.id", nullable=True),
        plain("by_minibus", "boolean"),
        points("lead_id", "adult.id", nullable=True),
        plain("capacity", "integer", nullable=True),
        text("meeting_place", 200),
        text("risk_notes", 4000),
        text("notes", 4000),
        text("cancelled_why", 200),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("times", "starts < ends"),
        check("capacity", "capacity IS NULL OR capacity BETWEEN 1 AND 1000"),
        unique("day", "title"),
        indexes=["day", "lead_id", "venue_id"],
    )


def booking() -> None:
    """Creates the table booking."""
    table(
        "booking",
        points("activity_id", "activity.id"),
        points("child_id", "child.id"),
        choice("status", "bookingstatus", ["booked", "waiting", "not coming", "cancelled"]),
        plain("position", "integer", nullable=True),
        choice("answer", "answer", ["not asked", "coming", "not coming", "no answer", "ring again"]),
        plain("answered_at", "instant", nullable=True),
        plain("ring_again", "time", nullable=True),
        text("note", 400),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id", "child_id"),
        indexes=["activity_id", "child_id"],
    )


def chore() -> None:
    """Creates the table chore."""
    table(
        "chore",
        points("activity_id", "activity.id"),
        choice(
            "kind",
            "chorekind",
            [
                "hall booked",
                "invitations sent",
                "adults asked",
                "forms collected",
                "ring-round finished",
                "packs printed",
                "register keyed",
                "families called",
            ],
        ),
        plain("done_on", "date"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id", "kind"),
        indexes=["activity_id"],
    )


def duty() -> None:
    """Creates the table duty."""
    table(
        "duty",
        points("activity_id", "activity.id"),
        points("adult_id", "adult.id"),
        choice("role", "dutyrole", ["lead", "worker", "volunteer", "driver", "one to one"]),
        choice("status", "dutystatus", ["asked", "confirmed", "declined"]),
        points("one_to_one_child_id", "child.id", nullable=True),
        plain("as_parent", "boolean"),
        text("note", 400),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("activity_id", "adult_id"),
        indexes=["activity_id", "adult_id", "one_to_one_child_id"],
    )
