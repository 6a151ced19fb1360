"""The real app on a Saturday club, half an hour before it starts, with a clock and a count of seconds to move."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import time, timedelta
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.settings.preferences import LIGHT, Look, Preferences, PreferencesFile
from desktop.shell.desk import Desk
from desktop.shell.warden import Warden
from models.bootstrap import open_club
from models.kernel.clock import FixedClock, london_instant
from tests.clubs import (
    CHEAP,
    DEVICE,
    PASSPHRASE,
    SATURDAY,
    a_booking,
    a_child,
    a_duty,
    an_activity,
    an_adult,
    new_club,
    put,
)
from tests.shell.apps import leave

CHILD, ADULT, VISITOR = "Maryam Zarqawi", "Denise Okafor", "Bethan Llewellyn"
SECRETS = ("Maryam", "Zarqawi", "Okafor", "Llewellyn")
"""What must not be read anywhere while it is locked."""


@dataclass
class Place:
    """An app with a club open in it.

    Attributes:
        clock: of the club. seconds: how long nobody has touched anything, as the app counts it. ids: by their names.
    """

    app: App
    clock: FixedClock
    seconds: list[float]
    ids: dict[str, UUID]

    @property
    def desk(self) -> Desk:
        assert self.app.desk is not None
        return self.app.desk

    @property
    def warden(self) -> Warden:
        assert self.app.warden is not None
        return self.app.warden

    def wait_minutes(self, minutes: float) -> None:
        """Nobody touches anything for so long; then the timer looks."""
        self.seconds[0] += minutes * 60
        self.warden.watch.tick()


def at(hour: int, minute: int = 0) -> FixedClock:
    return FixedClock(london_instant(SATURDAY, time(hour, minute)))


@pytest.fixture
def place(qtbot: QtBot, qapp: QApplication, tmp_path: Path) -> Iterator[Place]:
    clock = at(9, 30)
    ids = make_club(tmp_path)
    data = tmp_path / "data"
    PreferencesFile(data).write(Preferences(Look(LIGHT)))
    seconds = [1000.0]
    count: Callable[[], float] = lambda: seconds[0]  # noqa: E731 - one line says it
    app = App(qapp, data, documents=tmp_path, clock=clock, strength=CHEAP, seconds=count)
    with qtbot.waitExposed(app.window):
        app.start()
    app.window.activateWindow()
    assert app.welcome is not None
    app.welcome.opened.emit(open_club(tmp_path / "club.breather", PASSPHRASE, device=DEVICE, clock=clock))
    qtbot.waitUntil(lambda: app.warden is not None)
    qapp.setCursorFlashTime(0)
    yield Place(app, clock, seconds, ids)
    if not app.gone:
        leave(app)


def make_club(folder: Path) -> dict[str, UUID]:
    """Two children booked on a Saturday club, an adult in its plan and one who is not."""
    club = new_club(folder, SATURDAY)
    ids = {
        "club": put(club, lambda uow: an_activity(uow, "December club")),
        "trip": put(club, lambda uow: an_activity(uow, "Winter trip", SATURDAY + timedelta(days=17))),
        CHILD: put(club, lambda uow: a_child(uow, *CHILD.split())),
        "Adam Zarqawi": put(club, lambda uow: a_child(uow, "Adam", "Zarqawi")),
        ADULT: put(club, lambda uow: an_adult(uow, ADULT)),
        VISITOR: put(club, lambda uow: an_adult(uow, VISITOR)),
    }
    for name in (CHILD, "Adam Zarqawi"):
        put(club, lambda uow, name=name: a_booking(uow, ids["club"], ids[name]))
    put(club, lambda uow: a_duty(uow, ids["club"], ids[ADULT]))
    club.close()
    return ids
