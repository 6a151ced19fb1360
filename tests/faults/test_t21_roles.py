"""T21: each role against every verb and query: what it lacks is refused, and each refusal is in the journal."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, select

from models.access.records import AccessEvent
from models.access.rules import AccessKind, Permission, Role, permissions_of
from models.bootstrap import Club, UnitOfWork
from models.kernel.errors import Denied
from models.storage.journal_check import verify_chain
from tests.access.roles import acting
from tests.clubs import a_child, new_club, put
from tests.declared import every_taker, permission_of
from tests.faults.conftest import Figures

GUARDED = {name: verb for name, verb in every_taker().items() if permission_of(verb) in [*Permission]}


@pytest.fixture
def club(tmp_path: Path) -> Iterator[Club]:
    made = new_club(tmp_path)
    put(made, a_child)
    yield made
    made.close()


def lacking(role: Role) -> list[str]:
    """What this role may not call."""
    return [name for name, verb in GUARDED.items() if permission_of(verb) not in permissions_of(role)]


def let_by(club: Club, names: list[str]) -> int:
    """How many of these go through to their body, each called as a screen would, in a unit that reads."""
    found = 0
    for name in names:
        try:
            club.read(GUARDED[name])
            found += 1
        except Denied as denied:
            found += denied.verb != name
        except Exception:  # a body called without arguments
            found += 1
    return found


def refusals(club: Club) -> int:
    counting = select(func.count()).select_from(AccessEvent).where(AccessEvent.kind == AccessKind.DENIED)
    return club.read(lambda uow: uow.session.scalar(counting)) or 0


def test_no_role_reaches_what_it_may_not_and_every_try_is_journaled(club: Club, figures: Figures) -> None:
    tried = through = 0
    for role in Role:
        names = lacking(role)
        with acting(club, role):
            through += let_by(club, names)
        tried += len(names)
    assert through == 0
    assert refusals(club) == tried
    assert club.read(verify_chain) == []
    figures.say("calls of verbs and queries by a role that may not", tried, f"{through} let by, all journaled")


def test_without_the_guard_they_go_through(club: Club, figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    names = lacking(Role.SESSIONAL)
    monkeypatch.setattr(UnitOfWork, "require", lambda *_: None)
    with acting(club, Role.SESSIONAL):
        through = let_by(club, names)
    assert through > len(names) * 0.9
    figures.say("without the guard: calls by a sessional worker who may not", len(names), f"{through} let by")
