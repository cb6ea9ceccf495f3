"""Reading through damage: words that a recogniser misread, brought back to the word of a phrase they must be."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from rapidfuzz.fuzz import ratio

SHORTEST = 4
"""Words under this length are never repaired: almost any change makes another word of them."""
LONG_WORD = 15
LEAST_LIKENESS = 85.0
LEAST_LIKENESS_SHORT = 90.0
LEAST_EDITED = 8
"""Words under this length are repaired by letter shapes only."""


class Repairer:
    """Known words by their shape, and by their spelling less one letter.

    Args:
        words: The words that phrases are made of.
        shapes: Groups of letters that recognisers take for one another, each with the sign that stands for them.
    """

    def __init__(self, words: Iterable[str], shapes: Mapping[str, str]) -> None:
        self._shapes = sorted(shapes.items(), key=lambda item: -len(item[0]))
        self._by_shape: dict[str, set[str]] = {}
        self._by_gap: dict[str, set[str]] = {}
        self._known = {word for word in words if len(word) >= SHORTEST - 1}
        self._longest = max(map(len, self._known), default=0)
        for word in self._known:
            self._by_shape.setdefault(self.shape(word), set()).add(word)
            if len(word) >= LEAST_EDITED:
                for gapped in _gapped(word):
                    self._by_gap.setdefault(gapped, set()).add(word)

    def shape(self, word: str) -> str:
        """The word with every confusable letter replaced by the sign of its group."""
        for letters, sign in self._shapes:
            word = word.replace(letters, sign)
        return word

    def repair(self, word: str) -> str | None:
        """The one known word that `word` is a damaged print of; None where there is none, or more than one."""
        if len(word) < SHORTEST:
            return None
        same_shape = self._by_shape.get(self.shape(word), set())
        if same_shape:
            return next(iter(same_shape)) if len(same_shape) == 1 else None
        if not LEAST_EDITED <= len(word) <= self._longest + 1:
            return None
        return self._nearest(word)

    def with_digit(self, word: str) -> str | None:
        """The known word that is meant by one with a digit for a letter ("5go"), three letters or longer."""
        if len(word) < SHORTEST - 1:
            return None
        same_shape = self._by_shape.get(self.shape(word), set())
        return next(iter(same_shape)) if len(same_shape) == 1 else None

    def _nearest(self, word: str) -> str | None:
        """The one known word that is like `word` but for a single letter."""
        near: set[str] = set()
        for gapped in (word, *_gapped(word)):
            near |= self._by_gap.get(gapped, set())
        least = LEAST_LIKENESS if len(word) >= LONG_WORD else LEAST_LIKENESS_SHORT
        # A change at the end makes another form of a sound word ("excludes"), not a damaged one.
        alike = (known for known in near if known[0] == word[0] and _same_ending(word, known))
        likely = {known for known in alike if ratio(word, known, score_cutoff=least)}
        if len({known.rstrip("s") for known in likely}) != 1:
            return None
        return min(likely, key=lambda known: (-ratio(word, known), known))


def _same_ending(word: str, known: str) -> bool:
    """Whether the last two letters agree, or all but the last but one in words of one length ("assessmeht")."""
    return word[-2:] == known[-2:] or (len(word) == len(known) and word[-1] == known[-1] and word[:-2] == known[:-2])


def _gapped(word: str) -> list[str]:
    """The word less each of its letters in turn."""
    return [word[:index] + word[index + 1 :] for index in range(len(word))]
