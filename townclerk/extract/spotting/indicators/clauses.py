"""Mentions in running text: the stretches of a sentence that measures explain best."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from townclerk.extract.spotting.indicators.phrases import Hit
from townclerk.extract.spotting.indicators.reader import Lexicon, Reading
from townclerk.extract.spotting.indicators.rules import RuleBook
from townclerk.extract.spotting.indicators.scoring import Evidence, Judge, Scored, best, grouped
from townclerk.models.mentions import IndicatorMention
from townclerk.patterns.concepts import ConceptKind

LEAST_SCORE = 0.55
MENTION_COST = 0.4
BREAK_COST = {",": 0.25, "(": 0.45, ")": 0.45, ":": 0.15}
LONGEST_WINDOW = 9
LOOSENESS_COST = 0.02
NEIGHBOUR_SHARE = 0.5
"""A topic beside a mention, in the same clause, that it does not account for costs this share of its weight."""
FIGURE_COST = 0.6
"""A mention may stand around one figure; each further one inside is a sign that two mentions were run together."""
LEAST_EDGE_WEIGHT = 0.5
"""A mention begins and ends with words of at least this weight."""
CONTEXT_REACH = 8
CONTEXT_FEE = 0.3


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
    for start, end in pairwise(bounds):
        hits = [hit for hit in reading.concepts if hit.start >= start and hit.end <= end]
        if hits:
            mentions.extend(Sentence(lexicon, rules, judge, reading, hits).mentions())
    return mentions


class Sentence:
    """One sentence's hits, and the best way to cut them into mentions."""

    def __init__(self, lexicon: Lexicon, rules: RuleBook, judge: Judge, reading: Reading, hits: list[Hit]) -> None:
        self._lexicon = lexicon
        self._rules = rules
        self._judge = judge
        self._reading = reading
        self._hits = hits
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
        return self._rules.weights[self._hits[index].value] >= LEAST_EDGE_WEIGHT

    def _window(self, first: int, last: int) -> Window | None:
        """The best reading of the hits `first` to `last`, alone or with what the sentence said before them."""
        hits = self._hits[first : last + 1]
        own = grouped(hits)
        if all(self._rules.topics.isdisjoint(group) for group in own):
            return None
        start, end = hits[0].start, max(hit.end for hit in hits)
        phrases = self._lexicon.found(self._reading, start, end)
        alone = self._read(Evidence(own, [], phrases), hits, start, end)
        before = grouped(
            hit for hit in self._hits[max(0, first - CONTEXT_REACH) : first] if hit.value in self._rules.topics
        )
        if before and self._parted(start):
            with_context = self._read(Evidence(own, before, phrases), hits, start, end)
            if with_context and (not alone or with_context[0] - CONTEXT_FEE > alone[0]):
                return Window(first, last, with_context[0] - CONTEXT_FEE, _merge(with_context[1], alone))
        return Window(first, last, *alone) if alone and alone[0] > 0 else None

    def _parted(self, start: int) -> bool:
        """Whether a sign or a figure stands before the token `start` in the sentence: something was said already."""
        low = self._hits[0].start
        return any(low < index <= start for index, _ in self._breaks) or any(
            low < index < start for index in self._reading.figures
        )

    def _read(self, evidence: Evidence, hits: list[Hit], start: int, end: int) -> tuple[float, list[Scored]] | None:
        """What the best reading of some evidence is worth, and all readings; None where nothing fits well enough."""
        scored = [s for s in self._judge.rank(evidence) if self._ends_explained(s, hits)]
        if not scored or scored[0].match.score < LEAST_SCORE:
            return None
        top = scored[0]
        cost = sum(min(self._rules.weights[c] for c in group) for group in evidence.own if not group & top.concepts)
        low, high = self._segment(start, end)
        around = [hit for hit in self._hits if low <= hit.start < high and not (start <= hit.start < end)]
        for group in grouped(around):
            if group & top.concepts:
                continue
            concept = min(group, key=lambda c: self._rules.weights[c])
            kind = self._rules.kinds[concept]
            if kind in (ConceptKind.SUBGROUP, ConceptKind.FOREIGN, ConceptKind.FAILURE):
                cost += self._rules.weights[concept]
            elif kind is ConceptKind.TOPIC:
                cost += NEIGHBOUR_SHARE * self._rules.weights[concept]
        cost += sum(BREAK_COST[sign] for index, sign in self._breaks if start < index < end)
        cost += FIGURE_COST * max(0, sum(start < index < end for index in self._reading.figures) - 1)
        covered = sum(hit.end - hit.start for hit in hits)
        cost += LOOSENESS_COST * max(0, end - start - covered)
        value = top.explained * top.match.score - cost - MENTION_COST
        return (value, scored) if value > 0 else None

    def _ends_explained(self, scored: Scored, hits: list[Hit]) -> bool:
        """Whether the reading accounts for the first and the last hit, so that no mention is longer than it must be."""
        if not scored.concepts:
            return True
        low, high = hits[0].start, max(hit.end for hit in hits)
        first = {hit.value for hit in hits if hit.start == low}
        last = {hit.value for hit in hits if hit.end == high}
        return bool(first & scored.concepts) and bool(last & scored.concepts)

    def _segment(self, start: int, end: int) -> tuple[int, int]:
        """The tokens between the signs nearest to a window."""
        low, high = 0, len(self._reading.starts) + 1
        for index, _ in self._reading.breaks:
            if index <= start:
                low = max(low, index)
            if index >= end:
                high = min(high, index)
        return low, high

    def _mention(self, window: Window) -> IndicatorMention:
        hits = self._hits[window.first : window.last + 1]
        start = self._reading.starts[hits[0].start]
        end = self._reading.ends[max(hit.end for hit in hits) - 1]
        return IndicatorMention(start, end, tuple(best(window.scored, LEAST_SCORE)))


def _merge(scored: list[Scored], others: tuple[float, list[Scored]] | None) -> list[Scored]:
    """The readings with those of another list that they lack behind them."""
    known = {s.match.indicator_id for s in scored}
    return scored + [s for s in (others[1] if others else []) if s.match.indicator_id not in known]
