"""How well a measure explains a set of concepts: the one judgement behind labels and running text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from townclerk.extract.spotting.indicators.phrases import Hit
from townclerk.extract.spotting.indicators.rules import RuleBook
from townclerk.models.mentions import IndicatorMatch, MatchKind
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.concepts import ConceptKind

CONTEXT_SHARE = 0.6
"""A concept that stands only in a heading explains this much of its weight."""
CONTEXT_COST = {
    ConceptKind.TOPIC: 0.12,
    ConceptKind.SUBGROUP: 0.5,
    ConceptKind.FAILURE: 0.2,
    ConceptKind.FOREIGN: 0.8,
    ConceptKind.LIGHT: 0.0,
    ConceptKind.UNIT: 0.0,
}
PHRASE_BONUS = 0.35
UNIT_MISMATCH = 0.7
SIBLING_SHARE = 0.85
NEXT_TO = 0.98
"""A sibling whose unit the words allow stands just behind the measure named, in front where that one's is not allowed."""


@dataclass(slots=True)
class Evidence:
    """What stands in the words to be read.

    Attributes:
        own: Concepts of the words themselves; those that stand on the same words form one group.
        context: Concepts of the headings above, or of the clause before, in groups likewise.
        phrases: Measures whose phrase stands there: id, concepts inside the phrase, whether everyday, its words.
        unit: The unit that is known from elsewhere (a column, the figure).
    """

    own: list[frozenset[int]]
    context: list[frozenset[int]] = field(default_factory=list)
    phrases: list[tuple[str, frozenset[int], bool, str]] = field(default_factory=list)
    unit: Unit | None = None


@dataclass(slots=True)
class Scored:
    """A measure and how well it explains the evidence."""

    match: IndicatorMatch
    explained: float
    concepts: frozenset[int]


class Judge:
    """Ranks the measures that could be meant."""

    def __init__(self, catalogue: Catalogue, rules: RuleBook) -> None:
        self._catalogue = catalogue
        self._rules = rules
        families: dict[str, list[str]] = {}
        for indicator in catalogue.indicators.values():
            if indicator.family:
                families.setdefault(indicator.family, []).append(indicator.id)
        self._siblings = {
            member: [other for other in members if other != member]
            for members in families.values()
            for member in members
        }

    def rank(self, evidence: Evidence) -> list[Scored]:
        """The measures that could be meant, best first; an exact tie goes by id, so that no file order decides."""
        found: dict[str, Scored] = {}
        own, context = frozenset().union(*evidence.own), frozenset().union(*evidence.context)
        hints = self._unit_hints(evidence)
        for rule in self._rules.applicable(own | context):
            if own & self._rules.topics and not any(group & own for group in rule.needs):
                continue
            self._enter(
                found, rule.indicator_id, rule.explained, rule.weight, MatchKind.CONCEPT, rule.text, evidence, hints
            )
        for indicator_id, inside, everyday, text in evidence.phrases:
            self._enter(found, indicator_id, inside, 1.0, MatchKind.EXACT, text, evidence, hints, everyday)
        return sorted(found.values(), key=lambda s: (-s.match.score, -s.explained, s.match.indicator_id))

    def _unit_hints(self, evidence: Evidence) -> frozenset[Unit]:
        for groups in (evidence.own, evidence.context):
            concepts = frozenset().union(*groups)
            hints = [self._rules.units[c] for c in concepts if self._rules.kinds[c] is ConceptKind.UNIT]
            if hints:
                both = frozenset.intersection(*hints)
                return both or frozenset.union(*hints)
        return frozenset()

    def _enter(
        self,
        found: dict[str, Scored],
        indicator_id: str,
        explained: frozenset[int],
        trust: float,
        kind: MatchKind,
        text: str,
        evidence: Evidence,
        hints: frozenset[Unit],
        everyday: bool = False,
    ) -> None:
        """Score one reading and its siblings in other units."""
        own = frozenset().union(*evidence.own)
        worth = min if kind is MatchKind.EXACT else max
        gain, cost = self._weigh(evidence.own, explained, frozenset(), 1.0, worth)
        context_gain, context_cost = self._weigh(evidence.context, explained, own, CONTEXT_SHARE, worth)
        gain += context_gain + (PHRASE_BONUS if kind is MatchKind.EXACT else 0.0)
        cost += context_cost
        if gain <= 0:
            return
        score = trust * gain / (gain + cost)
        for member, share in ((indicator_id, 1.0), *((s, SIBLING_SHARE) for s in self._siblings.get(indicator_id, ()))):
            value = score * share
            unit = self._catalogue.indicators[member].unit
            if evidence.unit is not None:
                value *= 1.0 if unit is evidence.unit else 0.4
                if unit is evidence.unit:
                    value /= share
            elif hints:
                value = value / share * (1.0 if share == 1.0 else NEXT_TO) if unit in hints else value * UNIT_MISMATCH
            before = found.get(member)
            if before is None or (value, gain) > (before.match.score, before.explained):
                match = IndicatorMatch(member, round(min(value, 1.0), 4), kind, text, everyday)
                found[member] = Scored(match, gain, explained & own.union(*evidence.context))

    def _weigh(
        self, groups: list[frozenset[int]], explained: frozenset[int], seen: frozenset[int], share: float, worth: Callable[[Iterable[float]], float]
    ) -> tuple[float, float]:
        """What the explained groups are worth and the others cost; a concept told twice counts once.

        Words that several concepts share are worth what the rule takes them for (`max`), and to a phrase, which takes
        them for nothing in particular, the least (`min`).
        """
        weights, kinds = self._rules.weights, self._rules.kinds
        gain = cost = 0.0
        counted = set(seen)
        for group in groups:
            known = group & explained
            if known:
                fresh = known - counted
                if fresh:
                    gain += share * worth(weights[c] for c in fresh)
                counted |= known
            elif group.isdisjoint(counted):
                cost += min(weights[c] * (1.0 if share == 1.0 else CONTEXT_COST[kinds[c]]) for c in group)
                counted |= group
        return gain, cost


def best(scored: Sequence[Scored], least: float) -> list[IndicatorMatch]:
    """The readings that reach `least`, and are no more than half as good as the best."""
    if not scored or scored[0].match.score < least:
        return []
    top = scored[0].match.score
    return [s.match for s in scored if s.match.score >= max(least * 0.8, top * 0.5)]


def grouped(hits: Iterable[Hit]) -> list[frozenset[int]]:
    """The concepts of some hits, those on the same words together, in order."""
    groups: dict[tuple[int, int], set[int]] = {}
    for hit in hits:
        groups.setdefault((hit.start, hit.end), set()).add(hit.value)
    return [frozenset(group) for group in groups.values()]
