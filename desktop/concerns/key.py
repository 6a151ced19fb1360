"""The key of concerns: shown to be written down, and typed in again when every lead has lost it."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.concerns import actions, words
from desktop.jobs import Jobs
from desktop.widgets.fields import ChoiceField, LongTextField
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.password_field import PasswordField
from desktop.widgets.text import button, label, set_look
from models.concerns import queries
from models.kernel.errors import BadInput, WrongPassphrase

if TYPE_CHECKING:
    from models.access.accounts import Standing


class KeyOfConcerns:
    """What can be done with it, in a page's panel. The club asks for the password, and counts wrong ones."""

    def __init__(self, page: Page, jobs: Jobs, panel: Panel, club: Any) -> None:
        self._page = page
        self._jobs = jobs
        self._panel = panel
        self._club = club
        self._standing: Standing | None = None

    def ask_whether_lost(self, then: Callable[[bool], object]) -> None:
        """Asks whether nobody has the key any more, for somebody who does not; `then` hears it."""

        def told(standing: "Standing") -> None:
            self._standing = standing
            then(not standing.holders)

        self._jobs.run(self._club.concerns_standing, told, self._page.show_error)

    def show(self) -> None:
        """Shows the recovery key of concerns, once one's own password was typed."""
        form = Form("Show its recovery key")
        form.add_widget(label(words.KEY, wrap=True))
        password = PasswordField("password", "Your password")
        password.line.returnPressed.connect(form.save)
        form.add(password)

        def key(typed: str) -> str:
            return str(self._club.concerns_recovery_key(typed))

        form.saved.connect(lambda values: self._run(form, lambda: key(str(values["password"] or "")), self._show))
        form.add_foot(button("Hand it on", self.hand_on, kind="quiet", icon_name="key-arrow-right"))
        self._open(form)

    def hand_on(self) -> None:
        """Offers the other safeguarding leads, to give one of them the key."""
        self._jobs.query(queries.other_leads, self._offer, self._page.failed.emit, key="other leads")

    def _offer(self, leads: tuple[tuple[UUID, str], ...]) -> None:
        form = Form("Hand it on")
        if not leads:
            form.add_widget(label(words.NO_LEADS, wrap=True))
            form.save_button.hide()
        else:
            form.add(ChoiceField("lead", "Safeguarding lead", leads, words.HAND_ON))
            form.set_values({"lead": leads[0][0]})

        def done(_told: object) -> None:
            self._panel.close_panel()
            self._page.said.emit("The key of concerns is handed on.", False)

        form.saved.connect(lambda values: self._run(form, lambda: self._club.grant_concerns(values["lead"]), done))
        self._open(form)

    def ask(self, then: Callable[[], object]) -> None:
        """Asks for the recovery key; `then` once it was taken."""
        form = Form("Use this key")
        form.add(LongTextField("recovery_key", "Recovery key of concerns", words.TYPE_KEY, lines=4))

        def done(_nothing: object) -> None:
            self._panel.close_panel()
            self._page.said.emit("You can open the concerns.", False)
            then()

        form.saved.connect(
            lambda values: self._run(form, lambda: self._club.recover_concerns(str(values["recovery_key"] or "")), done)
        )
        if self._standing is not None and not self._standing.holders:
            form.add_widget(label(words.PAPER_LOST, "soft", wrap=True))
            form.add_widget(Flow([button(words.ANEW, lambda: self.begin_anew(then), kind="quiet")]))
        self._open(form)

    def ask_earlier(self, then: Callable[[], object]) -> None:
        """Asks for the recovery key of a key from before the concerns were begun anew; `then` once it opened some."""
        form = Form("Use this key")
        for sentence in words.EARLIER_MEANS:
            form.add_widget(label(sentence, wrap=True))
        form.add(LongTextField("recovery_key", "Earlier recovery key", words.TYPE_KEY, lines=4))

        def done(number: int) -> None:
            self._panel.close_panel()
            self._page.said.emit(words.brought_back(number), False)
            then()

        form.saved.connect(
            lambda values: self._jobs.change(
                actions.brought_back(str(values["recovery_key"] or "")), actions.BROUGHT_BACK, done, form.show_error
            )
        )
        self._open(form)

    def begin_anew(self, then: Callable[[], object]) -> None:
        """Says what a new key without the old one means, and makes it once that was read; `then` once it is made."""
        form, known = Form("Begin anew"), self._standing
        lost = words.sealed_for_good(known.concerns, known.paper) if known is not None else ()
        for sentence in (*lost, *words.ANEW_MEANS):
            form.add_widget(label(sentence, wrap=True))
        form.setFocusProxy(form.back_button)

        def done(_nothing: object) -> None:
            self._standing = None
            self._panel.close_panel()
            self._page.said.emit(words.BEGUN, False)
            then()

        form.saved.connect(lambda _values: self._run(form, self._club.begin_concerns_anew, done))
        self._open(form)

    def _show(self, key: str) -> None:
        made = QWidget()
        column = QVBoxLayout(made)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(14))
        shown = label(_in_lines(key), "heading")
        shown.setAccessibleName(key)
        shown.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        shown.setContentsMargins(px(14), px(12), px(14), px(12))
        set_look(shown, "banner", "brand")
        for each in (shown, label(words.WRITE_DOWN, wrap=True)):
            column.addWidget(each)
        column.addStretch(1)
        done = button("Done", self._panel.close_panel, kind="primary")
        column.addWidget(done, 0, Qt.AlignmentFlag.AlignRight)
        self._panel.open("The key of concerns", made)

    def _open(self, form: Form) -> None:
        form.left.connect(self._panel.close_panel)
        form.failed.connect(self._page.failed)
        self._panel.open("The key of concerns", form, form)

    def _run(self, form: Form, work: Callable[[], Any], done: Callable[[Any], object]) -> None:
        form.set_busy(True)

        def wrong(error: Exception) -> None:
            if isinstance(error, WrongPassphrase):
                error = BadInput(error.what, error.next_step, "password")
            form.show_error(error)

        def over(answer: Any) -> None:
            form.mark_clean()
            done(answer)

        self._jobs.run(work, over, wrong)


def _in_lines(key: str) -> str:
    """Three groups a line, so that nobody copying it by hand loses their place."""
    groups = key.split("-")
    return "\n".join("   ".join(groups[at : at + 3]) for at in range(0, len(groups), 3))
