"""The adults of an activity: role, answer, whether each counts, and whose one-to-one they are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QPushButton, QWidget

from desktop.programme import actions
from desktop.programme.actions import Doing
from desktop.programme.reading import AdultSeen, Picture
from desktop.programme.rows import Entries, Entry
from desktop.programme.words import ANSWER, PLANNED, ROLE
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.state import State
from desktop.widgets.text import button, choice_button, label
from models.access.rules import Permission
from models.kernel.words import counted
from models.programme.rules import DutyRole, DutyStatus

_MOST_OFFERED = 5


class AdultsCard(Card):
    """Adults asked, confirmed or declined for one activity."""

    def __init__(self, doing: Doing) -> None:
        super().__init__("Adults")
        self._doing = doing
        self._picture: Picture | None = None
        self.picker = NamePicker("adult", "Add an adult")
        self.picker.line.returnPressed.connect(lambda: self.add(DutyStatus.ASKED))
        self._usual = Flow()
        self._usual_row = QWidget()
        self._add = QWidget()
        self._build_adding()
        self.adults = Entries("Adults")
        self.body.addWidget(self._add)
        self.body.addWidget(self._usual_row)
        self.body.addWidget(self.adults)

    def _build_adding(self) -> None:
        row = QHBoxLayout(self._add)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        row.addWidget(self.picker, 1)
        asked = button("Ask", lambda: self.add(DutyStatus.ASKED), kind="call", name="Note as asked")
        said_yes = button("Has said yes", lambda: self.add(DutyStatus.CONFIRMED))
        row.addWidget(Flow([asked, said_yes]), 0, Qt.AlignmentFlag.AlignBottom)
        beneath = QHBoxLayout(self._usual_row)
        beneath.setContentsMargins(0, 0, 0, 0)
        beneath.setSpacing(px(8))
        beneath.addWidget(label("Usually here on such a day:", "soft"))
        beneath.addWidget(self._usual, 1)

    def show_picture(self, picture: Picture) -> None:
        """Shows the adults as they are now; a name half typed stays while the activity is the same."""
        if self._picture is not None and self._picture.activity.id != picture.activity.id:
            self.picker.set_value(None)
        self._picture = picture
        row, planned = picture.activity, picture.activity.status in PLANNED
        editable = planned and may(self, Permission.PLAN)
        self.set_title(f"Adults · {counted(row.confirmed_adults, 'adult')} said yes")
        self._add.setVisible(editable)
        self.picker.set_people([*picture.spare, *picture.others])
        self._usual.set_widgets([self._ask_button(one) for one in picture.spare[:_MOST_OFFERED]])
        self._usual_row.setVisible(editable and bool(picture.spare))
        why = "No adult is asked yet." if planned else "No adult was noted."
        why = f"{why} Type a name above to ask the first." if editable else why
        self.adults.set_entries([self._row(one, planned) for one in picture.adults], why)

    def focus_picker(self) -> None:
        """Puts the keyboard where a name is typed."""
        self.picker.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def add(self, status: DutyStatus) -> None:
        """The name typed goes on the list."""
        picture = self._picture
        if picture is None or not self.picker.check():
            return
        everybody = (*picture.spare, *picture.others)
        adult = next((one for one in everybody if one[0] == self.picker.value()), None)
        if adult is None:
            self.picker.set_error("Type the name of an adult.")
            return
        actions.ask(self._doing, picture.activity, adult, status, self._added)

    def _added(self, _id: object) -> None:
        self.picker.set_value(None)
        self.focus_picker()

    def _ask_button(self, adult: tuple[UUID, str]) -> QPushButton:
        picture = self._picture
        if picture is None:
            raise AssertionError("buttons are made for a picture")
        return button(f"Ask {adult[1]}", lambda: actions.ask(self._doing, picture.activity, adult), kind="quiet")

    def _row(self, one: AdultSeen, planned: bool) -> Entry:
        why = f"Not counted: {one.why_not}." if one.why_not else "Counts for the group."
        if not planned:
            words = f"{ROLE[one.duty.role]}, {ANSWER[one.duty.status].lower()}"
            return Entry(one.name, words)
        state = State.WARN if one.why_not else State.OK
        if not may(self, Permission.PLAN):
            said = f"{ROLE[one.duty.role]}, {ANSWER[one.duty.status].lower()}. {why}"
            return Entry(one.name, said, state=state)
        controls = [*self._choices(one), *self._answers(one), self._remove(one)]
        return Entry(one.name, why, (), controls, state=state)

    def _choices(self, one: AdultSeen) -> list[QWidget]:
        role = _choice(f"Role of {one.name}", list(ROLE.items()), one.duty.role)
        role.activated.connect(lambda at: self._cast(one, list(ROLE)[at]))
        children = self._needing()
        if not children and one.duty.one_to_one_child_id is None:
            return [role]
        offered: list[tuple[UUID | None, str]] = [(None, "For the group"), *children]
        alone = _choice(f"One-to-one child of {one.name}", offered, one.duty.one_to_one_child_id)
        alone.activated.connect(lambda at: self._dedicate(one, offered[at]))
        return [role, alone]

    def _cast(self, one: AdultSeen, role: DutyRole) -> None:
        self._change(one, {"role": role}, f"{one.name} is there as {ROLE[role].lower()}")

    def _needing(self) -> list[tuple[UUID, str]]:
        booked = self._picture.booked if self._picture else ()
        return [(child.booking.child_id, f"With {child.name}") for child in booked if child.one_to_one]

    def _dedicate(self, one: AdultSeen, choice: tuple[UUID | None, str]) -> None:
        words = f"{one.name} is {choice[1].lower()[:1]}{choice[1][1:]}"
        self._change(one, {"one_to_one_child_id": choice[0]}, words)

    def _answers(self, one: AdultSeen) -> list[QWidget]:
        found: list[QWidget] = []
        for status, words in ANSWER.items():
            made = choice_button(words, self._answer(one, status), name=f"{one.name}: {words.lower()}")
            made.setChecked(one.duty.status is status)
            found.append(made)
        return found

    def _answer(self, one: AdultSeen, status: DutyStatus) -> Callable[[], None]:
        said = {
            DutyStatus.ASKED: f"{one.name} is noted as asked",
            DutyStatus.CONFIRMED: f"{one.name} has said yes",
            DutyStatus.DECLINED: f"{one.name} cannot come",
        }
        return lambda: self._change(one, {"status": status}, said[status])

    def _change(self, one: AdultSeen, values: dict[str, Any], words: str) -> None:
        actions.change_duty(self._doing, one.duty.id, values, words)
        # Until the change is made the row goes on saying what is so.
        if self._picture is not None:
            self.show_picture(self._picture)

    def _remove(self, one: AdultSeen) -> QPushButton:
        title = self._picture.activity.title if self._picture else ""
        return button(
            "Remove",
            lambda: actions.remove_adult(self._doing, one.duty.id, one.duty.version, one.name, title),
            kind="quiet",
            name=f"Remove {one.name}",
        )


def _choice(name: str, offered: list[tuple[Any, str]], now: Any) -> QComboBox:
    box = QComboBox()
    box.setAccessibleName(name)
    box.setAccessibleDescription(name)  # a combo box is read out as what is chosen in it
    for _value, words in offered:
        box.addItem(words)
    box.setCurrentIndex(next((at for at, (value, _words) in enumerate(offered) if value == now), -1))
    # The wheel scrolls the page, and does not change a plan in passing.
    box.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
    box.wheelEvent = lambda event: event.ignore()  # type: ignore[method-assign] # one box, no class of its own
    return box
