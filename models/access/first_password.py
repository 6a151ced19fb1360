"""A first password to hand over: read out and typed easily, guessed by nobody, good until its owner chooses another."""

import secrets

_FIRST, _SECOND = "bdfgklmnprstvz", "aeiou"
_PAIRS, _GROUPS = 2, 5


def first_password() -> str:
    """Five groups of two syllables: "kuno-tavi-zeso-rami-lodu", one of nearly three billion billions."""
    return "-".join("".join(_syllable() for _ in range(_PAIRS)) for _ in range(_GROUPS))


def _syllable() -> str:
    return secrets.choice(_FIRST) + secrets.choice(_SECOND)
