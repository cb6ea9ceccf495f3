"""Mentions in running text: the stretches of a sentence that measures explain best."""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.extract.spotting.indicators.phrases import Hit
from townclerk.extract.spotting.indicators.reader import Lexicon, Reading
from townclerk.extract.spotting.indicators.rules import RuleBook
from townclerk.extract.spotting.indicators.scoring import Evidence, Judge, Scored, best
from townclerk.models.mentions import IndicatorMention
from townclerk.patterns.concepts import ConceptKind

LEAST_SCORE = 0.55
MENTION_COST = 0.4
BREAK_COST = {",": 0.25, "(": 0.45, ")": 0.45, ":": 0.15}
LONGEST_WINDOW = 9
LOOSENESS_COST = 0.02


@dataclass(slots=True)
class Window:
    """A stretch of hits read as one mention."""

    first: int
    last: int
    value: float
    scored: list[Scored]


def find_mentions(lexicon: Lexicon, rules: RuleBook, judge: Judge, text: str) -> list[IndicatorMention]:
    """The mentions of a passage, sentence by sentence."""
    reading = lexicon.read(text)
    if not any(hit.value in rules.topics for hit in reading.concepts) and not reading.phrases:
        return []
    mentions: list[IndicatorMention] = []
    bounds = [0, *(index for index, sign in reading.breaks if sign == "."), len(reading.starts) + 1]
    for start, end in zip(bounds, bounds[1:], strict=False):
        hits = [hit for hit in reading.concepts if hit.start >= start and hit.end <= end]
        phrases = [hit for hit in reading.phrases if hit.start >= start and hit.end <= end]
        if hits or phrases:
            mentions.extend(Sentence(lexicon, rules, judge, reading, hits, phrases).mentions())
    return mentions


class Sentence:
    """One sentence's hits, and the best way to cut them into mentions."""

    def __init__(
        self, lexicon: Lexicon, rules: RuleBook, judge: Judge, reading: Reading, hits: list[Hit], phrases: list[Hit]
    ) -> None:
        self._lexicon = lexicon
        self._rules = rules
        self._judge = judge
        self._reading = reading
        self._hits = hits
        self._phrases = phrases
        self._breaks = [(index, sign) for index, sign in reading.breaks if sign in BREAK_COST]

    def mentions(self) -> list[IndicatorMention]:
        """The mentions of the sentence, in order."""
        count = len(self._hits)
        best_value = [0.0] * (count + 1)
        chosen: list[Window | None] = [None] * (count + 1)
        for end in range(1, count + 1):
            best_value[end], chosen[end] = best_value[end - 1], None
            if not self._anchors(end - 1):
                continue
            for start in range(max(0, end - LONGEST_WINDOW), end):
                if not self._anchors(start):
                    continue
                window = self._window(start, end - 1)
                if window and best_value[start] + window.value > best_value[end]:
                    best_value[end], chosen[end] = best_value[start] + window.value, window
        windows: list[Window] = []
        end = count
        while end > 0:
            window = chosen[end]
            if window is None:
                end -= 1
            else:
                windows.append(window)
                end = window.first
        return [self._mention(window) for window in reversed(windows)]

    def _anchors(self, index: int) -> bool:
        """Whether a mention may begin or end with this hit."""
        return self._rules.kinds[self._hits[index].value] is not ConceptKind.LIGHT

    def _window(self, first: int, last: int) -> Window | None:
        hits = self._hits[first : last + 1]
        own = {hit.value for hit in hits}
        if not own & self._rules.topics:
            return None
        start, end = hits[0].start, max(hit.end for hit in hits)
        low, high = self._segment(start, end)
        around = {hit.value for hit in self._hits if low <= hit.start < high and not (start <= hit.start < end)}
        evidence = Evidence(own, set(), self._phrases_inside(start, end))
        scored = [s for s in self._judge.rank(evidence) if self._ends_explained(s, hits)]
        if not scored or scored[0].match.score < LEAST_SCORE:
            return None
        top = scored[0]
        cost = sum(self._rules.weights[c] for c in own - top.concepts if self._rules.kinds[c] is not ConceptKind.LIGHT)
        for concept in around - top.concepts:
            kind = self._rules.kinds[concept]
            if kind in (ConceptKind.SUBGROUP, ConceptKind.FOREIGN, ConceptKind.FAILURE):
                cost += self._rules.weights[concept]
            elif kind is ConceptKind.TOPIC:
                cost += 0.3 * self._rules.weights[concept]
        cost += sum(BREAK_COST[sign] for index, sign in self._breaks if start < index < end)
        covered = sum(hit.end - hit.start for hit in hits)
        cost += LOOSENESS_COST * max(0, end - start - covered)
        value = top.explained * top.match.score - cost - MENTION_COST
        return Window(first, last, value, scored) if value > 0 else None

    def _ends_explained(self, scored: Scored, hits: list[Hit]) -> bool:
        """Whether the reading accounts for the first and the last hit, so that no mention is longer than it must be."""
        if not scored.concepts:
            return True
        ends = (hits[0].value, hits[-1].value)
        return all(c in scored.concepts or self._rules.kinds[c] is ConceptKind.UNIT for c in ends)

    def _segment(self, start: int, end: int) -> tuple[int, int]:
        """The tokens between the signs nearest to a window."""
        low, high = 0, len(self._reading.starts) + 1
        for index, _ in self._reading.breaks:
            if index <= start:
                low = max(low, index)
            if index >= end:
                high = min(high, index)
        return low, high

    def _phrases_inside(self, start: int, end: int) -> list[tuple[str, frozenset[int], bool, str]]:
        found = []
        for hit in self._phrases:
            if hit.start >= start and hit.end <= end:
                named = self._lexicon.phrases[hit.value]
                inside = frozenset(c.value for c in self._hits if c.start >= hit.start and c.end <= hit.end)
                found.append((named.indicator_id, inside, named.everyday, named.text))
        return found

    def _mention(self, window: Window) -> IndicatorMention:
        hits = self._hits[window.first : window.last + 1]
        start = self._reading.starts[hits[0].start]
        end = self._reading.ends[max(hit.end for hit in hits) - 1]
        return IndicatorMention(start, end, tuple(best(window.scored, LEAST_SCORE)))
