"""What a row of the register says: plain values worked out from the models' answer, so that rows can be compared."""

from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from desktop.widgets.list_model import sort_words
from models.kernel.dates import clock_text
from models.kernel.words import counted
from models.people.rules import SeeMark
from models.programme.rules import DutyRole
from models.registers.queries import AdultLine, ChildLine
from models.registers.rules import Live, MarkKind, RowState, Status, next_actions, ring_home_due

SAVING = "Saving…"
NOT_SAVED = "Not saved"
TAPS = {MarkKind.IN: "Sign in", MarkKind.OUT: "Sign out"}
MENU_WORDS = {
    MarkKind.IN: "Came back in",
    MarkKind.LATE: "On the way, running late",
    MarkKind.ABSENT: "Absent, told us",
    MarkKind.NO_SHOW: "Did not come, no word",
}
ROLES = {
    DutyRole.LEAD: "Lead worker", DutyRole.WORKER: "Worker", DutyRole.VOLUNTEER: "Volunteer",
    DutyRole.DRIVER: "Driver", DutyRole.ONE_TO_ONE: "One to one",
}  # fmt: skip


@dataclass(frozen=True)
class RowView:
    """One row as shown. Two that are equal look the same, so the widget need not be touched.

    Attributes:
        person_id: a child's or an adult's (`adult`). family_id: None for an adult.
        beneath: a quieter line under the name. tone: of the status words. tap: what the big button does.
        visitor: an adult who is here and not in the plan.
        saving: a mark is on its way to the file. closed: the register is closed, nothing is offered.
    """

    person_id: UUID
    adult: bool
    name: str
    family_id: UUID | None
    beneath: str
    status: str
    tone: str
    state: RowState
    tap: MarkKind | None
    menu: tuple[MarkKind, ...]
    see: tuple[SeeMark, ...] = ()
    aside: str = ""
    saving: bool = False
    closed: bool = False
    late: bool = False
    visitor: bool = False
    key: str = field(default="", compare=False)

    @property
    def child_id(self) -> UUID | None:
        """As the services want it: None for an adult."""
        return None if self.adult else self.person_id

    @property
    def adult_id(self) -> UUID | None:
        """As the services want it: None for a child."""
        return self.person_id if self.adult else None

    @property
    def first(self) -> str:
        """The first name, for a sentence."""
        return self.name.split(" ")[0]


def child_view(line: ChildLine, *, now: datetime, start: datetime, minutes: int, saving: bool, closed: bool) -> RowView:
    """A child's row. `now` and `start` are instants; `minutes` after the start somebody without word is late."""
    late = ring_home_due(line.state, start, now, minutes) and not closed
    words, tone = status_words(line.state, late)
    acts = next_actions(line.state.status)
    return RowView(
        person_id=line.child_id, adult=False, name=line.called, family_id=line.family_id,
        beneath=_beneath(line), status=SAVING if saving else words, tone="soft" if saving else tone, state=line.state,
        tap=None if closed else acts.tap, menu=acts.menu, see=line.see, saving=saving, closed=closed, late=late,
        key=sort_words(line.called),
    )  # fmt: skip


def adult_view(line: AdultLine, *, saving: bool, closed: bool) -> RowView:
    """An adult's row; `aside` says why they do not count."""
    words, tone = status_words(line.state, False)
    acts = next_actions(line.state.status)
    role = ROLES[line.role] if line.expected else "Not in the plan"
    return RowView(
        person_id=line.adult_id, adult=True, name=line.name, family_id=None, beneath=role,
        status=SAVING if saving else words, tone="soft" if saving else tone, state=line.state,
        tap=None if closed else acts.tap, menu=acts.menu, aside=line.why_not, saving=saving, closed=closed,
        visitor=not line.expected, key=sort_words(line.name),
    )  # fmt: skip


def _beneath(line: ChildLine) -> str:
    said = [] if line.booked else ["Came without a place"]
    if line.collected_today:
        said.append("Somebody else may collect today")
    note = line.state.note or (line.ring_round_note if line.state.status is Status.DUE else "")
    return " · ".join([*said, note] if note else said)


def status_words(state: RowState, late: bool) -> tuple[str, str]:
    """The words at the right of a row, and their tone: In 10:04 · Due, late · Out 14:02 with Gran."""
    if state.status is Status.IN:
        spell = state.spells[-1] if state.spells else None
        at = spell.in_at if spell else state.in_at
        late_words = ", late" if state.was_late else ""
        return f"In {clock_text(at)}{late_words}" if at else f"In{late_words}", "ok"
    if state.status is Status.OUT:
        at_words = f" {clock_text(state.out_at)}" if state.out_at else ""
        return f"Out{at_words}" + (f" with {state.collected_by}" if state.collected_by else ""), "soft"
    return {
        Status.DUE: ("Due, late", "warn") if late else ("Due", "soft"),
        Status.LATE: ("On the way", "warn"),
        Status.ABSENT: ("Absent, told us", "soft"),
        Status.DID_NOT_COME: ("Did not come, no word", "soft"),
    }[state.status]


def ratio_words(live: Live, per_adult: int) -> tuple[bool, str]:
    """Whether the ratio holds, and the chip's words: Within 1:4, or 1:4 is broken: 13 children, 3 adults."""
    if live.within:
        return True, f"Within 1:{per_adult}"
    children = counted(live.inside, "child", "children")
    return False, f"1:{per_adult} is broken: {children}, {counted(live.adults, 'adult')}"


def matches(view: RowView, wanted: str) -> bool:
    """Whether every typed word begins a word of the name; `wanted` has gone through `sort_words`."""
    words = view.key.replace("-", " ").split()
    return all(any(word.startswith(part) for word in (*words, view.key)) for part in wanted.split())
