"""Step 4: one button that brings everything in, then what was done and the way back."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from desktop.intake.actions import Standing
from desktop.intake.words import summary, to_bring_in
from desktop.widgets.card import Card
from desktop.widgets.facts import Fact, Facts
from desktop.widgets.flow import Flow
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.intake.preview import Preview
from models.intake.writing import Taken
from models.kernel.words import counted


class TakeStep(QWidget):
    """Signals:
    pressed(): bring it in. undone(): take it back. left(): go to Today. more(): bring in other files.
    """

    pressed = Signal()
    undone = Signal()
    left = Signal()
    more = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.card = Card()
        self._words = label("", wrap=True)
        self._facts = Facts("What was done")
        self.take = button("Bring in", self.pressed.emit, kind="primary", icon_name="table-arrow-down", big=True)
        self.today = button("Go to Today", self.left.emit, kind="primary", icon_name="white-balance-sunny")
        self.undo = button("Undo", self.undone.emit, icon_name="undo", name="Undo bringing in these rows")
        self.again = button("Bring in more", self.more.emit, icon_name="plus")
        self.card.body.addWidget(self._words)
        self.card.body.addWidget(self._facts)
        self.card.body.addSpacing(px(6))
        self.card.body.addWidget(Flow([self.take, self.today, self.undo, self.again]))
        self.card.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(self.card)
        column.addStretch(1)

    def set_ready(self, preview: Preview, answers: int) -> None:
        """Before: what the button will do. `answers` are questions answered, which are kept too."""
        rows = to_bring_in(preview)
        self.card.set_title("Ready to bring in" if rows else "Nothing is new")
        more = "Everything comes in as one change: one undo takes it all back." if rows else (
            "The club has all of it already, so there is nothing to bring in."
        )  # fmt: skip
        self._words.setText(f"{summary(preview)} {more}")
        words = f"Bring in {counted(rows, 'row')}" if rows else "Keep the answers"
        self.take.setText(words)
        self.take.setAccessibleName(words)
        self.take.setVisible(bool(rows or answers))
        self._facts.hide()
        for made in (self.today, self.undo):
            made.hide()
        self.again.setVisible(not rows)

    def set_busy(self, busy: bool) -> None:
        """While it is being written nothing can be pressed here."""
        for made in (self.take, self.undo):
            made.setEnabled(not busy)

    def set_done(self, taken: Taken, refused: int, asked: int) -> None:
        """After: what was done."""
        self.card.set_title(f"Brought in {counted(taken.add + taken.change, 'row')}")
        self._words.setText("It is all in the club now. Have a look at Today: it knows what to do next.")
        facts = [Fact("Added", f"{taken.add:,}", State.OK), Fact("Changed", f"{taken.change:,}")]
        facts.append(Fact("Stayed as it was", f"{taken.same:,}"))
        if refused:
            facts.append(Fact("Left out", counted(refused, "row"), State.WARN))
        if asked:
            facts.append(Fact("Not answered, so left out", counted(asked, "row"), State.WARN))
        self._facts.set_facts(facts)
        self._facts.show()
        self.take.hide()
        for made in (self.today, self.undo, self.again):
            made.show()
        self.today.setFocus()

    def set_standing(self, standing: Standing) -> None:
        """Whether what was done still stands, and whether it can be taken back from here."""
        self.undo.setVisible(standing.last)
        if standing.undone:
            self.card.set_title("Taken back")
            self._words.setText("Everything these rows brought in was taken back. The club is as it was before.")
            self._facts.hide()
            self.again.show()

    def start(self) -> None:
        """Puts the keyboard on the one button."""
        (self.take if not self.take.isHidden() else self.again).setFocus()
