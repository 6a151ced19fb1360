"""What is over everything while the app is locked: every other window is out of sight and out of reach, and kept.

A window that is only hidden stays in the accessibility tree with every name in it. So what is to be hidden is hung into
a holder that never has a window: it is not drawn, not read out, has no keys, and keeps what was typed into it.
"""

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
"""Windows that go when one looks away: a menu, a list that drops down, a tooltip."""

_SYSTEMS = ("QFileDialog", "QAbstractPrintDialog")


@dataclass
class _Hidden:
    """A window that was taken away: whose it was, what kind, where it stood, and whether it was to be seen."""

    widget: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    place: QRect
    shown: bool
    focus: QWidget | None


class Veil:
    """Hangs everything there is behind one widget, and brings it back."""

    def __init__(self, window: QMainWindow) -> None:
        """`window` is the one window that stays, with something else in it."""
        self._window = window
        self._holder = QWidget()
        self._inside: QWidget | None = None
        self._others: list[_Hidden] = []
        self._focus: QWidget | None = None
        self.drawn = False

    def draw(self, over: QWidget) -> None:
        """Shows `over` alone. What was in the window and every other window are kept as they are."""
        self._stop_passing()
        self._focus = QApplication.focusWidget()
        self.drawn = True
        self._inside = self._window.centralWidget()
        if self._inside is not None:
            self._inside.hide()
            # Hung elsewhere in one go: taken out of the window first, every widget would be dressed twice.
            self._inside.setParent(self._holder)
        self._window.setCentralWidget(over)
        over.show()
        self.sweep()
        self._window.activateWindow()

    def sweep(self) -> None:
        """Takes away every other window there is now."""
        for each in sorted(QApplication.topLevelWidgets(), key=_depth):
            if each is self._window or each is self._holder or each.windowHandle() is None:
                continue
            if each.windowType() in _PASSING:
                each.hide()
                continue
            if isinstance(each, QDialog) and any(each.inherits(kind) for kind in _SYSTEMS):
                each.reject()  # nothing was written in it yet, and the system's own cannot be taken away
                each.destroy()  # else its window stays in the tree
            self._take(each)

    def show_instead(self, over: QWidget) -> None:
        """Shows another widget in the place of the one on top, which goes."""
        self._stop_passing()
        old = self._window.takeCentralWidget()
        self._window.setCentralWidget(over)
        over.show()
        self.sweep()
        if old is not None:
            old.hide()
            old.deleteLater()

    def lift(self) -> None:
        """Brings everything back as it was, with the keyboard where it was."""
        inside, self._inside = self._inside, None
        self.drawn = False
        if inside is not None:
            self.show_instead(inside)
        _focus(self._focus)
        others, self._others = self._others, []
        for each in others:
            _give_back(each)
        self._focus = None

    def drop(self) -> None:
        """Throws away what is behind it: another person sees none of it. The widget on top stays."""
        others, self._others = self._others, []
        for each in others:
            if shiboken6.isValid(each.widget):
                if isinstance(each.widget, QDialog):
                    each.widget.reject()  # whoever waits for an answer is told that there is none
                each.widget.deleteLater()
        if self._inside is not None:
            self._inside.deleteLater()
        self._inside = self._focus = None
        self.drawn = False

    def _take(self, each: QWidget) -> None:
        shown, parent = each.isVisible(), each.parentWidget()
        kept = _Hidden(each, parent, each.windowFlags(), each.geometry(), shown, each.focusWidget())
        self._others.append(kept)
        each.hide()
        each.setParent(self._holder, Qt.WindowType.Widget)  # its window goes with this, and its place in the tree

    def _stop_passing(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:  # nothing is dragged without one
            QDrag.cancel()
        QToolTip.hideText()
        while (popup := QApplication.activePopupWidget()) is not None:
            popup.close()
            if popup is QApplication.activePopupWidget():
                popup.hide()
                break


def _give_back(kept: _Hidden) -> None:
    widget, parent = kept.widget, kept.parent
    if not shiboken6.isValid(widget):
        return
    if parent is not None and not shiboken6.isValid(parent):
        widget.deleteLater()
        return
    widget.setParent(parent, kept.flags)
    widget.setGeometry(kept.place)
    if kept.shown:
        widget.show()
        _focus(kept.focus)


def _depth(window: QWidget) -> int:
    """How many windows it stands on: what asks last stands on top again."""
    above = window.parentWidget()
    return 0 if above is None else 1 + _depth(above.window())


def _focus(widget: QWidget | None) -> None:
    if widget is not None and shiboken6.isValid(widget):
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
