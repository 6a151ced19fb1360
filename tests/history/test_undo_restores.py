"""Whatever was done, in whatever order: undo brings back exactly what was there, and redo exactly what followed."""

import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any
from uuid import UUID

from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule
from sqlalchemy import select

from models.bootstrap import Club, UnitOfWork
from models.history import service
from models.people import around
from models.people import queries as people
from models.people import service as families
from models.storage.base import Base
from models.storage.journal_check import verify_chain
from tests.clubs import a_child, a_family, an_activity, new_club, reopen
from tests.history.test_undo import no_rules

NAMES = st.sampled_from(["Ada", "Bo", "Cem", "Zoë"])
PICK = st.integers(min_value=0, max_value=20)
TABLES = ("family", "child", "contact", "collector", "activity")
Contents = dict[str, list[tuple[Any, ...]]]


def contents(uow: UnitOfWork) -> Contents:
    """Every row of every table that is used here, versions aside."""
    found: Contents = {}
    for name in TABLES:
        table = Base.metadata.tables[name]
        columns = [column for column in table.columns if column.key != "version"]
        found[name] = sorted((tuple(row) for row in uow.session.execute(select(*columns))), key=repr)
    return found


class Deeds(RuleBasedStateMachine):
    """Keeps, beside the club, the contents after each change that stands, and those undone."""

    @initialize()
    def open_a_club(self) -> None:
        self.folder = tempfile.TemporaryDirectory()
        self.club: Club = new_club(Path(self.folder.name))
        self.before: list[Contents] = []
        self.now = self.club.read(contents)
        self.after: list[Contents] = []

    def teardown(self) -> None:
        self.club.close()
        self.folder.cleanup()

    def do(self, change: Callable[[UnitOfWork], object]) -> None:
        """A change; one that changes nothing leaves the stack as it is."""
        if self.club.write(change, "A change").change_id is not None:
            self.before.append(self.now)
            self.now, self.after = self.club.read(contents), []

    def one(self, table: str, pick: int) -> UUID | None:
        """The id of some row of the table."""
        column = Base.metadata.tables[table].c.id
        ids = self.club.read(lambda uow: list(uow.session.scalars(select(column).order_by(column))))
        return ids[pick % len(ids)] if ids else None

    @rule(name=NAMES, pick=PICK, alone=st.booleans())
    def add_child(self, name: str, pick: int, alone: bool) -> None:
        home = None if alone else self.one("family", pick)
        self.do(lambda uow: a_child(uow, name, family_id=home))

    @rule(name=NAMES, pick=PICK)
    def edit_child(self, name: str, pick: int) -> None:
        if child_id := self.one("child", pick):
            self.do(
                lambda uow: families.edit_child(uow, child_id, None, {"legal_first": name, "height_cm": 100 + pick})
            )

    @rule(name=NAMES, pick=PICK)
    def add_contact(self, name: str, pick: int) -> None:
        if home := self.one("family", pick):
            self.do(lambda uow: around.add_contact(uow, home, {"name": name}))

    @rule(pick=PICK, place=st.integers(1, 4))
    def move_contact(self, pick: int, place: int) -> None:
        if contact := self.one("contact", pick):
            self.do(lambda uow: around.move_contact(uow, contact, None, place))

    @rule(pick=PICK)
    def remove_contact(self, pick: int) -> None:
        if contact := self.one("contact", pick):
            self.do(lambda uow: around.remove_contact(uow, contact, None))

    @rule(name=NAMES, pick=PICK)
    def add_collector(self, name: str, pick: int) -> None:
        if child_id := self.one("child", pick):
            self.do(lambda uow: around.add_collector(uow, child_id, {"name": name}))

    @rule(pick=PICK)
    def remove_collector(self, pick: int) -> None:
        if collector := self.one("collector", pick):
            self.do(lambda uow: around.remove_collector(uow, collector, None))

    @rule(pick=PICK, other=PICK)
    def join(self, pick: int, other: int) -> None:
        child_id, home = self.one("child", pick), self.one("family", other)
        if child_id and home:
            self.do(lambda uow: families.join_family(uow, child_id, None, home))

    @rule(pick=PICK)
    def split(self, pick: int) -> None:
        child_id = self.one("child", pick)
        if child_id and self.club.read(lambda uow: people.child(uow, child_id)).siblings:
            self.do(lambda uow: families.split_child(uow, child_id, None, {"address": "A new home"}))

    @rule(name=NAMES)
    def much_at_once(self, name: str) -> None:
        def change(uow: UnitOfWork) -> None:
            home = a_family(uow)
            first = around.add_contact(uow, home, {"name": name})
            around.add_contact(uow, home, {"name": "Second"})
            around.move_contact(uow, first, None, 2)
            uow.flush()
            around.remove_contact(uow, first, None)
            an_activity(uow, f"Club {uow.ids()}")

        self.do(change)

    @precondition(lambda self: self.before)
    @rule()
    def undo(self) -> None:
        self.club.write(lambda uow: service.undo(uow, no_rules), "Undo")
        self.after.append(self.now)
        self.now = self.before.pop()

    @precondition(lambda self: self.after)
    @rule()
    def redo(self) -> None:
        self.club.write(lambda uow: service.redo(uow, no_rules), "Redo")
        self.before.append(self.now)
        self.now = self.after.pop()

    @rule()
    def restart(self) -> None:
        self.club = reopen(self.club, seed=self.club._ids().int)

    @invariant()
    def the_club_holds_what_it_should(self) -> None:
        assert self.club.read(contents) == self.now
        assert (self.club.read(service.undoable) is not None) == bool(self.before)
        assert (self.club.read(service.redoable) is not None) == bool(self.after)
        assert self.club.read(verify_chain) == []


TestDeeds = Deeds.TestCase
TestDeeds.settings = settings(max_examples=15, stateful_step_count=25)
