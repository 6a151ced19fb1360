"""The cards about this machine's lock and about signing in: how soon it locks, one's own password, one's PIN."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal

from desktop.jobs import Jobs
from desktop.settings.mine import Mine
from desktop.settings.preferences import MINUTES, USUAL_MINUTES
from desktop.widgets.card import Card
from desktop.widgets.fields import ChoiceField, LineField
from desktop.widgets.form import Form
from desktop.widgets.panel import Panel
from desktop.widgets.password_field import PasswordField
from desktop.widgets.text import button, label
from models.access.people import names_with_pin
from models.kernel.errors import BadInput, WrongPassphrase
from models.kernel.words import counted

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork


class LockCard(Card):
    """How long nobody may touch this machine before it locks; a choice takes effect at once.

    Signals:
        chosen(int): minutes.
    """

    chosen = Signal(int)

    def __init__(self, minutes: int) -> None:
        super().__init__("Lock")
        words = "Ctrl+L locks at once. It also locks when this computer sleeps."
        self.minutes = ChoiceField(
            "minutes",
            "Lock when nobody has touched it for",
            [(each, counted(each, "minute")) for each in MINUTES],
            words,
        )
        self.minutes.set_value(minutes)
        self.minutes.changed.connect(lambda: self.chosen.emit(int(self.minutes.value() or USUAL_MINUTES)))
        self.body.addWidget(self.minutes)


class SignInCard(Card):
    """One's own password and PIN.

    Signals:
        said(str): what was done. failed(Exception): for the error box.
    """

    said = Signal(str)
    failed = Signal(object)

    def __init__(self, jobs: Jobs, club: Mine, who: str, panel: Panel) -> None:
        super().__init__("Your sign-in")
        self._jobs = jobs
        self._club = club
        self._panel = panel
        self._who = who
        self.body.addWidget(label(f"You are signed in as {who}.", wrap=True))
        pin = "A PIN of 4 to 8 figures lets you take the register of a day at the door while everything else is locked."
        self.body.addWidget(label(pin, "soft", wrap=True))
        self._away = button("Take the PIN away", self._take_pin_away, kind="quiet")
        self._pin = button("Set a PIN", self._open_pin, icon_name="dialpad")
        self.add_action(self._away)
        self.add_action(self._pin)
        self._away.hide()
        self.add_action(button("Change your password", self._open_password, icon_name="key-outline"))

    def read(self) -> None:
        """Finds out whether there is a PIN already."""
        self._jobs.query(_has_pin, self._show_pin, self.failed.emit, key="own-pin")

    def _show_pin(self, there: bool) -> None:
        words = "Change PIN" if there else "Set a PIN"
        self._pin.setText(words)
        self._pin.setAccessibleName(words)
        self._away.setVisible(there)

    def _take_pin_away(self) -> None:
        self._away.setEnabled(False)

        def done(_answer: object) -> None:
            self._away.setEnabled(True)
            self._pin.setFocus()
            self._kept("Your PIN is taken away.")

        def not_done(error: Exception) -> None:
            self._away.setEnabled(True)
            self.failed.emit(error)

        self._jobs.run(lambda: self._club.set_pin(""), done, not_done)

    def _open_password(self) -> None:
        form = Form("Change the password")
        old = PasswordField("old", "Password now")
        good = "12 letters or more. Three or four words are best."
        new = PasswordField("password", "New password", good, weigh=self._weigh)
        again = PasswordField("again", "New password again")
        for field in (old, new, again):
            form.add(field)
        again.line.returnPressed.connect(form.save)
        change = self._club.change_own_password
        form.saved.connect(
            lambda values: self._save(
                form, values, "password", lambda: change(values["old"], values["password"]), "Your password is changed."
            )
        )
        self._open("Change your password", form)

    def _weigh(self, typed: str, done: Callable[[str], object]) -> None:
        club, person = self._club.name, self._who
        self._jobs.query(lambda _read: _fault_of(typed, club, person), done, key="password")

    def _open_pin(self) -> None:
        form = Form("Set the PIN")
        pin = LineField("pin", "New PIN", "4 to 8 figures that nobody would guess.", width=160)
        again = LineField("again", "New PIN again", width=160)
        for field in (pin, again):
            field.set_secret()
            form.add(field)
        again.line.returnPressed.connect(form.save)
        form.saved.connect(
            lambda values: self._save(
                form, values, "pin", lambda: self._club.set_pin(values["pin"]), "Your PIN is set."
            )
        )
        self._open("A PIN for the register", form)

    def _save(self, form: Form, values: dict[str, Any], new: str, work: Callable[[], object], done: str) -> None:
        words = form.field(new).words
        empty = next((name for name in values if not values[name]), None)
        if empty is not None:
            form.show_error(BadInput("This is empty.", "Type it first.", empty))
            return
        if values["again"] != values[new]:
            form.show_error(BadInput(f"{words}: the two are not the same.", "Type the second one again.", "again"))
            return
        form.set_busy(True)
        self._jobs.run(work, lambda _: self._kept(done), lambda error: self._not_kept(form, error))

    def _kept(self, words: str) -> None:
        self._panel.close_panel()
        self.said.emit(words)
        self.read()

    def _not_kept(self, form: Form, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "old")
        form.show_error(error)

    def _open(self, title: str, form: Form) -> None:
        form.left.connect(self._panel.close_panel)
        form.failed.connect(self.failed)
        self._panel.open(title, form)


def _has_pin(uow: "UnitOfWork") -> bool:
    return uow.actor.name in names_with_pin(uow)


class PeopleCard(Card):
    """The way to who can sign in, for those who say so."""

    def __init__(self, go: Callable[[], object]) -> None:
        super().__init__("People who can sign in")
        said = (
            "Add somebody, say what they may do, give a new password, or take them off. The recovery key is there too."
        )
        self.body.addWidget(label(said, "soft", wrap=True))
        self.add_action(button("Open", go, icon_name="account-key-outline", name="Open: People who can sign in"))


def _fault_of(typed: str, club: str, person: str) -> str:
    """What is wrong with a password, in the words it would be refused with; "" for nothing."""
    from models.access.passwords import check_password

    try:
        check_password(typed, club=club, person=person)
    except BadInput as wrong:
        return str(wrong)
    return ""
