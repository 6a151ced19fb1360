"""What can be done on a register: one function a thing, each giving the change, its label and what is said after."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import TYPE_CHECKING, Any
from uuid import UUID

from desktop.registers.words import MENU_WORDS, RowView
from models.kernel.clock import london_instant
from models.kernel.dates import clock_text
from models.kernel.errors import NotFound
from models.kernel.words import listed
from models.registers import service
from models.registers.rules import CollectedHow, MarkKind
from models.registers.service import KeyedRow

if TYPE_CHECKING:
    from models.bootstrap import UnitOfWork


@dataclass(frozen=True)
class Change:
    """A change to be made: `people` whose rows wait for it, and what the toast says (with Undo) once it is kept."""

    people: tuple[UUID, ...]
    run: Callable[["UnitOfWork"], object]
    label: str
    said: str


def sign_in(activity_id: UUID, people: Sequence[RowView], at: datetime) -> Change:
    """Signs people in, at the moment of the tap."""
    names = listed([one.name for one in people])

    def run(uow: "UnitOfWork") -> None:
        for one in people:
            service.record_mark(
                uow, activity_id, kind=MarkKind.IN, happened_at=at, child_id=one.child_id, adult_id=one.adult_id
            )

    return Change(_ids(people), run, f"Signed in {names}", f"{names} {_is(people)} in.")


def sign_out(
    activity_id: UUID, people: Sequence[RowView], at: datetime, by: str = "", how: CollectedHow | None = None
) -> Change:
    """Signs people out, children with the person who collects."""
    names = listed([one.name for one in people])
    going = f" with {by}" if by else ""

    def run(uow: "UnitOfWork") -> None:
        for one in people:
            service.record_mark(
                uow,
                activity_id,
                kind=MarkKind.OUT,
                happened_at=at,
                collected_by=by,
                collected_how=how,
                child_id=one.child_id,
                adult_id=one.adult_id,
            )

    return Change(_ids(people), run, f"Signed out {names}", f"{names} {_is(people)} out{going}.")


def sign_out_phoned(
    activity_id: UUID, child: RowView, at: datetime, by: str, relationship: str, agreed_with: str
) -> Change:
    """A parent rang at the door: notes who said so, and signs the child out, as one change."""
    out = sign_out(activity_id, [child], at, by, CollectedHow.PHONED)

    def run(uow: "UnitOfWork") -> None:
        service.allow_collection_today(uow, activity_id, child.person_id, by, relationship, agreed_with=agreed_with)
        out.run(uow)

    return Change(out.people, run, out.label, out.said)


def word(activity_id: UUID, view: RowView, kind: MarkKind) -> Change:
    """On the way, absent, did not come; or back in again."""

    def run(uow: "UnitOfWork") -> UUID:
        return service.record_mark(uow, activity_id, kind=kind, child_id=view.child_id, adult_id=view.adult_id)

    said = f"{view.name}: {_low(MENU_WORDS[kind])}"
    return Change((view.person_id,), run, said, f"{said}.")


def told(activity_id: UUID, child_id: UUID, name: str, kind: MarkKind) -> Change:
    """On the way, absent: word about a child, on the phone."""
    said = f"{name}: {_low(MENU_WORDS[kind])}"
    return Change(
        (child_id,), lambda uow: service.record_mark(uow, activity_id, kind=kind, child_id=child_id), said, f"{said}."
    )


def take_back(view: RowView) -> Change:
    """Takes back the mark that decides the row, by a new one."""

    def run(uow: "UnitOfWork") -> UUID:
        if view.state.last_mark_id is None:
            raise NotFound("There is no mark to take back.", "Look at the row again.")
        return service.void_mark(uow, view.state.last_mark_id)

    return Change((view.person_id,), run, f"Took back a mark: {view.name}", f"{view.name}: the mark is taken back.")


def correct(
    view: RowView, day: date, times: Mapping[UUID, time], collectors: Mapping[UUID, str] | None = None
) -> Change:
    """Puts times (and who collected) of marks right, by new ones."""
    names = collectors or {}

    def run(uow: "UnitOfWork") -> None:
        for mark_id in dict.fromkeys([*times, *names]):
            at = london_instant(day, times[mark_id]) if mark_id in times else None
            service.correct_mark(uow, mark_id, happened_at=at, collected_by=names.get(mark_id))

    said = listed([clock_text(at) for at in times.values()])
    return Change(
        (view.person_id,), run, f"Corrected {view.name}", f"{view.name}: corrected{f' to {said}' if said else ''}."
    )


def note(activity_id: UUID, view: RowView, words: str) -> Change:
    """Keeps a note: with the mark that decides the row, or with the booking while there is none."""

    def run(uow: "UnitOfWork") -> None:
        if view.state.last_mark_id is not None:
            service.correct_mark(uow, view.state.last_mark_id, note=words)
        else:
            service.note_call(uow, activity_id, view.person_id, words)

    return Change((view.person_id,), run, f"Note about {view.name}", f"Note kept for {view.name}.")


def no_answer(activity_id: UUID, child_id: UUID, name: str, at: datetime, before: str) -> Change:
    """Nobody answered at home: kept with the booking, after what was noted before."""
    words = f"Rang home {clock_text(at)}, no answer"
    text = f"{before}; {words[0].lower()}{words[1:]}" if before else words
    return Change(
        (child_id,),
        lambda uow: service.note_call(uow, activity_id, child_id, text[-400:]),
        f"Rang home about {name}, no answer",
        f"{name}: noted, no answer.",
    )


def allow_today(activity_id: UUID, view: RowView, values: Mapping[str, Any]) -> Change:
    """A parent rang before: somebody else may collect today."""

    def run(uow: "UnitOfWork") -> UUID:
        return service.allow_collection_today(
            uow,
            activity_id,
            view.person_id,
            values["name"] or "",
            values["relationship"] or "",
            agreed_with=values["agreed_with"] or "",
            note=values["note"] or "",
        )

    label = f"{values['name']} may collect {view.name} today"
    return Change((view.person_id,), run, label, f"{label}.")


def came_too(activity_id: UUID, person_id: UUID, name: str, adult: bool, at: datetime) -> Change:
    """Signs in somebody who is not on the register; ratio and places are not asked."""

    def run(uow: "UnitOfWork") -> UUID:
        if adult:
            return service.record_mark(uow, activity_id, kind=MarkKind.IN, adult_id=person_id, happened_at=at)
        return service.add_unexpected_child(uow, activity_id, person_id, at)

    return Change((person_id,), run, f"Signed in {name}, who came without a place", f"{name} is in.")


def came_new(activity_id: UUID, values: Mapping[str, Any]) -> Change:
    """Writes down a child nobody knows yet and signs them in."""
    name = " ".join(part for part in (values["first"], values["last"]) if part)

    def run(uow: "UnitOfWork") -> UUID:
        return service.add_unexpected_new_child(
            uow,
            activity_id,
            values["first"] or "",
            values["last"] or "",
            phone=values["phone"] or "",
            contact_name=values["contact_name"] or "",
        )

    return Change((), run, f"Signed in {name}, new here", f"{name} is in, and written down as new.")


def close_day(activity_id: UUID, rest_did_not_come: bool, words: str) -> Change:
    """Closes the register."""
    return Change(
        (),
        lambda uow: service.close_day(uow, activity_id, rest_did_not_come=rest_did_not_come, note=words),
        "Closed the register",
        "The register is closed.",
    )


def reopen_day(activity_id: UUID) -> Change:
    """Opens a closed register again."""
    return Change(
        (), lambda uow: service.reopen_day(uow, activity_id), "Opened the register again", "The register is open again."
    )


def key_paper(sheet_id: UUID, number: int, entries: Sequence[KeyedRow]) -> Change:
    """Keys a printed register back, as one change."""
    return Change(
        (),
        lambda uow: service.key_sheet(uow, sheet_id, entries),
        f"Keyed in printed register {number}",
        f"Printed register {number} is keyed in.",
    )


def _ids(people: Iterable[RowView]) -> tuple[UUID, ...]:
    return tuple(one.person_id for one in people)


def _is(people: Sequence[RowView]) -> str:
    return "is" if len(people) == 1 else "are"


def _low(words: str) -> str:
    return words[:1].lower() + words[1:]
