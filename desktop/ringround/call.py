"""The call one is on: the children, the numbers, what the family says."""

from collections.abc import Callable
from datetime import time
from uuid import UUID

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.ringround import words
from desktop.ringround.again import AgainRow
from desktop.ringround.numbers import Numbers
from desktop.ringround.whom import Whom
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.fields import LineField
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import button, label, rule
from models.programme.rules import Answer
from models.readiness.ringround import Asked, Household


class CallCard(Card):
    """One family.

    Signals:
        answered(Answer, time or None): what was said, for `asked()`.
        noted(str): a note of the call, for `asked()`.
        copied(number): a number is on the clipboard.
        next_wanted(): on to the next family.
        left(): the keyboard may go back to the list.
    """

    answered = Signal(object, object)
    noted = Signal(str)
    copied = Signal(str)
    next_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._home: Household | None = None
        self._only: int | None = None
        self._children = QVBoxLayout()
        self._children.setSpacing(px(5))
        self._numbers = Numbers()
        self._numbers.copied.connect(self.copied)
        self._whom = Whom(self._choose)
        self.again = AgainRow()
        self.again.kept.connect(lambda at: self.answered.emit(Answer.RING_AGAIN, at))
        self.again.left.connect(self.left)
        self.note = LineField("note", "Note of the call", optional=True)
        self.note.line.returnPressed.connect(self._save_note)
        self._lay_out()

    def show_home(self, home: Household, now: time, over: bool) -> None:
        """Shows a family; what is being typed stays while it is the same one."""
        same = self._home is not None and self._home.family_id == home.family_id
        if not same or (self._only is not None and self._only >= len(home.children)):
            self._only = None
            self.again.close_row()
        self._home = home
        self.set_title(home.name)
        self._show_children(home, over)
        self._numbers.show_contacts(home.contacts)
        self._whom.show_names([child.name for child in home.children], self._only)
        self._whom.setVisible(len(home.children) > 1)
        self._answers.setVisible(not over)
        self._keys.setText(words.CALL_KEYS if over else words.KEYS)
        if not (same and self.note.line.isModified()):
            self._show_note()
        self.again.now = now

    def asked(self) -> tuple[Asked, ...]:
        """The children the next answer is for: all of the family, or the one chosen."""
        if self._home is None:
            return ()
        return self._home.children if self._only is None else (self._home.children[self._only],)

    def choose_child(self, number: int) -> None:
        """The next answer is for this child only (from 1), or for all (0); a number too high is let be."""
        if self._home is not None and number <= len(self._home.children) > 1:
            self._choose(number - 1 if number else None)

    def note_kept(self, family_id: UUID, note: str) -> None:
        """This note is saved: it may be shown as it is kept, unless something else is being typed by now."""
        if self._home is not None and self._home.family_id == family_id and (self.note.value() or "") == note:
            self.note.line.setModified(False)

    def _choose(self, only: int | None) -> None:
        self._only = only
        if self._home is not None:
            self._whom.show_names([child.name for child in self._home.children], only)
            self._show_note()

    def _show_note(self) -> None:
        notes = dict.fromkeys(child.note for child in self.asked() if child.note)
        self.note.set_value("; ".join(notes) or None)
        self.note.line.setModified(False)

    def _show_children(self, home: Household, over: bool) -> None:
        clear_layout(self._children)
        differ = len({child.note for child in home.children}) > 1
        for child in home.children:
            if len(home.children) > 1:
                self._children.addWidget(label(child.name, "strong", wrap=True))
            self._children.addLayout(_chips(child, over))
            if child.note and differ:
                self._children.addWidget(label(child.note, "small", wrap=True))

    def _save_note(self) -> None:
        if self.note.check():
            self.noted.emit(self.note.value() or "")

    def _lay_out(self) -> None:
        self.body.setSpacing(px(12))
        self.body.addLayout(self._children)
        self.body.addWidget(rule())
        self.body.addWidget(self._numbers)
        self.body.addWidget(rule())
        self.body.addWidget(self._whom)
        self._answers = QWidget()
        column = QVBoxLayout(self._answers)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self._buttons())
        column.addWidget(self.again)
        self.body.addWidget(self._answers)
        note = QHBoxLayout()
        note.setSpacing(px(10))
        note.addWidget(self.note, 1)
        save = QVBoxLayout()
        save.addStretch(1)
        save.addWidget(button("Save note", self._save_note))
        note.addLayout(save)
        self.body.addLayout(note)
        foot = QHBoxLayout()
        self._keys = label(words.KEYS, "small", wrap=True)
        foot.addWidget(self._keys, 1)
        foot.addWidget(button("Next family", self.next_wanted.emit, kind="primary"))
        self.body.addLayout(foot)

    def _buttons(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(px(10))
        made = (
            _answer("Coming", "C", "check", lambda: self.answered.emit(Answer.COMING, None)),
            _answer("Not coming", "N", "close", lambda: self.answered.emit(Answer.NOT_COMING, None)),
            _answer("No answer", "A", "phone-missed-outline", lambda: self.answered.emit(Answer.NO_ANSWER, None)),
            _answer("Ring again…", "R", "clock-outline", self.again.open_row),
        )
        for at, each in enumerate(made):
            grid.addWidget(each, at // 2, at % 2)
        return grid


def _answer(text: str, key: str, icon_name: str, on_click: Callable[[], object]) -> QPushButton:
    made = button(text, on_click, kind="call", icon_name=icon_name, big=True, name=text.rstrip("…"))
    made.setToolTip(f"Key {key}")
    return made


def _chips(child: Asked, over: bool) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(8))
    if over:
        row.addWidget(StateChip(State.WARN, "Did not come, no word"))
    else:
        row.addWidget(StateChip(*words.place_of(child)))
        row.addWidget(StateChip(words.STATE[child.answer], words.answer_of(child), words.ICON[child.answer]))
    row.addStretch(1)
    return row
