"""A password as it is typed: hidden or shown, with what Caps Lock does to it, and how good a new one is."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from desktop.widgets.fields import LineField
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look

CAPS = "Caps Lock is on."
PAUSE_MS = 350
Weigh = Callable[[str, Callable[[str], object]], object]
"""`weigh(password, done)`: off the UI thread says what is wrong with it, `done("")` for nothing."""


class PasswordField(LineField):
    """Shows dots; a button beside it shows the letters. Value: str exactly as typed, or None.

    With `weigh` a line beneath says in words how good the password is, a moment after the last letter.
    """

    def __init__(self, name: str, words: str, help_words: str = "", *, weigh: Weigh | None = None) -> None:
        self._weigh = weigh
        self._asked = ""
        super().__init__(name, words, help_words)
        self.set_secret()
        # A password is nothing to keep in an undo list, to drag about or to be completed.
        self.line.setDragEnabled(False)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MS)
        self._pause.timeout.connect(self._ask)
        self.line.textChanged.connect(self._typed)

    def strength_words(self) -> str:
        """What is said of the password typed, "" for nothing yet."""
        return self._said.text()

    def caps_words(self) -> str:
        """What is said of Caps Lock."""
        return self._caps.text()

    def set_words(self, words: str) -> None:
        super().set_words(words)
        self._name_button()

    def set_value(self, value: str | None) -> None:
        super().set_value(value)
        self._pause.stop()
        self._show_strength(None)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if watched is self.line and isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            self._look_at(event)
        return super().eventFilter(watched, event)

    def _text(self) -> str:
        return self.line.text()  # exactly as typed, shown or not

    def _control_row(self) -> QWidget:
        row = QWidget()
        across = QHBoxLayout(row)
        across.setContentsMargins(0, 0, 0, 0)
        across.setSpacing(px(8))
        across.addWidget(self.line, 1)
        self.show_button = button("Show", self._turn, icon_name="eye-outline", name=f"Show: {self.words}")
        across.addWidget(self.show_button)
        return row

    def _arrange(self) -> None:
        super()._arrange()
        column = self.layout()
        self._caps = label("", "warn", wrap=True)
        self._said = label("", "small", wrap=True)
        self._icon = IconLabel(State.OK.icon_name, "ok", 16)
        self._strength = QWidget()
        row = QHBoxLayout(self._strength)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(6))
        row.addWidget(self._icon)
        row.addWidget(self._said, 1)
        for each in (self._caps, self._strength):
            each.hide()
            assert column is not None  # laid out just now
            column.addWidget(each)

    def _turn(self) -> None:
        hidden = self.line.echoMode() == QLineEdit.EchoMode.Password
        self.line.setEchoMode(QLineEdit.EchoMode.Normal if hidden else QLineEdit.EchoMode.Password)
        self._name_button()
        self.line.setFocus()

    def _name_button(self) -> None:
        words = "Show" if self.line.echoMode() == QLineEdit.EchoMode.Password else "Hide"
        self.show_button.setText(words)
        self.show_button.setAccessibleName(f"{words}: {self.words}")

    def _look_at(self, event: QKeyEvent) -> None:
        """No system tells of Caps Lock alike; a letter that comes out the wrong way round does."""
        letter = event.text()
        if len(letter) != 1 or not letter.isalpha() or letter.lower() == letter.upper():
            return
        shifted = bool(event.modifiers() & event.modifiers().ShiftModifier)
        self._show_caps(letter.isupper() != shifted)

    def _show_caps(self, on: bool) -> None:
        if on and not self._caps.text():
            announce(self.line, CAPS)
        self._caps.setText(CAPS if on else "")
        self._caps.setVisible(on)

    def _typed(self) -> None:
        if not self.line.text():
            self._show_caps(False)
        if self._weigh is not None:
            self._show_strength(None)
            self._pause.start()

    def _ask(self) -> None:
        typed = self.line.text()
        if self._weigh is None or not typed:
            return
        self._asked = typed
        self._weigh(typed, lambda fault: self._answered(typed, fault))

    def _answered(self, typed: str, fault: str) -> None:
        if typed == self._asked and typed == self.line.text():
            self._show_strength(fault)

    def _show_strength(self, fault: str | None) -> None:
        """`fault` "" for a good password, None for nothing to be said."""
        state = State.WARN if fault else State.OK
        self._icon.set_icon(state.icon_name, state.colour)
        self._said.setText("" if fault is None else fault or "This is hard to guess.")
        set_look(self._said, "tone", "warn" if fault else "ok")
        self._strength.setVisible(fault is not None)
