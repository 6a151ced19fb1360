"""Ring home: who is not here and has sent no word, with the numbers to ring in their order."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.registers.reading import HomeCall
from desktop.widgets.card import clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, icon_button, label, rule, set_look
from models.people.queries import Contact
from models.registers.rules import MarkKind

WORDS = {MarkKind.LATE: "On the way", MarkKind.ABSENT: "Absent, told us"}


class RingHome(QWidget):
    """A block for each child: contacts in call order, and what came of the call.

    Signals:
        told(HomeCall, MarkKind): on the way, or absent. unanswered(HomeCall): nobody answered.
    """

    told = Signal(object, object)
    unanswered = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._blocks = QVBoxLayout()
        self._blocks.setSpacing(px(12))
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.addLayout(self._blocks)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)
        self._shown: tuple[HomeCall, ...] = ()

    def show_calls(self, calls: Sequence[HomeCall]) -> None:
        """Shows these children, in the register's order."""
        if tuple(calls) == self._shown and self._blocks.count():
            return
        self._shown = tuple(calls)
        clear_layout(self._blocks)
        for number, call in enumerate(calls):
            if number:
                self._blocks.addWidget(rule())
            self._blocks.addWidget(self._block(call))
        if not calls:
            self._blocks.addWidget(label("Everybody is here, or has sent word.", "soft", wrap=True))

    def children_shown(self) -> tuple[UUID, ...]:
        """Whom it lists."""
        return tuple(call.child_id for call in self._shown)

    def _block(self, call: HomeCall) -> QWidget:
        made = QFrame()
        made.setAccessibleName(f"Ring home about {call.called}")
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(label(call.called, "row", wrap=True))
        if call.note:
            column.addWidget(label(call.note, "small", wrap=True))
        for contact in call.contacts:
            column.addLayout(_contact(contact))
        if not call.contacts:
            column.addWidget(label("No number is written down. Ask the lead.", "warn", wrap=True))
        column.addWidget(Flow(self._answers(call)))
        return made

    def _answers(self, call: HomeCall) -> list[QPushButton]:
        made = [
            button(words, self._telling(call, kind), name=f"{call.called}: {words.lower()}", big=True)
            for kind, words in WORDS.items()
        ]
        silent = button("No answer", lambda: self.unanswered.emit(call), name=f"{call.called}: no answer", big=True)
        return [*made, silent]

    def _telling(self, call: HomeCall, kind: MarkKind) -> Callable[[], object]:
        return lambda: self.told.emit(call, kind)


def _contact(contact: Contact) -> QVBoxLayout:
    about = f"{contact.name}, {contact.relationship}" if contact.relationship else contact.name
    column = QVBoxLayout()
    column.setSpacing(0)
    column.addWidget(label(f"{contact.call_order}. {about}", "small", wrap=True))
    for number in (contact.phone, contact.other_phone):
        if number:
            column.addLayout(_number(contact.name, number))
    if not contact.phone and not contact.other_phone:
        column.addWidget(label("No number", "soft"))
    return column


def _number(name: str, number: str) -> QHBoxLayout:
    shown = label(number, "title")
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    shown.setAccessibleName(f"{name}: {number}")
    copy = icon_button("content-copy", f"Copy the number of {name}")
    copy.clicked.connect(lambda _checked=False: _copy(copy, number))
    row = QHBoxLayout()
    row.addWidget(shown, 1)
    row.addWidget(copy)
    return row


def _copy(where: QPushButton, number: str) -> None:
    QGuiApplication.clipboard().setText(number)
    where.setToolTip("Copied")
    announce(where, "Copied")
