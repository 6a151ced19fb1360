"""How a consent is said in a square of the matrix: a few words, a quieter line beneath, a picture."""

from collections.abc import Collection
from datetime import date

from desktop.widgets.state import State
from models.consents.queries import Cell
from models.consents.rules import KIND_WORDS, Authority, ConsentKind, ConsentState, Level, Method
from models.kernel.dates import short_with_year

AUTHORITY = (
    (Authority.PARENTAL_RESPONSIBILITY, "Has parental responsibility"),
    (Authority.DELEGATED, "Signs for a parent who has it"),
    (Authority.NOT_KNOWN, "Not known"),
)
METHOD = ((Method.PAPER, "On paper"), (Method.EMAIL, "By email"), (Method.PHONE, "By phone"))
METHOD_WORDS = {**dict(METHOD), Method.IMPORTED: "Brought in from a spreadsheet"}

_ICONS = {
    ConsentState.ASKED: "clock-outline",
    ConsentState.SIGNED: "draw-pen",
    ConsentState.PHONE: "phone-outline",
    ConsentState.EXPIRED: "calendar-clock",
}


def headline(cell: Cell, kind: ConsentKind, months: int) -> str:
    """Yes · No · Asked · Signed, to key · Yes by phone · Older than 12 months · Ended."""
    said = {
        ConsentState.NOT_ASKED: "Not asked",
        ConsentState.ASKED: "Asked",
        ConsentState.SIGNED: "Signed, to key",
        ConsentState.GRANTED: "Signed" if kind is ConsentKind.SAFEGUARDING else "Yes",
        ConsentState.PHONE: "Yes by phone",
        ConsentState.REFUSED: "No",
        ConsentState.WITHDRAWN: "Withdrawn",
        ConsentState.EXPIRED: f"Older than {months}\u00a0months",
    }
    if cell.state is ConsentState.EXPIRED and " ended" in cell.verdict.clause:
        return "Ended"
    return said[cell.state]


def beneath(cell: Cell) -> str:
    """The day that goes with it, and what is still open; "" where there is nothing to say."""
    if cell.said is None:
        return ""
    row = cell.said
    called = row.reconfirmed_on if cell.state in (ConsentState.GRANTED, ConsentState.EXPIRED) else None
    day: date | None = {
        ConsentState.ASKED: row.asked_on,
        ConsentState.REFUSED: row.ended_on,
        ConsentState.WITHDRAWN: row.ended_on,
    }.get(cell.state, called or row.signed_on)
    if cell.state is ConsentState.EXPIRED and " ended" in cell.verdict.clause:
        day = row.ended_on
    words = short_with_year(day).replace(" ", "\u00a0") if day else ""  # a date stays on one line
    if cell.state is ConsentState.PHONE:
        return f"{words}, paper to follow" if words else "paper to follow"
    return f"{words}, by phone" if called and words else words


def state_of(cell: Cell, kind: ConsentKind, needed: Collection[ConsentKind]) -> State:
    """The colour: only what decides about a place here may be red or amber."""
    if kind in needed and cell.verdict.level is not Level.OK:
        return State.BAD if cell.verdict.level is Level.BLOCK else State.WARN
    good = cell.state in (ConsentState.GRANTED, ConsentState.PHONE)
    return State.OK if good else State.NEUTRAL


def icon_of(cell: Cell, state: State) -> str:
    """A picture of its own where there is one."""
    return _ICONS.get(cell.state, state.icon_name)


def sentence(cell: Cell) -> str:
    """Why it stands so, as a sentence."""
    clause = cell.verdict.clause
    return f"{clause[:1].upper()}{clause[1:]}."


def spoken(cell: Cell, kind: ConsentKind, months: int) -> str:
    """What a screen reader says for a square."""
    return ", ".join(part for part in (f"{KIND_WORDS[kind]}: {headline(cell, kind, months)}", beneath(cell)) if part)
