"""A form field for where a file is, or will be."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.widgets.field import Field
from desktop.widgets.metrics import px
from desktop.widgets.text import button


class PathField(Field[Path]):
    """A path that can be typed or chosen. Value: Path or None."""

    def __init__(self, name: str, words: str, choose: Callable[[], str], help_words: str = "") -> None:
        """`choose` shows the system's own window for it and gives the path, "" for none."""
        self.line = QLineEdit()
        self._choose = choose
        super().__init__(name, words, self.line, help_words)
        self.line.textChanged.connect(self._touched)

    def _read(self) -> Path | None:
        text = self.line.text().strip()
        return Path(text).expanduser() if text else None

    def _write(self, value: Path | None) -> None:
        with QSignalBlocker(self.line):
            self.line.setText(str(value) if value else "")

    def _control_row(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(8))
        across.addWidget(self.line, 1)
        self.choose_button = button(
            "Choose…", self._press, icon_name="folder-open-outline", name=f"Choose: {self.words}"
        )
        across.addWidget(self.choose_button)
        return row

    def _press(self) -> None:
        chosen = self._choose()
        if chosen:
            self.set_value(Path(chosen))
            self._touched()
