"""The rules of readiness: each looks at one plan and says one line, naming who and what would fix it.

Where a rule comes from stands with its name in RULES. Everything here is pure; law has no "anyway".
"""

from collections.abc import Callable
from dataclasses import replace

from models.kernel.words import counted, listed
from models.people.rules import medicine_problem, medicines_summary
from models.programme.rules import ActivityKind, AdultFacts, DutyStatus, ratio, why_not_counted
from models.readiness.facts import Plan
from models.readiness.lines import Do, Finding, Fix, Level, Line, Person, RuleKind, RuleName, gathered
from models.readiness.trips import (
    DRIVER,
    SAFEGUARDING,
    SEATS,
    TRIP_CONSENT,
    VEHICLE,
    driver_line,
    safeguarding_line,
    seats_line,
    trip_consent_line,
    vehicle_line,
)
from models.team.rules import check_warnings, first_aider_on

RATIO = RuleName("ratio", "Ratio 1:4", RuleKind.HOUSE, "An adult to every four children, and never fewer than two.")
ONE_TO_ONE = RuleName("one-to-one", "One-to-one", RuleKind.HOUSE, "Each one-to-one child has an adult of their own.")
LEAD = RuleName("lead", "Lead worker", RuleKind.REGISTER, "Somebody is in charge, and has confirmed.")
FIRST_AID = RuleName("first-aid", "First aid", RuleKind.REGISTER, "A first-aider whose certificate holds that day.")
CHECKS = RuleName("team-checks", "Team checks", RuleKind.HOUSE, "DBS checks and safeguarding training are not overdue.")
PLACES = RuleName("places", "Places", RuleKind.HOUSE, "No more children than the place takes.")
VENUE = RuleName("venue", "Venue", RuleKind.HOUSE, "There is somewhere to be.")
MEDICAL = RuleName("medical", "Medical", RuleKind.HOUSE, "Medicines the children need are in date.")


def ratio_line(plan: Plan) -> Line:
    """House policy 1:4; guidance (NSPCC) at least two adults: required = max(2, ceil(shared / 4) + dedicated)."""
    needs = [child.one_to_one for child in plan.children]
    found = ratio(needs, plan.adults, plan.day, plan.policy.per_adult, plan.policy.min_adults)
    rule = replace(RATIO, title=f"Ratio 1:{plan.policy.per_adult}")
    counts = [adult for adult in plan.adults if adult.id in found.counted_ids]
    if found.enough:
        names = listed([adult.name for adult in counts])
        return gathered(rule, [], f"{found.sentence().rstrip('.')}: {names}.")
    text = " ".join([found.sentence(), *_why_not(plan)])
    people = tuple(_adult(adult) for adult in plan.adults)
    finding = Finding(Level.BLOCK, text, fix=_one_more_adult(plan), weight=found.short_by)
    return replace(gathered(rule, [finding], ""), people=people)


def _why_not(plan: Plan) -> list[str]:
    # Who said no is left out: a light is for those somebody might still count on.
    waiting = [adult for adult in plan.adults if adult.status is not DutyStatus.DECLINED]
    reasons = [reason for adult in waiting if (reason := why_not_counted(adult, plan.day))]
    return [f"Not counted: {listed(reasons)}."] if reasons else []


def _one_more_adult(plan: Plan) -> Fix:
    for adult in plan.adults:
        asked = replace(adult, status=DutyStatus.CONFIRMED)
        if adult.status is DutyStatus.ASKED and why_not_counted(asked, plan.day) is None:
            return Fix(f"{adult.name} said yes", Do.CONFIRM_ADULT, adult.id)
    if plan.spare:
        adult_id, name = plan.spare[0]
        return Fix(f"Ask {name}", Do.ASK_ADULT, adult_id)
    return Fix("Move a child to waiting", Do.CHOOSE_CHILDREN)


def one_to_one_line(plan: Plan) -> Line | None:
    """House policy: a one-to-one child has as many adults as the child needs, who do nothing else."""
    needing = [child for child in plan.children if child.one_to_one]
    if not needing:
        return None
    findings = []
    for child in needing:
        given = [adult for adult in plan.adults if _is_for(plan, adult, child.id)]
        missing = child.one_to_one - len(given)
        if missing > 0:
            need = counted(child.one_to_one, "adult")
            text = f"{child.name} needs {need} of their own; {len(given) or 'none'} so far."
            fix = Fix("Choose the adult", Do.CHOOSE_ADULTS)
            findings.append(Finding(Level.BLOCK, text, person=Person(child.id, "child", child.name), fix=fix))
    return gathered(ONE_TO_ONE, findings, f"{listed([child.name for child in needing])}: each has their own adult.")


def _is_for(plan: Plan, adult: AdultFacts, child_id: object) -> bool:
    return adult.there and adult.one_to_one and plan.one_to_one_for.get(adult.id) == child_id


