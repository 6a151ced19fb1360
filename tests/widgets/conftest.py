"""Widgets are tested dressed, as they are worn."""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from desktop.widgets import theme


@pytest.fixture(autouse=True)
def dressed(qapp: QApplication) -> Iterator[None]:
    """Light and at 100 % before each test; a test may dress the application otherwise."""
    if qapp.property("worn") != "light":
        theme.apply(qapp, dark=False)
        qapp.setProperty("worn", "light")
    yield
    QApplication.clipboard().clear()
