"""One club or trip: how it stands, what is in the way, its children and its adults."""

from collections.abc import Callable
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout

from desktop.programme import actions
from desktop.programme.actions import Doing
from desktop.programme.adults import AdultsCard
from desktop.programme.bookings import BookingsCard
from desktop.programme.head import Head
from desktop.programme.lines_card import LinesCard
from desktop.programme.reading import Picture, history
from desktop.programme.words import PLANNED
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.history_list import Happening, HistoryList
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import label
from models.access.rules import Permission
from models.programme.rules import DutyStatus
from models.readiness.lines import Do, Fix, Line
from models.readiness.queries import SetAside


class ActivityView(QScrollArea):
    """The view of one activity, scrolled as a whole.

    Signals:
        form_wanted(str): the edit, move or cancel form is wanted.
        leaving(str, object): another screen is wanted, as a page's `go`.
    """

    form_wanted = Signal(str)
    leaving = Signal(str, object)

    def __init__(self, doing: Doing) -> None:
        super().__init__()
        self._doing = doing
        self.picture: Picture | None = None
        self.head = Head()
        self.lines = LinesCard()
        self.bookings = BookingsCard(doing)
        self.adults = AdultsCard(doing)
        self.notes = Card("Notes")
        self.history = HistoryList()
        self.past = Card("History")
        self.past.body.addWidget(self.history)
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(14))
        for card in (self.head, self.lines, self.bookings, self.adults, self.notes, self.past):
            column.addWidget(card)
        column.addStretch(1)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setWidget(inside)
        self.head.wanted.connect(self._do)
        self.lines.fix.connect(self._fix)
        self.lines.go_ahead.connect(self._go_ahead)
        self.lines.countersign.connect(self._countersign)
        self.bookings.child_opened.connect(lambda child_id: self.leaving.emit("children", child_id))

    def show_picture(self, picture: Picture) -> None:
        """Shows the activity as it is now; another one starts at the top."""
        before = self.picture
        self.picture = picture
        for part in (self.head, self.lines, self.bookings, self.adults):
            part.show_picture(picture)
        # What took place or was cancelled can neither run nor not.
        self.lines.setVisible(picture.activity.status in PLANNED)
        self._show_notes(picture)
        if before is None or before.activity.id != picture.activity.id:
            self.history.start_short()
            self.past.hide()
            self.verticalScrollBar().setValue(0)
        if may(self, Permission.PLAN):  # read by itself: it takes longer than all the rest
            activity_id = picture.activity.id
            self._doing.jobs.query(lambda uow: history(uow, activity_id), self._show_history, key="activity-history")

    def _show_history(self, rows: tuple[Happening, ...]) -> None:
        self.history.set_rows(rows)
        self.past.show()

    def _show_notes(self, picture: Picture) -> None:
        self.notes.clear()
        row = picture.activity
        said = [(title, text) for title, text in (("Notes", row.notes), ("Risk notes", row.risk_notes)) if text]
        for title, text in said:
            self.notes.body.addWidget(label(title, "strong"))
            self.notes.body.addWidget(label(text, wrap=True))
        self.notes.setVisible(bool(said))

    def _do(self, what: str) -> None:
        picture = self.picture
        if picture is None:
            return
        row = picture.activity
        if what == "confirm":
            actions.confirm(self._doing, row)
        elif what == "draft":
            actions.back_to_draft(self._doing, row)
        elif what in ("ringround", "register"):
            self.leaving.emit(what, row.id)
        elif what.startswith("print "):
            self.leaving.emit("print", (what.removeprefix("print "), row.id))
        else:
            self.form_wanted.emit(what)

    def _fix(self, fix: Fix) -> None:
        """What a line's button does, done in one click wherever it can be."""
        picture = self.picture
        if picture is None:
            return
        activity_id = picture.activity.id
        to_do: dict[Do, Callable[[], object]] = {
            Do.ASK_ADULT: lambda: self._ask(fix.target),
            Do.CONFIRM_ADULT: lambda: self._confirm_adult(fix.target),
            Do.CHOOSE_ADULTS: self.adults.focus_picker,
            Do.CHOOSE_CHILDREN: self.bookings.focus_list,
            Do.OPEN_CONSENTS: lambda: self.leaving.emit("consents", activity_id),
            Do.OPEN_TRANSPORT: lambda: self.leaving.emit("transport", activity_id),
            Do.OPEN_CHILD: lambda: self.leaving.emit("children", fix.target),
            Do.OPEN_ADULT: lambda: self.leaving.emit("team", fix.target),
            Do.OPEN_VEHICLE: lambda: self.leaving.emit("transport", ("vehicle", fix.target)),
            Do.EDIT_ACTIVITY: lambda: self.form_wanted.emit("edit"),
        }
        to_do[fix.do]()

    def _ask(self, adult_id: UUID | None) -> None:
        picture = self.picture
        adult = next((one for one in picture.spare if one[0] == adult_id), None) if picture else None
        if picture is not None and adult is not None:
            actions.ask(self._doing, picture.activity, adult)

    def _confirm_adult(self, adult_id: UUID | None) -> None:
        adults = self.picture.adults if self.picture else ()
        one = next((adult for adult in adults if adult.duty.adult_id == adult_id), None)
        if one is not None:
            values = {"status": DutyStatus.CONFIRMED}
            actions.change_duty(self._doing, one.duty.id, values, f"{one.name} has said yes")

    def _go_ahead(self, line: Line) -> None:
        if self.picture is not None:
            by_phone = self.picture.deciding.by_phone
            actions.go_ahead(self._doing, self.picture.activity, line.rule, line.text, by_phone=by_phone)

    def _countersign(self, decision: SetAside) -> None:
        if self.picture is not None:
            actions.countersign(self._doing, decision.id, self.picture.activity.title)
