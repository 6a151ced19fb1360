"""The one way to take something out for good, and how the journal stays whole without it.

Everything else in Breather is journaled: what daily work removes can be read and brought back. An `Eraser` blanks
and deletes rows past the journal, empties the journal's own entries of them, takes a name out of the entries of others,
and blanks the labels that name a person, and who it was that made a change where that is who goes. What it did is
itself an entry of the journal: for each entry that lost something, or whose change did, a new digest of what is left.
So the chain still holds (its links cover the old digests), what is left is still covered, and contents that go missing
without an erasure that says so are found. What was erased can no longer be compared with anything: its salt goes too,
so that not even a guess can be held against the old digest.
"""

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import islice
from typing import Any, ClassVar, TypeVar
from uuid import UUID

from sqlalchemy import JSON, Connection, delete, func, select, update
from sqlalchemy.orm import Mapped, mapped_column

from models.kernel.errors import Damaged
from models.storage import journal, wiping
from models.storage.base import Base, Editable, Kept
from models.storage.guarded import guarded, inside_init, inside_only
from models.storage.journal import ChangeRecord, EntryRecord, Fields
from models.storage.uow import UnitOfWork

T = TypeVar("T")

ERASED_LABEL = "Something erased since"
ERASED_WORDS = "[erased]"  # in the place of words that told of somebody
ERASED_ADULT = "Erased adult"  # in the place of the name of an adult
AT_ONCE = 500  # ids in one statement: SQLite and PostgreSQL both take many more


class ErasureRecord(Kept):
    """What one erasure took out of the journal: never who or what.

    Attributes:
        entries: for each entry that lost contents, its label or who made it, by number: the digest of what is left.
        changes: ids of the changes they belong to; these can no longer be undone.
        rows: how many rows were deleted or blanked.
    """

    __tablename__ = "journal_erasure"
    append_only: ClassVar[bool] = True
    undone_by_hand: ClassVar[bool] = True

    entries: Mapped[dict[str, str]] = mapped_column(JSON)
    changes: Mapped[list[str]] = mapped_column(JSON)
    rows: Mapped[int]


