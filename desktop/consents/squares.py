"""What stands in each square of the matrix, worked out once when the rows arrive."""

from dataclasses import dataclass

from desktop.consents.reading import Overview, Row
from desktop.consents.words import beneath, headline, icon_of, spoken, state_of
from desktop.widgets.state import State
from models.consents.rules import ConsentKind

BREAK = "\u200b"
"""Where a very long word may go on in the next line."""
_LONGEST = 18


@dataclass(frozen=True)
class Square:
    """Words, a quieter line beneath, a picture in a state's colour, and what a screen reader says.

    `strong`: the child's own square; `ticks`: with a box to tick.
    """

    words: str
    beneath: str = ""
    state: State | None = None
    icon: str = ""
    spoken: str = ""
    strong: bool = False
    ticks: bool = False


def name_square(row: Row, ticks: bool) -> Square:
    """The child's own square."""
    return Square(breakable(row.matrix.called), strong=True, ticks=ticks)


def signed_square(row: Row) -> Square:
    """Who signed last."""
    name, _, relationship = row.signed_by.rpartition(", ")
    words, under = (name, relationship) if name else (row.signed_by, "")
    return Square(breakable(words), breakable(under), spoken=f"Signed by: {row.signed_by}")


def breakable(text: str) -> str:
    """The text with places to break words nobody's screen has room for."""
    words = text.split(" ")
    cut = [BREAK.join(word[at : at + _LONGEST] for at in range(0, len(word), _LONGEST)) for word in words]
    return " ".join(cut)


def square(row: Row, kind: ConsentKind, seen: Overview) -> Square:
    """Where one kind stands for one child."""
    cell = row.matrix.cells[kind]
    state = state_of(cell, kind, seen.needed)
    return Square(
        headline(cell, kind, seen.months), beneath(cell), state, icon_of(cell, state), spoken(cell, kind, seen.months)
    )
