"""Text to hits: which concepts and which indicator phrases stand where."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.spotting.indicators.phrases import Hit, PhraseIndex
from townclerk.extract.spotting.indicators.tokens import GLUED_LENGTH, UNKNOWN, Vocabulary, plain
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.concepts import Concept, ConceptKind

_SIGNS = frozenset(".,;:!?()•●\n")
_STRONG = frozenset(";!?•●\n")


@dataclass(slots=True)
class Reading:
    """A passage in tokens.

    Attributes:
        starts: First character of each token.
        ends: End of each, exclusive.
        concepts: Concept hits in order, none inside a longer one.
        phrases: Indicator phrase hits; `value` indexes `Lexicon.phrases`.
        breaks: Signs between tokens: (index of the token behind it, sign); "." stands for any end of a sentence.
        figures: Indexes of tokens printed in digits.
    """

    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    concepts: list[Hit] = field(default_factory=list)
    phrases: list[Hit] = field(default_factory=list)
    breaks: list[tuple[int, str]] = field(default_factory=list)
    figures: list[int] = field(default_factory=list)


@dataclass(slots=True, frozen=True)
class Named:
    """A phrase of a pack: its words, the measure, and whether it is everyday."""

    text: str
    indicator_id: str
    everyday: bool


class Lexicon:
    """All concepts and phrases of a catalogue, ready to be found in text."""

    def __init__(self, catalogue: Catalogue) -> None:
        self.vocabulary = Vocabulary(catalogue.concepts)
        self.names = list(catalogue.concepts.concepts)
        self.concepts: list[Concept] = list(catalogue.concepts.concepts.values())
        self.number_of = {name: number for number, name in enumerate(self.names)}
        self.phrases: list[Named] = []
        self._concept_index = PhraseIndex(self.vocabulary)
        self._phrase_index = PhraseIndex(self.vocabulary)
        for number, concept in enumerate(self.concepts):
            for phrase in concept.phrases:
                self._concept_index.add(phrase, number)
        for indicator_id, wordings in catalogue.wordings.items():
            for wording in wordings:
                for everyday, phrases in ((False, wording.phrases), (True, wording.everyday)):
                    for phrase in phrases:
                        self._phrase_index.add(phrase, len(self.phrases))
                        self.phrases.append(Named(phrase, indicator_id, everyday))
        self._concept_index.freeze()
        self._phrase_index.freeze()

    def read(self, text: str) -> Reading:
        """Find concepts and phrases in a passage."""
        reading = Reading()
        words: list[int] = []
        lowered = plain(text)
        for word, start, end in self.vocabulary.split(lowered):
            if word in _SIGNS:
                sign = _strength(lowered, word, start)
                if sign:
                    reading.breaks.append((len(words), sign))
                    if sign == ".":
                        self._put(reading, words, UNKNOWN, start, end)
                continue
            if word == "%" and words and reading.figures and reading.figures[-1] == len(words) - 1:
                continue
            number = self.vocabulary.number(word)
            if number == UNKNOWN and len(word) >= GLUED_LENGTH and (pieces := self.vocabulary.unglue(word)):
                for piece in pieces:
                    self._put(reading, words, self.vocabulary.number(piece), start, start + len(piece))
                    start += len(piece)
            elif number >= 0:
                if word[0].isdigit():
                    reading.figures.append(len(words))
                self._put(reading, words, number, start, end)
        reading.concepts = self._settle(reading, list(self._concept_index.find(words, reading.figures)))
        reading.phrases = _longest(list(self._phrase_index.find(words, reading.figures)))
        return reading

    @staticmethod
    def _put(reading: Reading, words: list[int], number: int, start: int, end: int) -> None:
        if number < 0:
            return
        words.append(number)
        reading.starts.append(start)
        reading.ends.append(end)

    def _settle(self, reading: Reading, hits: list[Hit]) -> list[Hit]:
        """Keep the longest hits; a unit right behind a figure is the figure's own."""
        figures = set(reading.figures)
        return [
            hit
            for hit in _longest(hits)
            if not (self.concepts[hit.value].kind is ConceptKind.UNIT and hit.start - 1 in figures)
        ]


def _strength(text: str, sign: str, start: int) -> str:
    """ "." for a sign that ends a sentence, the sign itself for a weaker one, "" for none."""
    if sign in _STRONG:
        return "."
    if sign in ".:":
        rest = text[start + 1 : start + 3]
        if rest and not rest[0].isspace():
            return ""
        if sign == ".":
            return (
                ""
                if rest[1:].isalpha() and text[max(0, start - 4) : start].strip() in {"avg", "no", "s", "nos", "ave"}
                else "."
            )
    return sign


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
