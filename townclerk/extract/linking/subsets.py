"""Counts that are said of some of the children only, and so are no value of the measure that their words name."""

from __future__ import annotations

from collections import defaultdict

from townclerk.models.candidate import Candidate
from townclerk.models.units import Method, Unit
from townclerk.patterns.catalogue import Catalogue

SHARE_OF_WHOLE = 1 / 3
"""An undated count below this share of the number of all, as the same report states it, is a count of some."""
LEAST_WHOLE = 30
"""Smaller numbers change too much for such a comparison."""


def is_share_of_part(part_id: str | None, indicator_id: str | None, catalogue: Catalogue) -> bool:
    """Whether a figure said of a part ("33 in children's homes, of whom 88% live away") is no value of its measure.

    So it is where the part and the measure are both shares of one whole: the measure is of the whole, the figure of the
    part (convention C9).

    Args:
        part_id: The measure of the figure that "of whom" points to.
        indicator_id: The measure that the words beside the figure name.
        catalogue: For the wholes.
    """
    if part_id is None or indicator_id is None or part_id == indicator_id:
        return False
    whole = _whole(part_id, catalogue)
    return whole is not None and whole == _whole(indicator_id, catalogue)


def _whole(indicator_id: str, catalogue: Catalogue) -> str | None:
    """What a measure, or its sibling in percent, is a share of."""
    share = catalogue.sibling(indicator_id, Unit.PERCENT)
    return catalogue.indicators[share].denominator if share is not None else None


def split_off_subsets(
    candidates: list[Candidate], catalogue: Catalogue
) -> tuple[list[Candidate], list[tuple[Candidate, str]]]:
    """Part the values of measures from counts of some of the children they are about.

    Running text tells of groups in the words of the whole ("27 children looked after told us"). Where a report states
    the number of all, an undated number that is far smaller is no second value of it.

    Args:
        candidates: The candidates of one report, in reading order.
        catalogue: The measures; only stocks have one value at a time to compare with.

    Returns:
        The candidates that stay, in order, and the others each with the reason in words.
    """
    wholes: dict[str | None, float] = defaultdict(float)
    for candidate in candidates:
        if _is_own_count(candidate) and candidate.value is not None:
            wholes[candidate.indicator_id] = max(wholes[candidate.indicator_id], candidate.value)
    kept: list[Candidate] = []
    aside: list[tuple[Candidate, str]] = []
    for candidate in candidates:
        whole = wholes[candidate.indicator_id] if _may_be_of_some(candidate, catalogue) else 0.0
        if whole >= LEAST_WHOLE and candidate.value is not None and candidate.value < SHARE_OF_WHOLE * whole:
            aside.append((candidate, f"told of some only: the report states {whole:g} in all"))
        else:
            kept.append(candidate)
    return kept, aside


def _is_own_count(candidate: Candidate) -> bool:
    return candidate.is_own_actual and candidate.unit is Unit.COUNT


def _may_be_of_some(candidate: Candidate, catalogue: Catalogue) -> bool:
    if not _is_own_count(candidate) or candidate.method is not Method.PROSE or candidate.indicator_id is None:
        return False
    return catalogue.indicators[candidate.indicator_id].is_stock and not candidate.is_dated
