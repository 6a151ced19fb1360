"""What is known, line by line: a quiet word at the left, what is so at the right."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import label, set_look


@dataclass(frozen=True)
class Fact:
    """One line: `words` ("School"), what is so ("" is shown as `none`), a state where it matters, its own picture."""

    words: str
    value: str
    state: State | None = None
    none: str = "Not known"
    icon: str = ""


class Facts(QWidget):
    """Lines of facts; long values go on in the next line."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(7))
        self._grid.setColumnMinimumWidth(0, px(116))
        self._grid.setColumnStretch(1, 1)
        self._facts: tuple[Fact, ...] = ()

    def set_facts(self, facts: Sequence[Fact]) -> None:
        """Shows these lines."""
        if tuple(facts) == self._facts:
            return
        self._facts = tuple(facts)
        clear_layout(self._grid)
        for at, fact in enumerate(facts):
            words = label(fact.words, "soft", wrap=True)
            words.setMaximumWidth(px(150))
            self._grid.addWidget(words, at, 0, Qt.AlignmentFlag.AlignTop)
            self._grid.addWidget(_value(fact), at, 1, Qt.AlignmentFlag.AlignTop)

    def facts(self) -> tuple[Fact, ...]:
        """The lines shown."""
        return self._facts


def _value(fact: Fact) -> QWidget:
    said = label(fact.value or fact.none, "" if fact.value else "soft", wrap=True)
    said.setAccessibleName(f"{fact.words}: {fact.value or fact.none}")
    said.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    if fact.state is None:
        return said
    if fact.state in (State.OK, State.WARN, State.BAD):
        set_look(said, "tone", "" if fact.state is State.OK else fact.state.value)
    both = QWidget()
    row = QHBoxLayout(both)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(px(8))
    row.addWidget(IconLabel(fact.icon or fact.state.icon_name, fact.state.colour, 17), 0, Qt.AlignmentFlag.AlignTop)
    row.addWidget(said, 1)
    return both
