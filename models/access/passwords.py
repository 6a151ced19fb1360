"""What may be a password: long enough, not easily guessed, and none of what anybody here would try first."""

import re
import unicodedata
from collections.abc import Iterable

from models.kernel.errors import BadInput

LEAST = 12
MOST = 200
LEAST_SCORE = 3
MOST_WEIGHED = 72  # zxcvbn's time grows with the square of the length
NEXT = "Put three or four words together that do not belong together."

# What a password made up in a young carers' club is made of; together with the names of the club and the person.
OBVIOUS = frozenset(
    [
        "young", "carer", "carers", "youngcarers", "club", "clubs", "respite", "breather", "safeguarding",
        "safeguard", "child", "children", "charity", "council", "register", "registers", "saturday", "saturdays",
        "minibus", "password", "passwords", "passphrase", "passcode", "pass", "word", "letmein", "let", "me", "in",
        "welcome", "admin", "administrator", "manager", "lead", "worker", "team", "staff", "office", "computer",
        "laptop", "secret", "login", "signin", "sign", "open", "sesame", "london", "england", "school", "summer",
        "winter", "spring", "autumn", "january", "february", "march", "april", "may", "june", "july", "august",
        "september", "october", "november", "december", "monday", "tuesday", "wednesday", "thursday", "friday",
        "sunday", "trip", "trips", "home", "family", "families", "mum", "dad", "hello", "please", "the", "our", "my",
        "we", "are", "is", "of", "and", "for", "to", "a", "i", "love", "you", "qwerty", "qwertyuiop", "asdf", "zxcv",
        "abc", "abcd", "abcde", "abcdef", "correct", "horse", "battery", "staple", "iloveyou", "football", "monkey",
        "dragon", "sunshine", "princess"
    ]
)  # fmt: skip
_UNTYPED = frozenset({"Cc", "Cs"})  # a tab or another control; half a letter
_LOOKALIKE = str.maketrans({"0": "o", "1": "i", "3": "e", "4": "a", "5": "s", "7": "t", "@": "a", "$": "s", "!": "i"})


def check_password(password: str, *, club: str = "", person: str = "", field: str = "password") -> None:
    """Raises BadInput (with `field`) saying what to do, unless it may guard the club file."""
    typed = unicodedata.normalize("NFC", password)
    if len(typed) < LEAST:
        raise BadInput(f"This password is too short: it needs {LEAST} letters or more.", NEXT, field)
    if any(unicodedata.category(letter) in _UNTYPED for letter in typed):
        raise BadInput("There is something in this password that cannot be typed again.", NEXT, field)
    if len(typed) > MOST:
        raise BadInput(f"This password is too long: {MOST} letters are the most.", "Choose a shorter one.", field)
    if _obvious(typed, {*OBVIOUS, *_words(club), *_words(person)}):
        raise BadInput("This password is one of the first that somebody here would try.", NEXT, field)
    if _score(typed, [club, person, *_words(club), *_words(person)]) < LEAST_SCORE:
        raise BadInput("This password is too easy to guess.", NEXT, field)


def _score(typed: str, inputs: list[str]) -> int:
    from zxcvbn import zxcvbn

    found = zxcvbn(typed[:MOST_WEIGHED], user_inputs=[each for each in inputs if each])
    return int(found["score"])


def _words(name: str) -> Iterable[str]:
    return re.findall(r"\w{2,}", unicodedata.normalize("NFC", name).casefold())


def _obvious(typed: str, words: Iterable[str]) -> bool:
    """Whether it is nothing but such words and figures, however they are joined and whatever stands for a letter."""
    plain = typed.casefold()
    middle = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", plain)
    readings = (plain, plain.translate(_LOOKALIKE), middle.translate(_LOOKALIKE))
    return any(_made_of(re.sub(r"[\W\d_]+", "", reading), frozenset(words)) for reading in readings)


def _made_of(letters: str, words: frozenset[str]) -> bool:
    reached = {0}
    for end in range(1, len(letters) + 1):
        if any(end - len(word) in reached and letters.startswith(word, end - len(word)) for word in words):
            reached.add(end)
    return len(letters) in reached
