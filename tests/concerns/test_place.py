"""The way to the concerns is there for safeguarding leads alone, and Ctrl+K finds no concern."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtWidgets import QAbstractButton, QApplication
from pytestqt.qtbot import QtBot

from desktop.jobs import Jobs
from desktop.settings.preferences import LIGHT, Look
from desktop.shell.desk import Desk
from desktop.shell.session import Session
from desktop.widgets import theme
from desktop.widgets.search_box import Hit
from models.access.rules import Role, permissions_of
from models.bootstrap import Club
from models.concerns import service
from tests.clubs import a_child, new_club, put
from tests.concerns.leads import LeadsClub
from tests.concerns.test_service import NOTICED


@pytest.fixture
def club(tmp_path: Path, qapp: QApplication) -> Iterator[Club]:
    theme.apply(qapp, dark=False)
    made = new_club(tmp_path)
    child = put(made, lambda uow: a_child(uow, "Maryam", "Müller"))
    LeadsClub(made).write(lambda uow: service.write_down(uow, NOTICED | {"child_id": child}), "")
    yield made
    made.close()


def a_desk(club: Club, qtbot: QtBot, *roles: Role) -> Desk:
    club.actor = replace(club.actor, permissions=permissions_of(*roles))
    desk = Desk(Session(club, Jobs(club, club.clock)), Look(LIGHT))
    qtbot.addWidget(desk, before_close_func=lambda _desk: desk._session.jobs.shutdown())
    return desk


def offered(desk: Desk) -> list[str]:
    return [each.text() for each in desk.sidebar.findChildren(QAbstractButton)]


def found(desk: Desk, qtbot: QtBot, text: str) -> list[Hit]:
    answers: list[list[Hit]] = []
    desk.search._provider(text, answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=10_000)
    return answers[0]


@pytest.mark.parametrize("role", [Role.MANAGER, Role.LEAD, Role.SESSIONAL])
def test_nobody_else_is_offered_the_place_or_can_go_there(club: Club, qtbot: QtBot, role: Role) -> None:
    desk = a_desk(club, qtbot, role)
    assert "Concerns" not in offered(desk)
    assert [each.words for each in desk.commands() if "oncern" in each.words] == []
    desk.go("concerns")
    assert desk.pages.count() == 0


def test_a_lead_is_offered_it_at_the_side_and_by_ctrl_k(club: Club, qtbot: QtBot) -> None:
    desk = a_desk(club, qtbot, Role.MANAGER, Role.SAFEGUARDING)
    assert "Concerns" in offered(desk)
    words = [each.words for each in desk.commands()]
    assert "Go to Concerns" in words
    assert "Write down a concern" in words


def test_ctrl_k_finds_the_child_and_no_concern_even_for_a_lead(club: Club, qtbot: QtBot) -> None:
    desk = a_desk(club, qtbot, Role.MANAGER, Role.SAFEGUARDING)
    assert found(desk, qtbot, "MASH 4471") == []
    assert [hit.group for hit in found(desk, qtbot, "Maryam")] == ["Children"]
