"""How long more kinds of things are kept, and adults who were erased, as in version 0003."""

from models.migrations.build import check, choice, plain, points, table, text, unique
from models.migrations.third.changing import other_words

KEPT = [
    "child files", "child files with a safeguarding history", "referrals that came to nothing", "adults who left",
    "consents", "registers", "lines of spreadsheets", "history of changes", "numbers of trip packs",
    "requests to see what is held", "what happened at the door",
]  # fmt: skip
WHY_ERASED = ["they asked for it", "it was kept long enough", "it should never have been kept"]


def kept() -> None:
    """Two kinds more in retention_span and retention_longer."""
    other_words("retention_span", "kind", "keep", KEPT, _span)
    other_words("retention_longer", "kind", "keep", KEPT, _longer)


def erased_adult() -> None:
    """Creates the table erased_adult."""
    table(
        "erased_adult",
        points("adult_id", "adult.id", nullable=True),
        plain("accounts", "json"),
        plain("erased_at", "instant"),
        text("erased_by", 120),
        choice("why", "whyadulterased", WHY_ERASED),
        plain("rows", "integer"),
        plain("entries", "integer"),
        plain("backups_gone_by", "date", nullable=True),
        plain("id", "uuid"),
        indexes=["adult_id"],
    )


def _span() -> None:
    table(
        "retention_span",
        choice("kind", "keep", KEPT),
        plain("months", "integer"),
        plain("version", "integer"),
        plain("id", "uuid"),
        unique("kind"),
        check("months", "months BETWEEN 1 AND 1200"),
    )


def _longer() -> None:
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
