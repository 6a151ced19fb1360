"""A search line over a list of people: typing leaves those whose names fit, Enter does the first thing offered."""

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLineEdit, QVBoxLayout, QWidget

from desktop.registers.listing import PeopleList
from desktop.registers.words import TAPS, RowView, matches
from desktop.widgets.list_model import sort_words
from desktop.widgets.metrics import px
from desktop.widgets.text import label
from models.registers.rules import MarkKind

NARROW = 560
"""Under this width (px at 100 %) the buttons stand under the line, so that its words are not cut."""
PLACEHOLDER = "First letters of a name, then Enter to sign in"
FEWER = "First letters of a name"


class PeopleFinder(QWidget):
    """The line, what Enter would do, and the list.

    Attributes:
        line: the search line. people: the list. beside: a layout at the right of the line.

    Signals:
        entered(RowView): Enter was pressed, and this is the first who fits.
        nobody(str): nobody on the register fits these letters, and Enter or the button says it is someone else.
        changed(): other rows are shown.
    """

    entered = Signal(object)
    nobody = Signal(str)
    changed = Signal()

    def __init__(self, name: str, make: Callable[[RowView], QWidget], else_words: str = "") -> None:
        """`else_words`: the button under an empty list, "" for none."""
        super().__init__()
        self._views: list[RowView] = []
        self._group: Callable[[RowView], bool] = lambda _view: True
        self._empty = ""
        self._short = False
        self._else_words = else_words
        self.line = QLineEdit()
        self.line.setPlaceholderText(PLACEHOLDER)
        self.line.setAccessibleName("Find a name")
        self.line.setAccessibleDescription(PLACEHOLDER)
        self.line.setClearButtonEnabled(True)
        self.line.setMinimumHeight(px(34))
        self.line.textChanged.connect(lambda _text: self._filter())
        self.line.returnPressed.connect(self._enter)
        self.line.installEventFilter(self)
        self._hint = label("", "small", wrap=True)
        self.people = PeopleList(name, make)
        self.beside = QHBoxLayout()
        self.beside.setSpacing(px(8))
        self._top = QHBoxLayout()
        self._top.setSpacing(px(8))
        self._top.addWidget(self.line, 1)
        self._top.addLayout(self.beside)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addLayout(self._top)
        column.addWidget(self._hint)
        column.addWidget(self.people, 1)
        self._hint.hide()

    def show_views(self, views: Sequence[RowView], empty: str) -> None:
        """Shows these people; `empty` is said when there are none."""
        self._views = list(views)
        self._empty = empty
        self.people.show_views(self._views)
        self._filter()

    def show_group(self, group: Callable[[RowView], bool]) -> None:
        """Which people are shown while nothing is typed; typing looks through all of them."""
        self._group = group
        self._filter()

    def shown(self) -> list[RowView]:
        """The people whose rows are shown, in order."""
        wanted = sort_words(self.line.text().strip())
        if wanted:
            return [view for view in self._views if matches(view, wanted)]
        return [view for view in self._views if self._group(view)]

    def target(self) -> RowView | None:
        """Whom Enter would sign in, or else out; None while nothing is typed or nobody fits."""
        if not self.line.text().strip():
            return None
        found = [view for view in self.shown() if view.tap is not None and not view.saving]
        return next((view for view in found if view.tap is MarkKind.IN), found[0] if found else None)

    def step_back(self) -> bool:
        """Esc: empties the line; False if there was nothing in it."""
        typed = bool(self.line.text())
        self.line.clear()
        return typed

    def start(self) -> None:
        """Empties the line and puts the keyboard in it: the next name."""
        self.line.clear()
        self.line.setFocus(Qt.FocusReason.OtherFocusReason)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def set_short(self, short: bool) -> None:
        """Whether height matters more than the whole of what the empty line says."""
        if short is not self._short:
            self._short = short
            self._fit()

    def _fit(self) -> None:
        narrow = self.width() < px(NARROW)
        below = narrow and not self._short
        self._top.setDirection(QBoxLayout.Direction.TopToBottom if below else QBoxLayout.Direction.LeftToRight)
        self.line.setPlaceholderText(FEWER if narrow and self._short else PLACEHOLDER)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        pressed = event.type() == QEvent.Type.KeyPress
        if watched is self.line and pressed and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Down:
            self.people.focus_first()
            return True
        return super().eventFilter(watched, event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        # Letters typed while a row's button has the keyboard are the next name.
        if event.text().isalpha():
            self.line.setFocus(Qt.FocusReason.OtherFocusReason)
            self.line.insert(event.text())
            return
        super().keyPressEvent(event)

    def _filter(self) -> None:
        shown = self.shown()
        people: set[UUID] = {view.person_id for view in shown}
        typed = self.line.text().strip()
        nobody = "Nobody on this register fits." + (" Is it someone else?" if self._else_words else "")
        words = nobody if typed else self._empty
        self.people.show_people(people, words, self._else_words, self._someone_else)
        target = self.target()
        self._hint.setText(f"Enter: {TAPS[target.tap].lower()} {target.name}" if target and target.tap else "")
        self._hint.setVisible(bool(self._hint.text()))
        self.changed.emit()

    def _enter(self) -> None:
        target = self.target()
        if target is not None:
            self.entered.emit(target)
        elif self.line.text().strip() and not self.shown():
            self._someone_else()

    def _someone_else(self) -> None:
        if self._else_words:
            self.nobody.emit(self.line.text().strip())
