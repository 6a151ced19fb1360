"""Changing one record in a panel: only what was altered is sent, and nothing typed is lost to another’s change."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import shiboken6

from desktop.jobs import Jobs
from desktop.widgets.form import Form
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from models.kernel.errors import Stale

T = TypeVar("T")
Fresh = tuple[int | None, Mapping[str, Any]]
"""A record's version and its values by field name."""


class EditForm(Form):
    """A form over a record that is already there.

    Attributes:
        version: the version of the record that `open_with` or `take_fresh` was given.
    """

    def __init__(self, save_words: str = "Save", back_words: str = "Back") -> None:
        super().__init__(save_words, back_words)
        self.version: int | None = None
        self._opened: dict[str, Any] = {}

    def open_with(self, version: int | None, values: Mapping[str, Any]) -> None:
        """Fills the form with the record as it is."""
        self.version = version
        self._opened = {name: _plain(values.get(name)) for name in self._fields}
        self.set_values(values)

    def altered(self, values: Mapping[str, Any]) -> dict[str, Any]:
        """Those of the values that differ from the record as it was opened."""
        return {name: value for name, value in values.items() if _plain(value) != self._opened.get(name)}

    def take_fresh(self, version: int | None, values: Mapping[str, Any]) -> None:
        """Somebody else changed the record: shows what they wrote, beside what was typed here where both did."""
        now = {name: values.get(name) for name in self._fields}
        self.take_newer(now)
        self._opened = {name: _plain(value) for name, value in now.items()}
        self.version = version


@dataclass(frozen=True)
class Edit(Generic[T]):
    """How a form in a panel is saved.

    Attributes:
        title: over the form. label: the change in plain words for History; `said`: for the toast.
        write: makes `fn(uow)` of what was typed (of the altered values alone when `fresh` is given).
        fresh: reads the record again after somebody else changed it; None for something new.
        done: told what `write` answered.
    """

    title: str
    form: Form
    label: Callable[[Mapping[str, Any]], str]
    said: Callable[[Mapping[str, Any]], str]
    write: Callable[[Mapping[str, Any]], Callable[[Any], T]]
    fresh: Callable[[Any], Fresh] | None = None
    done: Callable[[T], object] | None = None


class EditPanel(Panel):
    """A panel at the right of a page for one form at a time."""

    def __init__(self, page: Page, jobs: Jobs, width: int = 460) -> None:
        super().__init__(page, width)
        self._page = page
        self._jobs = jobs

    def edit(self, work: Edit[Any]) -> None:
        """Opens the form, unless something typed in another is not saved yet: then that is said there."""
        if not self.may_leave():
            return
        form = work.form
        form.saved.connect(lambda values: self._save(work, values))
        form.left.connect(self.close_panel)
        form.failed.connect(self._page.failed)
        self.open(work.title, form, form)

    def form(self) -> Form | None:
        """The form shown."""
        shown = self.content()
        return shown if isinstance(shown, Form) else None

    def may_leave(self) -> bool:
        """Whether nothing unsaved is open; where something is, the form says so."""
        form = self.form()
        if not self.shown or form is None or not form.is_dirty():
            return True
        form.leave()
        return False

    def _save(self, work: Edit[Any], values: dict[str, Any]) -> None:
        form = work.form
        wanted = form.altered(values) if isinstance(form, EditForm) else values
        if not wanted:
            form.mark_clean()
            self.close_panel()
            return
        form.set_busy(True)

        def done(answer: Any) -> None:
            if not shiboken6.isValid(self):  # the screen was made anew meanwhile
                return
            if self.content() is form:
                form.mark_clean()
                self.close_panel()
            self._page.said.emit(work.said(values), True)
            if work.done is not None:
                work.done(answer)

        self._jobs.change(work.write(wanted), work.label(values), done, lambda error: self._failed(work, error))

    def _failed(self, work: Edit[Any], error: Exception) -> None:
        form = work.form
        if not shiboken6.isValid(self):  # the screen was made anew meanwhile, and still it is told
            self._jobs.failed.emit(error)
        elif self.content() is not form:
            self._page.failed.emit(error)
        elif isinstance(error, Stale) and isinstance(form, EditForm) and work.fresh is not None:
            self._jobs.query(work.fresh, lambda fresh: self._take_fresh(form, fresh), form.show_error)
        else:
            form.show_error(error)

    def _take_fresh(self, form: EditForm, fresh: Fresh) -> None:
        if shiboken6.isValid(self) and self.content() is form:
            form.take_fresh(*fresh)


def _plain(value: Any) -> Any:
    """Nothing typed and an empty text are one."""
    return None if value == "" else value
