"""A passage as the words that matching runs on: numbers, places, and what stands between them."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from townclerk.extract.spotting.indicators.neighbours import Neighbours
from townclerk.extract.spotting.indicators.phrases import Hit
from townclerk.extract.spotting.indicators.repair import Repairer
from townclerk.extract.spotting.indicators.tokens import DROPPED, GLUED_LENGTH, UNKNOWN, Vocabulary, plain
from townclerk.patterns.concepts import ConceptFile

_SIGNS = frozenset(".,;:!?()•●\n")
_STRONG = frozenset(";!?•●\n")
_EFFECT_REACH = 12
"""So many words behind a verb of effect the measure may be named at most."""
_LONGEST_RUN = 40
"""Letters and digits that ran together are looked at no further back than this: no word is longer."""
_YEAR = re.compile(r"(?:19|20)\d\d")


class Group(NamedTuple):
    """Concepts that stand on the same words.

    Attributes:
        start: First token.
        end: End, exclusive.
        concepts: The concepts.
        inner: Concepts of shorter phrases inside; they can meet a rule's need, but weigh nothing by themselves.
    """

    start: int
    end: int
    concepts: frozenset[int]
    inner: frozenset[int] = frozenset()


@dataclass(slots=True)
class Reading:
    """A passage in tokens.

    Attributes:
        starts: First character of each token.
        ends: End of each, exclusive.
        phrases: Indicator phrase hits; `value` indexes `Lexicon.phrases`.
        spans: Token patterns among them, which say themselves what signs and figures stand inside.
        groups: The concepts by place.
        breaks: Signs between tokens: (index of the token behind it, sign). "." stands for any end of a sentence, "&"
            for "and" before a figure and for "whom", "w" for the "which" behind a comma, "x" for "excluding", "|" for a
            verb of effect.
        figures: Indexes of tokens printed in digits that no concept takes up.
        bare: Those figures that no percent sign follows.
        wholes: Figures that "of" leads in: the whole of a share, not a value.
        partitives: Indexes of the words that lead in shares of those named before them: "which" of "of which".
        joins: Indexes of "and" and "or".
        repaired: Indexes of words read through damage.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    phrases: list[Hit] = field(default_factory=list)
    spans: list[Hit] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    breaks: list[tuple[int, str]] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)
    wholes: set[int] = field(default_factory=set)
    partitives: list[int] = field(default_factory=list)
    joins: set[int] = field(default_factory=set)
    repaired: set[int] = field(default_factory=set)


