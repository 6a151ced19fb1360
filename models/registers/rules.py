"""Rules about marks: what a row of marks adds up to, who may come in, who may collect, and what a day came to."""

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from types import MappingProxyType
from typing import Literal
from uuid import UUID

from models.kernel.words import listed
from models.people.rules import CollectorKind
from models.programme.rules import LATE_MINUTES, late


class MarkKind(StrEnum):
    """What a mark says. VOID takes the corrected mark back; LATE is word that somebody is on the way."""

    IN = "in"
    OUT = "out"
    LATE = "late"
    ABSENT = "absent"
    NO_SHOW = "no show"
    VOID = "void"


class MarkSource(StrEnum):
    """Where a mark came from."""

    SCREEN = "screen"
    PAPER = "paper"
    BOOK = "book"


class CollectedHow(StrEnum):
    """How it was settled that this person may take the child."""

    LISTED = "on the list"
    PASSWORD = "gave the password"
    PHONED = "parent phoned"
    KNOWN = "known to staff"


class Status(StrEnum):
    """Where a person stands on the register, in the words of the screen."""

    DUE = "due"
    LATE = "on the way"
    IN = "in"
    OUT = "out"
    ABSENT = "absent"
    DID_NOT_COME = "did not come, no word"


class Outcome(StrEnum):
    """What a day came to for one person, in a report."""

    PRESENT = "present"
    LATE = "late"
    ABSENT = "absent"
    NO_SHOW = "no show"
    NONE = "none"


NOTES_OF_MARK = ("collected_by", "collected_how", "note")


@dataclass(frozen=True)
class MarkFacts:
    """One mark as kept; `happened_at` (None: not known) and `entered_at` are aware instants."""

    id: UUID
    kind: MarkKind
    happened_at: datetime | None
    entered_at: datetime
    device: str
    number: int
    late: bool = False
    corrects_id: UUID | None = None
    collected_by: str = ""
    collected_how: CollectedHow | None = None
    note: str = ""
    source: MarkSource = MarkSource.SCREEN


@dataclass(frozen=True)
class Spell:
    """One stretch of being there, from coming in to going out; None where the time is not known (or still open)."""

    in_at: datetime | None = None
    out_at: datetime | None = None


@dataclass(frozen=True)
class RowState:
    """What a person's marks for one activity add up to.

    Attributes:
        in_at: when they first came in. `out_at`: when they last went, None while they are in.
        was_late: a coming-in that stands says so.
        collected_by, collected_how: of the last going-out, "" and None while they are in.
        last_mark_id: the mark that decides the row: the one "take it back" takes back.
        note: the newest note on a mark that stands.
        spells: every stretch of being there, in order.
    """

    status: Status = Status.DUE
    in_at: datetime | None = None
    out_at: datetime | None = None
    was_late: bool = False
    collected_by: str = ""
    collected_how: CollectedHow | None = None
    last_mark_id: UUID | None = None
    note: str = ""
    spells: tuple[Spell, ...] = ()

    def bare(self) -> "RowState":
        """The same without who collected and what was noted."""
        return replace(self, collected_by="", collected_how=None, note="")


_SEEN = frozenset({MarkKind.IN, MarkKind.OUT})
_WORD_STATUS = {MarkKind.LATE: Status.LATE, MarkKind.ABSENT: Status.ABSENT, MarkKind.NO_SHOW: Status.DID_NOT_COME}


def fold(marks: Iterable[MarkFacts]) -> RowState:
    """What the marks of one person at one activity add up to: the same whatever order (or how often) they arrive.

    A mark another mark corrects no longer stands; a correction that is taken back gives the first mark back. Being
    seen (in, out) outweighs word about somebody (on the way, absent, did not come), whichever came later: a door that
    saw the child knows better than a desk that did not. (House policy.)
    """
    known = {mark.id: mark for mark in marks}
    standing = [mark for mark in _standing(known) if mark.kind is not MarkKind.VOID]
    order = {mark.id: _order(mark, known) for mark in standing}
    words = sorted((mark for mark in standing if mark.kind not in _SEEN), key=lambda mark: order[mark.id])
    seen = sorted((mark for mark in standing if mark.kind in _SEEN), key=lambda mark: order[mark.id])
    note = next((mark.note for mark in (*reversed(seen), *reversed(words)) if mark.note), "")
    if seen:
        return _from_seen(seen, note)
    if words:
        return RowState(_WORD_STATUS[words[-1].kind], last_mark_id=words[-1].id, note=note)
    return RowState()


