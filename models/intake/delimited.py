"""CSV as offices really save it: three separators, three encodings, line breaks inside quotation marks."""

import csv
import io
from collections import Counter
from itertools import islice

from models.intake.kinds import header_score
from models.kernel.errors import BadInput

_SEPARATORS = (",", ";", "\t")
_SAMPLE_ROWS = 60


def read(data: bytes, name: str) -> list[tuple[str, list[list[str]]]]:
    """One nameless sheet of rows; the row at index 0 is the spreadsheet's row 1. Raises BadInput."""
    text = decode(data, name)
    separator = _separator(text)
    try:
        rows = [list(row) for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator)]
    except csv.Error as error:
        raise BadInput(
            f"{name} cannot be read as a CSV file: one cell runs on without an end.",
            "Look for a quotation mark that is never closed, or save the file again from the spreadsheet.",
        ) from error
    _refuse_open_quote(text, separator, name)
    return [("", rows)]


def decode(data: bytes, name: str) -> str:
    """The text of UTF-8 (with or without its mark), UTF-16 with its mark, or Windows-1252. Raises BadInput."""
    for encoding in _encodings(data):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text
    raise BadInput(
        f"{name} cannot be read as text: it is cut short, mixed up or not a CSV file.",
        "Save it again as “CSV UTF-8” from the spreadsheet and try again.",
    )


def _encodings(data: bytes) -> tuple[str, ...]:
    """What to try. UTF-8 with a flaw in it must not pass for Windows-1252: O’Brien would come out as Oâ€™Brien."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        return ("utf-16",)
    read = data.decode("utf-8", errors="replace")
    flaws = read.count("\ufffd")
    sound = sum(1 for letter in read if letter > "\x7f") - flaws
    return ("utf-8-sig",) if sound > flaws else ("utf-8-sig", "cp1252")


def _separator(text: str) -> str:
    return max(_SEPARATORS, key=lambda separator: _fit(text, separator))


def _fit(text: str, separator: str) -> tuple[int, int, float]:
    """How well a separator suits: headings known, then the width most rows share, then how many rows share it."""
    try:
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = [row for row in islice(reader, _SAMPLE_ROWS) if row]
    except csv.Error:
        return (0, 0, 0.0)
    if not rows:
        return (0, 0, 0.0)
    width, count = Counter(len(row) for row in rows).most_common(1)[0]
    return (max(header_score(row) for row in rows), width, count / len(rows))


def _refuse_open_quote(text: str, separator: str, name: str) -> None:
    """The lenient reader swallows the rest of the file into one cell; the strict one says so."""
    started = 0
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    try:
        for _ in reader:
            started += 1
    except csv.Error as error:
        if "unexpected end" in str(error):
            raise BadInput(
                f"{name} has a quotation mark on row {started + 1} that is never closed.",
                "Close it or take it out, and try again.",
            ) from error
