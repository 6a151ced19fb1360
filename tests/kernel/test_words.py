"""Money, names, counts, ids, errors and the acting person."""

from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from models.kernel.actor import Actor
from models.kernel.errors import BreatherError, ClubFileError, Refused, WrongPassphrase
from models.kernel.ids import random_ids, seeded_ids
from models.kernel.money import parse_pounds, pounds
from models.kernel.places import resources
from models.kernel.words import called, counted, full_name, initials, listed, sex_words


@pytest.mark.parametrize(
    ("pence", "shown"),
    [
        (0, "£0.00"),
        (5, "£0.05"),
        (4500, "£45.00"),
        (123450, "£1,234.50"),
        (-5, "-£0.05"),
        (-123450, "-£1,234.50"),
        (None, ""),
    ],
)
def test_pounds(pence: int | None, shown: str) -> None:
    assert pounds(pence) == shown


@pytest.mark.parametrize(
    ("text", "pence"),
    [
        ("45", 4500),
        ("45.5", 4550),
        ("45.05", 4505),
        ("£1,234.50", 123450),
        (" £ 45.00 ", 4500),
        ("0", 0),
        ("1234567", 123456700),
    ],
)
def test_money_is_read(text: str, pence: int) -> None:
    assert parse_pounds(text) == pence


@pytest.mark.parametrize(
    "text", ["", "£", "-5", "1,23", "1234,567", "45.123", "45.", ".50", "45 pounds", "€45", "1.234,50"]
)
def test_what_is_not_money(text: str) -> None:
    with pytest.raises(ValueError, match="is not an amount of money; write it like £45"):
        parse_pounds(text)


@given(st.integers(0, 10**12))
def test_money_is_read_back_as_written(pence: int) -> None:
    assert parse_pounds(pounds(pence)) == pence


@pytest.mark.parametrize(
    ("names", "most", "sentence"),
    [
        ([], None, ""),
        (["Denise"], None, "Denise"),
        (["Denise", "Marcus"], None, "Denise and Marcus"),
        (["Denise", "Marcus", "Shreya"], None, "Denise, Marcus and Shreya"),
        (["Denise", "Marcus", "Shreya"], 3, "Denise, Marcus and Shreya"),
        (["Denise", "Marcus", "Shreya", "Yusuf"], 2, "Denise, Marcus and 2 more"),
        (["Denise", "Marcus"], 1, "Denise and 1 more"),
    ],
)
def test_lists_of_names(names: list[str], most: int | None, sentence: str) -> None:
    assert listed(names, most) == sentence


def test_counts() -> None:
    assert counted(1, "child", "children") == "1 child"
    assert counted(13, "child", "children") == "13 children"
    assert counted(0, "adult") == "0 adults"
    assert counted(1234, "adult") == "1,234 adults"


def test_names() -> None:
    assert full_name("Maryam", "Müller", "Mar") == "Maryam (Mar) Müller"
    assert full_name("Maryam", "Müller", "Maryam") == full_name("Maryam", "Müller", "") == "Maryam Müller"
    assert full_name("Maryam", "") == "Maryam"
    assert called("Maryam", "Müller", "Mar") == "Mar Müller"
    assert called("Maryam", "Müller") == "Maryam Müller"


@pytest.mark.parametrize(
    ("name", "letters"),
    [("Niamh Osei", "NO"), ("Ana da Silva", "AS"), ("Łukasz", "Ł"), ("", ""), ("  ", ""), ("élise o’brien", "ÉO")],
)
def test_initials(name: str, letters: str) -> None:
    assert initials(name) == letters


def test_seeded_ids_repeat_and_differ() -> None:
    first, again, other = seeded_ids(1), seeded_ids(1), seeded_ids(2)
    made = [first() for _ in range(50)]
    assert made == [again() for _ in range(50)]
    assert len({*made, *(other() for _ in range(50))}) == 100
    assert all(one.version == 4 for one in made)


def test_random_ids_differ() -> None:
    new = random_ids()
    assert new() != new()


def test_an_error_says_what_and_what_next() -> None:
    error = BreatherError("It is full.", "Use the waiting list.", "places")
    assert str(error) == "It is full. Use the waiting list."
    assert (error.what, error.next_step, error.field) == ("It is full.", "Use the waiting list.", "places")
    assert str(BreatherError("It is full.")) == "It is full."
    assert issubclass(WrongPassphrase, ClubFileError)


def test_a_refusal_keeps_every_reason() -> None:
    error = Refused(["No driver.", "No seat."], "Add one.", rules=["driver", "seats"], can_go_ahead=True)
    assert str(error) == "No driver. No seat. Add one."
    assert (error.reasons, error.rules, error.can_go_ahead) == (("No driver.", "No seat."), ("driver", "seats"), True)
    assert not Refused(["No."]).can_go_ahead


def test_an_actor_may_what_is_granted() -> None:
    actor = Actor(UUID(int=1), "Denise", frozenset({"book"}), "desk")
    assert actor.may("book")
    assert not actor.may("erase")


def test_the_apps_own_files_are_found() -> None:
    assert (resources() / "fonts").is_dir()


@pytest.mark.parametrize(("kept", "shown"), [("F", "Female"), ("M", "Male"), ("intersex", "intersex"), ("", "")])
def test_a_sex_is_a_word(kept: str, shown: str) -> None:
    assert sex_words(kept) == shown
