"""The lines about consents and buses. Trip consent covers the minibus; safeguarding is an acknowledgement."""

from collections.abc import Iterable

from models.consents.rules import ConsentKind, ConsentState, Verdict, judge
from models.kernel.words import counted, listed
from models.readiness.facts import BookedChild, Plan
from models.readiness.lines import Do, Finding, Fix, Level, Line, Person, RuleKind, RuleName, gathered
from models.transport.rules import Finding as TransportFinding
from models.transport.rules import may_drive, passenger_findings, seating_findings, vehicle_findings

SAFEGUARDING = RuleName(
    "safeguarding-form", "Safeguarding form", RuleKind.HOUSE, "Each family has signed the safeguarding form."
)
TRIP_CONSENT = RuleName(
    "trip-consent", "Trip consent", RuleKind.GUIDANCE, "A parent has said yes to trips, which covers the minibus."
)
SEATS = RuleName("seats", "Seats", RuleKind.HOUSE, "Everybody has a seat out and back, and every bus its adults.")
DRIVER = RuleName("driver", "Driver", RuleKind.LAW, "Each driver may drive that bus that day.")
VEHICLE = RuleName("vehicle", "Minibus papers", RuleKind.LAW, "MOT, insurance and permit hold that day.")

SAID = {
    ConsentState.NOT_ASKED: "Never asked",
    ConsentState.ASKED: "Asked, not back yet",
    ConsentState.REFUSED: "Refused",
    ConsentState.WITHDRAWN: "Withdrawn",
    ConsentState.EXPIRED: "Older than a year, so ring and note that it still stands",
    ConsentState.SIGNED: "Signed, still to be keyed",
    ConsentState.PHONE: "By phone, paper to follow",
}


def safeguarding_line(plan: Plan) -> Line:
    """House policy: an acknowledgement; missing warns and never blocks."""
    return _consent_line(plan, SAFEGUARDING, ConsentKind.SAFEGUARDING, "The safeguarding form is signed for everybody.")


def trip_consent_line(plan: Plan) -> Line:
    """Guidance and house policy: never signed, refused or withdrawn blocks the place; older than 12 months warns."""
    return _consent_line(plan, TRIP_CONSENT, ConsentKind.TRIP, "Trip consent is given for everybody.")


def _consent_line(plan: Plan, rule: RuleName, kind: ConsentKind, fine: str) -> Line:
    verdicts = [(child, _verdict(plan, child, kind)) for child in plan.children]
    findings = []
    for state in SAID:
        concerned = [(child, verdict) for child, verdict in verdicts if verdict.state is state]
        troubled = [(child, verdict) for child, verdict in concerned if verdict.level != Level.OK.value]
        if troubled:
            findings += _grouped(state, troubled)
    return gathered(rule, findings, fine)


def _verdict(plan: Plan, child: BookedChild, kind: ConsentKind) -> Verdict:
    facts = plan.consents.get(child.id, {}).get(kind)
    return judge(kind, facts, plan.day, plan.policy.consent_months)


def _grouped(state: ConsentState, concerned: list[tuple[BookedChild, Verdict]]) -> list[Finding]:
    """One finding a child, all with the same sentence, so that the line names everybody once."""
    text = f"{SAID[state]}: {listed([child.name for child, _ in concerned])}."
    fix = Fix("See the consents", Do.OPEN_CONSENTS)
    return [
        Finding(Level(verdict.level.value), text, person=Person(child.id, "child", child.name), fix=fix)
        for child, verdict in concerned
    ]


def seats_line(plan: Plan) -> Line:
    """House policy: a seat out and back for everybody; law: one seat for each. A bus with no adults is refused."""
    fix = Fix("Plan the journeys", Do.OPEN_TRANSPORT)
    if not plan.legs:
        text = "No journey is planned yet, out or back."
        return gathered(SEATS, [Finding(Level.BLOCK, text, fix=fix, weight=len(plan.children) or 1)], "")
    found = seating_findings(plan.legs, [child.as_passenger() for child in plan.children])
    found += tuple(one for leg in plan.legs for one in passenger_findings(leg))
    findings = [_from_transport(one, fix) for one in found]
    if findings:
        findings[0] = Finding(**{**vars(findings[0]), "weight": _unseated(plan) or 1})
    buses = len({leg.vehicle.id for leg in plan.legs})
    return gathered(SEATS, findings, f"Everybody has a seat, out and back, on {counted(buses, 'bus', 'buses')}.")


def _unseated(plan: Plan) -> int:
    """Children without a seat, counted once for each way."""
    missing = 0
    for way in {leg.direction for leg in plan.legs}:
        seated = {seat.child.id for leg in plan.legs if leg.direction is way for seat in leg.children}
        missing += sum(child.id not in seated for child in plan.children)
    return missing


def driver_line(plan: Plan) -> Line:
    """Law: who may drive which bus; house policy: the driver has confirmed; guidance: MiDAS and licence checks."""
    fix = Fix("Choose the driver", Do.OPEN_TRANSPORT)
    confirmed = {adult.id for adult in plan.adults if adult.there}
    findings, names = [], []
    for leg in plan.legs:
        if leg.driver is None:
            text = f"Nobody is down to drive {leg.vehicle.name} on the way {leg.direction}."
            findings.append(Finding(Level.BLOCK, text, RuleKind.HOUSE, fix=fix))
            continue
        names.append(leg.driver.name)
        if leg.driver.id not in confirmed:
            text = f"{leg.driver.name} has not confirmed, and is down to drive."
            findings.append(Finding(Level.BLOCK, text, RuleKind.HOUSE, fix=fix))
        findings += [_from_transport(one, fix) for one in may_drive(leg.driver, leg.vehicle, plan.day)]
    if not plan.legs:
        findings.append(Finding(Level.BLOCK, "Nobody is down to drive yet.", RuleKind.HOUSE, fix=fix))
    return gathered(DRIVER, _once(findings), f"{listed(list(dict.fromkeys(names)))} may drive.")


def vehicle_line(plan: Plan) -> Line | None:
    """Law: MOT, insurance and section 19 permit in date that day; off the road means off the road."""
    if not plan.legs:
        return None
    vehicles = list({leg.vehicle.id: leg.vehicle for leg in plan.legs}.values())
    findings = [
        _from_transport(one, Fix(f"Open {vehicle.name or vehicle.registration}", Do.OPEN_VEHICLE, vehicle.id))
        for vehicle in vehicles
        for one in vehicle_findings(vehicle, plan.day)
    ]
    return gathered(VEHICLE, findings, f"{listed([vehicle.label for vehicle in vehicles])}: papers in order.")


def _from_transport(found: TransportFinding, fix: Fix) -> Finding:
    return Finding(Level(found.level), found.text, RuleKind(found.kind), fix=fix)


def _once(findings: Iterable[Finding]) -> list[Finding]:
    return list({finding.text: finding for finding in findings}.values())
