"""Concerns are kept for safeguarding leads alone, and nobody else can read them anywhere."""

import json
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, nullcontext
from datetime import date, time
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.rules import Role
from models.bootstrap import Club, UnitOfWork
from models.concerns import queries, service
from models.concerns.key import NoKey
from models.concerns.records import ConcernRecord
from models.concerns.sealing import seal
from models.history import queries as history
from models.history.service import redo, undo, undoable
from models.kernel.errors import BadInput, Damaged, Denied, NotFound, Stale
from models.search.queries import find
from models.storage.journal import ChangeRecord, EntryRecord
from tests.clubs import a_child, new_club, put
from tests.concerns.leads import KEY, LeadsClub

NOTICED = {
    "noticed_on": date(2026, 11, 28),
    "told_on": date(2026, 11, 29),
    "told_at": time(9, 15),
    "reference": "MASH 4471",
}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


@pytest.fixture
def lead(club: Club) -> LeadsClub:
    return LeadsClub(club)


@pytest.fixture
def maryam(club: Club) -> UUID:
    return put(club, lambda uow: a_child(uow, "Maryam", "Müller"))


def written(lead: LeadsClub, **values: Any) -> UUID:
    return lead.write(lambda uow: service.write_down(uow, NOTICED | values), "as it may be").value


def only(lead: LeadsClub) -> queries.ConcernRow:
    (row,) = lead.read(queries.concerns)
    return row


def no_recheck(_uow: UnitOfWork, _ids: object) -> AbstractContextManager[object]:
    return nullcontext()


def test_a_concern_written_down_is_read_back_by_a_lead(lead: LeadsClub, maryam: UUID) -> None:
    written(lead, child_id=maryam)
    row = only(lead)
    assert row.child == "Maryam Müller"
    assert row.facts is not None
    assert (row.facts.noticed_on, row.facts.told_on) == (date(2026, 11, 28), date(2026, 11, 29))
    assert (row.facts.told_at, row.facts.reference, row.facts.closed_on) == (time(9, 15), "MASH 4471", None)


def test_one_about_no_child_is_kept_too(lead: LeadsClub) -> None:
    written(lead)
    row = only(lead)
    assert row.facts is not None
    assert (row.facts.child_id, row.child) == (None, "")


VERBS: list[Callable[[UnitOfWork], object]] = [
    queries.concerns,
    queries.children_to_choose,
    lambda uow: queries.concern(uow, UUID(int=9)),
    lambda uow: service.write_down(uow, NOTICED),
    lambda uow: service.edit(uow, UUID(int=9), None, {"reference": "x"}),
    lambda uow: service.close(uow, UUID(int=9), None, date(2026, 12, 3)),
    lambda uow: service.open_again(uow, UUID(int=9), None),
]


@pytest.mark.parametrize("verb", VERBS)
@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.SESSIONAL])
def test_nobody_but_a_lead_may_even_with_the_key_in_hand(
    club: Club, verb: Callable[[UnitOfWork], object], role: Role
) -> None:
    with pytest.raises(Denied):
        LeadsClub(club, KEY, role).write(verb, "")


def test_the_role_without_the_key_reads_and_writes_nothing_and_is_told_whom_to_ask(club: Club, lead: LeadsClub) -> None:
    record_id = written(lead)
    before, keyless = only(lead), LeadsClub(club, None)
    verbs: list[Callable[[UnitOfWork], object]] = [
        queries.concerns,
        lambda uow: queries.concern(uow, record_id),
        lambda uow: service.write_down(uow, NOTICED),
        lambda uow: service.edit(uow, record_id, None, {"reference": "x"}),
        lambda uow: service.close(uow, record_id, None, date(2026, 12, 3)),
        lambda uow: service.open_again(uow, record_id, None),
    ]
    for verb in verbs:
        with pytest.raises(NoKey, match="nobody has the key to them any more"):
            keyless.write(verb, "")
    assert only(lead) == before


