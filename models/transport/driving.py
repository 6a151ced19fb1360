"""Who may drive which bus, and whether the bus may go (law and guidance of Great Britain: domain notes, section 3)."""

import re
from dataclasses import replace
from datetime import date

from models.kernel.dates import age_on, months_later, parse_date, short_with_year
from models.transport.facts import D1, DriverFacts, Finding, Licence, VehicleFacts

DRIVING_AGE = 21
YEARS_HELD = 2
LICENCE_CHECK_MONTHS = 6
AGE_OF_RENEWAL = 70
CAR_LICENCE_KG = 3_500
HEAVIER_CAR_LICENCE_KG = 4_250
EQUIPMENT_KG = 750
ZERO_EMISSION_FROM = date(2025, 6, 10)
D1_SHARED_BEFORE = 1997

_PART = re.compile(
    r"(?P<names>(?:D1 ?\(101\)|D1|B)(?:(?: and |, ?| ?& ?| ?\+ ?)(?:D1 ?\(101\)|D1|B))*)"
    r"(?: since (?P<since>\d{4}|\d{1,2}/\d{1,2}/\d{4}))?"
    r"(?:,? (?:renewed )?until (?P<until>\d{1,2}/\d{1,2}/\d{4}))?",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"[,;] ?| and |$")
_NOTHING = frozenset({"", "-", "–", "n", "no", "none", "n/a"})


def parse_licence(text: str) -> Licence:
    """Reads the office's words: "B since 2012", "B and D1(101) since 1992, renewed until 13/06/2037", "" for none.

    Words that are not a licence give `understood=False`; nothing is guessed from them.
    """
    clean = " ".join(text.split())
    licence, at = Licence(), 0
    if clean.lower() in _NOTHING:
        return licence
    while at < len(clean):
        part = _PART.match(clean, at)
        if part is None:
            return Licence(understood=False)
        try:
            licence = _with_part(licence, part)
        except ValueError:
            return Licence(understood=False)
        rest = _BETWEEN.match(clean, part.end())
        if rest is None:
            return Licence(understood=False)
        at = rest.end()
    return licence


def _with_part(licence: Licence, part: re.Match[str]) -> Licence:
    names = part["names"].upper()
    if re.search(r"\bB\b", names):
        since = part["since"] or ""
        first = parse_date(since) if "/" in since else None
        licence = replace(licence, car=True, car_from=first, car_since=int(since[-4:]) if since else None)
    if "D1" in names:
        until = parse_date(part["until"]) if part["until"] else None
        licence = replace(licence, d1=D1.SHARED if "(101)" in names else D1.FULL, d1_until=until)
    return licence


def may_drive(driver: DriverFacts, vehicle: VehicleFacts, day: date) -> tuple[Finding, ...]:
    """Everything that stands against this person driving this bus that day; empty means nothing does.

    Law: 21 or over; a licence for the bus. Guidance: a licence check in the last 6 months (Community Transport
    Association), a MiDAS certificate in date (renewed every 4 years; not a licence).
    """
    findings = [*_old_enough(driver, day), *_licensed(driver, vehicle, day)]
    if not any(finding.level == "block" for finding in findings):
        findings += [*_checked(driver, day), *_midas(driver, day)]
    return tuple(findings)


def _old_enough(driver: DriverFacts, day: date) -> list[Finding]:
    if driver.birth_date is None:
        text = f"{driver.name}’s date of birth is not written down. A minibus driver must be {DRIVING_AGE} or over."
        return [Finding("block", "law", text)]
    age = age_on(driver.birth_date, day)
    if age < DRIVING_AGE:
        text = f"{driver.name} will be {age} on {short_with_year(day)}. A minibus driver must be {DRIVING_AGE} or over."
        return [Finding("block", "law", text)]
    return []


def _licensed(driver: DriverFacts, vehicle: VehicleFacts, day: date) -> list[Finding]:
    licence = parse_licence(driver.licence)
    if not licence.understood:
        text = f"{driver.name}’s licence, “{driver.licence}”, cannot be read. Write it like “B since 2012”."
        return [Finding("block", "law", text)]
    if not licence.car and licence.d1 is D1.NONE:
        return [Finding("block", "law", f"No driving licence is written down for {driver.name}.")]
    if licence.d1 is D1.NONE:
        return _on_car_licence(driver, licence, vehicle, day)
    return _on_d1(driver, licence, day)


def _on_d1(driver: DriverFacts, licence: Licence, day: date) -> list[Finding]:
    """Law: D1(101) may drive any small bus under a permit, paid or not, and lapses at 70 unless renewed."""
    if licence.d1_until and licence.d1_until < day:
        text = f"{driver.name}’s {licence.d1} licence ended on {short_with_year(licence.d1_until)}."
        return [Finding("block", "law", text)]
    if licence.d1_until or not _seventy(driver, day):
        return []
    if licence.d1 is D1.SHARED:
        text = f"{driver.name} is {AGE_OF_RENEWAL} or over: D1(101) lapses then unless it is renewed. "
        return [Finding("block", "law", text + "If it was, write “until” and its date after the licence.")]
    return [Finding("warn", "law", f"{driver.name} is {AGE_OF_RENEWAL} or over: check that the licence was renewed.")]


