"""Who counts, how many adults are needed, how many places there are: the vectors the club works by, and properties."""

from datetime import date, datetime, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.programme import rules
from models.programme.rules import ActivityStatus, AdultFacts, DutyRole, DutyStatus, Group, Waiting

DAY = date(2026, 12, 5)
CHILDREN = st.integers(0, 200)
NEEDS = st.lists(st.integers(0, 2), max_size=30)


def adult(number: int = 1, name: str = "Denise", **changed: object) -> AdultFacts:
    facts: dict[str, object] = {
        "id": UUID(int=number), "name": name, "birth_date": date(1972, 3, 4), "cleared": True,
        "status": DutyStatus.CONFIRMED, "role": DutyRole.WORKER,
    }  # fmt: skip
    return AdultFacts(**{**facts, **changed})


def team(size: int) -> list[AdultFacts]:
    return [adult(number) for number in range(1, size + 1)]


@pytest.mark.parametrize(
    ("changed", "clause"),
    [
        ({}, None),
        ({"name": "Bethan", "birth_date": date(2009, 5, 9)}, "Bethan is 17 that day"),
        ({"name": "Ali", "birth_date": None}, "Ali’s date of birth is not known"),
        ({"name": "Ali", "cleared": False}, "Ali has not been cleared by the manager"),
        ({"name": "Yusuf", "status": DutyStatus.ASKED}, "Yusuf has not confirmed"),
        ({"name": "Yusuf", "status": DutyStatus.DECLINED}, "Yusuf cannot come"),
        ({"name": "Owen", "driving": True}, "Owen is driving"),
        ({"name": "Owen", "role": DutyRole.DRIVER}, "Owen is driving"),
        ({"name": "Shreya", "one_to_one": True, "one_to_one_with": "Lily"}, "Shreya is one-to-one with Lily"),
        ({"name": "Shreya", "role": DutyRole.ONE_TO_ONE}, "Shreya is one-to-one with one child"),
        ({"name": "Lan", "as_parent": True}, "Lan comes as a parent"),
    ],
)
def test_why_an_adult_does_not_count(changed: dict[str, object], clause: str | None) -> None:
    assert rules.why_not_counted(adult(**changed), DAY) == clause


def test_nobody_is_chased_to_confirm_who_could_not_count_anyway() -> None:
    asked = adult(name="Bethan", birth_date=date(2009, 5, 9), status=DutyStatus.ASKED)
    assert rules.why_not_counted(asked, DAY) == "Bethan is 17 that day"


def test_an_adult_counts_from_the_eighteenth_birthday() -> None:
    born = date(2008, 12, 5)
    assert rules.why_not_counted(adult(birth_date=born), DAY) is None
    assert rules.why_not_counted(adult(birth_date=born), date(2026, 12, 4)) == "Denise is 17 that day"


@pytest.mark.parametrize(
    ("children", "adults"),
    [(1, 2), (4, 2), (5, 2), (8, 2), (9, 3), (12, 3), (13, 4), (16, 4), (17, 5)],
)
def test_one_adult_to_four_children_and_never_fewer_than_two(children: int, adults: int) -> None:
    assert rules.required_adults(children, 0) == adults


@pytest.mark.parametrize(
    ("groups", "min_adults", "adults"),
    [
        ([Group(10)], 2, 3),
        ([Group(5), Group(5)], 2, 4),
        ([Group(9)], 2, 3),
        ([Group(5), Group(4)], 2, 4),
        ([Group(5), Group(4)], 1, 3),
        ([Group(9), Group(0)], 2, 3),
        ([], 2, 2),
    ],
)
def test_groups_out_of_sight_are_counted_each(groups: list[Group], min_adults: int, adults: int) -> None:
    assert rules.required_for_groups(groups, min_adults=min_adults) == adults


def test_a_one_to_one_child_takes_an_adult_out_and_leaves_the_shared_pool() -> None:
    assert rules.required_adults(9, 1) == 4
    assert rules.ratio([0] * 9 + [1], team(4), DAY).required == 4


def test_two_to_one_takes_two_adults() -> None:
    found = rules.ratio([0] * 8 + [2], team(4), DAY)
    assert (found.children, found.shared, found.dedicated, found.required) == (9, 8, 2, 4)


def test_numbers_below_nothing_are_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        rules.required_adults(-1, 0)
    with pytest.raises(ValueError, match="negative"):
        rules.required_adults(1, 0, per_adult=0)


def test_twelve_children_and_three_adults_are_within_the_ratio() -> None:
    found = rules.ratio([0] * 12, team(3), DAY)
    assert found.enough
    assert found.sentence() == "12 children need 3 adults; 3 can be counted."
    assert found.counted_ids == (UUID(int=1), UUID(int=2), UUID(int=3))


