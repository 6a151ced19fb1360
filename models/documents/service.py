"""Verbs on paper: making it, and noting what left the building.

Making only reads, so it can run beside a register being taken. What must be written down is a verb of its own:
`register_printed`, `consent_pack_printed`, `packs_sent_out`, `copy_back` and `copy_shredded`.
"""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from models.access.permissions import Permission, needs
from models.consents import service as consents
from models.consents.rules import ConsentKind
from models.documents import gather_consents, gather_day, gather_trip, queries
from models.documents.bus_list import bus_list
from models.documents.consent_pack import consent_pack
from models.documents.contacts_sheet import contacts_sheet
from models.documents.gather_consents import Asked, Wanted
from models.documents.records import PackCopyRecord
from models.documents.register_sheet import register_sheet
from models.documents.trip_pack import trip_pack
from models.kernel.dates import short_with_year
from models.kernel.errors import BadInput
from models.programme import queries as programme
from models.programme import service as programme_service
from models.programme.rules import ActivityKind, ChoreKind
from models.registers import service as registers_service
from models.registers.queries import SheetRow
from models.storage.uow import UnitOfWork
from models.storage.values import checked

Step = Callable[[int, int, str], object]
HOLDER = {"holder": "name of who has the copy"}
MOST_COPIES = 12


class What(StrEnum):
    """What can be made."""

    CONSENT_PACK = "consent-pack"
    TRIP_PACK = "trip-pack"
    REGISTER = "register"
    MANIFEST = "manifest"
    CONTACTS = "contacts"


WORDS = {
    What.CONSENT_PACK: "Consent pack",
    What.TRIP_PACK: "Trip pack",
    What.REGISTER: "Paper register",
    What.MANIFEST: "Bus list",
    What.CONTACTS: "Emergency contacts",
}


# What a paper shows is not for everybody who may print something.
NEEDS = {
    What.CONSENT_PACK: (Permission.SEE_FAMILIES, Permission.CONSENTS),
    What.TRIP_PACK: (Permission.SEE_FAMILIES, Permission.PLAN),
    What.REGISTER: (Permission.REGISTER,),
    What.MANIFEST: (Permission.TRANSPORT,),
    What.CONTACTS: (Permission.SEE_FAMILIES,),
}


@dataclass(frozen=True)
class Made:
    """Paper in memory.

    Attributes:
        title: what it is, for a heading and a file name: no child's name in it.
        pdf: the bytes. sheets: how many forms, journeys or copies it is made of.
        asked: which kinds its consent forms ask of which children.
        sheet_id: the numbered register it was printed from.
        holders: who carries the copies of a trip pack, in the order of their numbers.
    """

    title: str
    pdf: bytes
    sheets: int
    asked: Asked = ()
    sheet_id: UUID | None = None
    holders: tuple[str, ...] = ()


@needs(Permission.PRINT)
def make(
    uow: UnitOfWork,
    what: str,
    activity_id: UUID | None = None,
    child_ids: Collection[UUID] | None = None,
    *,
    holders: Sequence[str] = (),
    step: Step | None = None,
) -> Made:
    """Makes one document; it reads and writes nothing down.

    A consent pack is for `child_ids` (about that activity, or the next each has a place at), else for every place at
    the activity, else for all that is outstanding. The others need an activity. A register is printed with the rows
    of its newest numbered sheet while they are still right, and otherwise says that it is not numbered.
    `holders` carry the copies of a trip pack (none: the lead, and one at base). `step(done, total, words)` hears how
    far it is, and stops the work by raising. Raises BadInput, NotFound.
    """
    kind = _kind(what)
    _ask_for(uow, kind)
    tell = step or (lambda done, total, words: None)
    tell(0, 0, f"Making the {WORDS[kind].lower()}")
    if kind is What.CONSENT_PACK:
        return _consent_pack(uow, activity_id, child_ids, tell)
    if activity_id is None:
        raise BadInput("Choose an activity.", "This is printed for one club or trip.", "activity")
    title = _title(uow, kind, activity_id)
    if kind is What.TRIP_PACK:
        pack = gather_trip.trip_pack(uow, activity_id, _names(holders))
        tell(0, 0, "Laying out the pages")
        names = tuple(holder.name for holder in pack.holders)
        return Made(title, trip_pack(pack), len(names), holders=names)
    if kind is What.MANIFEST:
        buses = gather_day.bus_list(uow, activity_id)
        return Made(title, bus_list(buses), len(buses.journeys))
    if kind is What.CONTACTS:
        return Made(title, contacts_sheet(gather_day.contacts_sheet(uow, activity_id)), 1)
    return _register(uow, activity_id, gather_day.current_sheet(uow, activity_id))


@needs(Permission.PRINT)
def make_and_note(uow: UnitOfWork, what: str, activity_id: UUID, *, holders: Sequence[str] = ()) -> Made:
    """As `make`, in a writing unit: a register's sheet is numbered first. Raises BadInput, NotFound."""
    kind = _kind(what)
    _ask_for(uow, kind)
    if kind is What.REGISTER:
        return _register(uow, activity_id, register_printed(uow, activity_id))
    return make(uow, what, activity_id, holders=holders)


