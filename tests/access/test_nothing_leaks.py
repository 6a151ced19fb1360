"""Every column that holds words is filled with a word of its own, and everything is asked that a sessional worker may.

What comes back is held against what their role means: so nothing new leaks out of a query that nobody thought of.
"""

import inspect
import re
from collections.abc import Callable, Iterator
from datetime import date, time, timedelta
from itertools import product
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Enum, String

from models.access.rules import Permission, Role
from models.bootstrap import Club, UnitOfWork
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import BreatherError
from models.people.records import ChildRecord, CollectorRecord, ContactRecord, FamilyRecord
from models.people.rules import CASEWORK, CollectorKind
from models.programme.records import ActivityRecord, BookingRecord, DutyRecord
from models.programme.rules import ActivityStatus
from models.registers.records import MarkRecord
from models.storage.base import Base
from models.team.records import AdultRecord
from models.transport.records import LegRecord
from tests.access.roles import acting
from tests.clubs import (
    SATURDAY,
    a_booking,
    a_child,
    a_collector,
    a_contact,
    a_duty,
    a_family,
    a_leg,
    a_mark,
    a_vehicle,
    an_activity,
    an_adult,
    new_club,
    put,
)  # fmt: skip
from tests.declared import every_taker, permission_of

DAYS: dict[str, date | None] = {
    "today": SATURDAY, "tomorrow": SATURDAY + timedelta(days=1), "yesterday": SATURDAY - timedelta(days=1),
    "never": None,
}  # fmt: skip
FOR_THE_DAY = {Permission.SEE_DAY, Permission.REGISTER}
VERBS = re.compile(r"\.(service|marks|keying|accounts|guard)\.|note_fire_list|choosing")
QUERIES = {
    name: query
    for name, query in every_taker().items()
    if permission_of(query) in FOR_THE_DAY and not VERBS.search(name)
}

ELSEWHERE = {
    "activity.title", "activity.meeting_place",
    # Names, and the school that tells namesakes apart: for the child who turns up at the door unasked.
    "child.legal_first", "child.legal_last", "child.known_as", "child.school", "child.ref",
    "barred.name",  # the warning, which is for everybody
    "adult.name", "adult.role",
    "mark.entered_by", "mark.device",
}  # fmt: skip
"""All that somebody who works on the day alone is told of what is not on today."""
NEVER = {
    *(f"child.{name}" for name in CASEWORK), "family.notes", "contact.email", "collector.password", "barred.password",
    "barred.reason", "duty.note", "adult.notes", "adult.email",
}  # fmt: skip

UNASKED = {"venue", "vehicle", "sheet", "news_since", "get_ready", "compare"}
"""Those that take something else; none of them tells of a child."""


