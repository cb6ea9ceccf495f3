"""What the rest of a report says of one reading: damage, doubts about its neighbours, and what became of its like."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence

from townclerk.extract.confidence.dating import note_dating
from townclerk.extract.confidence.likeness import note_likeness
from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.document import Document
from townclerk.models.units import Method, Unit

# Letters and digits in one word, but for ordinals and short codes ("2nd", "Q3", "16a", "NI65") that reports print.
_MIXED = re.compile(
    r"(?<![\w/.-])(?![A-Z]{1,3}\d{1,4}\b)(?!\d+(?:st|nd|rd|th|pp|[a-zA-Z])\b)(?=\w*\d)(?=\w*[A-Za-z])[A-Za-z\d]{2,12}(?!\w)"
)
_FULL = 0.015
"""Share of mixed words at which a text counts as damaged all over."""
_DOUBTFUL = frozenset({"conflict", "columns_disagree"})
"""Flags of figures that are in doubt."""
_COMPANY = 2
_MANY = 5
"""Other figures of one method in a report from which their share of agreeing ones says something."""
_CLOSE_POINTS, _CLOSE_RATIO = 10.0, 1.25
_IN_WORDS = {Method.PROSE: "running text", Method.TABLE: "tables"}
"""Methods whose figures speak for each other; reports with tiles are too few yet to learn it from."""


def note_company(candidates: Sequence[Candidate], unlinked: Sequence[Span], document: Document) -> None:
    """Add to each candidate's evidence what the report around it says.

    Args:
        candidates: The linked and checked candidates of a document; features are added.
        unlinked: Figures that found no measure.
        document: The report.
    """
    damage = damage_of(document.text)
    beside: defaultdict[int, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        beside[candidate.block].append(candidate)
    starts = sorted(span.start for span in unlinked)
    lost = {block: _lost(block, starts, document) for block in beside}
    for block, held in beside.items():
        doubted = [not _DOUBTFUL.isdisjoint(candidate.flags) for candidate in held]
        doubts, others = sum(doubted), len(held) - 1
        for candidate, own in zip(held, doubted, strict=True):
            if damage > 0:
                text = "letters and digits are mixed up in words of this report"
                candidate.features.append(Feature("damaged_text", damage, text))
            if others >= _COMPANY and doubts - own > 0:
                share = (doubts - own) / others
                candidate.features.append(
                    Feature("doubts_beside", share, f"{share:.0%} of the figures beside it are in doubt")
                )
            if others >= _COMPANY and lost[block]:
                share = lost[block] / (lost[block] + len(held))
                candidate.features.append(
                    Feature("lost_beside", share, f"{share:.0%} of the figures beside it found no measure")
                )

    _note_like(candidates)
    _note_size(candidates)
    note_likeness(candidates)
    note_dating(candidates, document)


def _note_like(candidates: Sequence[Candidate]) -> None:
    """How the report's other figures of the same method came out: a layout misread is misread all over."""
    by_method: defaultdict[Method, list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        by_method[candidate.method].append(candidate)
    for method, words_for in _IN_WORDS.items():
        held = by_method.get(method, [])
        outcomes = [{check.outcome for check in candidate.checks} for candidate in held]
        borne_out = [("supports" in said) and "contradicts" not in said for said in outcomes]
        faulted = ["contradicts" in said for said in outcomes]
        others, all_good, all_bad = len(held) - 1, sum(borne_out), sum(faulted)
        for candidate, good, bad in zip(held, borne_out, faulted, strict=True):
            if others < _MANY:
                break
            for name, share, words in (
                ("borne_out_beside", (all_good - good) / others, "agree with each other by arithmetic"),
                ("faulted_beside", (all_bad - bad) / others, "contradict each other"),
            ):
                if share:
                    text = f"{share:.0%} of the report's other figures in {words_for} {words}"
                    candidate.features.append(Feature(name, round(share, 3), text))


def _note_size(candidates: Sequence[Candidate]) -> None:
    """Whether a value is about as great as the other values of its measure and unit in the report."""
    by_measure: defaultdict[tuple[str, Unit], list[Candidate]] = defaultdict(list)
    for candidate in candidates:
        if candidate.indicator_id is not None and candidate.value is not None:
            by_measure[candidate.indicator_id, candidate.unit].append(candidate)
    for held in by_measure.values():
        values = sorted({candidate.value for candidate in held if candidate.value is not None})
        for candidate in held if len(values) > 1 else ():
            value = candidate.value or 0.0
            place = bisect_left(values, value)
            beside = values[max(0, place - 1) : place] + values[place + 1 : place + 2]
            nearest = min(beside, key=lambda other: abs(other - value))
            if _is_close(value, nearest, candidate.unit):
                text = "about as great as another value of the measure in this report"
                candidate.features.append(Feature("size_alike", 1.0, text))
            else:
                text = "far from every other value of the measure in this report"
                candidate.features.append(Feature("size_apart", 1.0, text))


def _is_close(value: float, other: float, unit: Unit) -> bool:
    if unit is Unit.PERCENT:
        return abs(value - other) <= _CLOSE_POINTS
    low, high = sorted((value, other))
    return high <= _CLOSE_RATIO * low or high - low <= _COMPANY


def damage_of(text: str) -> float:
    """How damaged a text looks, 0 to 1: the share of words in which letters and digits are mixed up, against 1.5%."""
    words = len(text.split())
    if not words:
        return 0.0
    mixed = len(_MIXED.findall(text))
    return round(min(1.0, mixed / words / _FULL), 3)


def _lost(block: int, starts: Sequence[int], document: Document) -> int:
    """How many of some figures, given by their starts in order, stand in a block."""
    if not 0 <= block < len(document.blocks):
        return 0
    pieces = document.blocks[block].passage.pieces
    if not pieces:
        return 0
    low, high = min(p.source_start for p in pieces), max(p.source_end for p in pieces)
    return bisect_left(starts, high) - bisect_left(starts, low)
