"""The app, and a small club to open in it."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from desktop.app import App
from tests.clubs import a_child, a_vehicle, a_venue, an_activity, an_adult, new_club, put
from tests.shell.apps import an_app, closing


@pytest.fixture
def app(qapp: QApplication, tmp_path: Path) -> Iterator[App]:
    yield from closing(an_app(qapp, tmp_path))


@pytest.fixture
def club_file(tmp_path: Path) -> Path:
    """A club with one of everything, closed."""
    club = new_club(tmp_path)
    put(club, lambda uow: a_child(uow, "Maryam", "Müller"))
    put(club, lambda uow: an_adult(uow, "Denise Okafor"))
    put(club, lambda uow: a_venue(uow, "Harbour Hall"))
    put(club, a_vehicle)
    put(club, lambda uow: an_activity(uow, "December club"))
    club.close()
    return club.path
