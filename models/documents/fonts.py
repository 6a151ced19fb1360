"""Which font prints which characters, how wide words are, and where lines break.

Inter prints Latin; Arabic, Bengali and Tamil have their own Noto fonts and are shaped (joined, reordered, right to
left). A character no font has is printed as □, and `missing` says so, so that a sheet can explain it.
"""

import unicodedata
from collections.abc import Iterator
from itertools import groupby
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple, cast

from models.documents.ops import POINT

if TYPE_CHECKING:
    from fpdf import FPDF
    from fpdf.fonts import TTFFont

LATIN = "inter"
MISSING = "□"
UNBROKEN = "\u00a0"
"""A space at which no line breaks (inside a phone number); it is printed as a plain space."""
_FILES = {
    (LATIN, False): "Inter-Regular.ttf",
    (LATIN, True): "Inter-SemiBold.ttf",
    ("arabic", False): "NotoSansArabic-Regular.ttf",
    ("arabic", True): "NotoSansArabic-Bold.ttf",
    ("bengali", False): "NotoSansBengali-Regular.ttf",
    ("bengali", True): "NotoSansBengali-Bold.ttf",
    ("tamil", False): "NotoSansTamil-Regular.ttf",
    ("tamil", True): "NotoSansTamil-Bold.ttf",
}
_BLOCKS = (
    (0x0600, 0x06FF, "arabic"),
    (0x0750, 0x077F, "arabic"),
    (0x08A0, 0x08FF, "arabic"),
    (0xFB50, 0xFDFF, "arabic"),
    (0xFE70, 0xFEFE, "arabic"),
    (0x0980, 0x09FF, "bengali"),
    (0x0B80, 0x0BFF, "tamil"),
)
_UNSEEN = frozenset({"Cc", "Cf", "Cs"})
_JOINERS = "\u200c\u200d"
_EM = 1000.0
_NARROW = 150
"""No letter is narrower than this in thousandths of the size (marks aside): where looking for a break begins."""


class Run(NamedTuple):
    """A stretch of one line in one font; `width` in thousandths of the font size."""

    text: str
    family: str
    shaped: bool
    width: float


