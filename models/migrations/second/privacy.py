"""What is held of a child and how long, as in version 0002."""

from models.migrations.build import check, choice, plain, points, table, text, unique

KEPT = [
    "child files", "child files with a safeguarding history", "referrals that came to nothing", "consents", "registers",
    "lines of spreadsheets", "history of changes", "numbers of trip packs", "requests to see what is held",
]  # fmt: skip
WHY_ERASED = ["the family asked for it", "it was kept long enough", "it should never have been kept"]


def child_file() -> None:
    """Creates the table child_file."""
    table(
        "child_file",
        points("child_id", "child.id"),
        plain("safeguarding", "boolean"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("child_id"),
        indexes=["child_id"],
    )


def legal_hold() -> None:
    """Creates the table legal_hold."""
    table(
        "legal_hold",
        points("child_id", "child.id"),
        text("reason", 400),
        text("placed_by", 120),
        plain("placed_at", "instant"),
        text("lifted_by", 120),
        plain("lifted_at", "instant", nullable=True),
        text("lifted_why", 400),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["child_id"],
    )


def erased_child() -> None:
    """Creates the table erased_child."""
    table(
        "erased_child",
        points("child_id", "child.id"),
        plain("erased_at", "instant"),
        text("erased_by", 120),
        choice("why", "whyerased", WHY_ERASED),
        plain("rows", "integer"),
        plain("entries", "integer"),
        plain("backups_gone_by", "date", nullable=True),
        plain("id", "uuid"),
        indexes=["child_id"],
    )


def retention_span() -> None:
    """Creates the table retention_span."""
    table(
        "retention_span",
        choice("kind", "keep", KEPT),
        plain("months", "integer"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("kind"),
        check("months", "months BETWEEN 1 AND 1200"),
    )


def retention_longer() -> None:
    """Creates the table retention_longer."""
    table(
        "retention_longer",
        choice("kind", "keep", KEPT),
        text("thing", 80),
        plain("until", "date"),
        text("reason", 400),
        text("decided_by", 120),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("kind", "thing"),
    )


def subject_request() -> None:
    """Creates the table subject_request."""
    table(
        "subject_request",
        points("child_id", "child.id"),
        plain("received_on", "date"),
        plain("due_on", "date"),
        text("asked_by", 80),
        text("relationship", 80),
        text("entitled", 400),
        text("complex_why", 400),
        plain("released_at", "instant", nullable=True),
        text("released_by", 120),
        plain("withheld", "json"),
        text("digest", 64),
        plain("version", "integer"),
        plain("id", "uuid"),
        indexes=["child_id"],
    )


def subject_decision() -> None:
    """Creates the table subject_decision."""
    table(
        "subject_decision",
        points("request_id", "subject_request.id"),
        text("line", 120),
        text("seen", 64),
        choice("decision", "decision", ["give", "blank out", "leave out"]),
        text("reason", 400),
        text("blanked", 4000),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("request_id", "line"),
        indexes=["request_id"],
    )