def test_the_row_and_the_journal_show_nothing_readable(club: Club, lead: LeadsClub, maryam: UUID) -> None:
    record_id = written(lead, child_id=maryam)
    lead.write(lambda uow: service.edit(uow, record_id, None, {"reference": "LADO 12"}), "Changed Maryam Müller’s")
    lead.write(lambda uow: service.close(uow, record_id, None, date(2026, 12, 1)), "Maryam")

    def everything(uow: UnitOfWork) -> str:
        record = uow.session.get_one(ConcernRecord, record_id)
        entries = list(uow.session.scalars(select(EntryRecord).where(EntryRecord.area == "concerns")))
        assert {name for entry in entries for name in {**(entry.before or {}), **(entry.after or {})}} <= {
            "id", "version", "sealed",
        }  # fmt: skip
        labels = list(uow.session.scalars(select(ChangeRecord.label)))
        body = [[entry.before, entry.after] for entry in entries]
        return repr(record.sealed) + json.dumps(body) + " ".join(labels)

    said = club.read(everything)
    for secret in ("Maryam", "Müller", str(maryam), maryam.hex, "MASH", "4471", "LADO", "2026-11-28", "2026-12-01"):
        assert secret not in said
    assert "Wrote down a concern" in said
    assert "Closed a concern" in said


def test_history_tells_leads_that_there_was_one_and_nobody_anything_of_it(
    club: Club, lead: LeadsClub, maryam: UUID
) -> None:
    record_id = written(lead, child_id=maryam)
    lead.write(lambda uow: service.edit(uow, record_id, None, {"reference": "LADO 12"}), "")
    assert club.read(lambda uow: history.what_changed(uow, record_id)) == ()
    assert not [row for row in club.read(lambda uow: history.recent(uow, 500)) if row.kind == "concern"]
    rows = lead.read(lambda uow: history.what_changed(uow, record_id))
    assert [(row.label, row.title, row.lines) for row in rows] == [
        ("Changed a concern", "a concern", ()), ("Wrote down a concern", "a concern", ()),
    ]  # fmt: skip
    of_child = club.read(lambda uow: history.what_changed(uow, maryam))
    assert [row.kind for row in of_child] == ["child"]


def test_search_finds_none_of_it(lead: LeadsClub, maryam: UUID) -> None:
    written(lead, child_id=maryam)
    assert lead.read(lambda uow: find(uow, "MASH 4471")) == ()
    assert [one.kind for one in lead.read(lambda uow: find(uow, "Maryam"))] == ["child"]
    assert lead.read(lambda uow: find(uow, "concern")) == ()


def test_undo_and_redo_by_the_lead_name_nobody(lead: LeadsClub, maryam: UUID) -> None:
    record_id = written(lead, child_id=maryam)
    lead.write(lambda uow: service.edit(uow, record_id, None, {"reference": "LADO 12"}), "")
    assert lead.read(undoable) == "Changed a concern"
    lead.write(lambda uow: undo(uow, no_recheck), "")
    assert only(lead).facts.reference == "MASH 4471"  # type: ignore[union-attr] # it can be read
    lead.write(lambda uow: redo(uow, no_recheck), "")
    assert only(lead).facts.reference == "LADO 12"  # type: ignore[union-attr] # as above


def test_somebody_who_is_a_lead_no_more_cannot_undo_their_last_concern(lead: LeadsClub, maryam: UUID) -> None:
    written(lead, child_id=maryam)
    with pytest.raises(Denied):
        LeadsClub(lead.club, KEY, Role.MANAGER).write(lambda uow: undo(uow, no_recheck), "")
    assert only(lead).child == "Maryam Müller"


def test_a_manager_who_swaps_two_sealed_texts_is_found_out(club: Club, lead: LeadsClub, maryam: UUID) -> None:
    first, second = written(lead, child_id=maryam), written(lead)

    def swap(uow: UnitOfWork) -> None:
        uow.get(ConcernRecord, second).sealed = uow.get(ConcernRecord, first).sealed

    club.write(swap, "")
    rows = lead.read(queries.concerns)
    assert [(row.id, row.facts is None) for row in rows] == [(second, True), (first, False)]
    with pytest.raises(Damaged):
        lead.write(lambda uow: service.close(uow, second, None, date(2026, 12, 3)), "")


