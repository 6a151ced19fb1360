"""The line below a field when somebody else saved another value while it was being typed in."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label


class Meanwhile(QWidget):
    """Both values can be seen: what is typed, above, and what was saved meanwhile, here with a way to take it.

    Signals:
        taken(object): the value saved meanwhile is wanted.
    """

    taken = Signal(object)

    def __init__(self, field_words: str) -> None:
        super().__init__()
        self._field_words = field_words
        self._value: object = None
        self._words = label("", "small", wrap=True)
        self.take_button = button("Use this", lambda: self.taken.emit(self._value), kind="quiet")
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(IconLabel("account-edit-outline", "warn", 16))
        row.addWidget(self._words, 1)
        row.addWidget(self.take_button)
        self.hide()

    def show_value(self, value: object, words: str) -> None:
        """Shows the value, worded as its field would show it."""
        self._value = value
        said = f"Saved meanwhile: {words}"
        self._words.setText(said)
        self.take_button.setAccessibleName(f"Use this for {self._field_words.lower()}: {words}")
        self.show()
        announce(self, f"{self._field_words}: {said}")

    def words(self) -> str:
        """What is said, "" while nothing is."""
        return "" if self.isHidden() else self._words.text()
