"""The seal on a concern, and the few facts that may stand in it."""

from base64 import b64decode
from dataclasses import replace
from datetime import date, time
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.concerns.rules import MOST_REFERENCE, MOST_WHY, Facts, fault_in
from models.concerns.sealing import PAGE, seal, unseal

KEY, OTHER = b"k" * 32, b"o" * 32
ID, ANOTHER = UUID(int=7), UUID(int=8)
FACTS = Facts(UUID(int=3), date(2026, 11, 28), date(2026, 11, 28), time(15, 10), "MASH 4471", None)
# FACTS as Breather 0.2.0 sealed them: filled up to less, and with nothing of how long they are kept.
SEALED_BEFORE = b64decode(
    "YMBl/iZhE9zj6PD3bDm2zygU14fgk5AFtH87dJVYxJKfAIg+zr7IVk4WbKtxdEmQx8Jv+1lUWAjqedZegbPilZ7fCEWA6Z14k9xhhL6dMpOGU6"
    "qJXd4BkN/GNN+vc46Ah7l7BPMI9+w3H83HDWQ3duu1bWJss4RlYTDddwa3XD9mrB/W6wbNraBwS+i3gUNEylvFkLYDhnFqibf7vlg6xuDSD5aG"
    "A8UU9j90x37DPwpNgj970jCZh2HKFRCKQkHp9RIF2ObUILSKCWFcD6GH5bWLJzi0VqwRELf9OKseHDq1+90V3xj/QQW7aPkcSweKhddrUZfNM3"
    "v09MqLbzUnSWxphjoN6ll558uXt6HQdjxQpfpMW2nl0tuu0gm9N8YIhmfLV7OY3C5AkQRCvIOXef+mZipN29eAKSAwsF83zP50otNEqBTg+smf"
    "BaKmvYDlSzKqeEizRJftFlmrZx+NtqtNku0cigOJINAYaVwG8WthoXKovHkJ6QHO28IZ8JgIBZoXfXXJJPGADqyWX7LzNuP8aYprSwGYWdAJNg"
    "q9znpe1sOldheXVQB9gcMK+Id2Nw/xKb+ytwDOwCqZ2ilMn+8V6/MBHFbJRmn5CQ5X0esttX6sz82UgzYAhLCXBCW7EYhQdU9LgYZZqpjMrAzJ"
    "kn38NPt+oUCBEaec0WI8v5ibfpryaP5vmdmAuY9QJjqaYzTiQel/O8a4IJYE"
)  # fmt: skip

letters = st.characters(min_codepoint=32)
many_facts = st.builds(
    Facts, st.none() | st.uuids(), st.dates(), st.dates(), st.none() | st.times(),
    st.text(letters, max_size=MOST_REFERENCE), st.none() | st.dates(), st.none() | st.dates(),
    st.text(letters, max_size=MOST_WHY),
)  # fmt: skip


@given(many_facts, st.uuids())
def test_what_was_sealed_is_what_is_read(facts: Facts, record_id: UUID) -> None:
    assert unseal(KEY, record_id, seal(KEY, record_id, facts)) == facts


@given(many_facts, many_facts)
def test_the_length_tells_nothing(one: Facts, other: Facts) -> None:
    assert len(seal(KEY, ID, one)) == len(seal(KEY, ID, other))


def test_the_longest_that_can_be_kept_is_no_longer_than_the_shortest() -> None:
    """𝒌 takes more bytes than any other letter."""
    day, late = date(2026, 11, 28), time(15, 10, 59, 999_999)
    longest = Facts(UUID(int=3), day, day, late, "𝒌" * MOST_REFERENCE, day, day, "𝒌" * MOST_WHY)
    assert len(seal(KEY, ID, longest)) == len(seal(KEY, ID, Facts(None, day, day, None, "", None)))
    assert unseal(KEY, ID, seal(KEY, ID, longest)) == longest


def test_half_a_letter_is_sealed_too() -> None:
    halves = replace(FACTS, reference="\ud835" * MOST_REFERENCE)
    assert unseal(KEY, ID, seal(KEY, ID, halves)) == halves


def test_what_was_sealed_before_still_opens() -> None:
    assert len(SEALED_BEFORE) < PAGE
    assert unseal(KEY, ID, SEALED_BEFORE) == FACTS


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
