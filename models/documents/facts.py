"""What each document may print, and nothing else: whoever fills these can only pass on what stands here.

Consent packs travel by book bag and are photographed. `ConsentPack` therefore has no place for the caring role, the
condition cared for, people who must not collect, passwords, the referrer, casework, or any household's address but the
child's own; a test reads the field names. Names are as typed, plain text; "" means that nothing is written down.
"""

from dataclasses import dataclass
from datetime import date, datetime, time

from models.kernel.words import called, full_name


@dataclass(frozen=True, slots=True)
class Club:
    """Who the paper is from. `logo` is PNG or JPEG bytes; `complaints` names who answers a complaint."""

    name: str
    phone: str = ""
    email: str = ""
    complaints: str = ""
    logo: bytes | None = None
    years_kept: int = 3


@dataclass(frozen=True, slots=True)
class Adult:
    """A grown-up in the child's life; `phones` in the order to ring."""

    name: str
    relationship: str = ""
    phones: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Medicine:
    """A medicine the child may need, and when it runs out."""

    name: str
    expires: date | None = None


@dataclass(frozen=True, slots=True)
class Activity:
    """A club or a trip as a family is told of it. Times are London wall times."""

    title: str
    day: date
    start: time
    end: time
    venue: str
    is_trip: bool = False
    minibus: bool = False
    meet_where: str = ""
    meet_at: time | None = None
    back_at: time | None = None
    bring: str = ""


@dataclass(frozen=True, slots=True)
class Answers:
    """What the family answered last time; None where nobody has asked."""

    first_aid: bool | None = None
    photos: bool | None = None
    sun_cream: bool | None = None
    plasters: bool | None = None


@dataclass(frozen=True, slots=True)
class ConsentChild:
    """What a family checks on the form: all of it they told us themselves."""

    legal_first: str
    legal_last: str
    known_as: str = ""
    born: date | None = None
    home: tuple[str, ...] = ()
    carers: tuple[Adult, ...] = ()
    emergency: tuple[Adult, ...] = ()
    collectors: tuple[Adult, ...] = ()
    allergies: tuple[str, ...] = ()
    medical: str = ""
    medicines: tuple[Medicine, ...] = ()
    diet: str = ""
    gp: str = ""
    school: str = ""
    height_cm: int | None = None
    booster: bool | None = None
    answers: Answers = Answers()

    @property
    def full_name(self) -> str:
        """The legal name with the known-as name in brackets."""
        return full_name(self.legal_first, self.legal_last, self.known_as or None)

    @property
    def first(self) -> str:
        """The name the child answers to."""
        return self.known_as or self.legal_first

    @property
    def called(self) -> str:
        """The name the child answers to, with the surname."""
        return called(self.legal_first, self.legal_last, self.known_as or None)


@dataclass(frozen=True, slots=True)
class ConsentSheet:
    """One child's form. Without a trip in `activity` only the safeguarding form is asked for.

    `booked` False: the child has no place there (yet), so the letter promises none.
    """

    child: ConsentChild
    activity: Activity
    return_by: date | None = None
    booked: bool = True


@dataclass(frozen=True, slots=True)
class ConsentPack:
    """One family, one activity with a sheet for every booking, or all that is outstanding. `made` is aware."""

    club: Club
    sheets: tuple[ConsentSheet, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class RegisterChild:
    """A row of the paper register: the name the child answers to, and whether the lead has more to say."""

    name: str
    see: str = ""


@dataclass(frozen=True, slots=True)
class RegisterAdult:
    """An adult due that day."""

    name: str
    role: str = ""


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """The paper register. Rows keep their order and number; `sheet_id` finds the activity when it is keyed back."""

    club: Club
    activity: Activity
    sheet_id: str
    children: tuple[RegisterChild, ...]
    adults: tuple[RegisterAdult, ...]
    made: datetime
    spare_rows: int = 4


@dataclass(frozen=True, slots=True)
class Passenger:
    """A child on a bus; `see` is at most one mark, as on the register."""

    name: str
    seat: str = ""
    booster: bool = False
    see: str = ""


@dataclass(frozen=True, slots=True)
class Journey:
    """One leg in one vehicle; times are London wall times, None where not planned."""

    way: str
    vehicle: str
    registration: str
    driver: str
    assistants: tuple[str, ...]
    leaves_from: str
    leaves_at: time | None
    arrives_where: str
    arrives_at: time | None
    passengers: tuple[Passenger, ...]
    seats: int | None = None


@dataclass(frozen=True, slots=True)
class BusList:
    """A page for each journey."""

    club: Club
    activity: Activity
    journeys: tuple[Journey, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class ContactsChild:
    """Whom to ring and who may collect. `see_lead` says that somebody must not collect, never who or why."""

    name: str
    contacts: tuple[Adult, ...]
    allergies: tuple[str, ...] = ()
    collectors: tuple[Adult, ...] = ()
    see_lead: bool = False


@dataclass(frozen=True, slots=True)
class ContactsSheet:
    """The emergency contact sheet of one activity."""

    club: Club
    activity: Activity
    children: tuple[ContactsChild, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class ItineraryRow:
    """One step of the day; `count` where heads are counted."""

    at: time | None
    what: str
    who: str = ""
    count: bool = False


@dataclass(frozen=True, slots=True)
class Group:
    """The children one adult looks after; none where they are to be written in by hand."""

    adult: str
    children: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MedicalRow:
    """What helps a child who is ill, and where that child's medicine is today ("" when nobody has said)."""

    name: str
    allergies: tuple[str, ...] = ()
    medical: str = ""
    medicines: tuple[Medicine, ...] = ()
    kept: str = ""
    diet: str = ""


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One kind of consent: how many have it, and each child it is not so for ("Maryam O’Brien: asked, not back")."""

    kind: str
    granted: int
    exceptions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Holder:
    """Who carries one copy; only the leader's has the collectors."""

    name: str
    leader: bool = False


@dataclass(frozen=True, slots=True)
class TripPack:
    """Everything a leader needs away from base, in as many numbered copies as there are holders. `made` is aware.

    `copies_before`: copies of an earlier pack for the same activity; the numbers go on from there.
    """

    club: Club
    activity: Activity
    leader: Adult
    deputy: Adult | None
    base: Adult | None
    safeguarding_lead: Adult | None
    itinerary: tuple[ItineraryRow, ...]
    children: tuple[RegisterChild, ...]
    adults: tuple[RegisterAdult, ...]
    groups: tuple[Group, ...]
    journeys: tuple[Journey, ...]
    contacts: tuple[ContactsChild, ...]
    medical: tuple[MedicalRow, ...]
    consents: tuple[ConsentLine, ...]
    risk_notes: tuple[str, ...]
    holders: tuple[Holder, ...]
    made: datetime
    version: str = ""
    copies_before: int = 0


@dataclass(frozen=True, slots=True)
class FiguresTable:
    """A table of a report, printed as given; every column but the first is numbers unless `words` names it."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Report:
    """A report: what it says, its figures, and how they were counted."""

    club: Club
    title: str
    period: str
    text: tuple[str, ...]
    tables: tuple[FiguresTable, ...]
    notes: tuple[str, ...]
    made: datetime


@dataclass(frozen=True, slots=True)
class RecoveryKey:
    """The recovery key of a club, its groups parted by spaces or dashes; no person stands with it.

    Attributes:
        server: the address of a club on a server, "" for a club file.
    """

    club: str
    key: str
    made: datetime
    server: str = ""
