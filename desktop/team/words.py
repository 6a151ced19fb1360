"""How the screens of the team say things."""

from dataclasses import dataclass
from datetime import date, timedelta

from desktop.widgets.state import State
from models.kernel.dates import MONTHS, age_on, short_with_year
from models.programme.rules import COUNTING_AGE
from models.readiness.facts import Policy
from models.team.queries import AdultRow
from models.team.rules import HORIZON_DAYS, dbs_renewal_due, licence_check_due, on_the_team, safeguarding_due

LICENCE_HELP = (
    "As on the licence and the DVLA record, like “B since 2012” or “B and D1(101) since 1992, renewed until 13/06/2037”"
)


@dataclass(frozen=True)
class Check:
    """One check: its name, how it stands, a word or two for a list, a line for the view, and when it is due."""

    name: str
    state: State
    short: str
    words: str
    due: date | None = None


@dataclass(frozen=True)
class Counting:
    """Whether an adult counts with the children: state, a word or two, a sentence."""

    state: State
    short: str
    words: str


def counting(adult: AdultRow, today: date) -> Counting:
    """What stands in the way first, what cannot be changed before what can."""
    if not on_the_team(adult.left_on, today):
        return Counting(State.NEUTRAL, "Has left", f"Left the team on {_day(adult.left_on)}.")
    if adult.birth_date is None:
        return Counting(State.WARN, "Age not known", "No date of birth is noted. Only adults of 18 and over count.")
    age = age_on(adult.birth_date, today)
    if age < COUNTING_AGE:
        words = f"{age}: cannot be counted yet. Only adults of {COUNTING_AGE} and over count."
        return Counting(State.NEUTRAL, f"{age}: not yet", words)
    if adult.cleared_on is None:
        return Counting(
            State.WARN, "Not cleared", "Not cleared yet: the manager’s word is needed before anybody counts."
        )
    return Counting(State.OK, "Cleared", f"Cleared to count since {_day(adult.cleared_on)}.")


def cleared(adult: AdultRow, today: date) -> Counting:
    """Whether a manager has given the word: all that somebody knows who does not see colleagues' papers."""
    if not on_the_team(adult.left_on, today):
        return Counting(State.NEUTRAL, "Has left", f"Left the team on {_day(adult.left_on)}.")
    if adult.cleared_on is None:
        return Counting(State.WARN, "Not yet", "Not cleared yet: the manager’s word is needed before anybody counts.")
    return Counting(State.OK, _day(adult.cleared_on), f"A manager cleared them on {_day(adult.cleared_on)}.")


def dbs(adult: AdultRow, today: date, policy: Policy) -> Check:
    """The DBS check, by the house's own years."""
    if adult.dbs_issued is None:
        return Check("DBS", State.WARN, "Not noted", "Not noted")
    due = dbs_renewal_due(adult.dbs_issued, policy.dbs_years)
    level = f"{adult.dbs_level}, " if adult.dbs_level else ""
    return _dated("DBS", due, today, f"{level}issued {_day(adult.dbs_issued)}, to renew by {_day(due)}", "Due")


def safeguarding(adult: AdultRow, today: date, policy: Policy) -> Check:
    """The safeguarding training."""
    trained = adult.safeguarding_trained
    if trained is None:
        return Check("Safeguarding", State.WARN, "Not noted", "Not noted")
    due = safeguarding_due(trained, policy.safeguarding_years)
    return _dated("Safeguarding", due, today, f"Trained {_day(trained)}, again by {_day(due)}", "Due")


def first_aid(adult: AdultRow, today: date) -> Check:
    """The paediatric first-aid certificate; not everybody needs one."""
    ends = adult.first_aid_expires
    if ends is None:
        return Check("First aid", State.NEUTRAL, "None", "No certificate")
    return _dated("First aid", ends, today, _until(ends, today), "Ended")


def driving(adult: AdultRow, today: date) -> Check | None:
    """Licence check and MiDAS together, the sooner first; None for somebody who does not drive for the club."""
    checks = driving_checks(adult, today)
    if not checks:
        return None
    worst = (State.BAD, State.WARN, State.OK)
    return min(checks, key=lambda each: (worst.index(each.state), each.due or date.max))


def driving_checks(adult: AdultRow, today: date) -> tuple[Check, ...]:
    """What a driver's papers say, each on its own."""
    if not adult.licence:
        return ()
    looked, midas = adult.licence_checked, adult.midas_expires
    licence = Check("Licence check", State.WARN, "Check licence", "Not checked with the DVLA yet")
    if looked is not None:
        due = licence_check_due(looked)
        licence = _dated("Licence check", due, today, f"Looked at {_day(looked)}, again by {_day(due)}", "Due")
    certificate = Check("MiDAS", State.WARN, "No MiDAS", "No certificate noted")
    if midas is not None:
        certificate = _dated("MiDAS", midas, today, _until(midas, today), "Ended")
    return (licence, certificate)


def role_words(adult: AdultRow) -> str:
    """The role, and paid or volunteer where the role does not say so."""
    kind = "paid" if adult.paid else "volunteer"
    if kind in adult.role.casefold():
        return adult.role
    return f"{adult.role}, {kind}" if adult.role else kind.capitalize()


def _dated(name: str, due: date, today: date, words: str, past_word: str) -> Check:
    month = f"{MONTHS[due.month - 1][:3]} {due.year}"
    if due < today:
        return Check(name, State.BAD, f"{past_word} {month}", words, due)
    soon = due <= today + timedelta(days=HORIZON_DAYS)
    return Check(name, State.WARN if soon else State.OK, month, words, due)


def _until(ends: date, today: date) -> str:
    return f"Ended on {_day(ends)}" if ends < today else f"Until {_day(ends)}"


def _day(day: date | None) -> str:
    return short_with_year(day) if day else ""