def _standing(marks: Mapping[UUID, MarkFacts]) -> list[MarkFacts]:
    """The marks that no mark puts right or takes back, worked out from the newest corrections back.

    Each mark corrects at most one, so this is a forest; marks that correct each other in a ring (no honest machine
    makes one) all stand, for nothing recorded may vanish.
    """
    waiting = Counter(mark.corrects_id for mark in marks.values() if _target(mark, marks))
    struck: set[UUID] = set()
    taken_back: set[UUID] = set()
    ready = [mark for mark in marks.values() if not waiting[mark.id]]
    while ready:
        mark = ready.pop()
        target = _target(mark, marks)
        if target is None:
            continue
        # A correction that was itself put right does not give the first mark back; one that was taken back does.
        if mark.id not in taken_back:
            struck.add(target.id)
            if mark.kind is MarkKind.VOID:
                taken_back.add(target.id)
        waiting[target.id] -= 1
        if not waiting[target.id]:
            ready.append(target)
    return [mark for mark in marks.values() if mark.id not in struck]


def _target(mark: MarkFacts, marks: Mapping[UUID, MarkFacts]) -> MarkFacts | None:
    return marks.get(mark.corrects_id) if mark.corrects_id else None


_Order = tuple[int, datetime, datetime, datetime, str, int, UUID]


def _order(mark: MarkFacts, marks: Mapping[UUID, MarkFacts]) -> _Order:
    """Where a mark stands in the day.

    By when it happened; a correction without a time keeps the time and place of what it corrects. Where nobody knows
    the time: from a screen, when it was entered; from paper or a book (keyed days later), in comes first and out last.
    """
    chain = _chain(mark, marks)
    root = chain[-1]
    happened = next((link.happened_at for link in chain if link.happened_at), None)
    at, rank = happened or root.entered_at, 0
    if happened is None and root.source is not MarkSource.SCREEN:
        rank = {MarkKind.IN: -1, MarkKind.OUT: 1}.get(mark.kind, 0)
    return (rank, at, root.entered_at, mark.entered_at, mark.device, mark.number, mark.id)


def _chain(mark: MarkFacts, marks: Mapping[UUID, MarkFacts]) -> list[MarkFacts]:
    """The mark, what it corrects, what that corrects, and so on to the first."""
    chain, met = [mark], {mark.id}
    while (before := _target(chain[-1], marks)) and before.id not in met:
        chain.append(before)
        met.add(before.id)
    return chain


def _from_seen(seen: list[MarkFacts], note: str) -> RowState:
    spells: list[Spell] = []
    inside = False
    for mark in seen:
        if mark.kind is MarkKind.IN:
            # A second "in" (two doors, one child) only fills in a time nobody knew.
            if not inside:
                spells.append(Spell(mark.happened_at))
            elif spells[-1].in_at is None:
                spells[-1] = replace(spells[-1], in_at=mark.happened_at)
            inside = True
        else:
            first = spells.pop() if spells else Spell()
            spells.append(replace(first, out_at=mark.happened_at or (None if inside else first.out_at)))
            inside = False
    last = seen[-1]
    return RowState(
        status=Status.IN if inside else Status.OUT,
        in_at=spells[0].in_at,
        out_at=None if inside else spells[-1].out_at,
        was_late=any(mark.late for mark in seen if mark.kind is MarkKind.IN),
        collected_by="" if inside else last.collected_by,
        collected_how=None if inside else last.collected_how,
        last_mark_id=last.id,
        note=note,
        spells=tuple(spells),
    )


# --- what may be done next --------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Actions:
    """What a row offers: `tap`, its one big button (None: nothing left to do), and what is in its menu."""

    tap: MarkKind | None
    menu: tuple[MarkKind, ...]


