"""Somebody asks what is held of a child: a draft, decided line by line, and released by a manager."""

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Select, select

from models.access.permissions import Permission, inside_only, needs
from models.kernel.errors import BadInput, Refused
from models.kernel.words import called, counted, full_name
from models.people.records import ERASED_HOME, ChildRecord
from models.privacy.gather import Line, gather
from models.privacy.records import DecisionRecord, RequestRecord
from models.privacy.rules import Decision, Proposal, answer_due, blanked, named_in
from models.programme.calendar import bank_holidays
from models.storage.journal import ChangeRecord, EntryRecord
from models.storage.uow import UnitOfWork
from models.storage.values import checked

WORDS = {
    "asked_by": "name of who asks",
    "relationship": "relationship",
    "entitled": "way you made sure they may ask",
    "complex_why": "reason",
    "reason": "reason",
    "blanked": "words to blank out",
}


@dataclass(frozen=True)
class Request:
    """A request to see what is held of one child, with the name the child goes by."""

    id: UUID
    version: int
    child_id: UUID
    called: str
    full_name: str
    received_on: date
    due_on: date
    asked_by: str
    relationship: str
    entitled: str
    complex_why: str
    released_at: datetime | None
    released_by: str
    withheld: tuple[Mapping[str, str], ...]
    digest: str


@dataclass(frozen=True)
class DraftLine:
    """A line and what was decided about it (None: nothing yet, or it says something else now)."""

    line: Line
    decision: Decision | None
    reason: str = ""
    blanked: tuple[str, ...] = ()

    @property
    def given(self) -> str | None:
        """What the answer says here; None where the line is left out."""
        if self.decision is Decision.LEAVE_OUT:
            return None
        return blanked(self.line.text, self.blanked) if self.decision is Decision.BLANK else self.line.text

    @property
    def label(self) -> str:
        """What the answer calls it: the title of a club may name another child."""
        words = self.blanked if self.decision is Decision.BLANK else ()
        return blanked(self.line.label, words) if words else self.line.label


@dataclass(frozen=True)
class Draft:
    """A request with everything held, line by line."""

    request: Request
    lines: tuple[DraftLine, ...]

    @property
    def undecided(self) -> int:
        """How many lines nobody has decided about."""
        return sum(1 for one in self.lines if one.decision is None)

    @property
    def stand(self) -> str:
        """SHA-256 of what is decided about what: whoever releases it must have seen just that."""
        told = (f"{one.line.key} {one.line.seen} {one.decision} {one.blanked}" for one in self.lines)
        return hashlib.sha256("\n".join(told).encode()).hexdigest()


@needs(Permission.EDIT_FAMILIES)
def start_request(
    uow: UnitOfWork, child_id: UUID | None, received_on: date, asked_by: str, relationship: str, entitled: str
) -> UUID:
    """Writes down that somebody asked; the answer is due a month from the day it came. Returns the request's id.

    `entitled` says how it was made sure that they may ask: the right is the child's, and who has parental
    responsibility may use it for a young child. Raises BadInput, NotFound.
    """
    if child_id is None:
        raise BadInput("The child is missing.", "Choose whose record it is.", "child_id")
    child = uow.get(ChildRecord, child_id, "child")
    said = {"asked_by": asked_by, "relationship": relationship, "entitled": entitled}
    given = checked(RequestRecord, said, WORDS)
    for name, next_step in (
        ("asked_by", "Type the name of who asks."),
        ("entitled", "Write what you looked at: who they are, and that they have parental responsibility."),
    ):
        if not given[name]:
            raise BadInput(f"The {WORDS[name]} is missing.", next_step, name)
    if child.family_id == ERASED_HOME:
        raise BadInput("This record is erased already.", "There is nothing to show.", "child_id")
    if received_on > uow.clock.today():
        raise BadInput("This day has not come yet.", "Type the day the request came in.", "received_on")
    due = answer_due(received_on, _holidays(received_on))
    return uow.add(RequestRecord(child_id=child.id, received_on=received_on, due_on=due, withheld=[], **given)).id


