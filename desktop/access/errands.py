"""A form in a panel whose work changes people and keys: it waits its turn with the other changes, and is told of."""

from collections.abc import Callable
from typing import Any

import shiboken6
from PySide6.QtWidgets import QWidget

from desktop.jobs import Jobs
from desktop.widgets.form import Form
from desktop.widgets.page import Page
from desktop.widgets.panel import Panel
from models.kernel.errors import LosesConcerns

AREAS = frozenset({"access"})
"""What changes with people and keys."""


class Errands:
    """One panel of a page, and the way from its forms to the club."""

    def __init__(self, page: Page, jobs: Jobs) -> None:
        self.panel = Panel(page, 460)
        self._page = page
        self._jobs = jobs

    def show(self, title: str, content: QWidget) -> None:
        """Shows something in the panel, in the place of what was there."""
        self.panel.open(title, content)

    def may_show(self) -> bool:
        """Whether nothing typed would be lost; where something would, that is said in its form."""
        shown = self.panel.content()
        if self.panel.shown and isinstance(shown, Form) and shown.is_dirty():
            shown.leave()
            return False
        return True

    def ask(self, title: str, form: Form) -> None:
        """Shows a form, unless something typed in another is not saved yet: then that is said there."""
        if not self.may_show():
            return
        form.left.connect(self.panel.close_panel)
        form.failed.connect(self._page.failed)
        self.panel.open(title, form, form)

    def run(
        self, form: Form, work: Callable[[], Any], done: Callable[[Any], object], *, alone: bool = False,
        losing: Callable[[LosesConcerns], object] | None = None,
    ) -> None:  # fmt: skip
        """Runs `work` on the thread that writes; the form waits, and shows what was wrong at the field it is about.

        `alone`: nobody reads meanwhile. `losing` hears, in the place of the form, that concerns would be lost.
        """
        form.set_busy(True)

        def over(answer: Any) -> None:
            if shiboken6.isValid(self._page):
                if shiboken6.isValid(form):
                    form.mark_clean()
                done(answer)

        def wrong(error: Exception) -> None:
            if shiboken6.isValid(self._page) and self.panel.content() is form:
                form.show_error(error)
                if losing is not None and isinstance(error, LosesConcerns):
                    form.mark_clean()
                    losing(error)
            elif shiboken6.isValid(self._page):
                self._page.failed.emit(error)
            else:  # the screen was made anew meanwhile, and still it is told
                self._jobs.failed.emit(error)

        self._jobs.run(work, over, wrong, areas=AREAS, alone=alone)
