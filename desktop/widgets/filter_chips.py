"""Filters over a list: one chip each, with how many it would show; one is always on."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import choice_button


@dataclass(frozen=True)
class Chip:
    """One filter: its key, its words, and how many it shows."""

    key: Hashable
    words: str
    count: int


class FilterChips(QWidget):
    """A row of chips that goes on in the next line; with little room, a list that drops down.

    Signals:
        chosen(key): another chip was pressed.
    """

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._flow = Flow()
        self._group = QButtonGroup(self)
        self._box = QComboBox()
        self._box.setAccessibleName(name)
        self._box.setAccessibleDescription(name)  # a combo box is read out as what is chosen in it
        self._box.hide()
        self._buttons: dict[Hashable, QPushButton] = {}
        self._current: Hashable = None
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self._flow)
        column.addWidget(self._box)
        self._box.activated.connect(lambda at: self._press(list(self._buttons)[at]))

    def set_chips(self, chips: Sequence[Chip]) -> None:
        """Shows these; a chip that is still there keeps its button, and so the keyboard."""
        if [chip.key for chip in chips] != list(self._buttons):
            self._make(chips)
        for chip in chips:
            made = self._buttons[chip.key]
            made.setText(f"{chip.words} {chip.count}".replace("&", "&&"))
            made.setAccessibleName(f"{chip.words}, {chip.count}")
        self._box.clear()
        self._box.addItems([f"{chip.words} {chip.count}" for chip in chips])
        self._fit()
        self.set_current(self._current)

    def set_current(self, key: Hashable) -> None:
        """Presses a chip in, without telling."""
        self._current = key
        if key in self._buttons:
            self._buttons[key].setChecked(True)
            self._box.setCurrentIndex(list(self._buttons).index(key))

    def current(self) -> Hashable:
        """The key of the chip pressed in."""
        return self._current

    def button_of(self, key: Hashable) -> QPushButton:
        """The button of a chip. Raises KeyError."""
        return self._buttons[key]

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def minimumSizeHint(self) -> QSize:
        return QSize(px(160), super().minimumSizeHint().height())

    def _fit(self) -> None:
        """Chips that would need more than two lines give way to one list that drops down."""
        long = self._flow.sizeHint().width() > 1.7 * self.width()
        if long != self._box.isVisibleTo(self):
            self._flow.setVisible(not long)
            self._box.setVisible(long)

    def _make(self, chips: Sequence[Chip]) -> None:
        held = next((key for key, made in self._buttons.items() if made.hasFocus()), None)
        self._buttons = {}
        for chip in chips:
            made = choice_button(chip.words, partial(self._press, chip.key))
            self._group.addButton(made)
            self._buttons[chip.key] = made
        self._flow.set_widgets(list(self._buttons.values()))
        if held in self._buttons:
            self._buttons[held].setFocus()

    def _press(self, key: Hashable) -> None:
        self.set_current(key)
        self.chosen.emit(key)
