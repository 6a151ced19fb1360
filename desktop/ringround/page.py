"""The Thursday phone list: one family after the other, and everything else follows what they say."""

from datetime import time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QGuiApplication, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.ringround import words
from desktop.ringround.call import CallCard
from desktop.ringround.scrolled import scrolled
from desktop.ringround.table import family_table
from desktop.widgets.anyway import plan_change
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label, set_look
from models.kernel.clock import Clock
from models.kernel.words import counted
from models.programme import service as programme
from models.programme.rules import Answer, ChoreKind
from models.readiness import service
from models.readiness.ringround import Asked, Household, RingRound, ring_round, still_to_answer

if TYPE_CHECKING:
    from models.readiness.guard import Anyway

LOOK_AGAIN_MS = 30_000
"""How often the list looks whether somebody is to be rung again by now."""


class RingRoundPage(Page):
    """One activity's families; `open_item(activity_id)` says which."""

    areas = frozenset({"people", "programme", "transport", "consents", "team", "registers", "readiness"})
    help_topic = "ringround"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Ring-round", scroll=False)
        self._jobs = jobs
        self._clock = clock
        self._activity_id: UUID | None = None
        self._ring: RingRound | None = None
        self._go_to: UUID | None = None
        self._chip = StateChip(State.NEUTRAL, "")
        self._copy = button("Copy who still needs an answer", self._copy_open, icon_name="content-copy")
        self._progress = label("", "soft", wrap=True)
        self._table = family_table()
        self._table.chosen.connect(lambda _home: self._show_call())
        self._table.opened.connect(lambda _home: self._next())
        self._call = CallCard()
        self._listen()
        self._lay_out()
        self._bind_keys()
        self.timer = QTimer(self)
        self.timer.setInterval(LOOK_AGAIN_MS)
        self.timer.timeout.connect(lambda: self.refresh() if self.isVisible() else None)
        self.timer.start()
        self._ask_which()

    def open_item(self, item: object) -> None:
        """The families of this activity."""
        if isinstance(item, UUID):
            self._activity_id = item
            self._ring = None
            self.banner.clear()
            self.show_loading()
            self.refresh()

    def refresh(self) -> None:
        activity_id = self._activity_id
        if activity_id is not None:
            self._jobs.query(
                lambda uow: ring_round(uow, activity_id), self._show, self.show_error, key="ring-round-page"
            )

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        beside = event.size().width() >= px(820)
        way = QBoxLayout.Direction
        self._head.setDirection(way.LeftToRight if beside else way.TopToBottom)
        # Where there is no room the call stands above the list, both at a height one can work with; the page scrolls.
        self._sides.setDirection(way.LeftToRight if beside else way.BottomToTop)
        self._table.setMinimumHeight(px(100 if beside else 210))
        self._side.setMinimumHeight(px(100) if beside else self._call.sizeHint().height())

    def _lay_out(self) -> None:
        self._head = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._head.setSpacing(px(12))
        self._head.addWidget(self._chip)
        self._head.addWidget(self._progress, 1)
        self._head.addWidget(self._copy)
        self._sides = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._sides.setSpacing(px(14))
        self._side = scrolled(self._call)
        self._sides.addWidget(self._table, 5)
        self._sides.addWidget(self._side, 6)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        column.addLayout(self._head)
        column.addLayout(self._sides, 1)
        self.body.addWidget(scrolled(inside))

    # --- what is shown ---

    def _show(self, ring: RingRound) -> None:
        first = self._ring is None
        self._ring = ring
        self.set_title(words.title(ring))
        self._progress.setText(words.progress(ring))
        self._chip.set(words.LIGHT[ring.answer.light], ring.answer.words)
        self._chip.setVisible(not ring.over)
        self._copy.setText("Copy who is to be called" if ring.over else "Copy who still needs an answer")
        self._copy.setAccessibleName(self._copy.text())
        if not ring.households:
            self._show_nobody(ring)
            return
        self.show_content()
        self._table.set_rows(ring.households)
        if first or self._go_to is not None or self._table.current() is None:
            self._start()
        self._show_call()
        self._show_banner(ring)

    def _show_nobody(self, ring: RingRound) -> None:
        if ring.over:
            why = "Nobody stayed away without a word, so there is nobody to call."
            self.show_empty(why, "Back to Today", self._home)
            return
        self.show_empty(
            "No child is booked yet, so there is nobody to ring.",
            "Book children",
            lambda: self.go.emit("programme", ring.activity.id),
        )

    def _ask_which(self) -> None:
        self.show_empty(
            "Choose the club or trip to ring round for.",
            "Go to the programme",
            lambda: self.go.emit("programme", None),
        )

    def _start(self) -> None:
        """On the family wanted, or the first that has not answered."""
        wanted, self._go_to = self._go_to, None
        if wanted is None or not self._table.select(wanted):
            rows = self._table.rows()
            self._table.select(next((home for home in rows if not home.settled), rows[0]).family_id)
        self._to_list()

    def _show_call(self) -> None:
        home = self._table.current()
        if home is not None and self._ring is not None:
            self._call.show_home(home, self._ring.now, self._ring.over)

    def _show_banner(self, ring: RingRound) -> None:
        if ring.over:
            self._show_called(ring)
        elif ring.offer is not None:
            said = f"A place is free: give it to {ring.offer.name} (first on the waiting list)."
            self._say(State.BRAND, said, "Give the place (G)", self._give_place)
        elif ring.settled == len(ring.households):
            self._say(
                State.OK, "Everybody has answered.", "Print the register", self._print_register, "Back to Today",
                self._home,
            )  # fmt: skip
        else:
            self.banner.clear()

    def _show_called(self, ring: RingRound) -> None:
        if ring.called:
            self._say(State.OK, "These families have been called.", "Back to Today", self._home)
        else:
            self._say(State.BRAND, "Ring each family and ask how they are.", "All are called", self._all_called)

    def _say(self, state: State, said: str, *buttons: Any) -> None:
        if self.banner.words() != said:  # or a screen reader would say it at every answer
            self.banner.show_state(state, said, *buttons)

    # --- what is done ---

    def _answer(self, said: Answer, again: time | None = None) -> None:
        home, asked = self._table.current(), self._call.asked()
        if home is None or not asked or (self._ring is not None and self._ring.over):
            return
        told = words.happened(asked, home.name, said, again)

        def change(uow: Any) -> None:
            for child in asked:
                service.family_answered(uow, child.booking_id, None, said, again)

        self._jobs.change(change, told, lambda _none: self.said.emit(f"{told}.", True), self._could_not)
        self._to_list()

    def _note(self, note: str) -> None:
        home, asked = self._table.current(), self._call.asked()
        if home is None:
            return

        def change(uow: Any) -> None:
            for child in asked:
                programme.note_call(uow, child.booking_id, None, note)

        def noted(_none: None) -> None:
            self._call.note_kept(home.family_id, note)
            self.said.emit("The note is kept.", True)

        self._jobs.change(change, f"Note of the call: {home.name}", noted, self._could_not)
        self._to_list()

    def _give_place(self) -> None:
        offer = self._ring.offer if self._ring is not None else None
        if offer is None:
            return
        plan_change(
            self,
            self._jobs,
            lambda anyway: _giving(offer, anyway),
            f"Gave {offer.name} a place",
            lambda _none: self._given(offer),
            self._could_not,
        )

    def _given(self, offer: Asked) -> None:
        rows = self._table.rows()
        self._go_to = next((home.family_id for home in rows if offer in home.children), None)
        self.said.emit(f"{offer.name} has the place. Ring them now.", True)

    def _all_called(self) -> None:
        activity_id = self._activity_id
        if activity_id is not None:
            self._jobs.change(
                lambda uow: programme.chore_done(uow, activity_id, ChoreKind.CALLED),
                "Families called",
                lambda _none: self.said.emit("Ticked off: these families have been called.", True),
                self._could_not,
            )

    def _could_not(self, error: Exception) -> None:
        self.failed.emit(error)
        self.refresh()

    def _copy_open(self) -> None:
        if self._ring is None:
            return
        QGuiApplication.clipboard().setText(still_to_answer(self._ring))
        left = len(self._ring.households) - (0 if self._ring.over else self._ring.settled)
        self.said.emit(f"Copied: {counted(left, 'family', 'families')} with their numbers.", False)

    def _print_register(self) -> None:
        self.go.emit("print", ("register", self._activity_id))

    def _home(self) -> None:
        self.go.emit("today", None)

    # --- moving about ---

    def _next(self) -> None:
        """The next family that has not answered, from here on and round again; else simply the next."""
        rows: tuple[Household, ...] = self._table.rows()
        home = self._table.current()
        if not rows:
            return
        at = rows.index(home) if home in rows else -1
        onward = [*rows[at + 1 :], *rows[: at + 1]]
        over = self._ring is not None and self._ring.over
        to = next((each for each in onward if over or not each.settled), onward[0])
        self._table.select(to.family_id)
        self._to_list()

    def _to_list(self) -> None:
        self._table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _listen(self) -> None:
        self._call.answered.connect(self._answer)
        self._call.noted.connect(self._note)
        self._call.next_wanted.connect(self._next)
        self._call.left.connect(self._to_list)
        self._call.copied.connect(lambda number: self.said.emit(f"Copied: {number}.", False))

    def _bind_keys(self) -> None:
        keys = {
            "C": lambda: self._answer(Answer.COMING),
            "N": lambda: self._answer(Answer.NOT_COMING),
            "A": lambda: self._answer(Answer.NO_ANSWER),
            "R": self._ask_when,
            "T": lambda: self._call.note.setFocus(Qt.FocusReason.ShortcutFocusReason),
            "G": self._give_place,
        }
        for key, action in keys.items():
            self._bind(key, action)
        for number in range(10):
            self._bind(str(number), lambda number=number: self._call.choose_child(number))

    def _bind(self, key: str, action: Any) -> None:
        made = QShortcut(QKeySequence(key), self)
        made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        made.activated.connect(action)

    def _ask_when(self) -> None:
        if self._ring is not None and not self._ring.over:
            self._call.again.open_row()


def _giving(offer: Asked, anyway: "Anyway | None") -> Any:
    return lambda uow: service.give_place(uow, offer.booking_id, None, anyway)
