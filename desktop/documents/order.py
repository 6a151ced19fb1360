"""What somebody asked to have made, and the words around it."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from models.documents.queries import Copy
from models.documents.service import What
from models.kernel.clock import london_wall
from models.kernel.dates import clock_text, short
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind

NEEDS_TRIP = (What.TRIP_PACK, What.MANIFEST)
EXPLAINED = {
    What.CONSENT_PACK: "A form for each child to check and sign, and a page to keep.",
    What.TRIP_PACK: "Everything the lead needs away from base, in numbered copies.",
    What.REGISTER: "Numbered rows to fill in by hand and key in later.",
    What.MANIFEST: "Who sits on which bus, there and back.",
    What.CONTACTS: "Whom to ring, allergies, and who may collect.",
}


@dataclass(frozen=True)
class Order:
    """What to make.

    Attributes:
        activity_id: None for one family's or all outstanding consents.
        child_id: the child whose household's forms are wanted. child_ids: exactly these children, about the activity
            where one is given, else about the next that each has a place at.
        holders: who carries each copy of a trip pack.
        about: the activity's title, for history.
    """

    what: What
    activity_id: UUID | None = None
    child_id: UUID | None = None
    child_ids: tuple[UUID, ...] = ()
    holders: tuple[str, ...] = ()
    about: str = ""


@dataclass(frozen=True)
class Asked:
    """What another screen came here for: the document, and an activity, some children, or some children of one."""

    what: What
    activity_id: UUID | None = None
    child_ids: tuple[UUID, ...] = ()


def asked(item: object) -> Asked | None:
    """Reads (what, activity id | child ids | None) or (what, activity id or None, child ids) as other screens send it.

    None for anything else.
    """
    match item:
        case (str(what), UUID() | None as activity_id, list() | tuple() | set() | frozenset() as ids) if what in tuple(
            What
        ):
            return Asked(What(what), activity_id, _ids(ids))
        case (str(what), UUID() as activity_id) if what in tuple(What):
            return Asked(What(what), activity_id)
        case (str(what), None) if what in tuple(What):
            return Asked(What(what))
        case (str(what), list() | tuple() | set() | frozenset() as ids) if what in tuple(What):
            return Asked(What(what), child_ids=_ids(ids))
        case _:
            return None


def _ids(ids: Collection[object]) -> tuple[UUID, ...]:
    return tuple(one for one in ids if isinstance(one, UUID))


def named(row: ActivityRow) -> str:
    """Sat 5 Dec · December club."""
    return f"{short(row.day)} · {row.title}"


def usual(what: What, rows: Collection[ActivityRow], today: date) -> UUID | None:
    """The activity most likely meant: the next one, for a trip's papers the next trip; else the last there was."""
    trips = [row for row in rows if row.kind is ActivityKind.TRIP or row.by_minibus] if what in NEEDS_TRIP else []
    fitting = trips or list(rows)
    ahead = [row for row in fitting if row.day >= today]
    chosen = ahead[:1] or fitting[-1:]
    return chosen[0].id if chosen else None


def where_it_is(copy: Copy) -> str:
    """Out since Thu 3 Dec 10:02, or back and shredded since when."""
    if copy.shredded_at is not None:
        return f"Shredded {_when(copy.shredded_at)}"
    if copy.back_at is not None:
        return f"Back {_when(copy.back_at)}"
    return f"Out since {_when(copy.out_at)}"


def _when(instant: datetime) -> str:
    return f"{short(london_wall(instant).date())} {clock_text(instant)}"
