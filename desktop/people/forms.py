"""The forms about one child and the people around it."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from desktop.people.reading import Home
from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import EditForm
from desktop.widgets.fields import ChoiceField, LineField, LongTextField, NumberField, TickField
from desktop.widgets.form import Form
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.text import button, label
from models.kernel.dates import age_on
from models.kernel.errors import BadInput
from models.kernel.words import listed
from models.people.rules import OLDEST, YOUNGEST, ChildStatus, CollectorKind, ContactKind, age_band_ok

BIRTH_HELP = "Like 14/03/2019"


def about_form(today: date) -> EditForm:
    """Who the child is."""
    form = EditForm()
    born = DateField("birth_date", "Date of birth", BIRTH_HELP)
    form.add(LineField("legal_first", "First name"), LineField("legal_last", "Surname"))
    form.add(LineField("known_as", "Known as", "What everybody calls the child, where it differs", optional=True))
    form.add(born, LineField("sex", "Sex", optional=True))
    form.add(LineField("school", "School", optional=True))
    form.add(LineField("gp", "GP", "The surgery, or the doctor’s name", optional=True))
    form.add(LineField("ethnicity", "Ethnicity", optional=True), LineField("language", "Language", optional=True))
    form.add(LineField("ref", "Reference", "Leave it empty for the next one"))
    form.add(LongTextField("notes", "Notes", optional=True))
    born.changed.connect(lambda: born.set_help(age_help(born, today)))
    return form


def health_form() -> EditForm:
    """Allergies, medical needs and what the day must allow for."""
    form = EditForm()
    split = "One thing a line, like “Peanuts - carries EpiPen”"
    form.add(LongTextField("allergies", "Allergies", split, optional=True, lines=3))
    form.add(LongTextField("medical", "Medical needs", "One thing a line", optional=True, lines=3))
    form.add(DateField("medicine_expires", "Medicine is good until", optional=True))
    form.add(LineField("medicine_kept", "Where the medicine is kept", "Like “red bag, with the lead”", optional=True))
    form.add(LineField("diet", "Diet", optional=True))
    choices = [(0, "Not needed"), (1, "One adult alone"), (2, "Two adults alone")]
    form.add(ChoiceField("one_to_one", "One to one", choices))
    form.add(TickField("wheelchair", "Uses a wheelchair"))
    height = NumberField("height_cm", "Height in cm", "Below 135 cm a child needs a booster", optional=True, most=999)
    form.add(height)
    form.add(DateField("details_checked", "Details last checked with the family", optional=True))
    return form


def caring_form() -> EditForm:
    """Whom the child cares for, and the way from referral to the club."""
    form = EditForm()
    form.add(LineField("cares_for", "Cares for", "Like “Mum”", optional=True))
    kind = "Only the kind, like “long-term illness”, never a diagnosis"
    form.add(LineField("condition_category", "Kind of condition", kind, optional=True))
    form.add(LineField("referred_by", "Referred by", optional=True))
    form.add(DateField("referral_date", "Referred on", optional=True))
    form.add(DateField("approved_young_carers", "Approved by the Young Carers manager", optional=True))
    form.add(DateField("approved_family_pathways", "Approved by the Family Pathways manager", optional=True))
    form.add(DateField("home_visit", "Home visit", optional=True))
    form.add(TickField("info_pack_given", "Information pack given"))
    return form


def status_form(name: str) -> EditForm:
    """Where the child stands."""
    form = EditForm()
    form.add(ChoiceField("status", f"Where {name} stands", [(each, str(each)) for each in ChildStatus]))
    return form


def family_form(siblings: Sequence[str]) -> EditForm:
    """The household's address."""
    form = EditForm()
    if siblings:
        form.add_widget(label(f"This is the home of {listed(siblings)} too; it changes for all.", wrap=True))
    _add_address(form)
    form.add(LongTextField("notes", "Notes about the family", optional=True))
    return form


def contact_form(remove: Callable[[], object] | None) -> EditForm:
    """A parent, carer or emergency contact; `remove` takes one that is there off the list."""
    form = EditForm()
    form.add(LineField("name", "Name"))
    kinds = [(ContactKind.PARENT, "Parent or carer"), (ContactKind.EMERGENCY, "Emergency contact")]
    form.add(ChoiceField("kind", "Why they are on the list", kinds))
    form.add(LineField("relationship", "Relationship", "Like “Mother” or “Neighbour”", optional=True))
    form.add(LineField("phone", "Phone"), LineField("other_phone", "Other phone", optional=True))
    form.add(LineField("email", "Email", optional=True))
    can_sign = "May sign consents for the child"
    form.add(TickField("parental_responsibility", "Has parental responsibility", can_sign))
    form.add(TickField("parent_carer", "Is a carer too"))
    if remove is not None:
        form.add_foot(button("Take off the list", remove, kind="danger"))
    return form


class CollectorForm(EditForm):
    """Somebody who may or must not collect; `remove` takes one that is there off the list."""

    def __init__(self, remove: Callable[[], object] | None) -> None:
        super().__init__()
        kinds = [(CollectorKind.MAY, "May collect"), (CollectorKind.MUST_NOT, "Must not collect")]
        self._kind = ChoiceField("kind", "May they collect?", kinds)
        self._password = LineField("password", "Password", "Asked for at the door", optional=True)
        self._reason = LineField("reason", "Reason", "Like “court order of 3 May 2026”", optional=True)
        self.add(LineField("name", "Name"))
        self.add(self._kind)
        self.add(LineField("relationship", "Relationship", optional=True), LineField("phone", "Phone", optional=True))
        self.add(self._password)
        self.add(self._reason)
        self._kind.changed.connect(self.fit)
        if remove is not None:
            self.add_foot(button("Take off the list", remove, kind="danger"))

    def open_with(self, version: int | None, values: Mapping[str, Any]) -> None:
        super().open_with(version, values)
        self.fit()

    def fit(self) -> None:
        """Shows the fields of what is chosen: a password for those who may, a reason for those who must not."""
        # What is typed in a field that is put away stays, so that a slip of the choice loses nothing.
        must_not = self._kind.value() is CollectorKind.MUST_NOT
        self._password.setVisible(not must_not)
        self._reason.setVisible(must_not)


def split_form(name: str) -> Form:
    """The child's new address; the family's contacts come along."""
    form = Form("Move")
    form.add_widget(label(f"{name} gets an address of their own. The contacts are copied to it.", wrap=True))
    _add_address(form)
    return form


def join_form(name: str, homes: Sequence[Home]) -> Form:
    """The family the child joins."""
    form = Form("Join")
    words = f"{name} will share the address and the contacts of the family you choose."
    form.add_widget(label(words, wrap=True))
    form.add(family_field(homes, "Family"))
    return form


def family_field(homes: Sequence[Home], words: str, *, optional: bool = False) -> NamePicker:
    """A family by a few letters of a child or the address."""
    hint = "Type a child’s name or the street"
    return NamePicker(
        "family_id", words, [(home.id, home.words) for home in homes], placeholder=hint, optional=optional
    )


def age_help(born: DateField, today: date) -> str:
    """The age, and where it is outside the club's band; it stops nobody."""
    try:
        day = born.value()
    except BadInput:  # not typed to the end yet
        return BIRTH_HELP
    if day is None or day > today:
        return BIRTH_HELP
    age = age_on(day, today)
    if age_band_ok(day, today):
        return f"{age} years old"
    return f"{age} years old: the club is for children of {YOUNGEST} to {OLDEST}"


def _add_address(form: Form) -> None:
    form.add(LineField("address", "Address", optional=True))
    form.add(LineField("postcode", "Postcode", optional=True))