@needs(Permission.EDIT_FAMILIES)
def needs_longer(uow: UnitOfWork, request_id: UUID, version: int | None, why: str) -> date:
    """Two months more, for a complex request; returns the new last day. The person asking must be told within the
    first month. Raises BadInput, NotFound, Stale.
    """
    request = _open(uow, request_id, version)
    reason = checked(RequestRecord, {"complex_why": why}, WORDS)["complex_why"]
    if not reason:
        raise BadInput("There is no reason.", "Write why it is complex: you must tell them.", "complex_why")
    request.complex_why = reason
    request.due_on = answer_due(request.received_on, _holidays(request.received_on), complex_request=True)
    return request.due_on


@needs(Permission.EDIT_FAMILIES)
def requests(uow: UnitOfWork, child_id: UUID | None = None) -> tuple[Request, ...]:
    """The requests (about one child; None: about any): those still open first, by the day they are due."""
    statement = select(RequestRecord, ChildRecord).join(ChildRecord, ChildRecord.id == RequestRecord.child_id)
    if child_id is not None:
        statement = statement.where(RequestRecord.child_id == child_id)
    found = [_request(one, child) for one, child in uow.session.execute(statement)]
    return tuple(sorted(found, key=lambda one: (one.released_at is not None, one.due_on, one.id)))


@needs(Permission.EDIT_FAMILIES)
def draft(uow: UnitOfWork, request_id: UUID) -> Draft:
    """Everything held of the child as it stands now, with what was decided so far. Raises NotFound."""
    request = uow.get(RequestRecord, request_id, "request")
    child = uow.get(ChildRecord, request.child_id, "child")
    made = {one.line: one for one in uow.session.scalars(_decisions(request_id))}
    lines = gather(uow, request.child_id, request.asked_by)
    return Draft(_request(request, child), tuple(_decided(line, made.get(line.key)) for line in lines))


@needs(Permission.EDIT_FAMILIES)
def decided_by(uow: UnitOfWork, request_id: UUID) -> Mapping[str, str]:
    """Who decided last about each line, by its key, as the history has it."""
    mine = {one.id: one.line for one in uow.session.scalars(_decisions(request_id))}
    both = select(EntryRecord.record_id, ChangeRecord.actor_name).join(
        ChangeRecord, ChangeRecord.id == EntryRecord.change_id
    )
    entries = both.where(EntryRecord.table_name == DecisionRecord.__tablename__).order_by(EntryRecord.number)
    return {mine[record_id]: who for record_id, who in uow.session.execute(entries) if record_id in mine}


@needs(Permission.EDIT_FAMILIES)
def decide(
    uow: UnitOfWork, request_id: UUID, seen: Mapping[str, str], decision: Decision, reason: str = "",
    words: Collection[str] = (),
) -> None:  # fmt: skip
    """Decides about lines: `seen` is each line's key and what it said then (`Line.seen`).

    Blanking out (`words`; none: all of it) and leaving out need a reason. Raises BadInput (also for words that a line
    does not have), NotFound, and Refused where a line says something else by now.
    """
    _open(uow, request_id, None)
    given = checked(DecisionRecord, {"reason": reason, "blanked": "\n".join(words)}, WORDS)
    if decision is not Decision.GIVE and not given["reason"]:
        raise BadInput("There is no reason.", "Write why it is not given: somebody may ask.", "reason")
    if decision is Decision.GIVE:
        given = {"reason": "", "blanked": ""}
    request = uow.get(RequestRecord, request_id, "request")
    now = {line.key: line for line in gather(uow, request.child_id, request.asked_by)}
    for key, digest in seen.items():
        if key not in now or now[key].seen != digest:
            raise Refused(["A line says something else by now."], "Look at it again, then decide.")
    if given["blanked"]:
        _check_words(given["blanked"].split("\n"), [f"{now[key].label}\n{now[key].text}" for key in seen])
    made = {one.line: one for one in uow.session.scalars(_decisions(request_id))}
    for key, digest in seen.items():
        record = made.get(key)
        if record is None:
            values = {"line": key, "seen": digest, "decision": decision, **given}
            uow.add(DecisionRecord(request_id=request_id, **values))
        else:
            record.seen, record.decision = digest, decision
            record.reason, record.blanked = given["reason"], given["blanked"]


