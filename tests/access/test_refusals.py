"""The same refusal over and over fills no journal: written once, counted for a minute, and told of with its count."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from threading import Thread
from uuid import UUID

import pytest
from sqlalchemy import select

from models.access.denials import OFTEN
from models.access.door import at_the_door
from models.access.people import people
from models.access.records import AccessEvent
from models.access.rules import AccessKind, Role
from models.access.seen import last_changes
from models.bootstrap import Club
from models.kernel.clock import FixedClock
from models.kernel.errors import Denied
from models.people.service import edit_child
from models.storage.journal_check import verify_chain
from tests.access.roles import acting
from tests.clubs import new_club, reopen


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    yield made
    made.close()


def refused(club: Club, times: int = 1, *, query: object = None) -> None:
    for _ in range(times):
        with acting(club, Role.SESSIONAL), pytest.raises(Denied):
            club.read(query or last_changes)  # type: ignore[arg-type] # either is a query


def told(club: Club) -> list[str]:
    found = select(AccessEvent.detail).where(AccessEvent.kind == AccessKind.DENIED).order_by(AccessEvent.at)
    return list(club.read(lambda uow: uow.session.scalars(found).all()))


def later(club: Club, by: timedelta) -> None:
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(club.clock.now() + by)


MORE = "The same was refused 2 times more, shortly before."
ONCE = "access.seen.last_changes needs: say who can sign in"


def test_a_thousand_of_the_same_in_a_minute_are_one_entry_and_then_one_with_their_number(club: Club) -> None:
    before = club.facts().number
    refused(club, 1000)
    assert told(club) == [ONCE]
    assert club.facts().number == before + 1
    later(club, OFTEN)
    refused(club)
    assert told(club) == [ONCE, f"{ONCE} (999 more times)"]
    later(club, OFTEN)
    refused(club)
    assert told(club)[2:] == [ONCE]
    assert club.read(verify_chain) == []


def test_another_person_or_another_thing_is_an_entry_of_its_own(club: Club) -> None:
    refused(club, 2)
    refused(club, 2, query=people)
    club.actor = club.actor.__class__(club.id, "Zoe Novak", frozenset(), "elsewhere")
    with pytest.raises(Denied):
        club.read(last_changes)
    assert len(told(club)) == 3


def test_the_same_tried_on_another_record_is_an_entry_of_its_own(club: Club) -> None:
    one, other = UUID(int=5), UUID(int=6)
    with acting(club, Role.SESSIONAL):
        for child_id in (one, other, one, other):
            with pytest.raises(Denied):
                club.write(lambda uow, child_id=child_id: edit_child(uow, child_id, 1, {"school": "Quay"}), "Edit")  # type: ignore[misc] # bound at once
    assert told(club) == ["people.service.edit_child needs: edit families"] * 2


def test_what_was_counted_is_told_when_the_club_is_closed(club: Club) -> None:
    refused(club, 3)
    again = reopen(club)
    assert told(again) == [ONCE, f"{ONCE} (2 more times)"]
    rows = [row.what for row in again.read(at_the_door)]
    again.close()
    assert f"Tried something they may not do: say who can sign in. {MORE}" in rows


def test_and_when_something_else_is_refused_after_the_minute(club: Club) -> None:
    refused(club, 2)
    later(club, OFTEN)
    refused(club, query=people)
    assert f"{ONCE} (1 more time)" in told(club)
    assert len(told(club)) == 3


def test_a_clock_put_back_hides_nothing(club: Club) -> None:
    refused(club, 2)
    later(club, timedelta(days=-1))
    refused(club)
    assert sorted(told(club)) == [ONCE, f"{ONCE} (1 more time)"]


@pytest.mark.file_only
def test_from_many_threads_none_is_lost(club: Club) -> None:
    def often() -> None:
        for _ in range(25):
            with pytest.raises(Denied):
                club.read(last_changes)

    with acting(club, Role.SESSIONAL):
        threads = [Thread(target=often) for _ in range(4)]
        for each in threads:
            each.start()
        for each in threads:
            each.join()
    later(club, OFTEN)
    refused(club)
    assert told(club) == [ONCE, f"{ONCE} (99 more times)"]
