"""The unit of work: rolled back unless committed, journaled in a chain, no way to slip past."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import delete, select, update

from models.bootstrap import Club
from models.kernel.errors import BadInput, Stale
from models.people.records import FamilyRecord
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork
from tests.clubs import new_club


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path, today=date(2026, 12, 3))


def add_family(uow: UnitOfWork) -> FamilyRecord:
    return uow.add(FamilyRecord(address="4 Willow Lane", postcode="SE13 4HU"))


def entries(club: Club) -> list[tuple[Any, ...]]:
    columns = select(EntryRecord.before, EntryRecord.after, EntryRecord.chain).order_by(EntryRecord.number)
    return club.read(lambda uow: [tuple(row) for row in uow.session.execute(columns)])


def test_an_error_leaves_everything_as_it_was(club: Club) -> None:
    def half(uow: UnitOfWork) -> None:
        add_family(uow)
        uow.flush()
        raise BadInput("no")

    with pytest.raises(BadInput):
        club.write(half, "half a change")
    assert club.read(lambda uow: uow.session.scalars(select(FamilyRecord)).all()) == []
    assert entries(club) == []


def test_the_journal_holds_before_and_after_of_what_changed(club: Club) -> None:
    made = club.write(add_family, "add").value

    def move(uow: UnitOfWork) -> None:
        uow.edit(FamilyRecord, made.id, 1, "family").postcode = "SE4 9BH"

    written = club.write(move, "move")
    assert written.areas == {"people"}
    first, second = entries(club)
    assert (first[0], first[1]["postcode"]) == (None, "SE13 4HU")
    assert second[:2] == ({"postcode": "SE13 4HU"}, {"postcode": "SE4 9BH"})
    assert first[2] != second[2]
    changes = club.read(lambda uow: [(c.number, c.label) for c in uow.session.scalars(select(ChangeRecord))])
    assert sorted(changes) == [(1, "add"), (2, "move")]


def test_a_change_to_the_same_value_is_no_change(club: Club) -> None:
    made = club.write(add_family, "add").value

    def same(uow: UnitOfWork) -> None:
        uow.get(FamilyRecord, made.id).postcode = "SE13 4HU"

    assert club.write(same, "nothing").areas == frozenset()
    assert len(entries(club)) == 1


def test_an_old_version_is_refused(club: Club) -> None:
    made = club.write(add_family, "add").value

    def move(uow: UnitOfWork) -> None:
        uow.edit(FamilyRecord, made.id, 1, "family").postcode = "SE4 9BH"

    club.write(move, "move")
    with pytest.raises(Stale, match="family was changed"):
        club.write(move, "move again")


def test_bulk_statements_are_refused(club: Club) -> None:
    for statement in (update(FamilyRecord).values(postcode="X"), delete(FamilyRecord)):
        with pytest.raises(BadInput, match="journal"):
            club.write(lambda uow, s=statement: uow.session.execute(s), "bulk")


def test_reading_never_writes(club: Club) -> None:
    with pytest.raises(BadInput, match="only reads"):
        club.read(lambda uow: uow.commit())


def test_a_text_too_long_for_its_column_is_refused_by_the_database(club: Club) -> None:
    with pytest.raises(BadInput):
        club.write(lambda uow: uow.add(FamilyRecord(address="x" * 201, postcode="")), "long")
