"""Three ways: importing twice changes nothing and never reverts what was edited here."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.intake.compare import Fate, Outcome, compare
from models.intake.typed import Value

VALUES = st.one_of(
    st.none(), st.booleans(), st.integers(0, 9), st.text(max_size=3), st.lists(st.text(max_size=2), max_size=2)
)
ROWS = st.dictionaries(st.sampled_from("abcd"), VALUES)


@pytest.mark.parametrize(
    ("last", "ours", "new", "fate"),
    [
        ("a", "a", "b", Fate.CHANGE),
        ("a", "a", None, Fate.CHANGE),
        ("a", "a", "a", Fate.SAME),
        ("a", "b", "b", Fate.SAME),
        ("a", "b", "a", Fate.KEPT),
        ("a", "", "a", Fate.KEPT),
        ("a", "b", "c", Fate.CONFLICT),
        (None, "", None, Fate.SAME),
        ([], None, "", Fate.SAME),
    ],
)
def test_each_value_has_its_fate(last: Value, ours: Value, new: Value, fate: Fate) -> None:
    result = compare({"x": last}, {"x": ours}, {"x": new})
    assert [field.fate for field in result.fields] == [fate]
    assert result.changes == ({"x": new} if fate is Fate.CHANGE else {})
    assert len(result.conflicts) == (fate is Fate.CONFLICT)
    assert result.outcome is (Outcome.CHANGE if fate is Fate.CHANGE else Outcome.SAME)


@pytest.mark.parametrize(
    ("ours", "new", "fate"),
    [("a", "b", Fate.CONFLICT), ("", "b", Fate.CHANGE), ("a", None, Fate.KEPT), ("a", "a", Fate.SAME)],
)
def test_a_row_typed_by_hand_is_filled_in_and_never_overwritten(ours: Value, new: Value, fate: Fate) -> None:
    assert [field.fate for field in compare(None, {"x": ours}, {"x": new}).fields] == [fate]
    assert [field.fate for field in compare({"y": "z"}, {"x": ours}, {"x": new}).fields] == [fate]


def test_a_column_the_file_has_not_says_nothing() -> None:
    assert compare({"x": "a", "notes": "n"}, {"x": "a", "notes": "n"}, {"x": "a"}).changes == {}


def test_new_rows_are_added_and_rows_taken_out_here_stay_out() -> None:
    added = compare(None, None, {"x": "a", "y": None})
    assert (added.outcome, added.changes) == (Outcome.ADD, {"x": "a", "y": None})
    gone = compare({"x": "a"}, None, {"x": "b"})
    assert (gone.outcome, gone.changes) == (Outcome.REMOVED_HERE, {})


@given(ROWS, ROWS, ROWS)
def test_importing_twice_changes_nothing(last: dict[str, Value], ours: dict[str, Value], new: dict[str, Value]) -> None:
    once = compare(last, ours, new)
    after = {**ours, **once.changes}
    assert compare(new, after, new).changes == {}
    assert compare({**last, **new}, after, new).outcome is Outcome.SAME


@given(ROWS, ROWS)
def test_what_was_edited_here_is_never_reverted(imported: dict[str, Value], edits: dict[str, Value]) -> None:
    assert compare(imported, {**imported, **edits}, imported).changes == {}
