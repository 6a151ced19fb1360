"""One consent opened: where it stands and why, what was said, what can be said now, and what was before."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QApplication, QFrame, QGridLayout, QHBoxLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.consents.forms import ANSWER_WORDS, Answer
from desktop.consents.reading import CellSeen
from desktop.consents.words import AUTHORITY, METHOD_WORDS, icon_of, sentence, state_of
from desktop.widgets.allowed import may
from desktop.widgets.card import clear_layout
from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label, rule, set_look
from models.access.rules import Permission
from models.consents.queries import ConsentRow
from models.consents.rules import ConsentKind, ConsentState, may_sign
from models.consents.service import GIVEN
from models.history.queries import HistoryRow
from models.kernel.dates import clock_text, short_with_year

_PAST_SHOWN = 12


class CellView(QWidget):
    """What the panel shows for one square.

    Signals:
        asked(): the form went out today. answered(Answer): open the form for it. cleared(): recorded by mistake.
    """

    asked = Signal()
    answered = Signal(object)
    cleared = Signal()

    def __init__(self, child_id: UUID, kind: ConsentKind, needed: Sequence[ConsentKind]) -> None:
        super().__init__()
        self._child_id = child_id
        self._kind = kind
        self._needed = tuple(needed)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(12))
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inside)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def is_for(self, child_id: UUID, kind: ConsentKind) -> bool:
        """Whether this is the square shown."""
        return (child_id, kind) == (self._child_id, self._kind)

    def show_cell(self, seen: CellSeen) -> None:
        """Shows this consent; where the keyboard was in here, it goes to the first thing one can do."""
        focus = QApplication.focusWidget()
        held = focus is not None and self.isAncestorOf(focus)
        clear_layout(self._column)
        cell = seen.sheet.row.cells[self._kind]
        state = state_of(cell, self._kind, self._needed)
        head = QHBoxLayout()
        head.setSpacing(px(10))
        head.addWidget(IconLabel(icon_of(cell, state), state.colour, 20))
        head.addWidget(label(sentence(cell), wrap=True), 1)
        self._column.addLayout(head)
        if cell.said is not None:
            self._column.addLayout(_details(cell.said))
        if may(self, Permission.CONSENTS):
            self._column.addWidget(rule())
            self._add_buttons(cell.said, cell.state)
        if seen.past:
            self._column.addWidget(rule())
            self._column.addWidget(label("What was recorded", "heading"))
            for row in seen.past[:_PAST_SHOWN]:
                self._column.addLayout(_past(row))
        self._column.addStretch(1)
        if held:
            self.setFocus()

    def _add_buttons(self, said: ConsentRow | None, state: ConsentState) -> None:
        first = button("Form sent today", self.asked.emit, icon_name="email-fast-outline")
        made = [first]
        given = said is not None and said.state in GIVEN
        answers = [Answer.SIGNED, Answer.YES, Answer.PHONE, Answer.NO]
        if given:
            answers = [Answer.STANDS, Answer.YES, Answer.WITHDRAWN, Answer.NO, Answer.SIGNED, Answer.PHONE]
            made = [] if state is ConsentState.GRANTED else made
        made += [button(ANSWER_WORDS[each], lambda each=each: self.answered.emit(each)) for each in answers]  # type: ignore[misc] # bound per turn
        if given and state is ConsentState.GRANTED:
            made.append(first)
        if said is not None:
            made.append(button(ANSWER_WORDS[Answer.CORRECT], lambda: self.answered.emit(Answer.CORRECT), kind="quiet"))
            made.append(button("Clear, a mistake", self.cleared.emit, kind="quiet"))
        grid = QGridLayout()
        grid.setSpacing(px(8))
        for at, each in enumerate(made):
            grid.addWidget(each, at // 2, at % 2)
        self._column.addLayout(grid)
        for each in made:
            each.show()  # only what is shown can have the keyboard
        self.setFocusProxy(made[0])


def _details(said: ConsentRow) -> QGridLayout:
    days = (
        ("Asked for", said.asked_on), ("Signed", said.signed_on),
        ("From" if said.state in (ConsentState.REFUSED, ConsentState.WITHDRAWN) else "Last day", said.ended_on),
        ("Call: still stands", said.reconfirmed_on),
    )  # fmt: skip
    rows = [(name, short_with_year(day)) for name, day in days if day]
    if said.signatory:
        rows.append(("Signed by", ", ".join(part for part in (said.signatory, said.relationship.lower()) if part)))
        if said.state in GIVEN:
            warned = may_sign(said.authority)
            right = dict(AUTHORITY)[said.authority]
            rows.append(("Right to sign", f"{right}: {warned}" if warned else right))
    rows.append(("How it came", METHOD_WORDS[said.method]))
    rows += [("Conditions", said.conditions), ("Note of the call", said.reconfirmed_note), ("Note", said.note)]
    grid = QGridLayout()
    grid.setHorizontalSpacing(px(14))
    grid.setVerticalSpacing(px(4))
    grid.setColumnStretch(1, 1)
    for at, (name, words) in enumerate((name, words) for name, words in rows if words):
        grid.addWidget(label(name, "soft"), at, 0)
        grid.addWidget(label(words, wrap=True), at, 1)
    return grid


def _past(row: HistoryRow) -> QVBoxLayout:
    how = f" ({row.how})" if row.how else ""
    when = f"{short_with_year(row.at.date())}, {clock_text(row.at)} · {row.who}"
    changed = [f"{line.field}: {line.before} → {line.after}" for line in row.lines if row.what == "changed"]
    entry = QVBoxLayout()
    entry.setSpacing(px(1))
    entry.addWidget(label(f"{row.label}{how}", wrap=True))
    if changed:
        entry.addWidget(label("; ".join(changed), "small", wrap=True))
    entry.addWidget(label(when, "small"))
    return entry
