"""The forms of the settings: the club, its house policy, a school term."""

from typing import TYPE_CHECKING, Any

from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import EditForm
from desktop.widgets.fields import LineField, NumberField
from models.access.rules import RANGES

if TYPE_CHECKING:
    from models.programme.queries import TermRow

CLUB_FIELDS = ("name", "phone", "email", "address", "complaints_to", "charity_number")

POLICY = (
    ("children_per_adult", "Children to one adult", "Your house policy. For 8 to 12 years, guidance says 8 at most."),
    ("min_adults", "Fewest adults", "However few children come. Guidance says at least two."),
    ("late_minutes", "Minutes late before you ring home", "Counted from the start of the club or trip."),
    ("dbs_years", "Years before a DBS is renewed", "Custom, not law: it warns and never stops a plan."),
    ("safeguarding_years", "Years before safeguarding training again", "It warns and never stops a plan."),
    ("consent_months", "Months before a consent is asked for again", "It warns and never stops a plan."),
)


def club_form() -> EditForm:
    """What the club says of itself on paper."""
    form = EditForm()
    form.add(LineField("name", "Name of the club", "On everything you print."))
    form.add(LineField("phone", "Phone", "For families on the day.", optional=True))
    form.add(LineField("email", "Email", optional=True))
    form.add(LineField("address", "Address", optional=True))
    form.add(LineField("complaints_to", "Complaints go to", "A name and how to reach them.", optional=True))
    form.add(LineField("charity_number", "Charity number", optional=True))
    return form


def policy_form() -> EditForm:
    """The numbers of the house policy, each within what makes sense."""
    form = EditForm()
    for name, words, help_words in POLICY:
        least, most = RANGES[name]
        form.add(NumberField(name, words, f"{help_words} From {least} to {most}.", least=least, most=most))
    return form


def term_form(term: "TermRow | None" = None) -> EditForm:
    """A school term; filled with the one given."""
    form = EditForm()
    form.add(LineField("name", "Name", "Autumn term 2026"))
    form.add(DateField("starts", "First day"), DateField("ends", "Last day"))
    form.add_heading("Half-term")
    form.add(
        DateField("half_starts", "First day off", optional=True), DateField("half_ends", "Last day off", optional=True)
    )
    if term is not None:
        form.open_with(term.version, term_shown(term))
    return form


def term_shown(term: "TermRow") -> dict[str, Any]:
    """What the form shows of a term."""
    return {name: getattr(term, name) for name in ("name", "starts", "ends", "half_starts", "half_ends")}
