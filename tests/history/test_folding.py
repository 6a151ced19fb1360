"""What a change did on balance, however often it touched a record."""

from uuid import UUID

import pytest

from models.history.folding import Net, kind_of, net
from models.people.records import FamilyRecord
from models.storage.journal import EntryRecord, Fields

HOME = UUID(int=5)


def entry(before: Fields | None, after: Fields | None) -> EntryRecord:
    return EntryRecord(table_name="family", record_id=HOME, before=before, after=after)


@pytest.mark.parametrize(
    ("steps", "before", "after"),
    [
        ([({"notes": "a"}, {"notes": "b"}), ({"notes": "b"}, {"notes": "c"})], {"notes": "a"}, {"notes": "c"}),
        ([(None, {"notes": "a", "gp": "x"}), ({"notes": "a"}, {"notes": "b"})], None, {"notes": "b", "gp": "x"}),
        ([({"notes": "a"}, {"notes": "b"}), ({"notes": "b", "gp": "x"}, None)], {"notes": "a", "gp": "x"}, None),
        ([({"notes": "a"}, None), (None, {"notes": "b"})], {"notes": "a"}, {"notes": "b"}),
    ],
)  # fmt: skip
def test_on_balance(
    steps: list[tuple[Fields | None, Fields | None]], before: Fields | None, after: Fields | None
) -> None:
    assert net([entry(*step) for step in steps]) == (Net(FamilyRecord, HOME, before, after),)


def test_what_came_and_went_is_left_out() -> None:
    assert net([entry(None, {"notes": "a"}), entry({"notes": "a"}, {"notes": "b"}), entry({"notes": "b"}, None)]) == ()


def test_a_table_of_no_record() -> None:
    with pytest.raises(KeyError):
        kind_of("teapot")
