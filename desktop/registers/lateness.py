"""Not here so long after the start: says so, and opens the numbers to ring, once for each child."""

from uuid import UUID

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from desktop.registers.panels import Panels
from desktop.registers.reading import DayView
from desktop.registers.screen import Screen
from desktop.registers.words import RowView
from desktop.widgets.page import Page
from desktop.widgets.state import State
from models.kernel.clock import Clock
from models.kernel.words import counted, listed


class Lateness(QObject):
    """Looks at the rows whenever they were read again or time has gone on."""

    def __init__(self, page: Page, screen: Screen, clock: Clock, panels: Panels) -> None:
        super().__init__(page)
        self._page = page
        self._screen = screen
        self._clock = clock
        self._panels = panels
        self._rung: set[UUID] = set()

    def forget(self) -> None:
        """Another register is shown."""
        self._rung.clear()

    def late(self) -> list[RowView]:
        """Those who are not here, with no word."""
        return [view for view in self._screen.views() if view.late and not view.saving]

    def look(self, day: DayView, *, may_open: bool) -> None:
        """Says who is late, and where `may_open` opens the numbers for those it was not opened for yet."""
        late = self.late()
        if not late or day.end is None or self._clock.now() >= day.end:
            self._page.banner.clear()
        elif self._screen.at_door():
            self._say(f"{counted(len(late), 'child is', 'children are')} not here yet.")
        else:
            verb = "is" if len(late) == 1 else "are"
            self._say(f"{listed([view.name for view in late], 3)} {verb} not here, and there is no word.")
            if may_open and {view.person_id for view in late} - self._rung:
                self.open_numbers(self._page.focusWidget())
        if self._panels.ringing():
            self.open_numbers(self._page.focusWidget())

    def ring(self) -> None:
        """Opens the numbers with the keyboard in them."""
        self.open_numbers(None)

    def open_numbers(self, keep: QWidget | None) -> None:
        """Opens the numbers of those who are late; `keep` has the keyboard and goes on having it."""
        register, late = self._screen.register(), self.late()
        if register is not None:
            self._rung |= {view.person_id for view in late}
            self._panels.ring_home(register.activity.id, late, keep=keep)

    def _say(self, words: str) -> None:
        banner = self._page.banner
        if banner.words() != words or banner.isHidden():
            banner.show_state(State.WARN, words, "Ring home", self._ask)

    def _ask(self) -> None:
        self._screen.show_staff()
        self.ring()
