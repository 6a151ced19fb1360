"""A person's row in the staff view: initials, name, marks, where they stand, one big button and a menu."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.registers.words import TAPS, RowView
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.initials import Initials
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import announce, button, icon_button, label, set_look
from models.people.rules import SeeKind, SeeLevel, SeeMark

SEE_ICONS = {
    SeeKind.MEDICAL: "medical-bag",
    SeeKind.COLLECTION: "account-cancel-outline",
    SeeKind.ONE_TO_ONE: "account-multiple-outline",
}
LONG = 34
"""Letters a chip takes in one line; more go over several."""
WIDE, SLIM = 800, 520
"""Narrower than WIDE (px at 100 %) the marks stand under the name; narrower than SLIM the buttons do too."""
QWIDGETSIZE_MAX = 16_777_215
"""Qt's own number for "as wide as you like"."""


class RegisterRow(QWidget):
    """One row; it is told what to show and says what was pressed.

    Attributes:
        view: what it shows. tap_button, more_button: its two buttons.

    Signals:
        tapped(): the big button. more(): the menu button.
    """

    tapped = Signal()
    more = Signal()

    def __init__(self, view: RowView) -> None:
        super().__init__()
        self.view = view
        self._avatar = Initials(view.name)
        self._name = label("", "row", wrap=True)
        self._beneath = label("", "small", wrap=True)
        self._chips = Flow()
        self._status = label("", "soft", wrap=True)
        self.tap_button = button("", self.tapped.emit, kind="call", big=True)
        self.tap_button.setMinimumWidth(px(108))
        self.more_button = icon_button("dots-horizontal", "More", self.more.emit, big=True)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(px(14), px(5), px(14), px(5))
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(4))
        self._form = -1
        self._names = QWidget()
        names = QVBoxLayout(self._names)
        names.setContentsMargins(0, 0, 0, 0)
        names.setSpacing(0)
        names.addWidget(self._name)
        names.addWidget(self._beneath)
        self._buttons = QWidget()
        buttons = QHBoxLayout(self._buttons)
        buttons.setContentsMargins(0, 0, 0, 0)
        buttons.setSpacing(px(10))
        buttons.addStretch(1)
        buttons.addWidget(self.tap_button)
        buttons.addWidget(self.more_button)
        self.setMinimumHeight(px(60))
        self._status.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        self._arrange(px(WIDE))
        self._dress()

    @property
    def spoken(self) -> str:
        """What a screen reader says for the row: Niamh Walker, due."""
        return spoken(self.view)

    def show_view(self, view: RowView) -> None:
        """Shows another state of the same person; one that differs is announced."""
        if view == self.view:
            return
        moved = view.status != self.view.status and not view.saving
        self.view = view
        self._dress()
        if moved:
            announce(self, self.spoken)

    def status(self) -> str:
        """The words at the right."""
        return self._status.text()

    def chips(self) -> list[str]:
        """The words of the marks shown."""
        return [chip.accessibleName() for chip in self._chips.findChildren(QFrame) if chip.property("chip")]

    def fit(self, room: int) -> None:
        """Arranges itself for a list this wide (in pixels)."""
        self._arrange(room)

    def _dress(self) -> None:
        view = self.view
        self._avatar.set_name(view.name)
        self._name.setText(view.name)
        self._beneath.setText(view.beneath)
        self._beneath.setVisible(bool(view.beneath))
        self._status.setText(view.status)
        set_look(self._status, "tone", view.tone)
        self.setAccessibleName(self.spoken)
        if self.property("marks") != (marks := repr((view.see, view.aside))):
            self.setProperty("marks", marks)
            self._chips.set_widgets([*(see_chip(mark) for mark in view.see), *_aside(view.aside)])
            self._chips.setVisible(bool(view.see or view.aside))
        if view.tap is not None:
            words = TAPS[view.tap]
            self.tap_button.setText(words)
            self.tap_button.setAccessibleName(f"{words} {view.name}")
            set_look(self.tap_button, "kind", "call" if words == "Sign in" else "")
        self.tap_button.setVisible(view.tap is not None)
        self.more_button.setAccessibleName(f"More for {view.name}")
        self.more_button.setVisible(not view.closed)

    def _arrange(self, room: int) -> None:
        """Side by side; narrower: where they stand and marks under the name; narrower still: the buttons too."""
        form = 0 if room >= px(WIDE) else 1 if room >= px(SLIM) else 2
        if form == self._form:
            return
        self._form = form
        for part in (self._avatar, self._names, self._chips, self._status, self._buttons):
            self._grid.removeWidget(part)
        middle = Qt.AlignmentFlag.AlignVCenter
        side = Qt.AlignmentFlag.AlignLeft if form else Qt.AlignmentFlag.AlignRight
        self._status.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute | middle)
        self._status.setMaximumWidth(QWIDGETSIZE_MAX if form else px(168))
        self._status.setMinimumWidth(0 if form else px(168))
        self._buttons.setMinimumWidth(0 if form else px(166))
        if form:
            self._stack_up(slim=form == 2)
        else:
            for column, part in enumerate((self._avatar, self._names, self._chips, self._status, self._buttons)):
                self._grid.addWidget(part, 0, column, middle)
        for column, stretch in enumerate((0, 1, 0, 0, 0) if form else (0, 3, 4, 0, 0)):
            self._grid.setColumnStretch(column, stretch)

    def _stack_up(self, *, slim: bool) -> None:
        grid, middle = self._grid, Qt.AlignmentFlag.AlignVCenter
        grid.addWidget(self._avatar, 0, 0, 2, 1, middle)
        grid.addWidget(self._names, 0, 1, Qt.AlignmentFlag.AlignBottom)
        grid.addWidget(self._status, 1, 1, Qt.AlignmentFlag.AlignTop)
        grid.addWidget(self._chips, 2, 1, 1, 2)
        if slim:
            grid.addWidget(self._buttons, 3, 0, 1, 3)
        else:
            grid.addWidget(self._buttons, 0, 2, 2, 1, middle)


def spoken(view: RowView) -> str:
    """Niamh Walker, due."""
    return f"{view.name}, {view.status[:1].lower()}{view.status[1:]}"


def see_chip(mark: SeeMark) -> QFrame:
    """A mark in full, for the staff view."""
    return _chip(State.BAD if mark.level is SeeLevel.RED else State.WARN, mark.text, SEE_ICONS[mark.kind])


def _aside(why_not: str) -> list[QFrame]:
    return [_chip(State.NEUTRAL, f"Does not count: {why_not}", "account-off-outline")] if why_not else []


def _chip(state: State, words: str, icon_name: str) -> QFrame:
    if len(words) <= LONG:
        return StateChip(state, words, icon_name)
    made = QFrame()
    made.setAccessibleName(words)
    row = QHBoxLayout(made)
    row.setContentsMargins(px(10), px(4), px(12), px(4))
    row.setSpacing(px(7))
    row.addWidget(IconLabel(icon_name, state.colour, 15), 0, Qt.AlignmentFlag.AlignTop)
    text = label(words, wrap=True)
    text.setFixedWidth(px(240))
    row.addWidget(text, 1)
    set_look(made, "chip", state.value)
    return made
