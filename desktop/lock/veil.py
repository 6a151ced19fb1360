"""What is over everything while the app is locked: every other window is out of sight and out of reach, and kept.

A widget that is only hidden stays in the accessibility tree with every name in it. So the inside of the window is made
a window of its own that the system never hears of, and every other window is hung into a holder that has none: neither
is drawn, read out or has keys, and both keep what was typed into them. A widget with five hundred rows is not hung
elsewhere: each of its rows would be dressed anew, which takes seconds.
"""

from dataclasses import dataclass

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QDialog, QMainWindow, QToolTip, QWidget

_PASSING = (Qt.WindowType.Popup, Qt.WindowType.ToolTip, Qt.WindowType.SplashScreen)
"""Windows that go when one looks away: a menu, a list that drops down, a tooltip."""

_SYSTEMS = ("QFileDialog", "QAbstractPrintDialog")
_UNSEEN = Qt.WidgetAttribute.WA_DontShowOnScreen


@dataclass
class _Hidden:
    """A widget that was taken away: whose it was, what kind, where it stood, and whether it was to be seen."""

    widget: QWidget
    parent: QWidget | None
    flags: Qt.WindowType
    place: QRect
    shown: bool
    focus: QWidget | None


class Veil(QObject):
    """Hides everything there is behind one widget, and brings it back.

    Attributes:
        drawn: whether it does. over: the widget on top.
    """

    def __init__(self, window: QMainWindow) -> None:
        """`window` is the one window that stays, with something else in it."""
        super().__init__()
        self._window = window
        self._holder = QWidget()
        self._inside: QWidget | None = None
        self._others: list[_Hidden] = []
        self._focus: list[QWidget | None] = []
        self._late: list[QWidget] = []
        self.over: QWidget | None = None
        self.drawn = False

    def draw(self, over: QWidget, *, guarded: bool = True) -> None:
        """Shows `over` alone. What was in the window and every other window are kept as they are.

        While `guarded`, a window that opens later, and not from `over`, is taken away too.
        """
        # Of the window itself last, for when nothing stands over it any more.
        self._focus = [self._window.focusWidget(), QApplication.focusWidget()]
        self.drawn = True
        self._inside = self._window.centralWidget()
        self.show_instead(over, guarded=guarded)
        self._window.activateWindow()

    def show_instead(self, over: QWidget, *, guarded: bool = True, keep: bool = False) -> None:
        """Shows another widget in the place of the one on top, which goes, or is kept to be shown once more."""
        self._stop_passing()
        old, self.over = self.over, over
        if over.parentWidget() is self._window:
            _unstow(over)
        else:
            over.setParent(self._window)
        self._fill()
        over.show()
        over.raise_()
        if keep and old is not None:
            _stow(old)
        else:
            _let_go_of(old)
        if self._inside is not None and not self._inside.isWindow():
            _stow(self._inside)
        self.sweep()
        self._give_back_of(over)
        self._guard(guarded)
        self._window.repaint()  # now: the machine may be on its way to sleep

    def _give_back_of(self, over: QWidget) -> None:
        """What was opened from `over` before something else was shown in its place."""
        theirs = [each for each in self._others if _is_of(each.parent, over)]
        self._others = [each for each in self._others if each not in theirs]
        for each in theirs:
            _give_back(each)

    def sweep(self) -> None:
        """Takes away every other window there is now, and what else lies in the window."""
        lying = [each for each in self._window.children() if isinstance(each, QWidget) and not each.isWindow()]
        for each in [*lying, *sorted(QApplication.topLevelWidgets(), key=_depth)]:
            self._take_away(each)

    def lift(self) -> None:
        """Brings everything back as it was, with the keyboard where it was."""
        inside, self._inside = self._inside, None
        self.drawn = False
        self._guard(False)
        self._stop_passing()
        over, self.over = self.over, None
        if inside is not None:
            _unstow(inside)
        _let_go_of(over)
        self._window.setMinimumSize(QSize(0, 0))
        others, self._others = self._others, []
        for each in (each for each in others if not each.flags & Qt.WindowType.Window):
            _give_back(each)
        for focus in self._focus:
            _focus(focus)
        for each in (each for each in others if each.flags & Qt.WindowType.Window):
            _give_back(each)
        self._focus = []

    def drop(self) -> None:
        """Throws away what is behind it, and what is on top: another person sees none of it."""
        self.drawn = False
        self._guard(False)
        others, self._others = self._others, []
        for each in others:
            if shiboken6.isValid(each.widget):
                if isinstance(each.widget, QDialog):
                    each.widget.reject()  # whoever waits for an answer is told that there is none
                each.widget.deleteLater()
        if self._inside is not None:
            self._inside.deleteLater()
        _let_go_of(self.over)
        self._window.setMinimumSize(QSize(0, 0))
        self._inside = self.over = None
        self._focus = []

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Show and isinstance(watched, QWidget) and watched.isWindow():
            if self._is_behind(watched):
                watched.setAttribute(_UNSEEN)  # it is about to be put on the screen, and then is not
                self._late.append(watched)
                QTimer.singleShot(0, self, self._take_late)
        elif event.type() in (QEvent.Type.Resize, QEvent.Type.LayoutRequest) and watched is self._window:
            self._fill()
        return False

    def _fill(self) -> None:
        if self.over is not None:
            self.over.setGeometry(self._window.rect())
            self._window.setMinimumSize(self.over.minimumSizeHint())

    def _guard(self, guarded: bool) -> None:
        """Over a register that is being taken only the size is followed: no tap waits for a look at every event."""
        qt = QApplication.instance()
        for each in (qt, self._window):
            if each is not None:
                each.removeEventFilter(self)
        if self.drawn:
            (qt if guarded and qt is not None else self._window).installEventFilter(self)

    def _is_behind(self, window: QWidget) -> bool:
        """Whether a window was opened by anything but the widget on top."""
        if window is self._window or window.windowType() in _PASSING:
            return False
        above: QWidget | None = window
        while above is not None and above is not self.over:
            above = above.parentWidget()
        return above is None

    def _take_late(self) -> None:
        late, self._late = self._late, []
        for each in late:
            if shiboken6.isValid(each):
                if self.drawn:
                    self._take_away(each)
                each.setAttribute(_UNSEEN, False)

    def _take_away(self, each: QWidget) -> None:
        if each in (self._window, self._holder, self._inside, self.over):
            return
        if each.isWindow() and each.windowHandle() is None:
            return
        if each.windowType() in _PASSING:
            each.hide()
            return
        if isinstance(each, QDialog) and any(each.inherits(kind) for kind in _SYSTEMS):
            each.reject()  # nothing was written in it yet, and the system's own cannot be taken away
            each.destroy()  # else its window stays in the tree
        self._take(each)

    def _take(self, each: QWidget) -> None:
        shown, parent = not each.isHidden(), each.parentWidget()
        kept = _Hidden(each, parent, each.windowFlags(), each.geometry(), shown, each.focusWidget())
        self._others.append(kept)
        if each.isWindow() and not shown:
            each.destroy()  # closed but not yet gone, it would keep its place in the tree
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


def _stow(inside: QWidget) -> None:
    """Makes it a window without one: no part of the window it is in, and none the system knows of."""
    inside.hide()
    inside.setWindowFlags(Qt.WindowType.Window)
    inside.destroy()


def _unstow(inside: QWidget) -> None:
    inside.create()  # one that has a window is not dressed anew on becoming a part of another
    inside.setWindowFlags(Qt.WindowType.Widget)
    inside.show()


def _let_go_of(over: QWidget | None) -> None:
    if over is not None and shiboken6.isValid(over):
        _stow(over)  # it goes with the next event, and nobody reads it until then
        over.deleteLater()


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


def _is_of(widget: QWidget | None, over: QWidget) -> bool:
    return widget is not None and shiboken6.isValid(widget) and (widget is over or over.isAncestorOf(widget))


def _depth(window: QWidget) -> int:
    """How many windows it stands on: what asks last stands on top again."""
    above = window.parentWidget()
    return 0 if above is None else 1 + _depth(above.window())


def _focus(widget: QWidget | None) -> None:
    if widget is not None and shiboken6.isValid(widget):
        widget.setFocus(Qt.FocusReason.OtherFocusReason)
