"""What comes before the desk where somebody has no password of their own yet: one card, filled in once."""

from PySide6.QtCore import Signal

from desktop.welcome.doorman import Recovering
from desktop.welcome.making import GOOD_ONE, twice
from desktop.widgets.fields import LineField, LongTextField, TickField
from desktop.widgets.form import Form
from desktop.widgets.password_field import PasswordField, Weigh
from desktop.widgets.text import label
from models.kernel.errors import BadInput, LosesConcerns, WrongPassphrase

FIRST_TITLE = "Give yourself a sign-in"
FIRST_WORDS = (
    "Until now everybody opened this file with one shared passphrase. Now each person can sign in with their own name "
    "and password, and Breather knows who did what."
)
FIRST_THEN = (
    "You become its first manager, and the shared passphrase opens this file no more: add the others next, under "
    "People who can sign in. To go on with the shared passphrase for now, choose Not now."
)
OWN_TITLE = "Choose a password of your own"
OWN_WORDS = "{name}, somebody else made the password you signed in with. From now on only you know yours."
KEY_TITLE = "Open it with the recovery key"
KEY_WORDS = (
    "A manager can give you a new password. Where none of them can sign in, take the page with the recovery key that "
    "was printed and locked away, and type it as it stands there; capitals, gaps and dashes do not matter."
)
KEY_THEN = "You are then a manager of this club, with this name and password. That is written down in its history."


class FirstPersonForm(Form):
    """The first person of a file that everybody shared a passphrase of.

    Signals:
        asked(str, str): this name, with this password. later(): not now.
    """

    asked = Signal(str, str)

    def __init__(self, weigh: Weigh) -> None:
        super().__init__("Give me this sign-in", "Not now")
        self.add(LineField("name", "Your name", "First and last name."))
        self.add(PasswordField("password", "Your password", GOOD_ONE, weigh=weigh))
        again = PasswordField("again", "Your password again")
        again.line.returnPressed.connect(self.save)
        self.add(again)
        self.add_widget(label(FIRST_THEN, "soft", wrap=True))
        self.saved.connect(self._ask)

    def _ask(self, values: dict[str, object]) -> None:
        wrong = twice(values, "password")
        if not values["name"]:
            wrong = BadInput("Your name is empty.", "Type the name you will sign in with.", "name")
        if wrong is not None:
            self.show_error(wrong)
            return
        self.set_busy(True)
        self.asked.emit(str(values["name"]), str(values["password"]))


class OwnForm(Form):
    """A password of one's own in the place of one that somebody else made.

    Signals:
        asked(str, str): the one they were given, and their own.
    """

    asked = Signal(str, str)

    def __init__(self, weigh: Weigh, given: str) -> None:
        """`given` is what they have just signed in with; "" asks for it."""
        super().__init__("Keep this password", "Back")
        self._given = given
        if not given:
            self.add(PasswordField("old", "The password you were given"))
        self.add(PasswordField("password", "Your new password", GOOD_ONE, weigh=weigh))
        again = PasswordField("again", "Your new password again")
        again.line.returnPressed.connect(self.save)
        self.add(again)
        self.saved.connect(self._ask)

    def show_error(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "old")
        super().show_error(error)

    def _ask(self, values: dict[str, object]) -> None:
        wrong = twice(values, "password")
        if wrong is not None:
            self.show_error(wrong)
            return
        self.set_busy(True)
        self.asked.emit(self._given or str(values["old"] or ""), str(values["password"]))


class RecoverForm(Form):
    """The recovery key off its paper, and who opens the file with it.

    Where that person is the last who can read concerns, it is ticked first that those may be lost by it.

    Signals:
        asked(Recovering): with this key, as this person, who has this password from then on.
    """

    asked = Signal(object)

    def __init__(self, weigh: Weigh, name: str) -> None:
        super().__init__("Open with this key")
        self.add(LongTextField("recovery_key", "Recovery key", "13 groups of 5 letters and figures.", lines=3))
        self.add(LineField("name", "Your name"))
        self.add(PasswordField("password", "Your new password", GOOD_ONE, weigh=weigh))
        again = PasswordField("again", "Your new password again")
        again.line.returnPressed.connect(self.save)
        self.add(again)
        self._told_of = ""
        self._losing: TickField | None = None
        self.add_widget(label(KEY_THEN, "soft", wrap=True))
        self.set_values({"name": name})
        self.saved.connect(self._ask)

    def show_error(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "recovery_key")
        super().show_error(error)
        if isinstance(error, LosesConcerns):
            self._told_of = str(self.field("name").value() or "")
            if self._losing is None:
                them = "The one concern" if error.concerns == 1 else f"The {error.concerns} concerns"
                self._losing = TickField("losing", f"{them} may be lost for good: open it by this name")
                self.add(self._losing)
            self._losing.set_value(False)

    def _ask(self, values: dict[str, object]) -> None:
        wrong = twice(values, "password")
        if not values["name"]:
            wrong = BadInput("Your name is empty.", "Type the name you will sign in with.", "name")
        if not values["recovery_key"]:
            wrong = BadInput("The recovery key is empty.", "Type it as it stands on its page.", "recovery_key")
        if wrong is not None:
            self.show_error(wrong)
            return
        self.set_busy(True)
        losing = bool(values.get("losing")) and values["name"] == self._told_of
        self.asked.emit(Recovering(str(values["recovery_key"]), str(values["name"]), str(values["password"]), losing))
