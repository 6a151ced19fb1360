"""Letting go of an open club without the window ever standing still: what is left to do is done on another thread."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QProgressBar, QVBoxLayout, QWidget

from desktop.jobs.inbox import Inbox
from desktop.jobs.lane import Lane
from desktop.jobs.unsaved import UnsavedBox
from desktop.shell.not_saved import somebody
from desktop.shell.session import Session
from desktop.shell.window import MainWindow
from desktop.widgets.card import Card
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label, set_look

SHOWN_AFTER_MS = 200
KEPT = "What it was is kept until Breather is closed. After that only that it happened, and when, is known here."
THERE = "Until then it is kept."
PATIENCE_MS = 5_000
"""How long the last backup may take before the person is offered to leave without it."""


class Leaving(QObject):
    """Closes a session on a thread of its own. Made and begun on the UI thread.

    Signals:
        saved(): every change asked for is in the club file; what is left is the backup.
        done(): the club file is let go of, or the person did not wait for that.
        failed(Exception): something nobody foresaw; done() follows.

    Attributes:
        left_early: whether the person did not wait: a thread is then still at work on the file.
        on_server: whether it is a server that saves, which may be away.
    """

    saved = Signal()
    done = Signal()
    failed = Signal(object)

    def __init__(self, session: Session | None, also: Callable[[], object] | None = None) -> None:
        """`also` is what else blocks, done last."""
        super().__init__()
        self.left_early = False
        self._session = session
        self._also = also
        self.on_server = session is not None and session.watcher is not None
        self._over = False
        self._inbox = Inbox(self)

    def begin(self) -> None:
        """No more jobs from here on."""
        if self._session is not None:
            self._session.stop()
        lane = Lane("leaving", self._inbox.post)
        lane.put(self._run)
        lane.close(wait=0)

    def leave_early(self) -> None:
        """Leaves the backup unfinished; what it has written so far is taken away by the next one.

        At a server that is away: leaves it to find out by itself what became of the last change.
        """
        if not self._over and self._session is not None and self._session.keeper is not None:
            self.left_early = True
            self._session.keeper.give_up()
        self._end()

    def _run(self) -> None:
        try:
            if self._session is not None:
                self._session.finish(lambda: self._inbox.post(self.saved.emit))
            if self._also is not None:
                self._also()
        except Exception as error:
            told = error
            self._inbox.post(lambda: self.failed.emit(told))
        self._inbox.post(self._end)

    def _end(self) -> None:
        if not self._over:
            self._over = True
            self.done.emit()


class Departure(QObject):
    """Lets go of a club in the window. What could not be saved is said first, and the person goes on from there.

    Signals:
        done(): the club file is let go of, and nothing is left to say.

    Attributes:
        sign_in_again: whether somebody wants to be told what was not saved, and signs in for that.
    """

    done = Signal()

    def __init__(
        self, window: MainWindow, session: Session | None, unsaved: UnsavedBox, also: Callable[[], object] | None
    ) -> None:
        """`also` is what else blocks; it is left for later where somebody may sign in again."""
        super().__init__()
        self.sign_in_again = False
        self._club = session.club.id if session is not None else None
        self._unsaved = unsaved
        self._also = also
        self._closing = False
        self._leaving = Leaving(session, self._do_also)
        self._page = LeavingPage(self._leaving)
        window.show_inside(self._page)
        self._leaving.failed.connect(window.failed)
        self._leaving.done.connect(self._left)

    @property
    def left_early(self) -> bool:
        """Whether the person did not wait: a thread is then still at work on the file."""
        return self._leaving.left_early

    def begin(self, *, closing: bool) -> None:
        """No more jobs from here on. `closing`: the window goes after it."""
        self._closing = closing
        self._leaving.begin()

    def leave_anyway(self) -> None:
        """Somebody closes the window once more: where they have been told, it goes."""
        self._page.leave_anyway()

    def _left(self) -> None:
        self._unsaved.keep()
        names = self._names()
        if names and not self.left_early:
            self._page.show_not_saved(names, self._sign_in, self._go_on, closing=self._closing)
        else:
            self.done.emit()

    def _sign_in(self) -> None:
        self.sign_in_again = True
        self.done.emit()

    def _go_on(self) -> None:
        if self._also is not None:
            self._also()
        self.done.emit()

    def _do_also(self) -> None:
        if self._also is not None and not self._names():
            self._also()

    def _names(self) -> tuple[str, ...]:
        return self._unsaved.names(self._club, on_disk=False) if self._club is not None else ()


class LeavingPage(QWidget):
    """What the window shows meanwhile: a card once it takes longer than a moment, and a way out after a while."""

    def __init__(self, leaving: Leaving) -> None:
        super().__init__()
        set_look(self, "ground", "bg")
        self._card = Card("Saving")
        self._words = label("What you did is being saved.", wrap=True)
        self._bar = bar = QProgressBar()
        bar.setRange(0, 0)
        bar.setTextVisible(False)
        bar.setAccessibleName("Saving")
        self._anyway: Callable[[], object] | None = None
        self.skip_button = button("Close without the backup", leaving.leave_early)
        self.skip_button.hide()
        for each in (self._words, bar):
            self._card.body.addWidget(each)
        self._card.body.addWidget(self.skip_button, 0, Qt.AlignmentFlag.AlignLeft)
        self._card.setFixedWidth(px(460))
        self._card.hide()
        down = QVBoxLayout(self)
        down.addWidget(self._card, 0, Qt.AlignmentFlag.AlignCenter)
        self._saved, self._on_server = False, leaving.on_server
        leaving.saved.connect(self._backing_up)
        if leaving.on_server:
            QTimer.singleShot(PATIENCE_MS, self._card, self._offer_to_leave_server)
        QTimer.singleShot(SHOWN_AFTER_MS, self._card, self._show)

    def show_not_saved(
        self, names: Sequence[str], again: Callable[[], object], anyway: Callable[[], object], *, closing: bool
    ) -> None:
        """Says whose work was not saved, and nothing of what it was: whoever closes the window may be anybody.

        `again`: it is opened for them to sign in. `anyway`: leave it.
        """
        self._anyway = anyway
        self._card.set_title("Not saved")
        self._words.setText(f"{somebody(names, locked=False)} {KEPT if closing else THERE}")
        for each in (self._bar, self.skip_button):
            each.hide()
        row = QHBoxLayout()
        row.setSpacing(px(10))
        press = button("Sign in again", again, kind="primary")
        row.addWidget(press)
        row.addWidget(button("Close anyway" if closing else "Leave it", self.leave_anyway))
        row.addStretch(1)
        self._card.body.addLayout(row)
        self._card.show()
        press.setFocus()
        announce(self, self._words.text())

    def leave_anyway(self) -> None:
        """As if that had been pressed, once it has been said."""
        anyway, self._anyway = self._anyway, None
        if anyway is not None:
            anyway()

    def _show(self) -> None:
        self._card.show()
        announce(self, self._words.text())

    def _offer_to_leave_server(self) -> None:
        if self._saved:
            return
        self._words.setText(
            "The server does not answer. You can wait for it, or close now: what it has not saved yet is then not kept."
        )
        self.skip_button.setText("Close now")
        self.skip_button.setAccessibleName("Close now")
        self.skip_button.show()
        announce(self, self._words.text())

    def _backing_up(self) -> None:
        self._saved = True
        if self._on_server:
            return
        self._words.setText("Everything you did is saved. A backup is being made.")
        self._card.set_title("Saving a backup")
        QTimer.singleShot(PATIENCE_MS, self._card, self._offer)

    def _offer(self) -> None:
        self._words.setText(
            "Everything you did is saved. The backup takes longer than usual: you can wait, or leave it out this time."
        )
        self.skip_button.show()
        announce(self, self._words.text())
