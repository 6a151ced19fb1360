"""What is written down when somebody is refused."""

from datetime import datetime

from models.access.records import AccessEvent
from models.access.rules import AccessKind
from models.kernel.actor import Actor
from models.kernel.errors import Denied

MOST = 300
_NEEDS = " needs: "


def event_of(denied: Denied, actor: Actor, at: datetime) -> AccessEvent:
    """The entry of the journal: who tried what, and which permission they lack. No child is named in it."""
    detail = f"{denied.verb or 'something'}{_NEEDS}{denied.permission or 'more'}"
    return AccessEvent(kind=AccessKind.DENIED, who=actor.name[:120], detail=detail[:MOST], at=at)


def lacked(detail: str) -> str:
    """Which permission was lacked, of an entry written above."""
    return detail.rpartition(_NEEDS)[2]
