"""The recovery key on paper: typed back whole however it is typed, and every slip of the pen is seen."""

import random

import pytest

from models.kernel.errors import BadInput
from models.storage.recovery import ALPHABET, from_words, to_words

KEY = bytes(range(100, 132))


def test_it_reads_as_groups_of_five_without_letters_that_look_alike() -> None:
    words = to_words(KEY)
    assert [len(group) for group in words.split("-")] == [5] * 13
    assert not set(words) & set("ILOU")


def test_it_comes_back_from_paper(rng: random.Random) -> None:
    for _ in range(500):
        key = rng.randbytes(32)
        assert from_words(to_words(key)) == key
    for key in (bytes(32), b"\xff" * 32):
        assert from_words(to_words(key)) == key


@pytest.mark.parametrize(
    "typed",
    [
        str.lower,
        lambda words: words.replace("-", " "),
        lambda words: words.replace("-", ""),
        lambda words: words.replace("0", "O").replace("1", "I"),
        lambda words: words.replace("0", "o").replace("1", "l"),
        lambda words: f"  {words}\n",
        lambda words: words.replace("-", "\u2013"),
        lambda words: words.replace("-", " \u2011\u00a0"),
    ],
)
def test_it_is_forgiving(typed: object, rng: random.Random) -> None:
    assert callable(typed)
    keys = [rng.randbytes(32) for _ in range(50)]
    assert [from_words(typed(to_words(key))) for key in keys] == keys


def test_one_wrong_letter_is_seen_and_its_group_is_named(rng: random.Random) -> None:
    words = to_words(KEY)
    missed = []
    for at, letter in enumerate(words):
        for other in ALPHABET if letter != "-" else "":
            if other != letter:
                try:
                    from_words(words[:at] + other + words[at + 1 :])
                    missed.append((at, other))
                except BadInput:
                    continue
    # One pair of letters shares a check letter: four bits over the whole see fifteen in sixteen of those.
    assert len(missed) <= 3
    with pytest.raises(BadInput, match="Group 3 of the recovery key") as told:
        from_words(words[:12] + ("A" if words[12] != "A" else "B") + words[13:])
    assert told.value.field == "recovery_key"


def test_two_letters_or_two_groups_changed_over_are_seen() -> None:
    words = to_words(KEY)
    groups = words.split("-")
    for at in range(12):
        swapped = [*groups[:at], groups[at + 1], groups[at], *groups[at + 2 :]]
        if groups[at] != groups[at + 1]:
            with pytest.raises(BadInput):
                from_words("-".join(swapped))
    for at in range(len(words) - 1):
        pair = words[at : at + 2]
        if "-" not in pair and pair[0] != pair[1] and at % 6 < 3:
            with pytest.raises(BadInput):
                from_words(words[:at] + pair[::-1] + words[at + 2 :])


@pytest.mark.parametrize("typed", ["", "ABC", "?" * 65, "0" * 64, "0" * 66, "a" * 10_000])
def test_what_is_no_recovery_key_is_refused(typed: str) -> None:
    with pytest.raises(BadInput) as refused:
        from_words(typed)
    assert "Look at the paper again" in refused.value.next_step
