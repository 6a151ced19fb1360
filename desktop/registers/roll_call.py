"""The roll call: everybody who is in at this moment, big, to be counted by name. Nothing of it is kept."""

from collections.abc import Sequence
from uuid import UUID

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QCheckBox, QFrame, QScrollArea, QVBoxLayout, QWidget

from desktop.registers.words import RowView
from desktop.widgets.card import clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.state import State, StateChip
from desktop.widgets.text import announce, button, label, set_look
from models.kernel.words import counted, listed
from models.registers.rules import Status


class _WholeRow(QCheckBox):
    """A tick box that is ticked by a tap anywhere in its row."""

    def hitButton(self, pos: QPoint) -> bool:  # noqa: N802 # Qt's own name
        return self.rect().contains(pos)


class RollCall(QWidget):
    """Tick boxes for all who are in. Somebody who goes out meanwhile leaves the list, ticks of the others stay.

    Signals:
        left(): back to the register.
    """

    left = Signal()

    def __init__(self, called: str = "Roll call", back_words: str = "Back to the register") -> None:
        super().__init__()
        self._called = called
        self._boxes: dict[UUID, QCheckBox] = {}
        self._title = label("", "title", wrap=True)
        self.chip = StateChip(State.NEUTRAL, "")
        self._missing = label("", "row", wrap=True)
        again = button("Start again", self.clear_ticks, big=True)
        back = button(back_words, self.left.emit, big=True)
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._rows = QVBoxLayout(inside)
        self._rows.setSpacing(px(2))
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        self._area = area
        card = QFrame()
        card.setProperty("card", "true")
        framed = QVBoxLayout(card)
        framed.setContentsMargins(px(8), px(8), px(8), px(8))
        framed.addWidget(area)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(12))
        column.addWidget(self._title)
        column.addWidget(Flow([again, back, self.chip]))
        column.addWidget(self._missing)
        column.addWidget(card, 1)
        for keys, step in ((Qt.Key.Key_Down, 1), (Qt.Key.Key_Up, -1)):
            made = QShortcut(QKeySequence(keys), self)
            made.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            made.activated.connect(lambda step=step: self._step(step))

    def show_people(self, people: Sequence[RowView]) -> None:
        """Lists those of them who are in, children first."""
        inside = [one for one in people if one.state.status is Status.IN]
        if not inside or [one.person_id for one in inside] != list(self._boxes):
            self._fill(inside)
        self._title.setText(f"{self._called}: {_how_many(inside)} in")
        self._count()

    def names(self) -> list[str]:
        """Everybody listed."""
        return [box.accessibleName() for box in self._boxes.values()]

    def clear_ticks(self) -> None:
        """Starts counting again."""
        for box in self._boxes.values():
            box.setChecked(False)
        self.focus_first()

    def focus_first(self) -> None:
        """Puts the keyboard on the first name."""
        first = next(iter(self._boxes.values()), None)
        (first or self).setFocus(Qt.FocusReason.TabFocusReason)

    def _fill(self, inside: Sequence[RowView]) -> None:
        ticked = {key for key, box in self._boxes.items() if box.isChecked()}
        clear_layout(self._rows)
        self._boxes = {}
        for one in inside:
            kind = ", visitor" if one.visitor else ", adult" if one.adult else ""
            words = f"{one.name}{kind}"
            box = _WholeRow(words.replace("&", "&&"))
            box.setAccessibleName(words)
            box.setMinimumHeight(px(48))
            box.setStyleSheet(f"font-size: {px(20)}px; font-weight: 600; padding: {px(4)}px {px(8)}px;")
            box.setChecked(one.person_id in ticked)
            box.toggled.connect(self._count)
            self._boxes[one.person_id] = box
            self._rows.addWidget(box)
            box.show()  # now, not with the next event: the keyboard goes to the first one
        if not inside:
            self._rows.addWidget(label("Nobody is signed in yet, so there is nobody to count.", "soft"))
        self._rows.addStretch(1)

    def _count(self) -> None:
        missing = [box.accessibleName() for box in self._boxes.values() if not box.isChecked()]
        done = len(self._boxes) - len(missing)
        whole = bool(self._boxes) and not missing
        words = "Everybody is counted" if whole else f"{done} of {len(self._boxes)} counted"
        before = self.chip.text()
        self.chip.set(State.OK if whole else State.WARN, words)
        few = f"Still to count: {listed(missing)}" if done and 0 < len(missing) <= 5 else ""
        self._missing.setText(few)
        self._missing.setVisible(bool(few))
        if before not in ("", words) and self.isVisible():
            announce(self.chip, words)

    def _step(self, by: int) -> None:
        boxes = list(self._boxes.values())
        held = next((at for at, box in enumerate(boxes) if box.hasFocus()), -1)
        to = held + by if held >= 0 else 0
        if 0 <= to < len(boxes):
            boxes[to].setFocus(Qt.FocusReason.TabFocusReason)
            self._area.ensureWidgetVisible(boxes[to])


def _how_many(inside: Sequence[RowView]) -> str:
    """12 children, 3 adults and 1 visitor."""
    children, visitors = sum(not one.adult for one in inside), sum(one.visitor for one in inside)
    said = [counted(children, "child", "children"), counted(len(inside) - children - visitors, "adult")]
    return listed([*said, counted(visitors, "visitor")] if visitors else said)
