"""The tables of consents as they were in version 0001."""

from models.migrations.build import check, choice, plain, points, table, text, unique


def consent() -> None:
    """Creates the table consent."""
    table(
        "consent",
        points("child_id", "child.id"),
        choice("kind", "consentkind", ["safeguarding", "trip", "emergency care", "photos", "sun cream", "plasters"]),
        choice(
            "state",
            "consentstate",
            ["not asked", "asked", "signed", "granted", "phone", "refused", "withdrawn", "expired"],
        ),
        plain("asked_on", "date", nullable=True),
        plain("signed_on", "date", nullable=True),
        plain("ended_on", "date", nullable=True),
        text("signatory", 80),
        text("relationship", 80),
        choice("authority", "authority", ["parental responsibility", "delegated", "not known"]),
        choice("method", "method", ["paper", "phone", "email", "imported"]),
        plain("reconfirmed_on", "date", nullable=True),
        text("reconfirmed_note", 200),
        text("conditions", 400),
        text("note", 400),
        plain("version", "integer"),
        plain("id", "uuid"),
        check("state_is_said", "state != 'expired'"),
        unique("child_id", "kind"),
        check("signed_on_known", "state NOT IN ('granted', 'signed', 'phone') OR signed_on IS NOT NULL"),
        indexes=["child_id"],
    )
