"""How well a measure explains a set of concepts: the one judgement behind labels and running text."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from townclerk.extract.spotting.indicators.reader import Found
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
PHRASE_BONUS = {MatchKind.EXACT: 0.35}
UNIT_MISMATCH = 0.7
SIBLING_SHARE = 0.85
UNKNOWN_UNIT = 0.4
AGAINST_SHARE = 0.2
"""A concept that a rule forbids costs this share of its weight where it stands in the context only."""
TELLING_WEIGHT = 0.8
REPAIRED_TRUST = 0.9
_BY_RULE = (MatchKind.CONCEPT, MatchKind.FUZZY)
NEXT_TO = 0.98
"""A sibling whose unit the words allow stands just behind the measure named, in front where that one's does not fit."""


@dataclass(slots=True)
class Evidence:
    """What stands in the words to be read.

    Attributes:
        own: Concepts of the words themselves; those that stand on the same words form one group.
        context: Concepts of the headings above, or of the clause before, in groups likewise.
        phrases: Phrases of measures that stand there.
        unit: The unit that is known from elsewhere (a column, the figure).
        repaired: A word among them was read through damage.
    """

    own: list[frozenset[int]]
    context: list[frozenset[int]] = field(default_factory=list)
    phrases: list[Found] = field(default_factory=list)
    unit: Unit | None = None
    repaired: bool = False


class Claim(NamedTuple):
    """A reading to be scored: the measure, the concepts it accounts for, and what speaks for it and against it."""

    indicator_id: str
    explained: frozenset[int]
    trust: float
    kind: MatchKind
    text: str
    everyday: bool
    against: frozenset[int] = frozenset()


@dataclass(slots=True)
class Scored:
    """A measure, the weight it explains, the concepts it accounts for, and what a phrase of its own adds."""

    match: IndicatorMatch
    explained: float
    concepts: frozenset[int]
    bonus: float = 0.0


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
            member: [(other, SIBLING_SHARE) for other in members if other != member]
            for members in families.values()
            for member in members
        }

    def rank(self, evidence: Evidence) -> list[Scored]:
        """The measures that could be meant, best first; an exact tie goes by id, so that no file order decides."""
        found: dict[str, Scored] = {}
        own, context = frozenset[int]().union(*evidence.own), frozenset[int]().union(*evidence.context)
        hints = self._unit_hints(evidence)
        for rule in self._rules.applicable(own, context):
            if own & self._rules.topics and not any(group & own for group in rule.needs):
                continue
            misprinted = bool(rule.misprints) and self._rules.misprinted(rule, own | context)
            kind = MatchKind.FUZZY if misprinted or evidence.repaired else MatchKind.CONCEPT
            trust = rule.weight * (REPAIRED_TRUST if kind is MatchKind.FUZZY else 1.0)
            claim = Claim(rule.indicator_id, rule.explained, trust, kind, rule.text, False, rule.without & context)
            self._enter(found, claim, evidence, hints)
        for named, inside in evidence.phrases:
            claim = Claim(named.indicator_id, inside, 1.0, named.kind, named.text, named.everyday)
            self._enter(found, claim, evidence, hints)
        return sorted(found.values(), key=lambda s: (-s.match.score, -s.explained - s.bonus, s.match.indicator_id))

    def _unit_hints(self, evidence: Evidence) -> frozenset[Unit]:
        for groups in (evidence.own, evidence.context):
            concepts = frozenset[int]().union(*groups)
            hints = [self._rules.units[c] for c in concepts if self._rules.kinds[c] is ConceptKind.UNIT]
            if hints:
                both = frozenset.intersection(*hints)
                return both or frozenset.union(*hints)
        return frozenset()

    def _enter(self, found: dict[str, Scored], claim: Claim, evidence: Evidence, hints: frozenset[Unit]) -> None:
        """Score one reading and its siblings in other units."""
        own = frozenset[int]().union(*evidence.own)
        worth = max if claim.kind in _BY_RULE else min
        gain, cost = self._weigh(evidence.own, claim.explained, frozenset(), 1.0, worth)
        context_gain, context_cost = self._weigh(evidence.context, claim.explained, own, CONTEXT_SHARE, worth)
        gain += context_gain
        bonus = PHRASE_BONUS.get(claim.kind, 0.0)
        if gain + bonus <= 0:
            return
        context_cost += AGAINST_SHARE * sum(self._rules.weights[c] for c in claim.against)
        score = claim.trust * (gain + bonus) / (gain + bonus + cost + context_cost)
        everyday = context_gain == 0 and (claim.everyday or self._all_everyday(evidence.own, claim))
        concepts = claim.explained & own.union(*evidence.context)
        for member, share in ((claim.indicator_id, 1.0), *self._siblings.get(claim.indicator_id, ())):
            value = score * self._unit_share(member, share, evidence.unit, hints)
            before = found.get(member)
            if before is None or (value, gain + bonus) > (before.match.score, before.explained + before.bonus):
                match = IndicatorMatch(member, round(min(value, 1.0), 4), claim.kind, claim.text, everyday)
                found[member] = Scored(match, gain, concepts, bonus)

    def _all_everyday(self, own: list[frozenset[int]], claim: Claim) -> bool:
        """Whether a rule rests on everyday words alone, and not on two telling ones together."""
        if claim.kind not in _BY_RULE:
            return False
        told = [group & claim.explained for group in own if not group.isdisjoint(claim.explained)]
        if not all(self._rules.is_everyday(concept) for group in told for concept in group):
            return False
        return sum(max(self._rules.weights[c] for c in group) >= TELLING_WEIGHT for group in told) < 2

    def _unit_share(self, member: str, share: float, unit: Unit | None, hints: frozenset[Unit]) -> float:
        """How far a measure's unit suits what is known of units; `share` is below 1 for a sibling of the one named."""
        own = self._catalogue.indicators[member].unit
        if unit is not None:
            return 1.0 if own is unit else UNKNOWN_UNIT * share
        if hints:
            return (1.0 if share == 1.0 else NEXT_TO) if own in hints else UNIT_MISMATCH * share
        return share

    def _weigh(
        self,
        groups: list[frozenset[int]],
        explained: frozenset[int],
        seen: frozenset[int],
        share: float,
        worth: Callable[[Iterable[float]], float],
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
