"""The list of the register: rows of widgets of which only those that changed are touched."""

from collections.abc import Callable, Collection, Sequence
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QWidget

from desktop.registers.words import RowView
from desktop.widgets.card_list import CardList


class PeopleList(CardList[RowView]):
    """Children and adults; sixty rows are looked through in a blink because equal ones are left alone."""

    def __init__(self, name: str, make: Callable[[RowView], QWidget]) -> None:
        super().__init__(name)
        self._make = make
        self._order: list[UUID] = []
        self._shown: set[UUID] = set()

    def show_views(self, views: Sequence[RowView]) -> None:
        """Shows these rows, in this order."""
        order = [view.person_id for view in views]
        if order != self._order:
            self._order = order
            self.set_rows(views, key=lambda view: view.person_id, make=self._made, update=_show)
            return
        for view in views:
            _show(self.widget_of(view.person_id), view)

    def show_people(
        self, people: Collection[UUID], empty: str, button_text: str = "", on_click: Callable[[], object] | None = None
    ) -> None:
        """Shows only these people's rows; `empty` is said when there are none, with one thing to do."""
        self._shown = set(people)
        self.set_empty(empty, button_text, on_click)
        self.show_only(people)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        for key in self._order:
            self._fit(self.widget_of(key))

    def focus_first(self) -> None:
        """Puts the keyboard on the first row shown."""
        first = next((key for key in self._order if key in self._shown), None)
        if first is not None:
            self.show_row(first)

    def _fit(self, row: QWidget) -> None:
        # The row cannot tell by itself: its own width never falls under what its widest form needs.
        fit: Callable[[int], None] = row.fit  # type: ignore[attr-defined] # every row made here has it
        fit(self.width())

    def _made(self, view: RowView) -> QWidget:
        made = self._make(view)
        self._fit(made)
        # A button hidden now may be shown later; Up and Down have to work on it then.
        for each in made.findChildren(QAbstractButton):
            each.installEventFilter(self)
        return made


def _show(row: object, view: RowView) -> None:
    show: Callable[[RowView], None] = row.show_view  # type: ignore[attr-defined] # every row made here has it
    show(view)
