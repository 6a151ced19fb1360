"""Undo and redo by example: whose change, what stands in the way, marks, imports, a restart, the rules."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select

from models.access.permissions import Permission
from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.bootstrap import Club, UnitOfWork
from models.history import queries, service
from models.kernel.errors import BreatherError, Denied, NothingToUndo, Refused, Stale
from models.people import around
from models.people import queries as people
from models.people import service as families
from models.registers.records import MarkRecord
from models.registers.rules import MarkKind
from models.storage.journal import ChangeKind, ChangeRecord
from models.team import service as team
from models.transport.records import LegRecord
from tests.clubs import (
    a_booking,
    a_child,
    a_family,
    a_leg,
    a_mark,
    a_seat,
    a_vehicle,
    an_activity,
    an_adult,
    new_club,
    put,
    reopen,
)


@contextmanager
def no_rules(uow: UnitOfWork, activity_ids: Collection[UUID]) -> Iterator[None]:
    yield


@pytest.fixture
def club(tmp_path: Path) -> Any:
    club = new_club(tmp_path)
    yield club
    club.close()


def undo(club: Club) -> str:
    return club.write(lambda uow: service.undo(uow, no_rules), "Undo").value


def redo(club: Club) -> str:
    return club.write(lambda uow: service.redo(uow, no_rules), "Redo").value


def refusal(club: Club, change: Any) -> BreatherError:
    with pytest.raises(BreatherError) as caught:
        change(club)
    return caught.value


def school(club: Club, child_id: UUID) -> str:
    return club.read(lambda uow: people.child(uow, child_id)).child.school


def move(club: Club, child_id: UUID, to: str, version: int | None = None) -> None:
    put(club, lambda uow: families.edit_child(uow, child_id, version, {"school": to}), f"Move to {to}")


def test_undo_undo_redo_redo(club: Club) -> None:
    child_id = put(club, a_child)
    move(club, child_id, "B")
    move(club, child_id, "C")
    seen = [(step(club), school(club, child_id)) for step in (undo, undo, redo, redo, undo)]
    assert seen == [
        ("Move to C", "B"),
        ("Move to B", "Quayside Primary"),
        ("Move to B", "B"),
        ("Move to C", "C"),
        ("Move to C", "B"),
    ]
    assert club.read(service.undoable) == "Move to B"
    assert club.read(service.redoable) == "Move to C"


def test_a_new_change_leaves_nothing_to_redo(club: Club) -> None:
    child_id = put(club, a_child)
    move(club, child_id, "B")
    undo(club)
    move(club, child_id, "D")
    assert club.read(service.redoable) is None
    assert isinstance(refusal(club, redo), NothingToUndo)
    assert undo(club) == "Move to D"
    assert undo(club) == "Set up"
    assert isinstance(refusal(club, undo), NothingToUndo)
    assert [redo(club), redo(club)] == ["Set up", "Move to D"]
    assert school(club, child_id) == "D"


def test_it_goes_on_after_a_restart(club: Club) -> None:
    child_id = put(club, a_child)
    move(club, child_id, "B")
    undo(club)
    again = reopen(club)
    assert redo(again) == "Move to B"
    assert (undo(again), undo(again)) == ("Move to B", "Set up")
    again.close()


def test_undo_is_a_change_of_its_own_that_answers_another(club: Club) -> None:
    child_id = put(club, a_child)
    move(club, child_id, "B")
    undo(club)
    columns = select(ChangeRecord.id, ChangeRecord.kind, ChangeRecord.label, ChangeRecord.answers_id)
    found = club.read(lambda uow: list(uow.session.execute(columns.order_by(ChangeRecord.number))))
    assert [(one.kind, one.label) for one in found[1:]] == [
        (ChangeKind.DO, "Move to B"),
        (ChangeKind.UNDO, "Move to B"),
    ]
    assert found[2].answers_id == found[1].id


def test_only_ones_own_change_is_taken_back(club: Club) -> None:
    child_id = put(club, a_child)
    me = club.actor
    club.actor = replace(me, id=UUID(int=77), name="Ola")
    move(club, child_id, "B")
    assert club.read(service.undoable) == "Move to B"
    club.actor = me
    assert club.read(service.undoable) == "Set up"
    error = refusal(club, undo)
    assert isinstance(error, Stale)
    assert error.what == "Maryam Müller: school changed since then."
    assert school(club, child_id) == "B"


def test_a_field_nobody_touched_does_not_stand_in_the_way(club: Club) -> None:
    child_id = put(club, a_child)
    move(club, child_id, "B")
    me = club.actor
    club.actor = replace(me, id=UUID(int=77))
    put(club, lambda uow: families.edit_child(uow, child_id, None, {"gp": "Hilly Fields"}))
    club.actor = me
    assert undo(club) == "Move to B"
    found = club.read(lambda uow: people.child(uow, child_id)).child
    assert (found.school, found.gp) == ("Quayside Primary", "Hilly Fields")


def test_what_others_hung_on_a_new_record_keeps_it(club: Club) -> None:
    child_id = put(club, a_child)
    me = club.actor
    club.actor = replace(me, id=UUID(int=77))
    put(club, lambda uow: around.add_collector(uow, child_id, {"name": "Omar"}))
    club.actor = me
    error = refusal(club, undo)
    assert isinstance(error, Stale)
    assert "a person who may or must not collect has been added to it since" in error.what


def test_what_has_lost_its_home_stays_away(club: Club) -> None:
    child_id = put(club, a_child)
    omar = put(club, lambda uow: around.add_collector(uow, child_id, {"name": "Omar"}))
    put(club, lambda uow: around.remove_collector(uow, omar, 1), "Take Omar off")
    me = club.actor
    club.actor = replace(me, id=UUID(int=77))

    def erase(uow: UnitOfWork) -> None:
        from models.people.records import ChildRecord

        uow.remove(uow.get(ChildRecord, child_id))

    put(club, erase)
    club.actor = me
    error = refusal(club, undo)
    assert isinstance(error, Stale)
    assert error.what == "Omar cannot come back: its child is no longer there."


def test_the_permission_is_asked_for_again(club: Club) -> None:
    adult_id = put(club, lambda uow: an_adult(uow, cleared_on=None))
    put(club, lambda uow: team.clear_adult(uow, adult_id, 1), "Clear Denise")
    whole = club.actor
    club.actor = replace(whole, permissions=whole.permissions - {Permission.CLEAR_ADULTS})
    assert isinstance(refusal(club, undo), Denied)
    club.actor = replace(whole, permissions=whole.permissions - {Permission.EDIT_TEAM})
    assert isinstance(refusal(club, undo), Denied)
    club.actor = whole
    assert undo(club) == "Clear Denise"


def test_each_change_that_may_not_be_undone_is_journaled_the_same_one_once(club: Club) -> None:
    first, second = put(club, a_child), put(club, a_child)
    for child_id in (first, second):
        move(club, child_id, "Quay")
    whole = club.actor
    club.actor = replace(whole, permissions=frozenset({Permission.SEE_DAY}))
    for _ in range(2):
        assert isinstance(refusal(club, undo), Denied)
    denied = select(func.count()).select_from(AccessEvent).where(AccessEvent.kind == AccessKind.DENIED)
    assert club.read(lambda uow: uow.session.scalar(denied)) == 1
    club.actor = whole
    undo(club)
    club.actor = replace(whole, permissions=frozenset({Permission.SEE_DAY}))
    assert isinstance(refusal(club, undo), Denied)
    assert club.read(lambda uow: uow.session.scalar(denied)) == 2


def test_the_rules_are_asked_about_each_activity_it_touches(club: Club) -> None:
    def plan(uow: UnitOfWork) -> tuple[UUID, UUID]:
        first, second = an_activity(uow, "One"), an_activity(uow, "Two")
        leg = a_leg(uow, second, a_vehicle(uow))
        uow.flush()
        return first, leg

    first, leg = put(club, plan)
    second = club.read(lambda uow: uow.get(LegRecord, leg).activity_id)
    child_id = put(club, a_child)

    def both(uow: UnitOfWork) -> None:
        a_booking(uow, first, child_id)
        a_seat(uow, leg, child_id=child_id)
        an_activity(uow, "Three")  # comes and goes: there is no plan to hold

    put(club, both, "Book and seat")
    asked: list[Collection[UUID]] = []

    @contextmanager
    def strict(uow: UnitOfWork, activity_ids: Collection[UUID]) -> Iterator[None]:
        asked.append(activity_ids)
        yield
        raise Refused(["Only 1 adult is left."])

    with pytest.raises(Refused):
        club.write(lambda uow: service.undo(uow, strict), "Undo")
    assert asked == [{first, second}]
    assert club.read(service.undoable) == "Book and seat"


def marks(club: Club) -> list[tuple[int, MarkKind, int | None]]:
    columns = select(MarkRecord.id, MarkRecord.number, MarkRecord.kind, MarkRecord.corrects_id)
    found = club.read(lambda uow: list(uow.session.execute(columns.order_by(MarkRecord.number))))
    numbers = {one.id: one.number for one in found}
    return [(one.number, one.kind, numbers[one.corrects_id] if one.corrects_id else None) for one in found]


def at_the_door(club: Club) -> tuple[UUID, UUID]:
    return put(club, lambda uow: (an_activity(uow), a_child(uow)))


def test_a_mark_is_taken_back_by_another_and_said_again(club: Club) -> None:
    activity_id, child_id = at_the_door(club)
    put(club, lambda uow: a_mark(uow, activity_id, 1, child_id=child_id), "Mar is in")
    undo(club)
    assert marks(club) == [(1, MarkKind.IN, None), (2, MarkKind.VOID, 1)]
    redo(club)
    assert marks(club)[2:] == [(3, MarkKind.IN, None)]
    undo(club)
    assert marks(club)[3:] == [(4, MarkKind.VOID, 3)]


def test_a_mark_put_right_since_is_left(club: Club) -> None:
    activity_id, child_id = at_the_door(club)
    mark_id = put(club, lambda uow: a_mark(uow, activity_id, 1, child_id=child_id), "Mar is in")
    me = club.actor
    club.actor = replace(me, id=UUID(int=77))
    put(club, lambda uow: a_mark(uow, activity_id, 2, MarkKind.OUT, child_id=child_id, corrects_id=mark_id))
    club.actor = me
    assert isinstance(refusal(club, undo), Stale)


def test_an_unexpected_child_goes_with_the_mark_that_brought_it(club: Club) -> None:
    activity_id = put(club, an_activity)

    def surprise(uow: UnitOfWork) -> None:
        child_id = a_child(uow, "Bo")
        a_booking(uow, activity_id, child_id)
        a_mark(uow, activity_id, 1, child_id=child_id)

    put(club, surprise, "Bo is here too")
    undo(club)
    assert (marks(club), club.read(people.children)) == ([], ())
    redo(club)
    assert (marks(club), len(club.read(people.children))) == ([(1, MarkKind.IN, None)], 1)


def test_an_import_is_taken_back_whole_with_one_undo(club: Club) -> None:
    activity_id, known = at_the_door(club)

    def bring_in(uow: UnitOfWork) -> None:
        uow.kind = ChangeKind.IMPORT
        for number in range(40):
            child_id = a_child(uow, f"Child{number}", ref=f"N{number}")
            a_mark(uow, activity_id, number + 1, child_id=child_id)
        a_mark(uow, activity_id, 99, child_id=known)

    put(club, bring_in, "Bring in 40 children")
    whole = club.actor
    club.actor = replace(whole, permissions=frozenset({Permission.SEE_DAY, Permission.EDIT_FAMILIES}))
    assert isinstance(refusal(club, undo), Denied)
    enough = frozenset({Permission.SEE_DAY, Permission.SEE_FAMILIES, Permission.IMPORT})
    club.actor = replace(whole, permissions=enough)
    assert undo(club) == "Bring in 40 children"
    assert (marks(club), len(club.read(people.children))) == ([], 1)
    redo(club)
    assert (len(marks(club)), len(club.read(people.children))) == (41, 41)


def test_what_came_and_went_in_one_change(club: Club) -> None:
    home = put(club, a_family, "A family")

    def there_and_back(uow: UnitOfWork) -> None:
        contact = around.add_contact(uow, home, {"name": "Ann"})
        uow.flush()
        around.edit_contact(uow, contact, None, {"phone": "1"})
        uow.flush()
        around.remove_contact(uow, contact, None)
        families.edit_family(uow, home, None, {"notes": "one"})
        uow.flush()
        families.edit_family(uow, home, None, {"notes": "two", "postcode": "N1"})

    put(club, there_and_back, "Fuss")
    undo(club)
    found = club.read(people.families)[0]
    assert (found.notes, found.postcode, found.contacts) == ("", "SE13 6AA", ())
    redo(club)
    found = club.read(people.families)[0]
    assert (found.notes, found.postcode) == ("two", "N1")


def test_history_speaks_the_readers_words(club: Club) -> None:
    child_id = put(club, a_child, "Add Maryam")
    new = {"birth_date": date(2018, 3, 14), "wheelchair": True, "known_as": "Mar", "status": "Closed"}
    put(club, lambda uow: families.edit_child(uow, child_id, 1, new), "Change Maryam")
    undo(club)
    rows = club.read(lambda uow: queries.what_changed(uow, child_id))
    assert [(row.what, row.how, row.label) for row in rows] == [
        ("changed", "undone", "Change Maryam"), ("changed", "", "Change Maryam"), ("added", "", "Add Maryam")
    ]  # fmt: skip
    lines = {line.field: (line.before, line.after) for line in rows[1].lines}
    assert lines == {
        "date of birth": ("14 Mar 2019", "14 Mar 2018"), "wheelchair": ("no", "yes"),
        "known-as name": ("nothing", "Mar"), "status": ("Active", "Closed"),
    }  # fmt: skip
    assert (rows[1].title, rows[1].kind, rows[1].who) == ("Maryam Müller", "child", "Manager")
    added = {line.field: line.after for line in rows[2].lines}
    assert added["family"] == "the family at 12 Quay Street"
    assert "height" not in added


def test_history_names_what_is_no_longer_there(club: Club) -> None:
    activity_id, child_id = at_the_door(club)
    booking = put(club, lambda uow: a_booking(uow, activity_id, child_id), "Book")
    undo(club)
    rows = club.read(lambda uow: queries.what_changed(uow, booking))
    assert [(row.what, row.title) for row in rows] == [
        ("removed", "Maryam Müller at December club, Sat 5 Dec"), ("added", "Maryam Müller at December club, Sat 5 Dec")
    ]  # fmt: skip
    assert len(club.read(lambda uow: queries.recent(uow, 2))) == 2
    assert {row.kind for row in club.read(lambda uow: queries.recent(uow, areas=["programme"]))} == {
        "club or trip",
        "place",
    }
