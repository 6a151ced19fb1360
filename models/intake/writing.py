"""Writes a plan into the club: adults, venues, minibuses, terms and activities here, families and marks next door."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from models.access.permissions import Permission, inside_init
from models.intake import fields
from models.intake.clean import folded
from models.intake.compare import Outcome
from models.intake.families import Families
from models.intake.marking import Marking
from models.intake.plan import Plan, PlannedRow
from models.intake.records import ImportedRecord
from models.intake.typed import ActivityRow, AdultRow, ChildRow, RegisterRow
from models.programme.records import ActivityRecord, DutyRecord, VenueRecord
from models.programme.rules import ActivityStatus, DutyRole, DutyStatus
from models.storage.uow import UnitOfWork
from models.storage.values import put_into
from models.team.records import AdultRecord

_ACTIVITY_KEYS = (*fields.ACTIVITY, "venue", "transport", "lead", "others")
# What others hang on comes first.
ORDER = ("team", "venues", "minibuses", "terms", "young carers", "activities", "register")


Tell = Callable[[int, int], object]


@dataclass(frozen=True)
class Taken:
    """How many rows were added, changed, and found to be the same."""

    add: int = 0
    change: int = 0
    same: int = 0


class Writer:
    """Writes one plan, once.

    An import records what the office's books say: it asks no rule of planning (the light judges afterwards), and holds
    to what the records themselves can be.
    """

    @inside_init
    def __init__(self, uow: UnitOfWork, plan: Plan) -> None:
        self._uow = uow
        self._plan = plan
        self._clears = uow.actor.may(Permission.CLEAR_ADULTS)  # somebody else's import clears nobody
        self._there = {kind: dict(keys) for kind, keys in plan.there.items()}
        self._by_name = {key.partition("|")[0]: adult_id for key, adult_id in self._there["team"].items()}
        self._roles: dict[UUID, str] = {}
        self._imported: dict[tuple[str, str], ImportedRecord] = {}
        self._families = Families(uow, plan)
        self._marking = Marking(uow, plan)

    def write(self, tell: Tell | None = None) -> Taken:
        """Writes every row, in the order they need each other, and what was imported; `tell(done, total)` hears it."""
        self._roles = {one.id: one.role for one in self._uow.session.execute(select(AdultRecord.id, AdultRecord.role))}
        done = dict.fromkeys(Outcome, 0)
        total = sum(len(sheet.rows) for sheet in self._plan.sheets)
        for kind in ORDER:
            for planned in self._rows(kind):
                if tell is not None:
                    tell(sum(done.values()), total)
                record_id = self._write(kind, planned)
                done[planned.compared.outcome] += 1
                if record_id is not None and planned.compared.outcome is not Outcome.REMOVED_HERE:
                    self._remember(kind, planned, record_id)
        self._uow.flush()
        return Taken(done[Outcome.ADD], done[Outcome.CHANGE], done[Outcome.SAME] + done[Outcome.REMOVED_HERE])

    def _rows(self, kind: str) -> list[PlannedRow]:
        return [planned for sheet in self._plan.sheets if sheet.sheet.kind == kind for planned in sheet.rows]

    def _write(self, kind: str, planned: PlannedRow) -> UUID | None:
        """Writes one row; returns the id of its record, None where there is none."""
        row = planned.row
        if isinstance(row, RegisterRow):
            child_id = planned.record_id or self._there["young carers"].get(row.key)
            if child_id is not None:
                self._marking.write(planned, child_id, self._there["activities"])
            return child_id
        if planned.same_as:
            record_id = self._there[kind].get(planned.same_as)
            if record_id is not None:
                self._there[kind][row.key] = record_id
            return record_id
        if planned.compared.outcome is Outcome.ADD:
            self._there[kind][row.key] = self._add(kind, planned)
        elif planned.compared.outcome is Outcome.CHANGE and planned.record_id is not None:
            self._change(kind, planned, planned.record_id)
        return self._there[kind].get(row.key) or planned.record_id

    def _add(self, kind: str, planned: PlannedRow) -> UUID:
        row = planned.row
        if isinstance(row, ChildRow):
            return self._families.add(row)
        if isinstance(row, ActivityRow):
            return self._add_activity(row)
        record, columns = fields.SIMPLE[kind]
        values = fields.columns_for(record, columns, row, columns)
        if isinstance(row, AdultRow) and self._clears:
            # The manager let this adult work on the strength of that DBS check: the import says so too.
            values["cleared_on"] = row.dbs_issued
        added = self._uow.add(record(**values))
        if isinstance(row, AdultRow):
            self._by_name[folded(row.name)] = added.id
            self._roles[added.id] = row.role
        return added.id

    def _change(self, kind: str, planned: PlannedRow, record_id: UUID) -> None:
        row, changes = planned.row, planned.compared.changes
        if isinstance(row, ChildRow):
            self._families.change(row, record_id, changes)
        elif isinstance(row, ActivityRow):
            self._change_activity(row, record_id, changes)
        else:
            record, columns = fields.SIMPLE[kind]
            found = self._uow.get(record, record_id)
            first_check = isinstance(found, AdultRecord) and found.dbs_issued is None
            put_into(found, fields.columns_for(record, columns, row, changes))
            if isinstance(found, AdultRecord) and first_check and found.cleared_on is None and self._clears:
                found.cleared_on = found.dbs_issued

    # --- activities ---

    def _add_activity(self, row: ActivityRow) -> UUID:
        activity = self._uow.add(ActivityRecord(**self._activity_values(row, _ACTIVITY_KEYS)))
        self._put_duties(activity.id, row, {})
        return activity.id

    def _change_activity(self, row: ActivityRow, record_id: UUID, changes: Mapping[str, Any]) -> None:
        put_into(self._uow.get(ActivityRecord, record_id), self._activity_values(row, changes))
        if "lead" in changes or "others" in changes:
            asked = select(DutyRecord).where(DutyRecord.activity_id == record_id)
            self._put_duties(record_id, row, {duty.adult_id: duty for duty in self._uow.session.scalars(asked)})

    def _activity_values(self, row: ActivityRow, keys: Collection[str]) -> dict[str, Any]:
        values = fields.columns_for(ActivityRecord, fields.ACTIVITY, row, keys)
        extra: Mapping[str, tuple[str, Callable[[], Any]]] = {
            "status": ("status", lambda: ActivityStatus(row.status or "draft")),
            "venue": ("venue_id", lambda: self._venue(row.venue)),
            "transport": ("by_minibus", lambda: row.transport == "minibus"),
            "lead": ("lead_id", lambda: self._by_name[folded(row.lead)] if row.lead else None),
        }
        return values | {name: read() for key, (name, read) in extra.items() if key in keys}

    def _venue(self, name: str) -> UUID | None:
        """The venue of that name; a place nobody listed becomes one with a name and nothing else."""
        if not name:
            return None
        key = folded(name)
        if key not in self._there["venues"]:
            self._there["venues"][key] = self._uow.add(VenueRecord(name=name)).id
        return self._there["venues"][key]

    def _put_duties(self, activity_id: UUID, row: ActivityRow, there: Mapping[UUID, DutyRecord]) -> None:
        """The adults the file names, confirmed; adults confirmed before whom it no longer names are taken out."""
        wanted: dict[UUID, DutyRole] = {}
        for name in row.adults:
            adult_id = self._by_name[folded(name)]
            wanted.setdefault(adult_id, self._role(adult_id, row))
        for adult_id, role in wanted.items():
            if adult_id in there:
                put_into(there[adult_id], {"role": role, "status": DutyStatus.CONFIRMED})
            else:
                duty = {"activity_id": activity_id, "adult_id": adult_id, "role": role}
                self._uow.add(DutyRecord(**duty, status=DutyStatus.CONFIRMED))
        for adult_id, gone in there.items():
            if adult_id not in wanted and gone.status is DutyStatus.CONFIRMED and not gone.as_parent:
                self._uow.remove(gone)

    def _role(self, adult_id: UUID, row: ActivityRow) -> DutyRole:
        if row.lead and self._by_name[folded(row.lead)] == adult_id:
            return DutyRole.LEAD
        role = self._roles.get(adult_id, "").casefold()
        if "driver" in role and row.transport == "minibus":
            return DutyRole.DRIVER
        return DutyRole.VOLUNTEER if "volunteer" in role else DutyRole.WORKER

    # --- what was imported ---

    def _remember(self, kind: str, planned: PlannedRow, record_id: UUID) -> None:
        row, key = planned.row, (kind, planned.row.key)
        known = self._imported.get(key)
        if known is None and key not in self._plan.last:
            values = {"kind": kind, "key": row.key, "record_id": record_id, "values": row.values}
            self._imported[key] = self._uow.add(ImportedRecord(**values, imported_at=self._uow.clock.now()))
            return
        before = known.values if known else self._plan.last[key].values
        after = {**before, **row.values}
        if after == before and (known or self._plan.last[key].record_id == record_id):
            return
        known = known or self._uow.get(ImportedRecord, self._plan.last[key].id)
        put_into(known, {"values": after, "record_id": record_id, "imported_at": self._uow.clock.now()})
        self._imported[key] = known
