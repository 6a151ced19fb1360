"""Adults: what may be kept of them, who may clear them, and who has left."""

from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.access.permissions import Permission
from models.bootstrap import Club
from models.kernel.errors import BadInput, BreatherError, Denied, NotFound, Stale
from models.team import queries, service
from tests.clubs import THURSDAY, an_adult, new_club, put


@pytest.fixture
def club(tmp_path: Path) -> Any:
    club = new_club(tmp_path)
    yield club
    club.close()


def refusal(club: Club, change: Any) -> BreatherError:
    with pytest.raises(BreatherError) as caught:
        club.write(change, "Try")
    return caught.value


def test_a_new_adult_does_not_count_until_cleared(club: Club) -> None:
    values = {"name": " Denise  Achebe ", "role": "Lead Infants Worker", "paid": True, "birth_date": date(1972, 3, 4)}
    adult_id = put(club, lambda uow: service.add_adult(uow, values))
    found = club.read(lambda uow: queries.adult(uow, adult_id))
    assert (found.name, found.called, found.paid, found.cleared_on) == ("Denise Achebe", "Denise", True, None)
    put(club, lambda uow: service.clear_adult(uow, adult_id, 1))
    assert club.read(queries.team_facts)[adult_id].cleared_on == THURSDAY
    put(club, lambda uow: service.unclear(uow, adult_id, 2))
    assert club.read(queries.team_facts)[adult_id].cleared_on is None


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("name", ""),
        ("name", None),
        ("name", "x" * 81),
        ("birth_date", date(2026, 12, 4)),
        ("birth_date", date(1900, 1, 1)),
        ("dbs_issued", date(2026, 12, 4)),
        ("safeguarding_trained", date(2062, 1, 1)),
        ("paid", "Y"),
        ("cleared_on", date(2026, 12, 1)),
        ("left_on", date(2026, 12, 1)),
        ("shoe_size", 9),
    ],
)
def test_what_cannot_be_kept_names_its_field(club: Club, field: str, value: object) -> None:
    adult_id = put(club, an_adult)
    for change in (
        lambda uow: service.add_adult(uow, {"name": "Bo"} | {field: value}),
        lambda uow: service.edit_adult(uow, adult_id, 1, {field: value}),
    ):
        error = refusal(club, change)
        assert isinstance(error, BadInput)
        assert (error.field, bool(error.next_step)) == (field, True)


def test_an_edit_is_kept_and_a_stale_one_is_not(club: Club) -> None:
    adult_id = put(club, an_adult)
    put(club, lambda uow: service.edit_adult(uow, adult_id, 1, {"midas_expires": date(2030, 1, 1)}))
    assert club.read(queries.adults)[0].midas_expires == date(2030, 1, 1)
    assert isinstance(refusal(club, lambda uow: service.edit_adult(uow, adult_id, 1, {"role": "x"})), Stale)
    assert isinstance(refusal(club, lambda uow: service.edit_adult(uow, UUID(int=1), 1, {})), NotFound)
    with pytest.raises(NotFound):
        club.read(lambda uow: queries.adult(uow, UUID(int=1)))


def test_only_who_may_clear_clears(club: Club) -> None:
    adult_id = put(club, an_adult)
    club.actor = replace(club.actor, permissions=frozenset({Permission.EDIT_TEAM}))
    assert isinstance(refusal(club, lambda uow: service.clear_adult(uow, adult_id, 1)), Denied)
    assert isinstance(refusal(club, lambda uow: service.unclear(uow, adult_id, 1)), Denied)


def test_nobody_is_cleared_ahead_of_time(club: Club) -> None:
    adult_id = put(club, an_adult)
    assert refusal(club, lambda uow: service.clear_adult(uow, adult_id, 1, date(2026, 12, 4))).field == "cleared_on"


def test_who_has_left_is_off_the_list_from_that_day(club: Club) -> None:
    gone = put(club, lambda uow: an_adult(uow, "Ann"))
    put(club, lambda uow: an_adult(uow, "bo", left_on=date(2026, 12, 4)))
    put(club, lambda uow: service.leave(uow, gone, 1, THURSDAY))
    assert [one.name for one in club.read(queries.adults)] == ["bo"]
    assert [one.name for one in club.read(lambda uow: queries.adults(uow, include_left=True))] == ["Ann", "bo"]
    assert set(club.read(lambda uow: queries.team_facts(uow, [gone]))) == {gone}
    put(club, lambda uow: service.leave(uow, gone, 2, None))
    assert len(club.read(queries.adults)) == 2
    assert refusal(club, lambda uow: service.leave(uow, gone, 3, date(1066, 1, 1))).field == "left_on"
