"""Text to hits: which concepts and which indicator phrases stand where."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import accumulate, pairwise
from typing import NamedTuple

from townclerk.extract.spotting.indicators.phrases import Hit, PhraseIndex
from townclerk.extract.spotting.indicators.tokens import GLUED_LENGTH, UNKNOWN, Vocabulary, plain
from townclerk.models.mentions import MatchKind
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.concepts import Concept, ConceptKind

CODE_CONCEPT = "printed_code"
NAME_CONCEPT = "printed_name"
"""Concepts that stand for a code, and for a phrase made of words that are no concept's."""
_SIGNS = frozenset(".,;:!?()•●\n")
_STRONG = frozenset(";!?•●\n")
_ABBREVIATIONS = frozenset({"avg", "no", "s", "nos", "ave", "approx", "vs", "inc", "excl", "incl"})


class Group(NamedTuple):
    """Concepts that stand on the same words, and the words' place (tokens, end exclusive)."""

    start: int
    end: int
    concepts: frozenset[int]


@dataclass(slots=True)
class Reading:
    """A passage in tokens.

    Attributes:
        starts: First character of each token.
        ends: End of each, exclusive.
        concepts: Concept hits in order, none inside a longer one.
        phrases: Indicator phrase hits; `value` indexes `Lexicon.phrases`.
        breaks: Signs between tokens: (index of the token behind it, sign); "." stands for any end of a sentence.
        groups: The concepts by place: those that stand on the same words together.
        figures: Indexes of tokens printed in digits that no concept takes up.
        bare: Those figures that no percent sign follows.
        wholes: Figures that "of" leads in: the whole of a share, not a value.
        joins: Indexes of "and" and "or".
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    concepts: list[Hit] = field(default_factory=list)
    phrases: list[Hit] = field(default_factory=list)
    breaks: list[tuple[int, str]] = field(default_factory=list)
    groups: list[Group] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)
    bare: set[int] = field(default_factory=set)
    wholes: set[int] = field(default_factory=set)
    joins: set[int] = field(default_factory=set)


@dataclass(slots=True, frozen=True)
class Named:
    """A phrase or code of a pack: its words, the measure, how it counts, and whether it is everyday."""

    text: str
    indicator_id: str
    kind: MatchKind
    everyday: bool = False


class Found(NamedTuple):
    """A phrase that stands in the words read, and the concepts that lie inside it."""

    named: Named
    inside: frozenset[int]


class Lexicon:
    """All concepts and phrases of a catalogue, ready to be found in text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.vocabulary = Vocabulary(catalogue.concepts)
        self.concepts: list[Concept] = list(catalogue.concepts.concepts.values())
        self.number_of = {name: number for number, name in enumerate(catalogue.concepts.concepts)}
        self.phrases: list[Named] = []
        self._implied = {
            number: [self.number_of[name] for name in concept.implies if name in self.number_of]
            for number, concept in enumerate(self.concepts)
            if concept.implies
        }
        self._concept_index = PhraseIndex(self.vocabulary)
        self._phrase_index = PhraseIndex(self.vocabulary)
        for number, concept in enumerate(self.concepts):
            for phrase in concept.phrases:
                self._concept_index.add(phrase, number)
        for indicator_id, wordings in catalogue.wordings.items():
            for wording in wordings:
                for phrase in wording.phrases:
                    self._name(phrase, Named(phrase, indicator_id, MatchKind.EXACT))
                for phrase in wording.everyday:
                    self._name(phrase, Named(phrase, indicator_id, MatchKind.EXACT, everyday=True))
        for indicator in catalogue.indicators.values():
            for code in indicator.codes:
                if code.startswith(tuple(catalogue.concepts.code_prefixes)):
                    self._name(code.replace("CF/", "[CF] "), Named(code, indicator.id, MatchKind.CODE))
        self._concept_index.freeze()
        self._phrase_index.freeze()

    def _name(self, spelling: str, named: Named) -> None:
        self._phrase_index.add(spelling, len(self.phrases))
        self.phrases.append(named)

    def found(self, reading: Reading, start: int, end: int) -> list[Found]:
        """The phrases between two tokens of a reading."""
        return [
            Found(
                self.phrases[hit.value],
                frozenset(c.value for c in reading.concepts if c.start >= hit.start and c.end <= hit.end),
            )
            for hit in reading.phrases
            if hit.start >= start and hit.end <= end
        ]

    def read(self, text: str) -> Reading:
        """Find concepts and phrases in a passage."""
        reading = Reading()
        words = self._words(plain(text), reading)
        hits = list(self._concept_index.find(words))
        if reading.figures:
            hits += _outside(list(self._concept_index.find_open(words, reading.figures)), hits)
        reading.phrases = _longest(list(self._phrase_index.find(words)))
        hits += self._marks(reading.phrases, hits)
        reading.concepts = self._settle(hits, frozenset(reading.figures))
        reading.groups = _grouped(reading.concepts)
        taken = {index for hit in reading.concepts for index in range(hit.start, hit.end)}
        reading.figures = [index for index in reading.figures if index not in taken]
        return reading

    def _words(self, lowered: str, reading: Reading) -> list[int]:
        """The numbers of the passage's words; places, signs and figures go into `reading`."""
        words: list[int] = []
        before = ""
        for word, start, end in self.vocabulary.split(lowered):
            here = len(words)
            if word in _SIGNS:
                sign = _strength(lowered, word, start)
                if sign:
                    reading.breaks.append((here, sign))
                    if sign == ".":
                        _put(reading, words, UNKNOWN, start, end)
            elif word == "%" and reading.figures and reading.figures[-1] == here - 1:
                reading.bare.discard(here - 1)
            else:
                if word[0].isdigit():
                    reading.figures.append(here)
                    reading.bare.add(here)
                    if before in self.vocabulary.wholes:
                        reading.wholes.add(here)
                elif word in self.vocabulary.joins:
                    reading.joins.add(here)
                for number, first, last in self._numbers(word, start, end):
                    _put(reading, words, number, first, last)
                before = word if word not in self.vocabulary.determiners else before
        return words

    def _numbers(self, word: str, start: int, end: int) -> list[tuple[int, int, int]]:
        """A word's number with its place; several where it was run together from known words."""
        number = self.vocabulary.number(word)
        if number == UNKNOWN and len(word) >= GLUED_LENGTH and (pieces := self.vocabulary.unglue(word)):
            ends = list(accumulate((len(piece) for piece in pieces), initial=start))
            return [
                (self.vocabulary.number(piece), first, last)
                for piece, (first, last) in zip(pieces, pairwise(ends), strict=True)
            ]
        return [(number, start, end)]

    def _marks(self, phrases: list[Hit], hits: list[Hit]) -> list[Hit]:
        """Hits that stand for printed codes, and for phrases that no concept accounts for (local names)."""
        marks: list[Hit] = []
        for phrase in phrases:
            if self.phrases[phrase.value].kind is MatchKind.CODE:
                marks.append(Hit(self.number_of[CODE_CONCEPT], phrase.start, phrase.end))
            elif not any(
                phrase.start <= hit.start
                and hit.end <= phrase.end
                and self.concepts[hit.value].kind is ConceptKind.TOPIC
                for hit in hits
            ):
                marks.append(Hit(self.number_of[NAME_CONCEPT], phrase.start, phrase.end))
        return marks

    def _settle(self, hits: list[Hit], figures: frozenset[int]) -> list[Hit]:
        """Keep the longest hits and what they imply; a unit right behind a figure is the figure's own."""
        kept: list[Hit] = []
        for hit in _longest(hits):
            if self.concepts[hit.value].kind is ConceptKind.UNIT and hit.start - 1 in figures:
                continue
            kept.append(hit)
            kept.extend(Hit(implied, hit.start, hit.end) for implied in self._implied.get(hit.value, ()))
        return kept


