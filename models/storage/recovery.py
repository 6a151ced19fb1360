"""The recovery key: a raw key as a person can copy it from paper.

Crockford's base32 (no I, L, O or U; typed O is 0, typed I or L is 1), in groups of five, each group ended by a check
letter of its own, so that a slip is told by its group.
"""

import hashlib

from models.kernel.errors import BadInput
from models.storage.slots import KEY_BYTES

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUP = 4
LETTERS = 52  # 260 bits for 256
GROUPS = LETTERS // GROUP
_READ_AS = str.maketrans("OIL", "011")


def to_words(key: bytes) -> str:
    """32 bytes as thirteen groups of four letters and a check letter: "7ZQ1X-…"."""
    number = int.from_bytes(key) << 4 | _spare(key)
    letters = "".join(ALPHABET[number >> 5 * (LETTERS - 1 - at) & 31] for at in range(LETTERS))
    parts = [letters[at : at + GROUP] for at in range(0, LETTERS, GROUP)]
    return "-".join(part + _check(part, place) for place, part in enumerate(parts))


def from_words(typed: str) -> bytes:
    """The key, however it was spaced or cased. Raises BadInput (field "recovery_key"), naming the first wrong group."""
    # Whatever stands between the groups: a word processor makes other dashes of ours.
    letters = "".join(letter for letter in typed.upper() if letter.isalnum()).translate(_READ_AS)
    size = GROUP + 1
    groups = [letters[at : at + size] for at in range(0, len(letters), size)]
    for place, group in enumerate(groups[:GROUPS]):
        if not set(group) <= set(ALPHABET) or (len(group) == size and group[-1] != _check(group[:-1], place)):
            raise _wrong(f"Group {place + 1} of the recovery key, {group}, is not right.")
    if len(letters) != GROUPS * size:
        raise _wrong(f"A recovery key has {GROUPS} groups of {size} letters and figures.")
    number = 0
    for letter in "".join(group[:-1] for group in groups):
        number = number << 5 | ALPHABET.index(letter)
    key = (number >> 4).to_bytes(KEY_BYTES)
    if number & 15 != _spare(key):
        raise _wrong("This recovery key is not right: its groups do not belong together.")
    return key


def _wrong(what: str) -> BadInput:
    return BadInput(what, "Look at the paper again and type it as it stands there.", "recovery_key")


def _spare(key: bytes) -> int:
    """The four bits left over in the last letter: a check of the whole."""
    return hashlib.sha256(b"Breather recovery key\0" + key).digest()[0] & 15


def _check(part: str, place: int) -> str:
    """Of its letters and its place, so that a wrong letter, two letters or two groups changed over are seen."""
    value = place
    for letter in part:
        value = (value * 17 + ALPHABET.index(letter)) % 31
    return ALPHABET[value]
