"""One of a few things, each a row with a line about it: for a choice people should read before they make it."""

from collections.abc import Hashable, Sequence
from typing import Any

from PySide6.QtCore import QSignalBlocker, Qt
from PySide6.QtWidgets import QButtonGroup, QRadioButton, QVBoxLayout, QWidget

from desktop.widgets.field import Field
from desktop.widgets.metrics import px
from desktop.widgets.text import label


class RadioRows(Field[Any]):
    """Radio buttons, each with its line beneath. Value: the chosen value, or None before any was chosen."""

    def __init__(
        self, name: str, words: str, choices: Sequence[tuple[Hashable, str, str]], help_words: str = ""
    ) -> None:
        """`choices` are (value, words, the line beneath); a value of None is a choice like the others."""
        self._values = [value for value, _words, _line in choices]
        self._group = QButtonGroup()
        self._box = QWidget()
        column = QVBoxLayout(self._box)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(2))
        for at, (_value, said, line) in enumerate(choices):
            made = QRadioButton(said.replace("&", "&&"))
            made.setAccessibleName(said)
            made.setAccessibleDescription(line)
            made.setCursor(Qt.CursorShape.PointingHandCursor)
            beneath = label(line, "small", wrap=True)
            beneath.setContentsMargins(px(28), 0, 0, px(6))
            self._group.addButton(made, at)
            column.addWidget(made)
            column.addWidget(beneath)
        super().__init__(name, words, self._box, help_words)
        self._group.setParent(self)
        first = self._group.button(0)
        if first is not None:
            self._box.setFocusProxy(first)
        self._group.idToggled.connect(self._turned)

    def button_of(self, value: Hashable) -> QRadioButton:
        """The radio button of a choice. Raises ValueError."""
        found = self._group.button(self._values.index(value))
        assert isinstance(found, QRadioButton)  # one was made for each choice
        return found

    def _turned(self, _at: int, on: bool) -> None:
        if on:
            self._touched()

    def _read(self) -> Any:
        at = self._group.checkedId()
        return self._values[at] if at >= 0 else None

    def _write(self, value: Any) -> None:
        with QSignalBlocker(self._group):
            if value in self._values:
                self.button_of(value).setChecked(True)
                self._box.setFocusProxy(self.button_of(value))
