"""Whether the report's own time, where a figure takes it, fits what the report's figures say of time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date

from townclerk.models.candidate import Candidate, Feature
from townclerk.models.document import Document, DocumentFacts
from townclerk.models.units import Basis, Role

_FEWEST = 2


def note_dating(candidates: Sequence[Candidate], document: Document) -> None:
    """Add to the evidence of figures that state no time what speaks for and against the time they were given.

    Args:
        candidates: The linked and checked candidates of a document; features are added.
        document: The report.
    """
    papers: defaultdict[int, list[Candidate]] = defaultdict(list)
    facts: dict[int, DocumentFacts] = {}
    for one in candidates:
        own = document.facts_at(one.block)
        facts[id(own)] = own
        papers[id(own)].append(one)
    for key, held in papers.items():
        _note_paper(held, facts[key])


def _note_paper(held: Sequence[Candidate], facts: DocumentFacts) -> None:
    report = facts.period.value
    now = [one for one in held if _is_own(one) and one.role is Role.ACTUAL and one.is_dated]
    ends = [one.period.end for one in now if one.period is not None]
    by_block: defaultdict[int, list[bool]] = defaultdict(list)
    for one in held:
        by_block[one.block].append(one.is_dated)
    for one in held:
        if one.is_dated:
            continue
        beside = by_block[one.block]
        if any(beside):
            share = round(sum(beside) / len(beside), 3)
            text = f"{share:.0%} of the figures beside it state their time"
            one.features.append(Feature("dated_beside", share, text))
        if one.period is None:
            if _is_own(one) and one.role is Role.ACTUAL:
                one.features.append(Feature("own_undated", 1.0, "the authority's own value, and its time is not known"))
            continue
        if report is None or one.period.end != report.end:
            one.features.append(Feature("time_of_heading", 1.0, "its time is that of a heading or a value near it"))
            continue
        if facts.period.basis is not Basis.STATED:
            one.features.append(Feature("report_time_inferred", 1.0, "the report's time is itself worked out"))
        if len(ends) >= _FEWEST:
            one.features.append(_against(ends, report.end))


def _against(ends: Sequence[date], end: date) -> Feature:
    """What the times stated for figures say of the report's own."""
    later = sum(one > end for one in ends)
    same = sum(one == end for one in ends)
    if later:
        share = round(later / len(ends), 3)
        return Feature("times_later", share, f"{share:.0%} of the times that figures state are later than the report's")
    if same:
        return Feature("times_agree", 1.0, "the newest time that figures state is the report's")
    return Feature("times_earlier", 1.0, "all times that figures state are earlier than the report's")


def _is_own(one: Candidate) -> bool:
    return one.area is not None and one.area.is_reporting_authority
