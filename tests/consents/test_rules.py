"""Where a consent stands on a day, and what that means for a place."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.consents import rules
from models.consents.rules import Authority, ConsentFacts, ConsentKind, ConsentState, Level
from models.programme.rules import ActivityKind

TRIP_DAY = date(2026, 12, 22)
TRIP, SAFE = ConsentKind.TRIP, ConsentKind.SAFEGUARDING
OTHERS = [kind for kind in ConsentKind if kind not in (TRIP, SAFE)]
GIVEN = [ConsentState.GRANTED, ConsentState.SIGNED, ConsentState.PHONE]


def consent(state: ConsentState = ConsentState.GRANTED, kind: ConsentKind = TRIP, **days: date) -> ConsentFacts:
    return ConsentFacts(kind, state, **{"signed_on": date(2026, 10, 1), **days})


def test_no_record_is_not_asked() -> None:
    assert rules.standing(None, TRIP_DAY) is ConsentState.NOT_ASKED


@pytest.mark.parametrize("state", GIVEN)
def test_a_consent_stands_for_twelve_months_to_the_day(state: ConsentState) -> None:
    signed = date(2025, 12, 22)
    assert rules.standing(consent(state, signed_on=signed), TRIP_DAY) is state
    assert rules.standing(consent(state, signed_on=signed - timedelta(days=1)), TRIP_DAY) is ConsentState.EXPIRED
    assert rules.standing(consent(state, signed_on=signed), TRIP_DAY, months=6) is ConsentState.EXPIRED


def test_a_call_within_twelve_months_clears_an_old_consent() -> None:
    old = date(2024, 1, 1)
    assert rules.standing(consent(signed_on=old, reconfirmed_on=date(2026, 12, 3)), TRIP_DAY) is ConsentState.GRANTED
    assert rules.standing(consent(signed_on=old, reconfirmed_on=date(2025, 12, 1)), TRIP_DAY) is ConsentState.EXPIRED


def test_a_call_after_the_day_says_nothing_about_it() -> None:
    told = consent(signed_on=date(2024, 1, 1), reconfirmed_on=date(2026, 12, 23))
    assert rules.standing(told, TRIP_DAY) is ConsentState.EXPIRED


def test_a_consent_given_until_a_day_ends_with_it() -> None:
    until = consent(ended_on=date(2026, 12, 20))
    assert rules.standing(until, date(2026, 12, 20)) is ConsentState.GRANTED
    assert rules.standing(until, TRIP_DAY) is ConsentState.EXPIRED
    assert rules.judge(TRIP, until, TRIP_DAY).clause == "trip consent ended on 20 Dec 2026"
    again = consent(ended_on=date(2026, 12, 20), reconfirmed_on=date(2026, 12, 21))
    assert rules.standing(again, TRIP_DAY) is ConsentState.GRANTED


def test_a_withdrawal_does_not_reach_back() -> None:
    withdrawn = consent(ConsentState.WITHDRAWN, ended_on=date(2026, 12, 10))
    assert rules.standing(withdrawn, date(2026, 12, 9)) is ConsentState.GRANTED
    assert rules.standing(withdrawn, date(2026, 12, 10)) is ConsentState.WITHDRAWN
    old = consent(ConsentState.WITHDRAWN, ended_on=date(2026, 12, 10), signed_on=date(2024, 1, 1))
    assert rules.standing(old, date(2026, 12, 9)) is ConsentState.EXPIRED


def test_what_a_place_needs() -> None:
    assert rules.needed_for(ActivityKind.CLUB) == (SAFE,)
    assert rules.needed_for(ActivityKind.TRIP) == (SAFE, TRIP)
    assert rules.needed_for(ActivityKind.TRIP, by_minibus=True) == (SAFE, TRIP)
    assert rules.needed_for(ActivityKind.CLUB, by_minibus=True) == (SAFE, TRIP)


NEVER = [ConsentState.NOT_ASKED, ConsentState.ASKED, ConsentState.REFUSED, ConsentState.WITHDRAWN]


@pytest.mark.parametrize("state", NEVER)
def test_a_trip_place_is_blocked_without_a_yes(state: ConsentState) -> None:
    assert rules.judge(TRIP, consent(state), TRIP_DAY).level is Level.BLOCK


@pytest.mark.parametrize("state", NEVER)
def test_the_safeguarding_form_only_warns(state: ConsentState) -> None:
    assert rules.judge(SAFE, consent(state, SAFE), TRIP_DAY).level is Level.WARN


@pytest.mark.parametrize("kind", [TRIP, SAFE])
def test_a_yes_is_fine_and_a_loose_end_warns(kind: ConsentKind) -> None:
    assert rules.judge(kind, consent(ConsentState.GRANTED, kind), TRIP_DAY).level is Level.OK
    assert rules.judge(kind, consent(ConsentState.SIGNED, kind), TRIP_DAY).level is Level.WARN
    assert rules.judge(kind, consent(ConsentState.PHONE, kind), TRIP_DAY).level is Level.WARN
    old = rules.judge(kind, consent(kind=kind, signed_on=date(2024, 1, 1)), TRIP_DAY).level
    assert old is (Level.WARN if kind is TRIP else Level.OK)  # an acknowledgement does not age
    assert rules.judge(kind, None, TRIP_DAY).state is ConsentState.NOT_ASKED


@pytest.mark.parametrize("kind", OTHERS)
@pytest.mark.parametrize("state", ConsentState)
def test_other_kinds_never_block_nor_warn(kind: ConsentKind, state: ConsentState) -> None:
    assert rules.judge(kind, consent(state, kind), TRIP_DAY).level is Level.OK
    assert rules.judge(kind, None, TRIP_DAY).level is Level.OK


@pytest.mark.parametrize(
    ("facts", "clause"),
    [
        (None, "trip consent has not been asked for"),
        (
            consent(ConsentState.ASKED, asked_on=date(2026, 11, 24)),
            "trip consent was asked for on 24 Nov 2026 and is not back yet",
        ),
        (consent(ConsentState.SIGNED), "trip consent was signed on 1 Oct 2026 and is still to be keyed"),
        (consent(), "trip consent was given on 1 Oct 2026"),
        (consent(reconfirmed_on=date(2026, 12, 3)), "trip consent was given on 3 Dec 2026"),
        (consent(ConsentState.PHONE), "trip consent was given by phone on 1 Oct 2026, paper to follow"),
        (consent(ConsentState.REFUSED), "trip consent was refused"),
        (consent(ConsentState.WITHDRAWN, ended_on=date(2026, 12, 3)), "trip consent was withdrawn on 3 Dec 2026"),
        (consent(signed_on=date(2025, 11, 5)), "trip consent is from 5 Nov 2025, older than 12 months"),
    ],
)
def test_the_reason_is_said_plainly(facts: ConsentFacts | None, clause: str) -> None:
    assert rules.judge(TRIP, facts, TRIP_DAY).clause == clause


def test_every_state_and_kind_has_its_words() -> None:
    assert set(rules.STATE_WORDS) == set(ConsentState)
    assert set(rules.KIND_WORDS) == set(ConsentKind)
    assert rules.STATE_WORDS[ConsentState.EXPIRED] == "Older than 12 months"
    assert rules.STATE_WORDS[ConsentState.PHONE] == "Yes by phone, paper to follow"


def test_who_may_sign() -> None:
    assert rules.may_sign(Authority.PARENTAL_RESPONSIBILITY) is None
    assert "written down" in (rules.may_sign(Authority.DELEGATED) or "")
    assert "not known" in (rules.may_sign(Authority.NOT_KNOWN) or "")


DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@given(st.sampled_from(GIVEN), DAYS, DAYS, st.none() | DAYS)
def test_an_expired_consent_never_comes_back_by_waiting(
    state: ConsentState, signed: date, on: date, reconfirmed: date | None
) -> None:
    if reconfirmed and reconfirmed > on:
        reconfirmed = None
    facts = ConsentFacts(TRIP, state, signed_on=signed, reconfirmed_on=reconfirmed)
    if rules.standing(facts, on) is ConsentState.EXPIRED:
        assert rules.standing(facts, on + timedelta(days=1)) is ConsentState.EXPIRED
    assert rules.judge(TRIP, facts, on).level is not Level.BLOCK
