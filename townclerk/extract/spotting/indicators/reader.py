"""Text to hits: which concepts and which indicator phrases stand where."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from operator import attrgetter
from typing import NamedTuple

from townclerk.extract.spotting.indicators.neighbours import Neighbours
from townclerk.extract.spotting.indicators.phrases import Hit, PhraseIndex
from townclerk.extract.spotting.indicators.token_patterns import PatternHit, TokenPatterns
from townclerk.extract.spotting.indicators.tokens import Vocabulary
from townclerk.extract.spotting.indicators.words import Group, Reading, WordReader
from townclerk.models.mentions import MatchKind
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.concepts import Concept, ConceptKind

_start = attrgetter("start")
_CODE_NUMBER = re.compile(r"(?<=\s)\d{1,2}$")
NEAR = 4
"""How many groups beside a stretch can go on from it."""
SLIGHT = (ConceptKind.LIGHT, ConceptKind.UNIT)
CODE_CONCEPT = "printed_code"
NAME_CONCEPT = "printed_name"
"""Concepts that stand for a code, and for a phrase made of words that are no concept's."""


@dataclass(slots=True, frozen=True)
class Named:
    """A phrase or code of a pack: its words, the measure, how it counts, whether it is everyday, or a user's own."""

    text: str
    indicator_id: str
    kind: MatchKind
    everyday: bool = False
    own: bool = False


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
        self.patterns = TokenPatterns()
        self._implied = {
            number: [self.number_of[name] for name in concept.implies if name in self.number_of]
            for number, concept in enumerate(self.concepts)
            if concept.implies
        }
        self._stands_for = {
            number: frozenset(self.number_of[name] for name in concept.stands_for if name in self.number_of)
            for number, concept in enumerate(self.concepts)
            if concept.stands_for
        }
        self._concept_index = PhraseIndex(self.vocabulary)
        self._phrase_index = PhraseIndex(self.vocabulary)
        for number, concept in enumerate(self.concepts):
            for phrase in concept.phrases:
                self._concept_index.add(phrase, number)
        for indicator_id, wordings in catalogue.wordings.items():
            for wording in wordings:
                for phrase in wording.phrases:
                    self._name(phrase, Named(phrase, indicator_id, MatchKind.EXACT, own=phrase in catalogue.own_names))
                for phrase in wording.everyday:
                    self._name(phrase, Named(phrase, indicator_id, MatchKind.EXACT, everyday=True))
                for pattern in wording.patterns:
                    self.patterns.add(pattern, len(self.phrases))
                    self.phrases.append(Named(f"pattern on {pattern.anchor!r}", indicator_id, MatchKind.PATTERN))
        for indicator in catalogue.indicators.values():
            for code in indicator.codes:
                if code.startswith(tuple(catalogue.concepts.code_prefixes)):
                    self._name(code.replace("CF/", "[CF] "), Named(code, indicator.id, MatchKind.CODE))
                    if (padded := _padded(code)) != code:
                        self._name(padded, Named(code, indicator.id, MatchKind.CODE))
        self._concept_index.freeze()
        self._phrase_index.freeze()
        concepts = catalogue.concepts
        neighbours = Neighbours(self.vocabulary, concepts.misread, concepts.weak, concepts.sound)
        neighbours.learn(self._concept_index.keys)
        neighbours.learn(self._phrase_index.keys)
        self._words = WordReader(self.vocabulary, concepts, neighbours)

    def _name(self, spelling: str, named: Named) -> None:
        self._phrase_index.add(spelling, len(self.phrases))
        self.phrases.append(named)

    def found(self, reading: Reading, start: int, end: int) -> list[Found]:
        """The phrases between two tokens of a reading, and those that go on from there in words that name nothing."""
        start, end = self._stretch(reading, start, end)
        first = bisect_left(reading.phrases, start, key=lambda hit: hit.start)
        last = bisect_left(reading.phrases, end, key=lambda hit: hit.start)
        return [
            Found(
                self.phrases[hit.value],
                frozenset[int]().union(
                    *(g.concepts for g in _beginning(reading.groups, hit.start, hit.end) if g.end <= hit.end)
                ),
            )
            for hit in reading.phrases[first:last]
            if hit.end <= end
        ]

    def _stretch(self, reading: Reading, start: int, end: int) -> tuple[int, int]:
        """The tokens from `start` to `end` with the words right beside them that name nothing by themselves."""
        place = bisect_left(reading.groups, start, key=lambda group: group.start)
        for group in reversed(reading.groups[max(0, place - NEAR) : place]):
            if group.end == start and self._is_slight(group):
                start = group.start
        place = bisect_left(reading.groups, end, key=lambda group: group.start)
        for group in reading.groups[place : place + NEAR]:
            if group.start == end and self._is_slight(group):
                end = group.end
        return start, end

    def _is_slight(self, group: Group) -> bool:
        return all(self.concepts[c].kind in SLIGHT for c in group.concepts)

    def read(self, text: str, patterned: Sequence[PatternHit] = ()) -> Reading:
        """Find concepts and phrases in a passage; `patterned` are the token patterns found there."""
        reading, words = self._words.read(text)
        hits = list(self._concept_index.find(words))
        if reading.figures:
            known = HitsByPlace(hits)
            hits += [hit for hit in self._concept_index.find_open(words, reading.figures) if self._stands(hit, known)]
        reading.phrases = _longest(list(self._phrase_index.find(words)))
        known = HitsByPlace(hits)
        reading.spans = [span for hit in patterned if (span := self._span(hit, reading, known))]
        reading.phrases = sorted([*reading.phrases, *reading.spans], key=lambda hit: hit.start)
        if names := [self._name_of(phrase) for phrase in reading.phrases if self._is_strange(phrase, known)]:
            hits = [hit for hit in hits if not any(_overlaps(hit, name) for name in names)] + names
            known = HitsByPlace(hits)
        hits += self._marks(reading.phrases, known)
        reading.groups = self._settle(hits, frozenset(reading.figures))
        taken = {index for group in reading.groups for index in range(group.start, group.end)}
        reading.figures = [index for index in reading.figures if index not in taken]
        return reading

    def _stands(self, opened: Hit, known: HitsByPlace) -> bool:
        """Whether a hit on any number stands beside those on the very words.

        It shares no word with them, or is one of the stretches that name nothing together and takes them in.
        """
        near = known.touching(opened.start, opened.end)
        if not near or self.concepts[opened.value].kind is not ConceptKind.LIGHT:
            return not near
        return all(opened.start <= hit.start and hit.end <= opened.end for hit in near)

    def _span(self, hit: PatternHit, reading: Reading, known: HitsByPlace) -> Hit | None:
        """The tokens of a pattern, less what tells nothing at its ends: a mention ends with words that do."""
        first, last = bisect_left(reading.starts, hit.start), bisect_left(reading.starts, hit.end)
        told = [h for h in known.inside(first, last) if self.concepts[h.value].kind not in SLIGHT]
        if told:
            return Hit(hit.value, min(h.start for h in told), max(h.end for h in told))
        while first < last and first in reading.figures:
            first += 1
        while first < last and last - 1 in reading.figures:
            last -= 1
        return Hit(hit.value, first, last) if first < last else None

    def _is_strange(self, phrase: Hit, known: HitsByPlace) -> bool:
        """Whether a phrase is a user's own that begins or ends with a word of no concept.

        "Step Together plans" is such a name, and names no plan of another kind.
        """
        if not self.phrases[phrase.value].own:
            return False
        ends = {end for hit in known.inside(phrase.start, phrase.end) for end in (hit.start, hit.end)}
        return not {phrase.start, phrase.end} <= ends

    def _name_of(self, phrase: Hit) -> Hit:
        return Hit(self.number_of[NAME_CONCEPT], phrase.start, phrase.end)

    def _marks(self, phrases: list[Hit], known: HitsByPlace) -> list[Hit]:
        """Hits that stand for printed codes, and for phrases that no concept accounts for (local names)."""
        marks: list[Hit] = []
        for phrase in phrases:
            if self.phrases[phrase.value].kind is MatchKind.CODE:
                marks.append(Hit(self.number_of[CODE_CONCEPT], phrase.start, phrase.end))
            elif not any(
                self.concepts[hit.value].kind is ConceptKind.TOPIC for hit in known.inside(phrase.start, phrase.end)
            ):
                marks.append(self._name_of(phrase))
        return marks

    def _settle(self, hits: list[Hit], figures: frozenset[int]) -> list[Group]:
        """The groups of the longest hits, with what they imply; a unit right behind a figure is the figure's own."""
        hits = [
            hit for hit in hits if self.concepts[hit.value].kind is not ConceptKind.UNIT or hit.start - 1 not in figures
        ]
        places: dict[tuple[int, int], set[int]] = {}
        for hit in _longest(hits):
            concepts = places.setdefault((hit.start, hit.end), set())
            concepts.update((hit.value, *self._implied.get(hit.value, ())))
        hits.sort(key=_start)
        return [
            Group(start, end, frozenset(concepts), self._inner(hits, start, end, concepts))
            for (start, end), concepts in places.items()
        ]

    def _inner(self, hits: list[Hit], start: int, end: int, concepts: set[int]) -> frozenset[int]:
        """What shorter phrases between two tokens say, and what the concepts there stand for; `hits` by their start.

        Words that name nothing together ("is now 84") say nothing one by one, either.
        """
        if all(self.concepts[concept].kind is ConceptKind.LIGHT for concept in concepts):
            return frozenset()
        first = bisect_left(hits, start, key=_start)
        beginning = hits[first : bisect_left(hits, end, first, key=_start)]
        inside = frozenset(hit.value for hit in beginning if hit.end <= end)
        return inside.union(*(self._stands_for.get(concept, frozenset()) for concept in concepts)) - concepts


