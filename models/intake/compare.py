"""Three ways: what was imported last, what the club has now, what the file says now.

So importing twice changes nothing, and an import never reverts what was edited here.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from models.intake.typed import Value


class Outcome(StrEnum):
    """What becomes of one row."""

    ADD = "add"
    CHANGE = "change"
    SAME = "same"
    REMOVED_HERE = "removed here"


class Fate(StrEnum):
    """What becomes of one value.

    CHANGE: the file is newer and is taken. SAME: nothing to do. KEPT: edited here, the file has not moved. CONFLICT:
    edited here and in the file; ours stays and both are shown.
    """

    CHANGE = "change"
    SAME = "same"
    KEPT = "kept"
    CONFLICT = "conflict"


@dataclass(frozen=True)
class FieldCompare:
    """One value, three ways."""

    key: str
    last: Value
    ours: Value
    new: Value
    fate: Fate


@dataclass(frozen=True)
class RowCompare:
    """One row, three ways.

    Attributes:
        outcome: ADD when the club has none of it; REMOVED_HERE when it was imported once and taken out since: it
            stays out; otherwise CHANGE when a value changes, or SAME.
        fields: every value the file gives, in the file's order.
    """

    outcome: Outcome
    fields: tuple[FieldCompare, ...]

    @property
    def changes(self) -> dict[str, Value]:
        """The values to write."""
        return {field.key: field.new for field in self.fields if field.fate is Fate.CHANGE}

    @property
    def conflicts(self) -> tuple[FieldCompare, ...]:
        """The values changed on both sides, where ours stays."""
        return tuple(field for field in self.fields if field.fate is Fate.CONFLICT)


def compare(last: Mapping[str, Value] | None, ours: Mapping[str, Value] | None, new: Mapping[str, Value]) -> RowCompare:
    """Compares a row's canonical values (`Row.values`).

    `last` is None when the row never came from a file, `ours` when the club has not got it. Only keys of `new` count:
    a column the file has not says nothing.
    """
    if ours is None:
        fate = Fate.CHANGE if last is None else Fate.KEPT
        fields = tuple(FieldCompare(key, (last or {}).get(key), None, value, fate) for key, value in new.items())
        return RowCompare(Outcome.ADD if last is None else Outcome.REMOVED_HERE, fields)
    fields = tuple(
        FieldCompare(key, (last or {}).get(key), ours.get(key), value, _fate(key, last, ours.get(key), value))
        for key, value in new.items()
    )
    changed = any(field.fate is Fate.CHANGE for field in fields)
    return RowCompare(Outcome.CHANGE if changed else Outcome.SAME, fields)


def _fate(key: str, last: Mapping[str, Value] | None, ours: Value, new: Value) -> Fate:
    if _same(ours, new):
        return Fate.SAME
    if last is None or key not in last:
        # Never imported: an empty place is filled, what somebody wrote here stays, an empty cell says nothing.
        if _is_blank(new):
            return Fate.KEPT
        return Fate.CHANGE if _is_blank(ours) else Fate.CONFLICT
    if _same(last[key], new):
        return Fate.KEPT
    return Fate.CHANGE if _same(last[key], ours) else Fate.CONFLICT


def _same(one: Value, other: Value) -> bool:
    return one == other or (_is_blank(one) and _is_blank(other))


def _is_blank(value: Value) -> bool:
    return value is None or value in ("", [])
