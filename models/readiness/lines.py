"""The one answer readiness gives: a frozen list of lines.

The light, the form's live warning, the command line and a refusal all use it alike.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID


class Level(StrEnum):
    """How a line stands: fine, worth a look, or in the way of the plan."""

    OK = "ok"
    WARN = "warn"
    BLOCK = "block"


class RuleKind(StrEnum):
    """What stands behind a rule; only law may not be set aside."""

    LAW = "law"
    REGISTER = "register condition"
    GUIDANCE = "guidance"
    HOUSE = "house policy"


class Do(StrEnum):
    """What a fix button does; the screens turn each into one action."""

    ASK_ADULT = "ask adult"
    CONFIRM_ADULT = "confirm adult"
    CHOOSE_ADULTS = "choose adults"
    CHOOSE_CHILDREN = "choose children"
    OPEN_CONSENTS = "open consents"
    OPEN_TRANSPORT = "open transport"
    OPEN_CHILD = "open child"
    OPEN_ADULT = "open adult"
    OPEN_VEHICLE = "open vehicle"
    EDIT_ACTIVITY = "edit activity"


@dataclass(frozen=True)
class Fix:
    """Something that can really be done: the button's words, what it does, and to whom or what."""

    words: str
    do: Do
    target: UUID | None = None


@dataclass(frozen=True)
class Person:
    """Somebody a line is about."""

    id: UUID
    kind: str
    name: str


@dataclass(frozen=True)
class RuleName:
    """A rule's stable name, its two words on screen, and what it is, for the help."""

    name: str
    title: str
    kind: RuleKind
    help: str


@dataclass(frozen=True)
class Line:
    """What one rule says of one activity.

    Attributes:
        rule: the rule's stable name. title: its two words on screen.
        text: one or more sentences with names and numbers.
        fix: what would help most, if anything can be done here.
        weight: how much is in the way (adults short, children without consent…); 0 unless level is block.
        grounds: the sentences that are in the way, without those that only warn.
        set_aside: why somebody goes ahead anyway; the line then warns instead of blocking, and `eased` is that block.
    """

    rule: str
    title: str
    level: Level
    kind: RuleKind
    text: str
    fix: Fix | None = None
    people: tuple[Person, ...] = ()
    weight: int = 0
    grounds: str = ""
    set_aside: str = ""
    eased: "Line | None" = None

    @property
    def may_go_ahead(self) -> bool:
        """Whether a manager may go ahead anyway; law has no "anyway"."""
        return self.level is Level.BLOCK and self.kind is not RuleKind.LAW


@dataclass(frozen=True)
class Finding:
    """One thing a rule found, before findings are gathered into a line."""

    level: Level
    text: str
    kind: RuleKind | None = None
    person: Person | None = None
    fix: Fix | None = None
    weight: int = 1


def gathered(rule: RuleName, findings: list[Finding], fine: str, fine_people: tuple[Person, ...] = ()) -> Line:
    """The rule's line: the worst finding first, or `fine` where nothing was found."""
    if not findings:
        return Line(rule.name, rule.title, Level.OK, rule.kind, fine, people=fine_people)
    ordered = sorted(findings, key=lambda one: (_severity(one.level), one.kind is not RuleKind.LAW))
    worst = ordered[0]
    blocks = [one for one in ordered if one.level is Level.BLOCK]
    people = tuple(dict.fromkeys(one.person for one in ordered if one.person))
    fix = next((one.fix for one in ordered if one.fix), None)
    weight = sum(one.weight for one in blocks)
    kind = worst.kind or rule.kind
    return Line(rule.name, rule.title, worst.level, kind, _said(ordered), fix, people, weight, _said(blocks))


def _said(findings: Iterable[Finding]) -> str:
    return " ".join(dict.fromkeys(one.text for one in findings))


def _severity(level: Level) -> int:
    return {Level.BLOCK: 0, Level.WARN: 1, Level.OK: 2}[level]


def is_ready(lines: tuple[Line, ...]) -> bool:
    """`ready` means no block left."""
    return all(line.level is not Level.BLOCK for line in lines)


def light(lines: tuple[Line, ...]) -> Level:
    """The worst level of all lines: red for a block, amber for a warning, else green."""
    return min((line.level for line in lines), key=_severity, default=Level.OK)


def summary(lines: tuple[Line, ...]) -> str:
    """Ready · Ready, 2 to look at · Not ready: 1 thing to fix."""
    blocks = sum(line.level is Level.BLOCK for line in lines)
    warns = sum(line.level is Level.WARN for line in lines)
    if blocks:
        return f"Not ready: {blocks} {'thing' if blocks == 1 else 'things'} to fix"
    return f"Ready, {warns} to look at" if warns else "Ready"


def without_names(line: Line) -> Line:
    """How a rule stands, without the people it is about: for those who work on the day and do not plan."""
    text = line.title if line.level is Level.OK else "A lead worker can see what this is."
    return replace(line, text=text, fix=None, people=(), grounds="", set_aside="", eased=None)


def added_blocks(before: tuple[Line, ...], after: tuple[Line, ...]) -> tuple[Line, ...]:
    """The blocks a change adds: `worse_blocks`, and those a decision made for an earlier change would ease.

    Somebody went ahead with a 13th child; with 12 again there is nothing to go ahead with, and the next 13th is asked
    about anew.
    """
    in_the_way = {line.rule for line in before if line.eased or line.level is Level.BLOCK}
    again = tuple(line.eased for line in after if line.eased and line.rule not in in_the_way)
    return worse_blocks(before, after) + again


def worse_blocks(before: tuple[Line, ...], after: tuple[Line, ...]) -> tuple[Line, ...]:
    """The blocks that are new, weigh more than they did, or have become a matter of law."""
    was = {line.rule: line for line in before if line.level is Level.BLOCK}
    return tuple(line for line in after if line.level is Level.BLOCK and _is_worse(line, was.get(line.rule)))


def _is_worse(block: Line, before: Line | None) -> bool:
    if before is None or block.weight > before.weight:
        return True
    return block.kind is RuleKind.LAW and before.kind is not RuleKind.LAW
