"""The Programme screen."""

from datetime import date
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.jobs import Jobs
from desktop.programme import actions
from desktop.programme.actions import Doing
from desktop.programme.activity_view import ActivityView
from desktop.programme.form import ActivityForm, CancelForm, MoveForm, PlanForm
from desktop.programme.overview import ProgrammeOverview
from desktop.programme.reading import Choices, Overview, Picture, PlanRow, choices, overview, picture
from desktop.programme.words import KIND
from desktop.widgets.anyway import tell
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.stack import Stack
from desktop.widgets.text import button
from models.access.rules import Permission
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError, NotFound
from models.programme.rules import ActivityKind


class ProgrammePage(Page):
    """Clubs and trips by month and by list; `open_item(activity_id)` opens one, Esc goes back."""

    areas = frozenset({"programme", "people", "team", "consents", "transport", "readiness", "access"})
    help_topic = "programme"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Programme", scroll=False)
        self._jobs = jobs
        self._open: UUID | None = None
        doing = Doing(self, jobs)
        self._doing = doing
        self.overview = ProgrammeOverview(clock.today(), self.new_club)
        self.view = ActivityView(doing)
        self._both = Stack()
        self._both.addWidget(self.overview)
        self._both.addWidget(self.view)
        self.body.addWidget(self._both, 1)
        self.panel = Panel(self)
        self.overview.opened.connect(self.open_item)
        self.overview.moved.connect(self._move)
        self.overview.venues_wanted.connect(lambda: self.go.emit("venues", None))
        self.overview.day_wanted.connect(lambda day: self._new(ActivityKind.CLUB, day))
        self.view.form_wanted.connect(self._open_form)
        self.view.leaving.connect(self.go)
        self._escape = QShortcut(QKeySequence("Escape"), self)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.back)
        self.panel.closed.connect(self._mind_escape)
        self._show_overview_head()
        self.show_loading()

    def refresh(self) -> None:
        opened = self._open
        if opened is not None:
            self._jobs.query(lambda uow: picture(uow, opened), self._show_picture, self._gone, key="programme-page")
        else:
            self._jobs.query(overview, self._show_overview, self.show_error, key="programme-page")

    def open_item(self, item: object) -> None:
        """Opens an activity by its id; None shows the whole programme."""
        if not isinstance(item, UUID):
            self.back()
            return
        self._open = item
        self.refresh()

    def start_again(self) -> None:
        if self._open is not None:
            self.back()

    def back(self) -> None:
        """From an activity to the whole programme."""
        self.panel.close_panel()
        self._open = None
        self._both.setCurrentWidget(self.overview)
        self._show_overview_head()
        self.overview.focus_shown()
        self.refresh()

    def new_club(self) -> None:
        """Opens the form for a new club."""
        self._new(ActivityKind.CLUB)

    def new_trip(self) -> None:
        """Opens the form for a new trip."""
        self._new(ActivityKind.TRIP)

    def _show_overview(self, found: Overview) -> None:
        self.overview.show_overview(found)
        self.show_content()

    def _show_picture(self, found: Picture) -> None:
        if found.activity.id != self._open:
            return
        self.view.show_picture(found)
        self.show_content()
        if self._both.currentWidget() is not self.view:
            self._both.setCurrentWidget(self.view)
            self._show_activity_head()
            self._back_button.setFocus(Qt.FocusReason.OtherFocusReason)
        self.set_title(found.activity.title)

    def _gone(self, error: Exception) -> None:
        if isinstance(error, NotFound):
            self.back()
            tell(self, error)
        else:
            self.show_error(error)

    def _mind_escape(self) -> None:
        # A form beside the view, or a club being carried over the month, takes Esc for itself.
        self._escape.setEnabled(self._both.currentWidget() is self.view and not self.panel.shown)

    def _show_overview_head(self) -> None:
        self._mind_escape()
        self.clear_actions()
        self.set_title("Programme")
        self.add_action(button("New trip", self.new_trip, icon_name="bus", needs=Permission.PLAN))
        self.add_action(button("New club", self.new_club, kind="primary", icon_name="plus", needs=Permission.PLAN))

    def _show_activity_head(self) -> None:
        self._mind_escape()
        self.clear_actions()
        self._back_button = button("All clubs and trips", self.back, icon_name="arrow-left")
        self._back_button.setToolTip("Esc")
        self.add_action(self._back_button)

    # --- forms ---

    def _new(self, kind: ActivityKind, day: date | None = None) -> None:
        if not self.may(Permission.PLAN):
            return
        self._jobs.query(
            lambda uow: choices(uow, None),
            lambda found: self._show_form(f"New {KIND[kind].lower()}", ActivityForm(self._doing, found, kind, day)),
            self._tell,
            key="programme-form",
        )

    def _open_form(self, what: str) -> None:
        found = self.view.picture
        if found is None:
            return
        row = found.activity
        if what == "edit":
            self._jobs.query(lambda uow: choices(uow, row.id), self._edit, self._tell, key="programme-form")
        elif what == "move":
            self._show_form("Another day or time", MoveForm(self._doing, row))
        else:
            self._show_form(f"Cancel {row.title}", CancelForm(self._doing, row))

    def _edit(self, found: Choices) -> None:
        self._show_form("Edit", ActivityForm(self._doing, found))

    def _show_form(self, title: str, form: PlanForm) -> None:
        form.left.connect(lambda: self._leave_form(form))
        self.panel.open(title, form)
        self._mind_escape()

    def _leave_form(self, form: PlanForm) -> None:
        self.panel.close_panel()
        if isinstance(form, ActivityForm) and form.made is not None and form.row is None:
            self.open_item(form.made)

    def _move(self, row: PlanRow, day: date) -> None:
        activity = row.activity

        def failed(error: BreatherError) -> None:
            self._tell(error)
            self.refresh()

        actions.move(self._doing, activity, day, activity.starts, activity.ends, failed=failed)

    def _tell(self, error: Exception) -> None:
        tell(self, error)
