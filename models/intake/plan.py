"""What an import would do: each row found again in the club and compared three ways. Writes nothing."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from types import MappingProxyType
from uuid import UUID

from models.access.permissions import inside_only
from models.intake import fields, queries
from models.intake.across import Known, check_across
from models.intake.clean import folded
from models.intake.compare import Fate, FieldCompare, Outcome, RowCompare, compare
from models.intake.kinds import MARK
from models.intake.likeness import Ask, Person, likely
from models.intake.queries import Last
from models.intake.rows import SheetRows
from models.intake.typed import AdultRow, AnyRow, ChildRow, MarkKey, RegisterRow, Value, activity_key
from models.registers.rules import RowState
from models.storage.uow import UnitOfWork

KINDS = ("team", "venues", "minibuses", "terms", "young carers", "activities")


class Answer(StrEnum):
    """What somebody said when asked whether a row is a person the club has. Unanswered rows stay out."""

    SAME = "same person"
    DIFFERENT = "somebody else"


CAME_OR_NOT = tuple(queries.CODES.values())

# By kind and the row's key.
Decisions = Mapping[tuple[str, str], Answer]
NOTHING_DECIDED: Decisions = MappingProxyType({})


@dataclass(frozen=True)
class PlannedRow:
    """One row that would be taken in.

    Attributes:
        record_id: of the record it is (the child, for a line of the register); None for a new one.
        same_as: the key of an earlier new row somebody said is the same person, "" for none.
    """

    row: AnyRow
    record_id: UUID | None
    compared: RowCompare
    same_as: str = ""


@dataclass(frozen=True)
class Asked:
    """A question, and the key of the row it is about: what an answer is given for."""

    key: str
    ask: Ask


@dataclass(frozen=True)
class PlannedSheet:
    """One sheet: its rows in order, and what has to be asked. Refusals are the sheet's."""

    sheet: SheetRows
    rows: tuple[PlannedRow, ...]
    asks: tuple[Asked, ...]


@dataclass(frozen=True)
class Plan:
    """All sheets, and what is needed to write them.

    Attributes:
        implied_venues: places that become venues with a name and nothing else.
        there: by kind, each key records are known by (now, or when imported) and the record.
        last: what was imported last. states: what the marks of the activities in the register add up to.
    """

    sheets: tuple[PlannedSheet, ...]
    implied_venues: tuple[str, ...]
    there: Mapping[str, Mapping[str, UUID]]
    last: Mapping[tuple[str, str], Last]
    states: Mapping[tuple[UUID, UUID], RowState]


@inside_only
def build(uow: UnitOfWork, sheets: Sequence[SheetRows], decisions: Decisions = NOTHING_DECIDED) -> Plan:
    """The plan for these sheets as the club stands now. Every refusal of `check_across` is applied."""
    return _Builder(uow, sheets, decisions).build()


