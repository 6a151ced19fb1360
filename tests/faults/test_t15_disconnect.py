"""T15: the line to a server cut at any point, inside COMMIT too: all or nothing, nothing twice, no typed word lost."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import time
from pathlib import Path
from random import Random

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.shell.top_banner import LOST
from models.kernel.clock import FixedClock, london_instant
from models.kernel.errors import Disconnected, NoServer, SavedAfterAll, Unsure
from models.kernel.ids import seeded_ids
from models.people import queries as people
from models.programme import queries as programme
from models.server.club import ServerClub
from models.server.opening import create_on_server, open_on_server
from models.storage.journal_check import verify_chain
from models.storage.server_store import ServerSession
from tests import servers
from tests.clubs import CHEAP, DEVICE, PASSPHRASE, THURSDAY, a_child, put
from tests.faults.conftest import Amount, Figures
from tests.server.line import Cut, Line
from tests.server.window import DENISE, Window
from tests.shell.apps import leave

pytestmark = pytest.mark.server
POINTS = 14
"""One change says about a dozen things to the server."""


@dataclass
class Place:
    """One club: `near` sees it without a fault, `far` over a line that can be cut, at `address`."""

    near: ServerClub
    far: ServerClub
    line: Line
    address: str

    def children(self) -> int:
        return len(self.near.read(people.children))

    def venues(self) -> list[str]:
        return [row.name for row in self.near.read(programme.venues)]


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    found = servers.server()
    assert found is not None  # tests marked `server` are left out where there is none
    database, clock = found.fresh("template0"), FixedClock(london_instant(THURSDAY, time(9, 30)))
    near = create_on_server(
        database, "Harbour Young Carers", PASSPHRASE, person=DENISE, device=DEVICE, clock=clock, ids=seeded_ids(1),
        strength=CHEAP, data=tmp_path,
    )  # fmt: skip
    line = Line(database.host, database.port)
    address = replace(database.public, port=line.port)
    far = open_on_server(address, PASSPHRASE, name=DENISE, device=DEVICE, clock=clock, ids=seeded_ids(2), data=tmp_path)
    yield Place(near, far, line, str(address))
    for club in (near, far):
        club.close()
    line.close()


def tried(place: Place) -> Exception | None:
    """A child is added; what that met."""
    try:
        put(place.far, a_child)
    except (Disconnected, NoServer, SavedAfterAll) as error:
        return error
    return None


def cut_at(place: Place, still: int, *, heard: bool, mended: bool = True) -> bool:
    """A child is added while the line breaks, and again only where it was not kept; whether it had to be.

    `mended` False: the line stays away until whoever saved was told that nobody knows yet.
    """
    before, line = place.children(), place.line
    line.still, line.heard, line.broken_after = still, heard, not mended
    lost = tried(place)
    line.still, line.mended, line.broken_after = None, True, False
    if lost is not None and not isinstance(lost, Unsure):
        assert place.children() == before, "it was said that nothing was changed"
    again = tried(place) if lost is not None else None
    assert again is None or isinstance(again, SavedAfterAll)
    assert place.children() == before + 1, f"after {still} things said"
    assert place.near.read(verify_chain) == []
    return lost is not None


@pytest.mark.parametrize("mended", [True, False])
def test_cut_wherever_it_is_cut(place: Place, amount: Amount, figures: Figures, rng: Random, mended: bool) -> None:
    points = amount(2 * POINTS, 100)
    fixed = [(still, heard) for still in range(POINTS) for heard in (False, True)]
    drawn = [(rng.randrange(POINTS + 2), rng.random() < 0.5) for _ in range(points - len(fixed))]
    told = sum(cut_at(place, still, heard=heard, mended=mended) for still, heard in [*fixed, *drawn])
    how = "the line is back at once" if mended else "the line stays away"
    figures.say(f"cut while a change is saved, {how}", points, f"{told} told of it and done again; 0 lost, 0 doubled")


@pytest.mark.parametrize("cut", [Cut.BEFORE_COMMIT, Cut.AFTER_COMMIT])
def test_cut_inside_commit(place: Place, amount: Amount, figures: Figures, cut: Cut) -> None:
    rounds = amount(5, 100)
    for done in range(rounds):
        place.line.cut = cut
        lost = tried(place)
        assert (lost is None) is (cut is Cut.AFTER_COMMIT)
        if lost is not None:
            put(place.far, a_child)
        assert place.children() == done + 1
    assert place.near.read(verify_chain) == []
    what = "the answer to COMMIT lost" if cut is Cut.AFTER_COMMIT else "COMMIT never heard"
    figures.say(what, rounds, "0 lost, 0 doubled")


def test_without_finding_out_it_is_doubled(place: Place, figures: Figures, monkeypatch: pytest.MonkeyPatch) -> None:
    rounds, doubled = 5, 0
    monkeypatch.delattr(ServerSession, "commit")
    for _ in range(rounds):
        before = place.children()
        place.line.cut = Cut.AFTER_COMMIT
        if tried(place) is not None:
            put(place.far, a_child)
        doubled += place.children() - before - 1
    assert doubled == rounds
    figures.say("without asking what became of COMMIT: the answer to it lost", rounds, f"{doubled} doubled")


@pytest.fixture
def window(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Window]:
    made = Window(qtbot, qapp, tmp_path)
    yield made
    if not made.app.gone:
        leave(made.app)


def test_a_form_loses_nothing_and_the_window_never_stands_still(
    place: Place, window: Window, amount: Amount, figures: Figures, rng: Random
) -> None:
    rounds = amount(4, 40)
    window.comes_in(place.address)
    window.go("venues")
    slowest = 0.0
    for turn in range(rounds):
        window.page.add()  # type: ignore[attr-defined] # it is the page of venues
        slowest = max(slowest, draft_while_cut(place, window, f"Hall {turn}", rng.randrange(POINTS)))
    assert sorted(place.venues()) == sorted(f"Hall {turn}" for turn in range(rounds))
    assert slowest < 2_000, "it would be a freeze anybody sees"
    figures.say("a form saved while the line is cut", rounds, f"0 drafts lost; still for {slowest:.0f} ms at most")


def draft_while_cut(place: Place, window: Window, name: str, still: int) -> float:
    """A venue is typed in and saved over a line that breaks and stays away; the longest the window stood still."""
    window.write("Name", name)
    place.line.still, place.line.broken_after = still, True
    window.pulse.begin()
    window.press("Add this venue")
    window.until(window.rested)
    place.line.still, place.line.mended, place.line.broken_after = None, True, False
    if name not in place.venues():
        assert window.line("Name") == name
    if LOST in window.words():
        window.press("Try again")
    window.until(lambda: LOST not in window.words())
    window.until(window.rested)
    while name not in place.venues():
        window.press("Add this venue")
        window.until(window.rested)
    return window.pulse.slowest
