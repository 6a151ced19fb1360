"""The next activity: its light, who is there, and its lines, each with the one thing that fixes it."""

from collections.abc import Sequence
from datetime import date, datetime

from PySide6.QtCore import QPoint, QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from desktop.today import words
from desktop.widgets.allowed import leads, may
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.kernel.clock import london_instant
from models.programme.queries import ActivityRow
from models.programme.rules import ActivityKind
from models.readiness.glance import Glance
from models.readiness.lines import Fix, Level, Line
from models.registers.rules import register_mode_open

CLUB_PRINTS = (
    ("register", "Paper register"), ("consent-pack", "Consent pack"), ("contacts", "Contacts sheet"),
)  # fmt: skip
TRIP_PRINTS = (("trip-pack", "Trip pack"), ("manifest", "Bus list"), *CLUB_PRINTS)


class NextCard(Card):
    """The first card of the home screen.

    Signals:
        fix(Fix): a line's button was pressed.
        go(place, item): open it, its register, or what is to be printed.
    """

    fix = Signal(object)
    go = Signal(str, object)

    def __init__(self) -> None:
        super().__init__()
        self._activity: ActivityRow | None = None
        self._fine: tuple[Line, ...] = ()
        self._open_fine = False
        self._chip = StateChip(State.NEUTRAL, "")
        self._print = button("Print…", self._show_prints, icon_name="printer-outline", to="print")
        self._plain = button("Open", self._open_plan, to="programme")
        self._main = button("Open", self._open_main, kind="primary")
        self._mode = button("Register mode", self._open_mode, icon_name="tablet-dashboard", needs=Permission.REGISTER)
        self._mode.setToolTip("Locks everything else. The register of this one activity stays open at the door.")
        self._buttons = (self._print, self._mode, self._plain, self._main)
        self._narrow = QVBoxLayout()
        self._in_lines = Flow()  # with large text four buttons need two lines
        self._narrow.addWidget(self._in_lines)
        self._wide: bool | None = None
        self.body.addLayout(self._narrow)
        self._beneath = label("", "soft", wrap=True)
        self._lines = ReadinessLines()
        self._more = ReadinessLines()
        self._lines.fix.connect(lambda key: self.fix.emit(key.fix))
        self.body.addWidget(self._beneath)
        self.body.addWidget(self._lines)
        self.body.addWidget(self._fine_row())
        self.body.addWidget(self._more)
        self._arrange(True)

    def minimumSizeHint(self) -> QSize:
        # With light and buttons beside the heading the card would never let itself be made narrow.
        return QSize(min(super().minimumSizeHint().width(), px(300)), super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange(event.size().width() >= px(760))

    def show_glance(self, glance: Glance, now: datetime) -> None:
        """Shows the first of what comes next, as it stands at an instant."""
        answer = glance.today.next[0]
        if self._activity is None or self._activity.id != answer.activity.id:
            self._open_fine = False
        self._activity = answer.activity
        self.set_title(words.heading(answer.activity, glance.today.day))
        self._chip.set(words.LIGHT[answer.light], answer.words)
        self._beneath.setText(words.beneath(answer.activity, glance.adults, glance.asked))
        self._show_buttons(answer.activity, glance.today.day)
        activity = answer.activity
        starts, ends = (london_instant(activity.day, at) for at in (activity.starts, activity.ends))
        self._mode.setVisible(register_mode_open(starts, ends, now, closed=False))
        ordered = sorted(answer.lines, key=lambda line: line.level is not Level.BLOCK)
        self._lines.set_rows([self._row(line) for line in ordered if line.level is not Level.OK])
        self._fine = tuple(line for line in answer.lines if line.level is Level.OK)
        self._show_fine()

    def prints(self) -> QMenu:
        """What can be printed for it, as a menu."""
        activity = self._shown()
        menu = QMenu(self)
        menu.setAccessibleName("Print")
        for what, said in TRIP_PRINTS if activity.kind is ActivityKind.TRIP else CLUB_PRINTS:
            menu.addAction(said).triggered.connect(
                lambda _checked=False, what=what: self.go.emit("print", (what, activity.id))
            )
        return menu

    def _shown(self) -> ActivityRow:
        assert self._activity is not None, "the card is only shown with an activity"
        return self._activity

    def _show_prints(self) -> None:
        menu = self.prints()
        menu.aboutToHide.connect(menu.deleteLater)
        menu.popup(self._print.mapToGlobal(QPoint(0, self._print.height())))

    def _arrange(self, wide: bool) -> None:
        """Light and buttons beside the heading, or on lines of their own."""
        if wide is self._wide:
            return
        self._wide = wide
        self._in_lines.setVisible(not wide)
        if wide:
            self.add_beside_title(self._chip)
            for each in self._buttons:
                self.add_action(each)
            return
        self._narrow.insertWidget(0, self._chip)
        row = self._in_lines.layout()
        assert row is not None  # a Flow has one
        for each in self._buttons:
            row.addWidget(each)

    def _show_buttons(self, activity: ActivityRow, today: date) -> None:
        self._on_the_day = activity.day == today and leads(self, "register")
        self._main.setText("Take the register" if self._on_the_day else "Open")
        self._main.setAccessibleName(f"{self._main.text()}: {activity.title}")
        self._main.setVisible(self._on_the_day or leads(self, "programme"))
        self._plain.setVisible(self._on_the_day)
        self._plain.setAccessibleName(f"Open: {activity.title}")

    def _open_main(self) -> None:
        self.go.emit("register" if self._on_the_day else "programme", self._shown().id)

    def _open_mode(self) -> None:
        self.go.emit("register mode", self._shown().id)

    def _open_plan(self) -> None:
        self.go.emit("programme", self._shown().id)

    def _fine_row(self) -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(10))
        self._fine_words = label("", "soft", wrap=True)
        self._fine_button: QPushButton = button("Show", self._swap_fine, kind="quiet")
        row.addWidget(self._fine_words, 1)
        row.addWidget(self._fine_button)
        self._fine_line = made
        return made

    def _swap_fine(self) -> None:
        self._open_fine = not self._open_fine
        self._show_fine()

    def _show_fine(self) -> None:
        self._fine_line.setVisible(bool(self._fine))
        self._fine_words.setText(f"Fine: {_titles(self._fine)}")
        self._fine_button.setText("Hide" if self._open_fine else "Show")
        self._fine_button.setAccessibleName(f"{self._fine_button.text()} what is fine")
        self._more.setVisible(self._open_fine)
        self._more.set_rows([self._row(line) for line in self._fine] if self._open_fine else [])

    def _row(self, line: Line) -> ReadinessRow:
        fix = line.fix if line.level is not Level.OK and line.fix is not None and _can(self, line.fix) else None
        return ReadinessRow(
            words.LIGHT[line.level], line.title, line.text, fix.words if fix else "", _Key(line.rule, fix)
        )


def _titles(lines: Sequence[Line]) -> str:
    return ", ".join(line.title if at == 0 else _lower(line.title) for at, line in enumerate(lines))


def _lower(title: str) -> str:
    """Small letters within a list, but DBS stays DBS."""
    return title if title[1:2].isupper() else title[:1].lower() + title[1:]


def _can(card: QWidget, fix: Fix) -> bool:
    """Whether the person can do that, or has the place where it is seen to."""
    return leads(card, words.PLACE_OF[fix.do]) if fix.do in words.PLACE_OF else may(card, Permission.PLAN)


class _Key:
    """Which line a button belongs to, so that it keeps the keyboard when the line is shown anew."""

    def __init__(self, rule: str, fix: Fix | None) -> None:
        self.rule, self.fix = rule, fix

    def __hash__(self) -> int:
        return hash(self.rule)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.rule == self.rule
