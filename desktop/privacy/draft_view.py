"""One request: every line held, what to think about it, and what was decided."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.privacy.lists import line_list
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.text import button
from models.privacy.requests import Draft, DraftLine
from models.privacy.rules import Decision, Proposal

TO_DECIDE, ALL, HELD_BACK = "to decide", "all", "held back"
NEEDED, MORE = {"What", "Think about", "Decided"}, {"What is held"}


class DraftView(QWidget):
    """The lines, filtered by whether they are decided.

    Signals:
        line(DraftLine): somebody opened a line.
        plain(list): every line that is undecided and that nothing speaks against is to be given.
    """

    line = Signal(object)
    plain = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.draft: Draft | None = None
        self.chips = FilterChips("Lines to show")
        self.chips.set_current(TO_DECIDE)
        self.chips.chosen.connect(self._filter)
        self.table = line_list()
        self.table.setMinimumHeight(px(120))  # so that in large text the panel’s buttons stay in the window
        self.table.opened.connect(self.line)
        self.give_plain = button("Give the plain lines", self._give_plain, icon_name="check")
        self.pages_button = button("Look at the pages", icon_name="file-eye-outline")
        self.more_button = button("More time, or take it back", icon_name="timer-sand")
        self._above = Flow([self.give_plain, self.pages_button, self.more_button])
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(10))
        column.addWidget(self.chips)
        column.addWidget(self._above)
        column.addWidget(self.table, 1)

    def show_draft(self, draft: Draft) -> None:
        """Shows the lines as they are now; the row one is on stays."""
        self.draft = draft
        self.table.set_rows(draft.lines)
        undecided, total = draft.undecided, len(draft.lines)
        held_back = sum(_held_back(one) for one in draft.lines)
        self.chips.set_chips(
            [
                Chip(TO_DECIDE, "To decide", undecided), Chip(ALL, "All", total),
                Chip(HELD_BACK, "Held back", held_back),
            ]
        )  # fmt: skip
        plain = len(self._plain())
        self.give_plain.setText(f"Give the {plain} plain lines")
        self.give_plain.setAccessibleName(f"Give the {plain} plain lines")
        self.give_plain.setToolTip("Those that nothing speaks against. Look through them first.")
        still_open = draft.request.released_at is None
        self.give_plain.setVisible(plain > 1 and still_open)
        self.more_button.setVisible(still_open)
        if not undecided and self.chips.current() == TO_DECIDE:
            self.chips.set_current(ALL)
        self._filter(self.chips.current())
        self.table.set_empty(_WHY_EMPTY[str(self.chips.current())])

    def next_undecided(self) -> DraftLine | None:
        """The first line that nobody has decided about."""
        lines = self.draft.lines if self.draft is not None else ()
        return next((one for one in lines if one.decision is None), None)

    def set_roomy(self, roomy: bool) -> None:
        """With little room what is held stands in the panel alone."""
        self.table.show_columns(NEEDED | MORE if roomy else NEEDED)

    def _filter(self, key: object) -> None:
        keep = {TO_DECIDE: lambda row: row.decision is None, HELD_BACK: _held_back}.get(str(key))
        self.table.set_filter(keep)
        self.table.set_empty(_WHY_EMPTY[str(key)])

    def _give_plain(self) -> None:
        self.plain.emit(self._plain())

    def _plain(self) -> list[DraftLine]:
        lines = self.draft.lines if self.draft is not None else ()
        return [one for one in lines if one.decision is None and one.line.proposal is Proposal.GIVE]


_WHY_EMPTY = {
    TO_DECIDE: "Every line is decided.",
    ALL: "Nothing is held of this child.",
    HELD_BACK: "Nothing is held back.",
}


def _held_back(row: DraftLine) -> bool:
    return row.decision in (Decision.BLANK, Decision.LEAVE_OUT)