def test_the_thirteenth_child_needs_a_fourth_adult() -> None:
    found = rules.ratio([0] * 13, [*team(3), adult(4, "Bethan", birth_date=date(2009, 5, 9))], DAY)
    assert (found.required, found.counted, found.short_by, found.enough) == (4, 3, 1, False)
    assert found.sentence() == "13 children need 4 adults; 3 can be counted."


def test_nobody_counted_reads_well() -> None:
    assert rules.ratio([0], [], DAY).sentence() == "1 child needs 2 adults; none can be counted."


def test_a_one_to_one_adult_meets_the_childs_need_and_no_more() -> None:
    with_lily = adult(9, "Shreya", one_to_one=True)
    assert rules.ratio([0] * 9 + [1], [*team(3), with_lily], DAY).enough
    assert rules.ratio([0] * 13, [*team(3), with_lily], DAY).short_by == 1


def test_a_need_nobody_is_dedicated_to_falls_on_the_free_adults() -> None:
    assert rules.ratio([0] * 8 + [1], team(2), DAY).short_by == 1
    assert rules.ratio([0] * 8 + [1], team(3), DAY).enough


@pytest.mark.parametrize(
    "changed", [{"status": DutyStatus.ASKED}, {"driving": True}, {"cleared": False}, {"as_parent": True}]
)
def test_a_one_to_one_adult_must_be_fit_to_count(changed: dict[str, object]) -> None:
    unfit = adult(9, "Shreya", one_to_one=True, **changed)
    assert rules.ratio([0] * 4 + [1], [adult(), unfit], DAY).short_by == 1


def test_at_the_door_three_more_may_come_in() -> None:
    assert rules.more_may_come_in([0] * 9, [0] * 3, team(3), DAY) == 3


def test_at_the_door_the_adult_of_a_child_still_due_is_set_aside() -> None:
    dedicated = adult(9, "Shreya", one_to_one=True)
    assert rules.more_may_come_in([0] * 7, [1], [*team(2), dedicated], DAY) == 1
    assert rules.more_may_come_in([0] * 7, [1], team(3), DAY) == 1
    assert rules.more_may_come_in([0] * 7, [], team(3), DAY) == 5


def test_at_the_door_one_adult_alone_lets_nobody_in() -> None:
    assert rules.more_may_come_in([], [], team(1), DAY) == 0


def test_at_the_door_who_is_set_aside_is_not_the_second_adult_yet() -> None:
    both = [adult(), adult(9, "Shreya", one_to_one=True)]
    assert rules.more_may_come_in([], [1], both, DAY) == 0
    assert rules.more_may_come_in([1], [], both, DAY) == 4


def test_at_the_door_over_the_ratio_is_none_not_fewer() -> None:
    assert rules.more_may_come_in([0] * 13, [], team(3), DAY) == 0


@given(CHILDREN, st.integers(0, 10), st.integers(1, 10), st.integers(0, 3))
def test_required_adults_are_exactly_enough(shared: int, dedicated: int, per_adult: int, least: int) -> None:
    needed = rules.required_adults(shared, dedicated, per_adult, least)
    assert needed >= least
    assert (needed - dedicated) * per_adult >= shared
    assert needed == least or (needed - dedicated - 1) * per_adult < shared


@given(CHILDREN, st.integers(0, 10))
def test_another_child_never_needs_fewer_adults(shared: int, dedicated: int) -> None:
    assert rules.required_adults(shared + 1, dedicated) >= rules.required_adults(shared, dedicated)
    assert rules.required_adults(shared, dedicated + 1) >= rules.required_adults(shared, dedicated)


@given(st.lists(st.builds(Group, CHILDREN, st.integers(0, 5)), min_size=1, max_size=5))
def test_separating_a_group_never_needs_fewer_adults(groups: list[Group]) -> None:
    whole = rules.required_adults(sum(each.shared for each in groups), sum(each.dedicated for each in groups))
    assert rules.required_for_groups(groups) >= whole


@given(NEEDS, st.integers(0, 12), st.integers(0, 4))
def test_another_free_adult_fills_one_gap(needs: list[int], free: int, dedicated: int) -> None:
    adults = [*team(free), *(adult(100 + each, one_to_one=True) for each in range(dedicated))]
    before, after = rules.ratio(needs, adults, DAY), rules.ratio(needs, [*adults, adult(99)], DAY)
    assert after.short_by == max(0, before.short_by - 1)
    assert len(before.counted_ids) == len(set(before.counted_ids)) == before.counted <= len(adults)


