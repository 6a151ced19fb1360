"""What the buttons of the Privacy screen lead to: a form in the panel, then one change."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date, datetime
from functools import partial
from typing import Any, Protocol
from uuid import UUID

from desktop.jobs import Jobs
from desktop.jobs.left_behind import backup_words
from desktop.privacy import actions, forms
from desktop.privacy.draft_view import DraftView
from desktop.privacy.erase_view import EraseView
from desktop.privacy.reading import Picture, read_page
from desktop.privacy.release_form import ReleaseForm
from desktop.widgets.form import Form
from desktop.widgets.name_picker import NamePicker
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.state import State
from desktop.widgets.text import button, label
from models.kernel.clock import Clock
from models.kernel.errors import BreatherError
from models.privacy.due import Due
from models.privacy.erasure import Erased, Preview
from models.privacy.requests import Draft, DraftLine
from models.privacy.retention import SpanRow
from models.privacy.rules import SPANS, Decision, Keep, WhyAdultErased, WhyErased

Done = Callable[[Any], object]
Failed = Callable[[Exception], object]


class Over(Protocol):
    """What errands need of the screen they are run for."""

    draft: DraftView
    erasing: EraseView

    def open_request(self, request_id: UUID) -> None: ...

    def open_child(self, child_id: UUID) -> None: ...

    def back(self, *, all_the_way: bool = False) -> None: ...

    def made_before(self) -> list[datetime]: ...

    def show_preview(self, preview: Preview) -> None: ...

    def show_answer(self, made: Any) -> None: ...

    def erased(self) -> None: ...


class Errands:
    """Everything the screen can be asked for."""

    def __init__(self, page: Page, over: Over, jobs: Jobs, clock: Clock) -> None:
        """`page` and `over` are one: the screen, as every screen is and as this one is."""
        self.panel = Panel(page, 460)
        self._page, self._over, self._jobs, self._clock = page, over, jobs, clock
        self._line: DraftLine | None = None

    def ask(self, children: Sequence[tuple[UUID, str]], child_id: UUID | None) -> None:
        """Somebody asks to see a record."""
        form = forms.request_form(children, self._clock.today(), child_id)
        self._open(
            "Somebody asks to see a record", form,
            lambda typed, done, failed: actions.start(self._jobs, typed, done, failed),
            "Written down. Now decide line by line.", self._over.open_request,
        )  # fmt: skip

    def choose_child(self) -> None:
        """One child, by a few letters of the name."""
        self._jobs.query(read_page, self._choose, self._page.failed.emit)

    def of_child(self, what: str, child_id: UUID, of: Any) -> None:
        """What one child's cards ask for."""
        if what == "ask":
            self._jobs.query(read_page, lambda picture: self.ask(picture.children, child_id), self._page.failed.emit)
        elif what == "hold":
            form = forms.reason_form("Why", "Like “a claim about a fall on 3 May”", "Place the hold")
            self._reason("Legal hold", form, "Nothing of this child can be erased now.",
                         lambda why, done, failed: actions.hold(self._jobs, child_id, why, done, failed))  # fmt: skip
        elif what == "lift":
            form = forms.reason_form("Why it can be lifted", "It is kept with your name", "Lift the hold")
            self._reason("Lift the legal hold", form, "The hold is lifted.",
                         lambda why, done, failed: actions.lift(self._jobs, of, why, done, failed))  # fmt: skip
        elif what == "flag":
            actions.flag(self._jobs, child_id, bool(of), lambda _: None, self._page.failed.emit)
        elif what == "erase":
            self.look_at_erasing(child_id)

    def look_at_erasing(self, child_id: UUID, why: WhyErased = WhyErased.ASKED) -> None:
        """What erasing a child would do; `why` is the reason offered first."""
        self.panel.close_panel()

        def show(preview: Preview) -> None:
            self._over.show_preview(preview)
            self._over.erasing.why.set_value(why)

        actions.preview(self._jobs, child_id, self._over.made_before(), show, self._page.failed.emit)

    def look_at_erasing_adult(self, adult_id: UUID) -> None:
        """What erasing an adult would do."""
        self.panel.close_panel()
        before, failed = self._over.made_before(), self._page.failed.emit
        actions.preview_adult(self._jobs, adult_id, before, self._over.show_preview, failed)

    def erase(self, preview: Preview | None, why: WhyErased | WhyAdultErased, lead_asked: bool) -> None:
        """Erases a child or an adult, then says which backups still hold it and offers a new one."""
        if preview is None:
            return
        self._over.erasing.set_busy(True)

        def failed(error: Exception) -> None:
            self._over.erasing.set_busy(False)
            self._page.refresh()  # the record may be gone all the same, with only the wiping left to be done
            self._page.failed.emit(error)

        before = self._over.made_before()
        if isinstance(why, WhyAdultErased):
            actions.erase_adult(self._jobs, preview.child_id, why, lead_asked, before, self._erased, failed)
        else:
            actions.erase(self._jobs, preview.child_id, why, lead_asked, before, self._erased, failed)

    def due(self, item: Due) -> None:
        """Something due: let it go, or keep it longer."""
        if item.kind is Keep.ADULTS:
            show = partial(self._show_due, item)
            actions.allegation(self._jobs, UUID(item.thing), show, self._page.failed.emit)
        else:
            self._show_due(item, None)

    def _show_due(self, item: Due, allegation: date | None) -> None:
        form = forms.keep_form(
            item, self._clock.today(), lambda: self._erase_due(item), lambda: self._open_file(item), allegation
        )
        self._open(
            "Due for review", form,
            lambda typed, done, failed: actions.keep(self._jobs, item, typed["until"], typed["reason"], done, failed),
            "Kept. It comes back to this list on that day.",
        )  # fmt: skip

    def span(self, row: SpanRow) -> None:
        """How long one kind is kept."""
        times = 12 if SPANS[row.kind].fixed else 1
        self._open(
            "How long we keep it", forms.span_form(row),
            lambda typed, done, failed: actions.set_span(self._jobs, row.kind, typed["number"] * times, done, failed),
            "Saved.",
        )  # fmt: skip

    def line(self, row: DraftLine) -> None:
        """One line of the draft, in the panel."""
        draft = self._over.draft.draft
        if draft is None:
            return
        self._line = row
        form = forms.LineForm(row, draft.request.released_at is not None)
        form.decided.connect(lambda how, reason, words: self._decide(form, [row], how, reason, words))
        self.panel.open("One line", form, form.focusProxy())

    def plain(self, rows: Sequence[DraftLine]) -> None:
        """Gives every line that nothing speaks against."""
        self._decide(None, rows, Decision.GIVE, "", ())

    def draft_read(self, draft: Draft) -> None:
        """The draft was read again: the next undecided line comes into the panel, where one was being decided."""
        line = self._line
        if line is None or not self.panel.shown or not isinstance(self.panel.content(), forms.LineForm):
            return
        now = next((one for one in draft.lines if one.line.key == line.line.key), None)
        if now is None or now.decision is None:
            return
        after = self._over.draft.next_undecided()
        if after is None:
            self.panel.close_panel()
        elif line.decision is None:
            self._over.draft.table.select(after.line.key)
            self.line(after)

    def more(self) -> None:
        """More time, or taking the request back."""
        draft = self._over.draft.draft
        if draft is None:
            return
        request = draft.request
        form = forms.reason_form(
            "Why it is complex", "You must tell the person asking, within the first month", "Take two months more",
            ["A complex request may be answered two months later."],
        )  # fmt: skip
        form.add_heading("Or take it back")
        form.add_widget(label("Written down by mistake, or no longer wanted. What was decided goes too.", wrap=True))
        form.add_widget(button("Take the request back", self._drop, icon_name="delete-outline", kind="danger"))
        self._reason("This request", form, "There are two months more.",
                     lambda why, done, failed: actions.longer(self._jobs, request, why, done, failed))  # fmt: skip

    def pages(self) -> None:
        """The answer as it stands, on paper."""
        draft = self._over.draft.draft
        if draft is not None:
            actions.pages(self._jobs, draft.request, self._over.show_answer, self._page.failed.emit)

    def release(self) -> None:
        """Shows what would be handed over; releases it from there, and shows the pages."""
        draft = self._over.draft.draft
        if draft is not None:
            actions.who_decided(self._jobs, draft.request, self._show_release, self._page.failed.emit)

    def _show_release(self, by: Mapping[str, str]) -> None:
        draft = self._over.draft.draft
        if draft is None or draft.request.released_at is not None:
            return
        form = ReleaseForm(draft, by)

        def released(made: Any) -> None:
            self.panel.close_panel()
            self._over.show_answer(made)

        def failed(error: Exception) -> None:
            self.panel.close_panel()
            self._page.refresh()
            self._page.failed.emit(error)

        def go() -> None:
            form.go.setEnabled(False)
            actions.release(self._jobs, draft.request, form.stand, released, failed)

        form.chosen.connect(go)
        form.left.connect(self.panel.close_panel)
        self.panel.open("Release the answer", form, form.back)

    def _drop(self) -> None:
        draft = self._over.draft.draft
        if draft is not None:
            actions.drop(self._jobs, draft.request, self._dropped, self._page.failed.emit)

    def _dropped(self, _answer: object) -> None:
        self._over.back(all_the_way=True)
        self._page.said.emit("The request is taken back.", False)

    def _erased(self, done: Erased) -> None:
        page = self._page
        self._over.erasing.set_busy(False)
        self._over.erased()
        page.said.emit("The record is erased.", False)
        if page.keeper is not None and not page.keeper.off:
            page.banner.show_state(
                State.WARN, backup_words(done.backups_gone_by), "Back up now", self._back_up, "Later", page.banner.clear
            )

    def _back_up(self) -> None:
        page = self._page
        page.banner.clear()
        if page.keeper is not None:
            page.keeper.back_up(lambda _: page.said.emit("Backed up, without the record.", False), page.failed.emit)

    def _open_file(self, item: Due) -> None:
        if item.kind is Keep.ADULTS:
            self.look_at_erasing_adult(UUID(item.thing))
            return
        self._over.open_child(item.children[0])
        self.look_at_erasing(item.children[0], WhyErased.TIME_UP)

    def _erase_due(self, item: Due) -> None:
        def done(_rows: object) -> None:
            self.panel.close_panel()
            self._page.said.emit("Erased.", False)

        actions.erase_due(self._jobs, item, done, self._page.failed.emit)

    def _decide(
        self, form: forms.LineForm | None, rows: Sequence[DraftLine], how: Decision, reason: str, words: tuple[str, ...]
    ) -> None:
        draft = self._over.draft.draft
        if draft is None:
            return

        def failed(error: Exception) -> None:
            if form is not None and isinstance(error, BreatherError) and error.field in ("reason", "blanked"):
                form.show_error(str(error), error.field)
            else:
                self._page.failed.emit(error)

        actions.decide(self._jobs, draft.request, rows, how, reason, words, lambda _: None, failed)

    def _choose(self, picture: Picture) -> None:
        form = Form("Show")
        form.add(NamePicker("child_id", "Child", picture.children))
        if picture.manager:
            form.add_heading("Or an adult")
            form.add_widget(label("What is held of somebody who left can be looked at, and erased.", "soft", wrap=True))
            form.add_widget(button("Choose an adult who left", self._choose_adult, icon_name="account-outline"))

        def show(typed: dict[str, Any], _done: Done, _failed: Failed) -> None:
            form.mark_clean()
            self._over.open_child(typed["child_id"])

        self._open("Choose a child", form, show, "")

    def _choose_adult(self) -> None:
        actions.who_left(self._jobs, self._offer_adults, self._page.failed.emit)

    def _offer_adults(self, left: Sequence[tuple[UUID, str]]) -> None:
        form = Form("Look at what would go")
        if not left:
            form.add_widget(label("Nobody has left the team.", wrap=True))
        form.add(NamePicker("adult_id", "Adult who left", left))

        def show(typed: dict[str, Any], _done: Done, _failed: Failed) -> None:
            form.mark_clean()
            self.look_at_erasing_adult(typed["adult_id"])

        self._open("Choose an adult who left", form, show, "")

    def _reason(self, title: str, form: Form, said: str, save: Callable[[str, Done, Failed], object]) -> None:
        self._open(title, form, lambda typed, done, failed: save(typed["reason"], done, failed), said)

    def _open(
        self, title: str, form: Form, save: Callable[[dict[str, Any], Done, Failed], object], said: str,
        then: Callable[[Any], object] | None = None,
    ) -> None:  # fmt: skip
        def done(answer: Any) -> None:
            form.mark_clean()
            self.panel.close_panel()
            self._page.said.emit(said, False)
            if then is not None:
                then(answer)

        def saved(typed: dict[str, Any]) -> None:
            form.set_busy(True)
            save(typed, done, form.show_error)

        form.saved.connect(saved)
        form.left.connect(self.panel.close_panel)
        form.failed.connect(self._page.failed)
        self.panel.open(title, form, form)
