"""What a parent said is kept, whatever the plan; only what cannot be is refused."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club, UnitOfWork
from models.consents import queries, service
from models.consents.queries import ConsentRow
from models.consents.rules import Authority, ConsentKind, ConsentState, Level, Method
from models.kernel.errors import BadInput, NotFound, Stale
from models.people.rules import ChildStatus
from tests.clubs import SATURDAY, THURSDAY, a_child, a_consent, new_club, put

TRIP = ConsentKind.TRIP
MOTHER: dict[str, Any] = {
    "signatory": "Leyla Müller",
    "relationship": "Mother",
    "authority": Authority.PARENTAL_RESPONSIBILITY,
}
FRIDAY_BEFORE = date(2026, 11, 27)


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    club = new_club(tmp_path)
    yield club
    club.close()


@pytest.fixture
def child(club: Club) -> UUID:
    return put(club, a_child)


def said(club: Club, child: UUID, kind: ConsentKind = TRIP) -> ConsentRow:
    row = club.read(lambda uow: queries.consent(uow, child, kind))
    assert row is not None
    return row


def state_on(club: Club, day: date) -> ConsentState:
    (row,) = club.read(lambda uow: queries.matrix(uow, day))
    return row.cells[TRIP].state


def granted(uow: UnitOfWork, child: UUID, signed_on: date = FRIDAY_BEFORE, version: int | None = None) -> None:
    service.grant(
        uow, child, TRIP, signatory="Leyla Müller", relationship="Mother", method=Method.PAPER,
        authority=Authority.PARENTAL_RESPONSIBILITY, signed_on=signed_on, version=version,
    )  # fmt: skip


def refusal(club: Club, change: Callable[[UnitOfWork], object]) -> BadInput:
    with pytest.raises(BadInput) as caught:
        put(club, change)
    return caught.value


def test_a_form_that_went_out_is_asked_once_for_each_child_and_kind(club: Club, child: UUID) -> None:
    sister = put(club, lambda uow: a_child(uow, "Elif"))
    both = (TRIP, ConsentKind.SAFEGUARDING)
    put(club, lambda uow: service.ask(uow, [child, sister, child], both, date(2026, 11, 30)))
    put(club, lambda uow: service.ask(uow, [child], both))
    assert (said(club, child).state, said(club, child).asked_on) == (ConsentState.ASKED, THURSDAY)
    assert said(club, sister).asked_on == date(2026, 11, 30)
    assert len(club.read(queries.consents_for)) == 2


def test_asking_again_takes_nothing_back(club: Club, child: UUID) -> None:
    put(club, lambda uow: granted(uow, child))
    put(club, lambda uow: service.ask(uow, [child], [TRIP]))
    assert (said(club, child).state, said(club, child).asked_on) == (ConsentState.GRANTED, THURSDAY)
    assert said(club, child).signatory == "Leyla Müller"


def test_a_yes_keeps_who_signed_by_what_right_and_when(club: Club, child: UUID) -> None:
    put(club, lambda uow: service.record_signed(uow, child, TRIP))
    assert (said(club, child).state, said(club, child).signed_on) == (ConsentState.SIGNED, THURSDAY)
    put(club, lambda uow: granted(uow, child))
    row = said(club, child)
    assert (row.state, row.signatory, row.relationship) == (ConsentState.GRANTED, "Leyla Müller", "Mother")
    assert (row.authority, row.method) == (Authority.PARENTAL_RESPONSIBILITY, Method.PAPER)
    assert row.signed_on == FRIDAY_BEFORE


def test_only_nonsense_is_refused(club: Club, child: UUID) -> None:
    assert refusal(club, lambda uow: granted(uow, child, SATURDAY)).field == "signed_on"
    nobody: dict[str, Any] = {"signatory": "  ", "relationship": "", "authority": Authority.NOT_KNOWN}
    assert refusal(club, lambda uow: service.grant_by_phone(uow, child, TRIP, **nobody)).field == "signatory"
    assert refusal(club, lambda uow: service.ask(uow, [child], [TRIP], SATURDAY)).field == "asked_on"
    assert refusal(club, lambda uow: service.refuse(uow, child, TRIP, on=SATURDAY)).field == "ended_on"
    assert club.read(queries.consents_for) == {}
    with pytest.raises(NotFound):
        put(club, lambda uow: service.record_signed(uow, UUID(int=7), TRIP))


def test_by_phone_and_refused(club: Club, child: UUID) -> None:
    put(club, lambda uow: service.grant_by_phone(uow, child, TRIP, **MOTHER))
    assert (said(club, child).state, said(club, child).method) == (ConsentState.PHONE, Method.PHONE)
    put(club, lambda uow: service.refuse(uow, child, TRIP, signatory="Leyla Müller", note="Not on a bus"))
    row = said(club, child)
    assert (row.state, row.signed_on, row.ended_on, row.note) == (ConsentState.REFUSED, None, THURSDAY, "Not on a bus")


def test_a_withdrawal_is_dated_and_needs_a_yes(club: Club, child: UUID) -> None:
    assert refusal(club, lambda uow: service.withdraw(uow, child, TRIP)).field == "state"
    put(club, lambda uow: granted(uow, child))
    before = date(2026, 11, 1)
    assert refusal(club, lambda uow: service.withdraw(uow, child, TRIP, before)).field == "ended_on"
    put(club, lambda uow: service.withdraw(uow, child, TRIP, SATURDAY, "Moving house"))
    row = said(club, child)
    assert (row.state, row.signed_on, row.note) == (ConsentState.WITHDRAWN, FRIDAY_BEFORE, "Moving house")
    assert state_on(club, THURSDAY) is ConsentState.GRANTED
    assert state_on(club, SATURDAY) is ConsentState.WITHDRAWN


def test_a_noted_call_makes_an_old_yes_stand_again(club: Club, child: UUID) -> None:
    put(club, lambda uow: granted(uow, child, date(2025, 9, 1)))
    cell = club.read(queries.matrix)[0].cells[TRIP]
    assert (cell.state, cell.verdict.level) == (ConsentState.EXPIRED, Level.WARN)
    assert refusal(club, lambda uow: service.reconfirm_by_phone(uow, child, TRIP, None, " ")).field == (
        "reconfirmed_note"
    )
    put(club, lambda uow: service.reconfirm_by_phone(uow, child, TRIP, None, "Leyla says it stands"))
    assert club.read(queries.matrix)[0].cells[TRIP].state is ConsentState.GRANTED


def test_a_new_answer_leaves_nothing_of_the_one_before(club: Club, child: UUID) -> None:
    put(club, lambda uow: service.ask(uow, [child], [TRIP], date(2026, 11, 2)))
    put(club, lambda uow: granted(uow, child))
    put(club, lambda uow: service.withdraw(uow, child, TRIP, THURSDAY, "Moving house"))
    put(club, lambda uow: granted(uow, child, THURSDAY))
    row = said(club, child)
    assert (row.ended_on, row.note, row.asked_on) == (None, "", date(2026, 11, 2))


def test_mistakes_are_put_right_or_cleared(club: Club, child: UUID) -> None:
    put(club, lambda uow: granted(uow, child))
    put(club, lambda uow: service.edit(uow, child, TRIP, 1, {"signed_on": date(2026, 11, 20)}))
    assert said(club, child).signed_on == date(2026, 11, 20)
    with pytest.raises(Stale):
        put(club, lambda uow: service.edit(uow, child, TRIP, 1, {"note": "Late"}))
    assert refusal(club, lambda uow: service.edit(uow, child, TRIP, 2, {"signed_on": None})).field == "signed_on"
    expired = {"state": ConsentState.EXPIRED}
    assert refusal(club, lambda uow: service.edit(uow, child, TRIP, 2, expired)).field == "state"
    put(club, lambda uow: service.clear(uow, child, TRIP, 2))
    assert club.read(lambda uow: queries.consent(uow, child, TRIP)) is None


def test_two_forms_open_on_an_empty_square_do_not_overwrite_each_other(club: Club, child: UUID) -> None:
    put(club, lambda uow: granted(uow, child, version=0))
    with pytest.raises(Stale):
        put(club, lambda uow: service.refuse(uow, child, TRIP, version=0))


def test_the_matrix_has_a_cell_for_every_kind_and_only_who_is_asked_for(club: Club, child: UUID) -> None:
    gone = put(club, lambda uow: a_child(uow, "Ada", "Bell", status=ChildStatus.MOVED))
    put(club, lambda uow: a_consent(uow, gone))
    (row,) = club.read(queries.matrix)
    assert (row.child_id, row.called) == (child, "Maryam Müller")
    assert set(row.cells) == set(ConsentKind)
    assert all(cell.said is None and cell.state is ConsentState.NOT_ASKED for cell in row.cells.values())
    rows = club.read(lambda uow: queries.matrix(uow, child_ids=[gone]))
    assert [(row.child_id, row.cells[TRIP].state) for row in rows] == [(gone, ConsentState.SIGNED)]
    assert [row.child_id for row in club.read(lambda uow: queries.matrix(uow, statuses=None))] == [gone, child]