def test_a_seal_made_with_another_key_is_told_and_hides_no_other(club: Club, lead: LeadsClub) -> None:
    good = written(lead)
    club.write(lambda uow: _forge(uow, good), "")
    rows = lead.read(queries.concerns)
    assert [row.facts is None for row in rows] == [True, False]


def _forge(uow: UnitOfWork, like: UUID) -> None:
    forged = uow.ids()
    uow.add(ConcernRecord(id=forged, sealed=seal(b"x" * 32, forged, _facts_like())))


def _facts_like() -> Any:
    from models.concerns.rules import Facts

    return Facts(None, date(2026, 11, 1), date(2026, 11, 1), None, "", None)


def test_saving_what_is_there_already_changes_nothing(lead: LeadsClub) -> None:
    record_id = written(lead)
    done = lead.write(lambda uow: service.edit(uow, record_id, None, dict(NOTICED)), "")
    assert done.areas == frozenset()


def test_two_leads_at_once_do_not_overwrite_each_other(lead: LeadsClub) -> None:
    record_id = written(lead)
    version = only(lead).version
    lead.write(lambda uow: service.edit(uow, record_id, version, {"reference": "A"}), "")
    with pytest.raises(Stale):
        lead.write(lambda uow: service.edit(uow, record_id, version, {"reference": "B"}), "")


def test_closed_ones_stand_after_open_ones_and_can_be_opened_again(lead: LeadsClub) -> None:
    old = written(lead, noticed_on=date(2026, 10, 1), told_on=date(2026, 10, 1))
    new = written(lead)
    lead.write(lambda uow: service.close(uow, new, None, date(2026, 12, 3)), "")
    assert [row.id for row in lead.read(queries.concerns)] == [old, new]
    lead.write(lambda uow: service.open_again(uow, new, None), "")
    assert [row.id for row in lead.read(queries.concerns)] == [new, old]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"noticed_on": None}, "noticed_on"),
        ({"told_on": None}, "told_on"),
        ({"noticed_on": "yesterday"}, "noticed_on"),
        ({"told_at": "9"}, "told_at"),
        ({"reference": "x" * 61}, "reference"),
        ({"reference": 5}, "reference"),
        ({"child_id": "Maryam"}, "child_id"),
        ({"notes": "He said"}, "notes"),
    ],
)
def test_what_cannot_be_kept_is_said_at_its_field(lead: LeadsClub, values: dict[str, Any], field: str) -> None:
    with pytest.raises(BadInput) as wrong:
        written(lead, **values)
    assert wrong.value.field == field
    assert lead.read(queries.concerns) == ()


def test_a_child_who_is_not_there_cannot_be_chosen(lead: LeadsClub) -> None:
    with pytest.raises(NotFound):
        written(lead, child_id=UUID(int=5))


def test_a_child_no_longer_kept_leaves_the_concern(club: Club, lead: LeadsClub, maryam: UUID) -> None:
    record_id = written(lead, child_id=maryam)
    from models.people.records import ChildRecord

    club.write(lambda uow: uow.remove(uow.get(ChildRecord, maryam)), "")
    assert only(lead).child == ""
    lead.write(lambda uow: service.close(uow, record_id, None, date(2026, 12, 3)), "")
    facts = only(lead).facts
    assert facts is not None
    assert facts.child_id == maryam


def test_the_children_to_choose_stand_in_name_order(club: Club, lead: LeadsClub, maryam: UUID) -> None:
    put(club, lambda uow: a_child(uow, "Ade", "Bello"))
    assert [name for _, name in lead.read(queries.children_to_choose)] == ["Ade Bello", "Maryam Müller"]


def test_what_is_no_letter_is_not_kept(lead: LeadsClub) -> None:
    """It would be sealed at more bytes than the longest of letters."""
    written(lead, reference="MASH\x00\x1b\t4471\x01")
    assert only(lead).facts.reference == "MASH 4471"
