"""The numbers at the top: in now, due, out, adults counting, how many more may come in, and the ratio chip."""

from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QVBoxLayout, QWidget

from desktop.registers.words import ratio_words
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import announce, label, set_look
from models.registers.rules import Live

NUMBERS = ("in now", "due", "out", "adults counting", "more may come in")


class Numbers(QFrame):
    """Figures and a chip; a ratio that breaks or heals is announced."""

    def __init__(self) -> None:
        super().__init__()
        self.setProperty("card", "true")
        self.setAccessibleName("How many are here")
        self._figures = {words: label("", "number") for words in NUMBERS}
        self._blocks = {words: self._block(words) for words in NUMBERS}
        self.chip = StateChip(State.NEUTRAL, "")
        self._compact: bool | None = None
        self._row = QHBoxLayout(self)
        self._row.addWidget(Flow([*self._blocks.values(), self.chip]), 1)
        self.set_compact(False)

    def set_compact(self, compact: bool) -> None:
        """Every number beside its words in one low line, where there is little height; else large over them."""
        if compact is self._compact:
            return
        self._compact = compact
        side, above = (12, 2) if compact else (18, 8)
        self._row.setContentsMargins(px(side), px(above), px(side), px(above))
        for words, block in self._blocks.items():
            set_look(self._figures[words], "tone", "strong" if compact else "number")
            column = block.layout()
            assert isinstance(column, QBoxLayout)  # made so below
            column.setDirection(QBoxLayout.Direction.LeftToRight if compact else QBoxLayout.Direction.TopToBottom)
            column.setSpacing(px(5) if compact else 0)
            column.setContentsMargins(0, 0, px(6 if compact else 22), 0)

    def show_live(self, live: Live, per_adult: int) -> None:
        """Shows the count of this moment."""
        values = dict(zip(NUMBERS, (live.inside, live.due, live.out, live.adults, live.more), strict=True))
        for words, value in values.items():
            self._figures[words].setText(str(value))
            self._blocks[words].setAccessibleName(f"{value} {words}")
        fine, words = ratio_words(live, per_adult)
        changed = self.chip.text() not in ("", words)
        self.chip.set(State.OK if fine else State.BAD, words)
        if changed:
            announce(self.chip, words)

    def number(self, words: str) -> int:
        """The figure over these words."""
        return int(self._figures[words].text() or 0)

    def _block(self, words: str) -> QWidget:
        made = QWidget()
        column = QVBoxLayout(made)
        column.addWidget(self._figures[words])
        column.addWidget(label(words, "small"))
        return made
