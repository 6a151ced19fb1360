"""What stands where a list or page would be while it is loading, empty, or could not be read."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QHBoxLayout, QLabel, QVBoxLayout, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.text import button, label


class Face(QWidget):
    """An icon, a sentence that says why, and at most one thing to do."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel("information-outline", "soft", 32)
        self._words = label("", "soft", wrap=True)
        self._words.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self._words.setMaximumWidth(px(520))
        self._words.setMinimumWidth(px(280))
        self._button = button("", self._press)
        self._action: Callable[[], object] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(40), px(24), px(40))
        column.setSpacing(px(14))
        column.addStretch(1)
        column.addLayout(_centred(self._icon))
        column.addLayout(_centred(self._words))
        column.addLayout(_centred(self._button))
        column.addStretch(2)

    def show_words(
        self,
        words: str,
        button_text: str = "",
        on_click: Callable[[], object] | None = None,
        *,
        icon_name: str = "information-outline",
        colour: str = "soft",
    ) -> None:
        """Says why there is nothing to see and what to do; no button without words for it."""
        self._icon.set_icon(icon_name, colour)
        self._words.setText(words)
        self._button.setText(button_text.replace("&", "&&"))
        self._button.setAccessibleName(button_text)
        self._button.setVisible(bool(button_text))
        self._action = on_click
        self.setAccessibleName(words)

    def words(self) -> str:
        """The sentence shown."""
        return self._words.text()

    def _press(self) -> None:
        if self._action is not None:
            self._action()


def _centred(widget: QWidget) -> QHBoxLayout:
    row = QHBoxLayout()
    row.addStretch(1)
    row.addWidget(widget, 4 if isinstance(widget, QLabel) else 0)
    row.addStretch(1)
    return row
