"""What the records of others say of a child: notes on the club, on another child, on a decision."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import JSON, Enum, String, select

from models.access.permissions import inside_only
from models.privacy.traces import Traces, in_json
from models.storage.base import Base
from models.storage.uow import UnitOfWork

SAY_WHOSE = frozenset(
    {
        "legal_first", "legal_last", "known_as", "name", "title", "registration", "ref", "phone", "other_phone",
        "mobile", "email", "address", "postcode", "password", "device", "chain", "digest", "key", "holder",
        "school", "gp", "entered_by", "decided_by", "countersigned_by", "actor_name",
    }
)  # fmt: skip
"""Columns that say who or what another record is: never rewritten, whatever they happen to share with the child."""
ONLY_LOOKED_AT = frozenset({"title", "holder"})
"""Never rewritten either, but somebody should look: a club called after a child who leaves, a pack held by a mother."""
WHO_DID_IT = frozenset({"entered_by", "decided_by", "countersigned_by", "holder"})
"""An adult's name stands in these for what they did themselves: taken out with the adult, and no doubt else."""
UNTOUCHED = frozenset({"journal_change", "journal_entry", "journal_erasure", "key_slots_copy", "club"})


@dataclass(frozen=True)
class Mention:
    """A text of another record. `certain`: it tells of this child; else of somebody who is called the same, perhaps.

    `where` says which record it is, in the reader's words, once somebody has looked that up.
    """

    table: str
    id: UUID
    column: str
    value: Any
    certain: bool
    where: str = ""


@inside_only
def mentions(uow: UnitOfWork, own: Collection[UUID], traces: Traces, *, adult: bool = False) -> Iterator[Mention]:
    """Each text, in every table, that tells or may tell; `own` are the own records of the child, or of the `adult`."""
    did = WHO_DID_IT if adult else frozenset[str]()
    for table in Base.metadata.sorted_tables:
        columns = [one for one in table.columns if _may_tell(one, did)]
        if table.name in UNTOUCHED or "id" not in table.columns or not columns:
            continue
        for row in uow.session.execute(select(table.c.id, *columns).execution_options(yield_per=500)):
            if row[0] not in own:
                said = dict(zip((one.key for one in columns), row[1:], strict=True))
                yield from _in_row(table.name, row[0], said, traces, did)


def _may_tell(column: Any, did: frozenset[str]) -> bool:
    text = isinstance(column.type, String) and not isinstance(column.type, Enum)
    return (text or isinstance(column.type, JSON)) and column.key not in SAY_WHOSE - ONLY_LOOKED_AT - did


def _in_row(
    table: str, record_id: UUID, said: Mapping[str, Any], traces: Traces, did: Collection[str]
) -> Iterator[Mention]:
    for name, value in said.items():
        if in_json(value, traces) and (name not in ONLY_LOOKED_AT or name in did):
            yield Mention(table, record_id, name, value, True)
        elif name in did:
            continue
        elif isinstance(value, str) and traces.anyone_in(value):
            yield Mention(table, record_id, name, value, False)
