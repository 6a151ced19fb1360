"""The two menus of the register: of a row, and of the whole day."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMenu, QWidget

from desktop.registers import actions
from desktop.registers.lateness import Lateness
from desktop.registers.menu import MenuActions, row_menu, tools_menu
from desktop.registers.panels import Panels
from desktop.registers.screen import Screen
from desktop.registers.words import RowView
from desktop.widgets.page import Page
from models.access.rules import Permission
from models.registers.queries import Register

ASIDE = {"someone": ("account-plus-outline", "Someone else came"), "door": ("door-open", "Door view")}
"""The picture and the words of what the screen sets aside."""


class Tools(QObject):
    """Opens the menus and does what is chosen."""

    def __init__(
        self, page: Page, screen: Screen, panels: Panels, lateness: Lateness, today: Callable[[], date]
    ) -> None:
        super().__init__(page)
        self._today = today
        self._page = page
        self._screen = screen
        self._panels = panels
        self._lateness = lateness

    def open_menu(self, view: RowView, where: QWidget) -> None:
        """The menu of a row, under its button; none while a mark of it is being saved."""
        register = self._screen.register()
        if register is None or view.saving:
            return
        activity_id, do = register.activity.id, self._screen.do
        acts = MenuActions(
            word=lambda one, kind: do(actions.word(activity_id, one, kind)),
            correct=lambda one: self._panels.correct(register, one),
            take_back=lambda one: do(actions.take_back(one)),
            note=lambda one: self._panels.note(activity_id, one, _note_of(register, one)),
            allow=lambda one: self._panels.allow(activity_id, one),
            details=lambda one: self._page.go.emit("team" if one.adult else "children", one.person_id),
            opens=lambda one: self._opens(register, one),
        )
        _pop_up(row_menu(view, acts, self._page), where)

    def open_more(
        self, where: QWidget, show_paper: Callable[[], object], aside: Sequence[str], ask: Callable[[str], object]
    ) -> None:
        """What is less often wanted of the whole day, after what was set `aside` for want of room."""
        first = [(*ASIDE[what], partial(ask, what)) for what in aside]
        tools = (
            ("phone-outline", "Ring home", self._lateness.ring),
            ("keyboard-outline", "Key in a paper register", show_paper),
            ("printer-outline", "Print the register", self.print_register),
        )
        shown = tools if self._page.leads("print") else tools[:-1]
        _pop_up(tools_menu([*first, *shown], self._page), where)

    def _opens(self, register: Register, one: RowView) -> bool:
        """Whether somebody's own page is there to be opened: of a child of another day, only to who sees families."""
        today = register.activity.day == self._today()
        return self._page.leads("team" if one.adult else "children") and (
            one.adult or today or self._page.may(Permission.SEE_FAMILIES)
        )

    def print_register(self) -> None:
        """Goes where the register is printed."""
        register = self._screen.register()
        if register is not None:
            self._page.go.emit("print", ("register", register.activity.id))


def _note_of(register: Register, view: RowView) -> str:
    """The note with the mark that decides the row; while there is none, the one with the booking."""
    booked = next((line.ring_round_note for line in register.children if line.child_id == view.person_id), "")
    return view.state.note if view.state.last_mark_id else booked


def _pop_up(menu: QMenu, where: QWidget) -> None:
    menu.popup(where.mapToGlobal(where.rect().bottomLeft()))
