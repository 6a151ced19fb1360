"""The one window. What is inside is the welcome, or a desk with an open club."""

from PySide6.QtCore import QSize, QTimer, Signal, Slot
from PySide6.QtGui import QCloseEvent, QPaintEvent
from PySide6.QtWidgets import QMainWindow, QWidget

WANTED = QSize(1366, 768)


class MainWindow(QMainWindow):
    """The frame around whatever is open.

    Signals:
        closing(): somebody wants to close the window; whoever listens may `hold` it until what is left is saved.
        closed(): it goes.
        painted(): it has been painted for the first time: now there is time for what takes time.
        failed(Exception): show this in the error box; may be sent from any thread.
    """

    closing = Signal()
    closed = Signal()
    painted = Signal()
    failed = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        # The system may keep and show window titles: this one never says more than the app's name.
        self.setWindowTitle("Breather")
        room = self.screen().availableGeometry().size()
        self.resize(WANTED.boundedTo(room))
        self.failed.connect(self.show_error)
        self._painted = False
        self._held = False
        self._waiting: list[BaseException] | None = None

    def hold_errors(self) -> None:
        """Errors from now on wait: the app is locked."""
        self._waiting = []

    def release_errors(self, *, shown: bool = True) -> None:
        """Shows the errors that have waited, or drops them: they were another person's."""
        waiting, self._waiting = self._waiting or [], None
        for error in waiting if shown else ():
            self.show_error(error)

    def show_inside(self, widget: QWidget) -> None:
        """Shows a widget, which becomes the window's own, in place of what was there."""
        old = self.takeCentralWidget()
        self.setCentralWidget(widget)
        widget.show()
        if old is not None:
            old.hide()
            old.deleteLater()

    @Slot(object)
    def show_error(self, error: BaseException) -> None:
        """Shows an error in its box, or after the lock."""
        if self._waiting is not None:
            self._waiting.append(error)
            return
        from desktop.widgets.dialog import ErrorBox

        box = ErrorBox(self, error)
        box.finished.connect(box.deleteLater)
        box.open()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.painted.emit)  # once what is inside is painted too

    def closeEvent(self, event: QCloseEvent) -> None:
        self.closing.emit()
        if self._held:
            event.ignore()
            return
        self.closed.emit()
        super().closeEvent(event)

    def hold(self) -> None:
        """Stays although somebody closes it, until `let_go`."""
        self._held = True

    def let_go(self) -> None:
        """Closes for good."""
        self._held = False
        self.close()
