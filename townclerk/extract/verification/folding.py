"""Counts and the percentage printed with them that do not agree are one figure, not two.

The linker brings counts and percentage together where they divide to each other. Where they do not, it works the
counts out for themselves; here the two are put together again, so that the print stands and the check can tell.
"""

from __future__ import annotations

import re

from townclerk.extract.verification.edits import one_slip
from townclerk.extract.verification.ratios import agrees
from townclerk.extract.verification.tolerance import decimals
from townclerk.extract.verification.view import place_of
from townclerk.models.candidate import Candidate
from townclerk.models.document import Document
from townclerk.models.units import Role, Status, Unit

_BETWEEN = 160
_DIGIT = re.compile(r"\d")


def fold_computed(candidates: list[Candidate], document: Document) -> None:
    """Give a printed percentage the counts of the computed one beside it, and take the computed one out.

    Args:
        candidates: A document's candidates, changed in place.
        document: The report.
    """
    for computed in [c for c in candidates if "computed" in c.flags and c.numerator and c.denominator]:
        printed = _printed_beside(computed, candidates, document)
        if printed is None:
            continue
        if printed.indicator_id != computed.indicator_id:
            printed.match, printed.rivals = computed.match, computed.rivals
            printed.label, printed.label_span = computed.label, computed.label_span
            printed.period = computed.period
        printed.numerator, printed.denominator = computed.numerator, computed.denominator
        printed.flags = [flag for flag in printed.flags if flag != "conflict"]
        candidates[:] = [c for c in candidates if c is not computed]


def _printed_beside(computed: Candidate, candidates: list[Candidate], document: Document) -> Candidate | None:
    """The one printed percentage beside it in its sentence that is its own."""
    found = []
    for other in candidates:
        if other is computed or other.block != computed.block or other.unit is not Unit.PERCENT:
            continue
        if other.numerator is not None or other.role is not Role.ACTUAL or other.status is not Status.REPORTED:
            continue
        if _is_behind(other, computed, document) or _is_before(other, computed, document):
            found.append(other)
    return found[0] if len(found) == 1 else None


def _is_behind(printed: Candidate, computed: Candidate, document: Document) -> bool:
    """True for a percentage right behind the counts, of the same measure or in brackets."""
    gap = document.text[computed.figure_span.end : printed.figure_span.start]
    if printed.figure_span.start < computed.figure_span.end or len(gap) > _BETWEEN or ". " in gap:
        return False
    same = printed.indicator_id == computed.indicator_id and place_of(printed) == place_of(computed)
    same = same and (printed.period is None or computed.period is None or printed.period.end == computed.period.end)
    return (same and "%" not in gap) or (gap.rstrip().endswith("(") and not _DIGIT.search(gap))


def _is_before(printed: Candidate, computed: Candidate, document: Document) -> bool:
    """True for a percentage between the name and the counts ("NAME: 38.7%, based on 466 of 1,624"), one slip away."""
    label = computed.label_span
    if label is None or printed.value is None:
        return False
    if not label.start < printed.figure_span.start < computed.figure_span.start:
        return False
    between = document.text[printed.figure_span.end : computed.figure_span.start]
    if len(between) > _BETWEEN or "%" in between.removeprefix("%") or ". " in between:
        return False
    expected = 100.0 * (computed.numerator or 0.0) / (computed.denominator or 1.0)
    return any(agrees(slip, expected, decimals(printed)) for slip in one_slip(printed.value, decimals(printed)))
