"""The rules about marks: folding, corrections in any order, what may be done next, collectors and hours."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from models.people.rules import CollectorKind
from models.registers.rules import (
    CollectedHow,
    CollectorFacts,
    MarkFacts,
    MarkKind,
    MarkSource,
    Outcome,
    RowState,
    Status,
    TodayFacts,
    attended_hours,
    collector_check,
    fold,
    live,
    mark_refusal,
    next_actions,
    outcome,
    ring_home_due,
)

START = datetime(2026, 12, 5, 10, 0, tzinfo=UTC)


def at(minutes: int) -> datetime:
    """So many minutes after the club began."""
    return START + timedelta(minutes=minutes)


def mark(number: int, kind: MarkKind, minutes: int, *, timed: bool = True, **more: object) -> MarkFacts:
    """Mark `number`, entered so many minutes after the start, when it also happened unless it is not `timed`."""
    corrects = more.pop("corrects", None)
    facts = MarkFacts(UUID(int=number), kind, at(minutes) if timed else None, at(minutes), "desk", number)
    return replace(facts, corrects_id=UUID(int=corrects) if corrects else None, **more)


def paper(number: int, kind: MarkKind, **more: object) -> MarkFacts:
    """A mark keyed two days later, its time not known."""
    return mark(number, kind, 2 * 24 * 60 + number, timed=False, source=MarkSource.PAPER, **more)


IN, OUT, LATE, ABSENT, NO_SHOW, VOID = MarkKind


def test_nothing_said_is_due() -> None:
    assert fold([]) == RowState()
    assert RowState().status is Status.DUE


@pytest.mark.parametrize(
    ("kind", "status"),
    [
        (IN, Status.IN),
        (LATE, Status.LATE),
        (ABSENT, Status.ABSENT),
        (NO_SHOW, Status.DID_NOT_COME),
    ],
)
def test_one_mark(kind: MarkKind, status: Status) -> None:
    state = fold([mark(1, kind, 0)])
    assert (state.status, state.last_mark_id) == (status, UUID(int=1))


def test_a_whole_day() -> None:
    state = fold(
        [
            mark(1, LATE, -5, note="Bus broke down"),
            mark(2, IN, 25, late=True),
            mark(3, OUT, 240, collected_by="Finn Walker", collected_how=CollectedHow.LISTED),
        ]
    )
    assert state.status is Status.OUT
    assert (state.in_at, state.out_at, state.was_late) == (at(25), at(240), True)
    assert (state.collected_by, state.collected_how) == ("Finn Walker", CollectedHow.LISTED)
    assert state.note == "Bus broke down"
    assert state.last_mark_id == UUID(int=3)


def test_leaving_and_coming_back() -> None:
    state = fold([mark(1, IN, 0), mark(2, OUT, 60, collected_by="Gran"), mark(3, IN, 90)])
    assert (state.status, state.in_at, state.out_at, state.collected_by) == (Status.IN, at(0), None, "")
    assert len(state.spells) == 2


def test_a_correction_replaces_and_keeps_its_place() -> None:
    wrong, out = mark(1, IN, 0), mark(2, OUT, 240)
    right = mark(3, IN, 300, corrects=1, happened_at=at(5))
    state = fold([wrong, out, right])
    assert (state.status, state.in_at, state.out_at) == (Status.OUT, at(5), at(240))


def test_a_correction_that_says_the_time_is_not_known_keeps_its_place_too() -> None:
    state = fold([mark(1, IN, 0), mark(2, OUT, 240), mark(3, IN, 300, corrects=1, timed=False)])
    assert state.status is Status.OUT
    assert state.out_at == at(240)


def test_a_time_that_was_put_in_afterwards_stays_the_place_of_its_correction() -> None:
    slip = replace(mark(1, IN, 300), happened_at=at(0))
    state = fold([slip, mark(2, OUT, 240), mark(3, IN, 310, corrects=1, timed=False)])
    assert (state.status, state.in_at) == (Status.OUT, None)


def test_a_mark_without_a_time_hands_its_place_to_its_correction() -> None:
    state = fold([mark(1, IN, 0, timed=False), mark(2, OUT, 240), mark(3, IN, 300, corrects=1, timed=False)])
    assert state.status is Status.OUT


def test_a_second_going_out_without_a_time_leaves_the_known_one() -> None:
    assert fold([mark(1, IN, 0), mark(2, OUT, 240), paper(3, OUT)]).out_at == at(240)


def test_taking_back_and_taking_back_the_taking_back() -> None:
    first, back = mark(1, IN, 0), mark(2, VOID, 1, corrects=1)
    assert fold([first, back]) == RowState()
    again = mark(3, VOID, 2, corrects=2)
    assert fold([first, back, again]) == fold([first])
    assert fold([first, back, again, mark(4, VOID, 3, corrects=3)]) == RowState()


def test_taking_back_a_correction_gives_the_first_mark_back() -> None:
    marks = [mark(1, IN, 0), mark(2, ABSENT, 1, corrects=1)]
    assert fold(marks).status is Status.ABSENT
    assert fold([*marks, mark(3, VOID, 2, corrects=2)]) == fold(marks[:1])


def test_a_correction_may_arrive_before_what_it_corrects() -> None:
    assert fold([mark(2, VOID, 1, corrects=1)]) == RowState()


def test_being_seen_outweighs_word() -> None:
    assert fold([mark(1, ABSENT, -2000), mark(2, IN, 0)]).status is Status.IN
    assert fold([mark(1, IN, 5), mark(2, NO_SHOW, 15)]).status is Status.IN
    assert fold([mark(1, ABSENT, -2000), paper(2, IN)]).status is Status.IN


def test_the_newest_word_counts() -> None:
    assert fold([mark(1, NO_SHOW, 15), mark(2, ABSENT, 40)]).status is Status.ABSENT
    assert fold([mark(1, ABSENT, -60), mark(2, LATE, 0)]).status is Status.LATE


def test_paper_without_times_is_in_first_and_out_last_in_whatever_order_it_was_keyed() -> None:
    state = fold([paper(1, OUT, collected_by="Gran"), paper(2, IN)])
    assert (state.status, state.in_at, state.out_at, state.collected_by) == (Status.OUT, None, None, "Gran")
    assert fold([mark(1, OUT, 240), paper(2, IN)]).status is Status.OUT


def test_a_time_nobody_knew_is_filled_in_by_the_other_door() -> None:
    state = fold([paper(1, IN), mark(2, IN, 5), mark(3, OUT, 240)])
    assert (state.in_at, state.out_at) == (at(5), at(240))
    assert len(state.spells) == 1


def test_out_without_in_is_kept_as_it_was_seen() -> None:
    state = fold([mark(1, OUT, 240)])
    assert (state.status, state.in_at, state.out_at) == (Status.OUT, None, at(240))


def test_two_doors_signing_out_make_one_going() -> None:
    state = fold([mark(1, IN, 0), mark(2, OUT, 240), mark(3, OUT, 241)])
    assert (state.status, state.out_at, len(state.spells)) == (Status.OUT, at(241), 1)


def test_marks_in_a_ring_lose_nobody() -> None:
    ring = [mark(1, IN, 0, corrects=2), mark(2, IN, 1, corrects=1)]
    assert fold(ring).status is Status.IN
    assert fold([mark(1, IN, 0, corrects=1)]).status is Status.IN


KINDS = st.sampled_from(list(MarkKind))


@st.composite
def histories(draw: st.DrawFn) -> list[MarkFacts]:
    """Marks from two laptops, some putting right a mark of either (also one not merged yet), clocks a day out."""
    marks = []
    for number in range(1, draw(st.integers(1, 9)) + 1):
        kind = draw(KINDS)
        corrects = draw(st.none() | st.integers(1, 10)) if kind is not VOID else draw(st.integers(1, 10))
        facts = mark(number, kind, draw(st.sampled_from([-1440, 0, 0, 5, 240])), corrects=corrects)
        source = draw(st.sampled_from(list(MarkSource)))
        happened = draw(st.none() | st.just(facts.happened_at))
        late = draw(st.booleans())
        collector = draw(st.sampled_from(["", "Gran", "Finn"]))
        more = {"source": source, "happened_at": happened, "late": late, "collected_by": collector}
        marks.append(replace(facts, device=draw(st.sampled_from(["desk", "door"])), **more))
    return marks


@given(histories(), st.randoms(use_true_random=False))
@example([mark(1, IN, 0), mark(2, OUT, 0)], Random(1))
def test_the_same_whatever_the_order_and_however_often(marks: list[MarkFacts], chance: Random) -> None:
    shuffled = [*marks, *chance.sample(marks, len(marks) // 2)]
    chance.shuffle(shuffled)
    assert fold(shuffled) == fold(marks)


@given(histories())
def test_taking_back_the_deciding_mark_is_the_same_as_its_never_having_been(marks: list[MarkFacts]) -> None:
    state = fold(marks)
    if state.last_mark_id is None:
        return
    deciding = next(one for one in marks if one.id == state.last_mark_id)
    back = mark(99, VOID, 500, corrects=deciding.id.int)
    assert state.last_mark_id != fold([*marks, back]).last_mark_id
    assert fold([*marks, back, mark(100, VOID, 501, corrects=99)]) == state


# --- what may be done next


def test_one_tap_in_and_a_child_home_has_none_left() -> None:
    came_anyway = (Status.DUE, Status.LATE, Status.ABSENT, Status.DID_NOT_COME)
    assert {next_actions(status).tap for status in came_anyway} == {IN}
    assert next_actions(Status.IN).tap is OUT
    assert next_actions(Status.OUT).tap is None


@pytest.mark.parametrize("status", list(Status))
def test_nothing_is_offered_that_would_be_refused(status: Status) -> None:
    marks = {
        Status.DUE: [],
        Status.LATE: [mark(1, LATE, 0)],
        Status.IN: [mark(1, IN, 0)],
        Status.OUT: [mark(1, IN, 0), mark(2, OUT, 60)],
        Status.ABSENT: [mark(1, ABSENT, 0)],
        Status.DID_NOT_COME: [mark(1, NO_SHOW, 0)],
    }[status]
    state = fold(marks)
    assert state.status is status
    actions = next_actions(status)
    for kind in (*actions.menu, *([actions.tap] if actions.tap else [])):
        assert mark_refusal(state, kind) is None


def test_only_nonsense_is_refused() -> None:
    nobody, inside = RowState(), fold([mark(1, IN, 0)])
    gone = fold([mark(1, IN, 0), mark(2, OUT, 60)])
    assert "Sign in first" in (mark_refusal(nobody, OUT) or "")
    assert mark_refusal(gone, OUT) == "Already signed out."
    assert mark_refusal(inside, IN) == "Already signed in."
    assert "take that mark back" in (mark_refusal(inside, ABSENT) or "")
    assert mark_refusal(nobody, VOID) == "There is no mark to take back."
    assert mark_refusal(fold([mark(1, ABSENT, 0)]), IN) is None


def test_a_correction_is_judged_without_the_mark_it_puts_right() -> None:
    marks = [mark(1, IN, 0), mark(2, OUT, 60)]
    assert mark_refusal(fold(marks[:1]), OUT) is None


def test_ring_home_after_fifteen_minutes_without_word() -> None:
    assert not ring_home_due(RowState(), START, at(14))
    assert ring_home_due(RowState(), START, at(15))
    assert not ring_home_due(RowState(), START, at(15), minutes=20)
    for kind in (IN, LATE, ABSENT, NO_SHOW):
        assert not ring_home_due(fold([mark(1, kind, 0)]), START, at(60))


def test_the_live_count() -> None:
    rows = [
        fold([mark(1, IN, 0)]),
        fold([mark(2, IN, 0)]),
        RowState(),
        fold([mark(3, LATE, 0)]),
        fold([mark(4, IN, 0), mark(5, OUT, 60)]),
        fold([mark(6, ABSENT, 0)]),
        fold([mark(7, NO_SHOW, 20)]),
    ]
    count = live(rows, adults=2, required=2, more=6)
    assert (count.inside, count.due, count.out, count.away) == (2, 2, 1, 2)
    assert (count.adults, count.required, count.within, count.more) == (2, 2, True, 6)
    assert not live(rows, adults=1, required=2, more=0).within


def test_setting_up_alone_is_no_breach() -> None:
    count = live([RowState()], adults=1, required=2, more=-3)
    assert (count.required, count.within, count.more) == (0, True, 0)


# --- who may collect

LEILA = CollectorFacts("Leila Sivakumar", CollectorKind.MAY, "neighbour", "Penguin")
FINN = CollectorFacts("Finn Walker", CollectorKind.MAY, "gran")
SAMUEL = CollectorFacts("Samuel Świątek", CollectorKind.MUST_NOT)


def test_who_may_collect_and_how_it_is_settled() -> None:
    check = collector_check([FINN, LEILA, SAMUEL], [TodayFacts("Amy Lee", "aunt", "Finn Walker")])
    assert [(one.name, one.how) for one in check.may] == [
        ("Finn Walker", CollectedHow.LISTED),
        ("Leila Sivakumar", CollectedHow.LISTED),
        ("Amy Lee", CollectedHow.PHONED),
    ]
    assert check.settled("  finn   WALKER ") is CollectedHow.LISTED
    assert check.settled("Amy Lee") is CollectedHow.PHONED
    assert check.settled("Somebody Else") is None
    assert "16 or over" in check.unknown


def test_who_must_not_is_named_without_a_reason() -> None:
    check = collector_check([FINN, SAMUEL])
    assert check.must_not == ("Samuel Świątek",)
    assert check.warning == "Samuel Świątek must not collect. Keep the child inside and ring the manager."
    assert check.barred("samuel swiątek")
    assert collector_check([FINN]).warning == ""


def test_a_barred_person_stays_barred_listed_rung_in_or_with_the_password() -> None:
    again = CollectorFacts("Samuel Swiatek", CollectorKind.MAY)
    check = collector_check([LEILA, SAMUEL, again], [TodayFacts("SAMUEL ŚWIĄTEK")], "penguin")
    assert [one.name for one in check.may] == ["Leila Sivakumar"]
    assert check.settled("Samuel Świątek") is None
    assert check.settled("Somebody Else") is CollectedHow.PASSWORD


@pytest.mark.parametrize(
    ("said", "right"), [("", None), ("  ", None), ("penguin", True), (" PENGUIN ", True), ("pengui", False)]
)
def test_the_password(said: str, right: bool | None) -> None:
    check = collector_check([FINN, LEILA], password=said)
    assert check.has_password
    assert check.password_right is right


def test_a_family_without_a_password_cannot_give_one() -> None:
    check = collector_check([FINN], password="penguin")
    assert (check.has_password, check.password_right) == (False, None)
    assert check.unknown == "Anybody else: ring a parent. Whoever collects is 16 or over."


# --- for reports


def test_hours_by_the_clock_where_every_time_is_known() -> None:
    there = [mark(1, IN, 5), mark(2, OUT, 65), mark(3, IN, 90), mark(4, OUT, 240)]
    assert attended_hours(fold(there), 240) == (210, "times")
    assert attended_hours(fold(there[:3]), 240) == (240, "planned")


def test_hours_of_the_book_are_the_planned_length_whole() -> None:
    late = replace(paper(1, IN), source=MarkSource.BOOK, late=True)
    assert attended_hours(fold([late]), 240) == (240, "planned")
    assert attended_hours(fold([mark(1, ABSENT, 0)]), 240) == (0, "planned")


def test_a_going_before_the_coming_is_not_counted_from_the_clock() -> None:
    state = fold([mark(1, OUT, 0), mark(2, IN, 60)])
    assert attended_hours(state, 240) == (240, "planned")


def test_outcomes() -> None:
    outcomes = {
        Outcome.PRESENT: [mark(1, IN, 0)],
        Outcome.LATE: [mark(1, IN, 20, late=True), mark(2, OUT, 240)],
        Outcome.ABSENT: [mark(1, ABSENT, 0)],
        Outcome.NO_SHOW: [mark(1, NO_SHOW, 0)],
        Outcome.NONE: [mark(1, LATE, 0)],
    }
    assert {expected: outcome(fold(marks)) for expected, marks in outcomes.items()} == {one: one for one in Outcome}