class WordReader:
    """Turns text into readings."""

    def __init__(self, vocabulary: Vocabulary, concepts: ConceptFile, neighbours: Neighbours) -> None:
        self._vocabulary = vocabulary
        self._neighbours = neighbours
        self._repairer = Repairer(vocabulary.known, concepts.shapes)
        self._joins = frozenset(concepts.joins)
        self._wholes = frozenset(concepts.wholes)
        self._relatives = frozenset(concepts.relatives)
        self._partitives = frozenset(concepts.partitives)
        self._carriers = frozenset(concepts.carriers)
        self._effects = frozenset(concepts.effects)
        self._measured = frozenset(concepts.measured)
        self._exceptives = frozenset(concepts.exceptives)
        self._determiners = frozenset(concepts.determiners)
        self._abbreviations = frozenset(concepts.abbreviations)

    def read(self, text: str) -> tuple[Reading, list[int]]:
        """The reading of a passage, concepts and phrases still to come, and the numbers of its words."""
        reading = Reading()
        words: list[int] = []
        lowered = plain(text)
        before, effect = "", -_EFFECT_REACH
        for word, start, end in self._vocabulary.split(lowered):
            if word in _SIGNS:
                self._sign(reading, words, lowered, word, start)
            elif (
                start
                and lowered[start - 1].isalnum()
                and (first := _run_start(lowered, start)) < start
                and (meant := self._repairer.with_digit(lowered[first:end]))
            ):
                _take_back(reading, words, first)
                reading.repaired.add(len(words))
                _put(reading, words, self._vocabulary.number(meant), first, end)
                before = meant
            elif word[0].isdigit():
                self._figure(reading, words, word, (start, end), before)
                # "Care numbers, reduced from 449 to 442, and the number of placements": the verb has its own figures.
                before, effect = word, -_EFFECT_REACH
            elif word == "%" and reading.figures and reading.figures[-1] == len(words) - 1:
                reading.bare.discard(len(words) - 1)
            else:
                if before in self._wholes and word in self._partitives:
                    reading.partitives.append(len(words))
                elif word in self._partitives and reading.breaks[-1:] == [(len(words), ",")]:
                    reading.breaks.append((len(words), "w"))
                if word in self._effects:
                    effect = len(words)
                elif before in self._measured and word in self._wholes and len(words) - effect < _EFFECT_REACH:
                    _part_at(reading, effect)
                self._word(reading, words, word, start, end)
                if word not in self._determiners:
                    before = word
        self._read_by_neighbours(reading, words, lowered)
        return reading, words

    def _read_by_neighbours(self, reading: Reading, words: list[int], text: str) -> None:
        """Give words that nothing is known of the one meaning that the words beside them bear out."""
        padded = [UNKNOWN, UNKNOWN, *words, UNKNOWN, UNKNOWN]
        for here, number in enumerate(words):
            if number != UNKNOWN:
                continue
            at = here + 2
            word = text[reading.starts[here] : reading.ends[here]]
            before, behind = (padded[at - 1], padded[at - 2]), (padded[at + 1], padded[at + 2])
            meant: tuple[int, ...] = (self._neighbours.read(word, before, behind),)
            if meant[0] == UNKNOWN and behind[0] == UNKNOWN and here + 1 < len(words):
                after = text[reading.starts[here + 1] : reading.ends[here + 1]]
                meant = self._neighbours.read_two(word, after) or meant
            for place, one in enumerate(meant, here):
                if one != UNKNOWN:
                    words[place] = padded[place + 2] = one
                    reading.repaired.add(place)

    def _sign(self, reading: Reading, words: list[int], text: str, sign: str, start: int) -> None:
        strength = self._strength(text, sign, start)
        if strength:
            reading.breaks.append((len(words), strength))
        if strength == ".":
            _put(reading, words, UNKNOWN, start, start + 1)

    def _strength(self, text: str, sign: str, start: int) -> str:
        """How a sign parts: "." for one that ends a sentence, the sign itself for a weaker one, "" for none."""
        if sign in _STRONG:
            return "."
        if sign in ".:":
            if start + 1 < len(text) and not text[start + 1].isspace():
                return ""
            if sign == "." and text[max(0, start - 8) : start].rpartition(" ")[2].lstrip("(") in self._abbreviations:
                return ""
        return sign

    def _figure(self, reading: Reading, words: list[int], word: str, place: tuple[int, int], before: str) -> None:
        here = len(words)
        if not _YEAR.fullmatch(word):
            reading.figures.append(here)
            reading.bare.add(here)
            if before in self._joins:
                reading.breaks.append((here, "&"))
        if before in self._wholes:
            reading.wholes.add(here)
        _put(reading, words, self._vocabulary.number(word), *place)

    def _word(self, reading: Reading, words: list[int], word: str, start: int, end: int) -> None:
        if word in self._joins:
            reading.joins.add(len(words))
        if word in self._relatives:
            reading.breaks.append((len(words), "&"))
        if word in self._carriers and reading.breaks[-1:] == [(len(words), ",")]:
            reading.breaks.pop()
        if word in self._exceptives:
            reading.breaks.append((len(words), "x"))
        number = self._vocabulary.number(word)
        if number == UNKNOWN and len(word) >= GLUED_LENGTH and (pieces := self._vocabulary.unglue(word)):
            ends = list(accumulate((len(piece) for piece in pieces), initial=start))
            for piece, (first, last) in zip(pieces, pairwise(ends), strict=True):
                _put(reading, words, self._vocabulary.number(piece), first, last)
            return
        if number == UNKNOWN and (meant := self._repairer.repair(word)):
            number = self._vocabulary.number(meant)
            reading.repaired.add(len(words))
        if number == UNKNOWN and (parts := self._neighbours.part(word, words[-1] if words else UNKNOWN)):
            middle = start + len(parts[0])
            for part, first, last in ((parts[0], start, middle), (parts[1], middle, end)):
                _put(reading, words, self._vocabulary.number(part), first, last)
            return
        _put(reading, words, number, start, end)


def _part_at(reading: Reading, effect: int) -> None:
    """Part whoever brought something about from what is measured of it, unless a sign behind the verb does."""
    if not reading.breaks or reading.breaks[-1][0] <= effect:
        reading.breaks.append((effect, "|"))


def _put(reading: Reading, words: list[int], number: int, start: int, end: int) -> None:
    if number != DROPPED:
        words.append(number)
        reading.starts.append(start)
        reading.ends.append(end)


def _run_start(text: str, start: int) -> int:
    """Where the letters and digits that run into the word at `start` begin; `start` where it stands free."""
    if not text[start].isalpha():
        return start
    first, floor = start, max(0, start - _LONGEST_RUN)
    while first > floor and text[first - 1].isalnum():
        first -= 1
    return first


def _take_back(reading: Reading, words: list[int], first: int) -> None:
    """Drop the tokens from character `first` on: they turned out to be parts of one damaged word."""
    while reading.starts and reading.starts[-1] >= first:
        here = len(words) - 1
        words.pop()
        reading.starts.pop()
        reading.ends.pop()
        reading.bare.discard(here)
        reading.wholes.discard(here)
        if reading.figures and reading.figures[-1] == here:
            reading.figures.pop()
