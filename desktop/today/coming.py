"""The two quiet cards: what is coming up, and what the school year came to so far."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from desktop.today import words
from desktop.today.link_row import LinkRow, WordsRow
from desktop.widgets.allowed import leads
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.metrics import px
from desktop.widgets.text import label
from models.kernel.dates import day_and_month, short
from models.kernel.words import counted
from models.readiness.glance import SoFar
from models.readiness.queries import Readiness


class ComingCard(Card):
    """Each further activity of the next four weeks with its light.

    Signals:
        opened(activity_id): one was clicked.
    """

    opened = Signal(object)

    def __init__(self) -> None:
        super().__init__("Coming up")

    def show_answers(self, answers: Sequence[Readiness]) -> None:
        """Shows these, soonest first."""
        clear_layout(self.body)
        for answer in answers:
            self.body.addWidget(self._row(answer))
        if not answers:
            self.body.addWidget(label("Nothing else is planned in the next four weeks.", "soft", wrap=True))

    def _row(self, answer: Readiness) -> QWidget:
        activity, state = answer.activity, words.LIGHT[answer.light]
        said = f"{short(activity.day)}  {activity.title}"
        if not leads(self, "programme"):
            return WordsRow(said, beneath=answer.words, state=state)
        return LinkRow(said, lambda: self.opened.emit(activity.id), beneath=answer.words, state=state)


class SoFarCard(Card):
    """Children, hours and those who did not come, since 1 September."""

    def __init__(self) -> None:
        super().__init__("This school year")

    def show_figures(self, so_far: SoFar) -> None:
        """Shows the figures; before the first activity it says that there are none yet."""
        clear_layout(self.body)
        since = day_and_month(so_far.since)
        if not so_far.activities:
            self.body.addWidget(label(f"No register has been closed since {since}.", "soft", wrap=True))
            return
        clubs = counted(so_far.activities, "club or trip", "clubs and trips")
        self.body.addWidget(label(f"{clubs} since {since}", "small", wrap=True))
        for number, meaning in (
            (so_far.children, "child has come" if so_far.children == 1 else "children have come"),
            (words.hours(so_far.minutes), "hours of a break"),
            (so_far.did_not_come, f"{'time' if so_far.did_not_come == 1 else 'times'} a child did not come, no word"),
        ):
            self.body.addLayout(_figure(number, meaning))


def _figure(number: int, meaning: str) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(px(10))
    figure = label(f"{number:,}", "number")
    figure.setMinimumWidth(px(64))
    figure.setAccessibleName(f"{number:,} {meaning}")
    row.addWidget(figure)
    row.addWidget(label(meaning, wrap=True), 1)
    return row
