"""What an import would do, for people to see before anything is written."""

from dataclasses import dataclass

from models.intake.compare import Fate, Outcome
from models.intake.kinds import kind_named
from models.intake.plan import Plan, PlannedRow, PlannedSheet
from models.intake.recognise import Recognised
from models.intake.rows import Refusal, SheetRows
from models.intake.tables import RawTable
from models.intake.typed import Value


@dataclass(frozen=True)
class Source:
    """One table and what it is taken for, after any correction of its columns."""

    table: RawTable
    found: Recognised


@dataclass(frozen=True)
class Unreadable:
    """A file (or sheet) that cannot be read at all, and why."""

    file: str
    reason: str


@dataclass(frozen=True)
class Sources:
    """Everything chosen for one import.

    Attributes:
        skipped: names of files that are no spreadsheets, passed over.
    """

    tables: tuple[Source, ...]
    unreadable: tuple[Unreadable, ...] = ()
    skipped: tuple[str, ...] = ()


@dataclass(frozen=True)
class FieldShown:
    """One value that changes, or that changed both here and in the file (`conflict`: ours stays)."""

    label: str
    ours: Value
    new: Value
    conflict: bool


@dataclass(frozen=True)
class RowShown:
    """One row that would be taken in; `fields` are the changes and conflicts of a row the club has."""

    ref: str
    row: int
    outcome: Outcome
    fields: tuple[FieldShown, ...] = ()


@dataclass(frozen=True)
class AskShown:
    """One question. Answer it by `decisions[kind, key]`; unanswered, the row stays out."""

    kind: str
    key: str
    ref: str
    row: int
    reason: str
    like: str


@dataclass(frozen=True)
class FilePreview:
    """What would become of one sheet of one file.

    Attributes:
        kind, title: the stable name and the name on screen; "" for a file that cannot be read.
        add, change, same: numbers of rows.
    """

    file: str
    kind: str
    title: str
    add: int
    change: int
    same: int
    refused: tuple[Refusal, ...]
    ask: tuple[AskShown, ...]
    rows: tuple[RowShown, ...]


@dataclass(frozen=True)
class Preview:
    """The whole import.

    Attributes:
        implied_venues: places that become venues with a name and nothing else.
        sheets: the rows as read, for `take_in`.
    """

    files: tuple[FilePreview, ...]
    skipped: tuple[str, ...]
    implied_venues: tuple[str, ...]
    sheets: tuple[SheetRows, ...]

    @property
    def clean(self) -> bool:
        """Whether nothing is refused and nothing has to be asked."""
        return not any(file.refused or file.ask for file in self.files)

    @property
    def writes(self) -> bool:
        """Whether there is anything to add or change."""
        return any(file.add or file.change for file in self.files)


def shown(plan: Plan, sources: Sources, sheets: tuple[SheetRows, ...]) -> Preview:
    """The preview of a plan made from these sources."""
    files = [_file(sheet) for sheet in plan.sheets]
    files += [_unreadable(one) for one in sources.unreadable]
    return Preview(tuple(files), sources.skipped, plan.implied_venues, sheets)


def _file(planned: PlannedSheet) -> FilePreview:
    sheet = planned.sheet
    outcomes = [row.compared.outcome for row in planned.rows]
    added, changed = outcomes.count(Outcome.ADD), outcomes.count(Outcome.CHANGE)
    asks = tuple(
        AskShown(sheet.kind, one.key, one.ask.ref, one.ask.row, one.ask.reason, one.ask.like) for one in planned.asks
    )
    return FilePreview(
        file=where(sheet.name, sheet.sheet),
        kind=sheet.kind,
        title=kind_named(sheet.kind).title if sheet.kind else "",
        add=added,
        change=changed,
        same=len(outcomes) - added - changed,
        refused=tuple(sorted(sheet.refusals, key=lambda refusal: refusal.row)),
        ask=asks,
        rows=tuple(_row(sheet.kind, row) for row in planned.rows),
    )


def where(name: str, sheet: str) -> str:
    """The file, and its sheet if it has one."""
    return f"{name}, sheet {sheet}" if sheet else name


def _row(kind: str, planned: PlannedRow) -> RowShown:
    row, compared = planned.row, planned.compared
    if compared.outcome in (Outcome.ADD, Outcome.REMOVED_HERE):
        return RowShown(row.ref, row.row_number, compared.outcome)
    seen = tuple(
        FieldShown(kind_named(kind).column(field.key).header, field.ours, field.new, field.fate is Fate.CONFLICT)
        for field in compared.fields
        if field.fate in (Fate.CHANGE, Fate.CONFLICT)
    )
    return RowShown(row.ref, row.row_number, compared.outcome, seen)


def _unreadable(one: Unreadable) -> FilePreview:
    refusal = Refusal("", 0, "", "", one.reason)
    return FilePreview(one.file, "", "", 0, 0, 0, (refusal,), (), ())
