"""Tells somebody, when they are back, what of theirs could not be saved while nobody could be told."""

from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.jobs.unsaved import Unsaved, UnsavedBox
from desktop.shell.session import Session
from desktop.widgets.dialog import Modal, said
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.kernel.clock import Clock, london_wall
from models.kernel.dates import clock_text, long
from models.kernel.errors import Denied, Unsure
from models.kernel.words import listed

ROOM = 300
"""The most height all of it takes before it scrolls, in pixels at 100 %."""
FORGOTTEN = "Something you did"
LOOK = (
    "Breather was closed before you could be told, so it is not known any more what it was. Look at what you did then."
)
WHY = "This is not in the club file:"
AGAIN = "Try again"


def somebody(names: Sequence[str], *, locked: bool = True) -> str:
    """For everybody to read: whose work it was, and nothing of what it was."""
    where = " while Breather was locked" if locked else ""
    return f"Something could not be saved{where}. {listed(names)} should sign in."


def tell(desk: QWidget, session: Session, unsaved: UnsavedBox, say: Callable[[str], object]) -> None:
    """Tells whoever is signed in what of theirs was not saved before; of others', who should sign in."""
    club, now = session.club, session.jobs
    items = unsaved.take(club.id, club.actor.id, but=now.unsaved)
    if items:
        NotSaved(desk, items, now, session.clock, say).open()
    others = unsaved.names(club.id, but=club.actor.id)
    if others:
        say(somebody(others))


class NotSaved(Modal):
    """Each thing that was not saved, why, and a way to try it again.

    What is tried again is done as whoever is signed in now, who is the person it was done by; each may fail again, and
    is then told like any other error.
    """

    def __init__(
        self, parent: QWidget, items: Sequence[Unsaved], jobs: Jobs, clock: Clock, say: Callable[[str], object]
    ) -> None:
        """`say` tells of each that is saved at last."""
        super().__init__(parent, "Not saved", State.BAD)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._again = [each for each in items if _can_be_tried(each)]
        self._jobs = jobs
        self._say = say
        self.body.addWidget(label(WHY, wrap=True))
        self.body.addWidget(_scrolled([_one(each, clock) for each in items]))
        self.close_button = button("Leave it" if self._again else "Close", self.accept)
        self.foot.addWidget(self.close_button)
        if self._again:
            again = button(AGAIN, self._try, kind="primary")
            self.foot.addWidget(again)
            again.setFocus()

    def _try(self) -> None:
        for each in self._again:
            assert each.again is not None  # only such are in the list
            self._jobs.long_change(each.again, each.label, partial(_tell, self._say, each.label))
        self.accept()


def _tell(say: Callable[[str], object], what: str, _answer: object) -> None:
    say(f"Saved now: {what}.")


def _can_be_tried(item: Unsaved) -> bool:
    """Not what may have been saved after all, and not what they may not do."""
    return item.again is not None and not isinstance(item.error, (Unsure, Denied))


def _one(item: Unsaved, clock: Clock) -> QWidget:
    made = QWidget()
    what, step = (LOOK, "") if item.error is None else said(item.error)
    column = QVBoxLayout(made)
    column.setContentsMargins(0, 0, 0, 0)
    column.setSpacing(px(2))
    column.addWidget(label(f"{item.label or FORGOTTEN}, {_when(item.at, clock)}", "row", wrap=True))
    column.addWidget(label(" ".join(filter(None, (what, step))), "soft", wrap=True))
    return made


def _when(at: datetime, clock: Clock) -> str:
    wall = london_wall(at)
    return clock_text(wall) if wall.date() == clock.today() else f"{long(wall.date())}, {clock_text(wall)}"


def _scrolled(rows: Sequence[QWidget]) -> QWidget:
    inside = Inside()
    column = QVBoxLayout(inside)
    column.setContentsMargins(0, 0, px(8), 0)
    column.setSpacing(px(10))
    for row in rows:
        column.addWidget(row)
    column.addStretch(1)
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setAccessibleName("What was not saved")
    area.setWidget(inside)
    area.setMinimumHeight(min(px(ROOM), inside.sizeHint().height() + px(8)))
    return area
