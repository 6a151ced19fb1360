"""Small clubs for tests: a real encrypted club file that opens quickly, and builders that put records straight in.

    club = new_club(tmp_path)
    child_id = put(club, lambda uow: a_child(uow, "Maryam", "Müller"))

Builders take the open unit of work, fill in what a test does not care about, and return the new record's id.
"""

import shutil
from collections.abc import Callable
from datetime import date, datetime, time
from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from sqlalchemy import select

from models.bootstrap import Club, Facts, Strength, UnitOfWork, create_club, open_club
from models.consents.records import ConsentRecord
from models.consents.rules import Authority, ConsentKind, ConsentState, Method
from models.kernel.clock import Clock, FixedClock, london_instant
from models.kernel.ids import seeded_ids
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from models.programme.records import ActivityRecord, BookingRecord, DutyRecord, VenueRecord
from models.programme.rules import ActivityKind, ActivityStatus, Answer, BookingStatus, DutyRole, DutyStatus
from models.registers.records import MarkRecord
from models.registers.rules import MarkKind, MarkSource
from models.storage.base import Kept
from models.storage.engine import connect
from models.storage.restored import RestoreRecord
from models.team.records import AdultRecord
from models.transport.records import LegRecord, SeatRecord, VehicleRecord
from models.transport.rules import Direction
from tests import servers

T = TypeVar("T")

THURSDAY = date(2026, 12, 3)
SATURDAY = date(2026, 12, 5)
PASSPHRASE = "three quiet otters"
DEVICE = "test-machine"
CHEAP = Strength(time=1, memory_kib=64, lanes=1)


def new_club(
    tmp_path: Path,
    today: date = THURSDAY,
    *,
    name: str = "Harbour Young Carers",
    at: time = time(9, 30),
    seed: int = 1,
    clock: Clock | None = None,
) -> Club:
    """A new, empty club file in `tmp_path`, standing still at `at` London time on `today`.

    With `--engine postgresql` it is a club on the tests' server instead.
    """
    path = tmp_path / "club.breather"
    clock = clock or FixedClock(london_instant(today, at))
    on = servers.chosen()
    if on is not None:
        return on.club(name, PASSPHRASE, DEVICE, clock, seed)
    return create_club(path, name, PASSPHRASE, device=DEVICE, clock=clock, ids=seeded_ids(seed), strength=CHEAP)


def reopen(club: Club, *, seed: int = 2) -> Club:
    """The same file closed and opened again, as after a restart, with the same clock."""
    club.close()
    on = servers.chosen()
    if on is not None:
        return on.reopen(club, PASSPHRASE, seed)
    return open_club(club.path, PASSPHRASE, device=DEVICE, clock=club.clock, ids=seeded_ids(seed))


def copy_of(club: Club, folder: Path, clock: Clock, *, seed: int = 2) -> Club:
    """A copy of a closed club, in a folder of its own, opened."""
    on = servers.chosen()
    if on is not None:
        return on.copy_of(club, PASSPHRASE, clock, seed)
    for file in club.path.parent.glob(f"{club.path.name}*"):
        shutil.copy(file, folder)
    return open_club(folder / club.path.name, PASSPHRASE, device=DEVICE, clock=clock, ids=seeded_ids(seed))


def behind_its_back(club: Club, *statements: str) -> None:
    """Runs statements on the store itself, past every check: what somebody who holds the key could do."""
    on = servers.chosen()
    if on is not None:
        on.behind_its_back(club, *statements)
        return
    connection = connect(club.path, club._store.key)
    connection.execute("PRAGMA foreign_keys = OFF")
    for statement in statements:
        connection.execute(statement)
    connection.close()


def facts_restored(club: Club) -> Facts:
    """The facts of a club just made from a backup, without the one line its journal gained by that."""
    facts = club.facts()
    newest = select(RestoreRecord.chain).order_by(RestoreRecord.at.desc()).limit(1)
    chain = club.read(lambda uow: uow.session.scalars(newest).one())
    gained = ("journal_change", "journal_entry", "restore")
    tables = {name: rows - (name in gained) for name, rows in facts.tables.items()}
    return Facts(facts.version, facts.number - 1, chain, tables)


def put(club: Club, change: Callable[[UnitOfWork], T], label: str = "Set up") -> T:
    """Writes a change and returns what it answered."""
    return club.write(change, label).value


def kept(uow: UnitOfWork, record: Kept) -> UUID:
    """Adds the record and returns its id."""
    return uow.add(record).id


def a_family(uow: UnitOfWork, **values: Any) -> UUID:
    return kept(uow, FamilyRecord(**{"address": "12 Quay Street", "postcode": "SE13 6AA"} | values))


def a_contact(uow: UnitOfWork, family_id: UUID, name: str = "Leyla Müller", **values: Any) -> UUID:
    given = {
        "kind": ContactKind.PARENT, "relationship": "Mother", "phone": "020 7946 0101", "call_order": 1,
        "parental_responsibility": True,
    }  # fmt: skip
    return kept(uow, ContactRecord(**given | {"family_id": family_id, "name": name} | values))


def a_child(
    uow: UnitOfWork, first: str = "Maryam", last: str = "Müller", family_id: UUID | None = None, **values: Any
) -> UUID:
    """A child; without `ref` it gets one from its id, without a family a new one."""
    given = {
        "id": uow.ids(), "family_id": family_id or a_family(uow), "legal_first": first, "legal_last": last,
        "birth_date": date(2019, 3, 14), "status": ChildStatus.ACTIVE, "school": "Quayside Primary",
    }  # fmt: skip
    given |= values
    given.setdefault("ref", f"T{str(given['id'])[:8]}")
    return kept(uow, ChildRecord(**given))


