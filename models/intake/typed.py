"""Typed rows: what a spreadsheet says, in the app's own types."""

import dataclasses
from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time

from models.intake.clean import folded
from models.intake.kinds import MARK
from models.intake.parse import Barred, Collector, Contact
from models.kernel import dates

Value = str | int | bool | None | list[list[str]] | list[str]
MarkKey = tuple[date, str]


@dataclass(frozen=True, kw_only=True)
class Row(ABC):
    """What every typed row has.

    Attributes:
        row_number: its row in the spreadsheet, counted from 1.
        given: keys of the columns the file has; a column it has not says nothing about the value.
    """

    row_number: int
    given: frozenset[str]

    @property
    @abstractmethod
    def ref(self) -> str:
        """What a person calls the row by in a list."""

    @property
    def key(self) -> str:
        """By what the row is known again: equal for equal things, however they are typed."""
        return folded(self.ref)

    @property
    def values(self) -> dict[str, Value]:
        """The values of the columns given, fit for JSON: dates as 2026-12-05, times as 10:00, money in pence.

        An empty cell is None (or an empty list). This is what is kept to be compared three ways later.
        """
        return {
            field.name: canonical(getattr(self, field.name))
            for field in dataclasses.fields(self)
            if field.name in self.given
        }


def canonical(value: object) -> Value:
    """One value as JSON can hold it, equal again after a round trip."""
    if isinstance(value, time):
        return f"{value.hour:02}:{value.minute:02}"
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Contact):
        return [value.name, value.relationship]
    if isinstance(value, tuple):
        if all(isinstance(part, str) for part in value):
            return [str(part) for part in value]
        return [[str(cell) for cell in part] for part in value]
    if value is None or isinstance(value, bool | int | str):
        return None if value == "" else value
    raise TypeError(f"no canonical form for {type(value).__name__}")


@dataclass(frozen=True, kw_only=True)
class ChildRow(Row):
    """One child of the referral tracker; known again by Ref."""

    child_ref: str
    first_name: str
    surname: str
    dob: date
    known_as: str = ""
    sex: str = ""
    address: str = ""
    postcode: str = ""
    carer: str = ""
    relationship: str = ""
    parental_responsibility: bool | None = None
    tel_1: str = ""
    tel_2: str = ""
    email: str = ""
    emergency_contact: Contact | None = None
    emergency_tel: str = ""
    may_collect: tuple[Collector, ...] = ()
    must_not_collect: tuple[Barred, ...] = ()
    parent_carer_identified: bool | None = None
    ethnicity: str = ""
    school: str = ""
    gp: str = ""
    cares_for: str = ""
    condition: str = ""
    allergies: str = ""
    medical: str = ""
    medicine_expires: date | None = None
    diet: str = ""
    support_ratio: int = 0
    wheelchair: bool | None = None
    height_cm: int | None = None
    referred_by: str = ""
    referral_date: date | None = None
    approved_ycm: date | None = None
    approved_fpm: date | None = None
    home_visit: date | None = None
    info_pack: bool | None = None
    trip_consent: date | None = None
    safeguarding_form: date | None = None
    photo_consent: bool | None = None
    sun_cream: bool | None = None
    plasters: bool | None = None
    status: str = ""
    notes: str = ""

    @property
    def ref(self) -> str:
        return self.child_ref

    @property
    def full_name(self) -> str:
        """First name and surname."""
        return f"{self.first_name} {self.surname}"


@dataclass(frozen=True, kw_only=True)
class AdultRow(Row):
    """One adult of the team; known again by name and birth date."""

    name: str
    dob: date
    role: str = ""
    paid: bool | None = None
    sex: str = ""
    mobile: str = ""
    dbs_issued: date | None = None
    dbs_level: str = ""
    first_aid_expires: date | None = None
    safeguarding_training: date | None = None
    licence: str = ""
    midas_expires: date | None = None
    licence_checked: date | None = None
    usual_days: str = ""
    notes: str = ""

    @property
    def ref(self) -> str:
        return self.name

    @property
    def key(self) -> str:
        return f"{folded(self.name)}|{self.dob.isoformat()}"


@dataclass(frozen=True, kw_only=True)
class VenueRow(Row):
    """One venue; known again by name. `hire` is pence a session."""

    name: str
    address: str = ""
    postcode: str = ""
    capacity: int | None = None
    hire: int | None = None
    notes: str = ""

    @property
    def ref(self) -> str:
        return self.name


@dataclass(frozen=True, kw_only=True)
class VehicleRow(Row):
    """One minibus; known again by registration. `seats` are without the driver's."""

    registration: str
    name: str = ""
    owner: str = ""
    seats: int | None = None
    wheelchair_places: int | None = None
    seats_lost: int | None = None
    max_weight_kg: int | None = None
    fuel: str = ""
    mot_expires: date | None = None
    insurance_expires: date | None = None
    permit_expires: date | None = None
    boosters: int | None = None
    notes: str = ""

    @property
    def ref(self) -> str:
        return self.registration

    @property
    def key(self) -> str:
        return folded(self.registration).replace(" ", "")


@dataclass(frozen=True, kw_only=True)
class ActivityRow(Row):
    """One club or trip; known again by date and title. `kind`: club or trip; times are London wall times.

    `status`: draft, confirmed, delivered or cancelled. `transport`: none, minibus, coach, public, walk or cars.
    """

    day: date
    title: str
    kind: str
    start: time
    end: time
    venue: str = ""
    transport: str = ""
    lead: str = ""
    others: tuple[str, ...] = ()
    capacity: int | None = None
    status: str = ""
    notes: str = ""

    @property
    def ref(self) -> str:
        return f"{dates.numeric(self.day)} {self.title}"

    @property
    def key(self) -> str:
        return activity_key(self.day, self.title)

    @property
    def adults(self) -> tuple[str, ...]:
        """Everybody named, the lead first."""
        return tuple(name for name in (self.lead, *self.others) if name)


@dataclass(frozen=True, kw_only=True)
class RegisterRow(Row):
    """One child's line of the register book; known again by Ref.

    `marks` has a code (/ L A N B W) for each activity the line has one for; `columns` are all activities the book has.
    """

    child_ref: str
    name: str = ""
    marks: Mapping[MarkKey, str] = dataclasses.field(default_factory=dict)
    columns: tuple[MarkKey, ...] = ()

    @property
    def values(self) -> dict[str, Value]:
        """As every row's; each activity is a value of its own, "mark:2026-12-05 December club", None for no mark."""
        marks: dict[str, Value] = {mark_field(*column): self.marks.get(column) for column in self.columns}
        return {**super().values, **marks}

    @property
    def ref(self) -> str:
        return self.child_ref


@dataclass(frozen=True, kw_only=True)
class TermRow(Row):
    """One school term; known again by name."""

    term: str
    starts: date
    ends: date
    half_starts: date | None = None
    half_ends: date | None = None

    @property
    def ref(self) -> str:
        return self.term


AnyRow = ChildRow | AdultRow | VenueRow | VehicleRow | ActivityRow | RegisterRow | TermRow


def mark_field(day: date, title: str) -> str:
    """The name of a register mark among a row's values."""
    return f"{MARK}{day.isoformat()} {title}"


def activity_key(day: date, title: str) -> str:
    """By what an activity is known again."""
    return f"{day.isoformat()}|{folded(title)}"
