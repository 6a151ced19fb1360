"""What erasing an adult takes, what it leaves, and doing it.

Who looked after the children must be known as long as the register is; after that a row without a name is enough. So an
adult leaves one behind: that somebody came, drove or led, and may have counted. Everything said of them goes, and their
name out of whatever they wrote, decided or signed: from tables and from the journal, whose other words stay.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import inside_only
from models.access.records import AccountRecord
from models.privacy.belongings import Row, ids_of, kind_of
from models.privacy.elsewhere import Mention, mentions
from models.privacy.erasing import Rewrite, names_but, nothing_in, their_own
from models.privacy.leaver import Leaver, leaver
from models.privacy.records import LongerRecord
from models.privacy.rules import birth_left
from models.privacy.traces import IN_ITS_PLACE, Traces, out_of_json, traces_of
from models.privacy.trail import entries, whole
from models.programme.records import DutyRecord
from models.registers.records import MarkRecord
from models.storage.erasing import ERASED_ADULT, Eraser
from models.storage.journal import ChangeRecord, Fields
from models.storage.uow import UnitOfWork
from models.team.records import AdultRecord

STAYS = ("cleared_on", "left_on", "first_aid_expires")
"""Days by which old ratios are worked out: they say nothing of whose they were."""


@dataclass(frozen=True)
class Journal:
    """Where the journal tells of an adult: entries to empty, what others say from then on, labels, who made changes."""

    forget: frozenset[int]
    reword: Mapping[int, tuple[Fields | None, Fields | None]]
    labels: frozenset[UUID]
    signed: frozenset[UUID]

    @property
    def entries(self) -> frozenset[int]:
        """The numbers of entries that lose something they say."""
        return self.forget | self.reword.keys()


@dataclass(frozen=True)
class Leaving:
    """All that erasing an adult takes. `doubts`: texts that may mean somebody else of the same name."""

    of: Leaver
    journal: Journal
    rewrites: tuple[Rewrite, ...]
    doubts: tuple[Mention, ...]


@inside_only
def leaving(uow: UnitOfWork, adult_id: UUID, accounts: Collection[UUID] = ()) -> Leaving:
    """Finds everything. Raises NotFound."""
    of = leaver(uow, adult_id, accounts)
    own = {of.id, *ids_of(of.accounts), *ids_of(of.imported), *ids_of(of.longer)}
    noted = {*ids_of(of.duties), *ids_of(of.marks)}
    former = _before(uow, of, own, noted)
    traces = _traces(uow, of, former)
    elsewhere = list(mentions(uow, own, traces, adult=True))
    return Leaving(
        of=of,
        journal=_journal(uow, own, noted, ids_of(of.accounts), traces),
        rewrites=tuple(_rewrite(one, traces) for one in elsewhere if one.certain),
        doubts=tuple(one for one in elsewhere if not one.certain),
    )


@inside_only
def take_leaver(uow: UnitOfWork, what: Leaving) -> int:
    """Erases it all; returns how many rows went or were blanked."""
    of, eraser = what.of, Eraser(uow)
    for one in what.rewrites:
        eraser.blank(one.kind, [one.id], {one.column: one.value})
    eraser.blank(DutyRecord, [row["id"] for row in of.duties if row["note"]], {"note": ""})
    spoken = [row["id"] for row in of.marks if row["note"] or row["collected_by"]]
    eraser.blank(MarkRecord, spoken, {"note": "", "collected_by": ""})
    if of.adult is not None:
        eraser.blank(AdultRecord, [of.id], anonymous_adult(of))
    eraser.blank(AccountRecord, ids_of(of.accounts), {"name": ERASED_ADULT, "pin": "", "new_password": False})
    eraser.delete(kind_of("imported"), ids_of(of.imported))
    eraser.delete(LongerRecord, ids_of(of.longer))
    eraser.forget(what.journal.forget)
    for number, (before, after) in what.journal.reword.items():
        eraser.reword(number, before, after)
    eraser.unlabel(what.journal.labels)
    eraser.unsign(what.journal.signed)
    eraser.done()
    return eraser.rows


def anonymous_adult(of: Leaver) -> dict[str, Any]:
    """What is left of an adult: every column of the row, so that none is forgotten."""
    was: Row = of.adult or {}
    columns = [column for column in AdultRecord.__table__.columns if column.key not in ("id", "version")]
    left = {column.key: was[column.key] if column.key in STAYS else nothing_in(column) for column in columns}
    days = [one.day for one in of.helped if one.came]
    return left | {"name": ERASED_ADULT, "birth_date": birth_left(was["birth_date"], days)}


def _before(uow: UnitOfWork, of: Leaver, own: set[UUID], noted: set[UUID]) -> list[Mapping[str, Any]]:
    """What the journal says the adult's own records ever held; takes those that are gone by now into `own`, `noted`."""
    adult, found = str(of.id), list[Mapping[str, Any]]()
    wanted = {"adult", "account", "duty", "mark", "imported", "retention_longer"}
    for table, record_id, before, after in whole(uow, wanted):
        said = {**(before or {}), **(after or {})}
        if said.get("adult_id") == adult:
            noted.add(record_id)
        elif (table == "imported" and said.get("record_id") == adult) or said.get("thing") == adult:
            own.add(record_id)
        if table in ("adult", "account") and record_id in own:
            found += [each for each in (before, after) if each]
    return found


