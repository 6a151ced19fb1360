"""Rules about marks: what a row of marks adds up to, and who may come in."""

from enum import StrEnum


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
