"""What is held of a child, as it was decided line by line: on paper, and as JSON for another system to read.

Until it is released every page says DRAFT, and so does the JSON.
"""

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from pathlib import Path
from typing import Any
from uuid import UUID

from models.access.permissions import Permission, needs
from models.documents import facts, queries
from models.documents.blocks import heading, note, para, title
from models.documents.press import Press
from models.documents.sheet import Sheet
from models.documents.table import Column, table
from models.documents.wording import printed
from models.kernel.dates import long
from models.kernel.words import counted
from models.privacy import requests
from models.privacy.requests import Draft, DraftLine
from models.privacy.rules import Decision
from models.storage.uow import UnitOfWork

DRAFT = "DRAFT, not released"
NOT_DECIDED = "[not decided yet]"
_WORDS = Column("What", 62, bold=True)
_SAID = Column("What is held", 112)


@dataclass(frozen=True)
class Answer:
    """The answer in memory. `title` is fit for a file name and names no child; `draft`: not to be handed over."""

    title: str
    pdf: bytes
    json: bytes
    draft: bool

    @property
    def digest(self) -> str:
        """SHA-256 of what the JSON says: the same answer has the same digest whenever it is made."""
        return digest_of(json.loads(self.json))


@needs(Permission.EDIT_FAMILIES)
def subject_draft(uow: UnitOfWork, request_id: UUID) -> Answer:
    """The answer as it stands, marked DRAFT on every page unless it is released. Raises NotFound."""
    return _made(requests.draft(uow, request_id), queries.club(uow), uow.clock.now())


@needs(Permission.PRIVACY)
def release_answer(uow: UnitOfWork, request_id: UUID, version: int | None, stand: str = "") -> Answer:
    """Releases the answer and makes it, in one change; `stand` is of the draft that was shown (see `release`).

    Raises Refused while a line is undecided, or where something changed since; NotFound, Stale.
    """
    held = requests.draft(uow, request_id)
    requests.release(uow, request_id, version, digest_of(as_json(held, queries.club(uow).name)), stand)
    uow.flush()
    return subject_draft(uow, request_id)


def as_json(held: Draft, club: str) -> dict[str, Any]:
    """The decided lines for another system to read; what is left out is not in it, not even as a name."""
    request = held.request
    sections = [
        {"title": name, "lines": [{"what": one.label, "said": _said(one)} for one in lines]}
        for name, lines in _sections(held)
    ]
    return {
        "club": club,
        "child": request.full_name,
        "asked_by": request.asked_by,
        "received_on": request.received_on.isoformat(),
        "draft": request.released_at is None,
        "sections": sections,
        "blanked_out": _count(held.lines, Decision.BLANK),
        "left_out": _count(held.lines, Decision.LEAVE_OUT),
    }


def digest_of(said: dict[str, Any]) -> str:
    """SHA-256 of the answer, whether it is marked as a draft or not."""
    text = json.dumps(said | {"draft": False}, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode()).hexdigest()


def _made(held: Draft, club: facts.Club, made: datetime) -> Answer:
    draft = held.request.released_at is None
    words = json.dumps(as_json(held, club.name), ensure_ascii=False, indent=2).encode()
    name = f"What we hold, request of {held.request.received_on:%d-%m-%Y}" + (" (DRAFT)" if draft else "")
    return Answer(name, answer_pdf(held, club, made), words, draft)


def answer_pdf(held: Draft, club: facts.Club, made: datetime, fonts: Path | None = None) -> bytes:
    """The PDF: what was given, section by section; what is blanked out says so."""
    draft = held.request.released_at is None
    press = Press("What we hold", club.name, made, fonts)
    label = f"What we hold of {held.request.full_name} · {printed(made)}" + (f" · {DRAFT}" if draft else "")
    name = f"{held.request.full_name} · {DRAFT}" if draft else held.request.full_name
    sheet = press.sheet(club.name, name, label, club.logo)
    sheet.add(title(sheet.fonts, f"What we hold of {held.request.full_name}"))
    if draft:
        undecided = f"{held.undecided} lines are still to be decided about. " if held.undecided else ""
        sheet.add(note(sheet.fonts, f"{undecided}Do not hand this over.", bold_first=DRAFT))
    if not draft and held.undecided:
        later = counted(held.undecided, "line has", "lines have")
        sheet.add(note(sheet.fonts, f"{later} come or changed since this was released, and are not in this copy."))
    for words in _opening(held, club):
        sheet.add(para(sheet.fonts, words))
    for section, lines in _sections(held):
        _section(sheet, section, lines)
    sheet.section("What you can do", [para(sheet.fonts, words) for words in _rights(club)])
    return press.output([sheet])


def _section(sheet: Sheet, name: str, lines: Sequence[DraftLine]) -> None:
    rows = [(one.label[:1].upper() + one.label[1:], _said(one)) for one in lines]
    laid = table(sheet.fonts, (_WORDS, _SAID), rows, row_height=7)
    sheet.table(laid, above=[heading(sheet.fonts, name)])


def _said(one: DraftLine) -> str:
    return NOT_DECIDED if one.decision is None else one.given or ""


def _sections(held: Draft) -> list[tuple[str, list[DraftLine]]]:
    """What is shown: of a released answer only what was decided, for the rest was not held, or said other, then."""
    shown = (one for one in held.lines if one.decision is not Decision.LEAVE_OUT and not _came_later(held, one))
    return [(name, list(group)) for name, group in groupby(shown, key=lambda one: one.line.section)]


def _came_later(held: Draft, one: DraftLine) -> bool:
    return held.request.released_at is not None and one.decision is None


def _count(lines: Iterable[DraftLine], how: Decision) -> int:
    return sum(1 for one in lines if one.decision is how)


def _opening(held: Draft, club: facts.Club) -> list[str]:
    request = held.request
    who = f"{request.asked_by} ({request.relationship})" if request.relationship else request.asked_by
    asked = f"{who} asked on {long(request.received_on)} what {club.name} holds of {request.full_name}."
    words = [f"{asked} This is the answer. {_WHY}"]
    if any(one.decision in (Decision.BLANK, Decision.LEAVE_OUT) for one in held.lines):
        words.append(_HELD_BACK)
    return words


_WHY = (
    "We hold these facts to keep children safe at our clubs and trips, to plan them, and to show our funders that they "
    "took place. We keep a child’s record for a set time after the child has left; ask us how long."
)
_HELD_BACK = (
    "Where something is blanked out or not in this answer, it is about somebody else, or the law lets us hold it back. "
    "A person looked at every line."
)
_COMPLAIN = (
    "If you are not content with this answer, tell us first. You can also complain to the Information Commissioner’s "
    "Office, ico.org.uk, 0303 123 1113."
)


def _rights(club: facts.Club) -> list[str]:
    reach = " or ".join(part for part in (club.phone, club.email) if part)
    ask = f": {reach}" if reach else ""
    return [f"You can ask us to put right what is wrong, or to erase what we no longer need{ask}.", _COMPLAIN]
