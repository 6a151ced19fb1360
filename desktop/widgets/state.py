"""State: always a picture and a word, never a colour alone."""

from enum import StrEnum

from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from desktop.widgets.icons import IconLabel
from desktop.widgets.metrics import px
from desktop.widgets.text import label, set_look


class State(StrEnum):
    """What the colours mean."""

    OK = "ok"
    WARN = "warn"
    BAD = "bad"
    NEUTRAL = "neutral"
    BRAND = "brand"

    @property
    def icon_name(self) -> str:
        """The picture that goes with it."""
        return _ICONS[self]

    @property
    def colour(self) -> str:
        """The colour token that goes with it."""
        return "soft" if self is State.NEUTRAL else self.value


_ICONS = {
    State.OK: "check-circle",
    State.WARN: "alert",
    State.BAD: "close-circle",
    State.NEUTRAL: "minus-circle-outline",
    State.BRAND: "information-outline",
}


class StateChip(QFrame):
    """A rounded chip with an icon and a word or two: StateChip(State.BAD, "Not ready: 2 things to fix")."""

    def __init__(self, state: State, text: str, icon_name: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._icon = IconLabel(state.icon_name, state.colour, 15)
        self._label = label(text)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(10), 0, px(12), 0)
        row.setSpacing(px(7))
        row.addWidget(self._icon)
        row.addWidget(self._label)
        self.setFixedHeight(px(26))
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)
        self.set(state, text, icon_name)

    def set(self, state: State, text: str, icon_name: str = "") -> None:
        """Shows another state; the icon is the state's own unless given."""
        self._icon.set_icon(icon_name or state.icon_name, state.colour)
        self._label.setText(text)
        set_look(self, "chip", state.value)
        self.setAccessibleName(text)

    def text(self) -> str:
        """The words on the chip."""
        return self._label.text()
