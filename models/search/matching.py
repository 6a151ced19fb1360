"""How a few typed letters are matched with words: beginnings first, then near misses."""

import re
import unicodedata
from collections.abc import Sequence

NEAR_ENOUGH = 0.66  # one wrong, missing or swapped letter in three, two in six
# Letters that do not come apart into a plain one and an accent.
PLAIN = str.maketrans(
    {"ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "æ": "ae", "œ": "oe", "ı": "i", "’": "", "'": "", "ʻ": ""}
)
_MARKS = re.compile(r"[\u0300-\u036f]")
_GAPS = re.compile(r"[^\w]+")


def plain_words(text: str) -> str:
    """The words in small plain letters, one space before each: " maryam muller"; O’Neill is one word."""
    if text.isascii():
        bare = text.lower().replace("'", "")
    else:
        bare = _MARKS.sub("", unicodedata.normalize("NFKD", text.casefold())).translate(PLAIN)
    return f" {_GAPS.sub(' ', bare).strip()}"


class Pattern:
    """What somebody typed, ready to be held against many names."""

    def __init__(self, text: str) -> None:
        self._whole = plain_words(text)
        self._words = self._whole.split()

    @property
    def empty(self) -> bool:
        """Whether nothing was typed that could be looked for."""
        return not self._words

    def score(self, words: str) -> int:
        """0 unless every typed word begins a word of `words` (from `plain_words`); more for a better match.

        Best is the name typed from its start, then words found whole.
        """
        if not all(f" {word}" in words for word in self._words):
            return 0
        padded = f"{words} "
        whole = sum(f" {word} " in padded for word in self._words)
        return 1 + 10 * words.startswith(self._whole) + 5 * words.startswith(f" {self._words[0]}") + whole

    def near(self, lines: Sequence[str], shortest: int) -> list[int]:
        """Places of the lines in which every typed word has a word much like it, likest first.

        Nothing where a typed word has fewer than `shortest` letters: too much is like it.
        """
        if any(len(word) < shortest for word in self._words):
            return []
        vocabulary = list({word for line in lines for word in line.split()})
        alike = [_alike(typed, vocabulary) for typed in self._words]
        if not all(alike):
            return []
        ranked: list[tuple[float, int]] = []
        for place, line in enumerate(lines):
            words = line.split()
            best = [max((close.get(word, 0.0) for word in words), default=0.0) for close in alike]
            if all(best):
                ranked.append((-sum(best), place))
        return [place for _, place in sorted(ranked)]


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