class _Builder:
    def __init__(self, uow: UnitOfWork, sheets: Sequence[SheetRows], decisions: Decisions) -> None:
        self._uow = uow
        self._last = queries.imported(uow)
        self._sheets = [_settled(sheet, self._last) for sheet in sheets]
        self._decisions = decisions
        self._held = {kind: queries.holding(uow, kind) for kind in KINDS}
        self._there = {kind: self._keys(kind) for kind in KINDS}
        self._alias: dict[tuple[str, str], str] = {}

    def _keys(self, kind: str) -> dict[str, UUID]:
        """Every key of a kind: as things were called when imported, and as they are called now."""
        held = self._held[kind]
        then = {key: last.record_id for (of, key), last in self._last.items() if of == kind}
        return dict(held.by_key) | {key: record_id for key, record_id in then.items() if record_id in held.values}

    def build(self) -> Plan:
        asked = [self._asks(number) for number in range(len(self._sheets))]
        sheets = [_without(sheet, asks) for sheet, asks in zip(self._sheets, asked, strict=True)]
        checked = check_across(sheets, self._known(sheets))
        states, lines = self._register(checked.sheets)
        planned = tuple(
            PlannedSheet(sheet, tuple(self._plan(sheet.kind, row, lines) for row in sheet.rows), tuple(asks))
            for sheet, asks in zip(checked.sheets, asked, strict=True)
        )
        return Plan(planned, checked.implied_venues, self._there, self._last, states)

    # --- who may be somebody the club has ---

    def _asks(self, number: int) -> list[Asked]:
        """The questions of one sheet that nobody has answered; a "same person" is noted for `_plan`."""
        kind = self._sheets[number].kind
        if kind not in ("young carers", "team"):
            return []
        earlier = [row for sheet in self._sheets[:number] if sheet.kind == kind for row in _people(sheet.rows)]
        rows = [row for row in _people(self._sheets[number].rows) if row.key not in self._there[kind]]
        mine = {(row.ref, row.row_number): row for row in rows}
        before = {(row.ref, row.row_number) for row in earlier} - set(mine)
        unanswered = []
        for ask in likely([*earlier, *rows], queries.people(kind, self._held[kind])):
            if (ask.ref, ask.row) in before:
                continue
            key = mine[ask.ref, ask.row].key
            answer = self._decisions.get((kind, key))
            if answer is Answer.SAME:
                self._alias[kind, key] = ask.like_key
            elif answer is None:
                unanswered.append(Asked(key, ask))
        return unanswered

    # --- what the files may refer to ---

    def _known(self, sheets: Sequence[SheetRows]) -> Known:
        return Known(
            children=frozenset(self._there["young carers"]),
            activities=frozenset(self._there["activities"]),
            adults=frozenset(self._adult_keys(sheets)),
            venues=frozenset(self._there["venues"]),
            names=self._names(),
        )

    def _names(self) -> dict[str, Person]:
        """Who the club has under each key of a child, the keys of earlier imports too."""
        held = self._held["young carers"]
        named = {held.by_key.get(one.key): one for one in queries.people("young carers", held)}
        return {key: named[record_id] for key, record_id in self._there["young carers"].items() if record_id in named}

    def _adult_keys(self, sheets: Sequence[SheetRows]) -> Iterator[str]:
        """One key for each name of each adult: somebody whose birth date was put right here is not two people."""
        there = self._there["team"]
        in_files = {row.key for sheet in sheets if sheet.kind == "team" for row in sheet.rows}
        told = {(there[key], key.partition("|")[0]) for key in in_files if key in there}
        told |= {
            (there[like], key.partition("|")[0])
            for (kind, key), like in self._alias.items()
            if kind == "team" and like in there
        }
        for key, record_id in there.items():
            name = (record_id, key.partition("|")[0])
            if name not in told:
                told.add(name)
                yield key

    # --- the register ---

    def _register(
        self, sheets: Iterable[SheetRows]
    ) -> tuple[Mapping[tuple[UUID, UUID], RowState], Mapping[UUID, queries.Values]]:
        lines = [row for sheet in sheets for row in sheet.rows if isinstance(row, RegisterRow)]
        marks = dict.fromkeys(mark for row in lines for mark in row.columns)
        columns: dict[MarkKey, UUID] = {
            mark: self._there["activities"][activity_key(*mark)]
            for mark in marks
            if activity_key(*mark) in self._there["activities"]
        }
        if not columns:
            return {}, {}
        states = queries.register_states(self._uow, columns.values())
        return states, queries.register_values(self._uow, columns, states)

    # --- one row ---

    def _plan(self, kind: str, row: AnyRow, lines: Mapping[UUID, queries.Values]) -> PlannedRow:
        last = self._last.get((kind, row.key))
        said = last.values if last else None
        if isinstance(row, RegisterRow):
            return self._plan_line(row, said, lines)
        like = self._alias.get((kind, row.key), "")
        record_id = self._there[kind].get(like or row.key)
        if like and record_id is None:
            fields_kept = tuple(FieldCompare(key, None, None, new, Fate.KEPT) for key, new in row.values.items())
            return PlannedRow(row, None, RowCompare(Outcome.SAME, fields_kept), like)
        ours = None if record_id is None else sharpened(self._held[kind].values[record_id], said, row.values)
        return PlannedRow(row, record_id, compare(said, ours, row.values))

    def _plan_line(
        self, row: RegisterRow, said: Mapping[str, Value] | None, lines: Mapping[UUID, queries.Values]
    ) -> PlannedRow:
        child_id = self._there["young carers"].get(row.key)
        marks = lines.get(child_id) if child_id else None
        # A child whose marks were all taken back here still has a line: it is not brought in a second time.
        ours = None if marks is None and said is None else {**(marks or {}), "child_ref": row.child_ref}
        if ours is not None:
            said = _facts_before_plans(said, ours, row.values)
        return PlannedRow(row, child_id, compare(said, ours, row.values))


