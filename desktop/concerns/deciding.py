"""Deciding about a concern that was kept long enough, or whose child was erased: it stays longer, or goes for good."""

from collections.abc import Sequence
from typing import Any

from desktop.concerns import actions, words
from desktop.jobs import Jobs
from desktop.jobs.left_behind import backup_words, made_before
from desktop.widgets.date_field import DateField
from desktop.widgets.edit_panel import EditPanel
from desktop.widgets.fields import LineField
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.page import Page
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.concerns.queries import ConcernRow
from models.concerns.rules import Facts
from models.kernel.clock import Clock
from models.kernel.dates import months_later, short_with_year, years_later
from models.privacy.rules import ABUSE_YEARS
from models.privacy.sealed import Waiting, backups_gone_by


class Deciding:
    """What a page's panel asks of the lead, and what becomes of the answer."""

    def __init__(self, page: Page, jobs: Jobs, clock: Clock, panel: EditPanel) -> None:
        self._page, self._jobs, self._clock, self._panel = page, jobs, clock, panel
        self._club: Any = None

    def take_club(self, club: Any) -> None:
        """The open club: older copies may stand beside its file."""
        self._club = club

    def ask(self, row: ConcernRow, facts: Facts, waiting: Waiting | None) -> None:
        """Shows why it is asked about, with a way to erase it and a way to keep it longer.

        `waiting` None: it is kept longer already, and that alone can be changed.
        """
        if not self._panel.may_leave():
            return
        form = Form("Keep it longer")
        form.add_widget(label(words.about(row), "heading", wrap=True))
        form.add_widget(label(words.why_decide(waiting) if waiting else words.kept(facts), wrap=True))
        form.add_widget(label(words.ASKED, wrap=True))
        if waiting is not None:
            self._add_erasing(form, row, facts, waiting)
            form.add_heading("Or keep it longer")
        longest = years_later(facts.noticed_on, ABUSE_YEARS)
        until = {"until": longest}
        form.add_widget(Flow([button(f"Until {short_with_year(longest)}", lambda: form.set_values(until))]))
        form.add(DateField("until", "Until"))
        form.add(LineField("reason", "Why it is still needed", "Sealed with it. Never what happened."))
        form.set_values({"until": months_later(self._clock.today(), 12)})

        def save(typed: dict[str, Any]) -> None:
            form.set_busy(True)
            change = actions.kept_longer(row.id, row.version, typed["until"], typed["reason"])
            self._jobs.change(change, actions.KEPT, lambda _: self._kept(form), form.show_error)

        self._open("Does this stay?", form, save)

    def _add_erasing(self, form: Form, row: ConcernRow, facts: Facts, waiting: Waiting) -> None:
        if waiting.held or facts.closed_on is None:
            form.add_widget(label(words.HELD if waiting.held else words.STILL_OPEN, "bad", wrap=True))
        else:
            erase = button("Erase it for good", lambda: self._confirm(row, form), icon_name="eraser", kind="danger")
            form.add_widget(Flow([erase]))

    def _kept(self, form: Form) -> None:
        form.mark_clean()
        self._panel.close_panel()
        self._page.said.emit(f"{actions.KEPT}.", True)

    def _confirm(self, row: ConcernRow, asked: Form) -> None:
        if not self._panel.may_leave():
            return
        asked.mark_clean()
        gone_by = backups_gone_by(made_before(self._page.keeper, self._clock.now()))
        form = Form("Erase for good")
        form.add_widget(label(words.about(row), "heading", wrap=True))
        form.add_widget(label(words.NO_UNDO, "strong", wrap=True))
        said = [backup_words(gone_by, "concern"), *self._aside(), *([words.BACK_AGAIN] if gone_by else [])]
        for sentence in (*said, words.ELSEWHERE):
            form.add_widget(label(sentence, wrap=True))
        form.setFocusProxy(form.back_button)

        def save(_typed: dict[str, Any]) -> None:
            form.set_busy(True)
            change = actions.erased(row.id, row.version)
            self._jobs.change(change, actions.ERASED, lambda _: self._erased(form), form.show_error)

        self._open("Erase this concern", form, save)

    def _erased(self, form: Form) -> None:
        form.mark_clean()
        self._panel.close_panel()
        page = self._page
        page.said.emit(words.ERASED_NOW, False)
        if page.keeper is not None and not page.keeper.off:
            gone_by = backups_gone_by(made_before(page.keeper, self._clock.now()))
            page.banner.show_state(
                State.WARN, backup_words(gone_by, "concern"), "Back up now", self._back_up, "Later", page.banner.clear
            )

    def _back_up(self) -> None:
        page = self._page
        page.banner.clear()
        if page.keeper is not None:
            page.keeper.back_up(lambda _: page.said.emit("Backed up, without the concern.", False), page.failed.emit)

    def _aside(self) -> Sequence[str]:
        from models.bootstrap import kept_aside

        names = kept_aside(self._club.path) if self._club is not None and self._club.keeps_backups else ()
        return [f"{name} was kept when a backup was restored, and holds it too: have it deleted." for name in names]

    def _open(self, title: str, form: Form, save: Any) -> None:
        form.saved.connect(save)
        form.left.connect(self._panel.close_panel)
        form.failed.connect(self._page.failed)
        self._panel.open(title, form, form)
