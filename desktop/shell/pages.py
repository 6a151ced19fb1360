"""The screens, each made when somebody first goes there."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt
from PySide6.QtWidgets import QApplication, QStackedWidget

from desktop.shell.places import Place
from desktop.widgets.page import Page


class Pages(QStackedWidget):
    """One page on top, the others kept beneath as they were left."""

    def __init__(self, make: Callable[[Place], Page]) -> None:
        """`make` builds a place's page and listens to it."""
        super().__init__()
        self._make = make
        self._made: dict[str, Page] = {}
        self._narrow = self._short = False

    def show_place(self, place: Place) -> Page:
        """Brings a place's page to the top, making it if it was never seen."""
        page = self._made.get(place.key)
        if page is None:
            page = self._made[place.key] = self._make(place)
            # So that the keyboard can be put on a page without its being a stop for Tab.
            if page.focusPolicy() == Qt.FocusPolicy.NoFocus and page.focusProxy() is None:
                page.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
            page.set_narrow(self._narrow)
            page.set_short(self._short)
            self.addWidget(page)
        self.setCurrentWidget(page)
        self.updateGeometry()
        # Or Qt would hand the keyboard to whatever comes next: the button that removes the sample club.
        focused = QApplication.focusWidget()
        if focused is None or not page.isAncestorOf(focused):
            page.setFocus(Qt.FocusReason.OtherFocusReason)
        return page

    def shown(self) -> Page | None:
        """The page on top."""
        found = self.currentWidget()
        return found if isinstance(found, Page) else None

    def minimumSizeHint(self) -> QSize:
        """The page on top says what room is needed, not the widest page ever shown."""
        page = self.currentWidget()
        return page.minimumSizeHint() if page is not None else super().minimumSizeHint()

    def set_narrow(self, narrow: bool) -> None:
        """Tells every page, made or yet to be made, whether there is little room."""
        self._narrow = narrow
        for page in self._made.values():
            page.set_narrow(narrow)
        self.updateGeometry()

    def set_short(self, short: bool) -> None:
        """Tells every page, made or yet to be made, whether there is hardly any height."""
        if short is self._short:
            return
        self._short = short
        for page in self._made.values():
            page.set_short(short)

    def areas_changed(self, areas: frozenset[str]) -> None:
        """Tells every page; those on top refresh now, the others when they are next shown."""
        for page in list(self._made.values()):
            page.areas_changed(areas)

    def day_turned(self) -> None:
        """Another day has begun: every page reads again, those beneath when they are next shown."""
        for page in list(self._made.values()):
            page.day_turned()
