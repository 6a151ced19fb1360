"""Signing a child out: who takes the child home. One tap here, after one on the row: two actions, never one."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.banner import Banner
from desktop.widgets.card import clear_layout
from desktop.widgets.fields import ChoiceField, LineField
from desktop.widgets.list_model import sort_words
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look
from models.registers.rules import CollectedHow, CollectorCheck, MayCollect

BARRED = "Somebody must not collect: see lead"
TYPE_FIRST = "Type the first letters of their name: if they may collect, it comes up above."
BARRED_NOW = "This person must not collect. Keep the child inside and ring the manager."
HOW_WORDS = {
    CollectedHow.LISTED: "on the list",
    CollectedHow.PHONED: "a parent rang today",
    CollectedHow.PASSWORD: "gave the password",
    CollectedHow.KNOWN: "known to staff",
}
LETTERS = 2
"""At the door a name on the list is offered only once so many of its letters are typed."""


class CollectPanel(QWidget):
    """Lists who may collect `name`; somebody else is typed, and how it was settled chosen.

    Signals:
        chosen(str, CollectedHow): sign the child out with this person.
        phoned(str, str, str): with this person, their relationship, and which parent rang just now.
        asked(str): is this the family's password? The answer comes by `show_check`.
    """

    chosen = Signal(str, object)
    phoned = Signal(str, str, str)
    asked = Signal(str)

    def __init__(self, child_id: UUID, name: str, *, door: bool = False) -> None:
        super().__init__()
        self.child_id = child_id
        self._name = name
        self._door = door
        self._check: CollectorCheck | None = None
        self._warned = False
        self.warning = Banner()
        self._may = QVBoxLayout()
        self._may.setSpacing(px(8))
        self.password = LineField("password", "Family password", "Type what they say. It is never shown here.")
        self.password.set_secret()
        self._password_button = button("Check the password", self._ask)
        self.other = LineField("other", "Name", placeholder="First and last name")
        self.how = ChoiceField("how", "How you know", [(how, HOW_WORDS[how].capitalize()) for how in _ways()])
        self.relationship = LineField("relationship", "Who they are to the child", optional=True)
        self.who_rang = LineField("agreed_with", "Which parent or carer rang")
        self.out_button = button("Sign out", self._take_other, kind="call", name=f"Sign out {name}", big=True)
        self.other.changed.connect(self._typed)
        self.how.changed.connect(self._show_way)
        self.other.line.returnPressed.connect(self._entered)
        self.password.line.returnPressed.connect(self._ask)
        self._lay_out()
        self._show_way()
        if door:
            self.setFocusProxy(self.other)

    def show_check(self, check: CollectorCheck) -> None:
        """Shows who may collect, as read just now."""
        first = self._check is None
        self._check = check
        if check.must_not:
            words = "Speak to the lead before this child goes" if self._door else BARRED
            self.warning.show_state(State.BAD, words)
        self.password.setVisible(check.has_password)
        self._password_button.setVisible(check.has_password)
        self._unknown.setText(f"{TYPE_FIRST} {check.unknown}" if self._door else check.unknown)
        if check.password_right is not None:
            self._show_password(check.password_right)
        self._show_may(check)
        if first and not self._door and self._may.count():
            self._first_button().setFocus(Qt.FocusReason.OtherFocusReason)

    def collectors(self) -> list[str]:
        """The names offered."""
        return [each.name for each in self._offered()]

    def _offered(self) -> tuple[MayCollect, ...]:
        may = self._check.may if self._check else ()
        if not self._door:
            return may
        typed = sort_words(self.other.line.text().strip())
        return tuple(one for one in may if len(typed) >= LETTERS and sort_words(one.name).startswith(typed))

    def _show_may(self, check: CollectorCheck) -> None:
        clear_layout(self._may)
        for one in self._offered():
            who = one.relationship or "May collect"
            about = f"{who}, {HOW_WORDS[one.how]}" + (f", said {one.agreed_with}" if one.agreed_with else "")
            made = button(one.name, self._taker(one), big=True, name=f"Sign out {self._name} with {one.name}")
            self._may.addWidget(made)
            self._may.addWidget(label(about, "small", wrap=True))
        if not self._door and not check.may:
            self._may.addWidget(label("Nobody is on this child’s list yet.", "soft", wrap=True))

    def _taker(self, one: MayCollect) -> Callable[[], object]:
        return lambda: self.chosen.emit(one.name, one.how)

    def _first_button(self) -> QWidget:
        item = self._may.itemAt(0)
        widget = item.widget() if item else None
        return widget or self

    def _show_password(self, right: bool) -> None:
        words = "That is the family’s password." if right else "That is not the password. Ring a parent."
        self.password.set_error("" if right else words)
        self.password.set_help(words if right else "Type what they say. It is never shown here.")
        announce(self.password, words)
        if right:
            self.how.set_value(CollectedHow.PASSWORD)
            self._show_way()
            self.other.setFocus()

    def _ask(self) -> None:
        said = self.password.line.text().strip()
        if said:
            self.asked.emit(said)

    def _typed(self) -> None:
        self._warned = False
        self.out_button.setText("Sign out")
        set_look(self.out_button, "kind", "call")
        if self._door and self._check is not None:
            self._show_may(self._check)

    def _entered(self) -> None:
        offered = self._offered()
        if self._door and offered:
            self.chosen.emit(offered[0].name, offered[0].how)
        else:
            self._take_other()

    def _take_other(self) -> None:
        name, check = self.other.value(), self._check
        self.other.set_error("" if name else "Type who is collecting.")
        if not name or check is None:
            self.other.setFocus()
            return
        if check.barred(name) and not self._warned:
            self._warn()
            return
        listed_as = check.settled(name)
        how = listed_as if listed_as in (CollectedHow.LISTED, CollectedHow.PHONED) else self.how.value()
        if how is CollectedHow.PASSWORD and not check.password_right:
            self.password.set_error("Check the password first.")
            self.password.setFocus()
        elif how is CollectedHow.PHONED and listed_as is not CollectedHow.PHONED:
            self._take_phoned(name)
        elif how is None:
            self.how.set_error("Choose how you know this person may collect.")
            self.how.setFocus()
        else:
            self.chosen.emit(name, how)

    def _take_phoned(self, name: str) -> None:
        who = self.who_rang.value()
        self.who_rang.set_error("" if who else "Write which parent or carer rang.")
        if who:
            self.phoned.emit(name, self.relationship.value() or "", who)
        else:
            self.who_rang.setFocus()

    def _warn(self) -> None:
        """Breather warns; the door decides, and what happens is always recorded."""
        self._warned = True
        self.warning.show_state(State.BAD, BARRED_NOW)
        self.out_button.setText("Record that they went all the same")
        set_look(self.out_button, "kind", "danger")

    def _show_way(self) -> None:
        rang = self.how.value() is CollectedHow.PHONED
        self.who_rang.setVisible(rang)
        self.relationship.setVisible(rang)

    def _lay_out(self) -> None:
        self._unknown = label("", "small", wrap=True)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(10))
        if not self._door:
            column.addWidget(label("Who is collecting?", "heading"))
        column.addLayout(self._may)
        column.addSpacing(px(6))
        column.addWidget(label("Who is collecting?" if self._door else "Somebody else", "heading"))
        column.addWidget(self._unknown)
        for part in (self.other, self.password, self._password_button, self.how, self.relationship, self.who_rang):
            column.addWidget(part)
        column.addWidget(self.out_button)
        column.addStretch(1)
        self.password.hide()
        self._password_button.hide()
        area = QScrollArea()
        area.setFrameShape(QScrollArea.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(self.warning)
        outer.addWidget(area, 1)


def _ways() -> tuple[CollectedHow, ...]:
    return (CollectedHow.PHONED, CollectedHow.PASSWORD, CollectedHow.KNOWN)
