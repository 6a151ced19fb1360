"""The import in the whole window: what was brought in goes again by the toast's Undo."""

from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.intake.page import ImportPage
from desktop.intake.steps import Step
from models.team.queries import adults
from tests.intake.helpers import csv_bytes
from tests.shell.apps import open_club_file, press
from tests.shell.conftest import app, club_file

__all__ = ["app", "club_file"]


def test_the_import_is_taken_back_by_the_toast(qtbot: QtBot, app: App, club_file: Path, tmp_path: Path) -> None:
    desk = open_club_file(qtbot, app, club_file)
    file = tmp_path / "team.csv"
    file.write_bytes(csv_bytes([["Name", "Role", "DOB"], ["Ada Obi", "Volunteer", "01/02/1990"]]))
    desk.go("import")
    page = desk.pages.shown()
    assert isinstance(page, ImportPage)
    page.choose.chosen.emit([file])
    for step in (Step.COLUMNS, Step.LOOK, Step.TAKE):
        qtbot.waitUntil(lambda: page.forward.isEnabled())
        press(qtbot, page, "Next")
        qtbot.waitUntil(lambda step=step: page.step is step)
    press(qtbot, page, "Bring in 1 row")
    qtbot.waitUntil(lambda: page.take.card.accessibleName() == "Brought in 1 row")
    assert app.session is not None
    club = app.session.club
    assert "Ada Obi" in [row.name for row in club.read(adults)]
    press(qtbot, desk.toast, "Undo: Brought in 1 row.")
    qtbot.waitUntil(lambda: page.take.card.accessibleName() == "Taken back")
    assert "Ada Obi" not in [row.name for row in club.read(adults)]
