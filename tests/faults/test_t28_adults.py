"""T28 for adults who left: no trace in the file, search or undo; the chain whole; old figures and ratios stay."""

import random
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from models.access.records import AccessEvent, AccountRecord
from models.access.rules import AccessKind, Role
from models.bootstrap import Club, UnitOfWork
from models.history import service as history
from models.kernel.actor import Actor
from models.kernel.clock import FixedClock
from models.people.records import ChildRecord
from models.privacy import adults, leaving
from models.privacy.belongings import kind_of
from models.privacy.retention import keep_longer
from models.privacy.rules import Keep, WhyAdultErased
from models.readiness.records import GoAheadRecord
from models.registers import queries as registers
from models.reports import figures as reports
from models.search.queries import find
from models.storage.journal_check import verify_chain
from models.team import service as team
from tests.clubs import a_booking, a_child, a_duty, a_mark, an_activity, an_adult, new_club, put
from tests.faults.canaries import AsItIs, Words, dumped, found_in, others, raw, reopened

LAST = date(2020, 7, 11)
YEAR = (date(2020, 1, 1), date(2020, 12, 31))

pytestmark = pytest.mark.file_only  # looks at every page of the file


@pytest.fixture
def club(tmp_path: Path) -> Club:
    return new_club(tmp_path)


@pytest.fixture
def day(club: Club) -> UUID:
    return put(club, lambda uow: an_activity(uow, "July club", LAST))


def plant_adult(club: Club, rng: random.Random, day: UUID) -> tuple[UUID, list[str]]:
    """An adult with a word of their own in every text there is of them, and their name wherever it can stand."""
    words = Words(rng)
    new = words.new
    name = f"{new('anna')} {new('bell')}"
    texts = ("role", "dbs_level", "licence", "usual_days", "notes", "mobile")
    said = {"left_on": LAST, **{each: new(each.replace("_", "")) for each in texts}}
    adult = put(club, lambda uow: an_adult(uow, name, email=f"{new('mail')}@example.org", **said), f"Added {name}")
    account = put(club, lambda uow: _account(uow, name), f"{name} may sign in")
    mine = club.actor
    club.actor = Actor(account, name, mine.permissions, mine.device)
    child = put(club, lambda uow: _their_day(uow, day, adult, name, new), "A day of theirs")
    club.actor = mine
    put(club, lambda uow: _elsewhere(uow, day, adult, name, new), f"Noted {name}")
    put(club, lambda uow: team.edit_adult(uow, adult, None, {"name": f"{new('cora')} {new('dell')}"}), "A new name")
    put(club, lambda uow: team.edit_adult(uow, adult, None, {"name": name}), f"{name} once more")
    put(club, lambda uow: team.edit_adult(uow, adult, None, {"notes": new("undone")}), f"Notes of {name}")
    club.write(lambda uow: history.undo(uow, AsItIs), "Undo")
    put(club, lambda uow: setattr(uow.get(ChildRecord, child), "notes", f"{name} fetched her; she likes drawing."))
    return adult, words.made


def _account(uow: UnitOfWork, name: str) -> UUID:
    return uow.add(AccountRecord(name=name, role=Role.LEAD, removed_at=uow.clock.now())).id


def _their_day(uow: UnitOfWork, day: UUID, adult: UUID, name: str, new: Any) -> UUID:
    child = a_child(uow)
    a_booking(uow, day, child)
    a_duty(uow, day, adult, note=new("dutynote"))
    number = uow.ids().int % 2**31
    a_mark(uow, day, number, adult_id=adult, note=new("marknote"))
    a_mark(uow, day, number + 1, child_id=child, collected_by=name)
    return child


def _elsewhere(uow: UnitOfWork, day: UUID, adult: UUID, name: str, new: Any) -> None:
    now = uow.clock.now()
    line = {"line_text": f"{name} has no DBS check.", "reason": "It was on its way."}
    uow.add(GoAheadRecord(activity_id=day, rule="dbs", decided_by=name, phoned=name, decided_at=now, **line))
    uow.add(kind_of("pack_copy")(activity_id=day, number=uow.ids().int % 2**31, holder=name, out_at=now))
    uow.add(AccessEvent(kind=AccessKind.DENIED, who=name, detail=f"{name} may not see concerns.", at=now))
    came: dict[str, Any] = {"kind": "team", "key": name, "record_id": adult, "imported_at": now}
    uow.add(kind_of("imported")(**came, values={"notes": new("importednotes")}))
    keep_longer(uow, Keep.ADULTS, str(adult), uow.clock.today() + timedelta(days=1), new("longer"))


def erase(club: Club, adult: UUID) -> None:
    def change(uow: UnitOfWork) -> None:
        adults.erase_adult(uow, adult, WhyAdultErased.TIME_UP, lead_asked=True)

    club.write(change, "Erased what was held of an adult")


def tomorrow(club: Club) -> None:
    """Nothing is kept longer any more."""
    assert isinstance(club.clock, FixedClock)
    club.clock.move_to(club.clock.now() + timedelta(days=1))


def test_nothing_is_left_of_an_erased_adult(
    club: Club, day: UUID, tmp_path: Path, rng: random.Random, amount: Any, figures: Any
) -> None:
    planted = [plant_adult(club, rng, day) for _ in range(amount(2, 30))]
    _, stay_words = plant_adult(club, rng, day)
    words = [word for _, made in planted for word in made]
    assert found_in(raw(club), words) == words, "every word was there to be found"
    tomorrow(club)
    before = club.read(lambda uow: reports.figures(uow, *YEAR))
    live = club.read(lambda uow: registers.register(uow, day)).live
    for adult, _ in planted:
        erase(club, adult)
    assert found_in(dumped(club), words) == []
    assert found_in(raw(club), words) == []
    assert others(tmp_path, club) == []
    assert club.read(lambda uow: [word for word in words if find(uow, word)]) == []
    assert found_in(club.read(history.undoable) or "", words) == []
    assert club.read(verify_chain) == []
    assert club.faults() == []
    assert club.read(lambda uow: reports.figures(uow, *YEAR)) == before
    assert club.read(lambda uow: registers.register(uow, day)).live == live
    assert dumped(club).count("fetched her; she likes drawing.") >= len(planted), "what was said of children stays"
    assert found_in(dumped(club), stay_words) == stay_words, "who is not erased is whole"
    assert found_in(raw(reopened(club)), words) == []
    figures.say(
        f"adults erased, each with {len(stay_words)} words planted",
        len(planted),
        "0 words left in tables, pages or search",
    )


@pytest.mark.parametrize("left_out", ["mentions", "_journal"])
def test_without_either_half_traces_would_be_left(
    club: Club, day: UUID, rng: random.Random, monkeypatch: pytest.MonkeyPatch, left_out: str
) -> None:
    adult, words = plant_adult(club, rng, day)
    tomorrow(club)
    nothing: Any = () if left_out == "mentions" else leaving.Journal(frozenset(), {}, frozenset(), frozenset())
    monkeypatch.setattr(leaving, left_out, lambda *_given, **_named: nothing)
    erase(club, adult)
    assert found_in(raw(club), words)
