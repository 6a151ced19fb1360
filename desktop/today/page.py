"""The home screen: can the next day run, what is coming, what to do this week."""

from typing import TYPE_CHECKING, Any

from desktop.jobs import Jobs
from desktop.jobs.keeper import Keeper, Standing, warning
from desktop.today.columns import Columns
from desktop.today.coming import ComingCard, SoFarCard
from desktop.today.next_card import NextCard
from desktop.today.todo import ToDoCard
from desktop.today.words import PLACE_OF, page_title
from desktop.widgets.card import Card
from desktop.widgets.page import Page
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.access.rules import Permission, who_can
from models.kernel.clock import Clock
from models.programme import service as programme
from models.readiness import service
from models.readiness.glance import Glance, glance
from models.readiness.lines import Do, Fix
from models.readiness.week import Job

if TYPE_CHECKING:
    from uuid import UUID


class TodayPage(Page):
    """Opens first; everything on it is read in one query."""

    areas = frozenset(
        {"access", "people", "team", "programme", "consents", "transport", "registers", "readiness", "documents"}
    )
    help_topic = "today"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__(page_title(clock.today()))
        self._jobs = jobs
        self._clock = clock
        self._shown: Glance | None = None
        self._next = NextCard()
        self._next.fix.connect(self._fix)
        self._next.go.connect(self.go)
        self._none = _nothing_planned(self)
        self._coming = ComingCard()
        self._coming.opened.connect(lambda activity_id: self.go.emit("programme", activity_id))
        self._todo = ToDoCard()
        self._todo.go.connect(self.go)
        self._todo.ticked.connect(self._tick)
        self._so_far = SoFarCard()
        self.body.addWidget(self._next)
        self.body.addWidget(self._none)
        self.body.addWidget(Columns([self._coming, self._todo, self._so_far], (3, 5, 3)))
        self.show_loading()

    def refresh(self) -> None:
        self._jobs.query(glance, self._show, self.show_error, key="today-page")

    def take_keeper(self, keeper: Keeper) -> None:
        """Says above everything else when the backups need somebody."""
        super().take_keeper(keeper)
        if not keeper.off:
            keeper.told.connect(self._show_backups)
            if keeper.standing is not None:
                self._show_backups(keeper.standing)

    def _show_backups(self, standing: Standing) -> None:
        wrong = warning(standing, self._clock.now())
        if wrong is None:
            self.banner.clear()
            return
        pressing, words = wrong
        state = State.WARN if pressing else State.NEUTRAL
        if words != self.banner.words():
            way, place, item = ("Privacy", "privacy", None) if standing.back else ("backups", "settings", "backups")
            self.banner.show_state(state, words, f"Go to {way}", lambda: self.go.emit(place, item))

    def _show(self, seen: Glance) -> None:
        self._shown = seen
        self.set_title(page_title(seen.today.day))
        if seen.empty:
            self._show_nothing()
            return
        planned = bool(seen.today.next)
        self._next.setVisible(planned)
        self._none.setVisible(not planned)
        if planned:
            self._next.show_glance(seen, self._clock.now())
        self._coming.show_answers(seen.today.next[1:])
        self._todo.show_jobs(seen.today, seen.ending)
        self._so_far.show_figures(seen.so_far)
        self.show_content()

    def _show_nothing(self) -> None:
        if not self.leads("import"):
            who = who_can(Permission.IMPORT).capitalize()
            self.show_empty(f"Nothing is here yet. {who} can bring in spreadsheets.")
            return
        self.show_empty(
            "Nothing is here yet. Bring in the spreadsheets the club has now, and this page says each day what is "
            "ready and what to do.",
            "Bring in your spreadsheets",
            lambda: self.go.emit("import", None),
        )

    def _fix(self, fix: Fix) -> None:
        if self._shown is None or not self._shown.today.next:
            return
        activity = self._shown.today.next[0].activity
        target = fix.target
        if fix.do is Do.ASK_ADULT and target is not None:
            self._ask(activity.id, target, fix.words.removeprefix("Ask "))
            return
        items = {Do.OPEN_CHILD: target, Do.OPEN_ADULT: target, Do.OPEN_VEHICLE: ("vehicle", target)}
        self.go.emit(PLACE_OF.get(fix.do, "programme"), items.get(fix.do, activity.id))

    def _ask(self, activity_id: "UUID", adult_id: "UUID", name: str) -> None:
        self._jobs.change(
            lambda uow: service.ask_adult(uow, activity_id, adult_id),
            f"Asked {name}",
            lambda _duty: self.said.emit(f"{name} is down as asked.", True),
            self.failed.emit,
        )

    def _tick(self, job: Job, now: bool) -> None:
        def change(uow: Any) -> None:
            verb = programme.chore_done if now else programme.chore_undone
            if job.activity_id is not None and job.chore is not None:
                verb(uow, job.activity_id, job.chore)

        self._jobs.change(
            change,
            f"Ticked off: {job.words}" if now else f"Took back the tick: {job.words}",
            lambda _none: self.said.emit("Ticked off." if now else "Not ticked any more.", True),
            self._could_not_tick,
        )

    def _could_not_tick(self, error: Exception) -> None:
        self.failed.emit(error)
        self._todo.show_again()


def _nothing_planned(page: Page) -> Card:
    card = Card("Nothing is planned in the next four weeks")
    plan = button("Plan a club or trip", lambda: page.go.emit("programme", None), kind="primary", needs=Permission.PLAN)
    card.add_action(plan)
    card.body.addWidget(label("Plan the next day, and here you see at once what it still needs.", "soft", wrap=True))
    card.hide()
    return card
