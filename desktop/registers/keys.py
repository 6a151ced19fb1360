"""Esc, in whatever is shown."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget


def on_escape(view: QWidget, leave: Callable[[], object]) -> None:
    """Has Esc leave the view, while the keyboard is anywhere in it."""
    escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
    escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
    escape.activated.connect(leave)
