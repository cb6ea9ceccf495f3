"""Concept rules made ready to run: which concepts a measure needs, may have, and must not have."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from townclerk.extract.spotting.indicators.reader import Lexicon
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.concepts import ConceptKind

SLIGHT = 0.1
"""Weight of words that name nothing by themselves, and of unit words, unless the pack says otherwise."""
_SLIGHT_KINDS = (ConceptKind.LIGHT, ConceptKind.UNIT)
_MOST_REMEMBERED = 20_000


@dataclass(slots=True, frozen=True)
class CompiledRule:
    """One rule, concepts as numbers.

    Attributes:
        indicator_id: The measure.
        needs: Groups of which each must be met by one concept.
        explained: All concepts the rule accounts for.
        without: Concepts that forbid it.
        misprints: Concepts that meet a need only as a misprint.
        everyday: It is met by words of any service.
        weight: How far it is trusted.
        text: The rule in words, for the record.
    """

    indicator_id: str
    needs: tuple[frozenset[int], ...]
    explained: frozenset[int]
    without: frozenset[int]
    misprints: frozenset[int]
    everyday: bool
    weight: float
    text: str


class Nature(NamedTuple):
    """What concepts that stand on the same words are, taken together.

    Attributes:
        weight: That of the lightest.
        is_failure: One of them turns the measure beside it into its complement.
        counts: They say in what is counted, and nothing else ("percentage of").
    """

    weight: float
    is_failure: bool
    counts: bool


_Filed = tuple[int, CompiledRule, tuple[frozenset[int], ...]]
"""A rule under the group it is found by: its number, itself, the other groups it needs."""


class RuleBook:
    """All rules, found by the concept that anchors each, and what concepts weigh."""

    def __init__(self, catalogue: Catalogue, lexicon: Lexicon) -> None:
        self.kinds = [concept.kind for concept in lexicon.concepts]
        self.weights = [
            SLIGHT if concept.kind in _SLIGHT_KINDS and concept.weight == 1 else concept.weight
            for concept in lexicon.concepts
        ]
        self.units = [frozenset(concept.units) for concept in lexicon.concepts]
        self._everyday = [
            concept.everyday or self.kinds[number] is not ConceptKind.TOPIC
            for number, concept in enumerate(lexicon.concepts)
        ]
        self.leading = frozenset(number for number, concept in enumerate(lexicon.concepts) if concept.leads_on)
        self._natures: dict[frozenset[int], Nature] = {}
        self._by_anchor: dict[int, list[_Filed]] = {}
        self._filed = 0
        for indicator_id, wordings in catalogue.wordings.items():
            for wording in wordings:
                for rule in wording.rules:
                    self._add(
                        CompiledRule(
                            indicator_id,
                            tuple(frozenset(_numbers(group.split("|"), lexicon)) for group in rule.needs),
                            frozenset(_numbers([c for group in rule.needs for c in group.split("|")], lexicon))
                            | frozenset(_numbers(rule.may, lexicon)),
                            frozenset(_numbers(rule.without, lexicon)),
                            frozenset(_numbers(rule.misprints, lexicon)),
                            rule.everyday,
                            rule.weight,
                            " + ".join(rule.needs),
                        )
                    )
        topics = (ConceptKind.TOPIC,)
        self.needed = frozenset(
            concept
            for held in self._by_anchor.values()
            for _, rule, _ in held
            for group in rule.needs
            for concept in group
        )
        self.topics = frozenset(number for number, kind in enumerate(self.kinds) if kind in topics)
        self.counting = frozenset(number for number, kind in enumerate(self.kinds) if kind is ConceptKind.UNIT)

    def is_everyday(self, concept: int) -> bool:
        """Whether a concept's words are everyday, or carry too little to name a measure by themselves."""
        return self._everyday[concept]

    def nature(self, concepts: frozenset[int]) -> Nature:
        """What concepts on the same words are; the same few stand together again and again."""
        if (known := self._natures.get(concepts)) is not None:
            return known
        kinds = {self.kinds[concept] for concept in concepts}
        weight = min(self.weights[concept] for concept in concepts)
        nature = Nature(weight, ConceptKind.FAILURE in kinds, kinds == {ConceptKind.UNIT})
        if len(self._natures) < _MOST_REMEMBERED:
            self._natures[concepts] = nature
        return nature

    def _add(self, rule: CompiledRule) -> None:
        """File a rule under the weightiest group it needs, so that few rules are tried on a text."""
        anchor = max(rule.needs, key=lambda group: min(self.weights[concept] for concept in group))
        others = tuple(group for group in rule.needs if group is not anchor)
        for concept in anchor:
            self._by_anchor.setdefault(concept, []).append((self._filed, rule, others))
        self._filed += 1

    def misprinted(self, rule: CompiledRule, present: frozenset[int]) -> bool:
        """Whether a need of the rule is met by a misprint alone."""
        return any(group & present and not (group & present) - rule.misprints for group in rule.needs)

    def applicable(self, said: frozenset[int], present: frozenset[int]) -> Iterable[CompiledRule]:
        """The rules whose needs are met by the concepts `present`, and that none of those `said` outright forbids."""
        tried: set[int] = set()
        for concept in present:
            for number, rule, others in self._by_anchor.get(concept, ()):
                if number in tried:
                    continue
                tried.add(number)
                if rule.without and not rule.without.isdisjoint(said):
                    continue
                for group in others:
                    if group.isdisjoint(present):
                        break
                else:
                    yield rule


def _numbers(names: Iterable[str], lexicon: Lexicon) -> list[int]:
    """Numbers of concepts by name; a name the concepts lack is skipped (`check_packs` tells of it)."""
    return [lexicon.number_of[name] for name in names if name in lexicon.number_of]
