"""Sentences made of names and numbers, in plain British English."""

from collections.abc import Sequence


def listed(names: Sequence[str], most: int | None = None) -> str:
    """Denise, Marcus and Shreya; with `most`, the rest are counted: Denise, Marcus and 3 more."""
    items = list(names)
    if most is not None and len(items) > most:
        items = [*items[:most], f"{len(items) - most} more"]
    if len(items) < 2:
        return "".join(items)
    return f"{', '.join(items[:-1])} and {items[-1]}"


def counted(number: int, one: str, many: str | None = None) -> str:
    """1 child, 13 children; the plural is one + "s" unless given."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def full_name(legal_first: str, legal_last: str, known_as: str | None = None) -> str:
    """The legal name with the known-as name in brackets: Maryam (Mar) Müller."""
    middle = f" ({known_as})" if known_as and known_as != legal_first else ""
    return f"{legal_first}{middle} {legal_last}".strip()


def called(legal_first: str, legal_last: str, known_as: str | None = None) -> str:
    """The name a child answers to, with the surname: Mar Müller."""
    return f"{known_as or legal_first} {legal_last}".strip()


def sex_words(kept: str) -> str:
    """Female for the F that spreadsheets use, Male for M; anything else as it was written."""
    return {"F": "Female", "M": "Male"}.get(kept, kept)


def initials(name: str) -> str:
    """First letters of the first and last word: NO for Niamh Osei."""
    words = name.split()
    return "".join(word[0] for word in (words[0], words[-1])[: len(words)]).upper() if words else ""
