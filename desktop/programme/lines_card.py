"""Whether the day can run: the lines, the button that fixes each, and in a second place going ahead anyway."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from desktop.programme.reading import Picture
from desktop.programme.words import LIGHT, PLANNED
from desktop.widgets.allowed import may
from desktop.widgets.card import Card
from desktop.widgets.flow import Flow
from desktop.widgets.readiness_lines import ReadinessLines, ReadinessRow
from desktop.widgets.text import button, label
from models.access.rules import Permission
from models.readiness.lines import Do, Fix, Level, Line
from models.readiness.queries import SetAside

_URGENT = (Level.BLOCK, Level.WARN, Level.OK)
LOOKED_AT = (Do.OPEN_CONSENTS, Do.OPEN_TRANSPORT, Do.OPEN_CHILD, Do.OPEN_ADULT, Do.OPEN_VEHICLE)
"""What goes to another screen; the rest is planning."""


class LinesCard(Card):
    """The readiness lines of one activity.

    Signals:
        fix(Fix): a line's button was pressed.
        go_ahead(Line): a block is to be set aside.
        countersign(SetAside): a decision is signed by the manager who was phoned.
    """

    fix = Signal(object)
    go_ahead = Signal(object)
    countersign = Signal(object)

    def __init__(self) -> None:
        super().__init__("Can it run?")
        self.lines = ReadinessLines()
        self._second = Flow()
        self._fixes: dict[str, Fix] = {}
        self.body.addWidget(self.lines)
        self.body.addWidget(self._second)
        self.lines.fix.connect(lambda key: self.fix.emit(self._fixes[key]))

    def show_picture(self, picture: Picture) -> None:
        """Shows the lines, what is in the way first; once an activity is over there is nothing left to fix."""
        planned = picture.activity.status in PLANNED
        fixes = {line.rule: line.fix for line in picture.answer.lines if line.fix is not None and planned}
        self._fixes = {rule: fix for rule, fix in fixes.items() if self._can(fix)}
        ordered = sorted(picture.answer.lines, key=lambda line: _URGENT.index(line.level))
        self.lines.set_rows([self._row(line) for line in ordered])
        waiting = [one for one in picture.aside if one.phoned and not one.countersigned_by]
        blocks = [line for line in picture.answer.lines if line.may_go_ahead and planned]
        blocks = blocks if may(self, Permission.CONFIRM) else []
        made: list[QWidget] = [self._sign(one, picture) for one in waiting if picture.deciding.alone]
        if picture.deciding.may:
            made += [self._anyway(line) for line in blocks]
        elif blocks:
            made.append(label(picture.deciding.words, "soft", wrap=True))
        self._second.set_widgets(made)
        self._second.setVisible(bool(made))

    def _can(self, fix: Fix) -> bool:
        """Whether the person may do that, or only look at where it is seen to."""
        return may(self, Permission.PLAN) or fix.do in LOOKED_AT

    def _row(self, line: Line) -> ReadinessRow:
        fix = self._fixes.get(line.rule)
        return ReadinessRow(LIGHT[line.level], line.title, line.text, fix.words if fix else "", line.rule)

    def _anyway(self, line: Line) -> QPushButton:
        return button(f"Go ahead anyway: {line.title}", lambda: self.go_ahead.emit(line), kind="quiet")

    def _sign(self, decision: SetAside, picture: Picture) -> QPushButton:
        title = next((line.title for line in picture.answer.lines if line.rule == decision.rule), decision.rule)
        return button(f"Countersign: {title}", lambda: self.countersign.emit(decision), icon_name="draw-pen")