@given(NEEDS, NEEDS, st.integers(0, 12), st.integers(0, 6))
def test_those_who_may_come_in_keep_the_ratio(inside: list[int], due: list[int], free: int, dedicated: int) -> None:
    adults = [*team(free), *(adult(100 + each, one_to_one=True) for each in range(dedicated))]
    more = rules.more_may_come_in(inside, due, adults, DAY)
    assert more >= 0
    if more:
        assert rules.ratio([*inside, *[0] * more], adults, DAY).enough
        with_the_promised = [*inside, *(need for need in due if need), *[0] * more]
        assert rules.ratio(with_the_promised, adults, DAY).enough
        assert not rules.ratio([*with_the_promised, 0], adults, DAY).enough


@pytest.mark.parametrize(("seats", "children"), [(16, 12), (15, 12), (14, 11), (13, 10), (12, 9), (9, 7), (8, 6)])
def test_most_children_on_a_minibus_journey(seats: int, children: int) -> None:
    assert rules.most_on_a_leg(seats) == children


@given(st.integers(-3, 60))
def test_most_on_a_journey_is_the_largest_that_fits(seats: int) -> None:
    most = rules.most_on_a_leg(seats)
    assert most + assistants(most) <= max(0, seats)
    assert most + 1 + assistants(most + 1) > seats


@pytest.mark.parametrize(("children", "needed"), [(8, 2), (9, 3), (12, 3)])
def test_two_passenger_assistants_take_eight_children_and_twelve_need_three(children: int, needed: int) -> None:
    assert assistants(children) == needed


def assistants(children: int) -> int:
    return rules.required_adults(children, 0, min_adults=0)


def test_capacity_is_the_activitys_then_the_venues_then_none() -> None:
    assert rules.capacity(12, 30) == 12
    assert rules.capacity(None, 30) == 30
    assert rules.capacity(None, None) is None


def test_places_left() -> None:
    assert rules.places_left(12, 11) == 1
    assert rules.places_left(12, 14) == 0
    assert rules.places_left(None, 400) is None


def queue(*positions: int | None) -> list[Waiting]:
    return [Waiting(UUID(int=number), position) for number, position in enumerate(positions, start=1)]


def test_renumbering_keeps_the_order_and_closes_gaps() -> None:
    places = [(each.child_id.int, each.position) for each in rules.renumbered(queue(None, 7, 3, 7))]
    assert places == [(3, 1), (2, 2), (4, 3), (1, 4)]


def test_moving_up_the_line() -> None:
    moved = rules.moved_in_queue(queue(1, 2, 3), UUID(int=3), 1)
    assert [each.child_id.int for each in moved] == [3, 1, 2]
    assert [each.child_id.int for each in rules.moved_in_queue(queue(1, 2, 3), UUID(int=1), 9)] == [2, 3, 1]
    with pytest.raises(ValueError, match="not on the waiting list"):
        rules.moved_in_queue(queue(1), UUID(int=5), 1)


@given(st.lists(st.none() | st.integers(1, 50), max_size=20))
def test_renumbering_loses_nobody_and_is_settled(positions: list[int | None]) -> None:
    once = rules.renumbered(queue(*positions))
    assert [each.position for each in once] == list(range(1, len(positions) + 1))
    assert {each.child_id.int for each in once} == set(range(1, len(positions) + 1))
    assert rules.renumbered(once) == once


def test_an_activity_ends_after_it_starts() -> None:
    assert rules.times_ok(time(10), time(14))
    assert not rules.times_ok(time(14), time(14))
    assert not rules.times_ok(time(14), time(10))


ALLOWED = {
    ("draft", "confirmed"), ("draft", "cancelled"), ("draft", "delivered"), ("confirmed", "draft"),
    ("confirmed", "delivered"), ("confirmed", "cancelled"), ("cancelled", "draft"),
}  # fmt: skip


@pytest.mark.parametrize("current", ActivityStatus)
@pytest.mark.parametrize("to", ActivityStatus)
def test_a_plan_moves_on_and_what_was_delivered_stays(current: ActivityStatus, to: ActivityStatus) -> None:
    assert rules.can_move_status(current, to) == (current is to or (current.value, to.value) in ALLOWED)


def test_late_from_fifteen_minutes_after_the_start() -> None:
    start = datetime(2026, 12, 5, 10, 0)
    assert not rules.late(datetime(2026, 12, 5, 10, 14, 59), start)
    assert rules.late(datetime(2026, 12, 5, 10, 15), start)
    assert not rules.late(datetime(2026, 12, 5, 10, 15), start, minutes=20)
