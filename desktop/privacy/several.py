"""Several things due for review at once, and those whom a restore brought back: one decision, one change."""

from collections.abc import Callable, Sequence
from datetime import date, datetime
from typing import Any

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.jobs import Jobs
from desktop.privacy import actions, forms
from desktop.privacy.words import again_words, erase_words
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import LongTextField
from desktop.widgets.flow import Flow
from desktop.widgets.form import Form
from desktop.widgets.metrics import px
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from desktop.widgets.state import State
from desktop.widgets.table import ListTable
from desktop.widgets.text import button, label
from models.kernel.clock import Clock
from models.kernel.dates import months_later
from models.kernel.words import counted
from models.privacy.due import Due
from models.privacy.since import Back

HINT = "To decide about several at once: hold Shift or Ctrl and choose them, or press Ctrl+A."


class DueList(QWidget):
    """The list of what is due, with what to do about several of them above it."""

    def __init__(self, table: ListTable[Due], decide: Callable[[Sequence[Due]], object]) -> None:
        super().__init__()
        self.table = table
        self._hint = label(HINT, "soft", wrap=True)
        self._button = button("", lambda: decide(table.selected()), icon_name="check")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        column.addWidget(self._hint)
        self._row = Flow([self._button])
        column.addWidget(self._row)
        column.addWidget(table, 1)
        self.setFocusProxy(table)
        table.picked.connect(self._show)
        self.look_again()

    def look_again(self) -> None:
        """The rows are others now."""
        self._show(self.table.selected())

    def _show(self, picked: Sequence[Due]) -> None:
        many = len(picked) > 1
        words = f"Decide about these {len(picked)}"
        self._button.setText(words)
        self._button.setAccessibleName(words)
        self._row.setVisible(many)
        self._hint.setVisible(not many and len(self.table.rows()) > 1)


class Several:
    """Deciding about several at once."""

    def __init__(
        self, page: Page, panel: Panel, jobs: Jobs, clock: Clock, made_before: Callable[[], list[datetime]]
    ) -> None:
        """`made_before`: the instants of the backups there are."""
        self._page, self._panel, self._jobs, self._clock = page, panel, jobs, clock
        self._made_before = made_before

    def due(self, items: Sequence[Due]) -> None:
        """Keeps all of them longer for one reason, or erases those that go without being looked at one by one."""
        goes = [item for item in items if not item.held and item.kind not in forms.FILES]
        form = _form(items, goes, self._clock.today(), lambda: self._erase(goes))
        said = f"{counted(len(items), 'thing')} kept longer."

        def done(_answer: object) -> None:
            form.mark_clean()
            self._panel.close_panel()
            self._page.said.emit(said, False)

        def save(typed: dict[str, Any]) -> None:
            form.set_busy(True)
            actions.keep_all(self._jobs, items, typed["until"], typed["reason"], done, form.show_error)

        form.saved.connect(save)
        form.left.connect(self._panel.close_panel)
        form.failed.connect(self._page.failed)
        self._panel.open(f"{counted(len(items), 'thing')} due for review", form, form)

    def back(self, who: Sequence[Back]) -> None:
        """Says above the page who is back, with one press to erase them again; nothing where nobody is."""
        banner = self._page.banner
        words = again_words([one.called for one in who]) if who else ""
        if who and (banner.isHidden() or banner.words() != words):
            banner.show_state(State.BAD, words, "Erase again", lambda: self._again(who))
        elif not who and banner.words().endswith(again_words(())):
            banner.clear()

    def _again(self, who: Sequence[Back]) -> None:
        self._page.banner.clear()
        for one in who:
            actions.erase_again(self._jobs, one, self._made_before(), self._erased_again, self._not_again)

    def _erased_again(self, _done: object) -> None:
        self._page.said.emit("The record is erased again.", False)

    def _not_again(self, error: Exception) -> None:
        self._page.refresh()  # who is still back is said again
        self._page.failed.emit(error)

    def _erase(self, items: Sequence[Due]) -> None:
        def done(_rows: object) -> None:
            self._panel.close_panel()
            self._page.said.emit(f"{counted(len(items), 'thing')} erased.", False)

        actions.erase_all_due(self._jobs, items, done, self._page.failed.emit)


def _form(items: Sequence[Due], goes: Sequence[Due], today: date, erase: Callable[[], object]) -> Form:
    form = Form("Keep them longer")
    form.add_widget(label(f"{items[0].title} and {counted(len(items) - 1, 'more')}", "heading", wrap=True))
    for words in erase_words(items, goes):
        form.add_widget(label(words, wrap=True))
    if goes:
        name = f"Erase {len(goes)} now"
        form.add_widget(button(name, erase, icon_name="eraser", kind="danger"))
        form.add_widget(label("This cannot be undone.", "small", wrap=True))
    form.add_heading("Or keep all of them longer" if goes else "Keep all of them longer")
    form.add(DateField("until", "Until"))
    form.add(LongTextField("reason", "Why they are still needed", "It is kept with your name.", lines=3))
    form.set_values({"until": months_later(today, 12)})
    return form
