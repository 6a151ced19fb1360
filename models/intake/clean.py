"""One cell's text made safe to keep: one Unicode form, no hidden characters, never a live formula."""

import re
import unicodedata

LONGEST_SHOWN = 80

_SPACES = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000\t]")
# Marks that only steer the direction of text can make a name read as another one; names print right without them.
_STEERING = re.compile("[\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]")
_LINES = re.compile("\r\n|\r|\u2028|\u2029|\x0b|\x0c")
_NUMBER_OR_PHONE = re.compile(r"[+\-]?[\d\s().,/\-–]*")
_FORMULA_INSIDE = re.compile(r"[A-Za-z_.]\(|[|!]|\b\$?[A-Z]{1,3}\$?\d+\b|\d\s*[+*^]\s*\d|^[+\-@]\s*\w+\s*[+*/^]")


def clean(text: str, lines: bool = False) -> str:
    """The text with one Unicode form (NFC) and plain spaces; line breaks are kept only when `lines` says so.

    A lone dash is how many an office writes "nothing": it comes back as "". Raises ValueError with a sentence for a
    formula and for control characters.
    """
    if not text:
        return ""
    tidy = _STEERING.sub("", _SPACES.sub(" ", _LINES.sub("\n", unicodedata.normalize("NFC", text)))).strip()
    if tidy.startswith("'") and tidy[1:2] in ("=", "+", "-", "@"):
        # A leading apostrophe is a spreadsheet's own way to say "this is text"; our exports write it too.
        tidy = tidy[1:]
    elif is_formula(tidy):
        raise ValueError("is a formula; type the value itself instead")
    if not tidy.isprintable() and any(
        unicodedata.category(letter) in ("Cc", "Cs", "Co", "Cn") and letter != "\n" for letter in tidy
    ):
        raise ValueError("has a character that cannot be shown or printed; type it again")
    rows = [" ".join(line.split()) for line in tidy.split("\n")]
    joined = "\n".join(rows).strip() if lines else ", ".join(row.rstrip(",") for row in rows if row)
    return "" if joined in ("-", "–", "—") else joined


def is_formula(text: str) -> bool:
    """Whether a spreadsheet would run this text: it starts with = + - or @ and is no phone number, number or dash."""
    start = text[:1]
    if start in ("=", "＝"):
        return True
    if start not in ("+", "-", "@") or not start:
        return False
    return not _NUMBER_OR_PHONE.fullmatch(text) and bool(_FORMULA_INSIDE.search(text))


def glimpse(text: str) -> str:
    """What a list of refusals shows of a cell: one line, cut short."""
    line = "".join(letter if letter.isprintable() else " " for letter in text)
    line = " ".join(line.split())
    return line if len(line) <= LONGEST_SHOWN else line[: LONGEST_SHOWN - 1] + "…"


def folded(text: str) -> str:
    """For comparing names: small letters, no accents, no punctuation, single spaces."""
    plain = unicodedata.normalize("NFKD", text.casefold().translate(_LETTERS))
    kept = "".join(letter for letter in plain if not unicodedata.combining(letter) and letter not in "'’‘`.")
    return " ".join(re.sub(r"[\W_]+", " ", kept).split())


# Letters that no Unicode rule takes apart, and that people leave out when they type quickly.
_LETTERS = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "æ": "ae", "œ": "oe", "ß": "ss", "þ": "th", "ð": "d"})
