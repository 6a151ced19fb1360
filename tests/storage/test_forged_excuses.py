"""An erasure and a restore explain what no longer fits in the journal: forged ones must not."""

import json
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club, choose_folder, read_place
from models.people import service as people
from models.storage import journal
from models.storage.erasing import ErasureRecord
from models.storage.heads import Head, Witness, compare
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.journal_check import verify_chain
from models.storage.restored import RestoreRecord
from tests.clubs import a_child, behind_its_back, new_club, put

CUT = ("DELETE FROM journal_entry WHERE number > 4", "DELETE FROM journal_change WHERE number > 3")


@pytest.fixture
def club(tmp_path: Path) -> Club:
    club = new_club(tmp_path)
    child = put(club, lambda uow: a_child(uow, "Maryam", "Müller"), "Added Maryam")
    for text in ("one", "two", "three", "four", "five"):
        put(club, lambda uow, text=text: people.edit_child(uow, child, None, {"notes": text}), f"Noted {text}")  # type: ignore[misc]  # a lambda
    return club


def entry_of(uow: Any, number: int) -> tuple[EntryRecord, ChangeRecord]:
    entry = uow.session.get(EntryRecord, number)
    return entry, uow.session.get(ChangeRecord, entry.change_id)


def test_an_erasure_that_erased_nothing_covers_no_edit(club: Club) -> None:
    behind_its_back(
        club, f"""UPDATE journal_entry SET "after" = '{json.dumps({"notes": "forged"})}' WHERE number = 4"""
    )
    assert club.read(verify_chain) == ["Entry 4 (Noted two) no longer says what it said."]

    def cover_up(uow: Any) -> None:
        uow.add(ErasureRecord(entries={"4": journal.digest_of(*entry_of(uow, 4))}, changes=[], rows=0))

    put(club, cover_up, "Looks harmless")
    faults = club.read(verify_chain)
    assert faults == ["Entry 4 (Noted two) was altered under an erasure that took nothing from it."]


def known(club: Club) -> list[Witness]:
    number, chain = club.facts().number, club.facts().chain
    return [Witness(Head(number, chain), club.clock.now(), "a slip of paper")]


def test_a_restore_that_only_the_table_knows_explains_no_cut(club: Club) -> None:
    before = known(club)
    row = f"'{UUID(int=7).hex}', '2026-12-03 09:40:00.000000', '2026-12-03 09:20:00.000000', 2, 'x'"
    behind_its_back(club, *CUT, f"INSERT INTO restore (id, at, made_at, number, chain) VALUES ({row})")
    held = club.read(lambda uow: compare(uow, before))
    assert held.notes == ()
    assert len(held.faults) == 1
    assert "cut off" in held.faults[0]


def test_a_restore_written_later_than_where_it_began_explains_nothing(club: Club) -> None:
    before = known(club)
    behind_its_back(club, *CUT)

    def excuse(uow: Any) -> None:
        now = uow.clock.now()
        uow.add(RestoreRecord(at=now, made_at=now, number=2, chain=entry_of(uow, 2)[0].chain))

    put(club, excuse, "Put back a backup")
    held = club.read(lambda uow: compare(uow, before))
    assert (held.notes, len(held.faults)) == ((), 1)


@pytest.mark.file_only  # a server’s backups are the server’s
def test_a_restore_by_breather_still_explains_itself(club: Club, tmp_path: Path) -> None:
    choose_folder(tmp_path, None)
    made = club.back_up(read_place(tmp_path))
    put(club, lambda uow: a_child(uow, "Aoife", "Byrne"))
    before = known(club)
    back = club.restored_from(made.path)
    held = back.read(lambda uow: compare(uow, before))
    assert held.faults == ()
    assert "The restore of" in held.notes[0]
    back.close()
