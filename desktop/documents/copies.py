"""The copies of a trip pack: who has which, and what became of it."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.documents.order import where_it_is
from desktop.widgets.card import Card
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label, rule
from models.documents.queries import Copy
from models.kernel.words import counted


class CopiesCard(Card):
    """Signals:
    handed_out(): the copies just printed are with those who carry them.
    back(Copy), shredded(Copy): what became of one.
    """

    handed_out = Signal()
    back = Signal(object)
    shredded = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("Copies of this trip pack", parent)
        self._copies: tuple[Copy, ...] = ()
        self._new: tuple[str, ...] = ()
        self._fill()

    def set_copies(self, copies: Sequence[Copy]) -> None:
        """The copies there are, by number."""
        self._copies = tuple(copies)
        self._fill()

    def set_new(self, holders: Sequence[str]) -> None:
        """Copies printed just now and not handed out yet, in the order of their numbers; none for no such copies."""
        self._new = tuple(holders)
        self._fill()

    def _fill(self) -> None:
        self.clear()
        if not self._copies and not self._new:
            self.body.addWidget(label("None has been handed out yet.", "soft", wrap=True))
        for copy in self._copies:
            self.body.addWidget(self._row(copy))
            self.body.addWidget(rule())
        if self._new:
            words = f"Hand out {counted(len(self._new), 'copy', 'copies')}"
            self.body.addWidget(label(f"Just made: for {', '.join(self._new)}.", "soft", wrap=True))
            self.body.addWidget(
                button(words, self.handed_out.emit, kind="call", icon_name="account-arrow-right-outline")
            )

    def _row(self, copy: Copy) -> QWidget:
        row = QWidget()
        named = f"Copy {copy.number} · {copy.holder}"
        row.setAccessibleName(f"{named}: {where_it_is(copy)}")
        column = QVBoxLayout(row)
        column.setContentsMargins(0, px(4), 0, px(4))
        column.setSpacing(px(4))
        column.addWidget(label(named, "strong", wrap=True))
        column.addWidget(label(where_it_is(copy), "small"))
        buttons = QHBoxLayout()
        buttons.setSpacing(px(8))
        if copy.out:
            name = f"Copy {copy.number} is back"
            buttons.addWidget(button("Back", lambda: self.back.emit(copy), icon_name="keyboard-return", name=name))
        if copy.shredded_at is None:
            name = f"Copy {copy.number} is shredded"
            buttons.addWidget(button("Shredded", lambda: self.shredded.emit(copy), icon_name="shredder", name=name))
        buttons.addStretch(1)
        column.addLayout(buttons)
        return row
