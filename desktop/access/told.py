"""What is told after a change of people, in the panel: a first password to hand over, what somebody's going means."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from desktop.widgets.metrics import px
from desktop.widgets.text import announce, button, label, set_kind, set_look


class Told(QWidget):
    """Sentences, with something to write down between them where there is, and what can be done next."""

    def __init__(
        self, sentences: Sequence[str], done: Callable[[], object], *, to_write: str = "", done_words: str = "Done"
    ) -> None:
        """`to_write` is shown large, its groups kept whole."""
        super().__init__()
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(px(14))
        if to_write:
            self._column.addWidget(secret_label(to_write))
        for sentence in sentences:
            self._column.addWidget(label(sentence, wrap=True))
        self._foot = QHBoxLayout()
        self._foot.setSpacing(px(10))
        self._foot.addStretch(1)
        self.done_button = button(done_words, done, kind="primary")
        self._foot.addWidget(self.done_button)
        self._column.addStretch(1)
        self._column.addLayout(self._foot)
        self.setFocusProxy(self.done_button)
        announce(self, " ".join(sentences))

    def add_action(self, words: str, made: QPushButton) -> None:
        """Something else to do, with a sentence about it; a primary one comes before being done."""
        at = self._column.count() - 2
        self._column.insertWidget(at, label(words, "soft", wrap=True))
        row = QHBoxLayout()
        row.addWidget(made)
        row.addStretch(1)
        self._column.insertLayout(at + 1, row)
        if made.property("kind") == "primary":
            set_kind(self.done_button, "")
            self.setFocusProxy(made)


def secret_label(words: str) -> QWidget:
    """Something to be copied down by hand: large, its groups whole, and read out by a screen reader when gone to."""
    made = label(words.replace("-", "-\u200b"), "heading", wrap=True)
    made.setAccessibleName(words)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setContentsMargins(px(14), px(12), px(14), px(12))
    set_look(made, "banner", "brand")
    return made