_ABSENCES = (MarkKind.LATE, MarkKind.ABSENT, MarkKind.NO_SHOW)
_OFFERS: Mapping[Status, Actions] = MappingProxyType(
    {
        Status.DUE: Actions(MarkKind.IN, _ABSENCES),
        Status.LATE: Actions(MarkKind.IN, (MarkKind.ABSENT, MarkKind.NO_SHOW, MarkKind.VOID)),
        Status.ABSENT: Actions(MarkKind.IN, (MarkKind.LATE, MarkKind.NO_SHOW, MarkKind.VOID)),
        Status.DID_NOT_COME: Actions(MarkKind.IN, (MarkKind.LATE, MarkKind.ABSENT, MarkKind.VOID)),
        Status.IN: Actions(MarkKind.OUT, (MarkKind.VOID,)),
        Status.OUT: Actions(None, (MarkKind.IN, MarkKind.VOID)),
    }
)


def next_actions(status: Status) -> Actions:
    """What a row offers; VOID is "take it back". Somebody marked absent who comes after all is one tap away from in."""
    return _OFFERS[status]


def mark_refusal(state: RowState, kind: MarkKind) -> str | None:
    """Why a mark makes no sense where this person stands, in words; None if it does.

    No plan rule is asked: recording what happened is never blocked (domain notes, section 0). To judge a correction
    pass the state the other marks add up to, without the one it puts right.
    """
    if kind is MarkKind.VOID:
        return None if state.last_mark_id else "There is no mark to take back."
    if kind is MarkKind.OUT:
        if state.status is Status.OUT:
            return "Already signed out."
        return None if state.status is Status.IN else "Not signed in, so cannot be signed out. Sign in first."
    if kind is MarkKind.IN:
        return "Already signed in." if state.status is Status.IN else None
    if state.status in (Status.IN, Status.OUT):
        return "Was signed in today. If that was a slip, take that mark back first."
    return None


def ring_home_due(state: RowState, start: datetime, now: datetime, minutes: int = LATE_MINUTES) -> bool:
    """Whether to ring home: due, no word, and the activity began so many minutes ago (house policy: 15).

    `start` and `now` are aware instants.
    """
    return state.status is Status.DUE and late(now, start, minutes)


# --- the live count ---------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Live:
    """The chip on the register: `within` is "within 1:4", never "safe"; `more` children may still come in.

    `due` counts those on the way too; `away` those absent or who did not come.
    """

    inside: int
    due: int
    out: int
    away: int
    adults: int
    required: int
    within: bool
    more: int


def live(children: Iterable[RowState], *, adults: int, required: int, more: int) -> Live:
    """The live count from the children's rows and the ratio's numbers, which the rules of activities work out.

    `adults` are those signed in who count; `required` is for the children who are in; `more` is counted after setting
    aside the one-to-one adults of children still due. With no child in nobody is required: setting up alone is no
    breach (house policy).
    """
    tally = Counter(row.status for row in children)
    inside = tally[Status.IN]
    needed = required if inside else 0
    away = tally[Status.ABSENT] + tally[Status.DID_NOT_COME]
    due = tally[Status.DUE] + tally[Status.LATE]
    return Live(inside, due, tally[Status.OUT], away, adults, needed, needed <= adults, max(0, more))


# --- who may collect --------------------------------------------------------------------------------------------

COLLECTOR_AGE = 16


@dataclass(frozen=True)
class CollectorFacts:
    """Somebody on the child's list: may, or must not, collect. Why not is no business of the door's."""

    name: str
    kind: CollectorKind
    relationship: str = ""
    password: str = ""


@dataclass(frozen=True)
class TodayFacts:
    """Somebody a parent said may collect today, and who said so."""

    name: str
    relationship: str = ""
    agreed_with: str = ""


@dataclass(frozen=True)
class MayCollect:
    """One person who may take the child, and how that is settled."""

    name: str
    relationship: str
    how: CollectedHow
    agreed_with: str = ""


