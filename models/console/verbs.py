"""What each verb does; `import`, `print`, `backup` and `restore` have files of their own."""

import argparse
import dataclasses
from collections.abc import Callable, Iterable, Mapping
from enum import StrEnum
from typing import Any

from models.bootstrap import UnitOfWork, create_club
from models.console import copies, papers, people_verbs
from models.console.choosing import chosen
from models.console.imports import bring_in
from models.console.opening import clock_of, opened, passphrase
from models.console.outcome import DONE, REFUSED, Outcome, WrongUse
from models.console.wholeness import verify
from models.kernel.dates import long, numeric, school_year_start, span
from models.kernel.words import counted
from models.people import queries as people
from models.programme import queries as programme
from models.readiness.lines import Line
from models.readiness.queries import readiness
from models.reports.figures import Figures, figures
from models.storage import keys
from models.storage.device import device_id, home
from models.storage.server_address import Address
from models.team import queries as team
from models.transport import queries as transport


def run(options: argparse.Namespace) -> Outcome:
    """Does what was asked. Raises WrongUse, or any BreatherError."""
    return _VERBS[options.verb](options)


def new(options: argparse.Namespace) -> Outcome:
    """A new club file with its keys beside it, or a club on a server; `--as` is its first manager."""
    if isinstance(options.club, Address):
        from models.console import servers  # the driver is slow to import, and few have a server

        return servers.new(options)
    secret = passphrase(options, new=True)
    person = options.person or "Manager"
    club = create_club(
        options.club, options.name, secret, person=person, device=device_id(), clock=clock_of(options), data=home()
    )
    club.close()
    ring = keys.keys_path(options.club)
    lines = [
        f"Made {options.club} for {club.name}. Keep {ring.name} beside it: the file opens only with both.",
        f"{club.actor.name} is its first manager. Print the recovery key: breather people {options.club} recovery-key.",
    ]
    said = {"club": club.name, "file": str(options.club), "keys": str(ring), "person": club.actor.name}
    return Outcome(said, lines)


def move(options: argparse.Namespace) -> Outcome:
    """A club copied from its file to a server, or back."""
    from models.console import servers

    return servers.move(options)


def bring_up_to_date(options: argparse.Namespace) -> Outcome:
    """The tables of a club on a server at the newest version; a club file sees to that by itself."""
    from models.console import servers

    return servers.bring_up_to_date(options)


def tell_figures(options: argparse.Namespace) -> Outcome:
    """The figures of a period; `as_of` is its last day."""
    with opened(options) as club:
        last = options.last or club.clock.today()
        first = options.first or school_year_start(last)
        if last < first:
            raise WrongUse(f"--to {last} is before --from {first}.", "Change them over.")
        found = club.read(lambda uow: figures(uow, first, last))
    return Outcome(found.as_json(), _figure_lines(found))


def _figure_lines(found: Figures) -> list[str]:
    from models.reports.xlsx import figure_lines

    lines = [f"{numeric(found.first)} to {numeric(found.as_of)}"]
    lines += [f"{label}: {value}" for label, value in figure_lines(found)]
    for heading, counts in (
        ("Referred by", found.tracker.referrals_by_agency),
        ("Status", found.tracker.children_by_status),
    ):
        lines += [f"{heading}:", *(f"  {name}: {count}" for name, count in counts.items())]
    without = found.tracker.active_without_trip_consent
    lines.append(f"Active, without trip consent: {', '.join(without) or 'nobody'}")
    return [*lines, found.hours_note()]


def show(options: argparse.Namespace) -> Outcome:
    """Everything of one kind."""
    with opened(options) as club:
        found = club.read(_LISTS[options.what][0])
    lines = [_LISTS[options.what][1](row) for row in found]
    return Outcome({options.what: [plain(row) for row in found]}, lines or ["There are none yet."])


def check(options: argparse.Namespace) -> Outcome:
    """The lines of one activity; exit 1 while anything is in the way."""
    with opened(options) as club:
        row = club.read(lambda uow: chosen(uow, options))
        found = club.read(lambda uow: readiness(uow, row.id))
    said = {
        "activity": row.title,
        "date": row.day.isoformat(),
        "ready": found.ready,
        "lines": [_line(line) for line in found.lines],
    }
    lines = [f"{row.title}, {long(row.day)}: {found.words}."]
    for line in found.lines:
        fix = f" ({line.fix.words})" if line.fix else ""
        lines.append(f"  {line.level.value:<6}{line.rule}: {line.text}{fix}")
    return Outcome(said, lines, DONE if found.ready else REFUSED)


def _line(line: Line) -> dict[str, Any]:
    return {
        "rule": line.rule,
        "level": line.level.value,
        "kind": line.kind.value,
        "text": line.text,
        "fix": line.fix.words if line.fix else None,
        "people": [person.name for person in line.people],
    }


def plain(row: Any) -> dict[str, Any]:
    """A row's fields as JSON holds them: ids and days as text."""
    return {field.name: _plain(getattr(row, field.name)) for field in dataclasses.fields(row)}


def _plain(value: Any) -> Any:
    if isinstance(value, StrEnum):
        return value.value
    return value if value is None or isinstance(value, bool | int | str) else str(value)


_Row = Any
_LISTS: Mapping[str, tuple[Callable[[UnitOfWork], Iterable[_Row]], Callable[[_Row], str]]] = {
    "children": (people.children, lambda row: f"{row.ref}  {row.full_name}, {row.status.value}"),
    "team": (team.adults, lambda row: f"{row.name}, {row.role}, {'cleared' if row.cleared_on else 'not cleared'}"),
    "activities": (
        programme.activities,
        lambda row: (
            f"{numeric(row.day)} {span(row.starts, row.ends)}  {row.title}, {row.status.value}: "
            f"{counted(row.booked, 'child', 'children')} booked, {row.waiting} waiting"
        ),
    ),
    "vehicles": (transport.vehicles, lambda row: f"{row.registration}  {row.name}, {counted(row.seats, 'seat')}"),
}  # fmt: skip
_VERBS: Mapping[str, Callable[[argparse.Namespace], Outcome]] = {
    "new": new, "verify": verify, "import": bring_in, "figures": tell_figures, "list": show, "check": check,
    "print": papers.make, "backup": copies.back_up, "restore": copies.restore,
    "people": people_verbs.people, "move": move, "upgrade": bring_up_to_date,
}  # fmt: skip
