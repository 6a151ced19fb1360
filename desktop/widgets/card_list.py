"""A list whose rows are real widgets, for rows with buttons in them: the register, the ring-round."""

from collections.abc import Callable, Collection, Hashable, Sequence
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFont, QFontMetrics, QGuiApplication, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QLabel,
    QScrollArea,
    QSizePolicy,
    QStackedLayout,
    QVBoxLayout,
    QWidget,
)  # fmt: skip

from desktop.widgets.card import clear_layout
from desktop.widgets.faces import Face
from desktop.widgets.initials import Initials
from desktop.widgets.metrics import px
from desktop.widgets.state import StateChip
from desktop.widgets.text import label, rule, set_look

R = TypeVar("R")


class PersonRow(QWidget):
    """A 60-px row: initials, name, chips, then at the right a few words of state and the buttons.

    Attributes:
        spoken: what a screen reader says for the row: "Niamh Osei, due".
    """

    def __init__(self, name: str, beneath: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._avatar = Initials(name)
        self._name = label(name, "row")
        self._name.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self._beneath = label(beneath, "small")
        names = QVBoxLayout()
        names.setSpacing(0)
        names.addStretch(1)
        names.addWidget(self._name)
        names.addWidget(self._beneath)
        names.addStretch(1)
        self._chips = QHBoxLayout()
        self._chips.setSpacing(px(8))
        self._status = label("", "soft")
        self._actions = QHBoxLayout()
        self._actions.setSpacing(px(10))
        row = QHBoxLayout(self)
        row.setContentsMargins(px(14), px(5), px(14), px(5))
        row.setSpacing(px(14))
        row.addWidget(self._avatar)
        row.addLayout(names, 3)
        row.addLayout(self._chips, 5)
        row.addWidget(self._status)
        row.addLayout(self._actions)
        self.setMinimumHeight(px(60))
        self.set_name(name, beneath)

    @property
    def spoken(self) -> str:
        """What a screen reader says for the row."""
        return ", ".join(part for part in (self._whole, self._status.text()) if part)

    def set_name(self, name: str, beneath: str = "") -> None:
        """The name the row is about, and a quieter line under it."""
        self._whole = name
        self._avatar.set_name(name)
        self._name.setText(name)
        self._beneath.setText(beneath)
        self._beneath.setVisible(bool(beneath))
        self._name.setWordWrap(len(name) > 30)
        self._name.setMinimumWidth(max(px(120), min(px(420), _longest_piece(name))))
        self.setAccessibleName(self.spoken)

    def set_chips(self, chips: Sequence[StateChip]) -> None:
        """Marks beside the name."""
        clear_layout(self._chips)
        for chip in chips:
            self._chips.addWidget(chip)
        self._chips.addStretch(1)

    def set_status(self, words: str, tone: str = "soft") -> None:
        """A word or two at the right: "Due", "In 10:04"; tones as for labels."""
        self._status.setText(words)
        set_look(self._status, "tone", tone)
        self.setAccessibleName(self.spoken)

    def set_actions(self, buttons: Sequence[QWidget]) -> None:
        """The buttons at the right end."""
        clear_layout(self._actions)
        for each in buttons:
            self._actions.addWidget(each)

    def status(self) -> str:
        """The words at the right."""
        return self._status.text()

    def name_label(self) -> QLabel:
        """The name, to be dressed otherwise at the door."""
        return self._name


class CardList(QFrame, Generic[R]):
    """Rows of real widgets in a card. A row whose key is still there keeps its widget, and so the keyboard.

    Up and Down go to the same button of the row above and below.
    """

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("card", "true")
        self.setAccessibleName(name)
        self._widgets: dict[Hashable, QWidget] = {}
        self._lines: dict[Hashable, QWidget] = {}
        self._away: set[Hashable] = set()
        self._empty: tuple[str, str, Callable[[], object] | None] = ("There is nothing here yet.", "", None)
        self._face = Face()
        inside = QWidget()
        set_look(inside, "scrolled", "true")
        self._rows = QVBoxLayout(inside)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(0)
        self._area = QScrollArea()
        self._area.setFrameShape(QFrame.Shape.NoFrame)
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setWidget(inside)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(px(5), px(3), px(5), px(3))
        self._stack = QStackedLayout()
        outer.addLayout(self._stack)  # first: a stack that stands nowhere shows its widgets as windows of their own
        self._stack.addWidget(self._area)
        self._stack.addWidget(self._face)

    def set_rows(
        self,
        rows: Sequence[R],
        *,
        key: Callable[[R], Hashable],
        make: Callable[[R], QWidget],
        update: Callable[[Any, R], object] | None = None,
    ) -> None:
        """Shows these rows: `make(row)` for a new one, `update(widget, row)` for one that is already there.

        Without `update` every row is made anew.
        """
        held = self._focus_place()
        old = self._widgets if update is not None else {}
        gone = [widget for row_key, widget in self._widgets.items() if row_key not in old]
        self._widgets = {}
        self._take_rows_out()
        for row in rows:
            row_key = key(row)
            widget = old.pop(row_key, None)
            if widget is None:
                widget = make(row)
            elif update is not None:
                update(widget, row)
            self._widgets[row_key] = widget
            self._place(row_key, widget)
        self._rows.addStretch(1)
        for widget in [*gone, *old.values()]:
            widget.hide()
            widget.deleteLater()
        self._away &= self._widgets.keys()
        self._show_face()
        self._return_focus(held)

    def set_empty(self, reason: str, button_text: str = "", on_click: Callable[[], object] | None = None) -> None:
        """What to say when there are no rows: why, and one thing to do."""
        self._empty = (reason, button_text, on_click)
        self._show_face()

    def show_only(self, keys: Collection[Hashable] | None) -> None:
        """Hides every row but these (None: shows all), keeping their widgets; what `set_empty` said if none is left."""
        self._away = set() if keys is None else self._widgets.keys() - set(keys)
        first = True
        for row_key, widget in self._widgets.items():
            wanted = row_key not in self._away
            widget.setVisible(wanted)
            if row_key in self._lines:
                self._lines[row_key].setVisible(wanted and not first)
            first = first and not wanted
        self._show_face()

    def widget_of(self, row_key: Hashable) -> QWidget:
        """The widget of a row. Raises KeyError."""
        return self._widgets[row_key]

    def show_row(self, row_key: Hashable) -> None:
        """Scrolls a row into sight and puts the keyboard on its first button. Raises KeyError."""
        widget = self._widgets[row_key]
        self._area.ensureWidgetVisible(widget)
        self._focus(widget, 0)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent) and isinstance(watched, QWidget):
            step = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}.get(Qt.Key(event.key()))
            if step is not None and self._step(step):
                return True
        return super().eventFilter(watched, event)

    def _place(self, row_key: Hashable, widget: QWidget) -> None:
        if self._rows.count():
            self._lines[row_key] = rule()
            self._rows.addWidget(self._lines[row_key])
        self._rows.addWidget(widget)
        for each in _buttons(widget):
            each.installEventFilter(self)

    def _take_rows_out(self) -> None:
        self._lines = {}
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None and widget.property("rule") == "true":
                widget.deleteLater()

    def _show_face(self) -> None:
        full = len(self._away) < len(self._widgets)
        if not full:
            self._face.show_words(*self._empty)
        self._stack.setCurrentWidget(self._area if full else self._face)

    def _focus_place(self) -> tuple[Hashable, int] | None:
        for row_key, widget in self._widgets.items():
            for at, each in enumerate(_buttons(widget)):
                if each.hasFocus():
                    return row_key, at
        return None

    def _return_focus(self, held: tuple[Hashable, int] | None) -> None:
        if held is not None and held[0] in self._widgets and self._focus_place() is None:
            self._focus(self._widgets[held[0]], held[1])

    def _step(self, by: int) -> bool:
        held = self._focus_place()
        if held is None:
            return False
        keys = [row_key for row_key in self._widgets if row_key not in self._away]
        to = keys.index(held[0]) + by
        if not 0 <= to < len(keys):
            return True
        widget = self._widgets[keys[to]]
        self._area.ensureWidgetVisible(widget)
        self._focus(widget, held[1])
        return True

    def _focus(self, widget: QWidget, at: int) -> None:
        buttons = _buttons(widget)
        if buttons:
            buttons[min(at, len(buttons) - 1)].setFocus(Qt.FocusReason.TabFocusReason)


def _longest_piece(name: str) -> int:
    """The width of what cannot be broken over two lines."""
    font = QGuiApplication.font()
    font.setPixelSize(px(16))
    font.setWeight(QFont.Weight.DemiBold)
    measure = QFontMetrics(font)
    return max((measure.horizontalAdvance(f"{piece}-") for piece in name.replace("-", " ").split()), default=0)


def _buttons(widget: QWidget) -> list[QAbstractButton]:
    return [each for each in widget.findChildren(QAbstractButton) if not each.isHidden() and each.isEnabled()]