@dataclass(frozen=True)
class CollectorCheck:
    """What the door sees before a child goes.

    Attributes:
        may: who may take the child, today's extra people last.
        must_not: names only. `warning` says it in a sentence, without the reason ("" if nobody is barred).
        has_password: whether the family has one. `password_right`: None until one is said.
        unknown: what to do about anybody else.
    """

    may: tuple[MayCollect, ...]
    must_not: tuple[str, ...]
    warning: str
    has_password: bool
    password_right: bool | None
    unknown: str

    def settled(self, name: str) -> CollectedHow | None:
        """How it is settled that this person may take the child; None if it is not."""
        listed_as = next((one.how for one in self.may if _same(one.name, name)), None)
        if listed_as or self.barred(name):
            return listed_as
        return CollectedHow.PASSWORD if self.password_right else None

    def barred(self, name: str) -> bool:
        """Whether this person must not take the child. Breather warns; the door decides."""
        return any(_same(one, name) for one in self.must_not)


def collector_check(
    collectors: Sequence[CollectorFacts], today: Sequence[TodayFacts] = (), password: str = ""
) -> CollectorCheck:
    """Who may take the child home (custom among clubs: named people, a password, 16 or over).

    Somebody who must not collect stays barred though also listed, rung in about today, or holding the password:
    a barred parent may be the one who rang.
    """
    barred = tuple(one.name for one in collectors if one.kind is CollectorKind.MUST_NOT)
    listed_ones = [one for one in collectors if one.kind is CollectorKind.MAY]
    may = [MayCollect(one.name, one.relationship, CollectedHow.LISTED) for one in listed_ones]
    may += [MayCollect(one.name, one.relationship, CollectedHow.PHONED, one.agreed_with) for one in today]
    allowed = tuple(one for one in may if not any(_same(one.name, name) for name in barred))
    passwords = [one.password for one in listed_ones if one.password.strip()]
    said = any(_same(password, one) for one in passwords) if password.strip() and passwords else None
    warning = f"{listed(barred)} must not collect. Keep the child inside and ring the manager." if barred else ""
    asked = "ask for the password and ring" if passwords else "ring"
    unknown = f"Anybody else: {asked} a parent. Whoever collects is {COLLECTOR_AGE} or over."
    return CollectorCheck(allowed, barred, warning, bool(passwords), said, unknown)


def warning_alone(check: CollectorCheck) -> CollectorCheck:
    """The check with nothing in it but who must not collect: that is for everybody, on any day."""
    return replace(check, may=(), has_password=False, password_right=None)


def _same(one: str, other: str) -> bool:
    return _plain(one) == _plain(other)


def _plain(text: str) -> str:
    """Without capitals, accents, kinds of apostrophe and stray spaces: as a name is said, not as it is typed."""
    letters = unicodedata.normalize("NFKD", text.replace("’", "'").casefold())
    return " ".join("".join(letter for letter in letters if not unicodedata.combining(letter)).split())


# --- register mode ----------------------------------------------------------------------------------------------

OPENS_BEFORE = timedelta(minutes=30)
STAYS_AFTER = timedelta(hours=3)


def register_mode_open(starts: datetime, ends: datetime, now: datetime, closed: bool) -> bool:
    """Whether an activity's register may be taken with a PIN alone: from 30 minutes before it starts until its day is
    closed; where nobody closes it, until three hours after its end (house policy). All are instants.
    """
    return not closed and starts - OPENS_BEFORE <= now < ends + STAYS_AFTER


# --- for reports ------------------------------------------------------------------------------------------------


def attended_hours(state: RowState, planned_minutes: int) -> tuple[int, Literal["times", "planned"]]:
    """Minutes there, and what they were taken from.

    From the clock where every coming and going has its time, else the planned length whole, late or not (as the
    register book is counted). Nobody who did not come has any.
    """
    if not state.spells:
        return 0, "planned"
    times = [(spell.in_at, spell.out_at) for spell in state.spells]
    lengths = [there.total_seconds() for came, went in times if came and went and (there := went - came) >= timedelta()]
    if len(lengths) == len(times):
        return round(sum(lengths) / 60), "times"
    return planned_minutes, "planned"


def outcome(state: RowState) -> Outcome:
    """What the day came to. Somebody still due or on the way has none: the register is not finished."""
    if state.status in (Status.IN, Status.OUT):
        return Outcome.LATE if state.was_late else Outcome.PRESENT
    return {Status.ABSENT: Outcome.ABSENT, Status.DID_NOT_COME: Outcome.NO_SHOW}.get(state.status, Outcome.NONE)
