"""The unit of work: one job, one session, one thread; journaled, and rolled back unless told to commit."""

from types import TracebackType
from typing import Any, Self, TypeVar
from uuid import UUID

from sqlalchemy import event, func, select
from sqlalchemy.orm import InstanceState, ORMExecuteState, Session
from sqlalchemy.orm.attributes import instance_state
from sqlalchemy.orm.exc import StaleDataError

from models.kernel.actor import Actor
from models.kernel.clock import Clock
from models.kernel.errors import BadInput, Denied, NotFound, Stale
from models.kernel.ids import IdSource
from models.storage import journal
from models.storage.base import Base, Editable, Kept
from models.storage.journal import ChangeKind, ChangeRecord, EntryRecord, Fields
from models.storage.values import kept_text

R = TypeVar("R", bound=Base)
E = TypeVar("E", bound=Editable)


class UnitOfWork:
    """What a service or query works with.

    Attributes:
        session: SQLAlchemy's; for records, queries and services only.
        actor: the acting person. clock, ids: injected.
        change_id: the id this unit's change will have in the journal.
        kind, answers: what kind of change it is, and which change an undo or redo answers.
        verb: the guarded function called first ("people.service.edit_child"), "" outside any; see `guarded`.
        erases, touched: whether what was deleted is to be wiped from the store itself after the commit, and areas
            changed past the journal (both set by `storage.erasing` alone).
        sealing_key: the key of sealed concerns (32 bytes), where the acting person's own slot holds it.
    """

    def __init__(
        self, session: Session, actor: Actor, clock: Clock, ids: IdSource, label: str = "", *, read_only: bool = False
    ) -> None:
        self.session = session
        self.actor = actor
        self.clock = clock
        self.ids = ids
        self.label = label
        self.change_id = ids()
        session.info["change"] = self.change_id  # known before it is sent, so that a store can ask what became of it
        self.kind = ChangeKind.DO
        self.answers: UUID | None = None
        self.erases = False
        self.touched: set[str] = set()
        self.verb = ""
        self.sealing_key: bytes | None = None
        self._read_only = read_only
        self._entries: list[EntryRecord] = []
        self._withdrawn: set[Base] = set()
        event.listen(session, "before_flush", self._write_down)
        event.listen(session, "do_orm_execute", _refuse_bulk)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.session.rollback()
        self.session.close()

    def require(self, permission: str, who: str = "a manager") -> None:
        """Raises Denied unless the acting person holds the permission; `who` can do it, or change who may."""
        if not self.actor.may(permission):
            next_step = f"Ask {who} to do it, or a manager to change your role."
            raise Denied(f"{self.actor.name} may not {permission}.", next_step, permission=permission, verb=self.verb)

    def keep_to(self, activity_id: UUID) -> None:
        """Raises Denied where the acting person is held to another activity than this one."""
        if self.actor.activity not in (None, activity_id):
            what = f"{self.actor.name} signed in for one club or trip alone, and this is another."
            raise Denied(what, "Sign in with your password.", permission="other activities", verb=self.verb)

    def get(self, kind: type[R], record_id: UUID, what: str = "record") -> R:
        """The record, or NotFound naming `what` it should be."""
        found = self.session.get(kind, record_id)
        if found is None:
            raise NotFound(f"This {what} is no longer there.", "Go back to the list; somebody may have removed it.")
        return found

    def edit(self, kind: type[E], record_id: UUID, version: int | None, what: str = "record") -> E:
        """The record if it still has the version the form was opened with (None: whatever it has), else Stale."""
        found = self.get(kind, record_id, what)
        if version is not None and found.version != version:
            raise Stale(
                f"This {what} was changed while you had it open.",
                "Look at the new values, then make your change again.",
            )
        return found

    def add(self, record: R) -> R:
        """Adds a new record, giving it an id from the injected source where it has none."""
        if isinstance(record, Kept) and "id" not in vars(record):
            record.id = self.ids()
        self.session.add(record)
        return record

    def remove(self, record: Base) -> None:
        """Deletes a record; the journal keeps what it was."""
        self.session.delete(record)

    def withdraw(self, record: Base) -> None:
        """Deletes a mark along with the import, or the child or activity, that came in the very change taken back."""
        self._withdrawn.add(record)
        self.session.delete(record)

    def flush(self) -> None:
        """Sends what has been changed to the database, so that queries in this unit see it."""
        try:
            self.session.flush()
        except StaleDataError:
            raise Stale("Somebody else changed this at the same moment.", "Make your change again.") from None

    def commit(self) -> frozenset[str]:
        """Writes the journal and commits; returns the areas that changed. Raises BadInput on a reading unit."""
        if self._read_only:
            raise BadInput("This part of Breather only reads.")
        self.flush()
        areas = frozenset(entry.area for entry in self._entries) | self.touched
        if self._entries:
            self._chain()
        self.session.commit()
        return areas

    def _write_down(self, session: Session, *_: Any) -> None:
        for record in session.new:
            self._note(record, None, _fields(record))
        for record in session.dirty:
            before, after = _difference(record)
            if after:
                self._note(record, before, after)
        for record in session.deleted:
            self._note(record, _fields(record), None)

    def _note(self, record: Base, before: Fields | None, after: Fields | None) -> None:
        if not record.journaled:
            return
        if record.append_only and before is not None and record not in self._withdrawn:
            raise BadInput("A mark is never changed or removed; correct it with a new one.")
        entry = EntryRecord(
            change_id=self.change_id,
            position=len(self._entries),
            area=type(record).room(),
            table_name=record.__tablename__,
            record_id=_id_of(record),
            before=before,
            after=after,
            salt=journal.new_salt(),
        )
        self._entries.append(entry)

    def _chain(self) -> None:
        change_number = self.session.scalar(select(func.coalesce(func.max(ChangeRecord.number), 0))) or 0
        last = self.session.scalars(select(EntryRecord).order_by(EntryRecord.number.desc()).limit(1)).first()
        number, previous = (last.number, last.chain) if last else (0, "")
        change = ChangeRecord(
            id=self.change_id, number=change_number + 1, at=self.clock.now(), actor_id=self.actor.id,
            actor_name=self.actor.name, device=self.actor.device, label=kept_text(self.label)[:200], kind=self.kind,
            answers_id=self.answers,
        )  # fmt: skip
        self.session.add(change)
        for step, entry in enumerate(self._entries, start=1):
            entry.number = number + step
            entry.digest = journal.digest_of(entry, change)
            entry.chain = previous = journal.link(previous, entry.digest, entry.number)
            self.session.add(entry)
        self.session.flush()


def _id_of(record: Base) -> UUID:
    if not isinstance(record, Kept):
        raise TypeError(f"{record.__tablename__} cannot be journaled without an id of its own")
    return record.id


def _fields(record: Base) -> Fields:
    state = _state(record)
    return {attr.key: journal.plain(getattr(record, attr.key)) for attr in state.mapper.column_attrs}


def _difference(record: Base) -> tuple[Fields, Fields]:
    before: Fields = {}
    after: Fields = {}
    state = _state(record)
    for attr in state.mapper.column_attrs:
        history = state.attrs[attr.key].history
        if attr.key == "version" or not history.has_changes():
            continue
        old = journal.plain(next(iter(history.deleted or ()), None))
        new = journal.plain(next(iter(history.added or ()), None))
        if old != new:
            before[attr.key], after[attr.key] = old, new
    return before, after


def _refuse_bulk(state: ORMExecuteState) -> None:
    if state.is_update or state.is_delete or state.is_insert:
        raise BadInput("Bulk statements slip past the journal; change records one by one.")


def _state(record: Base) -> InstanceState[Base]:
    return instance_state(record)
