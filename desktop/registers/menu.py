"""The "…" menu of a row: everything less common than one tap."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QWidget

from desktop.registers.words import MENU_WORDS, RowView
from desktop.widgets.icons import icon
from models.registers.rules import MarkKind, Status

ICONS = {
    MarkKind.IN: "login", MarkKind.LATE: "clock-outline", MarkKind.ABSENT: "phone-check-outline",
    MarkKind.NO_SHOW: "account-off-outline",
}  # fmt: skip
SEEN = (Status.IN, Status.OUT)


@dataclass(frozen=True)
class MenuActions:
    """What the menu can do with a row; `opens`: whether the person's own page is there to be opened."""

    word: Callable[[RowView, MarkKind], object]
    correct: Callable[[RowView], object]
    take_back: Callable[[RowView], object]
    note: Callable[[RowView], object]
    allow: Callable[[RowView], object]
    details: Callable[[RowView], object]
    opens: Callable[[RowView], bool]


def row_menu(view: RowView, acts: MenuActions, parent: QWidget) -> QMenu:
    """The menu for a row as it stands; it goes by itself once closed."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName(f"More for {view.name}")
    for kind in view.menu:
        if kind is not MarkKind.VOID:
            _add(menu, ICONS[kind], MENU_WORDS[kind], lambda kind=kind: acts.word(view, kind))  # type: ignore[misc] # bound per turn
    if menu.actions():
        menu.addSeparator()
    if view.state.status in SEEN:
        _add(menu, "clock-edit-outline", "Correct the time", lambda: acts.correct(view))
    if view.state.last_mark_id is not None:
        _add(menu, "undo", f"Take back “{view.status}”", lambda: acts.take_back(view))
    if not view.adult or view.state.last_mark_id is not None:
        _add(menu, "note-edit-outline", "Note", lambda: acts.note(view))
    if not view.adult:
        _add(menu, "account-check-outline", "Somebody else may collect today", lambda: acts.allow(view))
    if acts.opens(view):
        menu.addSeparator()
        _add(menu, "account-details-outline", f"Open {view.first}’s details", lambda: acts.details(view))
    return menu


def tools_menu(tools: Iterable[tuple[str, str, Callable[[], object]]], parent: QWidget) -> QMenu:
    """A menu of (icon, words, what it does)."""
    menu = QMenu(parent)
    menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    menu.setAccessibleName("More")
    for icon_name, words, act in tools:
        _add(menu, icon_name, words, act)
    return menu


def _add(menu: QMenu, icon_name: str, words: str, act: Callable[[], object]) -> None:
    made = QAction(icon(icon_name, "soft"), words.replace("&", "&&"), menu)
    made.triggered.connect(lambda _checked=False: act())
    menu.addAction(made)
