"""A form: fields in, one dict of values out, errors where they belong, Ctrl+Enter saves and Esc goes back."""

from collections.abc import Mapping
from itertools import pairwise
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut, QShowEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.widgets.banner import Banner
from desktop.widgets.field import Field
from desktop.widgets.inside import Inside
from desktop.widgets.metrics import px
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.kernel.errors import BadInput, BreatherError, SavedAfterAll


class Form(QWidget):
    """A column of fields with Save and Back at the foot.

    Signals:
        saved(dict): Save or Ctrl+Enter, when every field could be read: name -> value. The screen then calls its
            action with `failed=form.show_error`.
        left(): Back or Esc, once nothing unsaved is being left behind.
        changed(): a field was altered; for live warnings.
        failed(Exception): an error that is not about what was typed and is not ours: for the error box.
    """

    saved = Signal(dict)
    left = Signal()
    changed = Signal()
    failed = Signal(object)

    def __init__(self, save_words: str = "Save", back_words: str = "Back", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._fields: dict[str, Field[Any]] = {}
        self._clean: dict[str, object] = {}
        self.banner = Banner()
        self.rows = QVBoxLayout()
        self.rows.setContentsMargins(0, 0, px(8), 0)
        self.rows.setSpacing(px(16))
        self._lent = False
        self.save_button = button(save_words, self.save, kind="primary")
        self.save_button.setToolTip("Ctrl+Enter")
        self.back_button = button(back_words, self.leave)
        self._foot = QHBoxLayout()
        self._foot.setSpacing(px(10))
        self._foot.addStretch(1)
        self._foot.addWidget(self.back_button)
        self._foot.addWidget(self.save_button)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.setSpacing(px(12))
        outer.addWidget(self.banner)
        self._area = self._scroller()
        outer.addWidget(self._area, 1)
        outer.addLayout(self._foot)
        for keys in ("Ctrl+Return", "Ctrl+Enter"):
            self._key(keys, self.save)
        self._key("Escape", self.leave)

    def add(self, *fields: Field[Any]) -> None:
        """Adds fields; several at once stand side by side."""
        for field in fields:
            self._fields[field.name] = field
            self._clean[field.name] = _held(field)
            field.changed.connect(self.changed)
        if self.focusProxy() is None:
            self.setFocusProxy(fields[0])
        if len(fields) == 1:
            self.rows.addWidget(fields[0])
            return
        row = QHBoxLayout()
        row.setSpacing(px(16))
        for field in fields:
            row.addWidget(field, 1)
        self.rows.addLayout(row)

    def add_heading(self, words: str) -> None:
        """A heading between groups of fields."""
        self.rows.addWidget(label(words, "heading"))

    def add_widget(self, widget: QWidget) -> None:
        """Anything that is not a field: readiness lines, a note."""
        self.rows.addWidget(widget)

    def add_foot(self, widget: QWidget) -> None:
        """A quieter button at the left of the foot."""
        self._foot.insertWidget(0, widget)

    def stand_whole(self) -> None:
        """From now on it is as high as all of it, and does not scroll: whatever it stands in does."""
        layout, inside = self.layout(), self._area.takeWidget()
        if layout is not None and inside is not None:
            self.rows.setContentsMargins(0, 0, 0, px(8))  # no scroll bar to keep clear of
            layout.replaceWidget(self._area, inside)
            self._area.deleteLater()
            inside.setAutoFillBackground(False)  # the scroll area had set it
            inside.show()

    def field(self, name: str) -> Field[Any]:
        """A field by its name. Raises KeyError."""
        return self._fields[name]

    def set_values(self, values: Mapping[str, Any]) -> None:
        """Fills the fields named; the form then counts as not altered."""
        for name, value in values.items():
            if name in self._fields:
                self._fields[name].set_value(value)
        self.mark_clean()

    def values(self) -> dict[str, Any] | None:
        """Every field's value by name; None when one cannot be read, which is then said at the field."""
        wrong = [field for field in self._fields.values() if not field.check()]
        if wrong:
            wrong[0].setFocus()
            return None
        return {name: field.value() for name, field in self._fields.items()}

    def take_newer(self, values: Mapping[str, Any]) -> None:
        """Somebody else saved these values while the form was open; the next save is measured against them.

        What was not touched here shows theirs. What was typed stays, and where they saved something else both are
        shown, so that nobody's words are written over unseen.
        """
        self.set_busy(False)
        for name in self._fields.keys() & values.keys():
            field, base, theirs = self._fields[name], self._clean[name], values[name]
            if _same(_held(field), base):
                if not _same(theirs, base):
                    field.set_value(theirs)
            elif not _same(theirs, base) and not _same(theirs, _held(field)):
                field.show_meanwhile(theirs)
            self._clean[name] = theirs
        self.banner.show_state(
            State.WARN,
            "Somebody else changed this while it was open. What you typed is still here. Save again to keep it.",
        )

    def is_dirty(self) -> bool:
        """Whether anything was altered since `set_values` or `mark_clean`."""
        return any(not _same(_held(field), self._clean[name]) for name, field in self._fields.items())

    def mark_clean(self) -> None:
        """What is there now is what is saved."""
        self._clean = {name: _held(field) for name, field in self._fields.items()}

    def save(self) -> None:
        """As if Save had been pressed."""
        if not self.save_button.isEnabled():
            return
        self.banner.clear()
        values = self.values()
        if values is not None:
            self.saved.emit(values)

    def leave(self) -> None:
        """As if Back had been pressed: typing that would be lost is pointed out once, here in the form."""
        if not self.is_dirty():
            self.banner.clear()
            self.left.emit()
            return
        self.banner.show_state(
            State.WARN,
            "What you typed is not saved yet.",
            "Keep typing",
            self._stay,
            "Leave without saving",
            self._drop,
        )
        self.banner.focus_button()

    def set_busy(self, busy: bool) -> None:
        """While a save is under way Save cannot be pressed again; the keyboard stays in the form, then comes back."""
        if busy and self.save_button.hasFocus():
            self.back_button.setFocus()
            self._lent = True
        self.save_button.setEnabled(not busy)
        if not busy and self._lent:
            self._lent = False
            if self.back_button.hasFocus():  # Enter tries again, and does not leave what was typed
                self.save_button.setFocus()

    def show_error(self, error: Exception) -> None:
        """Shows a refusal at its field, or above the form when it concerns the whole of it."""
        self.set_busy(False)
        if not isinstance(error, BreatherError):
            self.failed.emit(error)
            return
        field = self._fields.get(error.field or "")
        if isinstance(error, BadInput) and field is not None:
            field.set_error(str(error))
            field.setFocus()
            return
        if isinstance(error, SavedAfterAll):  # what is here was kept when the connection was lost
            self.mark_clean()
            self.banner.show_state(State.OK, str(error))
            return
        self.banner.show_state(State.BAD, str(error))

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        # Tab goes as one reads: the fields from the top, then what is at the foot.
        # A list of names or a calendar that drops down is a window of its own.
        stops = [each for each in (*_stops(self.rows), *_stops(self._foot)) if each.window() is self.window()]
        for before, after in pairwise(stops):
            QWidget.setTabOrder(before, after)

    def _stay(self) -> None:
        self.banner.clear()
        first = next(iter(self._fields.values()), None)
        if first is not None:
            first.setFocus()

    def _drop(self) -> None:
        self.mark_clean()
        self.leave()

    def _key(self, keys: str, action: Any) -> None:
        shortcut = QShortcut(QKeySequence(keys), self)
        shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        shortcut.activated.connect(action)

    def _scroller(self) -> QScrollArea:
        inside = Inside()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.addLayout(self.rows)
        column.addStretch(1)
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setWidget(inside)
        return area


def _stops(layout: QLayout) -> list[QWidget]:
    """Where Tab stops in a layout, in reading order."""
    found: list[QWidget] = []
    for at in range(layout.count()):
        item = layout.itemAt(at)
        widget, inner = (item.widget(), item.layout()) if item else (None, None)
        if inner is not None:
            found += _stops(inner)
        elif widget is not None:
            able = [widget, *widget.findChildren(QWidget)]
            found += [each for each in able if each.focusPolicy() & Qt.FocusPolicy.TabFocus and not each.focusProxy()]
    return found


def _same(one: object, other: object) -> bool:
    """Whether two values are one; nothing typed and an empty text are."""
    return (None if one == "" else one) == (None if other == "" else other)


def _held(field: Field[Any]) -> object:
    """What is in a field, even when it cannot be read."""
    try:
        return field.value()
    except BadInput as wrong:
        return wrong.what
