"""Rows of people around a child: contacts in call order, who may and must not collect."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.people.words import first_up
from desktop.widgets.card import clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, icon_button, label, rule
from models.access.rules import Permission
from models.people.queries import Collector, Contact
from models.people.rules import CollectorKind, ContactKind

EDIT = Permission.EDIT_FAMILIES


class Rows(QWidget):
    """Rows with hairlines between them, made anew each time; the keyboard stays with the same person."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(8))
        self._widgets: list[QWidget] = []

    def set_rows(self, widgets: Sequence[QWidget], empty: str) -> None:
        """Shows these; `objectName` of a row says whose it is."""
        held = self._held()
        clear_layout(self._column)
        self._widgets = list(widgets)
        for at, widget in enumerate(widgets):
            if at:
                self._column.addWidget(rule())
            self._column.addWidget(widget)
            widget.show()
        if not widgets:
            self._column.addWidget(label(empty, "soft", wrap=True))
        if held is not None:
            self._give_back(*held)

    def _held(self) -> tuple[str, str] | None:
        for row in self._widgets:
            for each in row.findChildren(QAbstractButton):
                if each.hasFocus():
                    return row.objectName(), each.accessibleName()
        return None

    def _give_back(self, whose: str, name: str) -> None:
        for row in self._widgets:
            if row.objectName() == whose:
                able = [each for each in row.findChildren(QAbstractButton) if each.isEnabled()]
                same = [each for each in able if each.accessibleName() == name]
                if able:
                    (same or able)[0].setFocus(Qt.FocusReason.OtherFocusReason)


def contact_row(contact: Contact, last: bool, move: Callable[[int], object], edit: Callable[[], object]) -> QWidget:
    """A contact: place, name, numbers, what they are; up, down and edit. Alt+Up and Alt+Down move it too."""
    row = QWidget()
    row.setObjectName(str(contact.id))
    row.setAccessibleName(f"{contact.call_order}, {contact.name}")
    place = contact.call_order
    up = icon_button("arrow-up", f"Ring {contact.name} earlier", lambda: move(place - 1), needs=EDIT)
    down = icon_button("arrow-down", f"Ring {contact.name} later", lambda: move(place + 1), needs=EDIT)
    up.setToolTip("Ring earlier: Alt+Up")
    down.setToolTip("Ring later: Alt+Down")
    up.setEnabled(place > 1)
    down.setEnabled(not last)
    for keys, made in (("Alt+Up", up), ("Alt+Down", down)):
        short = QShortcut(QKeySequence(keys), row)
        short.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        short.activated.connect(made.click)
    line = _line(row)
    line.addWidget(label(str(place), "strong"), 0, Qt.AlignmentFlag.AlignTop)
    line.addLayout(_who(contact.name, _contact_words(contact), _contact_chips(contact)), 1)
    for each in (up, down, _edit_button(contact.name, edit)):
        line.addWidget(each, 0, Qt.AlignmentFlag.AlignTop)
    return row


def collector_row(one: Collector, edit: Callable[[], object]) -> QWidget:
    """Somebody who may or must not collect; a password is shown only when asked for."""
    row = QWidget()
    row.setObjectName(str(one.id))
    must_not = one.kind is CollectorKind.MUST_NOT
    row.setAccessibleName(f"{one.name} {one.kind}")
    words = [" · ".join(part for part in (first_up(one.relationship), one.phone) if part)]
    if one.reason:
        words.append(first_up(one.reason))
    chips = [StateChip(State.BAD, "Must not collect", "account-cancel")] if must_not else []
    line = _line(row)
    who = _who(one.name, [each for each in words if each], chips)
    if one.password:
        who.addWidget(Flow([_password_button(one)]))
    line.addLayout(who, 1)
    line.addWidget(_edit_button(one.name, edit), 0, Qt.AlignmentFlag.AlignTop)
    return row


def _password_button(one: Collector) -> QPushButton:
    made = button("Show password", kind="quiet", icon_name="eye-outline", name=f"Show the password of {one.name}")

    def turn() -> None:
        hidden = made.text() == "Show password"
        made.setText((f"Password: {one.password}" if hidden else "Show password").replace("&", "&&"))
        made.setAccessibleName(f"Password: {one.password}" if hidden else f"Show the password of {one.name}")

    made.clicked.connect(lambda _checked=False: turn())
    return made


def _line(row: QWidget) -> QHBoxLayout:
    line = QHBoxLayout(row)
    line.setContentsMargins(0, 0, 0, 0)
    line.setSpacing(px(8))
    return line


def _who(name: str, lines: Sequence[str], chips: Sequence[QWidget]) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(px(3))
    column.addWidget(label(name, "strong", wrap=True))
    for words in lines:
        made = label(words, wrap=True)
        made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        column.addWidget(made)
    if chips:
        column.addWidget(Flow(chips))
    return column


def _edit_button(name: str, edit: Callable[[], object]) -> QPushButton:
    return icon_button("pencil-outline", f"Edit {name}", edit, needs=EDIT)


def _contact_words(contact: Contact) -> list[str]:
    first = [first_up(contact.relationship), *([] if contact.kind is ContactKind.PARENT else ["Emergency contact"])]
    phones = [contact.phone, contact.other_phone]
    lines = (" · ".join(each for each in part if each) for part in (first, phones, [contact.email]))
    return [line for line in lines if line]


def _contact_chips(contact: Contact) -> list[QWidget]:
    chips: list[QWidget] = []
    if contact.parental_responsibility:
        chips.append(StateChip(State.BRAND, "Parental responsibility", "draw"))
    if contact.parent_carer:
        chips.append(StateChip(State.NEUTRAL, "Carer too", "hand-heart-outline"))
    return chips
