"""The kinds of form field: `Kind(name, words, help_words, optional=False)`, `value()`, `set_value()`, `set_error()`."""

from collections.abc import Hashable, Sequence
from datetime import time
from typing import Any

from PySide6.QtCore import QSignalBlocker
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit

from desktop.widgets.field import Field
from desktop.widgets.metrics import px
from models.kernel.dates import clock_text, parse_time
from models.kernel.money import parse_pounds, pounds


class _Typed(Field[Any]):
    """A field that is one line of typing."""

    def __init__(
        self,
        name: str,
        words: str,
        help_words: str = "",
        *,
        optional: bool = False,
        placeholder: str = "",
        width: int = 0,
    ) -> None:
        """`width` in pixels at 100 % for short things; 0 fills the room there is."""
        self.line = QLineEdit()
        self.line.setPlaceholderText(placeholder)
        if width:
            self.line.setMaximumWidth(px(width))
        super().__init__(name, words, self.line, help_words, optional=optional)
        self.line.textChanged.connect(self._touched)

    def _text(self) -> str:
        return " ".join(self.line.text().split())

    def _show(self, text: str) -> None:
        with QSignalBlocker(self.line):
            self.line.setText(text)


class LineField(_Typed):
    """One line of words. Value: str with single spaces, or None."""

    def _read(self) -> str | None:
        return self._text() or None

    def _write(self, value: str | None) -> None:
        self._show(value or "")

    def set_secret(self) -> None:
        """Shows dots for what is typed: a passphrase, which is then taken exactly as typed."""
        self.line.setEchoMode(QLineEdit.EchoMode.Password)

    def _text(self) -> str:
        if self.line.echoMode() == QLineEdit.EchoMode.Password:
            return self.line.text()
        return super()._text()


class TimeField(_Typed):
    """A time typed 10:42 (or 1042, 9.30, 2pm). Value: datetime.time or None."""

    def __init__(self, name: str, words: str, help_words: str = "", *, optional: bool = False) -> None:
        super().__init__(name, words, help_words, optional=optional, placeholder="10:42", width=120)

    def words_of(self, value: time | None) -> str:
        return clock_text(value) if value is not None else super().words_of(value)

    def _read(self) -> time | None:
        return parse_time(self._text()) if self._text() else None

    def _write(self, value: time | None) -> None:
        self._show(clock_text(value) if value is not None else "")


class NumberField(_Typed):
    """A whole number. Value: int or None. `least` and `most` are what can be typed at all, not a rule."""

    def __init__(
        self,
        name: str,
        words: str,
        help_words: str = "",
        *,
        optional: bool = False,
        least: int = 0,
        most: int = 9999,
    ) -> None:
        self._least, self._most = least, most
        super().__init__(name, words, help_words, optional=optional, width=120)

    def _read(self) -> int | None:
        text = self._text().replace(",", "")
        if not text:
            return None
        try:
            number = int(text)
        except ValueError:
            raise ValueError(f"“{text}” is not a whole number; write it like 12") from None
        if not self._least <= number <= self._most:
            raise ValueError(f"Write a number from {self._least:,} to {self._most:,}")
        return number

    def _write(self, value: int | None) -> None:
        self._show("" if value is None else str(value))


class MoneyField(_Typed):
    """An amount typed 45, 45.50 or £1,234.50. Value: whole pence or None."""

    def __init__(self, name: str, words: str, help_words: str = "", *, optional: bool = False) -> None:
        super().__init__(name, words, help_words, optional=optional, placeholder="£45.00", width=160)

    def words_of(self, value: int | None) -> str:
        return pounds(value) if value is not None else super().words_of(value)

    def _read(self) -> int | None:
        return parse_pounds(self._text()) if self._text() else None

    def _write(self, value: int | None) -> None:
        self._show(pounds(value))


class LongTextField(Field[str]):
    """Several lines of words; Tab leaves it. Value: str or None."""

    def __init__(self, name: str, words: str, help_words: str = "", *, optional: bool = False, lines: int = 4) -> None:
        self.box = QPlainTextEdit()
        self.box.setTabChangesFocus(True)
        self.box.setFixedHeight(px(22 * lines + 18))
        super().__init__(name, words, self.box, help_words, optional=optional)
        self.box.textChanged.connect(self._touched)

    def _read(self) -> str | None:
        return self.box.toPlainText().strip() or None

    def _write(self, value: str | None) -> None:
        with QSignalBlocker(self.box):
            self.box.setPlainText(value or "")


class ChoiceField(Field[Any]):
    """One of a few things. Value: the chosen value, or None for none yet.

    `choices` are (value, words); with `none_words` ("Not known") there is a choice of None on top.
    """

    def __init__(
        self,
        name: str,
        words: str,
        choices: Sequence[tuple[Hashable, str]],
        help_words: str = "",
        *,
        optional: bool = False,
        none_words: str = "",
    ) -> None:
        self.box = QComboBox()
        # As wide as the form, not as the longest thing in it: a long name would push the form over its edge.
        self.box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.box.setMinimumContentsLength(8)
        self._none_words = none_words
        self._values: list[Hashable | None] = []
        super().__init__(name, words, self.box, help_words, optional=optional)
        self.set_choices(choices)
        self.box.currentIndexChanged.connect(self._touched)

    def set_choices(self, choices: Sequence[tuple[Hashable, str]]) -> None:
        """Offers other things, keeping what is chosen if it is still among them."""
        kept = self._read() if self._values else None
        with QSignalBlocker(self.box):
            self.box.clear()
            self._values = [None] if self._none_words else []
            if self._none_words:
                self.box.addItem(self._none_words)
            for value, words in choices:
                self._values.append(value)
                self.box.addItem(words)
        self._write(kept)

    def words_of(self, value: Any) -> str:
        if value not in self._values:
            return super().words_of(None)
        return self.box.itemText(self._values.index(value))

    def _read(self) -> Any:
        at = self.box.currentIndex()
        return self._values[at] if at >= 0 else None

    def _write(self, value: Any) -> None:
        with QSignalBlocker(self.box):
            self.box.setCurrentIndex(self._values.index(value) if value in self._values else -1)


class TickField(Field[bool]):
    """A tick box with its words beside it. Value: True or False."""

    def __init__(self, name: str, words: str, help_words: str = "") -> None:
        self.box = QCheckBox(words.replace("&", "&&"))
        super().__init__(name, words, self.box, help_words)
        self.box.toggled.connect(self._touched)

    def words_of(self, value: bool | None) -> str:
        return "ticked" if value else "not ticked"

    def _read(self) -> bool:
        return self.box.isChecked()

    def _write(self, value: bool | None) -> None:
        with QSignalBlocker(self.box):
            self.box.setChecked(bool(value))
