"""The step before an answer is released: what is given, what is not and by whose decision, and what is still open."""

from collections.abc import Iterable, Mapping, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.privacy.words import NO_WAY_BACK
from desktop.widgets.flow import Flow
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label
from models.kernel.words import counted
from models.privacy.requests import Draft, DraftLine
from models.privacy.rules import Decision

LINE = ("line", "lines")


class ReleaseForm(QWidget):
    """What would be handed over. Released only from here, and only once every line is decided.

    Attributes:
        stand: what was shown, by its digest: an answer that changed meanwhile is not released.

    Signals:
        chosen(): release it. left(): go back to the lines.
    """

    chosen = Signal()
    left = Signal()

    def __init__(self, draft: Draft, by: Mapping[str, str]) -> None:
        """`by`: who decided about each line, by its key."""
        super().__init__()
        self.stand = draft.stand
        inside = Inside()
        self._column = QVBoxLayout(inside)
        self._column.setContentsMargins(0, 0, px(8), 0)
        self._column.setSpacing(px(8))
        request = draft.request
        who = f"{request.asked_by} ({request.relationship})" if request.relationship else request.asked_by
        self._add(f"The answer for {who}, about {request.called}", "row")
        of = {how: [one for one in draft.lines if one.decision is how] for how in (*Decision, None)}
        self._open(of[None])
        self._withheld("Words blanked out in", of[Decision.BLANK], by)
        self._withheld("Left out", of[Decision.LEAVE_OUT], by)
        self._given(of[Decision.GIVE], by)
        self._column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setWidget(inside)
        area.setAccessibleName("What would be handed over")
        self.go = button("Release the answer", self.chosen.emit, kind="primary", icon_name="file-check-outline")
        self.go.setEnabled(not draft.undecided)
        self.back = button("Go back", self.left.emit)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        outer.addWidget(area, 1)
        outer.addWidget(label(NO_WAY_BACK, "strong", wrap=True))
        outer.addWidget(Flow([self.go, self.back]))

    def _open(self, lines: Sequence[DraftLine]) -> None:
        if not lines:
            return
        self._add(f"Not decided yet: {counted(len(lines), *LINE)}", "heading")
        self._add("Nobody has decided about these. Decide about each before you release the answer.", "bad")
        for one in lines:
            self._add(f"{_what(one)} ({one.line.section})")

    def _withheld(self, title: str, lines: Sequence[DraftLine], by: Mapping[str, str]) -> None:
        if not lines:
            return
        self._add(f"{title}: {counted(len(lines), *LINE)}", "heading")
        for why in dict.fromkeys(_why(one, by) for one in lines):
            mine = [one for one in lines if _why(one, by) == why]
            sections = dict.fromkeys(one.line.section for one in mine)
            told = (f"{each}: {_names(mine, each)}" for each in sections)
            self._add(f"{'. '.join(told)}. Why: {why}")

    def _given(self, lines: Sequence[DraftLine], by: Mapping[str, str]) -> None:
        self._add(f"Given as it is held: {counted(len(lines), *LINE)}", "heading")
        for section in dict.fromkeys(one.line.section for one in lines):
            mine = [one for one in lines if one.line.section == section]
            people = sorted({by[one.line.key] for one in mine if by.get(one.line.key)})
            self._add(f"{section}: {_names(mine, section)}" + (f". Decided by {', '.join(people)}" if people else ""))

    def _add(self, words: str, look: str = "") -> None:
        self._column.addWidget(label(words, look, wrap=True) if look else label(words, wrap=True))


def _what(one: DraftLine) -> str:
    return one.line.label[:1].upper() + one.line.label[1:]


def _why(one: DraftLine, by: Mapping[str, str]) -> str:
    name = by.get(one.line.key)
    return f"{one.reason}. Decided by {name}" if name else one.reason


def _names(lines: Iterable[DraftLine], section: str) -> str:
    return ", ".join(_each(_what(one) for one in lines if one.line.section == section))


def _each(labels: Iterable[str]) -> list[str]:
    """Each label once, with how often it comes: a register may have forty lines of one name."""
    found: dict[str, int] = {}
    for one in labels:
        found[one] = found.get(one, 0) + 1
    return [f"{one} ({times} times)" if times > 1 else one for one, times in found.items()]
