"""What the files say about each other, and about what the club already holds."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace

from models.intake.clean import folded
from models.intake.likeness import Person, child_person, may_be
from models.intake.rows import Refusal, SheetRows
from models.intake.typed import ActivityRow, AdultRow, AnyRow, ChildRow, MarkKey, RegisterRow, VenueRow, activity_key
from models.kernel import dates


@dataclass(frozen=True)
class Known:
    """What is in the club already, in the form of the typed rows' `key`.

    Attributes:
        children: keys of children (`folded` Refs).
        activities: keys as `typed.activity_key` makes them.
        adults: keys of adults, "folded name|birth date".
        venues: `folded` names of venues.
        names: who a child’s key is, as the club has them.
    """

    children: frozenset[str] = frozenset()
    activities: frozenset[str] = frozenset()
    adults: frozenset[str] = frozenset()
    venues: frozenset[str] = frozenset()
    names: Mapping[str, Person] = field(default_factory=dict)


@dataclass(frozen=True)
class Checked:
    """The files once they agree.

    Attributes:
        sheets: the same sheets in the same order; rows that hang on something refused or unknown are among the
            refusals now.
        implied_venues: places activities name that no venue row does and the club has not: they become venues with
            a name and nothing else.
    """

    sheets: tuple[SheetRows, ...]
    implied_venues: tuple[str, ...] = field(default=())


def check_across(sheets: Sequence[SheetRows], known: Known) -> Checked:
    """Takes out repeats between files, activities with unknown adults, and register lines and marks left hanging.

    A register line whose child is out, or whose name is not that child’s, stays out whole; a mark whose activity is
    out stays out by itself.
    """
    apart = _without_repeats(sheets)
    named = Counter(key.partition("|")[0] for key in known.adults | _keys(apart, AdultRow))
    checked = tuple(_check_activities(sheet, named) for sheet in apart)
    children = known.children | _keys(checked, ChildRow)
    activities = known.activities | _keys(checked, ActivityRow)
    named_so = _children_named(checked, known)
    checked = tuple(_check_names(_check_register(sheet, children, activities), named_so) for sheet in checked)
    return Checked(checked, _implied_venues(checked, known))


def _keys(sheets: Iterable[SheetRows], kind: type) -> frozenset[str]:
    return frozenset(row.key for sheet in sheets for row in sheet.rows if isinstance(row, kind))


def _without_repeats(sheets: Sequence[SheetRows]) -> tuple[SheetRows, ...]:
    """Each thing once, from the first sheet that has it. The register may go on in another file, mark by mark."""
    first: dict[tuple[str, str], str] = {}
    result = []
    for number, sheet in enumerate(sheets):
        rows: list[AnyRow] = []
        refusals = list(sheet.refusals)
        for row in sheet.rows:
            where = f"row {row.row_number} of {f'{sheet.name} {sheet.sheet}'.strip()}"
            if isinstance(row, RegisterRow):
                once, problems = _marks_once(row, f"{number} {where}", first)
                refusals.extend(problems)
                rows.append(once)
            elif first.setdefault((sheet.kind, row.key), f"{number} {where}") == f"{number} {where}":
                rows.append(row)
            else:
                earlier = first[sheet.kind, row.key].partition(" ")[2]
                refusals.append(Refusal(row.ref, row.row_number, "", row.ref, f"is already on {earlier}"))
        result.append(replace(sheet, rows=tuple(rows), refusals=tuple(refusals)))
    return tuple(result)


def _marks_once(row: RegisterRow, where: str, first: dict[tuple[str, str], str]) -> tuple[RegisterRow, list[Refusal]]:
    repeated = [mark for mark in row.columns if first.setdefault((row.key, activity_key(*mark)), where) != where]
    reason = "is in the register of another file too"
    problems = [
        Refusal(row.ref, row.row_number, f"{dates.numeric(mark[0])} {mark[1]}", row.marks[mark], reason)
        for mark in repeated
        if mark in row.marks
    ]
    marks = {mark: code for mark, code in row.marks.items() if mark not in repeated}
    columns = tuple(mark for mark in row.columns if mark not in repeated)
    return replace(row, marks=marks, columns=columns), problems


def _check_activities(sheet: SheetRows, named: Mapping[str, int]) -> SheetRows:
    rows: list[AnyRow] = []
    refusals = list(sheet.refusals)
    for row in sheet.rows:
        problems = _adult_problems(row, named) if isinstance(row, ActivityRow) else []
        refusals.extend(problems)
        if not problems:
            rows.append(row)
    return replace(sheet, rows=tuple(rows), refusals=tuple(refusals))


def _adult_problems(row: ActivityRow, named: Mapping[str, int]) -> list[Refusal]:
    problems = []
    for place, name in enumerate(row.adults):
        column = "Lead" if place == 0 and row.lead else "Other adults"
        count = named.get(folded(name), 0)
        if count == 0:
            reason = "is not in the team; add this adult to the team or correct the name"
            problems.append(Refusal(row.ref, row.row_number, column, name, reason))
        elif count > 1:
            reason = f"is the name of {count} adults in the team, so it cannot be told who is meant"
            problems.append(Refusal(row.ref, row.row_number, column, name, reason))
    return problems


def _check_register(sheet: SheetRows, children: frozenset[str], activities: frozenset[str]) -> SheetRows:
    rows: list[AnyRow] = []
    refusals = list(sheet.refusals)
    for row in sheet.rows:
        if not isinstance(row, RegisterRow):
            rows.append(row)
        elif row.key not in children:
            reason = "is no child on the tracker, or one that was refused"
            refusals.append(Refusal(row.ref, row.row_number, "Ref", row.ref, reason))
        else:
            kept, hanging = _check_marks(row, activities)
            rows.append(kept)
            refusals.extend(hanging)
    return replace(sheet, rows=tuple(rows), refusals=tuple(refusals))


def _children_named(sheets: Iterable[SheetRows], known: Known) -> dict[str, list[Person]]:
    """Who each child’s key is: as the club has them, and as the files have them now."""
    found = {key: [person] for key, person in known.names.items()}
    for sheet in sheets:
        for row in sheet.rows:
            if isinstance(row, ChildRow):
                found.setdefault(row.key, []).append(child_person(row))
    return found


def _check_names(sheet: SheetRows, named: Mapping[str, Sequence[Person]]) -> SheetRows:
    """A line with another child’s name beside its Ref would put that child’s visits to this one."""
    rows: list[AnyRow] = []
    refusals = list(sheet.refusals)
    for row in sheet.rows:
        people = named.get(row.key, ()) if isinstance(row, RegisterRow) and row.name else ()
        if isinstance(row, RegisterRow) and people and not any(may_be(row.name, one) for one in people):
            called = f"{people[-1].first} {people[-1].last}"
            reason = f"is not the name of {row.ref} on the tracker, {called}; correct the name or the Ref"
            refusals.append(Refusal(row.ref, row.row_number, "Name", row.name, reason))
        else:
            rows.append(row)
    return replace(sheet, rows=tuple(rows), refusals=tuple(refusals))


def _check_marks(row: RegisterRow, activities: frozenset[str]) -> tuple[RegisterRow, list[Refusal]]:
    def is_there(mark: MarkKey) -> bool:
        return activity_key(*mark) in activities

    reason = "marks an activity that is not in the programme, or one that was refused"
    hanging = [
        Refusal(row.ref, row.row_number, f"{dates.numeric(mark[0])} {mark[1]}", code, reason)
        for mark, code in row.marks.items()
        if not is_there(mark)
    ]
    marks = {mark: code for mark, code in row.marks.items() if is_there(mark)}
    return replace(row, marks=marks, columns=tuple(mark for mark in row.columns if is_there(mark))), hanging


def _implied_venues(sheets: Iterable[SheetRows], known: Known) -> tuple[str, ...]:
    there = known.venues | _keys(sheets, VenueRow)
    places = {
        folded(row.venue): row.venue
        for sheet in sheets
        for row in sheet.rows
        if isinstance(row, ActivityRow) and row.venue and folded(row.venue) not in there
    }
    return tuple(places.values())
