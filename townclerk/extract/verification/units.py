"""A rate printed as a percentage: "(268.6%)" behind a count is per 10,000 where the population it implies fits."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.rates import SCALE, pairs_of
from townclerk.extract.verification.view import View, place_of
from townclerk.models.candidate import Candidate, Feature, Span
from townclerk.models.document import Document
from townclerk.models.mentions import FigureMention
from townclerk.models.units import RATES, Role, Unit
from townclerk.patterns.catalogue import Catalogue

_BETWEEN = 60
_VINTAGE = 0.02
_WHOLE = 100.0
_OPENED = re.compile(r"[^.;\d]*\(\s*")
_FLAG = "unit_repaired"


def repair_units(
    candidates: list[Candidate], unlinked: Sequence[Span], document: Document, catalogue: Catalogue
) -> list[Span]:
    """Read percentages above 100 in brackets behind a count as the count's rate.

    No percentage of children is above 100, so the unit word is wrong for certain; which unit is meant is taken from
    the measure's own rate, and only where another count and rate of the authority imply the same population within 2%.

    Args:
        candidates: A document's candidates; the rates found are put behind their counts.
        unlinked: Figures that found no measure.
        document: The report.
        catalogue: For the rate that belongs to a count.

    Returns:
        The figures that were read so.
    """
    taken: list[Span] = []
    sizes = list(_sizes(View.of(candidates, document, catalogue))) if unlinked else []
    for span in unlinked:
        figure = _percentage(document.text[span.start : span.end])
        count = _count_before(span, candidates, document) if figure is not None else None
        rate = _rate(count, catalogue) if count is not None else None
        if figure is None or count is None or rate is None or not figure.value:
            continue
        size = (count.value or 0.0) * SCALE[rate[1]] / figure.value
        if any(abs(size - other) <= _VINTAGE * other for other in sizes):
            candidates.insert(candidates.index(count) + 1, _as_rate(count, figure, span, *rate))
            taken.append(span)
    return taken


def _percentage(text: str) -> FigureMention | None:
    figures = figures_of(text)
    one = figures[0] if len(figures) == 1 else None
    return one if one is not None and one.unit is Unit.PERCENT and (one.value or 0.0) > _WHOLE else None


def _count_before(span: Span, candidates: Sequence[Candidate], document: Document) -> Candidate | None:
    """The authority's own count right before the bracket that the figure stands in."""
    for candidate in candidates:
        own = candidate.area is not None and candidate.area.is_reporting_authority
        if not 0 <= span.start - candidate.figure_span.end <= _BETWEEN or not own or not candidate.value:
            continue
        gap = document.text[candidate.figure_span.end : span.start]
        if candidate.unit is Unit.COUNT and candidate.role is Role.ACTUAL and _OPENED.fullmatch(gap):
            return candidate
    return None


def _rate(count: Candidate, catalogue: Catalogue) -> tuple[str, Unit] | None:
    for unit in sorted(RATES):
        sibling = catalogue.sibling(count.indicator_id, unit) if count.indicator_id else None
        if sibling is not None:
            return sibling, unit
    return None


def _sizes(view: View) -> Iterator[float]:
    """The populations that the authority's counts and rates imply."""
    for pair in pairs_of(view):
        place = place_of(pair.rate)
        if place is not None and place[2] and pair.rate.value:
            yield (pair.count.value or 0.0) * SCALE[pair.rate.unit] / pair.rate.value


def _as_rate(count: Candidate, figure: FigureMention, span: Span, indicator_id: str, unit: Unit) -> Candidate:
    text = "printed as a percentage, read as the rate that fits the authority's population"
    return replace(
        count,
        figure=replace(figure, unit=unit, flags=(*figure.flags, _FLAG)),
        match=count.match._replace(indicator_id=indicator_id) if count.match else None,
        rivals=[],
        unit=unit,
        value=figure.value,
        value_text=figure.text,
        evidence=[Span(span.page, count.evidence[0].start, span.end)],
        figure_span=span,
        change=None,
        rank=None,
        checks=[],
        repairs=[],
        flags=[_FLAG],
        features=[*count.features, Feature("unit_repaired", 1.0, text)],
    )
