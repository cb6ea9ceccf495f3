"""How well a measure explains a set of concepts: the one judgement behind labels and running text."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from townclerk.extract.spotting.indicators.reader import Found
from townclerk.extract.spotting.indicators.rules import CompiledRule, RuleBook
from townclerk.extract.spotting.indicators.words import Group
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
AGAINST_SHARE = 0.2
"""A concept that a rule forbids costs this share of its weight where it stands in the context only."""
PHRASE_BONUS = 0.35
PATTERN_BONUS = 0.3
"""A token pattern leaves more open than a phrase, and is more telling than a rule that explains the same words."""
UNIT_MISMATCH = 0.7
UNKNOWN_UNIT = 0.4
SIBLING_SHARE = 0.85
NEXT_TO = 0.98
"""A sibling whose unit the words allow stands just behind the measure named, in front where that one's does not fit."""
TELLING_WEIGHT = 0.8
REPAIRED_TRUST = 0.9


@dataclass(slots=True)
class Evidence:
    """What stands in the words to be read.

    Attributes:
        own: Concepts of the words themselves.
        context: Concepts of the headings above, or of the clause before.
        beside: Words right beside them that say in what is counted.
        phrases: Phrases of measures that stand there.
        unit: The unit that is known from elsewhere (a column, the figure).
        repaired: A word among them was read through damage.
    """

    own: Sequence[Group]
    context: Sequence[Group] = ()
    beside: Sequence[Group] = ()
    phrases: Sequence[Found] = ()
    unit: Unit | None = None
    repaired: bool = False


@dataclass(slots=True)
class Claim:
    """All that speaks for one measure: rules that are met, phrases and codes that stand there.

    Attributes:
        explained: The concepts the rules account for.
        inside: The concepts inside the phrases.
        against: Concepts of the context that forbid it.
        trust: How far the best of them is trusted.
        kind: What the strongest of them is.
        text: Its words.
        everyday: No phrase but everyday ones, no rule at all.
        ruled: A rule is met.
        plainly: A rule is met that is not everyday.
    """

    explained: frozenset[int] = frozenset()
    inside: frozenset[int] = frozenset()
    against: frozenset[int] = frozenset()
    trust: float = 0.0
    kind: MatchKind = MatchKind.FUZZY
    text: str = ""
    everyday: bool = True
    ruled: bool = False
    plainly: bool = False


@dataclass(slots=True)
class Scored:
    """A measure, the weight it explains, the concepts it accounts for, and what a phrase of its own adds."""

    match: IndicatorMatch
    explained: float
    concepts: frozenset[int]
    bonus: float = 0.0


