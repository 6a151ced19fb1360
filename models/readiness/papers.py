"""What ends soon: adults' checks and certificates, and the papers of the minibuses, soonest first."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from models.access.permissions import Permission, needs
from models.kernel.dates import short_with_year
from models.readiness.queries import policy, team_facts_of
from models.storage.uow import UnitOfWork
from models.team.queries import team_facts
from models.team.rules import HORIZON_DAYS, on_the_team, short_names, to_do
from models.transport.queries import VehicleRow, vehicles


@dataclass(frozen=True)
class Ending:
    """One paper: its last day, whether that is past, a sentence without a full stop, and the screen that has it."""

    due: date
    over: bool
    words: str
    place: str
    item: object


@needs(Permission.EDIT_TEAM)
def ending_soon(uow: UnitOfWork, horizon_days: int = HORIZON_DAYS) -> tuple[Ending, ...]:
    """Everything that has ended or ends within so many days, soonest first. House policy for how far it looks."""
    today = uow.clock.today()
    found = [*_of_adults(uow, today, horizon_days), *_of_buses(uow, today, horizon_days)]
    return tuple(sorted(found, key=lambda one: (one.due, one.words)))


def _of_adults(uow: UnitOfWork, today: date, horizon_days: int) -> list[Ending]:
    figures = policy(uow)
    team = [one for one in team_facts(uow).values() if on_the_team(one.left_on, today)]
    found = []
    for adult, name in zip(team, short_names([one.name for one in team]), strict=True):
        for one in to_do(
            team_facts_of(adult, name), today, horizon_days, figures.dbs_years, figures.safeguarding_years
        ):
            found.append(Ending(one.due, one.overdue, one.text, "team", adult.id))
    return found


def _of_buses(uow: UnitOfWork, today: date, horizon_days: int) -> list[Ending]:
    last = today + timedelta(days=horizon_days)
    return [
        Ending(ends, ends < today, _sentence(bus, paper, ends, today), "transport", _item(bus.id))
        for bus in vehicles(uow)
        for paper, ends in _papers(bus)
        if ends is not None and ends <= last
    ]


def _papers(bus: VehicleRow) -> tuple[tuple[str, date | None], ...]:
    return (
        ("MOT", bus.mot_expires),
        ("insurance", bus.insurance_expires),
        ("section 19 permit", bus.permit_expires),
    )


def _sentence(bus: VehicleRow, paper: str, ends: date, today: date) -> str:
    return f"The {paper} of {bus.called} {'ended' if ends < today else 'ends'} on {short_with_year(ends)}"


def _item(vehicle_id: UUID) -> tuple[str, UUID]:
    return ("vehicle", vehicle_id)
