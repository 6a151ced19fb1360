"""The rows of people in an activity's view; they give way over several lines where there is little room."""

from collections.abc import Sequence
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QComboBox, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from desktop.widgets.card import clear_layout
from desktop.widgets.flow import Flow
from desktop.widgets.icons import IconLabel
from desktop.widgets.initials import Initials
from desktop.widgets.metrics import px, scale
from desktop.widgets.state import State
from desktop.widgets.text import label, rule

LARGE = 1.4
"""From this text size on chips and buttons stand under the name: beside it there would be no room for them."""


class Entry(QWidget):
    """A person: initials, name, a quieter line beneath, then chips, and at the right what can be done.

    `state` puts its icon before the line beneath.
    """

    def __init__(
        self,
        name: str,
        beneath: str = "",
        chips: Sequence[QWidget] = (),
        controls: Sequence[QWidget] = (),
        *,
        state: State | None = None,
    ) -> None:
        super().__init__()
        self.setAccessibleName(", ".join(part for part in (name, beneath) if part))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, px(6), 0, px(6))
        row.setSpacing(px(12))
        row.addWidget(Initials(name))
        names = _names(name, beneath, state)
        row.addLayout(names, 4)
        if scale() >= LARGE:
            for widgets in (chips, controls):
                names.insertWidget(names.count() - 1, Flow(widgets))
        else:
            if chips:
                row.addWidget(Flow(chips), 5)
            row.addWidget(Flow(controls, right=True))
        self.setMinimumHeight(px(56))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)


def _names(name: str, beneath: str, state: State | None) -> QVBoxLayout:
    names = QVBoxLayout()
    names.setSpacing(0)
    called = label(name, "row", wrap=True)
    called.setMinimumWidth(max(px(150), min(px(320), _longest_word(name))))
    names.addStretch(1)
    names.addWidget(called)
    if beneath:
        line = QHBoxLayout()
        line.setSpacing(px(6))
        if state is not None:
            line.addWidget(IconLabel(state.icon_name, state.colour, 15))
        line.addWidget(label(beneath, "small", wrap=True), 1)
        names.addLayout(line)
    names.addStretch(1)
    return names


def _longest_word(name: str) -> int:
    """The width of what cannot be broken over two lines."""
    font = QGuiApplication.font()
    font.setPixelSize(px(16))
    font.setWeight(QFont.Weight.DemiBold)
    measure = QFontMetrics(font)
    return max((measure.horizontalAdvance(f"{word}-") for word in name.replace("-", " ").split()), default=0)


class Entries(QWidget):
    """Rows of people with hairlines between them, made anew each time; the keyboard stays on the same control."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)

    def set_entries(self, entries: Sequence[QWidget], empty: str = "") -> None:
        """Shows these rows, or says why there are none."""
        held = self._held()
        clear_layout(self._column)
        for at, entry in enumerate(entries):
            if at:
                self._column.addWidget(rule())
            self._column.addWidget(entry)
        if not entries and empty:
            self._column.addWidget(label(empty, "soft", wrap=True))
        if held:
            self._give_back(held, entries)

    def _held(self) -> str:
        held = next((each for each in _controls(self) if each.hasFocus()), None)
        return held.accessibleName() if held is not None else ""

    def _give_back(self, held: str, entries: Sequence[QWidget]) -> None:
        for entry in entries:
            for each in _controls(entry):
                if each.accessibleName() == held:
                    each.setFocus(Qt.FocusReason.OtherFocusReason)
                    return


def _controls(widget: QWidget) -> list[QWidget]:
    found: list[Any] = [*widget.findChildren(QAbstractButton), *widget.findChildren(QComboBox)]
    return found
