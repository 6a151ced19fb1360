"""What the journal says of one child, records that are gone by now included."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import inside_only
from models.people.records import ERASED_HOME, FamilyRecord
from models.privacy.traces import Traces, in_json
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork

OF_A_CHILD = frozenset(
    {
        "collector", "consent", "booking", "mark", "collection_today", "seat", "subject_request", "legal_hold",
        "child_file",
    }
)  # fmt: skip
"""Tables whose rows are about one child alone, named in `child_id`."""


@dataclass(frozen=True)
class Trail:
    """Where the journal tells of a child.

    Attributes:
        records: ids of the records that are or were about it. entries: numbers. labels: changes whose label tells.
    """

    records: frozenset[UUID]
    entries: frozenset[int]
    labels: frozenset[UUID]


@inside_only
def trail(
    uow: UnitOfWork, child_id: UUID, known: Collection[UUID], homes: Collection[UUID], traces: Traces,
    staying: Collection[UUID] = (),
) -> Trail:  # fmt: skip
    """Where the journal tells of a child: its own records (`known`, and those of it that are gone), what hung on
    the `homes` that go with it but for what is `staying`, and whatever else names it. Reads the whole journal twice.
    """
    records = _records(uow, child_id, known, homes) - set(staying)
    numbers: set[int] = set()
    touched: set[UUID] = set()
    for number, change_id, record_id, before, after in entries(uow):
        if record_id in records or in_json(before, traces) or in_json(after, traces):
            touched.add(change_id)
            if before is not None or after is not None:
                numbers.add(number)
    return Trail(frozenset(records), frozenset(numbers), frozenset(_labels(uow, touched, traces)))


@inside_only
def former_homes(uow: UnitOfWork, child_id: UUID, *, shared: bool) -> set[UUID]:
    """Families of the child that are gone by now; `shared`: also those that another child was of."""
    mine: set[str] = set()
    others: set[str] = set()
    erased = {str(ERASED_HOME)}
    for _, record_id, before, after in whole(uow, {"child"}):
        lived = {home for said in (before, after) if said and (home := said.get("family_id"))}
        (mine if record_id == child_id else others).update(lived)
    there = {str(one) for one in uow.session.scalars(select(FamilyRecord.id))}
    return {UUID(home) for home in mine - there - erased - (set() if shared else others)}


@inside_only
def once_said(
    uow: UnitOfWork, child_id: UUID, known: Collection[UUID], homes: Collection[UUID], staying: Collection[UUID]
) -> Iterator[tuple[str, dict[str, Any]]]:
    """What the journal says that the child, its family and its people were called and reached by, each time it
    changed: the table and the whole row as far as it is known, `id` too. Arguments as for `trail`.
    """
    records = _records(uow, child_id, known, homes) - set(staying)
    rows: dict[UUID, dict[str, Any]] = {}
    for table, record_id, before, after in whole(uow, {"child", "family", "contact", "collector"}):
        for said in (before, after):
            if said and record_id in records:
                rows[record_id] = {**rows.get(record_id, {}), **said, "id": record_id}
                yield table, rows[record_id]


def _records(uow: UnitOfWork, child_id: UUID, known: Collection[UUID], homes: Collection[UUID]) -> set[UUID]:
    """Ids of everything that ever was about the child, told by the entries in which it came or went."""
    found = {child_id, *known, *homes}
    child, gone = str(child_id), {str(home) for home in homes}
    requests: set[str] = set()
    wanted = OF_A_CHILD | {"contact", "subject_decision", "imported"}
    for table, record_id, before, after in whole(uow, wanted):
        said = {**(before or {}), **(after or {})}
        own = table in OF_A_CHILD and said.get("child_id") == child
        if own and table == "subject_request":
            requests.add(str(record_id))
        of_home = table == "contact" and said.get("family_id") in gone
        of_import = table == "imported" and said.get("record_id") == child
        if own or of_home or of_import or said.get("request_id") in requests:
            found.add(record_id)
    return found


def _labels(uow: UnitOfWork, touched: Collection[UUID], traces: Traces) -> Iterator[UUID]:
    for change_id, label in uow.session.execute(select(ChangeRecord.id, ChangeRecord.label)):
        if traces.anyone_in(label) if change_id in touched else traces.told_in(label):
            yield change_id


@inside_only
def entries(uow: UnitOfWork) -> Iterator[tuple[int, UUID, UUID, Any, Any]]:
    """Number, change, record, before and after of every entry, in order."""
    entry = EntryRecord
    columns = select(entry.number, entry.change_id, entry.record_id, entry.before, entry.after)
    for row in uow.session.execute(columns.order_by(entry.number).execution_options(yield_per=500)):
        yield row[0], row[1], row[2], row[3], row[4]


@inside_only
def whole(uow: UnitOfWork, tables: Collection[str]) -> Iterator[tuple[str, UUID, Any, Any]]:
    """Table, record, before and after of every entry of these tables, in order."""
    entry = EntryRecord
    columns = select(entry.table_name, entry.record_id, entry.before, entry.after)
    statement = columns.where(entry.table_name.in_(sorted(tables))).order_by(entry.number)
    for row in uow.session.execute(statement.execution_options(yield_per=500)):
        yield row[0], row[1], row[2], row[3]