def _on_car_licence(driver: DriverFacts, licence: Licence, vehicle: VehicleFacts, day: date) -> list[Finding]:
    """Law: B held 2 years, an unpaid volunteer, the bus within the weight. Paid staff: the law is contested.

    Unions say paid staff need D1, so they are taken as not permitted until insurer and trustees say yes in writing.
    Automatic-only licences and trailers are not kept here and stay with whoever checks the licence.
    """
    findings = [*_held_two_years(driver, licence, day), *_light_enough(driver, licence, vehicle, day)]
    if driver.paid and not (driver.driving_approved and driver.driving_approved <= day):
        text = (
            f"{driver.name} is paid and has a car licence only. Get D1, or the insurer’s and trustees’ yes in writing."
        )
        findings.append(Finding("block", "guidance", text))
    if _seventy(driver, day):
        text = f"{driver.name} is {AGE_OF_RENEWAL} or over: check there is no health condition that rules out D1."
        findings.append(Finding("warn", "law", text))
    return findings


def _held_two_years(driver: DriverFacts, licence: Licence, day: date) -> list[Finding]:
    if licence.car_from:
        years = age_on(licence.car_from, day)
    elif licence.car_since:
        years = day.year - licence.car_since
        if years == YEARS_HELD:  # a year alone leaves it open
            text = f"{driver.name} must have held a car licence for 2 years: check the day in {licence.car_since}."
            return [Finding("warn", "law", text)]
    else:
        text = f"When {driver.name} got the car licence is not written down. It must be held for 2 years."
        return [Finding("block", "law", text)]
    if years < YEARS_HELD:
        return [Finding("block", "law", f"{driver.name} has not held a car licence for 2 years.")]
    return []


def _light_enough(driver: DriverFacts, licence: Licence, vehicle: VehicleFacts, day: date) -> list[Finding]:
    """Law: 3,500 kg; 4,250 kg if what is over is equipment for disabled passengers, or zero-emission.

    A zero-emission bus (from 10 June 2025) may reach 5,000 kg where up to 750 kg of it is such equipment.
    """
    weight = vehicle.max_weight_kg
    if weight is None:
        text = f"The weight of {vehicle.label} is not written down. {driver.name}’s car licence has a weight limit."
        return [Finding("block", "law", text)]
    electric = is_zero_emission(vehicle.fuel) and day >= ZERO_EMISSION_FROM
    plain = HEAVIER_CAR_LICENCE_KG if electric else CAR_LICENCE_KG
    equipped = plain + EQUIPMENT_KG if vehicle.wheelchair_places else plain
    if weight > equipped:
        early = licence.car_since is not None and licence.car_since < D1_SHARED_BEFORE
        hint = " A car licence from before 1997 often has D1(101): look, and write it down." if early else ""
        text = f"{vehicle.label} weighs {weight:,} kg; {driver.name}’s car licence covers up to {equipped:,} kg.{hint}"
        return [Finding("block", "law", text)]
    if weight > plain:
        text = f"{vehicle.label} is over {plain:,} kg: check that the rest is equipment for disabled passengers."
        return [Finding("warn", "law", text)]
    if weight > CAR_LICENCE_KG:
        text = f"{vehicle.label} is over {CAR_LICENCE_KG:,} kg: {driver.name} must meet the Group 2 health standard."
        return [Finding("warn", "law", text)]
    return []


def is_zero_emission(fuel: str) -> bool:
    """Whether the fuel as the office writes it is electricity or hydrogen alone (a hybrid is not)."""
    return fuel.strip().casefold() in {"electric", "electricity", "battery", "battery electric", "ev", "hydrogen"}


def _seventy(driver: DriverFacts, day: date) -> bool:
    return driver.birth_date is not None and age_on(driver.birth_date, day) >= AGE_OF_RENEWAL


def _checked(driver: DriverFacts, day: date) -> list[Finding]:
    if driver.licence_checked is None:
        return [Finding("warn", "guidance", f"{driver.name}’s licence has not been checked with the DVLA.")]
    if months_later(driver.licence_checked, LICENCE_CHECK_MONTHS) < day:
        when = short_with_year(driver.licence_checked)
        text = f"{driver.name}’s licence was last checked on {when}. Check it every {LICENCE_CHECK_MONTHS} months."
        return [Finding("warn", "guidance", text)]
    return []


def _midas(driver: DriverFacts, day: date) -> list[Finding]:
    if driver.midas_expires is None:
        return [Finding("warn", "guidance", f"{driver.name} has no MiDAS certificate written down.")]
    if driver.midas_expires < day:
        when = short_with_year(driver.midas_expires)
        return [Finding("warn", "guidance", f"{driver.name}’s MiDAS certificate ended on {when}.")]
    return []


def vehicle_findings(vehicle: VehicleFacts, day: date) -> tuple[Finding, ...]:
    """Law: MOT, insurance and section 19 permit in date that day (the last day counts). Guidance: not off the road.

    A date nobody wrote down warns: a new bus needs no MOT yet, and truly free transport no permit.
    """
    papers = (
        ("MOT", vehicle.mot_expires),
        ("insurance", vehicle.insurance_expires),
        ("section 19 permit", vehicle.permit_expires),
    )
    found = [finding for name, ends in papers for finding in _in_date(vehicle, name, ends, day)]
    if vehicle.off_road.strip():
        text = f"{vehicle.label} is off the road: {vehicle.off_road.strip().rstrip('.')}."
        found.append(Finding("block", "guidance", text))
    return tuple(found)


def _in_date(vehicle: VehicleFacts, name: str, ends: date | None, day: date) -> list[Finding]:
    if ends is None:
        return [Finding("warn", "law", f"When the {name} of {vehicle.label} ends is not written down.")]
    if ends < day:
        text = f"The {name} of {vehicle.label} will have ended: its last day is {short_with_year(ends)}."
        return [Finding("block", "law", text)]
    return []