class Planted:
    """Words, one for each column of each record, and where each of them stands: "child.medical", "today"."""

    def __init__(self) -> None:
        self.places: dict[str, tuple[str, str]] = {}
        self.ids: dict[str, list[UUID]] = {}
        self.unasked: set[str] = set()

    def words(self, kind: type[Base], when: str, called: str = "") -> dict[str, str]:
        """A word for each of its columns."""
        made: dict[str, str] = {}
        for column in kind.__table__.columns:
            words = isinstance(column.type, String) and not isinstance(column.type, Enum)
            if words and (getattr(column.type, "length", None) or 99) >= 12:
                made[column.key] = f"zq{len(self.places):04d}q"
                self.places[made[column.key]] = (f"{called or kind.__tablename__}.{column.name}", when)
        return made

    def fill(self, uow: UnitOfWork, kind: type[Base], record_id: UUID, when: str, called: str = "") -> UUID:
        record = uow.session.get_one(kind, record_id)
        for name, word in self.words(kind, when, called).items():
            setattr(record, name, word)
        self.ids.setdefault(f"{kind.__tablename__}_id", []).append(record_id)
        return record_id

    def plant(self, uow: UnitOfWork) -> None:
        for number, (when, day) in enumerate(DAYS.items(), start=1):
            home = self.fill(uow, FamilyRecord, a_family(uow), when)
            child = self.fill(uow, ChildRecord, a_child(uow, family_id=home), when)
            self.fill(uow, ContactRecord, a_contact(uow, home), when)
            self.fill(uow, CollectorRecord, a_collector(uow, child), when)
            barred = a_collector(uow, child, kind=CollectorKind.MUST_NOT, reason="x")
            self.fill(uow, CollectorRecord, barred, when, "barred")
            adult = self.fill(uow, AdultRecord, an_adult(uow), when)
            if day is None:
                continue
            on = self.fill(uow, ActivityRecord, an_activity(uow, day=day, status=ActivityStatus.CONFIRMED), when)
            self.fill(uow, BookingRecord, a_booking(uow, on, child), when)
            self.fill(uow, DutyRecord, a_duty(uow, on, adult), when)
            self.fill(uow, LegRecord, a_leg(uow, on, a_vehicle(uow, registration=when)), when)
            if when != "tomorrow":
                a_mark(uow, on, number, child_id=child, **self.words(MarkRecord, when))

    def arguments(self, query: Callable[..., Any]) -> Iterator[dict[str, Any]]:
        """Every way it is asked: about each of them, and about all."""
        everybody = [one for ids in self.ids.values() for one in ids]
        kinds: dict[str, list[Any]] = {
            **self.ids, "record_id": everybody, "person_id": everybody, "day": [*filter(None, DAYS.values())],
            "first": [SATURDAY - timedelta(days=30)], "last": [SATURDAY + timedelta(days=30)],
            "activity_ids": [self.ids["activity_id"]], "child_ids": [self.ids["child_id"]], "ids": [everybody],
            "people": [everybody], "family_ids": [self.ids["family_id"]], "text": ["zq"], "limit": [500],
            "table": ["seat"], "field": ["leg_id"],
        }  # fmt: skip
        asked = [one for one in list(inspect.signature(query).parameters.values())[1:] if wanted(one, kinds)]
        if not all(one.name in kinds for one in asked):
            self.unasked.add(query.__name__)
            return
        for values in product(*(kinds[one.name] for one in asked)):
            yield dict(zip((one.name for one in asked), values, strict=True))


def wanted(one: inspect.Parameter, kinds: dict[str, list[Any]]) -> bool:
    if one.kind in (one.VAR_POSITIONAL, one.VAR_KEYWORD):
        return False
    return one.default is one.empty or one.name in kinds


@pytest.fixture
def planted() -> Planted:
    return Planted()


@pytest.fixture
def club(tmp_path: Path, planted: Planted) -> Iterator[Club]:
    made = new_club(tmp_path, clock=FixedClock(london_instant(SATURDAY, time(10, 5))))
    put(made, planted.plant)
    yield made
    made.close()


def told(club: Club, planted: Planted) -> set[tuple[str, str]]:
    """Where the words stand that any query answers with, or complains with."""
    found: set[tuple[str, str]] = set()
    answered = 0
    for query in QUERIES.values():
        for arguments in planted.arguments(query):
            try:
                answer: object = club.read(lambda uow, query=query, with_these=arguments: query(uow, **with_these))  # type: ignore[misc]  # bound at once
                answered += 1
            except (BreatherError, TypeError, AttributeError) as error:
                answer = error
            found |= {planted.places[word] for word in re.findall(r"zq\d{4}q", f"{answer!r} {answer}")}
    assert planted.unasked == UNASKED
    assert answered > 100
    return found


def test_of_what_is_not_on_today_a_sessional_worker_is_told_this_and_no_more(club: Club, planted: Planted) -> None:
    with acting(club, Role.SESSIONAL):
        found = told(club, planted)
    assert {place for place, when in found if when != "today"} <= ELSEWHERE
    on_the_day = {place for place, when in found if when == "today"}
    assert on_the_day & NEVER == set()
    seen = {"child.medical", "family.address", "contact.phone", "barred.name", "leg.from_place", "adult.mobile"}
    assert seen <= on_the_day


def test_who_came_in_with_a_pin_is_told_of_that_activity_alone(club: Club, planted: Planted) -> None:
    with acting(club, Role.SESSIONAL, activity=planted.ids["activity_id"][0]):
        found = told(club, planted)
    assert {place for place, when in found if when != "today"} <= ELSEWHERE
    assert {place for place, when in found if when == "today"} & NEVER == set()


def test_a_lead_is_told_of_every_day_so_the_words_are_there_to_be_found(club: Club, planted: Planted) -> None:
    with acting(club, Role.LEAD):
        found = told(club, planted)
    reasons = {(name, when) for name in ("barred.reason", "family.address", "child.medical") for when in DAYS}
    assert reasons <= found
    assert ("leg.from_place", "tomorrow") in found
