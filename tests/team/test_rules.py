"""What the checks of an adult are good for on a day, and which days they work."""

from datetime import date
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.dates import months_later, years_later
from models.team import rules
from models.team.rules import CheckKind, TeamFacts

CLUB, TRIP, TODAY = date(2026, 12, 5), date(2026, 12, 22), date(2026, 12, 3)


def someone(**changed: object) -> TeamFacts:
    facts: dict[str, object] = {
        "id": UUID(int=1), "name": "Denise", "dbs_issued": date(2024, 2, 6), "safeguarding_trained": date(2025, 1, 15),
        "first_aid_expires": date(2027, 9, 3), "licence_checked": date(2026, 8, 1), "midas_expires": date(2027, 5, 1),
    }  # fmt: skip
    return TeamFacts(**{**facts, **changed})


def test_a_dbs_check_is_renewed_after_three_years_by_custom() -> None:
    assert rules.dbs_renewal_due(date(2024, 2, 6)) == date(2027, 2, 6)
    assert rules.dbs_renewal_due(date(2024, 2, 29), 1) == date(2025, 2, 28)


def test_safeguarding_is_refreshed_after_the_years_given() -> None:
    assert rules.safeguarding_due(date(2025, 1, 15)) == date(2028, 1, 15)
    assert rules.safeguarding_due(date(2025, 1, 15), 2) == date(2027, 1, 15)


def test_a_first_aid_certificate_holds_to_its_last_day() -> None:
    expires = date(2026, 12, 12)
    assert rules.first_aider_on(expires, CLUB)
    assert rules.first_aider_on(expires, expires)
    assert not rules.first_aider_on(expires, TRIP)
    assert not rules.first_aider_on(None, CLUB)


def test_nothing_is_warned_of_that_ends_after_the_day() -> None:
    assert rules.check_warnings(someone(), CLUB) == ()
    assert rules.check_warnings(someone(), date(2027, 2, 6)) == ()


def test_an_overdue_dbs_check_is_warned_of_with_its_dates() -> None:
    assert rules.check_warnings(someone(), date(2027, 2, 7)) == (
        "Denise’s DBS check is from 6 Feb 2024; the house renews after 3 years, on 6 Feb 2027",
    )


def test_overdue_safeguarding_is_warned_of_with_its_dates() -> None:
    assert rules.check_warnings(someone(), date(2027, 1, 16), safeguarding_years=2) == (
        "Denise’s safeguarding training is from 15 Jan 2025; it is refreshed after 2 years, on 15 Jan 2027",
    )


def test_a_check_that_is_not_noted_is_warned_of() -> None:
    assert rules.check_warnings(someone(dbs_issued=None, safeguarding_trained=None), CLUB) == (
        "No DBS check is noted for Denise",
        "No safeguarding training is noted for Denise",
    )


def test_to_do_has_what_ends_soon_and_what_ended_soonest_first() -> None:
    marcus = someone(
        name="Marcus", first_aid_expires=date(2026, 12, 12), dbs_issued=date(2024, 1, 8),
        licence_checked=date(2026, 3, 1), drives=True, midas_expires=None,
    )  # fmt: skip
    found = rules.to_do(marcus, TODAY)
    assert [each.text for each in found] == [
        "Marcus’s licence check was due again on 1 Sep 2026",
        "Marcus’s paediatric first-aid certificate ends on 12 Dec 2026",
        "Marcus’s DBS check is due again on 8 Jan 2027",
    ]
    assert [each.overdue for each in found] == [True, False, False]
    assert [each.kind for each in found] == [CheckKind.LICENCE, CheckKind.FIRST_AID, CheckKind.DBS]


def test_to_do_leaves_out_what_is_far_and_licences_of_those_who_do_not_drive() -> None:
    assert rules.to_do(someone(licence_checked=date(2020, 1, 1)), TODAY) == ()
    assert [each.kind for each in rules.to_do(someone(), TODAY, horizon_days=70)] == [CheckKind.DBS]


def test_to_do_forgets_who_has_left() -> None:
    lapsed = someone(first_aid_expires=date(2026, 1, 1))
    assert [each.text for each in rules.to_do(lapsed, TODAY)] == [
        "Denise’s paediatric first-aid certificate ended on 1 Jan 2026"
    ]
    assert rules.to_do(someone(first_aid_expires=date(2026, 1, 1), left_on=TODAY), TODAY) == ()
    assert rules.on_the_team(date(2026, 12, 4), TODAY)


def test_short_names_unless_two_share_one() -> None:
    names = ["Denise Achebe", "Marcus Hollis", "Marcus Reid", ""]
    assert rules.short_names(names) == ("Denise", "Marcus Hollis", "Marcus Reid", "")


@pytest.mark.parametrize(
    ("usual", "day", "holiday", "works"),
    [
        ("Sat and school holidays", CLUB, False, True),
        ("Sat and school holidays", TRIP, True, True),
        ("Sat and school holidays", date(2026, 12, 8), False, False),
        ("School holidays", CLUB, False, False),
        ("School holidays", TRIP, True, True),
        ("School holidays", date(2027, 9, 20), None, None),
        ("Sat, not December", CLUB, False, False),
        ("Sat, not December", date(2026, 11, 7), False, True),
        ("Sat not December", CLUB, False, False),
        ("Saturdays (but not in August or December)", CLUB, False, False),
        ("Saturdays (but not in August or December)", date(2026, 11, 7), False, True),
        ("Sat", CLUB, False, True),
        ("Sat", TRIP, True, False),
        ("every Saturday", CLUB, False, True),
        ("Sat mornings", CLUB, False, True),
        ("Mon-Fri", TRIP, True, True),
        ("Mon to Fri", CLUB, False, False),
        ("Fri-Mon", CLUB, False, True),
        ("Weekends", CLUB, False, True),
        ("weekdays; term time", TRIP, True, True),
        ("Term time", CLUB, False, True),
        ("Not August", CLUB, False, True),
        ("Not Sat", CLUB, False, False),
        ("Any day", CLUB, False, True),
        ("Weds, Thurs", date(2026, 12, 3), False, True),
        ("", CLUB, False, None),
        ("when her mum is well", CLUB, False, None),
        ("Tue, when her mum is well", CLUB, False, None),
        ("Sat, when her mum is well", CLUB, False, True),
        ("xyz-abc", CLUB, False, None),
    ],
)
def test_usual_days(usual: str, day: date, holiday: bool | None, works: bool | None) -> None:
    assert rules.usually_works(usual, day, holiday) is works


@given(st.text(max_size=60), st.dates(), st.sampled_from([True, False, None]))
def test_any_words_can_be_typed_as_usual_days(usual: str, day: date, holiday: bool | None) -> None:
    assert rules.usually_works(usual, day, holiday) in (True, False, None)


@given(st.dates(date(1950, 1, 1), date(2080, 12, 31)), st.integers(0, 120))
def test_months_later_is_the_same_day_or_the_months_end(day: date, months: int) -> None:
    later = months_later(day, months)
    assert (later.year * 12 + later.month) - (day.year * 12 + day.month) == months
    assert later.day == day.day or (later.day < day.day and months_later(later, 0) == later and later.day >= 28)
    assert years_later(day, 3) == months_later(day, 36)
