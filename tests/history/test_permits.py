"""Every journaled table says what it takes to take a change of it back, and to see that it happened."""

from uuid import UUID

import pytest

from models.access.rules import Permission
from models.history.folding import Net, kind_of
from models.history.permits import MAY_CHANGE, MAY_SEE, NOTES, needed
from models.kernel.ids import seeded_ids
from models.schema import METADATA
from models.storage.base import Base

NEW_ID = seeded_ids(21)
JOURNALED = {each.class_.__tablename__ for each in Base.registry.mappers if each.class_.journaled}


def test_every_journaled_table_stands_in_both() -> None:
    assert set(MAY_CHANGE) == set(MAY_SEE) == JOURNALED
    assert set(METADATA.tables) >= JOURNALED


def test_what_is_hidden_of_a_table_are_columns_of_it() -> None:
    for table, names in NOTES.items():
        assert set(names) <= set(METADATA.tables[table].columns.keys())


def change(
    table: str, before: dict[str, object] | None, after: dict[str, object] | None, key: UUID | None = None
) -> Net:
    return Net(kind_of(table), key or NEW_ID(), before, after)


@pytest.mark.parametrize(
    ("effect", "permission"),
    [
        (change("activity", {"status": "confirmed"}, {"status": "delivered"}), Permission.REGISTER),
        (change("activity", {"status": "draft"}, {"status": "confirmed"}), Permission.PLAN),
        (change("activity", {"status": "draft", "title": "A"}, {"status": "delivered", "title": "B"}), Permission.PLAN),
        (change("booking", {"note": ""}, {"note": "Late"}), Permission.REGISTER),
        (change("booking", {"note": "", "status": "booked"}, {"note": "Late", "status": "waiting"}), Permission.PLAN),
        (change("go_ahead", None, {"phoned": "Denise"}), Permission.CONFIRM),
        (change("go_ahead", None, {"phoned": ""}), Permission.GO_AHEAD),
        (change("go_ahead", {"countersigned_by": ""}, {"countersigned_by": "D"}), Permission.GO_AHEAD),
        (change("child", None, {"family_id": str(NEW_ID())}), Permission.EDIT_FAMILIES),
        (change("concern", None, {}), Permission.CONCERNS),
    ],
)
def test_it_takes_what_the_verb_asks_for(effect: Net, permission: Permission) -> None:
    assert needed(effect, [effect]) == {permission}


def test_a_child_written_down_at_the_door_is_the_registers() -> None:
    child, home = NEW_ID(), NEW_ID()
    came = [
        change("family", None, {"address": ""}, home),
        change("child", None, {"family_id": str(home)}, child),
        change("contact", None, {"family_id": str(home)}),
        change("mark", None, {"child_id": str(child), "kind": "in"}),
    ]
    assert {each for effect in came for each in needed(effect, came)} == {Permission.REGISTER}
    other = change("child", None, {"family_id": str(home)})
    assert needed(other, [*came, other]) == {Permission.EDIT_FAMILIES}