@needs(Permission.PRINT)
def register_printed(uow: UnitOfWork, activity_id: UUID) -> SheetRow:
    """Numbers the paper register, so that it can be keyed back in row order.

    The newest sheet is used again while its rows are still right: two prints of the same rows are one sheet.
    """
    return gather_day.current_sheet(uow, activity_id) or registers_service.print_sheet(uow, activity_id)


@needs(Permission.PRINT)
def consent_pack_printed(uow: UnitOfWork, child_ids: Collection[UUID], kinds: Collection[ConsentKind]) -> None:
    """Notes that these children's families were asked today. Needs the permission to record consents too."""
    uow.require(Permission.CONSENTS)
    consents.ask(uow, child_ids, kinds)


@needs(Permission.PRINT)
def packs_printed(uow: UnitOfWork, what: str, activity_id: UUID) -> bool:
    """Ticks the printing of a day off once the paper it needs is printed: a trip's pack, a club's register.

    Returns whether this was news.
    """
    row = programme.activity(uow, activity_id)
    needed = What.TRIP_PACK if row.kind is ActivityKind.TRIP else What.REGISTER
    ticked = any(chore.kind is ChoreKind.PRINTED for chore in programme.chores(uow, [activity_id]))
    if _kind(what) is not needed or ticked:
        return False
    programme_service.chore_done(uow, activity_id, ChoreKind.PRINTED)
    return True


@needs(Permission.PRINT)
def packs_sent_out(uow: UnitOfWork, activity_id: UUID, holders: Sequence[str]) -> tuple[UUID, ...]:
    """Gives each holder the next numbered copy of the trip pack, out from now. Returns the copies' ids.

    Raises BadInput without a name, NotFound.
    """
    programme.activity(uow, activity_id)
    names = _names(holders)
    if not names:
        raise BadInput("Nobody is named.", "Type who carries each copy.", "holders")
    first = queries.copies_made(uow, activity_id) + 1
    now = uow.clock.now()
    copies = [
        PackCopyRecord(activity_id=activity_id, number=number, out_at=now, holder=name)
        for number, name in enumerate(names, start=first)
    ]
    return tuple(uow.add(copy).id for copy in copies)


@needs(Permission.PRINT)
def copy_back(uow: UnitOfWork, copy_id: UUID, version: int | None = None) -> None:
    """A copy came back to the office. Raises BadInput if it is here already, NotFound, Stale."""
    copy = uow.edit(PackCopyRecord, copy_id, version, "copy")
    if copy.back_at is not None or copy.shredded_at is not None:
        raise BadInput(f"Copy {copy.number} is back already.", "Nothing more is needed.")
    copy.back_at = uow.clock.now()


@needs(Permission.PRINT)
def copy_shredded(uow: UnitOfWork, copy_id: UUID, version: int | None = None) -> None:
    """A copy was shredded, in the office or by whoever had it. Raises BadInput if noted already, NotFound, Stale."""
    copy = uow.edit(PackCopyRecord, copy_id, version, "copy")
    if copy.shredded_at is not None:
        raise BadInput(f"Copy {copy.number} is shredded already.", "Nothing more is needed.")
    copy.shredded_at = uow.clock.now()


def _ask_for(uow: UnitOfWork, kind: What) -> None:
    for permission in NEEDS[kind]:
        uow.require(permission)


def _kind(what: str) -> What:
    try:
        return What(what)
    except ValueError:
        known = ", ".join(What)
        raise BadInput(f"Breather cannot print “{what}”.", f"Choose one of: {known}.", "what") from None


def _consent_pack(uow: UnitOfWork, activity_id: UUID | None, child_ids: Collection[UUID] | None, tell: Step) -> Made:
    wanted: list[Wanted]
    if child_ids:
        wanted = gather_consents.for_children(uow, child_ids, activity_id)
    elif activity_id is not None:
        wanted = gather_consents.for_activity(uow, activity_id)
    else:
        wanted = gather_consents.outstanding(uow)
    pack = gather_consents.pack(uow, wanted)
    pdf = consent_pack(pack, step=lambda done, total: tell(done, total, f"Making form {done + 1} of {total}"))
    title = _title(uow, What.CONSENT_PACK, activity_id) if activity_id else "Consent pack"
    return Made(title, pdf, len(pack.sheets), gather_consents.asked_for(wanted))


def _register(uow: UnitOfWork, activity_id: UUID, sheet: SheetRow | None) -> Made:
    pdf = register_sheet(gather_day.register(uow, activity_id, sheet))
    return Made(_title(uow, What.REGISTER, activity_id), pdf, 1, sheet_id=sheet.id if sheet else None)


def _title(uow: UnitOfWork, kind: What, activity_id: UUID) -> str:
    """Trip pack, Pantomime, 22 Dec 2026; without what a file name cannot hold."""
    row = programme.activity(uow, activity_id)
    words = f"{WORDS[kind]}, {row.title}, {short_with_year(row.day)}"
    return " ".join("".join(" " if letter in '<>:"/\\|?*' or ord(letter) < 32 else letter for letter in words).split())


def _names(holders: Sequence[str]) -> tuple[str, ...]:
    tidy = (checked(PackCopyRecord, {"holder": name}, HOLDER)["holder"] for name in holders)
    names = tuple(name for name in tidy if name)
    if len(names) > MOST_COPIES:
        many = f"{len(names)} copies are too many to keep track of."
        raise BadInput(many, f"Print at most {MOST_COPIES}.", "holders")
    return names
