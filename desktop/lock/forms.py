"""What is asked for on the lock screen: a password, a name and a password, a name and a PIN."""

from collections.abc import Sequence

from PySide6.QtCore import Signal

from desktop.lock.words import LOSES, NO_PIN, NOBODY_HAS_PIN
from desktop.widgets.fields import ChoiceField, LineField
from desktop.widgets.form import Form
from desktop.widgets.password_field import PasswordField
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput, WrongPassphrase


class _Asking(Form):
    """A form whose last field is secret, sent by Enter and emptied by each answer."""

    def __init__(self, words: str, secret: LineField) -> None:
        super().__init__(words)
        self.secret = secret
        secret.set_secret()
        secret.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)
        self.stand_whole()

    def show_error(self, error: Exception) -> None:
        self.secret.set_value(None)
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, self.secret.name)
        super().show_error(error)
        self.secret.setFocus()

    def start(self) -> None:
        """Empty, with the keyboard in the first field."""
        self.secret.set_value(None)
        self.secret.set_error("")
        self.banner.clear()
        self.set_busy(False)
        self.mark_clean()
        self.setFocus()

    def leave(self) -> None:
        self.mark_clean()  # what is typed here is nothing to keep
        super().leave()

    def _ask(self, values: dict[str, object]) -> None:
        empty = next((field for field in values if not values[field]), None)
        if empty is not None:
            field = self.field(empty)
            step = "Choose it first." if isinstance(field, ChoiceField) else "Type it first."
            super().show_error(BadInput(f"{field.words} is empty.", step, empty))
            return
        self.set_busy(True)
        self._send(values)

    def _send(self, values: dict[str, object]) -> None:
        """Each form tells what was typed."""
        raise TypeError(f"{type(self).__name__} sends nothing")


class UnlockForm(_Asking):
    """The password of whoever is signed in.

    Signals:
        asked(str): unlock with this password. other(): somebody else wants to sign in.
    """

    asked = Signal(str)
    other = Signal()

    def __init__(self) -> None:
        super().__init__("Unlock", PasswordField("password", "Password"))
        self.add(self.secret)
        self.back_button.hide()
        self.add_foot(button("Sign in as somebody else", self.other.emit, kind="quiet", icon_name="account-switch"))

    def leave(self) -> None:
        """There is nowhere to go back to."""

    def _send(self, values: dict[str, object]) -> None:
        self.asked.emit(str(values["password"]))


class OtherForm(_Asking):
    """The name and password of somebody else.

    Signals:
        asked(str, str): sign in with this name and password.
    """

    asked = Signal(str, str)

    def __init__(self, before: str) -> None:
        """`before` is who is signed in now."""
        super().__init__("Sign in", PasswordField("password", "Password"))
        self.add(LineField("name", "Name"))
        self.add(self.secret)
        self.add_widget(label(LOSES.format(name=before), "soft", wrap=True))

    def _send(self, values: dict[str, object]) -> None:
        self.asked.emit(str(values["name"]), str(values["password"]))


class PinForm(_Asking):
    """The name and PIN of whoever takes the register.

    Signals:
        asked(str, str): start with this name and PIN.
    """

    asked = Signal(str, str)

    def __init__(self, names: Sequence[str]) -> None:
        """`names` are those who have a PIN; where nobody has, it only says how to get one."""
        super().__init__("Start the register", LineField("pin", "PIN", width=160))
        if names:
            self.add(ChoiceField("name", "Name", [(name, name) for name in names], none_words="Choose your name"))
            self.add(self.secret)
            if len(names) == 1:  # there is nothing to choose
                self.set_values({"name": names[0]})
                self.setFocusProxy(self.secret)
        else:
            self.save_button.hide()
        self.add_widget(label(NO_PIN if names else NOBODY_HAS_PIN, "soft", wrap=True))

    def _send(self, values: dict[str, object]) -> None:
        self.asked.emit(str(values["name"]), str(values["pin"]))