class Eraser:
    """Takes rows, and the journal's contents of them, out for good; `done` writes down that it did.

    Nothing asks here whether it may: `models.privacy` does, legal holds included, and is the only caller.
    """

    @inside_init
    def __init__(self, uow: UnitOfWork) -> None:
        uow.flush()
        self._uow = uow
        self._rows = 0
        self._forgotten: set[int] = set()
        self._reworded: dict[int, tuple[Fields | None, Fields | None]] = {}
        self._relabelled: set[UUID] = set()
        self._unsigned: set[UUID] = set()
        uow.erases = True
        wiping.overwrite_what_goes(self._connection)

    def delete(self, kind: type[Kept], ids: Iterable[UUID]) -> None:
        """Deletes these rows."""
        table = kind.__table__
        for some in batches(ids, AT_ONCE):
            self._rows += self._connection.execute(delete(kind).where(table.c.id.in_(some))).rowcount
        self._uow.touched.add(kind.room())

    def blank(self, kind: type[Kept], ids: Iterable[UUID], values: Mapping[str, Any]) -> None:
        """Writes these values over what the rows say; a form open on one of them is then stale."""
        table = kind.__table__
        counted = {"version": table.c.version + 1} if issubclass(kind, Editable) else {}
        for some in batches(ids, AT_ONCE):
            statement = update(kind).where(table.c.id.in_(some)).values(**values, **counted)
            self._rows += self._connection.execute(statement).rowcount
        self._uow.touched.add(kind.room())

    def forget(self, numbers: Iterable[int]) -> None:
        """Empties these entries of the journal; a change left with nothing at all loses its label too."""
        self._forgotten.update(numbers)

    def reword(self, number: int, before: Fields | None, after: Fields | None) -> None:
        """Has an entry say this from now on; ERASED_WORDS or ERASED_ADULT stand in it where something was taken out."""
        self._reworded[number] = before, after

    def unlabel(self, changes: Iterable[UUID]) -> None:
        """Blanks the labels of these changes."""
        self._relabelled.update(changes)

    def unsign(self, changes: Iterable[UUID]) -> None:
        """Takes the name of whoever made these changes out of them."""
        self._unsigned.update(changes)

    def done(self) -> UUID:
        """Empties the journal's entries and writes the erasure down; returns its id."""
        touched = self._changes_of(self._forgotten)
        emptied = {change for change in touched if self._left(change) == 0}
        self._relabelled |= emptied
        touched |= self._changes_of(self._reworded) | self._relabelled
        numbers = self._forgotten | self._reworded.keys() | self._entries_of(self._relabelled | self._unsigned)
        self._reseal_first(numbers)
        self._take_out()
        self._uow.session.expire_all()
        changes_ids = sorted(str(change) for change in touched)
        record = ErasureRecord(entries=self._digests(numbers), changes=changes_ids, rows=self._rows)
        return self._uow.add(record).id

    def _take_out(self) -> None:
        """A salt that was, goes with what it salted."""
        for number, (before, after) in self._reworded.items():
            said = {"before": before, "after": after, "salt": journal.new_salt()}
            self._connection.execute(update(EntryRecord).where(EntryRecord.number == number).values(said))
        for some in batches(sorted(self._forgotten), AT_ONCE):
            empty = update(EntryRecord).where(EntryRecord.number.in_(some)).values(before=None, after=None, salt="")
            self._connection.execute(empty)
        for column, changes, instead in (
            ("label", self._relabelled, ERASED_LABEL), ("actor_name", self._unsigned, ERASED_ADULT)
        ):  # fmt: skip
            for each in batches(sorted(changes, key=str), AT_ONCE):
                whole = update(ChangeRecord).where(ChangeRecord.id.in_(each)).values({column: instead})
                self._connection.execute(whole)

    @property
    def rows(self) -> int:
        """How many rows were deleted or blanked so far."""
        return self._rows

    @property
    def _connection(self) -> Connection:
        return self._uow.session.connection()  # plain statements: the unit of work refuses bulk ones of records

    def _changes_of(self, numbers: Collection[int]) -> set[UUID]:
        found: set[UUID] = set()
        for some in batches(sorted(numbers), AT_ONCE):
            found |= set(self._uow.session.scalars(select(EntryRecord.change_id).where(EntryRecord.number.in_(some))))
        return found

    def _entries_of(self, changes: Collection[UUID]) -> set[int]:
        found: set[int] = set()
        for some in batches(sorted(changes, key=str), AT_ONCE):
            found |= set(self._uow.session.scalars(select(EntryRecord.number).where(EntryRecord.change_id.in_(some))))
        return found

    def _left(self, change: UUID) -> int:
        """How many entries of a change keep their contents."""
        own = select(EntryRecord.number).where(EntryRecord.change_id == change)
        full = own.where(EntryRecord.before.is_not(None) | EntryRecord.after.is_not(None))
        return len(set(self._uow.session.scalars(full)) - self._forgotten)

    def _reseal_first(self, numbers: Collection[int]) -> None:
        """Raises Damaged where an entry does not say what it said: a new digest would cover the forgery up."""
        known = resealed(self._uow)
        for entry, change in self._pairs(numbers):
            if not journal.says_what_it_said(entry, change, known.get(entry.number)):
                raise Damaged(
                    "The journal of this club was altered, so nothing can be erased from it.",
                    "Run breather verify, and ask somebody who can look at the file.",
                )

    def _digests(self, numbers: Collection[int]) -> dict[str, str]:
        return {str(entry.number): journal.digest_of(entry, change) for entry, change in self._pairs(numbers)}

    def _pairs(self, numbers: Collection[int]) -> Iterator[tuple[EntryRecord, ChangeRecord]]:
        both = select(EntryRecord, ChangeRecord).join(ChangeRecord, ChangeRecord.id == EntryRecord.change_id)
        for some in batches(sorted(numbers), AT_ONCE):
            for row in self._uow.session.execute(both.where(EntryRecord.number.in_(some))):
                yield row[0], row[1]


def shows_erasure(entry: EntryRecord, change: ChangeRecord) -> bool:
    """Whether it can be seen in an entry or its change that something was taken out of it."""
    if entry.before is None and entry.after is None:
        return True
    said = json.dumps([entry.before, entry.after], ensure_ascii=False)
    named = change.label == ERASED_LABEL or change.actor_name == ERASED_ADULT
    return named or ERASED_WORDS in said or ERASED_ADULT in said


@inside_only
def resealed(uow: UnitOfWork) -> dict[int, str]:
    """What erasures say of earlier entries, by number: the digest of what is left of each.

    Read from the journal, whose chain covers it, never from the table of erasures.
    """
    said = select(EntryRecord.number, EntryRecord.after).where(EntryRecord.table_name == ErasureRecord.__tablename__)
    found: dict[int, str] = {}
    for at, after in uow.session.execute(said.order_by(EntryRecord.number)):
        for number, digest in ((after or {}).get("entries") or {}).items():
            if int(number) < at:  # no entry speaks of later ones
                found[int(number)] = digest
    return found


@guarded("see the day")
def taken_out(uow: UnitOfWork) -> tuple[int, int]:
    """How many erasures the journal tells of, and of how many entries they say what is left."""
    kind = EntryRecord.table_name == ErasureRecord.__tablename__
    return uow.session.scalar(select(func.count()).where(kind)) or 0, len(resealed(uow))


@inside_only
def changes_erased(uow: UnitOfWork) -> set[UUID]:
    """The changes that lost contents: they can no longer be taken back."""
    lists = uow.session.scalars(select(ErasureRecord.changes))
    return {UUID(change) for each in lists for change in each}


@inside_only
def rows_in(uow: UnitOfWork, kind: type[Base]) -> int:
    """How many rows a table has."""
    return uow.session.scalar(select(func.count()).select_from(kind)) or 0


def batches(items: Iterable[T], size: int) -> Iterator[list[T]]:
    """The items in lists of at most `size`."""
    rest = iter(items)
    while some := list(islice(rest, size)):
        yield some
