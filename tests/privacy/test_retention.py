"""What is due for review, why and since when; keeping it longer; letting it go; a legal hold over all."""

from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club, UnitOfWork
from models.consents.rules import ConsentKind, ConsentState
from models.kernel.errors import BadInput, NotFound, Refused
from models.people.rules import ChildStatus
from models.privacy import holds, retention
from models.privacy.belongings import kind_of
from models.privacy.due import Due
from models.privacy.records import RequestRecord
from models.privacy.rules import SPANS, Keep
from models.registers.records import CollectionTodayRecord, DayRecord
from models.reports import figures
from models.storage.journal_check import verify_chain
from tests.clubs import a_booking, a_child, a_consent, a_mark, an_activity, new_club, put
from tests.faults.canaries import dumped, found_in, raw


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def due(club: Club, kind: Keep) -> list[Due]:
    return [one for one in club.read(retention.due_for_review) if one.kind is kind]


def a_child_who_left(club: Club, last: date, **values: Any) -> UUID:
    child = put(club, lambda uow: a_child(uow, **{"status": ChildStatus.CLOSED} | values))
    day = put(club, lambda uow: an_activity(uow, f"Club of {last}", last))
    put(club, lambda uow: a_booking(uow, day, child))
    return child


def test_a_child_who_left_six_years_ago_is_due(club: Club) -> None:
    child = a_child_who_left(club, date(2020, 12, 3))
    a_child_who_left(club, date(2020, 12, 4), first="Ada")
    found = due(club, Keep.CHILD_FILE)
    assert [(one.children, one.since) for one in found] == [((child,), date(2026, 12, 3))]
    assert "The child has left: 3 Dec 2020" in found[0].why


def test_a_file_with_a_safeguarding_history_goes_at_25(club: Club) -> None:
    old = a_child_who_left(club, date(2010, 1, 9), birth_date=date(2001, 12, 3))
    young = a_child_who_left(club, date(2011, 1, 8), first="Ada", birth_date=date(2002, 12, 3))
    for child in (old, young):
        put(club, lambda uow, child=child: retention.set_safeguarding_history(uow, child, True))
    assert due(club, Keep.CHILD_FILE) == []
    assert [one.children for one in due(club, Keep.SAFEGUARDING_FILE)] == [(old,)]


def test_a_referral_that_came_to_nothing_is_due_after_a_year(club: Club) -> None:
    put(club, lambda uow: a_child(uow, status=ChildStatus.DECLINED, referral_date=date(2025, 12, 3)))
    assert [one.since for one in due(club, Keep.NEVER_STARTED)] == [date(2026, 12, 3)]
    put(club, lambda uow: a_child(uow, "Ada", referral_date=date(2020, 1, 1)))
    assert len(due(club, Keep.NEVER_STARTED)) == 1, "a child who is active is not due"


def test_the_span_is_the_clubs_to_set(club: Club) -> None:
    a_child_who_left(club, date(2022, 12, 3))
    assert due(club, Keep.CHILD_FILE) == []
    put(club, lambda uow: retention.set_span(uow, Keep.CHILD_FILE, 48))
    assert len(due(club, Keep.CHILD_FILE)) == 1
    row = next(one for one in club.read(retention.spans) if one.kind is Keep.CHILD_FILE)
    assert (row.months, row.default) == (48, SPANS[Keep.CHILD_FILE].months)
    with pytest.raises(BadInput):
        put(club, lambda uow: retention.set_span(uow, Keep.CHILD_FILE, 0))


def test_keeping_longer_needs_a_reason_and_ends(club: Club) -> None:
    a_child_who_left(club, date(2020, 1, 4))
    item = due(club, Keep.CHILD_FILE)[0]
    for until, reason in ((date(2027, 12, 3), " "), (date(2026, 12, 3), "A claim")):
        with pytest.raises(BadInput):
            put(club, lambda uow, u=until, r=reason: retention.keep_longer(uow, item.kind, item.thing, u, r))
    put(club, lambda uow: retention.keep_longer(uow, item.kind, item.thing, date(2027, 12, 3), "A claim"))
    assert due(club, Keep.CHILD_FILE) == []
    club.clock.move_to(datetime(2027, 12, 3, 9, tzinfo=UTC))
    assert len(due(club, Keep.CHILD_FILE)) == 1


