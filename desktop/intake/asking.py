"""One question: is this row somebody the club has already?"""

from collections.abc import Callable

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from desktop.intake.lines import AskLine
from desktop.widgets.flow import Flow
from desktop.widgets.initials import Initials
from desktop.widgets.metrics import px
from desktop.widgets.text import choice_button, label
from models.intake.plan import Answer


class AskRow(QWidget):
    """Who is asked about, why, and the two answers; the one given stays pressed in and can be changed."""

    def __init__(self, line: AskLine, answer: Callable[[AskLine, Answer | None], object]) -> None:
        super().__init__()
        self._line = line
        self._answer = answer
        self._title = label("", "row", wrap=True)
        self._reason = label("", "soft", wrap=True)
        self._buttons = {
            Answer.SAME: choice_button(
                "Same person", lambda: self._say(Answer.SAME), icon_name="account-check-outline"
            ),
            Answer.DIFFERENT: choice_button(
                "Somebody else", lambda: self._say(Answer.DIFFERENT), icon_name="account-multiple-outline"
            ),
        }
        texts = QVBoxLayout()
        texts.setSpacing(px(3))
        texts.addWidget(self._title)
        texts.addWidget(self._reason)
        texts.addWidget(Flow(list(self._buttons.values())))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(10), px(14), px(10))
        row.setSpacing(px(14))
        row.addWidget(Initials(line.who.partition(" ")[2] or line.who))
        row.addLayout(texts, 1)
        self.set_line(line)

    def set_line(self, line: AskLine) -> None:
        """Shows the question as it stands."""
        self._line = line
        self._title.setText(f"{line.who} (row {line.row} of {line.file})")
        self._reason.setText(f"{line.reason} Is it {line.like}?")
        self.setAccessibleName(f"{line.who}: {line.reason} Is it {line.like}?")
        for answer, made in self._buttons.items():
            made.setChecked(line.answer is answer)
            words = "the same person as" if answer is Answer.SAME else "somebody else than"
            made.setAccessibleName(f"{line.who} is {words} {line.like}")

    def _say(self, answer: Answer) -> None:
        self._answer(self._line, answer if self._buttons[answer].isChecked() else None)
