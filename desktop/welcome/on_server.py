"""A club on a server: where it is, who comes in, and what a new one needs."""

from PySide6.QtCore import QSize, Signal

from desktop.welcome.making import GOOD_ONE, twice
from desktop.widgets.fields import LineField
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.password_field import PasswordField, Weigh
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput, NotFound, WrongPassphrase

OPEN_TITLE = "Open a club on a server"
OPEN_WORDS = "The club’s data stays on the server. Several people can work in it at once, each from their own machine."
NEW_TITLE = "A new club on a server"
NEW_WORDS = "Whoever looks after the server makes an empty database for it, and tells you its address and its owner."
LIKE = "Like postgresql://server.example.org/club. Whoever looks after the server knows it."
ONCE = (
    "The owner’s name and password are used once, to make the club, and are kept nowhere. You become its first manager "
    "and sign in with your own name and password from then on."
)


class OpenServerForm(Form):
    """Asks where the club is, and who wants to come in.

    Signals:
        asked(str, str, str): this address, this name, this password. new(): a new club is to be made on a server.
        forgotten(str): the recovery key of the club at this address is to open it.
    """

    asked = Signal(str, str, str)
    new = Signal()
    forgotten = Signal(str)

    def __init__(self, address: str, name: str) -> None:
        """`address` and `name` are what was used here last, "" for nothing."""
        super().__init__("Open")
        self.person = LineField("name", "Name")
        self.password = PasswordField("password", "Password")
        for field in (LineField("address", "Address of the club", LIKE), self.person, self.password):
            self.add(field)
        self.set_values({"address": address, "name": name})
        if address:
            self.setFocusProxy(self.password if name else self.person)
        self.add_foot(button("Start a new club there", self.new.emit, kind="quiet"))
        self.add_foot(button("I forgot my password", self._forgot, kind="quiet"))
        self.password.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)

    def sizeHint(self) -> QSize:
        return QSize(px(520), px(360))

    def show_error(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            error = BadInput(error.what, error.next_step, "password")
        elif isinstance(error, NotFound):
            error = NotFound(error.what, "Check the address, or choose “Start a new club there”.")
        super().show_error(error)

    def _forgot(self) -> None:
        address = str(self.field("address").value() or "")
        if address:
            self.forgotten.emit(address)
        else:
            self.show_error(BadInput("The address is empty.", "Ask whoever looks after the server for it.", "address"))

    def _ask(self, values: dict[str, object]) -> None:
        for name, what, then in (
            ("address", "The address is empty.", "Ask whoever looks after the server for it."),
            ("name", "The name is empty.", "Type the name you were added with."),
            ("password", "The password is empty.", "Type your password."),
        ):
            if not values[name]:
                self.show_error(BadInput(what, then, name))
                return
        self.set_busy(True)
        self.asked.emit(str(values["address"]), str(values["name"]), str(values["password"]))


class NewServerForm(Form):
    """Asks what a new club on a server needs.

    Signals:
        asked(dict): address, owner, owner_password, name, person, passphrase.
    """

    asked = Signal(dict)

    def __init__(self, address: str, weigh: Weigh) -> None:
        super().__init__("Make the club")
        self.add(LineField("address", "Address of the empty database", LIKE))
        self.add(LineField("owner", "Its owner’s name"), PasswordField("owner_password", "Its owner’s password"))
        self.add_widget(label(ONCE, "soft", wrap=True))
        self.name = LineField("name", "Name of the club", "As families know it.")
        self.person = LineField("person", "Your name", "You sign in with it.")
        self.again = PasswordField("again", "Your password again")
        self.add(self.name, self.person)
        for field in (PasswordField("passphrase", "Your password", GOOD_ONE, weigh=weigh), self.again):
            self.add(field)
        self.again.line.returnPressed.connect(self.save)
        self.saved.connect(self._ask)
        self.set_values({"address": address})

    def sizeHint(self) -> QSize:
        return QSize(px(560), px(530))

    def show_error(self, error: Exception) -> None:
        if isinstance(error, WrongPassphrase):
            what = "The server does not know this owner with this password."
            error = BadInput(what, "Ask whoever looks after the server, and type them again.", "owner_password")
        super().show_error(error)

    def _ask(self, values: dict[str, object]) -> None:
        wrong = next((BadInput(what, then, name) for name, what, then in _NEEDED if not values[name]), None)
        wrong = wrong or twice(values, "passphrase")
        if wrong is not None:
            self.show_error(wrong)
            return
        self.set_busy(True)
        self.asked.emit({name: str(value) for name, value in values.items() if name != "again"})


_NEEDED = (
    ("address", "The address is empty.", "Ask whoever looks after the server for it."),
    ("owner", "The owner’s name is empty.", "Ask whoever looks after the server for it."),
    ("owner_password", "The owner’s password is empty.", "Ask whoever looks after the server for it."),
    ("name", "The club has no name.", "Type the name families know it by."),
    ("person", "Your name is empty.", "Type the name you will sign in with."),
)
