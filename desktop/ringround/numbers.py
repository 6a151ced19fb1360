"""Whom to ring, in order: large numbers that can be selected and copied."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.text import icon_button, label
from models.people.queries import Contact
from models.readiness.ringround import numbers_of


class Numbers(QWidget):
    """The numbers of one family.

    Signals:
        copied(number): one was put on the clipboard.
    """

    copied = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._contacts: tuple[Contact, ...] | None = None
        self._lines = QVBoxLayout(self)
        self._lines.setContentsMargins(0, 0, 0, 0)
        self._lines.setSpacing(px(4))

    def show_contacts(self, contacts: Sequence[Contact]) -> None:
        """Shows these, the first to ring first."""
        if self._contacts == tuple(contacts):
            return
        self._contacts = tuple(contacts)
        clear_layout(self._lines)
        for place, contact in enumerate(contacts, start=1):
            self._add(place, contact)
        if not contacts:
            self._lines.addWidget(label("No number is known for this family.", "warn", wrap=True))

    def _add(self, place: int, contact: Contact) -> None:
        who = f"{place}. {contact.name}"
        self._lines.addWidget(label(f"{who} · {contact.relationship}" if contact.relationship else who, wrap=True))
        numbers = numbers_of(contact)
        if not numbers:
            self._lines.addWidget(label("No number is known.", "warn"))
        for at, number in enumerate(numbers):
            row = QHBoxLayout()
            row.setSpacing(px(14))
            row.addWidget(_large(number, at == 0))
            row.addWidget(icon_button("content-copy", f"Copy {number}", lambda number=number: self._copy(number)))  # type: ignore[misc] # bound per turn
            row.addStretch(1)
            self._lines.addLayout(row)

    def _copy(self, number: str) -> None:
        QGuiApplication.clipboard().setText(number)
        self.copied.emit(number)


def _large(number: str, first: bool) -> QWidget:
    made = label(number, "number" if first else "row")
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.setCursor(Qt.CursorShape.IBeamCursor)
    return made
