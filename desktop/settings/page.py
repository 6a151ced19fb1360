"""Settings: the club, its house policy, school terms, how the screens look, and the file."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFileDialog, QHBoxLayout, QScrollArea, QWidget

from desktop.jobs import Jobs
from desktop.settings import actions
from desktop.settings.backups import BackupsCard
from desktop.settings.cards import AboutCard, FileCard, LookCard, SpreadsheetsCard, fact_rows
from desktop.settings.forms import CLUB_FIELDS, POLICY, club_form, policy_form, term_form, term_shown
from desktop.settings.machine import Machine
from desktop.settings.signing_in import LockCard, PeopleCard, SignInCard
from desktop.widgets.card import Card, clear_layout
from desktop.widgets.edit_panel import EditForm, Fresh
from desktop.widgets.form import Form
from desktop.widgets.history_list import history_of
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.text import button, label
from models.access.rules import Permission, who_can
from models.access.words import CLUB
from models.kernel.clock import Clock
from models.kernel.dates import short_with_year
from models.kernel.errors import NotFound, Stale

if TYPE_CHECKING:
    from models.access.queries import ClubRow
    from models.programme.queries import TermRow

SETTINGS, PLAN = Permission.SETTINGS, Permission.PLAN
PICTURES = "Pictures (*.png *.jpg *.jpeg)"


class SettingsPage(Page):
    """What the club and this machine prefer. The shell hands it the machine's side with `take_machine`."""

    areas = frozenset({"access", "programme"})
    help_topic = "settings"

    def __init__(self, jobs: Jobs, clock: Clock) -> None:
        super().__init__("Settings")
        self._jobs = jobs
        self._clock = clock
        self._club: ClubRow | None = None
        self._backups: BackupsCard | None = None
        self._mine: SignInCard | None = None
        self._to_backups = False
        self.panel = Panel(self)
        self._club_card = Card("The club")
        self._club_card.add_action(
            button("Edit", self._edit_club, icon_name="pencil-outline", name="Edit the club", needs=SETTINGS)
        )
        self._policy_card = Card("House policy")
        self._policy_card.add_action(
            button("Edit", self._edit_policy, icon_name="pencil-outline", name="Edit the house policy", needs=SETTINGS)
        )
        self._terms_card = Card("School terms")
        self._terms_card.add_action(button("Add a term", lambda: self._edit_term(None), icon_name="plus", needs=PLAN))
        for card in (self._club_card, self._policy_card, self._terms_card):
            self.body.addWidget(card)

    def take_machine(self, machine: Machine) -> None:
        """Adds the cards that are about this machine."""
        look = LookCard(machine.look)
        look.chosen.connect(machine.choose_look)
        lock = LockCard(machine.lock_minutes)
        lock.chosen.connect(machine.choose_minutes)
        self.body.insertWidget(0, look)
        self.body.insertWidget(1, lock)
        if machine.mine is not None:
            mine = SignInCard(self._jobs, machine.mine, machine.who, self.panel)
            mine.said.connect(lambda words: self.said.emit(words, False))
            mine.failed.connect(self.failed)
            self._mine = mine
            self.body.insertWidget(2, mine)
        self.body.addWidget(FileCard(self._jobs, machine, self.failed.emit))
        if machine.keeper is not None:
            self._backups = BackupsCard(machine, machine.keeper, self.panel)
            self._backups.said.connect(lambda words: self.said.emit(words, False))
            self._backups.failed.connect(self.failed)
            self.body.addWidget(self._backups)
        if self.leads("import"):
            self.body.addWidget(SpreadsheetsCard(lambda: self.go.emit("import", None)))
        self.body.addWidget(AboutCard(lambda topic: self.go.emit("help", topic)))

    def take_club(self, club: Any) -> None:
        """Offers who can sign in to whoever says so."""
        if self.leads("access"):
            self.body.insertWidget(2, PeopleCard(lambda: self.go.emit("access", None)))

    def open_item(self, item: object) -> None:
        """`"backups"` goes down to the backups."""
        self._to_backups = item == "backups"
        QTimer.singleShot(0, self, self._reveal)

    def refresh(self) -> None:
        self._jobs.query(_read, self._show, self.show_error, key="settings-page")
        if self._mine is not None:
            self._mine.read()

    def _show(self, found: Any) -> None:
        self._club, has_logo, terms = found
        self._show_club(self._club, has_logo)
        self._policy_card.clear()
        self._policy_card.body.addWidget(
            fact_rows([(words, str(getattr(self._club, name))) for name, words, _help in POLICY])
        )
        if not self.may(SETTINGS):
            who = who_can(SETTINGS).capitalize()
            self._policy_card.body.addWidget(label(f"{who} can change this.", "soft", wrap=True))
        self._show_terms(terms)
        self.show_content()
        QTimer.singleShot(0, self, self._reveal)  # once all of it has its place

    def _reveal(self) -> None:
        above = self.body.parentWidget()
        while above is not None and not isinstance(above, QScrollArea):
            above = above.parentWidget()
        if self._to_backups and self._backups is not None and above is not None and self._club is not None:
            self._to_backups = False
            button_there = self._backups.now_button
            button_there.setFocus()
            above.ensureWidgetVisible(button_there)
            # Cards above may still grow once their words have wrapped; the keyboard's place stays in sight.
            above.verticalScrollBar().rangeChanged.connect(
                lambda: above.ensureWidgetVisible(button_there) if button_there.hasFocus() else None
            )

    def _show_club(self, club: Any, has_logo: bool) -> None:
        card = self._club_card
        card.clear()
        facts = [(CLUB[name].capitalize(), getattr(club, name)) for name in CLUB_FIELDS]
        if not self.may(SETTINGS):
            card.body.addWidget(fact_rows([(words, value) for words, value in facts if value]))
            return
        card.body.addWidget(fact_rows([*facts, ("Logo", "On every page you print" if has_logo else "")]))
        row = QHBoxLayout()
        row.setSpacing(px(10))
        row.addWidget(button("Choose a logo…", self._choose_logo, icon_name="image-outline", needs=SETTINGS))
        if has_logo:
            row.addWidget(button("Take the logo away", lambda: self._save_logo(None), kind="quiet", needs=SETTINGS))
        row.addStretch(1)
        card.body.addLayout(row)

    def _show_terms(self, terms: "tuple[TermRow, ...]") -> None:
        clear_layout(self._terms_card.body)
        for term in terms:
            self._terms_card.body.addWidget(self._term_row(term))
        if not terms:
            who = "" if self.may(PLAN) else f" {who_can(PLAN).capitalize()} can add them."
            words = f"No terms yet. With them Breather knows holidays from school days.{who}"
            self._terms_card.body.addWidget(label(words, "soft", wrap=True))

    def _term_row(self, term: "TermRow") -> QWidget:
        made = QWidget()
        row = QHBoxLayout(made)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(px(12))
        days = f"{short_with_year(term.starts)} to {short_with_year(term.ends)}"
        if term.half_starts and term.half_ends:
            days += f"; half-term {short_with_year(term.half_starts)} to {short_with_year(term.half_ends)}"
        row.addWidget(label(term.name, "strong"))
        row.addWidget(label(days, "soft", wrap=True), 1)
        row.addWidget(button("Edit", lambda: self._edit_term(term), name=f"Edit {term.name}", needs=PLAN))
        return made

    def _edit_club(self) -> None:
        self._edit_values("The club", club_form())

    def _edit_policy(self) -> None:
        self._edit_values("House policy", policy_form())

    def _edit_values(self, title: str, form: EditForm) -> None:
        club = self._club
        if club is None:
            return
        form.open_with(*_shown(club))
        form.saved.connect(lambda values: self._save_club(form, values))
        self._open(title, form)

    def _save_club(self, form: EditForm, values: dict[str, Any]) -> None:
        assert form.version is not None  # the form was filled from the club
        given = {name: "" if value is None else value for name, value in values.items()}
        form.set_busy(True)
        refused = self._refused(form, lambda uow: _shown(_read(uow)[0]))
        actions.save_club(self._jobs, form.version, given, self._saved("Settings saved."), refused)

    def _edit_term(self, term: "TermRow | None") -> None:
        form = term_form(term)
        if term is not None:
            form.add_heading("History")
            form.add_widget(history_of(self._jobs, term.id))
            form.add_foot(button("Remove", lambda: self._remove_term(term), kind="danger", name=f"Remove {term.name}"))
        form.saved.connect(lambda values: self._save_term(form, term, values))
        self._open("A school term", form)

    def _save_term(self, form: EditForm, term: "TermRow | None", values: dict[str, Any]) -> None:
        form.set_busy(True)
        words = f"{values['name']} saved."
        refused = self._refused(form, lambda uow: _term_now(uow, term))
        term_id = term.id if term is not None else None
        actions.save_term(self._jobs, term_id, form.version, values, self._saved(words), refused)

    def _remove_term(self, term: "TermRow") -> None:
        done = self._saved(f"{term.name} removed.")
        actions.remove_term(self._jobs, term.id, term.name, done, self.failed.emit)

    def _choose_logo(self) -> None:
        chosen = QFileDialog.getOpenFileName(self, "Choose a logo", str(Path.home()), PICTURES)[0]
        if chosen:
            self._save_logo(Path(chosen))

    def _save_logo(self, picture: Path | None) -> None:
        words = "The logo is on every page from now on." if picture else "The logo is gone."
        actions.save_logo(self._jobs, picture, self._saved(words), self.failed.emit)

    def _open(self, title: str, form: Form) -> None:
        form.left.connect(self.panel.close_panel)
        form.failed.connect(self.failed)
        self.panel.open(title, form)

    def _saved(self, words: str) -> Any:
        def done(_answer: object) -> None:
            self.panel.close_panel()
            self.said.emit(words, True)

        return done

    def _refused(self, form: EditForm, fresh: Callable[[Any], Fresh]) -> Callable[[Exception], None]:
        def take(found: Fresh) -> None:
            if self.panel.content() is form:
                form.take_fresh(*found)

        def failed(error: Exception) -> None:
            if isinstance(error, Stale):
                self._jobs.query(fresh, take, form.show_error)
            else:
                form.show_error(error)

        return failed


def _shown(club: "ClubRow") -> Fresh:
    return club.version, {name: getattr(club, name) for name in CLUB}


def _term_now(uow: Any, term: "TermRow | None") -> Fresh:
    """The term as it is now. Raises NotFound once it was removed."""
    now = next((one for one in _read(uow)[2] if term is not None and one.id == term.id), None)
    if now is None:
        raise NotFound("This term was removed while you had it open.", "Go back, and add it again if you need it.")
    return now.version, term_shown(now)


def _read(uow: Any) -> tuple[Any, bool, Any]:
    from models.access.queries import club, logo
    from models.programme.queries import terms

    return club(uow), logo(uow) is not None, terms(uow)
