"""The register screen: staff view, door view, roll call and paper, over one register that is read after every mark."""

from collections.abc import Callable
from functools import partial
from uuid import UUID

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QWidget

from desktop.jobs import Jobs
from desktop.registers import actions, reading
from desktop.registers.actions import Change
from desktop.registers.door_screen import DoorView
from desktop.registers.families import Families
from desktop.registers.keys import on_escape
from desktop.registers.lateness import Lateness
from desktop.registers.offer import Offer
from desktop.registers.panels import Panels
from desktop.registers.paper import PaperGrid
from desktop.registers.reading import DayView, Paper
from desktop.registers.roll_call import RollCall
from desktop.registers.saving import Failed, Saving, Then
from desktop.registers.staff import StaffView
from desktop.registers.standing import views_of
from desktop.registers.tools import Tools
from desktop.registers.words import RowView
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack
from desktop.widgets.state import State
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.dates import clock_text, long, span
from models.registers.queries import Register
from models.registers.rules import MarkKind

TICK_MS = 20_000


class RegisterPage(Page):
    """The day, at the door.

    A mark is asked for at once and its row says "Saving…"; the time stands there only when the register was read
    again after the commit. Marks are written in the order they were made.

    Attributes:
        staff, door, roll, paper: what it can show. panels: what opens beside them. saving: marks under way.

    Signals:
        closed(): the register shown is closed.
    """

    closed = Signal()

    areas = frozenset({"registers", "programme", "people", "team", "access"})
    help_topic = "register"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Register", scroll=False)
        self._jobs = jobs
        self._clock = clock
        self._day: DayView | None = None
        self._paper_wanted = False
        self._wanted: UUID | None = None
        self.saving = Saving(self, jobs)
        self.staff, self.door, self.roll, self.paper = StaffView(), DoorView(), RollCall(), PaperGrid()
        self._stacked = Stack()
        for view in (self.staff, self.door, self.roll, self.paper):
            self._stacked.addWidget(view)
        self._home: QWidget = self.staff
        self._fire: Callable[[], object] | None = None
        self._before_roll: QWidget = self.staff
        self.body.addWidget(self._stacked, 1)
        self.panels = Panels(self, jobs, clock, self.do)
        self._families = Families(self, self, jobs, clock, self.panels)
        self._lateness = Lateness(self, self, clock, self.panels)
        self._tools = Tools(self, self, self.panels, self._lateness, clock.today)
        self._connect()
        self._timer = QTimer(self)
        self._timer.setInterval(TICK_MS)
        self._timer.timeout.connect(self.tick)
        self._timer.start()
        self.show_loading()

    def refresh(self) -> None:
        """Reads the register again; an older reading still under way is dropped."""
        self.saving.begin_reading()
        read = reading.alone if self._home is self.door else reading.read_day
        wanted, today = self._wanted, self._clock.today()
        self._jobs.query(lambda uow: read(uow, wanted, today), self._show, self.show_error, key="register-page")

    def open_item(self, item: object) -> None:
        """Shows the register of an activity; None is today's, else the next."""
        self._wanted = item if isinstance(item, UUID) else None
        self._lateness.forget()
        self.panels.panel.close_panel()
        self.staff.offer.clear()
        self.refresh()

    def tick(self) -> None:
        """Time has gone on: who is late now, and is it time to ring home? The timer calls this every 20 seconds."""
        if self.isVisible():
            self._show_rows()
            self._watch()

    def register(self) -> Register | None:
        """The register shown."""
        return self._day.register if self._day else None

    def views(self) -> list[RowView]:
        """Every row as it stands this moment: children by surname, then adults."""
        return views_of(self._day, self.saving, self._clock.now()) if self._day else []

    def at_door(self) -> bool:
        """Whether the screen faces the queue."""
        return self._stacked.currentWidget() is self.door

    def offer(self) -> Offer:
        """The strip over the rows shown."""
        return self.door.offer if self.at_door() else self.staff.offer

    def do(self, change: Change, then: Then | None = None, failed: Failed | None = None) -> None:
        """Asks for a change: its rows say "Saving…" until it is committed, or refused."""
        register = self.register()
        activity_id = register.activity.id if register else None
        self.saving.do(change, lambda uow: reading.read_states(uow, activity_id, change.people), then, failed)

    def show_staff(self) -> None:
        """The staff view, except where it stays at the door."""
        self._turn_to(self._home)

    def stay_at_door(self, activity_id: UUID, fire: Callable[[], object]) -> None:
        """Register mode: this activity facing the queue, and nothing else of this screen; F9 is `fire`."""
        self._home, self._fire = self.door, fire
        self.door.leave_button.hide()
        self.open_item(activity_id)
        self.show_door()

    def show_door(self) -> None:
        """Turns the screen to the queue, with nothing around it."""
        self._turn_to(self.door)

    def show_roll(self) -> None:
        """The roll call; F9 from anywhere on this screen, once more to go back. In register mode the fire list."""
        if self._fire is not None:
            self._fire()
        elif self._stacked.currentWidget() is self.roll:
            self._turn_to(self._before_roll)
        elif self.register() is not None:
            self._before_roll = self.door if self.at_door() else self.staff
            self._turn_to(self.roll)
            self.roll.show_people(self.views())
            self.roll.focus_first()

    def show_paper(self) -> None:
        """Keying a printed register back."""
        register = self.register()
        if register is not None:
            read = partial(reading.read_paper, activity_id=register.activity.id)
            self._jobs.query(read, self._show_paper, self.failed.emit, key="register-paper")

    def key_in_paper(self) -> None:
        """Keying a printed register back, as Ctrl+K offers it: as soon as the day is read."""
        self._paper_wanted = self._day is None
        self.show_paper()

    def close_or_open(self) -> None:
        """Closes the day, or opens it again."""
        register = self.register()
        if register is not None and register.closed_at is None:
            self.panels.close_day(register)
        elif register is not None:
            self.do(actions.reopen_day(register.activity.id))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._day is not None and not self.panels.panel.shown:
            self.staff.finder.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def hideEvent(self, event: QHideEvent) -> None:
        # Whoever goes elsewhere by Ctrl+K comes back to the staff view, with everything around it. Under the lock it is
        # hidden with all the rest, and stays as it is.
        if self.at_door() and self.isHidden() and not event.spontaneous():
            self._turn_to(self._home)
        super().hideEvent(event)

    def _show(self, day: DayView) -> None:
        self.saving.end_reading()
        first, self._day = self._day is None, day
        if day.register is None:
            _show_nothing(self)
            return
        self.show_content()
        self._show_title()
        self._show_rows()
        if first:
            self.staff.finder.start()
        if self._paper_wanted:
            self.key_in_paper()
        self._watch()

    def _show_title(self) -> None:
        register = self.register()
        if register is None:
            return
        activity = register.activity
        # Nobody knows before the day who does not come.
        self.staff.close_button.setVisible(activity.day <= self._clock.today())
        self.staff.mode_button.setVisible(self._day is not None and self._day.mode_open(self._clock.now()))
        where = f", {activity.venue_name}" if activity.venue_name else ""
        beneath = f"{long(activity.day)}, {span(activity.starts, activity.ends)}{where}"
        if self.at_door():
            self.set_title(activity.title)
        else:
            self.set_title(f"Register · {activity.title}", beneath)

    def _show_rows(self) -> None:
        register, views = self.register(), self.views()
        if self._day is None or register is None:
            return
        if self.at_door():  # only what is in sight: a mark must not wait for sixty rows nobody sees
            self.door.show_day(register, views)
        else:
            self.staff.show_day(self._day, views)
        if self._stacked.currentWidget() is self.roll:
            self.roll.show_people(views)

    def _watch(self) -> None:
        register, day = self.register(), self._day
        if register is None or day is None:
            return
        if register.closed_at is not None:
            self.closed.emit()
            words = f"This register was closed at {clock_text(register.closed_at)}."
            if self.banner.words() != words:
                self.banner.show_state(State.NEUTRAL, words, "Open it again", self.close_or_open)
            return
        on_staff = self._stacked.currentWidget() is self.staff
        busy = self.panels.panel.shown or bool(self.staff.finder.line.text())
        self._lateness.look(day, may_open=on_staff and not busy)

    def _kept(self, words: str) -> None:
        self.said.emit(words, True)
        self.refresh()

    def _tapped(self, view: RowView) -> None:
        register = self.register()
        if register is None or view.tap is None or self.saving.waits(view.person_id):
            return
        finder = self.door.finder if self.at_door() else self.staff.finder
        if finder.line.text():
            finder.start()
        activity_id, now = register.activity.id, self._clock.now()
        if view.tap is MarkKind.IN:
            self.do(actions.sign_in(activity_id, [view], now))
            self._families.offer_in(view)
        elif view.adult:
            self.do(actions.sign_out(activity_id, [view], now))
        else:
            self.panels.collect(activity_id, view, door=self.at_door())

    def _asked(self, what: str) -> None:
        register = self.register()
        if register is None:
            return
        if what == "someone":
            self._someone_else()
        elif what == "door":
            self.show_door()
        elif what == "roll":
            self.show_roll()
        elif what == "close":
            self.close_or_open()
        elif what == "mode":
            self.go.emit("register mode", register.activity.id)
        else:
            self._tools.open_more(self.staff.more_button, self.show_paper, self.staff.set_aside(), self._asked)

    def _someone_else(self, typed: str = "") -> None:
        register = self.register()
        if register is not None:
            self.staff.finder.step_back()
            self.panels.someone_else(register.activity.id, typed)

    def _step_back(self) -> None:
        """Esc in the staff view: what is typed goes, then what is open beside it, then the offer under it."""
        if self.staff.finder.step_back():
            return
        if self.panels.panel.shown:
            self.panels.panel.close_panel()
        else:
            self.staff.offer.clear()

    def _leave_door(self) -> None:
        """Esc in the door view: what is typed goes, then the view."""
        if not self.door.finder.step_back():
            self.show_staff()

    def _show_paper(self, paper: Paper) -> None:
        self._turn_to(self.paper)
        self.paper.show_sheets(paper)

    def _key_paper(self, sheet_id: UUID, number: int, entries: object) -> None:
        rows = entries if isinstance(entries, list) else []
        self.do(actions.key_paper(sheet_id, number, rows), self.show_staff, self.paper.show_error)

    def _turn_to(self, view: QWidget) -> None:
        was_door = self.at_door()
        self.panels.panel.close_panel()
        self._stacked.setCurrentWidget(view)
        if was_door is not self.at_door():
            self.alone.emit(self.at_door())
        self._show_title()
        self._show_rows()
        if isinstance(view, (StaffView, DoorView)):
            view.finder.start()
        self._watch()

    def _connect(self) -> None:
        self.saving.moved.connect(self._show_rows)
        self.saving.kept.connect(self._kept)
        self.saving.refused.connect(self.failed)
        self.staff.tapped.connect(self._tapped)
        self.staff.more.connect(self._tools.open_menu)
        self.staff.asked.connect(self._asked)
        self.staff.finder.nobody.connect(self._someone_else)
        self.staff.activity_chosen.connect(self.open_item)
        self.door.tapped.connect(self._tapped)
        self.door.left.connect(self.show_staff)
        self.roll.left.connect(self.show_roll)
        self.paper.left.connect(self.show_staff)
        self.paper.wanted_print.connect(self._tools.print_register)
        self.paper.keyed.connect(self._key_paper)
        QShortcut(QKeySequence("F9"), self).activated.connect(self.show_roll)
        on_escape(self.staff, self._step_back)
        on_escape(self.door, self._leave_door)
        on_escape(self.roll, self.show_roll)
        on_escape(self.paper, self.show_staff)


def _show_nothing(page: Page) -> None:
    if page.may(Permission.PLAN):
        why = "There is no club or trip near today. Plan one first."
        page.show_empty(why, "Go to Programme", lambda: page.go.emit("programme", None))
    else:
        page.show_empty("There is no club or trip near today, so there is no register to take.")
