"""What a club may set."""

from pathlib import Path

import pytest

from models.access import queries, service
from models.bootstrap import Club
from models.kernel.errors import BadInput, Denied, Stale
from models.storage.uow import UnitOfWork
from tests.clubs import new_club, put

PNG = b"\x89PNG\r\n\x1a\n" + bytes(40)


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


def test_facts_are_kept_tidied(club: Club) -> None:
    put(club, lambda uow: service.edit_club(uow, 1, {"name": " Quay  Carers ", "phone": "020 7946 0101"}))
    found = club.read(queries.club)
    assert (found.name, found.phone, found.version) == ("Quay Carers", "020 7946 0101", 2)


@pytest.mark.parametrize(
    ("name", "value"),
    [("children_per_adult", 9), ("children_per_adult", 0), ("min_adults", 1), ("dbs_years", 6), ("late_minutes", 0)],
)
def test_a_house_policy_that_makes_no_sense_is_refused(club: Club, name: str, value: int) -> None:
    with pytest.raises(BadInput) as refused:
        put(club, lambda uow: service.edit_club(uow, 1, {name: value}))
    assert refused.value.field == name
    assert "Write a number from" in str(refused.value)


def test_a_club_keeps_a_name(club: Club) -> None:
    with pytest.raises(BadInput, match="no name"):
        put(club, lambda uow: service.edit_club(uow, 1, {"name": " "}))


def test_an_older_form_is_stale(club: Club) -> None:
    put(club, lambda uow: service.edit_club(uow, 1, {"phone": "1"}))
    with pytest.raises(Stale):
        put(club, lambda uow: service.edit_club(uow, 1, {"phone": "2"}))


def test_a_logo_is_a_small_picture(club: Club) -> None:
    put(club, lambda uow: service.set_logo(uow, PNG))
    assert club.read(queries.logo) == PNG
    for wrong in (b"GIF89a", PNG + bytes(1_000_000)):
        with pytest.raises(BadInput):
            put(club, lambda uow, wrong=wrong: service.set_logo(uow, wrong))
    put(club, lambda uow: service.set_logo(uow, None))
    assert club.read(queries.logo) is None


def test_it_needs_the_permission(club: Club) -> None:
    def as_nobody(uow: UnitOfWork) -> None:
        uow.actor = type(uow.actor)(uow.actor.id, "Nobody", frozenset(), "d")
        service.edit_club(uow, None, {"phone": "1"})

    with pytest.raises(Denied):
        put(club, as_nobody)
