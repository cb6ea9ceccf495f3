"""Reading through damage by the words beside: which pairs of words phrases hold, what a doubtful word may have been."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from itertools import pairwise

from townclerk.extract.spotting.indicators.tokens import NUMBER, UNKNOWN, Vocabulary

SHORTEST = 4
"""Words under this length are not read by their neighbours."""
SHORTEST_GLUED = 6
"""Words under this length are not looked at as two words that ran together."""
_REMEMBERED = 50_000


class Neighbours:
    """The pairs of words that stand side by side in phrases, and what each doubtful word could be read as.

    A word one misread letter away from a known one is read as that one only where it forms such a pair with the word
    before or behind it, and no other known word does so, too.

    Args:
        vocabulary: The words of all phrases.
        misread: For each letter as printed, the letters that recognisers take for it.
        weak: Words too common to bear out a neighbour.
        sound: Words of ordinary English that are never taken for damaged ones.
    """

    def __init__(
        self, vocabulary: Vocabulary, misread: Mapping[str, str], weak: Iterable[str], sound: Collection[str]
    ) -> None:
        self._vocabulary = vocabulary
        self._known = vocabulary.known
        self._longest = max(map(len, self._known), default=0)
        self._misread = misread
        self._sound = frozenset(sound)
        self._weak = {vocabulary.number(word) for word in weak} | {UNKNOWN, NUMBER}
        self._pairs: set[tuple[int, int]] = set()
        self._bridged: set[tuple[int, int, int]] = set()
        self._could_be: dict[str, frozenset[int]] = {}
        self._parts: dict[str, tuple[tuple[str, str], ...]] = {}

    def learn(self, keys: Iterable[tuple[int, ...]]) -> None:
        """Take up the pairs of words in some phrases."""
        for key in keys:
            self._pairs.update(pairwise(key))
            for place in range(1, len(key) - 1):
                if key[place] in self._weak:
                    self._bridged.add((key[place - 1], key[place], key[place + 1]))

    def bears_out(self, before: int, word: int) -> bool:
        """Whether a phrase has `word` right behind `before`, and one of the two tells something."""
        return (before, word) in self._pairs and before not in self._weak

    def read(self, word: str, before: tuple[int, int], behind: tuple[int, int]) -> int:
        """The number of the one known word that `word` must be between its neighbours, or `UNKNOWN`.

        Args:
            word: The word as printed.
            before: The two words before it, the nearer one first.
            behind: The two words behind it, the nearer one first.
        """
        meant = [
            number for number in self._candidates(word) if self._follows(before, number) or self._leads(number, behind)
        ]
        return meant[0] if len(meant) == 1 else UNKNOWN

    def read_two(self, first: str, second: str) -> tuple[int, int] | None:
        """The known words that two doubtful ones in a row must be, None where there is not just one such pair."""
        seconds = self._candidates(second)
        meant = [(one, other) for one in self._candidates(first) for other in seconds if (one, other) in self._pairs]
        return meant[0] if len(meant) == 1 else None

    def _follows(self, before: tuple[int, int], number: int) -> bool:
        """Whether a phrase has the word behind those before it; a weak one counts with the word before it only."""
        near, far = before
        if near in self._weak:
            return far not in self._weak and (far, near, number) in self._bridged
        return (near, number) in self._pairs

    def _leads(self, number: int, behind: tuple[int, int]) -> bool:
        near, far = behind
        if near in self._weak:
            return far not in self._weak and (number, near, far) in self._bridged
        return (number, near) in self._pairs

    def part(self, word: str, before: int) -> tuple[str, str] | None:
        """The two known words that `word` was run together from, None where no phrase bears them out."""
        for first, second in self._halves(word):
            one, other = self._vocabulary.number(first), self._vocabulary.number(second)
            if ((one, other) in self._pairs and not {one, other} <= self._weak) or self.bears_out(before, one):
                return first, second
        return None

    def _candidates(self, word: str) -> frozenset[int]:
        known = self._could_be.get(word)
        if known is None:
            known = frozenset() if word in self._sound else frozenset(self._one_letter_off(word))
            if len(self._could_be) < _REMEMBERED:
                self._could_be[word] = known
        return known

    def _one_letter_off(self, word: str) -> Iterable[int]:
        if not SHORTEST <= len(word) <= self._longest or not word.isalpha():
            return
        for place, letter in enumerate(word):
            for other in self._misread.get(letter, ""):
                meant = word[:place] + other + word[place + 1 :]
                if meant in self._known:
                    yield self._vocabulary.number(meant)

    def _halves(self, word: str) -> tuple[tuple[str, str], ...]:
        halves = self._parts.get(word)
        if halves is None:
            halves = ()
            if SHORTEST_GLUED <= len(word) <= 2 * self._longest and word.isalpha() and word not in self._sound:
                cuts = ((word[:at], word[at:]) for at in range(2, len(word) - 1))
                halves = tuple(cut for cut in cuts if cut[0] in self._known and cut[1] in self._known)
            if len(self._parts) < _REMEMBERED:
                self._parts[word] = halves
        return halves