class FontBook:
    """Measures and splits text for one document; every answer is remembered, so that repeated wording costs once."""

    def __init__(self, pdf: "FPDF", folder: Path) -> None:
        """`folder` holds the font files; only those a document needs are opened."""
        self.missing: set[str] = set()
        self._pdf = pdf
        self._folder = folder
        self._fonts: dict[tuple[str, bool], TTFFont] = {}
        self._plain: dict[bool, dict[str, float]] = {}
        self._words: dict[tuple[str, bool], float] = {}
        self._runs: dict[tuple[str, bool], tuple[Run, ...]] = {}
        self._wrapped: dict[tuple[str, bool, float, float], tuple[str, ...]] = {}

    def runs(self, text: str, bold: bool = False) -> tuple[Run, ...]:
        """The line in drawing order, each stretch with the font that has its characters."""
        found = self._runs.get((text, bold))
        if found is None:
            found = self._runs[text, bold] = tuple(self._split(text, bold))
        return found

    def width(self, text: str, size: float, bold: bool = False) -> float:
        """Millimetres the text takes on one line at that size in points."""
        return self._units(text, bold) * size * POINT / _EM

    def wrap(self, text: str, width: float, size: float, bold: bool = False) -> tuple[str, ...]:
        """The lines of the text within `width` millimetres; new lines in the text are kept, long words are broken."""
        key = (text, bold, width, size)
        found = self._wrapped.get(key)
        if found is None:
            room = width / (size * POINT / _EM)
            filled = (line for part in clean(text).split("\n") for line in self._fill(part, room, bold))
            found = tuple(line.replace(UNBROKEN, " ") for line in filled)
            self._wrapped[key] = found
        return found

    def _fill(self, text: str, room: float, bold: bool) -> Iterator[str]:
        if self._units(text, bold) <= room:
            yield " ".join(word for word in text.split(" ") if word)
            return
        space = self._units(" ", bold)
        line: list[str] = []
        used = 0.0
        for word in (piece for whole in text.split(" ") if whole for piece in self._broken(whole, room, bold)):
            wide = self._units(word, bold)
            if line and used + space + wide > room:
                yield " ".join(line)
                line, used = [], 0.0
            used += wide + (space if line else 0.0)
            line.append(word)
        yield " ".join(line)

    def _broken(self, word: str, room: float, bold: bool) -> Iterator[str]:
        while self._units(word, bold) > room and len(word) > 1:
            keep = min(len(word) - 1, max(1, int(room / _NARROW)))
            while keep > 1 and self._units(word[:keep], bold) > room:
                keep -= 1
            keep = word.rfind("-", 1, keep) + 1 or keep
            yield word[:keep]
            word = word[keep:]
        yield word

    def _units(self, text: str, bold: bool) -> float:
        found = self._words.get((text, bold))
        if found is None:
            found = self._words[text, bold] = sum(run.width for run in self.runs(text, bold))
        return found

    def _split(self, text: str, bold: bool) -> Iterator[Run]:
        widths = self._widths(bold)
        if widths.keys() >= set(text):
            yield Run(text, LATIN, False, sum(map(widths.__getitem__, text)))
            return
        placed = list(zip(text, self._families(text), strict=True))
        for family, group in groupby(placed, key=lambda pair: pair[1]):
            piece = "".join(letter for letter, _ in group)
            if family == LATIN:
                piece = self._printable(piece, bold)
            shaped = family != LATIN or any(unicodedata.combining(letter) for letter in piece)
            yield Run(piece, family, shaped, self._measure(piece, family, bold, shaped))

    def _widths(self, bold: bool) -> dict[str, float]:
        """The letters Inter prints as they come, with their widths: most text needs to look no further."""
        if bold not in self._plain:
            font = self.font(LATIN, bold)
            known = {chr(code): font.cw[code] for code in font.cmap}
            self._plain[bold] = {letter: wide for letter, wide in known.items() if not unicodedata.combining(letter)}
        return self._plain[bold]

    def _families(self, text: str) -> list[str]:
        """One family a character; spaces and digits between two words of one script belong to that script."""
        strong = [self._family(letter) for letter in text]
        answer = [family or LATIN for family in strong]
        before = LATIN
        for at, letter in enumerate(text):
            if strong[at] is not None:
                before = strong[at] or LATIN
            elif before != LATIN and self._carries(letter, before) and _next(strong, at) == before:
                answer[at] = before
        return answer

    def _family(self, letter: str) -> str | None:
        family = _script(letter)
        return family if family is None or family == LATIN or self._carries(letter, family) else LATIN

    def _carries(self, letter: str, family: str) -> bool:
        return letter in _JOINERS or ord(letter) in self.font(family, False).cmap

    def _printable(self, text: str, bold: bool) -> str:
        known = self.font(LATIN, bold).cmap
        lost = {letter for letter in text if ord(letter) not in known}
        self.missing |= lost - set(_JOINERS)
        return "".join(letter if letter not in lost else MISSING for letter in text if letter not in _JOINERS)

    def _measure(self, text: str, family: str, bold: bool, shaped: bool) -> float:
        font = self.font(family, bold)
        return float(font.get_text_width(text, _EM, {"features": {}} if shaped else None)[1])

    def font(self, family: str, bold: bool) -> "TTFFont":
        """The opened font, added to the document when first needed."""
        found = self._fonts.get((family, bold))
        if found is None:
            style = "B" if bold else ""
            self._pdf.add_font(family, style, self._folder / _FILES[family, bold])
            found = self._fonts[family, bold] = cast("TTFFont", self._pdf.fonts[family + style])
        return found

    def close(self) -> None:
        """Lets go of the font files."""
        for font in self._fonts.values():
            font.ttfont.close()


def clean(text: str) -> str:
    """Typed text made fit for paper: one form for accented letters, no control characters, tabs as spaces."""
    if text.isascii() and text.isprintable():
        return text
    whole = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\t", " ")
    return "".join(
        letter for letter in whole if letter in "\n\u200c\u200d" or unicodedata.category(letter) not in _UNSEEN
    )


def _script(letter: str) -> str | None:
    """The family of a letter; None for spaces, digits and signs, which take their neighbours'."""
    code = ord(letter)
    if code < 0x0600:
        return LATIN if letter.isalpha() else None
    for first, last, family in _BLOCKS:
        if first <= code <= last:
            return family
    return None if letter in _JOINERS or not letter.isalpha() else LATIN


def _next(strong: list[str | None], at: int) -> str:
    return next((family for family in strong[at + 1 :] if family is not None), LATIN)
