"""What somebody who can open the club file does to its journal with a tool of their own."""

import json
import random
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, Row, text

from models.storage import journal
from models.storage.journal import ChangeKind, ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork

Forge = Callable[["Forger"], str]
FAR = 1_000_000


class Forger:
    """Makes one forgery at a time on an open unit of work, past everything Breather would say to it."""

    def __init__(self, uow: UnitOfWork, rng: random.Random) -> None:
        self.uow, self.rng = uow, rng
        self.connection: Connection = uow.session.connection()

    def run(self, statement: str, **values: object) -> None:
        self.connection.execute(text(statement), values)

    def rows(self, statement: str, **values: object) -> list[Row[Any]]:
        return list(self.connection.execute(text(statement), values))

    def last(self, table: str) -> int:
        return int(self.rows(f"SELECT max(number) FROM {table}")[0][0])

    def some(self, table: str) -> Row[Any]:
        """Any row."""
        return self.rows(f"SELECT * FROM {table} WHERE number = :n", n=self.rng.randint(1, self.last(table)))[0]

    def set(self, table: str, number: int, column: str, value: object) -> None:
        self.run(f'UPDATE {table} SET "{column}" = :value WHERE number = :number', value=value, number=number)

    def chain_again(self, start: int) -> None:
        """Writes digests and links anew from an entry on, so that the chain holds in itself."""
        self.uow.session.expire_all()
        entries = self.uow.session.query(EntryRecord).order_by(EntryRecord.number).all()
        previous = ""
        for entry in entries:
            if entry.number >= start:
                change = self.uow.session.get(ChangeRecord, entry.change_id)
                assert change is not None
                digest = journal.digest_of(entry, change)
                link = journal.link(previous, digest, entry.number)
                anew = "UPDATE journal_entry SET digest = :d, chain = :c WHERE number = :n"
                self.run(anew, d=digest, c=link, n=entry.number)
                previous = link
            else:
                previous = entry.chain
        self.uow.session.expire_all()


def other(forger: Forger, value: object) -> object:
    """Something else of the same sort."""
    rng = forger.rng
    if isinstance(value, str) and value[:1] in "{[":
        fields = json.loads(value)
        key = rng.choice(sorted(fields)) if fields else "note"
        return json.dumps({**fields, key: f"{fields.get(key)}!"})
    if isinstance(value, int):
        return value + rng.choice((1, 2, 7))
    return f"{value}x"[-20:] if value else "x"


def edit_entry(forger: Forger) -> str:
    """Another value in any column of an entry."""
    column = forger.rng.choice(("position", "area", "table_name", "record_id", "salt", "digest", "chain"))
    row = forger.some("journal_entry")
    value = other(forger, row._mapping[column])
    if column == "record_id":
        value = UUID(int=forger.rng.getrandbits(128)).hex
    if column == "position":
        value = FAR
    forger.set("journal_entry", row.number, column, value)
    return f"entry {row.number}: {column}"


def edit_contents(forger: Forger) -> str:
    """What an entry says was before or after."""
    row = forger.some("journal_entry")
    column = forger.rng.choice(("before", "after"))
    forger.set("journal_entry", row.number, column, other(forger, row._mapping[column] or "{}"))
    return f"entry {row.number}: {column}"


def empty(forger: Forger) -> str:
    """Contents gone, as an erasure leaves them, and no erasure."""
    row = forger.some("journal_entry")
    forger.run('UPDATE journal_entry SET "before" = NULL, "after" = NULL WHERE number = :n', n=row.number)
    return f"entry {row.number} emptied"


def move_entry(forger: Forger) -> str:
    """An entry given to somebody else's change."""
    row, target = forger.some("journal_entry"), forger.some("journal_change")
    if row.change_id == target.id:
        return edit_contents(forger)
    forger.run(
        "UPDATE journal_entry SET change_id = :c, position = :p WHERE number = :n", c=target.id, p=FAR, n=row.number
    )
    return f"entry {row.number} given to change {target.number}"


def edit_change(forger: Forger) -> str:
    """Who, when, on which machine, under what name."""
    column = forger.rng.choice(("at", "actor_id", "actor_name", "device", "label", "kind", "answers_id", "number"))
    row = forger.some("journal_change")
    values: Mapping[str, object] = {
        "at": str(datetime.fromisoformat(str(row.at)) + timedelta(minutes=forger.rng.randint(1, 9999))),
        "actor_id": UUID(int=forger.rng.getrandbits(128)).hex,
        "kind": forger.rng.choice([kind.value for kind in ChangeKind if kind.value != row.kind]),
        "answers_id": None if row.answers_id else UUID(int=forger.rng.getrandbits(128)).hex,
        "number": FAR,
    }
    forger.set("journal_change", row.number, column, values.get(column, other(forger, row._mapping.get(column))))
    return f"change {row.number}: {column}"


