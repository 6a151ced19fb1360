"""The lock screen: one card in the middle, and what is on now beneath it. Nothing of anybody but who is signed in."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.lock.forms import OtherForm, PinForm, UnlockForm
from desktop.lock.words import MADE_UP
from desktop.widgets.banner import Banner
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look
from models.registers.on_now import OnNow

WIDE = 600


class LockScreen(QWidget):
    """What is seen while the app is locked.

    Signals:
        unlock(str): try this password; "" for the sample club. sign_in(str, str): a name and a password.
        register(UUID, str, str): start the register of this activity, with a name and a PIN.
        fire(): show the fire list. failed(Exception): for the error box, which waits.
    """

    unlock = Signal(str)
    sign_in = Signal(str, str)
    register = Signal(object, str, str)
    fire = Signal()
    failed = Signal(object)

    def __init__(self, club: str, who: str, sample: bool) -> None:
        """`who` is signed in; in the sample club nobody needs a password."""
        super().__init__()
        set_look(self, "ground", "bg")
        self.setAccessibleName("Breather is locked")
        self._who = who
        self._sample = sample
        self._form: UnlockForm | OtherForm | PinForm | None = None
        self._chosen: OnNow | None = None
        self._on: tuple[OnNow, ...] | None = None
        self._fire_wanted = False
        self._said = ""
        self._names: tuple[str, ...] = ()
        self._registers: Card | None = None
        self._room = QVBoxLayout()
        self._beneath = QVBoxLayout()
        for each in (self._room, self._beneath):
            each.setSpacing(px(14))
        self._lay_out(club)
        QShortcut(QKeySequence("F9"), self).activated.connect(self._show_fire)
        self.show_locked()

    def show_locked(self) -> None:
        """Asks for the password of whoever is signed in."""
        if self._sample:
            card = Card()
            card.body.addWidget(label(MADE_UP, wrap=True))
            press = button("Unlock", lambda: self.unlock.emit(""), kind="primary", icon_name="lock-open-outline")
            card.body.addLayout(_at_left(press))
            self._show("Locked", "", card, None)
            press.setFocus()
            return
        form = UnlockForm()
        form.asked.connect(self.unlock)
        form.other.connect(self.show_other)
        self._show_form("Locked", f"{self._who} is signed in.", form)

    def show_other(self) -> None:
        """Asks somebody else for name and password."""
        form = OtherForm(self._who)
        form.asked.connect(self.sign_in)
        self._show_form("Sign in as somebody else", "", form)

    def show_register(self, on: OnNow) -> None:
        """Asks who takes the register; in the sample club it starts at once."""
        if self._sample:
            self.register.emit(on.activity_id, "", "")
            return
        self._chosen = on
        form = PinForm(self._names)
        form.asked.connect(lambda name, pin: self.register.emit(on.activity_id, name, pin))
        self._show_form(
            f"Register: {on.title}", "This opens the register of this one activity at the door, and nothing else.", form
        )

    def show_on_now(self, on: Sequence[OnNow], names: Sequence[str], *, fire: bool) -> None:
        """Offers the registers of what is on now, and where `fire` says that there is one, the fire list.

        `names` are of those who have a PIN.
        """
        self._names = tuple(names)
        self._fire.setVisible(fire)
        if self._fire_wanted:  # F9 was pressed before it was known
            self._fire_wanted = False
            self._show_fire()
        if self._on == tuple(on):
            return
        self._on = tuple(on)
        if isinstance(self._form, PinForm) and self._chosen not in self._on:  # it is over, or was called off
            self.show_locked()
        clear_layout(self._beneath)
        self._registers = None
        if not on:
            return
        card = Card("On now")
        for each in on:
            card.body.addWidget(self._row(each))
        self._beneath.addWidget(card)
        self._registers = card
        card.setVisible(not isinstance(self._form, PinForm))

    def show_error(self, error: Exception) -> None:
        """What was typed did not do."""
        if self._form is not None:
            self._form.show_error(error)

    def show_not_saved(self, words: str) -> None:
        """Says that somebody's work was not saved, in words everybody may read; "" for nothing."""
        if words == self._not_saved.words():
            return
        if words:
            self._not_saved.show_state(State.BAD, words)
        else:
            self._not_saved.clear()

    @property
    def looked(self) -> bool:
        """Whether it is known by now what is on."""
        return self._on is not None

    def focus_first(self) -> None:
        """Says what this is, and puts the keyboard where one types: called once it is to be seen."""
        announce(self, self._said)
        if self._form is not None:
            self._form.setFocus()

    def _show_fire(self) -> None:
        self._fire_wanted = not self.looked
        if not self._fire.isHidden():
            self.fire.emit()

    def _row(self, on: OnNow) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        row.addWidget(label(on.title, "row", wrap=True), 1)
        words = "Start the register"
        row.addWidget(
            button(
                words, lambda: self.show_register(on), icon_name="clipboard-check-outline", name=f"{words}: {on.title}"
            )
        )
        return made

    def _show_form(self, title: str, words: str, form: UnlockForm | OtherForm | PinForm) -> None:
        form.left.connect(self.show_locked)
        form.failed.connect(self.failed)
        card = Card(fill=True)
        card.body.addWidget(form)
        self._show(title, words, card, form)
        form.start()

    def _show(self, title: str, words: str, card: QWidget, form: UnlockForm | OtherForm | PinForm | None) -> None:
        self._form = form
        if self._registers is not None:  # once one is chosen the others are out of the way; the fire list never is
            self._registers.setVisible(not isinstance(form, PinForm))
        clear_layout(self._room)
        for each in (label(title, "title", wrap=True), label(words, "soft", wrap=True), card):
            self._room.addWidget(each)
            each.setVisible(each is card or each.property("tone") == "title" or bool(words))
        self._said = f"{title}. {words}"
        announce(self, self._said)

    def _lay_out(self, club: str) -> None:
        middle = QWidget()
        set_look(middle, "scrolled", "true")
        middle.setMaximumWidth(px(WIDE))
        column = QVBoxLayout(middle)
        column.setContentsMargins(px(24), px(24), px(24), px(24))
        column.setSpacing(px(14))
        column.addStretch(1)
        # At the top, so that it is in sight however large the text is.
        self._fire = button("Fire list  F9", self._show_fire, icon_name="fire", name="Fire list", big=True)
        self._fire.hide()
        above = QHBoxLayout()
        above.addWidget(label("Breather", "brand"), 1)
        above.addWidget(self._fire)
        column.addLayout(above)
        column.addWidget(label(club, "soft", wrap=True))
        self._not_saved = Banner()
        column.addWidget(self._not_saved)
        column.addLayout(self._room)
        column.addLayout(self._beneath)
        column.addStretch(2)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        area.setWidget(middle)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def _at_left(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addWidget(widget)
    row.addStretch(1)
    return row
