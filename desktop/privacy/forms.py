"""The forms of the Privacy screen."""

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.privacy.words import ALLEGATION, DECIDED, KEPT, PROPOSALS, length
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import LineField, LongTextField, NumberField
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.state import StateChip
from desktop.widgets.text import button, label
from models.kernel.dates import months_later, short_with_year
from models.privacy.due import Due
from models.privacy.requests import DraftLine, proposed_decision
from models.privacy.retention import SpanRow
from models.privacy.rules import SPANS, WHY, Decision


def request_form(children: Sequence[tuple[UUID, str]], today: date, child_id: UUID | None = None) -> Form:
    """Somebody asks to see what is held of a child."""
    form = Form("Start the answer")
    form.add(NamePicker("child_id", "Child", children))
    form.add(DateField("received_on", "Day the request came", "You have one month from this day to answer."))
    form.add(LineField("asked_by", "Who asks", "Their full name, written as among the child’s contacts."))
    form.add(LineField("relationship", "Relationship to the child", "Such as mother.", optional=True))
    entitled = "What you looked at: who they are, and that they have parental responsibility."
    form.add(LongTextField("entitled", "How you made sure they may ask", entitled, lines=3))
    form.set_values({"child_id": child_id, "received_on": today})
    return form


def reason_form(words: str, help_words: str, save: str, before: Sequence[str] = ()) -> Form:
    """One reason."""
    form = Form(save)
    for each in before:
        form.add_widget(label(each, wrap=True))
    form.add(LongTextField("reason", words, help_words, lines=4))
    return form


def keep_form(
    item: Due, today: date, erase: Callable[[], object], open_file: Callable[[], object],
    allegation: date | None = None,
) -> Form:  # fmt: skip
    """Something due: let it go, or keep it longer for a reason. `allegation`: how long one about an adult is kept."""
    form = Form("Keep it longer")
    form.add_widget(label(item.title, "heading", wrap=True))
    form.add_widget(label(KEPT[item.kind], wrap=True))
    form.add_widget(label(item.why, "soft", wrap=True))
    if item.held:
        form.add_widget(label("A legal hold stops this. Ask whoever placed it.", "bad", wrap=True))
    elif item.kind in FILES:
        form.add_widget(button("Look at what would go", open_file, icon_name="eraser", kind="danger"))
    else:
        form.add_widget(button("Erase it now", erase, icon_name="eraser", kind="danger"))
        form.add_widget(label("This cannot be undone.", "small", wrap=True))
    form.add_heading("Or keep it longer")
    if allegation is not None:
        form.add_widget(label(ALLEGATION.format(short_with_year(allegation)), wrap=True))
        until = {"until": allegation}
        form.add_widget(button(f"Until {short_with_year(allegation)}", lambda: form.set_values(until)))
    form.add(DateField("until", "Until"))
    form.add(LongTextField("reason", "Why it is still needed", "It is kept with your name.", lines=3))
    form.set_values({"until": months_later(today, 12)})
    return form


FILES = tuple(kind for kind in SPANS if kind.value.startswith(("child files", "referrals", "adults")))


def span_form(row: SpanRow) -> Form:
    """How long one kind is kept."""
    form = Form()
    fixed = SPANS[row.kind].fixed
    form.add_widget(label(KEPT[row.kind], "heading", wrap=True))
    form.add_widget(label(row.basis, wrap=True))
    form.add_widget(label(f"Usual: {length(row.default)}, counted from when {row.starts}.", "soft", wrap=True))
    if fixed:
        form.add(NumberField("number", "To what birthday", "An age in years.", least=1, most=100))
    else:
        form.add(NumberField("number", "How many months", "12 months are a year.", least=1, most=1200))
    form.set_values({"number": row.months // 12 if fixed else row.months})
    return form


class LineForm(QWidget):
    """One line of a draft: what it says, what to think about, and three ways to decide.

    Signals:
        decided(Decision, reason, words): a button, or Alt+G, Alt+B, Alt+O.
    """

    decided = Signal(object, str, tuple)

    def __init__(self, row: DraftLine, released: bool) -> None:
        super().__init__()
        self.row = row
        state, words = PROPOSALS[row.line.proposal]
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        column.addWidget(label(row.line.section, "small", wrap=True))
        column.addWidget(label(row.line.label[:1].upper() + row.line.label[1:], "row", wrap=True))
        column.addWidget(label(row.line.text, wrap=True))
        column.addWidget(StateChip(state, words))
        column.addWidget(
            label(WHY[row.line.proposal] or "You can still hold it back, with a reason.", "soft", wrap=True)
        )
        self.words = LongTextField(
            "blanked", "Words to blank out", "One a line. Empty: all of it is blanked out.", optional=True, lines=2
        )
        self.words.set_value("\n".join(row.blanked or row.line.words))
        needed = "Needed unless you give it. For your record; it is not printed."
        self.reason = LineField("reason", "Why it is not given", needed)
        self.reason.set_value(row.reason)
        column.addWidget(self.words)
        column.addWidget(self.reason)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        likely = row.decision or proposed_decision(row.line)
        self.buttons = {
            how: button(words, lambda how=how: self._decide(how), kind="primary" if how is likely else "", name=words)  # type: ignore[misc] # bound per turn
            for how, words in DECIDED.items()
        }
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        outer.addWidget(area, 1)
        outer.addWidget(Flow(list(self.buttons.values())))
        for widget in (*self.buttons.values(), self.words, self.reason):
            widget.setEnabled(not released)
        for how, keys in ((Decision.GIVE, "Alt+G"), (Decision.BLANK, "Alt+B"), (Decision.LEAVE_OUT, "Alt+O")):
            self.buttons[how].setToolTip(keys)
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WindowShortcut)
            shortcut.activated.connect(self.buttons[how].click)
        self.setFocusProxy(self.buttons[likely])

    def show_error(self, words: str, field: str = "reason") -> None:
        """Says what is missing or wrong, at the reason or at the words to blank out."""
        at = self.words if field == self.words.name else self.reason
        at.set_error(words)
        at.setFocus()

    def _decide(self, how: Decision) -> None:
        reason = self.reason.value() or ""
        if how is not Decision.GIVE and not reason:
            self.show_error("Write why it is not given: somebody may ask.")
            return
        words = tuple(line.strip() for line in (self.words.value() or "").split("\n") if line.strip())
        self.decided.emit(how, reason, words if how is Decision.BLANK else ())
