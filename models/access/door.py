"""What happened at the door of the club, as managers read it: in plain words, and newest first."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from models.access.denials import lacked
from models.access.permissions import Permission, needs
from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.kernel.words import counted
from models.storage.uow import UnitOfWork

SOMEBODY = "Somebody"
_PLAIN: Mapping[AccessKind, str] = {
    AccessKind.WRONG_PASSWORDS: "Signed in after wrong passwords.",
    AccessKind.FIRE_LIST: "The fire list was opened without a password.",
    AccessKind.RECOVERED: "The recovery key was typed in.",
    AccessKind.REKEYED: "Made a new key for the file.",
    AccessKind.KEYS_PUT_BACK: "The keys file was put back.",
}
"""What is said where nothing nearer was written down."""
_LOCKED = "Opened while locked: "
_MORE = "The same was refused {often} more, shortly before."


@dataclass(frozen=True)
class DoorRow:
    """Something at the door: who it was as far as known, what in one sentence, and when (aware UTC)."""

    who: str
    what: str
    at: datetime


@needs(Permission.PEOPLE)
def at_the_door(uow: UnitOfWork) -> tuple[DoorRow, ...]:
    """Everything remembered of the door, newest first."""
    kept = select(AccessEvent).order_by(AccessEvent.at.desc(), AccessEvent.id.desc())
    return tuple(_row(event) for event in uow.session.scalars(kept))


def _row(event: AccessEvent) -> DoorRow:
    if event.kind is AccessKind.FIRE_LIST:  # the screen was locked: whoever opened it need not be who was signed in
        last = f" {event.who} was the last one signed in." if event.who else ""
        return DoorRow(SOMEBODY, f"{_in_words(event.kind, event.detail)}{last}", event.at)
    return DoorRow(event.who or SOMEBODY, _in_words(event.kind, event.detail), event.at)


def _in_words(kind: AccessKind, detail: str) -> str:
    """One sentence: Tried something they may not do: edit families."""
    if kind is AccessKind.DENIED:
        permission, again = lacked(detail)
        what = f": {permission}" if permission in frozenset(Permission) else ""
        more = f" {_MORE.format(often=counted(again, 'time'))}" if again else ""
        return f"Tried something they may not do{what}.{more}"
    if not detail:
        return _PLAIN[kind]
    if kind is AccessKind.WRONG_PASSWORDS:
        return f"Signed in after {detail[:1].lower()}{detail[1:]}."
    if kind is AccessKind.FIRE_LIST:
        return f"The fire list was opened without a password: {detail.removeprefix(_LOCKED)}."
    return detail
