"""T28: a child is erased: no trace in the file, index or undo; the chain whole; the last backup's end stated."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.bootstrap import Club
from models.history import service as history
from models.kernel.errors import Stale
from models.people import queries as people
from models.people.rules import ChildStatus
from models.privacy import erasure, holds
from models.privacy.rules import WhyErased
from models.reports import figures as reports
from models.search.queries import Kept, find
from models.storage import wiping
from models.storage.journal_check import verify_chain
from models.storage.thinning import gone_by, keep
from tests.clubs import a_child, a_leg, a_vehicle, an_activity, new_club, put
from tests.faults.canaries import AsItIs, dumped, found_in, others, plant, raw, reopened

YEAR = (date(2026, 1, 1), date(2026, 12, 31))


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def places(club: Club) -> dict[str, UUID]:
    past = put(club, lambda uow: an_activity(uow, "November club", date(2026, 11, 7)))
    coming = put(club, lambda uow: an_activity(uow, "December club"))
    bus = put(club, a_vehicle)
    leg = put(club, lambda uow: a_leg(uow, past, bus))
    friend = put(club, lambda uow: a_child(uow, "Grace", "Okoro", notes="Likes drawing."))
    return {"past": past, "coming": coming, "leg": leg, "friend": friend}


def erase(club: Club, child_id: UUID, **more: Any) -> erasure.Erased:
    def change(uow: Any) -> erasure.Erased:
        return erasure.erase_child(uow, child_id, WhyErased.ASKED, lead_asked=True, **more)

    return club.write(change, "Erased a child’s record").value


def test_nothing_is_left_of_an_erased_child(
    club: Club, places: dict[str, UUID], tmp_path: Path, rng: random.Random, amount: Any, figures: Any
) -> None:
    children = [plant(club, rng, places) for _ in range(amount(3, 50))]
    stays = plant(club, rng, places)
    assert min(len(one.words) for one in children) > 20
    words = [word for one in children for word in one.words]
    assert found_in(raw(club), words) == words, "every word was there to be found"
    before = club.read(lambda uow: reports.figures(uow, *YEAR))
    made = [club.clock.now() - timedelta(days=days) for days in (0, 40, 200)]
    names = [word for one in children for word in one.words if word.startswith(("Anna", "Bell", "Cat", "Ref"))]
    box = Kept()  # the search box of a screen that stays open meanwhile
    assert any(club.read(lambda uow, typed=name: find(uow, typed, kept=box)) for name in names)
    for one in children:
        done = erase(club, one.child_id, backups=made)
        assert done.backups_gone_by is not None

    assert found_in(dumped(club), words) == []
    assert found_in(raw(club), words) == []
    assert others(tmp_path, club) == []
    assert [name for name in names if club.read(lambda uow, typed=name: find(uow, typed))] == []
    assert [name for name in names if club.read(lambda uow, typed=name: find(uow, typed, kept=box))] == []
    assert club.read(verify_chain) == []
    assert club.faults() == []
    after = club.read(lambda uow: reports.figures(uow, *YEAR))
    assert after.attendance == before.attendance
    assert after.tracker.referrals == before.tracker.referrals
    assert after.tracker.parent_carers_identified == before.tracker.parent_carers_identified
    assert found_in(dumped(club), stays.words) == stays.words, "the other child's record is whole"
    assert str(club.read(lambda uow: people.child(uow, places["friend"])).child.notes).startswith("Likes drawing.")
    figures.say("children erased, each with 40 words planted", len(children), "0 words left in tables, pages or search")


def test_without_wiping_traces_would_be_left(
    club: Club, places: dict[str, UUID], rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = plant(club, rng, places)
    monkeypatch.setattr(wiping, "overwrite_what_goes", lambda _connection: None)
    monkeypatch.setattr(wiping, "wipe", lambda _engine: None)
    erase(club, one.child_id)
    assert found_in(dumped(club), one.words) == []
    assert len(found_in(raw(club), one.words)) > 20


def test_a_wipe_cut_short_is_finished_at_the_next_change(
    club: Club, places: dict[str, UUID], rng: random.Random, monkeypatch: pytest.MonkeyPatch
) -> None:
    one = plant(club, rng, places)
    with monkeypatch.context() as cut:
        cut.setattr(wiping, "wipe", lambda _engine: None)
        erase(club, one.child_id)
    assert found_in(raw(club), one.words)
    again = reopened(club)
    put(again, lambda uow: an_activity(uow, "January club", date(2027, 1, 9)))
    assert found_in(raw(again), one.words) == []


def test_what_was_erased_cannot_be_undone_and_the_rest_can(
    club: Club, places: dict[str, UUID], rng: random.Random
) -> None:
    one = plant(club, rng, places)
    put(club, lambda uow: an_activity(uow, "January club", date(2027, 1, 9)), "New club in January")
    erase(club, one.child_id)
    assert club.read(history.undoable) == "New club in January"
    assert club.read(history.redoable) is None
    club.write(lambda uow: history.undo(uow, AsItIs), "Undo")
    label = club.read(history.undoable)
    assert label is not None
    assert found_in(label, one.words) == []
    with pytest.raises(Stale, match="Grace Okoro"):  # the child's name was taken out of her notes
        club.write(lambda uow: history.undo(uow, AsItIs), "Undo")


def test_a_sister_and_the_family_stay(club: Club, places: dict[str, UUID], rng: random.Random) -> None:
    one = plant(club, rng, places)
    home = club.read(lambda uow: people.child(uow, one.child_id)).family.id
    sister = plant(club, rng, places, home)
    erase(club, sister.child_id)
    assert found_in(raw(club), sister.words) == []
    kept = club.read(lambda uow: people.child(uow, one.child_id))
    assert len(kept.contacts) == 1
    assert found_in(dumped(club), one.words) == one.words


def test_an_erased_child_is_in_no_list(club: Club, places: dict[str, UUID], rng: random.Random) -> None:
    one = plant(club, rng, places)
    erase(club, one.child_id)
    assert [row.called for row in club.read(people.children)] == ["Grace Okoro"]
    left = club.read(lambda uow: people.child(uow, one.child_id)).child
    assert (left.legal_first, left.legal_last, left.status) == ("Erased", "child", ChildStatus.CLOSED)
    told = club.read(erasure.erasures)
    assert [(line.why, line.erased_by) for line in told] == [(WhyErased.ASKED, club.actor.name)]


def test_a_legal_hold_stops_it(club: Club, places: dict[str, UUID], rng: random.Random) -> None:
    one = plant(club, rng, places)
    hold = put(club, lambda uow: holds.place_hold(uow, one.child_id, "A claim about a fall"))
    preview = club.read(lambda uow: erasure.preview_erasure(uow, one.child_id))
    assert any("A claim about a fall" in line for line in preview.refusals)
    assert any(club.actor.name in line for line in preview.refusals), "whom to ask"
    with pytest.raises(Exception, match="legal hold"):
        erase(club, one.child_id)
    assert found_in(dumped(club), one.words) == one.words
    put(club, lambda uow: holds.lift_hold(uow, hold, None, "The claim is settled"))
    erase(club, one.child_id)
    assert found_in(dumped(club), one.words) == []


@pytest.mark.parametrize("every", [1, 3, 7, 28, 90])
def test_when_the_last_backup_goes_is_stated(club: Club, every: int) -> None:
    """True of a club that opens Breather each day, and of one that meets once a month."""
    now = club.clock.now()
    made = [now - timedelta(days=days) for days in (1, 30, 100, 300)]
    gone = gone_by(made)
    assert gone is not None
    kept = set(made)
    at = now
    while at < gone:
        at += timedelta(days=every)
        kept = keep(kept | {at}, at)
    assert not kept & set(made), "none is left at the first backup after that"
    assert gone_by([]) is None


def test_no_earlier_day_could_be_stated(club: Club) -> None:
    made = club.clock.now() - timedelta(days=1)
    gone = gone_by([made])
    assert gone is not None
    later = gone - timedelta(days=1)
    assert made in keep([made, later], later), "the last of its month stays as long as those stay"
