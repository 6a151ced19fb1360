"""Labels and buttons: the small pieces that would otherwise be set up a hundred times."""

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QIcon, QKeySequence
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QSizePolicy, QWidget

from desktop.widgets.allowed import AllowedButton, leads
from desktop.widgets.icons import icon
from desktop.widgets.metrics import px


def label(text: str, tone: str = "", *, wrap: bool = False) -> QLabel:
    """A plain-text label: a name with <b> in it is shown as typed.

    Tones: soft, small, title, heading, row, strong, number, brand, ok, warn, bad, error.
    """
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wrap)
    # A name in Arabic stands at the left like the others, so that a column of names is a column.
    made.setAlignment(Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)
    if wrap:
        made.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
    set_look(made, "tone", tone)
    return made


def button(
    text: str,
    on_click: Callable[[], object] | None = None,
    *,
    kind: str = "",
    icon_name: str = "",
    name: str = "",
    keys: str = "",
    big: bool = False,
    needs: str = "",
    to: str = "",
) -> QPushButton:
    """A button. Kinds: primary (one a page), call (outlined brand), quiet, danger, or none.

    `name` is its accessible name where the words alone do not tell ("Sign in Niamh Osei"); `keys` a shortcut.
    `big` is for touch: at least 48 px high. Without the permission it `needs`, or the place it leads `to`, it is
    not there.
    """
    made = AllowedButton(needs, to) if needs or to else QPushButton()
    _dress(made, text, kind, icon_name, name, big)
    if keys:
        made.setShortcut(QKeySequence(keys))
        made.setToolTip(QKeySequence(keys).toString(QKeySequence.SequenceFormat.NativeText))
    if on_click is not None:
        made.clicked.connect(lambda _checked=False: on_click())
    return made


def _dress(made: QPushButton, text: str, kind: str, icon_name: str, name: str, big: bool) -> None:
    # A lone ampersand in a name is not a shortcut mark.
    made.setText(text.replace("&", "&&"))
    made.setAccessibleName(name or text)
    made.setProperty("kind", kind)
    made.setProperty("big", "true" if big else "false")
    made.setAutoDefault(False)
    made.setCursor(Qt.CursorShape.PointingHandCursor)
    made.setProperty("icon_name", icon_name)
    if icon_name:
        made.setIcon(_icon_of(icon_name, kind))
        # The picture stands at the left of its room; what is over is the gap before the words.
        made.setIconSize(QSize(px(24 if text else 18), px(18)))


def _icon_of(icon_name: str, kind: str) -> QIcon:
    return icon(icon_name, {"primary": "brand_ink", "danger": "bad"}.get(kind, "brand"))


def set_kind(made: QPushButton, kind: str) -> None:
    """Makes a button of `button(...)` another kind."""
    set_look(made, "kind", kind)
    if made.property("icon_name"):
        made.setIcon(_icon_of(made.property("icon_name"), kind))


class Choosing(QPushButton):
    """A button that stays pressed in. A screen reader turns it without a click; that is told all the same.

    Signals:
        taken(): somebody chose it, by pointer, keys or assistive technology: once each time, and never when the
            program sets it or another of its group gives way.
    """

    taken = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setCheckable(True)
        self._quiet = False
        self.clicked.connect(self.taken)
        self.toggled.connect(self._turned)

    def setChecked(self, on: bool) -> None:
        before, self._quiet = self._quiet, True
        super().setChecked(on)
        self._quiet = before

    def nextCheckState(self) -> None:
        # Qt asks for it within a click, which it tells of by itself, and of the one that gives way to another.
        before, self._quiet = self._quiet, True
        super().nextCheckState()
        self._quiet = before

    def _turned(self) -> None:
        if not self._quiet:
            self.taken.emit()


def choice_button(text: str, on_choose: Callable[[], object], *, icon_name: str = "", name: str = "") -> Choosing:
    """A button that stays pressed in; `on_choose` runs once however it is chosen, and never by `setChecked`."""
    made = Choosing()
    _dress(made, text, "", icon_name, name, False)
    made.taken.connect(on_choose)
    return made


def icon_button(
    icon_name: str, name: str, on_click: Callable[[], object] | None = None, *, big: bool = False, needs: str = ""
) -> QPushButton:
    """A square button with only a picture; `name` is its tooltip and accessible name. `big`: 48 px, for touch."""
    made = button("", on_click, icon_name=icon_name, name=name, needs=needs)
    made.setProperty("square", "big" if big else "true")
    made.setToolTip(name)
    return made


def link(beside: QWidget, place: str, text: str, on_click: Callable[[], object], *, name: str = "") -> QWidget:
    """Words that lead to a place; plain words where whoever reads them does not have it. `beside` is on the page."""
    if leads(beside, place):
        return button(text, on_click, kind="quiet", name=name)
    return label(text)


def rule() -> QFrame:
    """A hairline across."""
    made = QFrame()
    made.setProperty("rule", "true")
    made.setFixedHeight(1)
    return made


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Sets a dynamic property the stylesheet reads, and has the widget dressed again."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    for child in widget.findChildren(QLabel):
        style.unpolish(child)
        style.polish(child)


def announce(widget: QWidget, words: str) -> None:
    """Has a screen reader say it now; nothing where the window it stands in is not to be seen."""
    if not widget.window().isVisible():
        return
    QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(widget, words))
