"""Scoring a report's observations against its gold, by the rules of the project's gold format."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass

from townclerk.evaluate.agreement import (
    LEVELS,
    Level,
    level_of,
    same_number,
    same_period_kind,
    same_value,
    wrong_fields,
)
from townclerk.evaluate.gold import GoldLine
from townclerk.evaluate.matching import maximum_matching
from townclerk.evaluate.places import Places
from townclerk.evaluate.tally import Tally
from townclerk.models.observation import Observation


@dataclass(slots=True, frozen=True)
class Pair:
    """A gold line and the observation it was paired with.

    Attributes:
        gold: The gold line.
        seen: The observation.
        level: How far they agree.
        wrong: The fields in which they differ.
    """

    gold: GoldLine
    seen: Observation
    level: Level
    wrong: tuple[str, ...]


@dataclass(slots=True)
class Score:
    """The outcome for one report.

    Attributes:
        name: The report's file stem.
        tallies: The counts at each level.
        matched: The pairs of a greatest matching at each level.
        misses: Gold lines that no observation found.
        false: Observations in the score that found no gold line.
        near: Of the misses and the false ones, those that are probably about the same figure.
        outside: Observations outside the score: without a catalogue id, not on a labelled page, or about a figure whose
            gold has no indicator.
        expected: Gold lines in the score.
        reported: Observations in the score.
    """

    name: str
    tallies: dict[Level, Tally]
    matched: dict[Level, list[Pair]]
    misses: list[GoldLine]
    false: list[Observation]
    near: list[Pair]
    outside: list[Observation]
    expected: list[GoldLine]
    reported: list[Observation]

    @property
    def pairs(self) -> list[Pair]:
        """Every pair that agrees at least on indicator, value and unit."""
        return self.matched[Level.FOUND]


def score(
    gold: Iterable[GoldLine],
    observations: Iterable[Observation],
    pages: Collection[int] | None = None,
    *,
    known_ids: Collection[str] | None = None,
    name: str = "",
    text: str | None = None,
) -> Score:
    """Hold the observations of one report against its gold.

    Args:
        gold: The report's gold lines.
        observations: Its observations.
        pages: The pages that were labelled; None where all were.
        known_ids: Ids of the catalogue that gold is written against; an observation with another id is outside the
            score. None takes every id for one of them.
        name: The report's file stem.
        text: The report's text, in which places can be compared exactly; without it, the words quoted are.

    Returns:
        Counts, pairs, misses and false observations.
    """
    lines = sorted(gold, key=lambda line: (line.doc, line.n))
    expected = [line for line in lines if line.indicator is not None]
    neutral = [line for line in lines if line.indicator is None]
    candidates, outside = _in_score(observations, pages, known_ids)
    places = Places(text)
    matched = _match_levels(expected, candidates, places)
    found = {id(pair.seen) for pair in matched[Level.FOUND]}
    reported, set_aside = _without_neutral(candidates, found, neutral, places)
    hit = {id(pair.gold) for pair in matched[Level.FOUND]}
    misses = [line for line in expected if id(line) not in hit]
    false = [seen for seen in reported if id(seen) not in found]
    return Score(
        name=name or (lines[0].doc if lines else ""),
        tallies={level: Tally(len(matched[level]), len(reported), len(expected)) for level in LEVELS},
        matched=matched,
        misses=misses,
        false=false,
        near=_near_misses(misses, false, places),
        outside=outside + set_aside,
        expected=expected,
        reported=reported,
    )


def _in_score(
    observations: Iterable[Observation], pages: Collection[int] | None, known_ids: Collection[str] | None
) -> tuple[list[Observation], list[Observation]]:
    """Observations of known indicators on labelled pages, in the order of their places; and the others."""
    inside: list[Observation] = []
    outside: list[Observation] = []
    for seen in sorted(observations, key=_reading_order):
        known = seen.indicator_id is not None and (known_ids is None or seen.indicator_id in known_ids)
        labelled = pages is None or (bool(seen.evidence) and seen.evidence[0].page in pages)
        (inside if known and labelled else outside).append(seen)
    return inside, outside


def _reading_order(seen: Observation) -> tuple[int, int, str, str]:
    first = seen.evidence[0] if seen.evidence else None
    return (first.page if first else 0, first.start if first else 0, seen.observation_id, seen.model_dump_json())


def _match_levels(
    expected: Sequence[GoldLine], candidates: Sequence[Observation], places: Places
) -> dict[Level, list[Pair]]:
    """A greatest matching at each level, strictest first; the looser ones grow from the stricter."""
    by_id: dict[str | None, list[int]] = {}
    for index, seen in enumerate(candidates):
        by_id.setdefault(seen.indicator_id, []).append(index)
    agreements = [
        {index: level_of(line, candidates[index]) for name in sorted(line.ids) for index in by_id.get(name, ())}
        for line in expected
    ]
    matched: dict[Level, list[Pair]] = {}
    partners: dict[int, int] = {}
    for level in reversed(LEVELS):
        edges = [
            _ranked(line, candidates, {index: reached for index, reached in levels.items() if reached >= level}, places)
            for line, levels in zip(expected, agreements, strict=True)
        ]
        partners = maximum_matching(edges, partners)
        matched[level] = [_pair(expected[line], candidates[index]) for line, index in sorted(partners.items())]
    return matched


def _ranked(
    line: GoldLine, candidates: Sequence[Observation], levels: Mapping[int, Level], places: Places
) -> list[int]:
    """The indexes in `levels`, the observation that says most of what the line says first."""

    def preference(index: int) -> tuple[int, bool, bool, bool]:
        seen = candidates[index]
        other_name = seen.indicator_id != line.indicator
        return (-levels[index], other_name, not same_period_kind(line, seen), not places.same(line, seen))

    return sorted(levels, key=preference)


def _pair(line: GoldLine, seen: Observation) -> Pair:
    return Pair(line, seen, level_of(line, seen), wrong_fields(line, seen))


def _without_neutral(
    candidates: Sequence[Observation], found: Collection[int], neutral: Sequence[GoldLine], places: Places
) -> tuple[list[Observation], list[Observation]]:
    """Observations that count, and those set aside because they are about a figure whose gold has no indicator."""
    counted: list[Observation] = []
    set_aside: list[Observation] = []
    for seen in candidates:
        aside = id(seen) not in found and any(same_value(line, seen) and places.same(line, seen) for line in neutral)
        (set_aside if aside else counted).append(seen)
    return counted, set_aside


def _near_misses(misses: Sequence[GoldLine], false: Sequence[Observation], places: Places) -> list[Pair]:
    """Pairs of a miss and a false observation that are probably about the same figure."""
    edges: list[list[int]] = []
    for line in misses:
        near = [index for index, seen in enumerate(false) if _is_near(line, seen, places)]
        edges.append([index for _, index in sorted((len(wrong_fields(line, false[index])), index) for index in near)])
    return [_pair(misses[line], false[index]) for line, index in sorted(maximum_matching(edges).items())]


def _is_near(line: GoldLine, seen: Observation, places: Places) -> bool:
    """The same number in the same place under another name or unit, or the same reading with another number."""
    if places.same(line, seen) and (same_number(line.value, seen.value) or seen.indicator_id in line.ids):
        return True
    return wrong_fields(line, seen) == ("value",)
