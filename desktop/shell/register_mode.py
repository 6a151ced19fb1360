"""Register mode: the door view of one activity alone, as whoever gave the PIN, and nothing else of the club."""

from collections.abc import Sequence
from typing import TYPE_CHECKING
from uuid import UUID

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.jobs.unsaved import Unsaved
from desktop.registers.page import RegisterPage
from desktop.shell.backwards import Backwards
from desktop.shell.not_saved import NotSaved
from desktop.shell.session import Session
from desktop.widgets.dialog import ErrorBox
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label, set_look
from desktop.widgets.toast import Toast

if TYPE_CHECKING:
    from models.bootstrap import Club
    from models.kernel.actor import Actor


class RegisterMode(QWidget):
    """One register on its own, over jobs of its own: what it does is done and journaled as the actor given.

    Attributes:
        activity_id: the one it is held to. club: as whoever gave the PIN acts in it. page: the register.

    Signals:
        over(): the day is closed, or somebody pressed Lock. fire(): show the fire list, of everything that is on.
    """

    over = Signal()
    fire = Signal()

    def __init__(self, session: Session, club: "Club", activity_id: UUID) -> None:
        """The acting person of `club` is held to the activity: nothing else is reached below the screen either."""
        super().__init__()
        set_look(self, "ground", "bg")
        self.setAccessibleName("Register mode")
        self.activity_id = activity_id
        self.club = club
        self._session = session
        self._waiting: list[Exception] = []
        self.jobs = Jobs(club, session.clock)
        self.jobs.changed.connect(session.jobs.changed)
        self.jobs.saved.connect(session.jobs.saved)
        self.page = RegisterPage(self.jobs, session.clock)
        self.page.take_allowed(club.actor.permissions, ())
        self.toast = Toast(self)
        self._backwards = Backwards(self.jobs, self.toast.show_words, self.show_error)
        self._lay_out(club.actor.name)
        self._connect()
        self.page.stay_at_door(activity_id, self.fire.emit)

    def is_of(self, actor: "Actor", activity_id: UUID) -> bool:
        """Whether they go on with it as they left it. Where something failed since, they begin anew with that."""
        return (self.club.actor, self.activity_id) == (actor, activity_id) and not self.jobs.unsaved

    def finish(self) -> None:
        """After `end`, and not on the UI thread: waits for what is under way, then lets go of the club."""
        self.jobs.wait_until_done()
        self.club.let_go()

    def end(self) -> None:
        """No more jobs from here on; `finish` then waits, elsewhere, for those under way.

        What fails of those is told to nobody here any more: it stays in `jobs.unsaved`.
        """
        self.page.saving.blockSignals(True)  # the page lives a moment longer, and would read the register again
        self._session.jobs.changed.disconnect(self.page.areas_changed)
        self.jobs.keep_failures()
        self.jobs.stop_asking()

    def show_error(self, error: Exception) -> None:
        """Shows an error in its box; while the fire list is over it, once that has gone."""
        if self.isHidden():
            self._waiting.append(error)
            return
        box = ErrorBox(self, error)
        box.finished.connect(box.deleteLater)
        box.open()

    def tell_not_saved(self, items: Sequence[Unsaved]) -> None:
        """Tells whoever gave the PIN what they did here before and is not saved."""
        if items:
            NotSaved(self, items, self.jobs, self._session.clock, self.toast.show_words).open()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        QTimer.singleShot(0, self, self._show_waiting)  # once what was over it has gone, or the box would go with that

    def _show_waiting(self) -> None:
        waiting, self._waiting = self._waiting, []
        for error in waiting:
            self.show_error(error)

    def _connect(self) -> None:
        # It leads nowhere else: `go` is not listened to.
        self.page.said.connect(lambda words, _can_undo: self.toast.show_words(words, self._backwards.undo))
        self.page.failed.connect(self.show_error)
        self.page.closed.connect(self.over)
        self._session.jobs.changed.connect(self.page.areas_changed)  # its own come there too, and what others do
        self.jobs.failed.connect(self.show_error)
        QShortcut(QKeySequence("Ctrl+L"), self).activated.connect(self.over)

    def _lay_out(self, who: str) -> None:
        tools = Flow(
            [
                label(f"{who} is taking this register.", "soft"),
                button("Fire list  F9", self.fire.emit, icon_name="fire", name="Fire list"),
                button("Close the day", self.page.close_or_open, icon_name="check-all"),
                button("Lock", self.over.emit, icon_name="lock-outline"),
            ]
        )
        above = QVBoxLayout()
        above.setContentsMargins(px(28), px(12), px(28), 0)
        above.addWidget(tools)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addLayout(above)
        column.addWidget(self.page, 1)