def delete_entries(forger: Forger) -> str:
    """Some entries out of the middle."""
    last = forger.last("journal_entry")
    first = forger.rng.randint(1, last - 1)
    until = min(last - 1, first + forger.rng.randint(0, 5))
    forger.run("DELETE FROM journal_entry WHERE number BETWEEN :a AND :b", a=first, b=until)
    return f"entries {first} to {until} deleted"


def delete_change(forger: Forger) -> str:
    """A change, and what it changed too half the time."""
    row = forger.some("journal_change")
    with_entries = forger.rng.random() < 0.5 and row.number < forger.last("journal_change")
    if with_entries:
        forger.run("DELETE FROM journal_entry WHERE change_id = :c", c=row.id)
    forger.run("DELETE FROM journal_change WHERE id = :c", c=row.id)
    return f"change {row.number} deleted{' with its entries' if with_entries else ''}"


def swap_entries(forger: Forger) -> str:
    """Two entries in each other's place."""
    one, two = sorted(forger.rng.sample(range(1, forger.last("journal_entry") + 1), 2))
    for old, new in ((one, FAR), (two, one), (FAR, two)):
        forger.run("UPDATE journal_entry SET number = :new WHERE number = :old", old=old, new=new)
    return f"entries {one} and {two} swapped"


def swap_changes(forger: Forger) -> str:
    """Two changes in each other's place."""
    one, two = sorted(forger.rng.sample(range(1, forger.last("journal_change") + 1), 2))
    for old, new in ((one, FAR), (two, one), (FAR, two)):
        forger.run("UPDATE journal_change SET number = :new WHERE number = :old", old=old, new=new)
    return f"changes {one} and {two} swapped"


def close_the_gap(forger: Forger) -> str:
    """A change taken out, and everything after it moved up so that no number is missing."""
    row = forger.some("journal_change")
    gone = forger.rows("SELECT number FROM journal_entry WHERE change_id = :c ORDER BY number", c=row.id)
    forger.run("DELETE FROM journal_entry WHERE change_id = :c", c=row.id)
    forger.run("DELETE FROM journal_change WHERE id = :c", c=row.id)
    first, count = gone[0].number, len(gone)
    for table, start, by in (("journal_entry", first, count), ("journal_change", row.number, 1)):
        forger.run(f"UPDATE {table} SET number = number + :far WHERE number > :start", far=FAR, start=start)
        forger.run(f"UPDATE {table} SET number = number - :by WHERE number > :far", by=FAR + by, far=FAR)
    return f"change {row.number} taken out and the rest moved up"


def cut(forger: Forger) -> str:
    """The last changes gone, with all that was theirs: what is left is a whole journal."""
    last = forger.last("journal_change")
    left = forger.rng.randint(0, last - 1)
    mine = "SELECT id FROM journal_change WHERE number > :n"
    forger.run(f"DELETE FROM journal_entry WHERE change_id IN ({mine})", n=left)
    forger.run("DELETE FROM journal_change WHERE number > :n", n=left)
    return f"cut after change {left} of {last}"


def cut_and_filled(forger: Forger) -> str:
    """The last changes gone, and as many entries of another change put there, with a chain that holds."""
    last = forger.last("journal_entry")
    what = cut(forger)
    now = forger.rows("SELECT coalesce(max(number), 0) AS n FROM journal_entry")[0].n
    number = forger.rows("SELECT coalesce(max(number), 0) AS n FROM journal_change")[0].n + 1
    change, record = (UUID(int=forger.rng.getrandbits(128)).hex for _ in range(2))
    forger.run(
        "INSERT INTO journal_change (id, number, at, actor_id, actor_name, device, label, kind) "
        "VALUES (:id, :n, '2026-12-03 09:30:00.000000', :id, 'Nobody', 'd', 'Nothing to see', 'do')",
        id=change, n=number,
    )  # fmt: skip
    for step in range(last - now + forger.rng.randint(0, 3)):
        forger.run(
            'INSERT INTO journal_entry (number, change_id, position, area, table_name, record_id, "before", "after",'
            " salt, digest, chain) VALUES (:n, :c, :p, 'people', 'child', :r, NULL, '{}', 's', 'd', 'c')",
            n=now + step + 1, c=change, p=step, r=record,
        )  # fmt: skip
    forger.chain_again(now + 1)
    return f"{what}, and filled up again"


def written_anew(forger: Forger) -> str:
    """Something edited, and every digest and link after it made anew."""
    row = forger.some("journal_entry")
    forger.set("journal_entry", row.number, "after", json.dumps({"gp": f"G{forger.rng.random()}"}))
    forger.chain_again(row.number)
    return f"entry {row.number} edited and the chain written anew"


IN_PLACE: tuple[Forge, ...] = (
    edit_entry, edit_contents, edit_change, empty, move_entry, delete_entries, delete_change, swap_entries,
    swap_changes, close_the_gap,
)  # fmt: skip
"""What the chain itself shows."""
AT_THE_END: tuple[Forge, ...] = (cut, cut_and_filled, written_anew)
"""What shows only beside something outside the file."""
