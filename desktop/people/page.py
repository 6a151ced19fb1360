"""Children: the list, and over it the view of one child."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from desktop.jobs import Jobs
from desktop.people.actions import Actions
from desktop.people.reading import ChildPicture, ListRow, read_child, read_list
from desktop.people.table import ALL, ChildList
from desktop.people.view import ChildView
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack
from desktop.widgets.text import button
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.errors import NotFound
from models.kernel.words import counted
from models.people.rules import ChildStatus


class ChildrenPage(Page):
    """The children of the club. `open_item` takes a child's id, or a ChildStatus to show only those."""

    areas = frozenset({"people", "programme", "registers"})
    help_topic = "children"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Children", scroll=False)
        self._jobs = jobs
        self._child_id: UUID | None = None
        self._picture: ChildPicture | None = None
        self._read_once = False
        self._dressed_for = ""
        self.list = ChildList()
        self.view = ChildView()
        self._inside = Stack()
        self._inside.addWidget(self.list)
        self._inside.addWidget(self.view)
        self.body.addWidget(self._inside, 1)
        self.actions_of = Actions(self, jobs, clock)
        self.list.opened.connect(self.open_child)
        self.list.new.connect(self._new)
        self.view.wanted.connect(self._want)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        self._dress()

    def refresh(self) -> None:
        if not self._read_once:
            self.show_loading()
        self._jobs.query(read_list, self._show_list, self.show_error, key="children-page")
        if self._child_id is not None:
            self._read_child()

    def open_item(self, item: object) -> None:
        if isinstance(item, ChildStatus):
            self._back()
            self.list.show_status(item)
        elif isinstance(item, UUID):
            self.open_child(item)

    def open_child(self, child_id: UUID) -> None:
        """Shows one child over the list."""
        if not self.actions_of.panel.may_leave():
            return
        self.actions_of.panel.close_panel()
        self._child_id = child_id
        self._read_child()

    def new_child(self) -> None:
        """Opens the form for a new child, as Ctrl+K offers it; who may be a sister or brother is read first."""
        self._jobs.query(
            read_list, lambda rows: self.actions_of.new_child(rows, self.open_child), self.show_error, key="new-child"
        )

    def start_again(self) -> None:
        if self._child_id is not None:
            self._back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._child_id is not None:
            self._back()
            return
        super().keyPressEvent(event)

    def _read_child(self) -> None:
        child_id = self._child_id
        if child_id is not None:
            self._jobs.query(lambda uow: read_child(uow, child_id), self._show_child, self._lost, key="child-view")

    def _show_list(self, rows: tuple[ListRow, ...]) -> None:
        first, self._read_once = not self._read_once, True
        self.show_content()
        if first and rows and not any(row.child.status is ChildStatus.ACTIVE for row in rows):
            self.list.chips.set_current(ALL)
        self.list.set_rows(rows)
        self._dress()
        if first and rows and self._child_id is None and self.isVisible():
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_child(self, picture: ChildPicture) -> None:
        if picture.detail.child.id != self._child_id:
            return
        another = self._picture is None or self._picture.detail.child.id != self._child_id
        self._picture = picture
        self.view.show_child(picture)
        self.show_content()
        if self._inside.currentWidget() is not self.view or another:
            self._inside.setCurrentWidget(self.view)
            self.view.to_top()
            self._dress()
            self._back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self._say_who()

    def _lost(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._back()
            self.said.emit(error.what, False)
        else:
            self.show_error(error)

    def _back(self) -> None:
        """To the list, on the child one was looking at."""
        if not self.actions_of.panel.may_leave():
            return
        self.actions_of.panel.close_panel()
        was, self._child_id, self._picture = self._child_id, None, None
        self._inside.setCurrentWidget(self.list)
        self._dress()
        if was is not None:
            self.list.table.select(was)
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress(self) -> None:
        """The title and the buttons of what is shown."""
        if self._inside.currentWidget() is self.list:
            count = len(self.list.known())
            today = "" if self.may(Permission.SEE_FAMILIES) else " today"
            self.set_title("Children", f"{counted(count, 'child', 'children')}{today}" if count else "")
            if self._dressed_for == "list":
                return
            self._dressed_for = "list"
            self.clear_actions()
            new = button(
                "New child", self._new, kind="primary", icon_name="plus", keys="Ctrl+N", needs=Permission.EDIT_FAMILIES
            )
            self.add_action(new)
            return
        self._dressed_for = "child"
        self.clear_actions()
        self._back_button = button("Back", self._back, icon_name="arrow-left")
        self._back_button.setToolTip("To the list (Esc)")
        self.add_action(self._back_button)
        if self._picture is not None and self._picture.privacy:
            privacy = button("Privacy", self._to_privacy, icon_name="shield-account-outline")
            privacy.setToolTip("Asking to see this record, legal hold, erasing it")
            self.add_action(privacy)
        self.add_action(button("Change status", lambda: self._want("status", None), needs=Permission.EDIT_FAMILIES))

    def _to_privacy(self) -> None:
        if self._picture is not None:
            self.go.emit("privacy", self._picture.detail.child.id)

    def _say_who(self) -> None:
        if self._picture is not None:
            child = self._picture.detail.child
            stands = [str(child.status)] if self._picture.whole else []
            beneath = " · ".join([f"{self._picture.age} years old", *stands, child.ref])
            self.set_title(self._picture.detail.full_name, beneath)

    def _find(self) -> None:
        if self._child_id is None:
            self.list.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.find_box.selectAll()

    def _new(self) -> None:
        self.actions_of.new_child(self.list.known(), self.open_child)

    def _want(self, what: str, of: Any) -> None:
        if what == "child":
            self.open_child(of)
        elif what == "activity":
            self.go.emit("programme", of)
        elif self._picture is not None:
            self.actions_of.do(what, self._picture, of)