def _traces(uow: UnitOfWork, of: Leaver, former: Collection[Mapping[str, Any]]) -> Traces:
    told, single = set[str](), set[str]()
    for row in (*(row for row in (of.adult, *of.accounts) if row), *former):
        name = row.get("name", "")
        if name and name != ERASED_ADULT:
            parts = name.split()
            told |= {name, f"{parts[-1]}, {' '.join(parts[:-1])}"} if len(parts) > 1 else {name}
            single.update(parts)
        reach = {"id": of.id, "phone": row.get("mobile", ""), "email": row.get("email", "")}
        told |= their_own(uow, reach)
    others = names_but(uow, adult=of.id)
    accounts = select(AccountRecord.name).where(AccountRecord.id.not_in(list(ids_of(of.accounts))))
    others |= {name.casefold() for name in uow.session.scalars(accounts)}
    return traces_of(told, single, others)


def _journal(
    uow: UnitOfWork, own: Collection[UUID], noted: Collection[UUID], accounts: Collection[UUID], traces: Traces
) -> Journal:
    forget, about = set[int](), set[UUID]()
    reword: dict[int, tuple[Fields | None, Fields | None]] = {}
    for number, change_id, record_id, before, after in entries(uow):
        if record_id in own or record_id in noted:
            about.add(change_id)
        if before is None and after is None:
            continue
        if record_id in own:
            forget.add(number)
            continue
        said = _without(before, traces, record_id in noted), _without(after, traces, record_id in noted)
        if said != (before, after):
            reword[number] = said
    labels, signed = set[UUID](), set[UUID]()
    change = ChangeRecord
    for each, label, actor_id, name in uow.session.execute(
        select(change.id, change.label, change.actor_id, change.actor_name)
    ):
        if traces.anyone_in(label) if each in about else traces.told_in(label):
            labels.add(each)
        if (actor_id in accounts or traces.told_in(name)) and name != ERASED_ADULT:
            signed.add(each)
    return Journal(frozenset(forget), reword, frozenset(labels), frozenset(signed))


def _without(said: Fields | None, traces: Traces, noted: bool) -> Fields | None:
    """What an entry says, without what tells; `noted`: what was noted of the adult goes whole."""
    if said is None:
        return None
    left = {name: _out_of(value, traces) for name, value in said.items()}
    return left | ({"note": IN_ITS_PLACE} if noted and left.get("note") else {})


def _out_of(value: Any, traces: Traces) -> Any:
    """What is left of a value; a name alone leaves that it was an adult."""
    left = out_of_json(value, traces)
    return ERASED_ADULT if left == IN_ITS_PLACE != value else left


def _rewrite(one: Mention, traces: Traces) -> Rewrite:
    kind, left = kind_of(one.table), _out_of(one.value, traces)
    room = getattr(kind.__table__.columns[one.column].type, "length", None)
    return Rewrite(kind, one.id, one.column, left[:room] if isinstance(left, str) else left)
