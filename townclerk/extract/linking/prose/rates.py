"""Rates printed bare in brackets behind their count: "294 (44.1 per 10,000) ... there were 331 (49.6)"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.extract.linking.scene import Anchor
from townclerk.models.mentions import FigureForm
from townclerk.models.units import RATES, Unit

# How far the population behind one count and rate may be from that behind another: it grows a little in a year.
_MARGIN = 0.04


def pair_rates(parts: list[Playing], sentence: Sentence, anchors: Sequence[Anchor]) -> None:
    """Give a bare number in brackets behind a count the unit of the rate that another count was told with.

    Both pairs must point to one population: 294 at 44.1 and 331 at 49.6 both mean about 66,700 children.

    Args:
        parts: The figures of a sentence; changed in place.
        sentence: Where they stand.
        anchors: The values told before it, newest last.
    """
    told = [
        (one.candidate.value, other.candidate.value, other.candidate.unit)
        for one, other in pairwise(anchors)
        if one.candidate.unit is Unit.COUNT and other.candidate.unit in RATES
    ]
    for place, (one, other) in enumerate(pairwise(parts), start=1):
        count, rate = one.figure, other.figure
        if not _is_level(one) or count.bracketed:
            continue
        if rate.unit in RATES and other.part is Part.VALUE:
            told.append((count.value, rate.value, rate.unit))
        elif rate.unit is None and not rate.noun and rate.bracketed and rate.form is FigureForm.NUMBER:
            opens = sentence.between(count.end + len(count.noun), rate.start).strip() == "("
            units = [_agreed(count.value, rate.value, pair) for pair in reversed(told)] if opens else []
            if unit := next(filter(None, units), None):
                parts[place] = replace(other, figure=replace(rate, unit=unit), part=one.part)


def _is_level(playing: Playing) -> bool:
    figure = playing.figure
    whole = figure.unit in {None, Unit.COUNT} and not figure.decimals and figure.form is FigureForm.NUMBER
    return whole and playing.part in {Part.VALUE, Part.PREVIOUS}


def _agreed(
    count: float | None, rate: float | None, pair: tuple[float | None, float | None, Unit | None]
) -> Unit | None:
    """The unit of another pair where both pairs point to one population."""
    if not (count and rate and pair[0] and pair[1]):
        return None
    return pair[2] if abs((count / rate) / (pair[0] / pair[1]) - 1.0) <= _MARGIN else None
