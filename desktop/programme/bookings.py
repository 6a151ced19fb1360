"""The children of an activity: places, the waiting list, and the name typed to book another."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.programme import actions
from desktop.programme.actions import Doing
from desktop.programme.reading import ChildSeen, Picture, worse
from desktop.programme.rows import Entries, Entry
from desktop.programme.words import PLANNED
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import announce, button, icon_button, label
from models.access.rules import Permission
from models.kernel.errors import BadInput, BreatherError, Full
from models.kernel.words import counted
from models.people.rules import SeeKind, SeeLevel
from models.readiness.lines import Level, Line
from models.readiness.queries import if_booked


class Foresight(QWidget):
    """What the light would say, in an icon and a sentence, before it is done."""

    def __init__(self) -> None:
        super().__init__()
        self._icon = IconLabel("check-circle", "ok", 18)
        self._words = label("", wrap=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(8))
        row.addWidget(self._icon, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._words, 1)
        self.hide()

    def say(self, state: State, words: str) -> None:
        """Shows a sentence and has a screen reader say it."""
        self._icon.set_icon(state.icon_name, state.colour)
        self._words.setText(words)
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    def words(self) -> str:
        """What is said, "" for nothing."""
        return "" if self.isHidden() else self._words.text()


class BookingsCard(Card):
    """Booked and waiting children of one activity.

    Signals:
        child_opened(UUID): a child's own page is wanted.
    """

    child_opened = Signal(object)

    def __init__(self, doing: Doing) -> None:
        super().__init__("Children")
        self._doing = doing
        self._picture: Picture | None = None
        self._lines: tuple[Line, ...] = ()
        self.picker = NamePicker("child", "Book a child")
        self.picker.changed.connect(self._look_ahead)
        self.picker.line.returnPressed.connect(self.book)
        self.book_button = button("Book", self.book, kind="call")
        self.wait_button = button("Put on the waiting list", self.wait)
        self.foresight = Foresight()
        self._add = self._adding()
        self.booked = Entries("Booked")
        self.waiting_words = label("Waiting list", "heading")
        self.first_button = button("", self._give_first, kind="call")
        self.waiting = Entries("Waiting list")
        self.body.addWidget(self._add)
        self.body.addWidget(self.booked)
        self._waiting_head = Flow([self.waiting_words, self.first_button])
        self.body.addWidget(self._waiting_head)
        self.body.addWidget(self.waiting)

    def _adding(self) -> QWidget:
        whole = QWidget()
        column = QVBoxLayout(whole)
        column.setContentsMargins(0, 0, 0, px(6))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(self.picker, 1)
        # The buttons stand beside the line of typing, which has its label above.
        row.addWidget(Flow([self.book_button, self.wait_button]), 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(row)
        column.addWidget(self.foresight)
        return whole

    def show_picture(self, picture: Picture) -> None:
        """Shows the children as they are now; a name half typed stays while the activity is the same."""
        if self._picture is not None and self._picture.activity.id != picture.activity.id:
            self.picker.set_value(None)
            self.foresight.hide()
        self._picture, self._lines = picture, picture.answer.lines
        row, planned = picture.activity, self._may_change()
        of = f" of {row.capacity}" if row.capacity is not None else ""
        self.set_title(f"Children · {row.booked}{of} booked")
        self._add.setVisible(planned)
        self.picker.set_people(picture.free)
        coming = picture.activity.status in PLANNED
        why = "No child has a place yet." if coming else "No child had a place."
        why = f"{why} Type a name above to book the first." if planned else why
        self.booked.set_entries([self._booked_row(one) for one in picture.booked], why)
        self._show_waiting(picture, planned)
        if self._chosen() is not None:
            self._look_ahead()

    def _may_change(self) -> bool:
        """Whether there is still a plan to change, and the person may."""
        picture = self._picture
        return picture is not None and picture.activity.status in PLANNED and may(self, Permission.PLAN)

    def _show_waiting(self, picture: Picture, planned: bool) -> None:
        queue, row = picture.waiting, picture.activity
        room = row.capacity is None or row.booked < row.capacity
        self._waiting_head.setVisible(bool(queue))
        self.waiting_words.setText(f"Waiting list · {counted(len(queue), 'child', 'children')}")
        self.waiting.setVisible(bool(queue))
        self.waiting.set_entries([self._waiting_row(one, at, len(queue)) for at, one in enumerate(queue, start=1)])
        self.first_button.setVisible(bool(queue) and room and planned)
        if queue:
            self.first_button.setText(f"Give the next place to {queue[0].name}".replace("&", "&&"))
            self.first_button.setAccessibleName(f"Give the next place to {queue[0].name}")

    def focus_list(self) -> None:
        """Puts the keyboard on the first booked child's first button."""
        found = self.booked.findChildren(QPushButton)
        (found[0] if found else self.picker.line).setFocus(Qt.FocusReason.OtherFocusReason)

    # --- adding ---

    def book(self) -> None:
        """As if Book had been pressed: the name typed gets a place."""
        child, picture = self._named(), self._picture
        if child is None or picture is None:
            return

        def failed(error: BreatherError) -> None:
            if isinstance(error, Full):
                self._offer_waiting(error)
            else:
                self.foresight.say(State.BAD, str(error))

        actions.book(self._doing, picture.activity, child, self._added, failed)

    def wait(self) -> None:
        """As if the waiting-list button had been pressed."""
        child, picture = self._named(), self._picture
        if child is not None and picture is not None:
            actions.wait(self._doing, picture.activity, child, self._added)

    def _offer_waiting(self, error: Full) -> None:
        self.foresight.say(State.WARN, str(error))
        self.wait_button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _added(self, _id: object) -> None:
        self.picker.set_value(None)
        self.foresight.hide()
        self.picker.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def _named(self) -> tuple[UUID, str] | None:
        """The child typed, said at the field when it cannot be read."""
        if not self.picker.check():
            return None
        child = self._chosen()
        if child is None:
            self.picker.set_error("Type the name of a child.")
        return child

    def _chosen(self) -> tuple[UUID, str] | None:
        try:
            child_id = self.picker.value()
        except BadInput:
            return None
        free = self._picture.free if self._picture else ()
        return next((one for one in free if one[0] == child_id), None)

    def _look_ahead(self) -> None:
        child, picture = self._chosen(), self._picture
        if child is None or picture is None:
            self.foresight.hide()
            return
        self._doing.jobs.query(
            lambda uow: (child, if_booked(uow, picture.activity.id, child[0])),
            self._foresee,
            self._cannot_tell,
            key="programme-if-booked",
        )

    def _foresee(self, answer: tuple[tuple[UUID, str], tuple[Line, ...]]) -> None:
        child, lines = answer
        if self._chosen() != child:
            return
        news = worse(self._lines, lines)
        if not news:
            self.foresight.say(State.OK, f"With {child[1]} nothing new would be in the way.")
            return
        state = State.BAD if any(line.level is Level.BLOCK for line in news) else State.WARN
        self.foresight.say(state, f"With {child[1]}: {' '.join(line.text for line in news)}")

    def _cannot_tell(self, error: Exception) -> None:
        if isinstance(error, BreatherError):
            self.foresight.say(State.WARN, str(error))
        else:
            self._doing.page.failed.emit(error)

    def _give_first(self) -> None:
        picture = self._picture
        if picture is not None and picture.waiting:
            first = picture.waiting[0]
            actions.give_place(self._doing, first.booking.id, first.booking.version, first.name, picture.activity.title)

    # --- rows ---

    def _booked_row(self, one: ChildSeen) -> Entry:
        picture = self._picture
        if picture is None or not self._may_change():
            return Entry(one.name, _beneath(one), self._chips(one), [self._open(one)])
        row, booking = picture.activity, one.booking
        child = (booking.child_id, one.name)
        waiting = button(
            "To waiting", lambda: actions.to_waiting(self._doing, row, booking.id, child),
            kind="quiet", name=f"Move {one.name} to the waiting list",
        )  # fmt: skip
        return Entry(one.name, _beneath(one), self._chips(one), [self._open(one), waiting, self._remove(one)])

    def _waiting_row(self, one: ChildSeen, at: int, count: int) -> Entry:
        picture = self._picture
        if picture is None or not self._may_change():
            return Entry(one.name, f"Number {at} · {_beneath(one)}")
        row, booking = picture.activity, one.booking
        child = (booking.child_id, one.name)

        def move(to: int) -> None:
            if 1 <= to <= count:
                actions.reorder(self._doing, row, child, to)

        up = icon_button("arrow-up", f"Move {one.name} up", lambda: move(at - 1))
        down = icon_button("arrow-down", f"Move {one.name} down", lambda: move(at + 1))
        for each, keys in ((up, "Alt+Up"), (down, "Alt+Down")):
            each.setToolTip(f"{each.accessibleName()} ({keys})")
        give = button(
            "Give a place",
            lambda: actions.give_place(self._doing, booking.id, booking.version, one.name, row.title),
            name=f"Give {one.name} a place",
        )
        made = Entry(one.name, f"Number {at} · {_beneath(one)}", (), [give, up, down, self._remove(one)])
        _on_keys(made, "Alt+Up", lambda: move(at - 1))
        _on_keys(made, "Alt+Down", lambda: move(at + 1))
        return made

    def _chips(self, one: ChildSeen) -> list[QWidget]:
        chips: list[QWidget] = [StateChip(one.consent, one.consent_words)]
        if one.one_to_one:
            chips.append(StateChip(*self._one_to_one(one), "account-heart-outline"))
        if one.wheelchair:
            chips.append(StateChip(State.BRAND, "Wheelchair", "wheelchair-accessibility"))
        medical = [mark for mark in one.marks if mark.kind is SeeKind.MEDICAL]
        if medical:
            grave = any(mark.level is SeeLevel.RED for mark in medical)
            chip = StateChip(State.BAD if grave else State.WARN, "See medical", "medical-bag")
            chip.setToolTip("\u200b" + "\n".join(mark.text for mark in medical))
            chip.setAccessibleDescription(", ".join(mark.text for mark in medical))
            chips.append(chip)
        return chips

    def _one_to_one(self, one: ChildSeen) -> tuple[State, str]:
        adults = self._picture.adults if self._picture else ()
        with_them = [adult.name for adult in adults if adult.duty.one_to_one_child_id == one.booking.child_id]
        if len(with_them) < one.one_to_one:
            return State.BAD, "One-to-one: nobody yet" if not with_them else "One-to-one: one more needed"
        return State.OK, f"One-to-one: {' and '.join(name.split(' ')[0] for name in with_them)}"

    def _open(self, one: ChildSeen) -> QPushButton:
        return button(
            "Open", lambda: self.child_opened.emit(one.booking.child_id), kind="quiet", name=f"Open {one.name}"
        )

    def _remove(self, one: ChildSeen) -> QPushButton:
        title = self._picture.activity.title if self._picture else ""
        return button(
            "Remove",
            lambda: actions.remove_child(self._doing, one.booking.id, one.booking.version, one.name, title),
            kind="quiet",
            name=f"Remove {one.name}",
        )


def _beneath(one: ChildSeen) -> str:
    return f"{one.age} years"


def _on_keys(row: QWidget, keys: str, action: Callable[[], object]) -> None:
    shortcut = QShortcut(QKeySequence(keys), row)
    shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    shortcut.activated.connect(action)
