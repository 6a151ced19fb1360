"""History in the reader’s words: of every kind of record, with no column, id, code or foreign date in it."""

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest

import models.schema  # noqa: F401 - imported for every table
from models.history import queries
from models.history.permits import MAY_SEE
from models.history.sayings import FIELDS, UNSAID_OF, VALUES
from models.history.words import NOTHING, field_words, said, unsaid
from models.people.records import ChildRecord
from models.privacy import holds, retention
from models.privacy.rules import Keep
from models.storage.base import Base
from tests.clubs import (
    a_booking,
    a_child,
    a_collector,
    a_consent,
    a_contact,
    a_family,
    a_mark,
    a_vehicle,
    an_activity,
    an_adult,
    new_club,
    put,
)

PLAIN_ALREADY = frozenset(
    {
        "activity_id", "adult_id", "child_id", "driver_id", "family_id", "venue_id", "address", "conditions", "day",
        "decision", "diet", "fuel", "months", "name", "note", "notes", "phone", "reason", "relationship", "title",
    }
)  # fmt: skip
"""Columns whose own name is the word for them."""
FIELDS_OF_ALL = [
    (table, column.key) for table in MAY_SEE for column in Base.metadata.tables[table].columns
    if not unsaid(table, column.key)
]  # fmt: skip
CODES = re.compile(r"[0-9a-f]{8}-?[0-9a-f]{4}|\w_\w|\d{4}-\d{2}-\d{2}|\bid\b|[0-9a-f]{32}")


@pytest.mark.parametrize(("table", "name"), FIELDS_OF_ALL)
def test_every_field_has_words(table: str, name: str) -> None:
    words = field_words(table, name)
    assert name in FIELDS.get(table, {}) or name in PLAIN_ALREADY, f"{table}.{name} would be called “{words}”"
    assert not CODES.search(words)


def test_what_is_left_unsaid_is_there() -> None:
    for table, names in UNSAID_OF.items():
        assert set(names) <= set(Base.metadata.tables[table].columns.keys()), table
    for table, name in VALUES:
        assert name in Base.metadata.tables[table].columns


def test_an_instant_in_summer_is_of_londons_day() -> None:
    assert said(datetime(2026, 7, 10, 23, 30, tzinfo=UTC)) == "11 Jul 2026, 00:30"
    assert said({"known_as": "Mar", "school": ""}) == "known as: Mar"
    assert said({"mark:2026-12-05 December club": "/"}) == "mark 5 Dec 2026 December club: /"
    withheld = [{"section": "Home", "what": "address", "how": "leave out", "why": "Where another lives"}]
    assert said(withheld) == "Home, address, leave out, Where another lives"
    assert said([]) == NOTHING


def test_every_kind_of_record_is_told_in_plain_words(tmp_path: Path) -> None:
    club = new_club(tmp_path)
    made = put(club, lambda uow: a_child(uow, "Maryam", "Müller", a_family(uow)))
    home = club.read(lambda uow: uow.get(ChildRecord, made).family_id)
    put(club, lambda uow: a_contact(uow, home))
    put(club, lambda uow: a_collector(uow, made))
    put(club, lambda uow: a_consent(uow, made))
    put(club, lambda uow: an_adult(uow))
    put(club, lambda uow: a_vehicle(uow))
    day = put(club, lambda uow: an_activity(uow, "Saturday club"))
    put(club, lambda uow: a_booking(uow, day, made))
    put(club, lambda uow: a_mark(uow, day, 1, child_id=made))
    put(club, lambda uow: holds.place_hold(uow, made, "A claim"))
    put(club, lambda uow: retention.set_span(uow, Keep.REGISTERS, 48))
    put(
        club,
        lambda uow: retention.keep_longer(
            uow, Keep.CHILD_FILE, str(made), club.clock.today().replace(year=2027), "A claim"
        ),
    )
    rows = club.read(lambda uow: queries.recent(uow, 500))
    told = [f"{row.kind} | {row.title} | {row.label}" for row in rows]
    told += [f"{line.field} | {line.before} | {line.after}" for row in rows for line in row.lines]
    wrong = [words for words in told if CODES.search(words)]
    assert not wrong
    assert "what happened | nothing | signed in" in told
    assert any("the legal hold on Maryam Müller" in words for words in told)
    assert "months | nothing | 48 months" in told
    club.close()
