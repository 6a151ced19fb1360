"""Rules about consents: what is needed, what still stands, and what only warns."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from types import MappingProxyType

from models.kernel.dates import months_later, short_with_year
from models.programme.rules import ActivityKind

STANDS_MONTHS = 12  # house policy: after this an old consent is asked about again


class ConsentKind(StrEnum):
    """What is asked of a parent. Safeguarding is an acknowledgement; trip covers the minibus."""

    SAFEGUARDING = "safeguarding"
    TRIP = "trip"
    EMERGENCY_CARE = "emergency care"
    PHOTOS = "photos"
    SUN_CREAM = "sun cream"
    PLASTERS = "plasters"


class ConsentState(StrEnum):
    """Where a consent stands. EXPIRED is worked out, never stored."""

    NOT_ASKED = "not asked"
    ASKED = "asked"
    SIGNED = "signed"
    GRANTED = "granted"
    PHONE = "phone"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"
    EXPIRED = "expired"


class Authority(StrEnum):
    """By what right somebody signed."""

    PARENTAL_RESPONSIBILITY = "parental responsibility"
    DELEGATED = "delegated"
    NOT_KNOWN = "not known"


class Method(StrEnum):
    """How the answer came."""

    PAPER = "paper"
    PHONE = "phone"
    EMAIL = "email"
    IMPORTED = "imported"


class Level(StrEnum):
    """How a consent bears on a place: fine, worth a look, or in the way."""

    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


STATE_WORDS: Mapping[ConsentState, str] = MappingProxyType(
    {
        ConsentState.NOT_ASKED: "Not asked",
        ConsentState.ASKED: "Asked",
        ConsentState.SIGNED: "Signed, to key",
        ConsentState.GRANTED: "Yes",
        ConsentState.PHONE: "Yes by phone, paper to follow",
        ConsentState.REFUSED: "No",
        ConsentState.WITHDRAWN: "Withdrawn",
        ConsentState.EXPIRED: "Older than 12 months",
    }
)

KIND_WORDS: Mapping[ConsentKind, str] = MappingProxyType(
    {
        ConsentKind.SAFEGUARDING: "Safeguarding",
        ConsentKind.TRIP: "Trips and minibus",
        ConsentKind.EMERGENCY_CARE: "Emergency care",
        ConsentKind.PHOTOS: "Photos",
        ConsentKind.SUN_CREAM: "Sun cream",
        ConsentKind.PLASTERS: "Plasters",
    }
)

_GIVEN = (ConsentState.GRANTED, ConsentState.SIGNED, ConsentState.PHONE)
_NOUNS: Mapping[ConsentKind, str] = MappingProxyType(
    {
        ConsentKind.SAFEGUARDING: "the safeguarding form",
        ConsentKind.TRIP: "trip consent",
        ConsentKind.EMERGENCY_CARE: "consent to emergency care",
        ConsentKind.PHOTOS: "consent to photos",
        ConsentKind.SUN_CREAM: "consent to sun cream",
        ConsentKind.PLASTERS: "consent to plasters",
    }
)


@dataclass(frozen=True)
class ConsentFacts:
    """One child's consent of one kind, as recorded.

    Attributes:
        signed_on: the day on the signature, or of the call.
        ended_on: from this day a withdrawal or refusal counts; of a consent given, the last day it was given for.
        reconfirmed_on: the day of a call that said it still stands.
    """

    kind: ConsentKind
    state: ConsentState
    signed_on: date | None = None
    ended_on: date | None = None
    reconfirmed_on: date | None = None
    asked_on: date | None = None


@dataclass(frozen=True)
class Verdict:
    """What a consent means for a place: the level, where it stands, and why as a clause without a full stop."""

    kind: ConsentKind
    level: Level
    state: ConsentState
    clause: str


def standing(facts: ConsentFacts | None, on: date, months: int = STANDS_MONTHS) -> ConsentState:
    """Where a consent stands on a day; no record is NOT_ASKED.

    EXPIRED once the signature, or a later call that it still stands, is more than `months` old, or its last day is past
    (house policy). A withdrawal is dated and does not reach back: before its day the signature stood (guidance).
    """
    if facts is None:
        return ConsentState.NOT_ASKED
    if facts.state is ConsentState.WITHDRAWN and facts.ended_on and on < facts.ended_on and facts.signed_on:
        return ConsentState.EXPIRED if _too_old(facts, on, months) else ConsentState.GRANTED
    ages = facts.kind is not ConsentKind.SAFEGUARDING  # an acknowledgement stands once it is signed
    if facts.state in _GIVEN and ((ages and _too_old(facts, on, months)) or _ended(facts, on)):
        return ConsentState.EXPIRED
    return facts.state


def _last_said(facts: ConsentFacts, on: date) -> date | None:
    """The day it was last heard: the signature, or a call since then and not after `on`."""
    called = facts.reconfirmed_on if facts.reconfirmed_on and facts.reconfirmed_on <= on else None
    return max((day for day in (facts.signed_on, called) if day), default=None)


def _too_old(facts: ConsentFacts, on: date, months: int) -> bool:
    said = _last_said(facts, on)
    return said is not None and months_later(said, months) < on


def _ended(facts: ConsentFacts, on: date) -> bool:
    said = _last_said(facts, on)
    return facts.ended_on is not None and facts.ended_on < on and (said is None or said <= facts.ended_on)


def needed_for(kind: ActivityKind, by_minibus: bool = False) -> tuple[ConsentKind, ...]:
    """The kinds a place needs: a club the safeguarding form, a trip trip consent too; so does a club by minibus.

    House policy; trip consent covers the minibus. Guidance: if permission has not been asked it has not been given.
    """
    if kind is ActivityKind.TRIP or by_minibus:
        return (ConsentKind.SAFEGUARDING, ConsentKind.TRIP)
    return (ConsentKind.SAFEGUARDING,)


def judge(kind: ConsentKind, facts: ConsentFacts | None, on: date, months: int = STANDS_MONTHS) -> Verdict:
    """What one kind means for a place on that day; ask it of the kinds `needed_for` names.

    Trip consent never given, refused or withdrawn blocks (guidance: a holder of parental responsibility agrees to each
    trip or to trips in general). The safeguarding form is an acknowledgement: without it, a warning. Older than
    `months` warns, and a call noted clears it; a yes by phone or a form still to key is given, and warns (our policy).
    Other kinds neither block nor warn: consent to emergency care binds no doctor, the rest is the parent's free choice.
    """
    state = standing(facts, on, months)
    return Verdict(kind, _level(kind, state), state, _clause(kind, state, facts, on, months))


def _level(kind: ConsentKind, state: ConsentState) -> Level:
    if kind not in (ConsentKind.SAFEGUARDING, ConsentKind.TRIP) or state is ConsentState.GRANTED:
        return Level.OK
    if kind is ConsentKind.SAFEGUARDING or state in (*_GIVEN, ConsentState.EXPIRED):
        return Level.WARN
    return Level.BLOCK


def _clause(kind: ConsentKind, state: ConsentState, facts: ConsentFacts | None, on: date, months: int) -> str:
    noun = _NOUNS[kind]
    if facts is None or state is ConsentState.NOT_ASKED:
        return f"{noun} has not been asked for"
    if state is ConsentState.EXPIRED:
        return _expired_clause(noun, facts, on, months)
    said = {
        ConsentState.ASKED: f"{noun} was asked for{_on(facts.asked_on)} and is not back yet",
        ConsentState.SIGNED: f"{noun} was signed{_on(facts.signed_on)} and is still to be keyed",
        ConsentState.GRANTED: f"{noun} was given{_on(_last_said(facts, on))}",
        ConsentState.PHONE: f"{noun} was given by phone{_on(_last_said(facts, on))}, paper to follow",
        ConsentState.REFUSED: f"{noun} was refused{_on(facts.ended_on)}",
        ConsentState.WITHDRAWN: f"{noun} was withdrawn{_on(facts.ended_on)}",
    }
    return said[state]


def _expired_clause(noun: str, facts: ConsentFacts, on: date, months: int) -> str:
    said = _last_said(facts, on)
    if said is not None and _too_old(facts, on, months):
        return f"{noun} is from {short_with_year(said)}, older than {months} months"
    return f"{noun} ended{_on(facts.ended_on)}"


def _on(day: date | None) -> str:
    return f" on {short_with_year(day)}" if day else ""


def may_sign(authority: Authority) -> str | None:
    """A clause to warn with if it is not certain that the signatory may sign; None for parental responsibility.

    Law (Children Act 1989): a holder of parental responsibility decides, and may delegate. One holder is enough for an
    ordinary trip. It only warns.
    """
    if authority is Authority.PARENTAL_RESPONSIBILITY:
        return None
    if authority is Authority.DELEGATED:
        return "signed for the holder of parental responsibility: check that this is written down"
    return "it is not known whether the signatory has parental responsibility"
