"""The seal on a concern, and the few facts that may stand in it."""

from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.concerns.rules import MOST_REFERENCE, Facts, fault_in
from models.concerns.sealing import seal, unseal

KEY, OTHER = b"k" * 32, b"o" * 32
ID, ANOTHER = UUID(int=7), UUID(int=8)
FACTS = Facts(UUID(int=3), date(2026, 11, 28), date(2026, 11, 28), time(15, 10), "MASH 4471", None)

many_facts = st.builds(
    Facts, st.none() | st.uuids(), st.dates(), st.dates(), st.none() | st.times(), st.text(max_size=MOST_REFERENCE),
    st.none() | st.dates(),
)  # fmt: skip


@given(many_facts, st.uuids())
def test_what_was_sealed_is_what_is_read(facts: Facts, record_id: UUID) -> None:
    assert unseal(KEY, record_id, seal(KEY, record_id, facts)) == facts


@given(many_facts, many_facts)
def test_the_length_tells_nothing(one: Facts, other: Facts) -> None:
    assert len(seal(KEY, ID, one)) == len(seal(KEY, ID, other))


def test_the_same_facts_never_look_the_same_twice() -> None:
    assert seal(KEY, ID, FACTS) != seal(KEY, ID, FACTS)


def test_another_key_another_record_or_one_altered_bit_opens_nothing() -> None:
    sealed = seal(KEY, ID, FACTS)
    assert unseal(OTHER, ID, sealed) is None
    assert unseal(KEY, ANOTHER, sealed) is None
    for at in range(len(sealed)):
        altered = bytearray(sealed)
        altered[at] ^= 1
        assert unseal(KEY, ID, bytes(altered)) is None


@pytest.mark.parametrize("length", [0, 5, 12, 20])
def test_a_sealed_text_cut_short_opens_nothing(length: int) -> None:
    assert unseal(KEY, ID, seal(KEY, ID, FACTS)[:length]) is None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"noticed_on": date(2026, 12, 4)}, "noticed_on"),
        ({"told_on": date(2026, 12, 4)}, "told_on"),
        ({"told_on": date(2026, 11, 27)}, "told_on"),
        ({"closed_on": date(2026, 11, 27)}, "closed_on"),
        ({"closed_on": date(2026, 12, 4)}, "closed_on"),
    ],
)
def test_days_that_cannot_be_are_said_at_their_field(values: dict[str, date], field: str) -> None:
    wrong = fault_in(replace(FACTS, **values), date(2026, 12, 3))  # type: ignore[arg-type] # dates alone are given
    assert wrong is not None
    assert wrong.field == field


def test_days_that_can_be_are_taken() -> None:
    assert fault_in(replace(FACTS, closed_on=date(2026, 12, 3)), date(2026, 12, 3)) is None
