"""What one must be allowed, to take a change of each table back and to see that it happened.

Every journaled table stands in both, and a test holds them to it.
"""

from collections.abc import Collection, Iterator, Mapping
from typing import Any
from uuid import UUID

from models.access.permissions import Permission
from models.history.folding import Net
from models.programme import rules as programme
from models.registers import rules as registers
from models.transport import rules as transport

MAY_CHANGE: Mapping[str, Permission] = {
    "access_event": Permission.PEOPLE,
    "account": Permission.PEOPLE,
    "activity": Permission.PLAN,
    "adult": Permission.EDIT_TEAM,
    "booking": Permission.PLAN,
    "child": Permission.EDIT_FAMILIES,
    "child_file": Permission.PRIVACY,
    "chore": Permission.REGISTER,
    "club": Permission.SETTINGS,
    "collection_today": Permission.REGISTER,
    "collector": Permission.EDIT_FAMILIES,
    "concern": Permission.CONCERNS,
    "consent": Permission.CONSENTS,
    "contact": Permission.EDIT_FAMILIES,
    "duty": Permission.PLAN,
    "erased_adult": Permission.PRIVACY,
    "erased_child": Permission.PRIVACY,
    "family": Permission.EDIT_FAMILIES,
    "go_ahead": Permission.GO_AHEAD,
    "imported": Permission.IMPORT,
    "journal_erasure": Permission.PRIVACY,
    "leg": Permission.TRANSPORT,
    "legal_hold": Permission.PRIVACY,
    "mark": Permission.REGISTER,
    "pack_copy": Permission.PRINT,
    "register_day": Permission.REGISTER,
    "register_sheet": Permission.PRINT,
    "restore": Permission.RESTORE,
    "retention_longer": Permission.PRIVACY,
    "retention_span": Permission.PRIVACY,
    "seat": Permission.TRANSPORT,
    "subject_decision": Permission.PRIVACY,
    "subject_request": Permission.PRIVACY,
    "term": Permission.PLAN,
    "vehicle": Permission.TRANSPORT,
    "venue": Permission.PLAN,
}
# The day's own tables are seen by all who work on it; the rest only by who keeps it, or by who may see families.
MAY_SEE: Mapping[str, Permission] = {
    **MAY_CHANGE,
    **dict.fromkeys(
        ("activity", "booking", "chore", "club", "duty", "leg", "mark", "register_day", "register_sheet", "seat",
         "term", "vehicle", "venue"),
        Permission.SEE_DAY,
    ),
    **dict.fromkeys(
        ("child", "collection_today", "collector", "consent", "contact", "family", "go_ahead"), Permission.SEE_FAMILIES
    ),
}  # fmt: skip
# Fields of those tables that are not for everybody who works on the day.
NOTES: Mapping[str, Collection[str]] = {
    "activity": programme.NOTES_OF_ACTIVITY,
    "booking": programme.NOTES_OF_BOOKING,
    "duty": programme.NOTES_OF_DUTY,
    "leg": transport.NOTES_OF_LEG,
    "mark": registers.NOTES_OF_MARK,
}


def needed(effect: Net, change: Collection[Net]) -> frozenset[Permission]:
    """What it takes to do this to a record, within all that a change did: what the verb itself asks for.

    Taking the register closes an activity, keeps a note with a place, and writes down a child nobody knew.
    """
    table, touched = effect.kind.__tablename__, _touched(effect)
    if table == "activity" and touched == {"status"} and "delivered" in _values(effect, "status"):
        return frozenset({Permission.REGISTER})
    if table == "booking" and touched == {"note"}:
        return frozenset({Permission.REGISTER})
    if not touched and effect.record_id in _came_unknown(change):
        return frozenset({Permission.REGISTER})
    if table == "adult" and "cleared_on" in touched:
        return frozenset({Permission.CLEAR_ADULTS, Permission.EDIT_TEAM})
    if table == "go_ahead" and not touched and any(_values(effect, "phoned")):
        return frozenset({Permission.CONFIRM})  # on the day, by somebody who phoned a manager
    return frozenset({MAY_CHANGE[table]})


def _touched(effect: Net) -> set[str]:
    """The fields changed in a record that was there before and after."""
    if effect.before is None or effect.after is None:
        return set()
    return {*effect.before, *effect.after} - {"version"}


def _values(effect: Net, name: str) -> list[Any]:
    return [fields[name] for fields in (effect.before, effect.after) if fields and name in fields]


def _came_unknown(change: Collection[Net]) -> set[UUID]:
    """The child who was written down at the door, with the family and the number to ring, and signed in at once."""
    signed_in = {child for each in change if each.kind.__tablename__ == "mark" for child in _ids(each, "child_id")}
    made = [each for each in change if each.before is None or each.after is None]
    young = [each for each in made if each.kind.__tablename__ == "child" and each.record_id in signed_in]
    homes = {home for each in young for home in _ids(each, "family_id")}
    around = [
        each.record_id
        for each in made
        if (each.kind.__tablename__ == "family" and each.record_id in homes)
        or (each.kind.__tablename__ == "contact" and homes & set(_ids(each, "family_id")))
    ]
    return {*(each.record_id for each in young), *around}


def _ids(effect: Net, name: str) -> Iterator[UUID]:
    return (UUID(value) for value in _values(effect, name) if value)
