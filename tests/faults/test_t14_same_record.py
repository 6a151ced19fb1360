"""T14: two people edit the same activity: nobody's words are written over unseen, and the second sees both values."""

from functools import partial
from pathlib import Path
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.programme.page import ProgrammePage
from desktop.widgets.meanwhile import Meanwhile
from models.bootstrap import Club
from models.kernel.errors import Stale
from models.programme import queries as programme
from models.programme import service
from models.programme.queries import ActivityRow
from models.storage.journal_check import verify_chain
from tests.clubs import an_activity, put
from tests.faults.conftest import Amount, Figures
from tests.faults.racing import ENGINES, Job, at_once, team
from tests.shell.apps import the

ROUNDS = (20, 200)


def row(club: Club, activity: UUID) -> ActivityRow:
    return club.read(partial(programme.activity, activity_id=activity))


def titled(club: Club, activity: UUID, version: int | None, title: str) -> Job:
    return lambda: club.write(lambda uow: service.edit_activity(uow, activity, version, {"title": title}), "Title")


def race(clubs: list[Club], activity: UUID, turn: int, *, guarded: bool = True) -> tuple[int, int]:
    """How many of two edits at once were refused, and how many are nowhere to be seen without having been."""
    version = row(clubs[0], activity).version if guarded else None
    titles = [f"Club {turn} of {one}" for one in ("Denise", "Marcus")]
    found = at_once([titled(club, activity, version, title) for club, title in zip(clubs, titles, strict=True)])
    kept = row(clubs[0], activity).title
    refused = sum(isinstance(one, Stale) for one in found)
    silent = sum(not isinstance(one, Exception) and title != kept for one, title in zip(found, titles, strict=True))
    return refused, silent


@pytest.mark.parametrize("engine", ENGINES)
def test_the_second_edit_is_refused_and_never_silent(
    tmp_path: Path, amount: Amount, figures: Figures, engine: str
) -> None:
    rounds = amount(*ROUNDS)
    with team(engine, tmp_path, 2) as clubs:
        activity = put(clubs[0], an_activity)
        for turn in range(rounds):
            assert race(clubs, activity, turn) == (1, 0)
        assert clubs[0].read(verify_chain) == []
    figures.say(f"{engine}: two people edit the same activity at once", rounds, "0 silent overwrites; 1 told each time")


@pytest.mark.parametrize("engine", ENGINES)
def test_without_the_version_it_is_silent(tmp_path: Path, figures: Figures, engine: str) -> None:
    rounds = 10
    with team(engine, tmp_path, 2) as clubs:
        activity = put(clubs[0], an_activity)
        silent = sum(race(clubs, activity, turn, guarded=False)[1] for turn in range(rounds))
    assert silent == rounds
    figures.say(f"without the version, {engine}: the same", rounds, f"{silent} silent overwrites")


class Screen:
    """The Programme page of one of them, and their hands."""

    def __init__(self, qtbot: QtBot, club: Club) -> None:
        self.qtbot = qtbot
        self.jobs = Jobs(club, club.clock)
        self.page = ProgrammePage(self.jobs, club.clock)
        self.jobs.changed.connect(self.page.areas_changed)
        self.page.resize(1150, 768)
        qtbot.addWidget(self.page)

    def edit(self, activity: UUID) -> None:
        with self.qtbot.waitExposed(self.page):
            self.page.show()
        self.page.open_item(activity)
        self.qtbot.waitUntil(lambda: self.page.view.isVisible() and self.page.view.picture is not None)
        self.press("Edit")
        self.qtbot.waitUntil(lambda: bool(self.lines()))

    def close(self) -> None:
        self.jobs.changed.disconnect(self.page.areas_changed)
        self.jobs.shutdown()

    def lines(self) -> list[QLineEdit]:
        found = self.page.findChildren(QLineEdit)
        return [each for each in found if each.accessibleName() == "Title" and each.isVisible()]

    def press(self, name: str) -> None:
        self.qtbot.mouseClick(the(self.page, QAbstractButton, name), Qt.MouseButton.LeftButton)

    def write(self, title: str) -> None:
        (line,) = self.lines()
        line.selectAll()
        self.qtbot.keyClicks(line, title)

    def save(self) -> None:
        self.qtbot.keyClick(self.lines()[0], Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)

    def meanwhile(self) -> list[str]:
        return [each.words() for each in self.page.findChildren(Meanwhile) if each.isVisible()]


@pytest.mark.parametrize("engine", ENGINES)
def test_the_form_shows_both_values(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, figures: Figures, engine: str
) -> None:
    with team(engine, tmp_path, 2) as clubs:
        activity = put(clubs[0], an_activity)
        screen = Screen(qtbot, clubs[0])
        screen.edit(activity)
        screen.write("Winter club")
        titled(clubs[1], activity, row(clubs[1], activity).version, "Carol club")()
        screen.save()
        qtbot.waitUntil(lambda: screen.meanwhile() == ["Saved meanwhile: Carol club"])
        assert screen.lines()[0].text() == "Winter club"
        assert row(clubs[1], activity).title == "Carol club"
        screen.save()  # having seen both
        qtbot.waitUntil(lambda: row(clubs[1], activity).title == "Winter club")
        screen.close()
    figures.say(f"{engine}: the form of whoever saves second", 1, "both values shown, what was typed kept")