def lead_line(plan: Plan) -> Line:
    """Register condition (Childcare Register): someone is in charge; here, the named lead has confirmed."""
    fix = Fix("Choose the lead", Do.EDIT_ACTIVITY)
    lead = next((adult for adult in plan.adults if adult.id == plan.lead_id), None)
    if lead is None or lead.left or lead.status is DutyStatus.DECLINED:
        gone = "has left the team" if lead and lead.left else "cannot come"
        who = f"{lead.name} {gone}, so nobody" if lead else "Nobody"
        return gathered(LEAD, [Finding(Level.BLOCK, f"{who} is down to lead this day.", fix=fix)], "")
    if lead.status is not DutyStatus.CONFIRMED:
        asked = Fix(f"{lead.name} said yes", Do.CONFIRM_ADULT, lead.id)
        text = f"{lead.name} leads, but has not confirmed yet."
        return gathered(LEAD, [Finding(Level.BLOCK, text, person=_adult(lead), fix=asked)], "")
    return gathered(LEAD, [], f"{lead.name} leads.")


def first_aid_line(plan: Plan) -> Line:
    """Register condition: a current paediatric first-aider is there. A lapsed certificate removes only that role."""
    confirmed = [adult for adult in plan.adults if adult.there]
    expires = {adult.id: plan.team[adult.id].first_aid_expires for adult in confirmed if adult.id in plan.team}
    holders = [adult for adult in confirmed if first_aider_on(expires.get(adult.id), plan.day)]
    if holders:
        return gathered(FIRST_AID, [], f"{listed([adult.name for adult in holders])} can give first aid.")
    lapsed = [adult.name for adult in confirmed if expires.get(adult.id)]
    ended = f" {listed(lapsed)} had a certificate that has ended." if lapsed else ""
    text = f"Nobody who has confirmed holds a paediatric first-aid certificate for that day.{ended}"
    fix = Fix("Choose a first-aider", Do.CHOOSE_ADULTS)
    return gathered(FIRST_AID, [Finding(Level.BLOCK, text, fix=fix)], "")


def checks_line(plan: Plan) -> Line:
    """House policy (DBS) and guidance (safeguarding): overdue that day warns; no law dates them."""
    findings = []
    for adult in plan.adults:
        facts = plan.team.get(adult.id)
        if facts is None or adult.status is DutyStatus.DECLINED:
            continue
        for clause in check_warnings(facts, plan.day, plan.policy.dbs_years, plan.policy.safeguarding_years):
            fix = Fix(f"Open {adult.name}", Do.OPEN_ADULT, adult.id)
            findings.append(Finding(Level.WARN, f"{clause}.", person=_adult(adult), fix=fix))
    return gathered(CHECKS, findings, "Everybody’s checks are up to date.")


def places_line(plan: Plan) -> Line:
    """House policy: the activity's limit, else the venue's. A hard stop at booking; here for a limit lowered later."""
    children = counted(len(plan.children), "child", "children")
    if plan.capacity is None:
        return gathered(PLACES, [], f"{children} booked; no limit is set.")
    over = len(plan.children) - plan.capacity
    if over > 0:
        text = f"{children} booked, but there are {plan.capacity} places."
        fix = Fix("Move a child to waiting", Do.CHOOSE_CHILDREN)
        return gathered(PLACES, [Finding(Level.BLOCK, text, fix=fix, weight=over)], "")
    return gathered(PLACES, [], f"{len(plan.children)} of {plan.capacity} places taken.")


def venue_line(plan: Plan) -> Line:
    """House policy: a plan says where."""
    if plan.venue_name:
        return gathered(VENUE, [], f"{plan.venue_name}.")
    fix = Fix("Choose the venue", Do.EDIT_ACTIVITY)
    return gathered(VENUE, [Finding(Level.BLOCK, "No venue is chosen yet.", fix=fix)], "")


def medical_line(plan: Plan) -> Line:
    """House policy: a medicine that will be out of date that day warns; what is needed is named."""
    findings = []
    for child in plan.children:
        problem = medicine_problem(child.medicine_expires, plan.day)
        if problem:
            fix = Fix(f"Open {child.name}", Do.OPEN_CHILD, child.id)
            text = f"{child.name}: {problem}."
            findings.append(Finding(Level.WARN, text, person=Person(child.id, "child", child.name), fix=fix))
    said = f"{medicines_summary([child.as_seen() for child in plan.children])}."
    line = gathered(MEDICAL, findings, said)
    return line if line.level is Level.OK else replace(line, text=f"{line.text} {said}")


def _adult(adult: AdultFacts) -> Person:
    return Person(adult.id, "adult", adult.name)


EVERY_DAY: tuple[Callable[[Plan], Line | None], ...] = (
    ratio_line, one_to_one_line, lead_line, first_aid_line, checks_line, places_line, venue_line,
    safeguarding_line, medical_line,
)  # fmt: skip
TRIPS: tuple[Callable[[Plan], Line | None], ...] = (trip_consent_line,)
BY_MINIBUS: tuple[Callable[[Plan], Line | None], ...] = (seats_line, driver_line, vehicle_line)

RULES: tuple[RuleName, ...] = (
    RATIO, ONE_TO_ONE, LEAD, FIRST_AID, CHECKS, PLACES, VENUE, SAFEGUARDING, MEDICAL,
    TRIP_CONSENT, SEATS, DRIVER, VEHICLE,
)  # fmt: skip


def check(plan: Plan) -> tuple[Line, ...]:
    """Every line of the plan, one a rule, in the order people work them off; rules with nothing to say are left out."""
    chosen = [*EVERY_DAY]
    if plan.kind is ActivityKind.TRIP or plan.by_minibus:
        chosen += TRIPS
    if plan.by_minibus:
        chosen += BY_MINIBUS
    return tuple(line for rule in chosen if (line := rule(plan)) is not None)