def _facts_before_plans(
    last: Mapping[str, Value] | None, ours: Mapping[str, Value], new: Mapping[str, Value]
) -> Mapping[str, Value] | None:
    """What was imported last, as if it were ours where the book now says who came and here is only a plan.

    A place given or given up here since does not stand against what happened. A mark taken back here does.
    """
    told = last or {}
    known = {
        name: ours.get(name)
        for name, code in new.items()
        if name.startswith(MARK)
        and code in CAME_OR_NOT
        and ours.get(name) not in CAME_OR_NOT
        and told.get(name) != code
    }
    return {**told, **known} if known else last


def _people(rows: Iterable[AnyRow]) -> list[ChildRow | AdultRow]:
    return [row for row in rows if isinstance(row, ChildRow | AdultRow)]


def _without(sheet: SheetRows, asks: Iterable[Asked]) -> SheetRows:
    asked = {(one.ask.ref, one.ask.row) for one in asks}
    return replace(sheet, rows=tuple(row for row in sheet.rows if (row.ref, row.row_number) not in asked))


def _settled(sheet: SheetRows, last: Mapping[tuple[str, str], Last]) -> SheetRows:
    """The rows as the club's records can say them, so that the same file compares as the same."""
    rows = [_settled_row(row) for row in sheet.rows]
    identified = {home_of(row) for row in rows if isinstance(row, ChildRow) and row.parent_carer_identified}
    here = {row.key for row in rows}
    identified |= {_home_told(one) for (kind, key), one in last.items() if kind == sheet.kind and key not in here}
    identified -= {None}
    return replace(sheet, rows=tuple(_with_siblings(row, identified) for row in rows))


def _settled_row(row: AnyRow) -> AnyRow:
    if isinstance(row, RegisterRow):
        return replace(row, given=row.given - {"name"})
    if isinstance(row, ChildRow):
        status, more = fields.child_status(row.status)
        notes = "\n".join(text for text in (row.notes, more) if text)
        return replace(row, status=status.value, notes=notes, given=row.given | ({"notes"} if more else set()))
    return row


def home_of(row: ChildRow) -> tuple[str, ...] | None:
    """What siblings share: address, postcode, parent and phone; None when too little is known to tell."""
    return home_key(row.address, row.postcode, row.carer, row.tel_1)


def home_key(address: str, postcode: str, parent: str, phone: str) -> tuple[str, ...] | None:
    """Two children with an equal key are of one family."""
    if not address or not parent:
        return None
    digits = "".join(letter for letter in phone if letter.isdigit())
    return folded(address), folded(postcode).replace(" ", ""), folded(parent), digits


def _home_told(last: Last) -> tuple[str, ...] | None:
    """The home of a parent carer whose child's row said so once, and is not in this file: that still holds."""
    if not last.values.get("parent_carer_identified"):
        return None
    return home_key(*(str(last.values.get(key) or "") for key in ("address", "postcode", "carer", "tel_1")))


def _with_siblings(row: AnyRow, identified: set[tuple[str, ...] | None]) -> AnyRow:
    if isinstance(row, ChildRow) and home_of(row) in identified and "parent_carer_identified" in row.given:
        return replace(row, parent_carer_identified=True)
    return row


def _unordered(value: Value) -> list[str]:
    people = value if isinstance(value, list) else []
    return sorted("|".join(map(folded, [one] if isinstance(one, str) else one)) for one in people)


# Where the club keeps less than the file says: two values are alike when this makes the same of both.
_BLURS: Mapping[str, Callable[[Value], object]] = MappingProxyType(
    {
        **dict.fromkeys(
            ("wheelchair", "parental_responsibility", "parent_carer_identified", "info_pack", "paid"), bool
        ),
        **dict.fromkeys(("wheelchair_places", "seats_lost", "boosters", "support_ratio"), lambda value: value or 0),
        **dict.fromkeys(("venue", "lead"), lambda value: folded(str(value or ""))),
        **dict.fromkeys(("others", "may_collect", "must_not_collect"), _unordered),
        "transport": lambda value: value == "minibus",
    }
)


def sharpened(
    ours: Mapping[str, Value], last: Mapping[str, Value] | None, new: Mapping[str, Value]
) -> dict[str, Value]:
    """Our values, each in the words of the file where the two mean the same."""
    found = dict(ours)
    for key, blur in _BLURS.items():
        if key not in new:
            continue
        said = (new[key], *([last[key]] if last and key in last else []), None)
        found[key] = next((one for one in said if blur(one) == blur(ours.get(key))), ours.get(key))
    return found
