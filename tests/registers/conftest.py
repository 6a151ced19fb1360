"""The register screen, dressed as it is worn."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.widgets import theme
from tests.registers.door_day import DoorDay


@pytest.fixture
def dressed(qapp: QApplication) -> None:
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")


@pytest.fixture
def new_day(qtbot: QtBot, tmp_path: Path, dressed: None) -> Iterator[Callable[..., DoorDay]]:
    """Makes the day; what is in it can be added to before `open`."""
    made: list[DoorDay] = []

    def make(**values: Any) -> DoorDay:
        made.append(DoorDay(qtbot, tmp_path, **values))
        return made[-1]

    yield make
    for each in made:
        each.close()


@pytest.fixture
def day(new_day: Callable[..., DoorDay]) -> DoorDay:
    """The day, open on the screen at 9:55 with Denise and Marcus in."""
    return new_day(adults_in=2).open()
