"""A banner across a page: something is so, and stays so until it changes."""

from collections.abc import Callable

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QHBoxLayout, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import announce, button, label, set_look

_LEAST = 260
"""Room for the icon and the sentence beside the buttons, in pixels at 100 %."""


class Banner(QFrame):
    """Icon, words, and at most two buttons; hidden until told something."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("information-outline", "soft", 20)
        self._words = label("", wrap=True)
        self._buttons = (button("", lambda: self._press(0)), button("", lambda: self._press(1), kind="quiet"))
        self._actions: list[Callable[[], object] | None] = [None, None]
        said = QHBoxLayout()
        said.setSpacing(px(12))
        said.addWidget(self._icon)
        said.addWidget(self._words, 1)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(px(12))
        self._foot.addStretch(1)
        for each in self._buttons:
            self._foot.addWidget(each)
        self._row = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._row.setContentsMargins(px(14), px(8), px(10), px(8))
        self._row.setSpacing(px(12))
        self._row.addLayout(said, 1)
        self._row.addLayout(self._foot)
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._arrange()

    def show_state(
        self,
        state: State,
        words: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        second_text: str = "",
        on_second: Callable[[], object] | None = None,
    ) -> None:
        """Shows the banner and has a screen reader say it."""
        self._icon.set_icon(state.icon_name, state.colour)
        self._words.setText(words)
        set_look(self, "banner", state.value)
        for made, text in zip(self._buttons, (button_text, second_text), strict=True):
            made.setText(text.replace("&", "&&"))
            made.setAccessibleName(text)
            made.setVisible(bool(text))
        self._actions = [on_click, on_second]
        self._arrange()
        self.setAccessibleName(words)
        self.show()
        announce(self, words)

    def clear(self) -> None:
        """Takes the banner away."""
        self.hide()
        self._words.setText("")

    def words(self) -> str:
        """The sentence shown, "" for none."""
        return self._words.text()

    def focus_button(self) -> None:
        """Puts the keyboard on the first button."""
        self._buttons[0].setFocus()

    def _arrange(self) -> None:
        """The buttons beside the sentence; in a narrow panel, where they would squeeze it, under it."""
        tight = self.width() - self._foot.sizeHint().width() < px(_LEAST)
        to = QBoxLayout.Direction.TopToBottom if tight else QBoxLayout.Direction.LeftToRight
        if self._row.direction() != to:
            self._row.setDirection(to)

    def _press(self, which: int) -> None:
        action = self._actions[which]
        if action is not None:
            action()