@pytest.mark.file_only  # looks at every page of the file
def test_an_old_consent_is_let_go_with_its_history(club: Club) -> None:
    child = put(club, a_child)
    put(club, lambda uow: a_consent(uow, child, signed_on=date(2022, 1, 1), signatory="Zzyx Oldsign"))
    put(club, lambda uow: a_consent(uow, child, ConsentKind.PHOTOS))
    (item,) = due(club, Keep.CONSENTS)
    assert item.since == date(2026, 1, 1), "signed, a year to run out, three years kept"
    club.write(lambda uow: retention.erase_due(uow, item.kind, item.thing), "Let go")
    assert due(club, Keep.CONSENTS) == []
    assert found_in(raw(club), ["Zzyx Oldsign"]) == []
    assert club.read(verify_chain) == []
    with pytest.raises(NotFound):
        club.write(lambda uow: retention.erase_due(uow, item.kind, item.thing), "Let go")


@pytest.mark.file_only  # looks at every page of the file
def test_an_old_register_keeps_its_figures_and_loses_its_notes(club: Club) -> None:
    child = put(club, a_child)
    day = put(club, lambda uow: an_activity(uow, "Old club", date(2023, 12, 2), risk_notes="Zzyx climbs"))
    put(club, lambda uow: a_mark(uow, day, 1, child_id=child, note="Zzyx noted", collected_by="Zzyx Uncle"))
    put(club, lambda uow: a_booking(uow, day, child, note="Zzyx booking"))
    put(club, lambda uow: uow.add(DayRecord(activity_id=day, note="Zzyx was last to go")))
    year = (date(2023, 1, 1), date(2023, 12, 31))
    before = club.read(lambda uow: figures.figures(uow, *year))
    (item,) = due(club, Keep.REGISTERS)
    club.write(lambda uow: retention.erase_due(uow, item.kind, item.thing), "Let go")
    assert found_in(raw(club), ["Zzyx"]) == []
    assert club.read(lambda uow: figures.figures(uow, *year)) == before
    assert club.read(verify_chain) == []
    assert due(club, Keep.REGISTERS) == []


@pytest.mark.file_only  # looks at every page of the file
def test_old_lines_of_spreadsheets_copies_requests_and_history_are_due(club: Club) -> None:
    child = put(club, a_child)
    day = put(club, lambda uow: an_activity(uow))
    long_ago = datetime(2022, 1, 8, tzinfo=UTC)
    line = {"kind": "young carers", "key": "a", "record_id": child, "imported_at": long_ago}
    put(club, lambda uow: uow.add(kind_of("imported")(**line, values={"notes": "Zzyx line"})).id)
    copy = {"activity_id": day, "number": 1, "holder": "Denise", "out_at": long_ago, "shredded_at": long_ago}
    put(club, lambda uow: uow.add(kind_of("pack_copy")(**copy)).id)
    asked = {"child_id": child, "received_on": date(2022, 1, 1), "due_on": date(2022, 2, 1), "asked_by": "Zzyx Asker"}
    put(club, lambda uow: uow.add(RequestRecord(**asked, released_at=long_ago, withheld=[])).id)
    for kind in (Keep.IMPORTS, Keep.PACKS, Keep.REQUESTS):
        (item,) = due(club, kind)
        club.write(lambda uow, item=item: retention.erase_due(uow, item.kind, item.thing), "Let go")
        assert due(club, kind) == []
    assert found_in(raw(club), ["Zzyx"]) == []
    assert due(club, Keep.JOURNAL) == []
    club.clock.move_to(datetime(2032, 12, 4, 9, tzinfo=UTC))
    (item,) = due(club, Keep.JOURNAL)
    club.write(lambda uow: retention.erase_due(uow, item.kind, item.thing), "Let go")
    assert due(club, Keep.JOURNAL) == []
    assert club.read(verify_chain) == []