def _check_words(words: Collection[str], texts: Collection[str]) -> None:
    """Raises BadInput for words to blank out that are not in a line: it would be given whole, as if they were out."""
    found = {word for text in texts for word in named_in(text, words)}
    missing = next((word for word in words if word not in found), "")
    if missing or not all(named_in(text, words) for text in texts):
        what = f"“{missing}” is not in this line." if missing else "Not every line has these words in it."
        raise BadInput(
            what, "Type whole words just as they stand there; or nothing, to blank out all of it.", "blanked"
        )


@needs(Permission.PRIVACY)
def release(uow: UnitOfWork, request_id: UUID, version: int | None, digest: str = "", stand: str = "") -> None:
    """Releases the answer: from now on it may be handed over. Writes down what was withheld, and why.

    `digest` is of the answer's JSON, `stand` of what was shown before (`Draft.stand`; "": nothing was). Raises Refused
    while a line is undecided, or where something was decided otherwise since; BadInput, NotFound, Stale.
    """
    request = _open(uow, request_id, version)
    now = draft(uow, request_id)
    if now.undecided:
        lines = counted(now.undecided, "line is", "lines are")
        raise Refused([f"{lines} still to be decided about."], "Decide about every line first.", rules=["undecided"])
    if stand not in ("", now.stand):
        raise Refused(["Something of the answer has changed since you looked."], "Look at it again, then release it.")
    request.withheld = withheld(now.lines)
    request.released_at, request.released_by, request.digest = uow.clock.now(), uow.actor.name, digest


@needs(Permission.PRIVACY)
def drop_request(uow: UnitOfWork, request_id: UUID, version: int | None) -> None:
    """Takes back a request written down by mistake, or withdrawn by who made it. Raises BadInput, NotFound, Stale."""
    request = _open(uow, request_id, version)
    for one in uow.session.scalars(_decisions(request_id)):
        uow.remove(one)
    uow.remove(request)


def withheld(lines: Iterable[DraftLine]) -> list[dict[str, str]]:
    """What is not given, how and why, for the journal: labels, never what the lines say."""
    return [
        {"section": one.line.section, "what": one.line.label, "how": one.decision.value, "why": one.reason}
        for one in lines
        if one.decision is not None and one.decision is not Decision.GIVE
    ]


def proposed_decision(line: Line) -> Decision:
    """What the buttons offer first for a line."""
    if line.proposal is Proposal.GIVE:
        return Decision.GIVE
    named = line.words and line.proposal is Proposal.THIRD_PARTY  # else what is grave would stand beside the blank
    return Decision.BLANK if named else Decision.LEAVE_OUT


@inside_only
def _open(uow: UnitOfWork, request_id: UUID, version: int | None) -> RequestRecord:
    request = uow.edit(RequestRecord, request_id, version, "request")
    if request.released_at is not None:
        raise BadInput("This answer is released already.", "Write down a new request if they ask again.")
    return request


def _decisions(request_id: UUID) -> Select[DecisionRecord]:
    return select(DecisionRecord).where(DecisionRecord.request_id == request_id)


def _decided(line: Line, made: DecisionRecord | None) -> DraftLine:
    if made is None or made.seen != line.seen:
        return DraftLine(line, None)
    return DraftLine(line, made.decision, made.reason, tuple(made.blanked.split("\n")) if made.blanked else ())


def _request(one: RequestRecord, child: ChildRecord) -> Request:
    names = child.legal_first, child.legal_last, child.known_as
    return Request(
        one.id, one.version, one.child_id, called(*names), full_name(*names), one.received_on, one.due_on, one.asked_by,
        one.relationship, one.entitled, one.complex_why, one.released_at, one.released_by, tuple(one.withheld),
        one.digest,
    )  # fmt: skip


def _holidays(received: date) -> Mapping[date, str]:
    return bank_holidays(received.year, received.year + 1)