class HitsByPlace:
    """Hits in order, to be asked for by the tokens they take up.

    Args:
        hits: The hits, in any order.
    """

    def __init__(self, hits: Sequence[Hit]) -> None:
        self._hits = sorted(hits, key=_start)
        self._widest = max([hit.end - hit.start for hit in hits], default=0)

    def touching(self, start: int, end: int) -> list[Hit]:
        """Those that share a token with the ones from `start` up to `end`."""
        first = bisect_left(self._hits, start - self._widest, key=_start)
        return [hit for hit in self._hits[first : bisect_left(self._hits, end, first, key=_start)] if hit.end > start]

    def inside(self, start: int, end: int) -> list[Hit]:
        """Those that take up no token but the ones from `start` up to `end`."""
        first = bisect_left(self._hits, start, key=_start)
        return [hit for hit in self._hits[first : bisect_left(self._hits, end, first, key=_start)] if hit.end <= end]


def _beginning(groups: list[Group], start: int, end: int) -> list[Group]:
    """The groups, which stand in order, that begin between two tokens."""
    first = bisect_left(groups, start, key=_start)
    return groups[first : bisect_left(groups, end, first, key=_start)]


def _overlaps(hit: Hit, name: Hit) -> bool:
    """Whether a hit shares words with a name and has others, too."""
    return hit.start < name.end and name.start < hit.end and not (name.start <= hit.start and hit.end <= name.end)


def _longest(hits: list[Hit]) -> list[Hit]:
    """Drop hits that lie inside a longer one; order by place."""
    hits = sorted(hits, key=lambda hit: (hit.start, -hit.end))
    kept: list[Hit] = []
    reach = (-1, -1)
    for hit in hits:
        if hit.end <= reach[1] and (hit.start, hit.end) != reach:
            continue
        if hit.end > reach[1]:
            reach = (hit.start, hit.end)
        kept.append(hit)
    return kept


def _padded(code: str) -> str:
    """A code as performance systems file it, its number in three digits: "NI 062"."""
    return _CODE_NUMBER.sub(lambda number: number[0].zfill(3), code)
