"""What the Privacy screen reads: plain rows, and only those the person may see."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from models.access.rules import Permission
from models.history import queries as history
from models.history.words import field_words
from models.people import queries as people
from models.privacy import erasure, holds, requests, retention, since
from models.privacy.due import Due
from models.privacy.erasure import Erased, Preview
from models.privacy.holds import Hold
from models.privacy.requests import Request
from models.privacy.retention import SpanRow
from models.privacy.since import Back


@dataclass(frozen=True)
class Picture:
    """Everything on the lists. `manager`: may release, hold and erase; without that only requests are read.

    `back` are those whom a restore brought back.
    """

    manager: bool
    children: tuple[tuple[UUID, str], ...]
    requests: tuple[Request, ...]
    due: tuple[Due, ...] = ()
    holds: tuple[Hold, ...] = ()
    spans: tuple[SpanRow, ...] = ()
    erased: tuple[Erased, ...] = ()
    back: tuple[Back, ...] = ()


@dataclass(frozen=True)
class ChildPicture:
    """One child on this screen. `hold` None: there is none."""

    child_id: UUID
    called: str
    manager: bool
    requests: tuple[Request, ...]
    hold: Hold | None = None
    safeguarding: bool = False


def read_page(uow: Any) -> Picture:
    """The lists."""
    manager = uow.actor.may(Permission.PRIVACY)
    children = tuple((one.id, one.full_name) for one in people.children(uow))
    asked = requests.requests(uow)
    if not manager:
        return Picture(False, children, asked)
    return Picture(
        True, children, asked, retention.due_for_review(uow), holds.holds(uow), retention.spans(uow),
        erasure.erasures(uow), since.back(uow),
    )  # fmt: skip


def read_child(uow: Any, child_id: UUID) -> ChildPicture:
    """One child. Raises NotFound."""
    called = people.child(uow, child_id).called
    manager = uow.actor.may(Permission.PRIVACY)
    asked = requests.requests(uow, child_id)
    if not manager:
        return ChildPicture(child_id, called, False, asked)
    held = holds.holds(uow, [child_id])
    flag = retention.has_safeguarding_history(uow, child_id)
    return ChildPicture(child_id, called, True, asked, held[0] if held else None, flag)


def in_words(uow: Any, found: Preview) -> Preview:
    """The same, with where each doubtful text stands: the notes of Saturday club, Sat 5 Dec."""
    called = history.titles(uow, [(one.table, one.id) for one in found.doubts])
    told = (replace(one, where=f"The {field_words(one.table, one.column)} of {called[one.id]}") for one in found.doubts)
    return replace(found, doubts=tuple(told))
