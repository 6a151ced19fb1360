"""The forms about people: somebody new, what somebody is here to do, a new file key."""

from PySide6.QtWidgets import QHBoxLayout, QPushButton, QWidget

from desktop.access import words
from desktop.access.table import Person
from desktop.widgets.edit_panel import EditForm
from desktop.widgets.fields import LineField, TickField
from desktop.widgets.form import Form
from desktop.widgets.password_field import PasswordField
from desktop.widgets.radio_rows import RadioRows
from desktop.widgets.text import button, label
from models.access.rules import Role
from models.kernel.errors import BadInput, LosesConcerns, WrongPassphrase


def _roles() -> RadioRows:
    return RadioRows("role", "Here as", words.ROLES)


def _tick() -> TickField:
    return TickField("safeguarding", words.LEAD_TICK, words.LEAD_HELP)


class AddForm(Form):
    """Somebody new: their name and what they are here to do. Their first password is made, not asked for."""

    def __init__(self) -> None:
        super().__init__("Add this person")
        self.add(LineField("name", "Name", "First and last name. They sign in with it."))
        self.add(_roles())
        self.add(_tick())
        self.set_values({"role": Role.SESSIONAL})


class PersonForm(EditForm):
    """What somebody is here to do; and, unless it is oneself, a new password or taking them off."""

    def __init__(self, person: Person, *, hands_on_key: bool) -> None:
        """`hands_on_key`: whoever looks can hand on the key of concerns."""
        super().__init__("Save")
        row = person.row
        self.add(LineField("name", "Name", words.SIGNS_IN_WITH))
        self.add(_roles())
        self.add(_tick())
        self.open_with(row.version, {"name": row.name, "role": row.role, "safeguarding": row.safeguarding})
        self.reset_button = button("Give a new password", icon_name="lock-reset", name=f"New password for {row.name}")
        self.remove_button = button("Take off", icon_name="account-remove-outline", kind="danger",
                                    name=f"Take off {row.name}")  # fmt: skip
        self.key_button = button("Hand on the key of concerns", icon_name="key-outline")
        if person.me:
            self.add_widget(label(words.YOURS, "soft", wrap=True))
            return
        if hands_on_key and row.safeguarding:
            self._add_row(words.KEY_ON.format(name=row.name), self.key_button)
        self._add_row(words.FORGOT.format(name=row.name), self.reset_button)
        self._add_row(words.LEFT.format(name=row.name), self.remove_button)

    def _add_row(self, said: str, made: QPushButton) -> None:
        self.add_widget(label(said, "soft", wrap=True))
        holder = QWidget()
        row = QHBoxLayout(holder)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(made)
        row.addStretch(1)
        self.add_widget(holder)


class GoneForm(Form):
    """Somebody who was taken off: nothing of them is changed any more."""

    def __init__(self, name: str) -> None:
        super().__init__("Done")
        self.add_widget(label(f"{name} was taken off. Add them as a new person if they are back.", wrap=True))
        self.back_button.hide()
        self.setFocusProxy(self.save_button)


class ProveForm(Form):
    """Asks for one's own password before something that matters."""

    def __init__(self, said: str, save_words: str) -> None:
        super().__init__(save_words)
        self.add_widget(label(said, wrap=True))
        self.password = PasswordField("password", "Your password")
        self.add(self.password)
        self.password.line.returnPressed.connect(self.save)

    def show_error(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "password")
        super().show_error(error)


class SureForm(Form):
    """Says what something that cannot be undone will do, a sentence each, before it is done."""

    def __init__(self, do_words: str, *said: str) -> None:
        super().__init__(do_words)
        for sentence in said:
            self.add_widget(label(sentence, wrap=True))
        self.setFocusProxy(self.back_button)


class LosingForm(SureForm):
    """The same where concerns would be lost for good: nothing is done before it was ticked that this is known."""

    def __init__(self, do_words: str, lost: LosesConcerns) -> None:
        super().__init__(do_words, lost.what, lost.next_step)
        self._tick = TickField("known", words.losing(lost.concerns), words.LOSING_HELP)
        self.add(self._tick)
        self.setFocusProxy(self.back_button)

    def leave(self) -> None:
        self.mark_clean()  # a tick is nothing to be kept
        super().leave()

    def save(self) -> None:
        if self._tick.value():
            super().save()
        else:
            self.show_error(BadInput("This is not ticked.", "Tick it, or go back.", "known"))
