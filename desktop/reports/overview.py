"""The figures in cards: large numbers with plain words, and a chart that also says what it shows."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QScrollArea, QSizePolicy, QVBoxLayout, QWidget

from desktop.reports.found import Found
from desktop.reports.words import Tile, chart_words, tiles
from desktop.widgets.bar_chart import Bar, BarChart
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.fields import ChoiceField
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label, set_look
from models.kernel.dates import parse_date
from models.kernel.words import counted
from models.reports.attendance import Tally

_NARROW = 820
_LAST_ACTIVITIES = 12
MONTH, ACTIVITY = "month", "activity"


class Overview(QScrollArea):
    """Signals:
    opened(child id): somebody wants to see that child.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._found: Found | None = None
        self._numbers = [Card(title) for title in ("Who came", "Clubs and trips", "Places", "The tracker today")]
        self.chart = BarChart()
        self.each = ChoiceField(
            "each",
            "One bar for",
            [(MONTH, "Each month"), (ACTIVITY, f"Each of the last {_LAST_ACTIVITIES} activities")],
        )
        self.each.set_value(MONTH)
        self.each.changed.connect(self._draw)
        self._chart_card = Card("Visits", fill=True)
        self._agencies, self._statuses = CountList("Referred by"), CountList("Where children are")
        self._consent = Card("Active, without trip consent")
        self._grid = QGridLayout()
        self._lists = QGridLayout()
        self._lay_out()

    def set_found(self, found: Found) -> None:
        """Shows a period."""
        self._found = found
        for card, tile in zip(self._numbers, tiles(found.figures), strict=True):
            _fill(card, tile)
        tracker = found.figures.tracker
        self._agencies.set_counts(tracker.referrals_by_agency)
        self._statuses.set_counts(tracker.children_by_status)
        self._fill_consent(found.without_consent)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._share_the_room()

    def _fill_consent(self, children: Sequence[tuple[UUID, str]]) -> None:
        self._consent.clear()
        if not children:
            self._consent.body.addWidget(label("Every active child has one.", "soft", wrap=True))
            return
        words = counted(len(children), "active child has", "active children have")
        self._consent.body.addWidget(label(f"{words} no trip consent yet, so cannot go on a trip.", wrap=True))
        self._consent.body.addWidget(Flow([self._name(child_id, name) for child_id, name in children]))

    def _name(self, child_id: UUID, name: str) -> QWidget:
        return button(name, lambda: self.opened.emit(child_id), icon_name="account-outline", name=f"Open {name}")

    def _draw(self) -> None:
        if self._found is None:
            return
        report = self._found.report
        by_activity = self.each.value() == ACTIVITY
        tallies = report.by_activity[-_LAST_ACTIVITIES:] if by_activity else report.by_month
        self._chart_card.setVisible(bool(report.by_month))
        if report.by_month:
            every = self._every(len(tallies))
            bars = [Bar(_bar_words(one) if at % every == 0 else "", one.came) for at, one in enumerate(tallies)]
            self.chart.set_bars(bars, chart_words(tallies, str(self.each.value())))

    def _every(self, bars: int) -> int:
        """Every how many bars there is room for words."""
        return max(1, -(-bars * px(58) // max(self.viewport().width() - px(40), 1)))

    def _lay_out(self) -> None:
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(6), 0)
        column.setSpacing(px(14))
        self.each.label_widget().hide()
        self.each.box.setMinimumContentsLength(26)
        self._chart_card.add_action(self.each)
        self._chart_card.body.addWidget(self.chart, 1)
        self.chart.setMinimumHeight(px(230))
        self._list_cards = [Card("Referred by"), Card("Where children are"), self._consent]
        self._list_cards[0].body.addWidget(self._agencies)
        self._list_cards[1].body.addWidget(self._statuses)
        for grid in (self._grid, self._lists):
            grid.setSpacing(px(14))
        column.addLayout(self._grid)
        column.addWidget(self._chart_card)
        column.addLayout(self._lists)
        column.addStretch(1)
        for card in (*self._numbers, *self._list_cards):
            card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setWidget(inside)
        self._share_the_room()

    def _share_the_room(self) -> None:
        """Two cards in a row where there is room, else one beneath the other."""
        wide = self.width() >= px(_NARROW)
        _place(self._grid, self._numbers, 2 if wide else 1)
        _place(self._lists, self._list_cards, 3 if wide else 1)


class CountList(QWidget):
    """Names at the left, how many at the right."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(7))
        self._grid.setColumnStretch(0, 1)

    def set_counts(self, counts: Mapping[str, int]) -> None:
        """Shows these."""
        clear_layout(self._grid)
        for at, (name, count) in enumerate(counts.items()):
            number = label(f"{count:,}", "strong")
            number.setAccessibleName(f"{name}: {count:,}")
            self._grid.addWidget(label(name, wrap=True), at, 0)
            self._grid.addWidget(number, at, 1, Qt.AlignmentFlag.AlignRight)


def _place(grid: QGridLayout, cards: Sequence[QWidget], across: int) -> None:
    if grid.property("across") == across:
        return
    grid.setProperty("across", across)
    for at, card in enumerate(cards):
        grid.addWidget(card, at // across, at % across)
    for at in range(3):
        grid.setColumnStretch(at, 1 if at < across else 0)


def _fill(card: Card, tile: Tile) -> None:
    card.clear()
    top = QHBoxLayout()
    top.setSpacing(px(10))
    top.addWidget(label(f"{tile.number:,}", "number"))
    top.addWidget(label(tile.words, "strong", wrap=True), 1)
    card.body.addLayout(top)
    for line in tile.more:
        card.body.addWidget(label(line, "soft", wrap=True))
    card.setAccessibleName(f"{tile.number:,} {tile.words}. {' '.join(tile.more)}")


def _bar_words(tally: Tally) -> str:
    """Sep 25 for a month, 5 Sep for an activity."""
    if not tally.detail:
        month, _, year = tally.label.partition(" ")
        return f"{month[:3]} {year[2:]}"
    day = parse_date(tally.detail)
    return f"{day.day}/{day.month}"
