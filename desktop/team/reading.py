"""What the screens of the team read, off the UI thread."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from desktop.team import words
from desktop.team.words import Check, Counting
from desktop.widgets.history_list import Happening, happenings
from models.access.rules import Permission
from models.history.queries import what_changed
from models.programme import queries as programme
from models.programme.rules import DutyStatus
from models.readiness.facts import Policy
from models.readiness.queries import policy
from models.team import queries as team
from models.team.queries import AdultRow
from models.team.rules import TeamFacts, on_the_team, to_do


@dataclass(frozen=True)
class DutyLine:
    """An activity an adult is asked for."""

    activity_id: UUID
    day: date
    title: str
    words: str


@dataclass(frozen=True)
class ListRow:
    """An adult in the list.

    Attributes:
        driving: None for somebody who does not drive for the club.
        role: as a line says it. whole: the person may see colleagues' papers; where not, what is left blank is not
            theirs to see, and is not shown.
    """

    adult: AdultRow
    here: bool
    counting: Counting
    dbs: Check
    first_aid: Check
    safeguarding: Check
    driving: Check | None
    next: DutyLine | None
    role: str
    whole: bool


@dataclass(frozen=True)
class AdultPicture:
    """Everything the view of one adult shows. `due`: sentences of what has ended or ends soon, and whether it has."""

    row: ListRow
    today: date
    papers: tuple[Check, ...]
    due: tuple[tuple[str, bool], ...]
    duties: tuple[DutyLine, ...]
    history: tuple[Happening, ...]


def read_list(uow: Any) -> tuple[ListRow, ...]:
    """Every adult, those who left included, by name."""
    today: date = uow.clock.today()
    figures, whole = policy(uow), _sees_papers(uow)
    coming = programme.activities(uow, today)
    duties: dict[UUID, DutyLine] = {}
    for line, adult_id in _lines(uow, coming):
        duties.setdefault(adult_id, line)
    found = team.adults(uow, include_left=True)
    return tuple(_row(one, today, figures, duties.get(one.id), whole) for one in found)


def read_adult(uow: Any, adult_id: UUID) -> AdultPicture:
    """One adult with all that the view shows. Raises NotFound."""
    today: date = uow.clock.today()
    figures, whole = policy(uow), _sees_papers(uow)
    adult = team.adult(uow, adult_id)
    duties = tuple(line for line, who in _lines(uow, programme.activities(uow, today)) if who == adult_id)
    facts = TeamFacts(
        adult.id, adult.called, adult.dbs_issued, adult.safeguarding_trained, adult.first_aid_expires,
        adult.licence_checked, adult.midas_expires, bool(adult.licence), adult.left_on,
    )  # fmt: skip
    due = to_do(facts, today, dbs_years=figures.dbs_years, safeguarding_years=figures.safeguarding_years)
    return AdultPicture(
        row=_row(adult, today, figures, duties[0] if duties else None, whole),
        today=today,
        papers=words.driving_checks(adult, today),
        due=tuple((f"{each.text}.", each.overdue) for each in due) if whole else (),
        duties=duties,
        history=happenings(what_changed(uow, adult_id), adult_id),
    )


def _sees_papers(uow: Any) -> bool:
    return bool(uow.actor.may(Permission.EDIT_TEAM) or uow.actor.may(Permission.CONCERNS))


def _row(adult: AdultRow, today: date, figures: Policy, duty: DutyLine | None, whole: bool) -> ListRow:
    return ListRow(
        adult=adult,
        here=on_the_team(adult.left_on, today),
        counting=(words.counting if whole else words.cleared)(adult, today),
        dbs=words.dbs(adult, today, figures),
        first_aid=words.first_aid(adult, today),
        safeguarding=words.safeguarding(adult, today, figures),
        driving=words.driving(adult, today),
        next=duty,
        role=words.role_words(adult) if whole else adult.role,
        whole=whole,
    )


def _lines(uow: Any, coming: Any) -> list[tuple[DutyLine, UUID]]:
    """The duties of activities to come, soonest first, without those declined."""
    activities = {row.id: row for row in coming}
    found = [each for each in programme.duties_of(uow, activities) if each.status is not DutyStatus.DECLINED]
    lines = []
    for each in found:
        row = activities[each.activity_id]
        said = f"{str(each.status).capitalize()} as {each.role}"
        lines.append((DutyLine(row.id, row.day, row.title, said), each.adult_id))
    return sorted(lines, key=lambda pair: pair[0].day)
