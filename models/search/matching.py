"""How a few typed letters are matched with words: beginnings first, then near misses."""

import re
import unicodedata
from collections.abc import Collection, Mapping, Sequence

NEAR_ENOUGH = 0.66  # one wrong, missing or swapped letter in three, two in six
# Letters that do not come apart into a plain one and an accent; and the accents of those that do.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": "", "ʻ": ""}
) | dict.fromkeys(range(0x300, 0x370))
_WORD = re.compile(r"\w+")


def plain_words(text: str) -> str:
    """The words in small plain letters, one space before each: " maryam muller"; O’Neill is one word."""
    if text.isascii():
        bare = text.lower().replace("'", "")
    else:
        bare = unicodedata.normalize("NFKD", text.casefold()).translate(PLAIN)
    return f" {' '.join(_WORD.findall(bare))}"


class Lines:
    """Many names, ready to be asked about again and again: each a line of words from `plain_words`."""

    def __init__(self, lines: Sequence[str]) -> None:
        self.lines = lines
        self._places: dict[str, list[int]] | None = None

    @property
    def places(self) -> Mapping[str, Collection[int]]:
        """Each word that occurs, and the places of the lines it is in. Put together when first asked for."""
        if self._places is None:
            self._places = {}
            for place, line in enumerate(self.lines):
                for word in line.split():
                    self._places.setdefault(word, []).append(place)
        return self._places


class Pattern:
    """What somebody typed, ready to be held against many names."""

    def __init__(self, text: str) -> None:
        self._whole = plain_words(text)
        self._words = self._whole.split()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed that could be looked for."""
        return not self._words

    def matches(self, names: Lines) -> list[int]:
        """Places of the lines in which every typed word begins a word, best first, else in order.

        Best is the name typed from its start, then words found whole.
        """
        found: Sequence[int] = range(len(names.lines))
        for word in self._words:
            begun = f" {word}"
            found = [place for place in found if begun in names.lines[place]]
        return sorted(found, key=lambda place: -self._score(names.lines[place]))

    def _score(self, words: str) -> int:
        padded = f"{words} "
        whole = sum(f" {word} " in padded for word in self._words)
        return 10 * words.startswith(self._whole) + 5 * words.startswith(f" {self._words[0]}") + whole

    def near(self, names: Lines, shortest: int) -> list[int]:
        """Places of the lines in which every typed word has a word much like it, likest first.

        Nothing where a typed word has fewer than `shortest` letters: too much is like it.
        """
        if any(len(word) < shortest for word in self._words):
            return []
        total: dict[int, float] | None = None
        for typed in self._words:
            best: dict[int, float] = {}
            for word, score in _alike(typed, list(names.places)).items():
                for place in names.places[word]:
                    best[place] = max(best.get(place, 0.0), score)
            total = best if total is None else {place: total[place] + best[place] for place in total if place in best}
        return sorted(total or (), key=lambda place: (-(total or {})[place], place))


def _alike(typed: str, vocabulary: Sequence[str]) -> dict[str, float]:
    """Words like the typed one, or beginning like it, from 0 (not) to 1 (the same)."""
    from rapidfuzz import process
    from rapidfuzz.distance import OSA

    found: dict[str, float] = {}
    for texts, worth in ((vocabulary, 1.0), ([word[: len(typed)] for word in vocabulary], 0.9)):
        scorer = OSA.normalized_similarity
        for _, score, place in process.extract(typed, texts, scorer=scorer, score_cutoff=NEAR_ENOUGH, limit=None):
            word = vocabulary[place]
            found[word] = max(found.get(word, 0.0), score * worth)
    return found