@pytest.mark.parametrize("kind", [Keep.CONSENTS, Keep.REGISTERS, Keep.IMPORTS, Keep.JOURNAL, Keep.REQUESTS])
def test_a_legal_hold_stops_every_way_of_letting_go(club: Club, kind: Keep) -> None:
    child = put(club, a_child)
    day = put(club, lambda uow: an_activity(uow, "Old club", date(2016, 12, 3)))
    long_ago = datetime(2016, 12, 3, tzinfo=UTC)
    put(club, lambda uow: a_mark(uow, day, 1, child_id=child, note="Zzyx noted"))
    put(club, lambda uow: a_consent(uow, child, signed_on=date(2016, 1, 1), signatory="Zzyx"))
    line = {"kind": "young carers", "key": "a", "record_id": child, "imported_at": long_ago}
    put(club, lambda uow: uow.add(kind_of("imported")(**line, values={"notes": "Zzyx line"})).id)
    asked = {"child_id": child, "received_on": date(2016, 1, 1), "due_on": date(2016, 2, 1), "asked_by": "Zzyx Asker"}
    put(club, lambda uow: uow.add(RequestRecord(**asked, released_at=long_ago, withheld=[])).id)
    put(club, lambda uow: holds.place_hold(uow, child, "A claim"))
    if kind is Keep.JOURNAL:
        club.clock.move_to(datetime(2032, 12, 4, 9, tzinfo=UTC))
    item = due(club, kind)[0]
    before = dumped(club)
    with pytest.raises(Refused, match="legal hold"):
        club.write(lambda uow: retention.erase_due(uow, item.kind, item.thing), "Let go")
    assert dumped(club) == before


def test_a_hold_is_told_once_with_its_reason_and_lifted_with_one(club: Club) -> None:
    child = put(club, a_child)
    with pytest.raises(BadInput):
        put(club, lambda uow: holds.place_hold(uow, child, ""))
    hold = put(club, lambda uow: holds.place_hold(uow, child, "A claim"))
    with pytest.raises(BadInput, match="already"):
        put(club, lambda uow: holds.place_hold(uow, child, "Another"))
    (told,) = club.read(holds.holds)
    assert (told.called, told.reason, told.placed_by) == ("Maryam Müller", "A claim", club.actor.name)
    with pytest.raises(BadInput):
        put(club, lambda uow: holds.lift_hold(uow, hold, told.version, " "))
    put(club, lambda uow: holds.lift_hold(uow, hold, told.version, "Settled"))
    assert club.read(holds.holds) == ()


def test_a_hold_keeps_the_numbers_of_packs_and_who_collected_for_a_day(club: Club) -> None:
    day = put(club, lambda uow: an_activity(uow, "Old trip", date(2019, 5, 4)))
    child, other = put(club, a_child), put(club, partial(a_child, first="Una"))
    long_ago = datetime(2020, 5, 4, 12, tzinfo=UTC)

    def papers(uow: UnitOfWork) -> None:
        a_booking(uow, day, child)
        uow.add(kind_of("pack_copy")(activity_id=day, number=4, holder="Denise", out_at=long_ago, back_at=long_ago))
        uow.add(CollectionTodayRecord(activity_id=day, child_id=other, agreed_at=long_ago, name="Uncle"))

    put(club, papers)
    put(club, lambda uow: holds.place_hold(uow, other, "A claim about a fall"))
    assert [one.held for one in (*due(club, Keep.PACKS), *due(club, Keep.REGISTERS))] == [True, True]
    for kind in (Keep.PACKS, Keep.REGISTERS):
        (one,) = due(club, kind)
        with pytest.raises(Refused, match="legal hold"):
            put(club, partial(retention.erase_due, kind=one.kind, thing=one.thing))


def test_a_consent_that_was_never_answered_is_due_too(club: Club) -> None:
    child = put(club, a_child)
    asked: dict[str, Any] = {"state": ConsentState.ASKED, "signed_on": None, "signatory": ""}
    for kind, day in ((ConsentKind.TRIP, date(2022, 12, 3)), (ConsentKind.PHOTOS, date(2022, 12, 4))):
        put(club, partial(a_consent, child_id=child, kind=kind, asked_on=day, **asked))
    assert [one.since for one in due(club, Keep.CONSENTS)] == [date(2026, 12, 3)]
