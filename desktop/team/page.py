"""Team: the list of adults, and over it the view of one."""

from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut

from desktop.jobs import Jobs
from desktop.team.actions import Actions
from desktop.team.reading import AdultPicture, ListRow, read_adult, read_list
from desktop.team.table import TeamList
from desktop.team.view import AdultView
from desktop.widgets.page import Page
from desktop.widgets.stack import Stack
from desktop.widgets.text import button
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.errors import NotFound
from models.kernel.words import counted

EDIT = Permission.EDIT_TEAM


class TeamPage(Page):
    """The adults of the club. `open_item` takes an adult's id."""

    areas = frozenset({"team", "programme"})
    help_topic = "team"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Team", scroll=False)
        self._jobs = jobs
        self._clock = clock
        self._adult_id: UUID | None = None
        self._picture: AdultPicture | None = None
        self._read_once = False
        self.list = TeamList()
        self.view = AdultView()
        self._inside = Stack()
        self._inside.addWidget(self.list)
        self._inside.addWidget(self.view)
        self.body.addWidget(self._inside, 1)
        self.actions_of = Actions(self, jobs)
        self._back_button = button("")
        self.list.opened.connect(self.open_adult)
        self.list.new.connect(self._new)
        self.view.wanted.connect(self._want)
        find = QShortcut(QKeySequence("Ctrl+F"), self)
        find.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        find.activated.connect(self._find)
        self._dress_list()

    def refresh(self) -> None:
        if not self._read_once:
            self.show_loading()
        self._jobs.query(read_list, self._show_list, self.show_error, key="team-page")
        self._read_adult()

    def open_item(self, item: object) -> None:
        if isinstance(item, UUID):
            self.open_adult(item)

    def open_adult(self, adult_id: UUID) -> None:
        """Shows one adult over the list."""
        if not self.actions_of.panel.may_leave():
            return
        self.actions_of.panel.close_panel()
        self._adult_id = adult_id
        self._read_adult()

    def new_adult(self) -> None:
        """Opens the form for a new adult, as Ctrl+K offers it."""
        self._new()

    def start_again(self) -> None:
        if self._adult_id is not None:
            self._back()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self._adult_id is not None:
            self._back()
            return
        super().keyPressEvent(event)

    def _read_adult(self) -> None:
        adult_id = self._adult_id
        if adult_id is not None:
            self._jobs.query(lambda uow: read_adult(uow, adult_id), self._show_adult, self._lost, key="adult-view")

    def _show_list(self, rows: tuple[ListRow, ...]) -> None:
        first, self._read_once = not self._read_once, True
        self.show_content()
        self.list.set_rows(rows)
        if self._adult_id is None:
            self._say_how_many()
        if first and rows and self._adult_id is None and self.isVisible():
            self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_adult(self, picture: AdultPicture) -> None:
        if picture.row.adult.id != self._adult_id:
            return
        another = self._picture is None or self._picture.row.adult.id != self._adult_id
        left_changed = self._picture is not None and self._picture.row.adult.left_on != picture.row.adult.left_on
        self._picture = picture
        self.view.show_adult(picture)
        self.show_content()
        self._inside.setCurrentWidget(self.view)
        if another or left_changed:
            self._dress_view(picture)
            self._back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.set_title(picture.row.adult.name, picture.row.role)

    def _lost(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self._back()
            self.said.emit(error.what, False)
        else:
            self.show_error(error)

    def _back(self) -> None:
        """To the list, on the adult one was looking at."""
        if not self.actions_of.panel.may_leave():
            return
        self.actions_of.panel.close_panel()
        was, self._adult_id, self._picture = self._adult_id, None, None
        self._inside.setCurrentWidget(self.list)
        self._dress_list()
        self.list.table.select(was)
        self.list.table.setFocus(Qt.FocusReason.OtherFocusReason)

    def _dress_list(self) -> None:
        self._say_how_many()
        self.clear_actions()
        self.add_action(button("New adult", self._new, kind="primary", icon_name="plus", keys="Ctrl+N", needs=EDIT))

    def _say_how_many(self) -> None:
        count = sum(row.here for row in self.list.known())
        self.set_title("Team", f"{counted(count, 'adult')} on the team" if count else "")

    def _dress_view(self, picture: AdultPicture) -> None:
        self.clear_actions()
        self._back_button = button("Back", self._back, icon_name="arrow-left")
        self._back_button.setToolTip("To the list (Esc)")
        self.add_action(self._back_button)
        if picture.row.adult.left_on is None:
            self.add_action(button("Leaves the team", lambda: self._want("leave", None), needs=EDIT))
        else:
            self.add_action(button("Is back on the team", lambda: self._want("back", None), needs=EDIT))
            privacy = button(
                "Privacy", self._to_privacy, icon_name="shield-account-outline", needs=Permission.PRIVACY, to="privacy"
            )
            privacy.setToolTip("What is held of this adult, and erasing it")
            self.add_action(privacy)

    def _to_privacy(self) -> None:
        self.go.emit("privacy", ("adult", self._adult_id))

    def _find(self) -> None:
        if self._adult_id is None:
            self.list.find_box.setFocus(Qt.FocusReason.ShortcutFocusReason)
            self.list.find_box.selectAll()

    def _new(self) -> None:
        self.actions_of.new_adult(self.open_adult)

    def _want(self, what: str, of: Any) -> None:
        if what == "activity":
            self.go.emit("programme", of)
        elif self._picture is not None:
            self.actions_of.do(what, self._picture)