_NONE: frozenset[int] = frozenset()
_STRENGTH = (MatchKind.FUZZY, MatchKind.CONCEPT, MatchKind.PATTERN, MatchKind.EXACT, MatchKind.CODE)


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
        said, told = _concepts(evidence.own), _concepts(evidence.context)
        hints = self._unit_hints(said, _concepts(evidence.beside), told)
        for indicator_id, claim in self._claims(evidence, said, told).items():
            self._enter(found, indicator_id, claim, evidence, said, told, hints)
        return sorted(found.values(), key=lambda s: (-s.match.score, -s.explained - s.bonus, s.match.indicator_id))

    def _claims(self, evidence: Evidence, said: frozenset[int], context: frozenset[int]) -> dict[str, Claim]:
        """What speaks for each measure."""
        own = said | _inner(evidence.own)
        claims: dict[str, Claim] = {}
        for rule in self._rules.applicable(said, own | context):
            if not own.isdisjoint(self._rules.topics) and all(own.isdisjoint(group) for group in rule.needs):
                continue
            self._claim_rule(claims.setdefault(rule.indicator_id, Claim()), rule, evidence, own | context, context)
        for named, inside in evidence.phrases:
            claim = claims.setdefault(named.indicator_id, Claim())
            claim.inside |= inside
            claim.everyday &= named.everyday
            claim.trust = 1.0
            if _STRENGTH.index(named.kind) >= _STRENGTH.index(claim.kind):
                claim.kind, claim.text = named.kind, named.text
        return claims

    def _claim_rule(
        self, claim: Claim, rule: CompiledRule, evidence: Evidence, present: frozenset[int], context: frozenset[int]
    ) -> None:
        misprinted = bool(rule.misprints) and self._rules.misprinted(rule, present)
        damaged = misprinted or evidence.repaired
        claim.explained |= rule.explained
        claim.against |= rule.without & context
        claim.trust = max(claim.trust, rule.weight * (REPAIRED_TRUST if damaged else 1.0))
        claim.ruled = True
        claim.plainly |= not rule.everyday
        claim.kind = MatchKind.FUZZY if damaged else MatchKind.CONCEPT
        claim.text = claim.text or rule.text

    def _unit_hints(self, *told: frozenset[int]) -> frozenset[Unit]:
        """The units that the first of several sets of concepts to name one names."""
        for concepts in told:
            hints = [self._rules.units[c] for c in concepts & self._rules.counting]
            if hints:
                both = frozenset.intersection(*hints)
                return both or frozenset.union(*hints)
        return frozenset()

    def _enter(
        self,
        found: dict[str, Scored],
        indicator_id: str,
        claim: Claim,
        evidence: Evidence,
        said: frozenset[int],
        told: frozenset[int],
        hints: frozenset[Unit],
    ) -> None:
        """Score one reading and its siblings in other units; `said` and `told` are its own words' and the context's."""
        gain, cost = self._weigh(evidence.own, claim, frozenset(), 1.0)
        context_gain, context_cost = self._weigh(evidence.context, claim, said, CONTEXT_SHARE)
        bonus = {MatchKind.EXACT: PHRASE_BONUS, MatchKind.PATTERN: PATTERN_BONUS}.get(claim.kind, 0.0)
        gain += context_gain
        if gain + bonus <= 0:
            return
        context_cost += AGAINST_SHARE * sum(self._rules.weights[c] for c in claim.against)
        score = claim.trust * (gain + bonus) / (gain + bonus + cost + context_cost)
        everyday = context_gain == 0 and self._is_everyday(claim, evidence.own)
        concepts = (claim.explained | claim.inside) & (said | told)
        for member, share in ((indicator_id, 1.0), *self._siblings.get(indicator_id, ())):
            value = score * self._unit_share(member, share, evidence.unit, hints)
            before = found.get(member)
            if before is None or (value, gain + bonus) > (before.match.score, before.explained + before.bonus):
                match = IndicatorMatch(member, round(min(value, 1.0), 4), claim.kind, claim.text, everyday)
                found[member] = Scored(match, gain, concepts, bonus)

    def _is_everyday(self, claim: Claim, own: Sequence[Group]) -> bool:
        """Whether a claim rests on everyday words alone, and not on two telling ones together."""
        if not claim.ruled:
            return claim.everyday
        if claim.kind in {MatchKind.EXACT, MatchKind.PATTERN, MatchKind.CODE} and not claim.everyday:
            return False
        if not claim.plainly:
            return True
        told = [group.concepts & claim.explained for group in own if not group.concepts.isdisjoint(claim.explained)]
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

    def _weigh(self, groups: Iterable[Group], claim: Claim, seen: frozenset[int], share: float) -> tuple[float, float]:
        """What the explained groups are worth and the others cost; a concept told twice counts once.

        Words of failure cost nothing: they make a complement of the measure, which is for the caller to settle.

        Words that several concepts share are worth what a rule takes them for, and to a phrase, which takes them for
        nothing in particular, the least.
        """
        weights, kinds = self._rules.weights, self._rules.kinds
        gain = cost = 0.0
        counted = set(seen)
        for group in groups:
            ruled = group.concepts & claim.explained
            known = ruled or group.concepts & claim.inside
            if known:
                fresh = known - counted
                if fresh:
                    gain += share * (max if ruled else min)(weights[c] for c in fresh)
                counted |= known
            elif group.concepts.isdisjoint(counted) and not (nature := self._rules.nature(group.concepts)).is_failure:
                if share == 1.0:
                    cost += nature.weight
                else:
                    cost += min(weights[c] * CONTEXT_COST[kinds[c]] for c in group.concepts)
                counted |= group.concepts
        return gain, cost


def best(scored: Sequence[Scored], least: float) -> list[IndicatorMatch]:
    """The readings that reach `least`, and are no more than half as good as the best."""
    if not scored or scored[0].match.score < least:
        return []
    top = scored[0].match.score
    return [s.match for s in scored if s.match.score >= max(least * 0.8, top * 0.5)]


def _concepts(groups: Iterable[Group]) -> frozenset[int]:
    return _NONE.union(*[group.concepts for group in groups])


def _inner(groups: Iterable[Group]) -> frozenset[int]:
    return _NONE.union(*[group.inner for group in groups])
