"""Families and children: what may be kept, who lives with whom, and in which order to ring."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import BadInput, BreatherError, Denied, NotFound, Stale
from models.people import around, queries, service
from models.people.rules import ChildStatus, CollectorKind, ContactKind
from tests.clubs import a_child, a_collector, a_contact, a_family, new_club, put

BORN = date(2019, 3, 14)
NIAMH = {"legal_first": "Niamh", "legal_last": "Walker", "birth_date": BORN}


@pytest.fixture
def club(tmp_path: Path) -> Any:
    club = new_club(tmp_path)
    yield club
    club.close()


def detail(club: Club, child_id: UUID) -> queries.ChildDetail:
    return club.read(lambda uow: queries.child(uow, child_id))


def refusal(club: Club, change: Any) -> BreatherError:
    with pytest.raises(BreatherError) as caught:
        club.write(change, "Try")
    return caught.value


def test_a_child_with_a_new_family(club: Club) -> None:
    home = {"address": " 4  Willow Lane ", "postcode": "SE13 4HU"}
    child_id = put(club, lambda uow: service.add_child(uow, None, NIAMH | {"known_as": "Nee"}, home))
    found = detail(club, child_id)
    assert (found.called, found.full_name) == ("Nee Walker", "Niamh (Nee) Walker")
    assert found.family.address == "4 Willow Lane"
    assert (found.child.ref, found.child.status, found.siblings) == ("YC001", ChildStatus.ACTIVE, ())


def test_the_next_ref_follows_the_clubs_pattern(club: Club) -> None:
    for ref in ("IYC042", "IYC043", "OLD900"):
        put(club, lambda uow, ref=ref: a_child(uow, ref=ref))
    assert detail(club, put(club, lambda uow: service.add_child(uow, None, NIAMH))).child.ref == "IYC044"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("legal_first", ""),
        ("legal_first", "   "),
        ("legal_last", None),
        ("legal_last", "x" * 81),
        ("birth_date", None),
        ("birth_date", date(2026, 12, 4)),
        ("birth_date", date(1905, 12, 3)),
        ("birth_date", "14/03/2019"),
        ("height_cm", 49),
        ("height_cm", 221),
        ("height_cm", True),
        ("one_to_one", 3),
        ("one_to_one", -1),
        ("wheelchair", 1),
        ("status", "Gone"),
        ("ref", "iyc001"),
        ("family_id", UUID(int=5)),
        ("shoe_size", 12),
        ("id", UUID(int=5)),
    ],
)
def test_what_cannot_be_kept_names_its_field(club: Club, field: str, value: object) -> None:
    child_id = put(club, lambda uow: a_child(uow, ref="A7"))
    put(club, lambda uow: a_child(uow, ref="IYC001"))
    for change in (
        lambda uow: service.add_child(uow, None, NIAMH | {field: value}),
        lambda uow: service.edit_child(uow, child_id, 1, {field: value}),
    ):
        error = refusal(club, change)
        assert isinstance(error, BadInput)
        assert (error.field, bool(error.what), bool(error.next_step)) == (field, True, True)


@pytest.mark.parametrize(
    ("field", "value"),
    [("legal_last", "x" * 80), ("birth_date", date(2026, 12, 3)), ("birth_date", date(1906, 12, 3)), ("height_cm", 50),
     ("height_cm", 220), ("height_cm", None), ("one_to_one", 2), ("ref", "A7"), ("status", "Closed")],
)  # fmt: skip
def test_what_lies_just_inside_is_kept(club: Club, field: str, value: object) -> None:
    child_id = put(club, lambda uow: a_child(uow, ref="A7"))
    put(club, lambda uow: service.edit_child(uow, child_id, 1, {field: value}))
    assert getattr(detail(club, child_id).child, field) == value


def test_saving_an_unchanged_form_changes_nothing(club: Club) -> None:
    child_id = put(club, a_child)
    assert (
        club.write(lambda uow: service.edit_child(uow, child_id, 1, {"school": "Quayside Primary"}), "x").areas == set()
    )


def test_a_form_opened_before_somebody_elses_change_is_stale(club: Club) -> None:
    child_id = put(club, a_child)
    put(club, lambda uow: service.set_status(uow, child_id, 1, ChildStatus.MOVED))
    assert isinstance(refusal(club, lambda uow: service.edit_child(uow, child_id, 1, {"gp": "New"})), Stale)
    assert isinstance(refusal(club, lambda uow: service.edit_child(uow, UUID(int=9), 1, {})), NotFound)


def test_without_the_permission_nothing_is_done(club: Club) -> None:
    club.actor = replace(club.actor, permissions=frozenset({"see families"}))
    assert isinstance(refusal(club, lambda uow: service.add_child(uow, None, NIAMH)), Denied)


def test_a_child_needs_a_family_that_is_there(club: Club) -> None:
    assert isinstance(refusal(club, lambda uow: service.add_child(uow, UUID(int=3), NIAMH)), NotFound)


def three_contacts(club: Club) -> tuple[UUID, list[UUID]]:
    family_id = put(club, a_family)
    named = [{"name": name} for name in ("Ann", "Ben", "Cem")]
    return family_id, put(club, lambda uow: [around.add_contact(uow, family_id, one) for one in named])


def order_of(club: Club, family_id: UUID) -> list[tuple[int, str]]:
    found = club.read(lambda uow: queries.contacts_for(uow, [family_id]))
    return [(one.call_order, one.name) for one in found.get(family_id, ())]


@pytest.mark.parametrize(
    ("who", "place", "order"),
    [(2, 1, "Cem Ann Ben"), (0, 2, "Ben Ann Cem"), (0, 99, "Ben Cem Ann"), (1, 0, "Ben Ann Cem")],
)
def test_the_call_order_is_moved_and_stays_whole(club: Club, who: int, place: int, order: str) -> None:
    family_id, ids = three_contacts(club)
    put(club, lambda uow: around.move_contact(uow, ids[who], 1, place))
    assert order_of(club, family_id) == list(enumerate(order.split(), start=1))


def test_a_removed_contact_leaves_no_gap(club: Club) -> None:
    family_id, ids = three_contacts(club)
    put(club, lambda uow: around.remove_contact(uow, ids[0], 1))
    assert order_of(club, family_id) == [(1, "Ben"), (2, "Cem")]
    put(club, lambda uow: around.add_contact(uow, family_id, {"name": "Di", "kind": "emergency contact"}))
    assert order_of(club, family_id)[-1] == (3, "Di")


def test_contacts_and_collectors_need_a_name(club: Club) -> None:
    child_id = put(club, a_child)
    family_id, ids = three_contacts(club)
    collector = put(club, lambda uow: around.add_collector(uow, child_id, {"name": "Omar", "password": "penguin"}))
    for change in (
        lambda uow: around.add_contact(uow, family_id, {}),
        lambda uow: around.edit_contact(uow, ids[0], 1, {"name": " "}),
        lambda uow: around.add_collector(uow, child_id, {"phone": "1"}),
        lambda uow: around.edit_collector(uow, collector, 1, {"name": None}),
    ):
        assert refusal(club, change).field == "name"
    assert refusal(club, lambda uow: around.edit_contact(uow, ids[0], 1, {"call_order": 4})).field == "call_order"


def test_who_may_and_who_must_not_collect(club: Club) -> None:
    child_id = put(club, a_child)
    omar = put(club, lambda uow: around.add_collector(uow, child_id, {"name": "Omar"}))
    barred = {"name": "Sam", "kind": CollectorKind.MUST_NOT, "reason": "court order"}
    sam = put(club, lambda uow: around.add_collector(uow, child_id, barred))
    found = detail(club, child_id)
    assert [one.id for one in found.may_collect] == [omar]
    assert [one.id for one in found.must_not_collect] == [sam]
    assert [row.must_not for row in club.read(queries.children)] == [True]
    put(club, lambda uow: around.edit_collector(uow, omar, 1, {"phone": "07700 900111"}))
    put(club, lambda uow: around.remove_collector(uow, sam, 1))
    found = detail(club, child_id)
    assert (found.must_not_collect, found.may_collect[0].phone) == ((), "07700 900111")


def siblings(club: Club) -> tuple[UUID, UUID, UUID]:
    def add(uow: UnitOfWork) -> tuple[UUID, UUID, UUID]:
        home = a_family(uow)
        a_contact(uow, home)
        return home, a_child(uow, "Ada", "Stone", home), a_child(uow, "Bo", "Stone", home)

    return put(club, add)


def test_a_child_moves_out_and_takes_the_numbers_along(club: Club) -> None:
    home, ada, bo = siblings(club)
    assert detail(club, ada).siblings == ((bo, "Bo Stone"),)
    new = put(club, lambda uow: service.split_child(uow, bo, 1, {"address": "2 New Row"}))
    assert new != home
    assert (detail(club, ada).siblings, detail(club, bo).family.address) == ((), "2 New Row")
    assert [one.name for one in detail(club, bo).contacts] == [one.name for one in detail(club, ada).contacts]
    assert refusal(club, lambda uow: service.split_child(uow, bo, None, {})).field == "family_id"


def test_siblings_entered_apart_are_put_together(club: Club) -> None:
    home, _ada, _bo = siblings(club)

    def apart(uow: UnitOfWork) -> UUID:
        other = a_family(uow, notes="Rings after six")
        a_contact(uow, other, "LEYLA Müller")  # the same person, in other letters
        a_contact(uow, other, "Aunt Jo", phone="1", call_order=2)
        return a_child(uow, "Cy", "Stone", other)

    cy = put(club, apart)
    put(club, lambda uow: service.join_family(uow, cy, 1, home))
    found = detail(club, cy)
    assert [name for _, name in found.siblings] == ["Ada Stone", "Bo Stone"]
    assert order_of(club, home) == [(1, "Leyla Müller"), (2, "Aunt Jo")]
    assert found.family.notes == "Rings after six"
    assert len(club.read(queries.families)) == 1


def test_lists_take_a_few_statements_however_long(club: Club) -> None:
    def many(uow: UnitOfWork) -> None:
        for number in range(30):
            child_id = a_child(uow, f"Child{number:02}", ref=f"N{number}", status=list(ChildStatus)[number % 2])
            a_collector(uow, child_id)

    put(club, many)
    counted: list[str] = []

    def count(*args: Any) -> None:
        counted.append(args[2])

    def reads(uow: UnitOfWork) -> tuple[int, int, int]:
        event.listen(uow.session.connection().engine, "before_cursor_execute", count)
        return (
            len(queries.children(uow, [ChildStatus.REFERRED])), len(queries.day_children(uow)),
            len(queries.collectors_for(uow)),
        )  # fmt: skip

    assert club.read(reads) == (15, 30, 30)
    assert len(counted) <= 9


def test_the_list_shows_whom_to_ring(club: Club) -> None:
    def add(uow: UnitOfWork) -> None:
        home = a_family(uow)
        a_contact(uow, home, "Next Door", kind=ContactKind.EMERGENCY, call_order=1)
        a_contact(uow, home, "Dad", phone="0800", call_order=2, parent_carer=True)
        a_child(uow, "Ada", "Stone", home)

    put(club, add)
    row = club.read(queries.children)[0]
    assert (row.parent, row.phone, row.parent_carer, row.must_not) == ("Dad", "0800", True, False)


def test_a_child_that_is_gone(club: Club) -> None:
    with pytest.raises(NotFound):
        detail(club, UUID(int=1))
