"""What stands in each square of the matrix, worked out once when the rows arrive."""

from dataclasses import dataclass

from desktop.consents.reading import Overview, Row
from desktop.consents.words import beneath, headline, icon_of, spoken, state_of
from desktop.widgets.state import State
from models.consents.rules import ConsentKind


@dataclass(frozen=True)
class Square:
    """Words, a quieter line beneath, a picture in a state's colour, and what a screen reader says."""

    words: str
    beneath: str = ""
    state: State | None = None
    icon: str = ""
    spoken: str = ""
    strong: bool = False


def name_square(row: Row) -> Square:
    """The child's own square."""
    return Square(row.matrix.called, strong=True)


def signed_square(row: Row) -> Square:
    """Who signed last."""
    name, _, relationship = row.signed_by.rpartition(", ")
    words, under = (name, relationship) if name else (row.signed_by, "")
    return Square(words, under, spoken=f"Signed by: {row.signed_by}")


def square(row: Row, kind: ConsentKind, seen: Overview) -> Square:
    """Where one kind stands for one child."""
    cell = row.matrix.cells[kind]
    state = state_of(cell, kind, seen.needed)
    return Square(
        headline(cell, kind, seen.months), beneath(cell), state, icon_of(cell, state), spoken(cell, kind, seen.months)
    )
