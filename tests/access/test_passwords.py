"""What may be a password and what may be a PIN."""

import pytest

from models.access.passwords import check_password
from models.access.pins import check_hash, check_pin, hash_of
from models.kernel.errors import BadInput, WrongPassphrase

CLUB, PERSON = "Lewisham Young Carers", "Grace Adeyemi"


@pytest.mark.parametrize(
    "password",
    ["three quiet otters", "four calm paper boats", "kuno-tavi-zeso-rami-lodu", "грушевый сад зимой", "Tq7#vLw92!kZ"],
)
def test_these_are_good(password: str) -> None:
    check_password(password, club=CLUB, person=PERSON)


@pytest.mark.parametrize(
    ("password", "why"),
    [
        ("", "too short"),
        ("zzzzzzzzzzzzzzzz", "easy to guess"),
        ("elevenchars", "too short"),
        ("x" * 201, "too long"),
        ("aaaaaaaaaaaaaaaa", "first that somebody"),
        ("abcdefghijkl", "easy to guess"),
        ("qwertyuiop12", "first that somebody"),
        ("youngcarers2026", "first that somebody"),
        ("YoungCarers2026!", "first that somebody"),
        ("Y0ungC4rers!!2026", "first that somebody"),
        ("Lewisham-Young-Carers", "first that somebody"),
        ("grace adeyemi 1987", "first that somebody"),
        ("safeguarding lead", "first that somebody"),
        ("respite club saturday", "first that somebody"),
        ("correct horse battery staple", "first that somebody"),
        ("passwordpassword", "first that somebody"),
        ("123456789012", "first that somebody"),
        ("four calm paper boats\t", "cannot be typed again"),
        ("four calm paper \udcff boats", "cannot be typed again"),
        ("four calm paper\0 boats", "cannot be typed again"),
    ],
)
def test_these_are_refused_with_what_to_do(password: str, why: str) -> None:
    with pytest.raises(BadInput, match=why) as refused:
        check_password(password, club=CLUB, person=PERSON)
    assert (refused.value.field, bool(refused.value.next_step)) == ("password", True)


def test_a_name_made_the_password_is_weighed_with_the_rest() -> None:
    check_password("lewisham moonbeam kettle", club="Other", person="Nobody")
    with pytest.raises(BadInput):
        check_password("moonbeamkettle1", club="Moonbeam", person="Kettle")


@pytest.mark.parametrize("pin", ["4071", "90352", "7340918", "83015264"])
def test_a_pin_that_nobody_tries_first(pin: str) -> None:
    check_pin(pin)
    kept = hash_of(pin)
    assert pin not in kept
    check_hash(kept, pin)
    with pytest.raises(WrongPassphrase):
        check_hash(kept, "4072")


@pytest.mark.parametrize(
    "pin",
    ["", "123", "123456789", "12a4", "１２９４", "-407", "1234", "4321", "0000", "1122", "1212", "4747", "2580", "1987",
     "012345", "98765432"],
)  # fmt: skip
def test_a_pin_anybody_would_try_is_refused(pin: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_pin(pin)
    assert refused.value.field == "pin"


def test_no_pin_opens_nothing() -> None:
    with pytest.raises(WrongPassphrase):
        check_hash("", "")
