"""Names of measures printed one behind another, over one line or several, cut into as many as there are values."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence

from townclerk.extract.knowledge import Knowledge
from townclerk.models.passage import Passage
from townclerk.models.units import Unit

_WORD = re.compile(r"\S+")
_OPENS = re.compile(r"[A-Z0-9%#£]|No\.")
_LEAST_SCORE, _UNKNOWN, _FEWEST_WITH_UNKNOWN = 0.7, 0.3, 3
_LONGEST_NAME, _MOST_WORDS, _MOST_WAYS = 14, 60, 4000
_CLEAR, _NEAR, _TRAILING = 0.05, 0.3, 0.06
_NARROWEST, _WIDEST, _STEP = 10, 60, 2
# Letters differ in width: a line may be broken a little before the column's edge.
_NEARLY = 0.85

_State = tuple[int, ...]
"""How many words of each line are cut off already."""
_Way = tuple[float, list[tuple[_State, _State]], tuple[str, ...]]
"""How sure a cut is, where each name begins and ends, the measures named."""
_Ways = dict[tuple[str, ...], tuple[float, list[tuple[_State, _State]]]]
"""The surest cut for every row of measures named: how sure it is, and where each name begins and ends."""


def named_parts(lines: Sequence[Passage], values: Sequence[str], knowledge: Knowledge) -> list[Passage] | None:
    """Cut lines of names that stand side by side into one name for each value.

    Args:
        lines: The printed lines, each with its share of the names, in order.
        values: The values below the names, which tell how many there are and in what unit.
        knowledge: For the measures.

    Returns:
        The names, each line's share joined, empty for one of three or more that names no measure; None where the words
        cannot be cut so, or where two cuts are as good.
    """
    words = [[found.span() for found in _WORD.finditer(line.text)] for line in lines]
    if not all(words) or sum(map(len, words)) > _MOST_WORDS or len(words[0]) < 2:
        return None
    if sum(any(map(str.isalpha, word)) for line in lines for word in line.text.split()) < len(values):
        return None
    reader = _Reader(lines, words, knowledge)
    best = _best(reader, reader.ways(values)) if len(lines) == 1 else _wrapped(reader, values)
    if best is None:
        return None
    return [reader.joined(*span) if told else Passage("", ()) for span, told in zip(best[1], best[2], strict=True)]


def _wrapped(reader: _Reader, values: Sequence[str]) -> _Way | None:
    """The best cut of names that were each broken where the next word would not fit a column as wide as all others."""
    best: _Way | None = None
    for width in range(_NARROWEST, _WIDEST, _STEP):
        way = _best(reader, reader.ways(values, width))
        if way is not None and best is not None and way[2] != best[2]:
            if abs(way[0] - best[0]) < _CLEAR:
                return None
            best = max(best, way, key=lambda one: one[0])
        best = best or way
    return best


def _best(reader: _Reader, ways: Sequence[_Way]) -> _Way | None:
    """The surest cut; None where another, which names other measures, is as sure.

    Of those nearly as sure, each word behind what names a measure makes one less so: it may open the next name.
    """
    near = [way for way in ways if ways[0][0] - way[0] < _NEAR]
    if len(near) > 1:
        near = sorted(((score - reader.trailing(spans), spans, told) for score, spans, told in near), reverse=True)
    if not near or any(near[0][0] - way[0] < _CLEAR for way in near[1:]):
        return None
    return near[0]


class _Reader:
    """Reads stretches of the lines as names, each once."""

    def __init__(self, lines: Sequence[Passage], words: list[list[tuple[int, int]]], knowledge: Knowledge) -> None:
        self.lines = lines
        self.words = words
        self.knowledge = knowledge
        self.read = 0
        self.known: dict[tuple[str, str], tuple[str, float]] = {}

    def ways(self, values: Sequence[str], width: int = 0) -> list[_Way]:
        """The best cut for every row of measures that a cut can name, the surest first; with a width, none wider."""
        start: _State = tuple(0 for _ in self.lines)
        last: _State = tuple(map(len, self.words))
        spare = len(values) >= _FEWEST_WITH_UNKNOWN and not width
        held: dict[_State, _Ways] = {start: {(): (0.0, [])}}
        for place, value in enumerate(values):
            made: dict[_State, _Ways] = {}
            for begun, ways in held.items():
                for ended in self._ends(begun, last, whole=place + 1 == len(values)):
                    if width and not self._fits(begun, ended, width):
                        continue
                    longer = self._longer(ways, begun, ended, value, spare=spare)
                    for names, way in longer.items():
                        if way[0] > made.setdefault(ended, {}).get(names, (-1.0, []))[0]:
                            made[ended][names] = way
                    if self.read > _MOST_WAYS:
                        return []
            held = made
        found = [(score, spans, names) for names, (score, spans) in held.get(last, {}).items()]
        return sorted(found, key=lambda way: -way[0])

    def _longer(self, ways: _Ways, begun: _State, ended: _State, value: str, *, spare: bool) -> _Ways:
        """Cuts with one more name; where one may be spared, that name may be of no measure, once."""
        told, sure = self._name(begun, ended, value)
        return {
            (*names, told): (score + sure, [*spans, (begun, ended)])
            for names, (score, spans) in ways.items()
            if told or (spare and "" not in names)
        }

    def joined(self, begun: _State, ended: _State) -> Passage:
        """The words of a name, its lines one behind the other."""
        parts = [
            line.slice(words[a][0], words[b - 1][1])
            for line, words, a, b in zip(self.lines, self.words, begun, ended, strict=True)
            if b > a
        ]
        return Passage.join(parts)

    def _said(self, begun: _State, ended: _State) -> str:
        """What the words of a name say."""
        return " ".join(
            [
                line.text[words[a][0] : words[b - 1][1]]
                for line, words, a, b in zip(self.lines, self.words, begun, ended, strict=True)
                if b > a
            ]
        )

    def trailing(self, spans: Sequence[tuple[_State, _State]]) -> float:
        """What the words count that stand behind the last measure that each name's own words name."""
        texts = [self._said(*span) for span in spans]
        ends = [max((m.end for m in self.knowledge.mentions(text).indicators), default=0) for text in texts]
        return _TRAILING * sum(len(text[end:].split()) for text, end in zip(texts, ends, strict=True))

    def _ends(self, begun: _State, last: _State, *, whole: bool) -> Iterator[_State]:
        """Where a name that begins somewhere can end: what follows begins like a name, or continues one."""
        if whole:
            yield last
            return
        ranges = [
            [end for end in range(a, b + 1) if number or end == b or self._opens(number, end)]
            for number, (a, b) in enumerate(zip(begun, last, strict=True))
        ]
        yield from (ended for ended in itertools.product(*ranges) if ended != begun)

    def _fits(self, begun: _State, ended: _State, width: int) -> bool:
        """True for a name whose lines are no wider, and of which the next line's first word would not have fitted."""
        spans = [
            (words[a][0], words[b - 1][1], words[a][1] - words[a][0])
            for words, a, b in zip(self.words, begun, ended, strict=True)
            if b > a
        ]
        if any(end - start > width for start, end, _ in spans):
            return False
        return all(
            end - start + 1 + first > _NEARLY * width for (start, end, _), (*_, first) in itertools.pairwise(spans)
        )

    def _opens(self, number: int, at: int) -> bool:
        line, (start, _) = self.lines[number].text, self.words[number][at]
        return _OPENS.match(line, start) is not None

    def _name(self, begun: _State, ended: _State, value: str) -> tuple[str, float]:
        """The measure that a stretch names and how surely; "" for one that may be a name all the same."""
        if sum(ended) - sum(begun) > _LONGEST_NAME:
            return "", -9.0
        text = self._said(begun, ended)
        if _OPENS.match(text) is None:
            return "", -9.0
        if (text, value[-1:]) in self.known:
            return self.known[text, value[-1:]]
        self.read += 1
        self.known[text, value[-1:]] = named = self._measure(text, value)
        return named

    def _measure(self, text: str, value: str) -> tuple[str, float]:
        unit = Unit.PERCENT if value.endswith("%") else None
        best = next(iter(self.knowledge.spotter.read_label([text], unit)), None)
        if best is None or best.score < _LEAST_SCORE:
            return "", _UNKNOWN if len(text.split()) > 1 and text[0].isalpha() else -9.0
        return best.indicator_id, best.score
