"""The register as staff see it: the day, the numbers, what to do, the search line and the rows."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QButtonGroup, QComboBox, QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from desktop.registers.finding import PeopleFinder
from desktop.registers.head import Numbers
from desktop.registers.offer import Offer
from desktop.registers.reading import DayView
from desktop.registers.rows import RegisterRow
from desktop.registers.words import RowView
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import button, set_look
from models.kernel.dates import short
from models.programme.queries import ActivityRow

LONGEST = 22
SHORT = 500
"""Less height than this (px at 100 %) belongs to the names: the numbers are small, and two buttons go into More."""
EMPTY = {False: "Nobody is booked on this yet.", True: "No adult is confirmed for this yet."}


class StaffView(QWidget):
    """Shows a day; says what was pressed.

    Attributes:
        numbers, offer, finder: its parts. close_button: closes the day, or opens it again.
        mode_button: shown while register mode is open.

    Signals:
        tapped(RowView): the big button of a row, or Enter. more(RowView, QWidget): the menu button of a row.
        activity_chosen(UUID): another day. asked(str): one of "someone", "door", "roll", "mode", "close", "more".
    """

    tapped = Signal(object)
    more = Signal(object, object)
    activity_chosen = Signal(object)
    asked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._choices: tuple[ActivityRow, ...] = ()
        self.activity = QComboBox()
        self.activity.setAccessibleName("Which club or trip")
        # A combo box is read out as what is chosen in it: what it chooses is said by its label, or here.
        self.activity.setAccessibleDescription("Which club or trip")
        self.activity.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.activity.setMinimumContentsLength(18)
        self.activity.activated.connect(self._choose)
        self.numbers = Numbers()
        self.offer = Offer()
        self.finder = PeopleFinder("Register", self._make_row, "Someone else came")
        self.finder.entered.connect(self.tapped)
        self.close_button = self._asking("Close the day", "close", "")
        self.more_button = self._asking("More", "more", "dots-horizontal")
        self.mode_button = self._asking("Register mode", "mode", "tablet-dashboard")
        self.mode_button.setToolTip("Locks everything else. The register of this one activity stays open at the door.")
        self._someone = self._asking("Someone else came", "someone", "account-plus-outline")
        self._door = self._asking("Door view", "door", "door-open")
        self._groups = self._group_buttons()
        self._lay_out()
        self._fit()

    def show_day(self, day: DayView, views: Sequence[RowView]) -> None:
        """Shows the numbers, the choice of days and the rows."""
        register = day.register
        if register is None:
            return
        self.numbers.show_live(register.live, register.per_adult)
        self._show_choices(day.choices, register.activity)
        adults = sum(view.adult for view in views)
        for adult, words, number in ((False, "Children", len(views) - adults), (True, "Adults", adults)):
            self._groups[adult].setText(f"{words} {number}")
            self._groups[adult].setAccessibleName(f"{words}, {number}")
        self.close_button.setText("Open the day again" if register.closed_at else "Close the day")
        self.close_button.setAccessibleName(self.close_button.text())
        self.show_rows(views)

    def show_rows(self, views: Sequence[RowView]) -> None:
        """Shows the rows alone: a mark is being saved, or time has gone on."""
        self.finder.show_views(views, EMPTY[self._groups[True].isChecked()])

    def row_of(self, view: RowView) -> RegisterRow:
        """A person's row."""
        row = self.finder.people.widget_of(view.person_id)
        assert isinstance(row, RegisterRow)
        return row

    def set_aside(self) -> tuple[str, ...]:
        """What has no room beside the others now, as `asked` says it: More offers it."""
        return ("someone", "door") if self.height() < px(SHORT) else ()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        short = bool(self.set_aside())
        self._someone.setVisible(not short)
        self._door.setVisible(not short)
        self.numbers.set_compact(short)
        self.finder.set_short(short)
        self._column.setSpacing(px(6 if short else 10))
        self.finder.people.setMinimumHeight(px(130 if short else 250))

    def _make_row(self, view: RowView) -> RegisterRow:
        row = RegisterRow(view)
        row.tapped.connect(lambda: self.tapped.emit(row.view))
        row.more.connect(lambda: self.more.emit(row.view, row.more_button))
        return row

    def _show_choices(self, choices: tuple[ActivityRow, ...], shown: ActivityRow) -> None:
        with QSignalBlocker(self.activity):
            if choices != self._choices:
                self._choices = choices
                self.activity.clear()
                for row in choices:
                    self.activity.addItem(f"{short(row.day)}, {_shortened(row.title)}")
            self.activity.setCurrentIndex(next(at for at, row in enumerate(choices) if row.id == shown.id))
        self.activity.setToolTip(f"{short(shown.day)}, {shown.title}")

    def _choose(self, at: int) -> None:
        self.activity_chosen.emit(self._choices[at].id)

    def _asking(self, words: str, what: str, icon_name: str, keys: str = "") -> QPushButton:
        return button(words, partial(self.asked.emit, what), icon_name=icon_name, keys=keys)

    def _group_buttons(self) -> dict[bool, QPushButton]:
        made = {False: button("Children"), True: button("Adults")}
        group = QButtonGroup(self)
        for adult, each in made.items():
            each.setCheckable(True)
            group.addButton(each)
            each.toggled.connect(lambda on, adult=adult: self._show_group(adult) if on else None)
        made[False].setChecked(True)
        return made

    def _show_group(self, adult: bool) -> None:
        self.finder.show_group(lambda view: view.adult is adult)

    def _lay_out(self) -> None:
        tools = Flow(
            [
                self.activity,
                self._someone,
                self._door,
                self._asking("Roll call  F9", "roll", "bell-ring-outline"),
                self.mode_button,
                self.close_button,
                self.more_button,
            ]
        )
        for each in self._groups.values():
            self.finder.beside.addWidget(each)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = self._column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(tools)
        column.addWidget(self.numbers)
        column.addWidget(self.finder, 1)
        # Under the list: a row must never move away from the finger that is about to tap it.
        column.addWidget(self.offer)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)


def _shortened(title: str) -> str:
    """The title as far as the choice has room; the page's own title has it whole."""
    return title if len(title) <= LONGEST else f"{title[: LONGEST - 1].rstrip()}…"
