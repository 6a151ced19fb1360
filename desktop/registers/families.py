"""Brothers and sisters: what was just done for one is offered for the others in one tap."""

from functools import partial
from uuid import UUID

from PySide6.QtCore import QObject

from desktop.jobs import Jobs
from desktop.registers import actions, reading
from desktop.registers.panels import Panels
from desktop.registers.screen import Screen
from desktop.registers.words import RowView
from desktop.widgets.page import Page
from models.kernel.clock import Clock
from models.registers.rules import CollectedHow, CollectorCheck, Status


class Families(QObject):
    """Offers siblings still due to come in too, and siblings still in to go out with the same person."""

    def __init__(self, page: Page, screen: Screen, jobs: Jobs, clock: Clock, panels: Panels) -> None:
        super().__init__(page)
        self._page = page
        self._screen = screen
        self._jobs = jobs
        self._clock = clock
        self._panels = panels
        panels.on_out = self.offer_out
        self._asked: tuple[UUID, RowView, str, CollectedHow] | None = None

    def offer_in(self, view: RowView) -> None:
        """Offers those still due."""
        others = self._others(view, Status.DUE, Status.LATE)
        offers = [(f"Also in: {one.first}", f"Sign in {one.name} too", partial(self._in_too, [one])) for one in others]
        if len(others) > 1:
            words = f"All {len(others)} in"
            offers.append((words, f"Sign in all {len(others)}", partial(self._in_too, others)))
        self._screen.offer().show_offers(f"{view.first}’s family:", offers)

    def offer_out(self, view: RowView, by: str, how: CollectedHow) -> None:
        """Offers those still in."""
        offers = [
            (f"Also out: {one.first}", f"Sign out {one.name} too", partial(self._out_too, one, by, how))
            for one in self._others(view, Status.IN)
        ]
        self._screen.offer().show_offers(f"{view.first}’s family:", offers)

    def _others(self, view: RowView, *statuses: Status) -> list[RowView]:
        if view.family_id is None:
            return []
        return [
            each
            for each in self._screen.views()
            if each.family_id == view.family_id and each.person_id != view.person_id
            if each.state.status in statuses and not each.saving
        ]

    def _in_too(self, people: list[RowView]) -> None:
        register = self._screen.register()
        if register is not None:
            self._screen.do(actions.sign_in(register.activity.id, people, self._clock.now()))
            self.offer_in(people[0])

    def _out_too(self, view: RowView, by: str, how: CollectedHow) -> None:
        """In one tap where the same person may collect this one too; with a mark the check opens, as for anybody."""
        register = self._screen.register()
        if register is None:
            return
        activity_id = register.activity.id
        if view.see:
            self._panels.collect(activity_id, view, door=self._screen.at_door())
            return
        self._asked = (activity_id, view, by, how)
        self._jobs.query(
            lambda uow: reading.read_check(uow, activity_id, view.person_id), self._checked, self._page.failed.emit,
            key="register-sibling",
        )  # fmt: skip

    def _checked(self, check: CollectorCheck) -> None:
        if self._asked is None:
            return
        activity_id, view, by, how = self._asked
        self._asked = None
        # Without a name on the list, what staff settled a moment ago at the same door counts for the sibling too,
        # unless somebody is barred from this one.
        trusted = how in (CollectedHow.KNOWN, CollectedHow.PASSWORD, CollectedHow.PHONED) and not check.must_not
        settled = check.settled(by) or (how if trusted else None)
        if settled is None:
            self._panels.collect(activity_id, view, door=self._screen.at_door())
            return
        self._screen.do(actions.sign_out(activity_id, [view], self._clock.now(), by, settled))
        self.offer_out(view, by, how)
