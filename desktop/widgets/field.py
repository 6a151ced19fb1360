"""What every form field is: label above, help below, and errors in words where they belong."""

from typing import Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.meanwhile import Meanwhile
from desktop.widgets.metrics import px
from desktop.widgets.text import announce, label, set_look
from models.kernel.errors import BadInput

V = TypeVar("V")


class Field(QWidget, Generic[V]):
    """Base of a form field.

    A kind of field gives `_read` (what is typed -> value, ValueError with a sentence when it cannot be read) and
    `_write` (value -> what is shown).

    Attributes:
        name: the key in a form's values, and the `BadInput.field` that points here.

    Signals:
        changed(): whenever the person alters what is in it.
    """

    changed = Signal()

    def __init__(
        self, name: str, words: str, control: QWidget, help_words: str = "", *, optional: bool = False
    ) -> None:
        super().__init__()
        self.name = name
        self.words = words
        self.control = control
        self._label = label(f"{words} (optional)" if optional else words, "strong")
        self._label.setBuddy(control)
        self._help = label(help_words, "small", wrap=True)
        if not help_words:
            self._help.hide()  # shown before it has a parent it would be a window of its own
        self._error = label("", "error", wrap=True)
        self._error_row = QWidget()
        error = QHBoxLayout(self._error_row)
        error.setContentsMargins(0, 0, 0, 0)
        error.setSpacing(px(6))
        error.addWidget(IconLabel("alert-circle-outline", "bad", 16))
        error.addWidget(self._error, 1)
        self._error_row.hide()
        self._meanwhile = Meanwhile(words)
        self._meanwhile.taken.connect(self._take)
        control.setAccessibleName(words)
        control.setAccessibleDescription(help_words)
        control.installEventFilter(self)
        self.setFocusProxy(control)
        self._arrange()

    def value(self) -> V | None:
        """What it holds; None when left empty. Raises BadInput with this field's name when it cannot be read."""
        try:
            return self._read()
        except ValueError as wrong:
            raise BadInput(f"{wrong}.", field=self.name) from None

    def set_value(self, value: V | None) -> None:
        """Shows a value; None empties the field."""
        self._write(value)
        self.set_error("")
        self._meanwhile.hide()

    def words_of(self, value: V | None) -> str:
        """A value as this field would show it, in words."""
        return "nothing" if value is None or value == "" else str(value)

    def show_meanwhile(self, value: V | None) -> None:
        """Says below what is typed that somebody else saved this value meanwhile, and offers to take it."""
        self._meanwhile.show_value(value, self.words_of(value))

    def set_error(self, sentence: str) -> None:
        """Says at the field what is wrong; "" takes it away."""
        self._error.setText(sentence)
        self._error_row.setVisible(bool(sentence))
        set_look(self.control, "wrong", "true" if sentence else "false")
        self.control.setAccessibleDescription(sentence or self._help.text())
        if sentence:
            announce(self.control, f"{self.words}: {sentence}")

    def error(self) -> str:
        """The sentence shown, "" for none."""
        return self._error.text()

    def set_help(self, help_words: str) -> None:
        """The quieter line below: what to type, or a live warning that does not stop anyone."""
        self._help.setText(help_words)
        self._help.setVisible(bool(help_words))

    def set_words(self, words: str) -> None:
        """Other words above it."""
        self.words = words
        self._label.setText(words)
        self.control.setAccessibleName(words)

    def check(self) -> bool:
        """Reads the field, saying so at the field when it cannot be read; True when all is well."""
        try:
            self.value()
        except BadInput as wrong:
            self.set_error(wrong.what)
            return False
        self.set_error("")
        return True

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # Wrong spelling is pointed out when the field is left, not at every letter.
        if watched is self.control and event.type() == QEvent.Type.FocusOut and not self.error():
            self.check()
        return super().eventFilter(watched, event)

    def _read(self) -> V | None:
        """Each field reads its own control."""
        raise TypeError(f"{type(self).__name__} does not read its control")

    def _write(self, value: V | None) -> None:
        """Each field writes its own control."""
        raise TypeError(f"{type(self).__name__} does not write its control")

    def _touched(self) -> None:
        if self.error():
            self.set_error("")
        self.changed.emit()

    def _take(self, value: object) -> None:
        self.set_value(value)  # type: ignore[arg-type] # the very value that was given to show_meanwhile
        self.setFocus()
        self.changed.emit()

    def _arrange(self) -> None:
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(5))
        if not isinstance(self.control, QAbstractButton):
            column.addWidget(self._label)
        column.addWidget(self._control_row())
        column.addWidget(self._error_row)
        column.addWidget(self._meanwhile)
        column.addWidget(self._help)
        column.addStretch(1)

    def _control_row(self) -> QWidget:
        return self.control

    def label_widget(self) -> QLabel:
        """The words above the field."""
        return self._label