def _put(reading: Reading, words: list[int], number: int, start: int, end: int) -> None:
    if number >= 0:
        words.append(number)
        reading.starts.append(start)
        reading.ends.append(end)


def _strength(text: str, sign: str, start: int) -> str:
    """How a sign parts: "." for one that ends a sentence, the sign itself for a weaker one, "" for none."""
    if sign in _STRONG:
        return "."
    if sign in ".:":
        if start + 1 < len(text) and not text[start + 1].isspace():
            return ""
        if sign == "." and text[max(0, start - 6) : start].rpartition(" ")[2] in _ABBREVIATIONS:
            return ""
    return sign


def _outside(hits: list[Hit], known: list[Hit]) -> list[Hit]:
    """The hits on any number that share no word with a hit on the very words."""
    return [hit for hit in hits if not any(k.start < hit.end and hit.start < k.end for k in known)]


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that lie inside a longer one; order by place."""
    hits.sort(key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    reach = (-1, -1)
    for hit in hits:
        if hit.end <= reach[1] and (hit.start, hit.end) != reach:
            continue
        if hit.end > reach[1]:
            reach = (hit.start, hit.end)
        kept.append(hit)
    return kept


def _grouped(hits: list[Hit]) -> list[Group]:
    """The concepts of some hits by place, in order."""
    places: dict[tuple[int, int], set[int]] = {}
    for hit in hits:
        places.setdefault((hit.start, hit.end), set()).add(hit.value)
    return [Group(start, end, frozenset(concepts)) for (start, end), concepts in places.items()]
