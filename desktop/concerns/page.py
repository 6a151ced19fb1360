"""The Concerns screen, for safeguarding leads alone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.concerns import actions, words
from desktop.concerns.deciding import Deciding
from desktop.concerns.form import ConcernForm
from desktop.concerns.key import KeyOfConcerns
from desktop.concerns.table import NEEDED, concern_table
from desktop.jobs import Jobs
from desktop.widgets.edit_panel import Edit, EditPanel
from desktop.widgets.filter_chips import Chip, FilterChips
from desktop.widgets.flow import Flow
from desktop.widgets.history_list import history_of
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.text import button, label
from models.concerns import queries
from models.concerns.key import NoKey
from models.concerns.queries import ConcernRow
from models.concerns.rules import Facts
from models.kernel.clock import Clock
from models.kernel.errors import Damaged
from models.privacy.sealed import Waiting, to_decide

_ROOM = 760
"""Room in which every column stands, in pixels at 100 %."""
OPEN, CLOSED, EVERY, WAITS = "open", "closed", "every", "waits"


class ConcernsPage(Page):
    """What concerns there are and whether each is closed; a form beside the list. `open_item(concern_id)` opens one."""

    areas = frozenset({"concerns", "people", "privacy"})
    help_topic = "concerns"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Concerns", scroll=False)
        self._jobs, self._clock = jobs, clock
        self._children: tuple[tuple[UUID, str], ...] = ()
        self._rows: tuple[ConcernRow, ...] = ()
        self._waiting: Mapping[UUID, Waiting] = {}
        self._wanted: UUID | None = None
        self._to_add = False
        self._keys: KeyOfConcerns | None = None
        self.note = label(f"{words.WHO_SEES} {words.NOT_HERE}", "soft", wrap=True)
        self.chips = FilterChips("Concerns to show")
        self.chips.set_current(EVERY)
        self.chips.chosen.connect(self._filter)
        self.table = concern_table(self._decides)
        self.table.set_empty("No concern is written down.", "Write down a concern", self.add)
        self.table.opened.connect(self._open)
        self.waits = label("", "strong", wrap=True)
        self.waits.hide()
        self.body.addWidget(self.note)
        self.body.addWidget(self.waits)
        self.body.addWidget(self.chips)
        self.body.addWidget(self.table, 1)
        self.key_button = button("Key of concerns", self.show_key, kind="quiet", icon_name="key-outline")
        foot = QHBoxLayout()
        foot.addWidget(self.key_button)
        foot.addStretch(1)
        self.body.addLayout(foot)
        self.panel = EditPanel(self, jobs)
        self._deciding = Deciding(self, jobs, clock, self.panel)
        self._add = button("Write down a concern", self.add, kind="primary", icon_name="plus", keys="Ctrl+N")
        self.add_action(self._add)
        self.show_loading()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        roomy = self.width() >= px(_ROOM)
        self.table.show_columns({*NEEDED, "Lead told", "Reference"} if roomy else NEEDED)
        self.note.setVisible(roomy or not self._rows)  # with little room it stands in the form alone

    def take_club(self, club: Any) -> None:
        """The open club, which holds the key of concerns for whoever acts."""
        self._keys = KeyOfConcerns(self, self._jobs, self.panel, club)
        self._deciding.take_club(club)

    def type_key(self) -> None:
        """Asks for the recovery key of concerns."""
        if self._keys is not None:
            self._keys.ask(self.refresh)

    def show_key(self) -> None:
        """Shows the recovery key of concerns, once one's own password was typed."""
        if self._keys is not None and self.panel.may_leave():
            self._keys.show()

    def refresh(self) -> None:
        self._jobs.query(
            lambda uow: (queries.concerns(uow), queries.children_to_choose(uow), to_decide(uow)), self._show,
            self._not_shown, key="concerns-page",
        )  # fmt: skip

    def open_item(self, item: object) -> None:
        """Opens a concern by its id, as soon as the list is there."""
        if isinstance(item, UUID):
            self._wanted = item
            self.refresh()

    def add(self) -> None:
        """Opens the form for a new concern, as soon as the names are there."""
        if not self.table.isVisible():
            self._to_add = True
            return
        form = ConcernForm(self._children, None, self._clock.today())
        self.panel.edit(
            Edit("A concern", form, lambda _: actions.WRITTEN, lambda _: f"{actions.WRITTEN}.", actions.written)
        )

    def _show(self, found: tuple[tuple[ConcernRow, ...], tuple[tuple[UUID, str], ...], Mapping[UUID, Waiting]]) -> None:
        self._rows, self._children, self._waiting = found
        self.waits.setText(words.waits(len(self._waiting)))
        self.waits.setVisible(bool(self._waiting))
        self._add.show()
        self.table.set_rows(self._rows)
        self._show_chips()
        self.show_content()
        wanted, self._wanted = self._wanted, None
        row = next((one for one in self._rows if one.id == wanted), None)
        if row is not None:
            self.table.select(row.id)
            self._open(row)
        if self._to_add:
            self._to_add = False
            self.add()

    def _not_shown(self, error: Exception) -> None:
        self._to_add = False
        if isinstance(error, NoKey):
            if self._add.hasFocus():
                self.setFocus()  # or Qt would hand the keyboard to whatever comes next
            self._add.hide()
            self._show_sealed(error)
        else:
            self.show_error(error)

    def _show_sealed(self, error: NoKey) -> None:
        """Says whom to ask for the key, or that nobody has it."""

        def show(lost: bool) -> None:
            self.show_empty(words.LOST if lost else str(error), "Type in its recovery key", self.type_key)

        if self._keys is None:
            show(False)
        else:
            self._keys.ask_whether_lost(show)

    def _show_chips(self) -> None:
        opened, closed = sum(_is_open(row) for row in self._rows), sum(_is_closed(row) for row in self._rows)
        chips = [
            Chip(EVERY, "All", len(self._rows)), Chip(OPEN, "Open", opened),
            Chip(CLOSED, "Closed", closed),
        ]  # fmt: skip
        if self._waiting:
            chips.append(Chip(WAITS, words.TO_DECIDE, len(self._waiting)))
        elif self.chips.current() == WAITS:
            self.chips.set_current(EVERY)
            self._filter(EVERY)
        self.chips.set_chips(chips)
        self.chips.setVisible(bool(self._rows))

    def _filter(self, key: str) -> None:
        keep = {OPEN: _is_open, CLOSED: _is_closed, WAITS: lambda row: row.id in self._waiting}.get(key)
        self.table.set_filter(keep)

    def _open(self, row: ConcernRow) -> None:
        if row.facts is None:
            self._open_sealed(row)
            return
        form = ConcernForm(self._children, row, self._clock.today(), self._how_long(row, row.facts))
        form.add_heading("History")  # who did what and when: what is sealed is never in it
        form.add_widget(history_of(self._jobs, row.id))
        if row.facts.closed_on is None:
            form.add_foot(button("Close this concern", lambda: self._close(row, form), icon_name="check"))
        else:
            form.add_foot(button("Open it again", lambda: self._open_again(row, form), icon_name="restore"))
        work = Edit(
            words.about(row), form, lambda _: actions.CHANGED, lambda _: f"{actions.CHANGED}.",
            lambda values: actions.changed(row.id, form.version, values), actions.fresh(row.id),
        )  # fmt: skip
        self.panel.edit(work)

    def _how_long(self, row: ConcernRow, facts: Facts) -> Sequence[QWidget]:
        """Why it waits to be decided, or to when it is kept longer; nothing of one that is neither."""
        waiting = self._waiting.get(row.id)
        said = words.why_decide(waiting) if waiting else words.kept(facts)
        if not said:
            return ()
        ask = button("Decide" if waiting else "Change this", lambda: self._deciding.ask(row, facts, waiting))
        return label(said, "strong" if waiting else "soft", wrap=True), Flow([ask])

    def _decides(self, concern_id: UUID) -> Waiting | None:
        return self._waiting.get(concern_id)

    def _open_sealed(self, row: ConcernRow) -> None:
        if not row.earlier or self._keys is None:
            self.failed.emit(broken())
        elif self.panel.may_leave():
            self._keys.ask_earlier(self.refresh)

    def _close(self, row: ConcernRow, form: ConcernForm) -> None:
        if self.panel.may_leave():
            change = actions.closed(row.id, form.version, self._clock.today())
            self._jobs.change(change, actions.CLOSED, lambda _: self._done(actions.CLOSED), form.show_error)

    def _open_again(self, row: ConcernRow, form: ConcernForm) -> None:
        if self.panel.may_leave():
            change = actions.opened_again(row.id, form.version)
            self._jobs.change(change, actions.OPENED, lambda _: self._done(actions.OPENED), form.show_error)

    def _done(self, words_said: str) -> None:
        self.panel.close_panel()
        self.said.emit(f"{words_said}.", True)


def _is_open(row: ConcernRow) -> bool:
    """Also one whose seal is broken: there is something to do about it."""
    return not _is_closed(row) and not row.earlier


def _is_closed(row: ConcernRow) -> bool:
    return row.facts is not None and row.facts.closed_on is not None


def broken() -> Damaged:
    """What is said of a concern that cannot be unsealed."""
    return Damaged(
        "The seal of this concern is broken, so it cannot be read.",
        "Look for it in a backup from before, and tell the chair of trustees: somebody may have changed the file.",
    )