def a_collector(uow: UnitOfWork, child_id: UUID, name: str = "Omar Müller", **values: Any) -> UUID:
    given = {"kind": CollectorKind.MAY, "relationship": "Uncle", "phone": "020 7946 0102"}
    return kept(uow, CollectorRecord(**given | {"child_id": child_id, "name": name} | values))


def an_adult(uow: UnitOfWork, name: str = "Denise Okafor", **values: Any) -> UUID:
    """A sessional worker, paid, cleared, first-aider and trained; `values` say otherwise."""
    given = {
        "name": name, "role": "Sessional worker", "paid": True, "birth_date": date(1985, 6, 1), "sex": "Female",
        "mobile": "07700 900123", "cleared_on": date(2025, 1, 10), "dbs_issued": date(2025, 1, 6),
        "dbs_level": "Enhanced", "first_aid_expires": date(2027, 9, 1), "safeguarding_trained": date(2025, 9, 1),
    }  # fmt: skip
    return kept(uow, AdultRecord(**given | values))


def a_driver(uow: UnitOfWork, name: str = "Marcus Bell", **values: Any) -> UUID:
    """A volunteer who may drive a minibus."""
    given = {
        "role": "Driver", "paid": False, "sex": "Male", "licence": "B and D1(101) since 1992",
        "birth_date": date(1970, 2, 2), "licence_checked": date(2026, 10, 1), "midas_expires": date(2028, 5, 1),
    }  # fmt: skip
    return an_adult(uow, name, **given | values)


def a_venue(uow: UnitOfWork, name: str = "Harbour Hall", **values: Any) -> UUID:
    given = {"address": "1 Dock Road", "postcode": "SE8 3AA", "capacity": 30, "hire_pence": 4500}
    return kept(uow, VenueRecord(**given | {"name": name} | values))


def an_activity(uow: UnitOfWork, title: str = "December club", day: date = SATURDAY, **values: Any) -> UUID:
    """A draft club from 10:00 to 14:00 with twelve places."""
    given = {
        "kind": ActivityKind.CLUB, "status": ActivityStatus.DRAFT, "starts": time(10), "ends": time(14), "capacity": 12,
    }  # fmt: skip
    return kept(uow, ActivityRecord(**given | {"title": title, "day": day} | values))


def a_booking(uow: UnitOfWork, activity_id: UUID, child_id: UUID, **values: Any) -> UUID:
    given = {"status": BookingStatus.BOOKED, "answer": Answer.NOT_ASKED}
    return kept(uow, BookingRecord(**given | {"activity_id": activity_id, "child_id": child_id} | values))


def a_duty(uow: UnitOfWork, activity_id: UUID, adult_id: UUID, **values: Any) -> UUID:
    given = {"role": DutyRole.WORKER, "status": DutyStatus.CONFIRMED}
    return kept(uow, DutyRecord(**given | {"activity_id": activity_id, "adult_id": adult_id} | values))


def a_consent(uow: UnitOfWork, child_id: UUID, kind: ConsentKind = ConsentKind.TRIP, **values: Any) -> UUID:
    """A consent signed on paper by the mother on 1 September 2026."""
    given = {
        "state": ConsentState.SIGNED, "signed_on": date(2026, 9, 1), "signatory": "Leyla Müller",
        "relationship": "Mother", "authority": Authority.PARENTAL_RESPONSIBILITY, "method": Method.PAPER,
    }  # fmt: skip
    return kept(uow, ConsentRecord(**given | {"child_id": child_id, "kind": kind} | values))


def a_vehicle(uow: UnitOfWork, registration: str = "HY26 ABC", **values: Any) -> UUID:
    """A sixteen-seater in date until 2027."""
    given = {
        "name": "The blue bus", "owner": "The club", "seats": 16, "mot_expires": date(2027, 6, 1),
        "insurance_expires": date(2027, 6, 1), "permit_expires": date(2027, 6, 1), "boosters": 8, "fuel": "Diesel",
    }  # fmt: skip
    return kept(uow, VehicleRecord(**given | {"registration": registration} | values))


def a_leg(uow: UnitOfWork, activity_id: UUID, vehicle_id: UUID, **values: Any) -> UUID:
    given = {"direction": Direction.OUT, "departs": time(9), "arrives": time(10)}
    return kept(uow, LegRecord(**given | {"activity_id": activity_id, "vehicle_id": vehicle_id} | values))


def a_seat(uow: UnitOfWork, leg_id: UUID, **values: Any) -> UUID:
    """A seat; say `child_id` or `adult_id`."""
    return kept(uow, SeatRecord(**{"leg_id": leg_id} | values))


def a_mark(uow: UnitOfWork, activity_id: UUID, number: int, kind: MarkKind = MarkKind.IN, **values: Any) -> UUID:
    """A mark entered now; say `child_id` or `adult_id`, and a `number` of its own."""
    now: datetime = uow.clock.now()
    given = {
        "source": MarkSource.SCREEN, "happened_at": now, "entered_at": now, "entered_by": uow.actor.name,
        "device": uow.actor.device,
    }  # fmt: skip
    return kept(uow, MarkRecord(**given | {"activity_id": activity_id, "number": number, "kind": kind} | values))
