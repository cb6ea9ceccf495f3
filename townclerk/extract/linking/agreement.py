"""How well a figure's unit, noun and size fit an indicator."""

from __future__ import annotations

import re

from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMatch
from townclerk.models.units import RATES, Polarity, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.roles import role_words

IMPOSSIBLE = float("-inf")
# What makes a number of people one of each worker's: "the average caseload was 78 children".
_PER_HEAD = re.compile(r"caseload|average|\beach\b|\bper\b|\bcarr|\bhold", re.IGNORECASE)
# A bare number of what the words call a rate is hardly a count: "the latest LAC rates: Harlowshire 58".
_RATES = re.compile(r"\brates?\b")
_A_RATE = 0.7
WHOLE_POPULATION = 2000
"""A count that can grow to this is of a population that every authority has: children in need, referrals."""


def agreement(figure: FigureMention, indicator: Indicator, label: str) -> float:
    """How well a figure fits an indicator, as a weight; minus infinity where it cannot be its value.

    Args:
        figure: The figure as printed.
        indicator: The measure.
        label: The words that name the measure, whose unit words ("% of", "rate") settle bare numbers.

    Returns:
        About +1.5 for a printed unit that is the indicator's own, about 0 for a bare number, less for a doubtful one.
    """
    fit = _unit_fit(figure, indicator, label.lower())
    if fit == IMPOSSIBLE:
        return fit
    if not in_bounds(figure.value, indicator):
        fit -= 2.5
    return fit


def _unit_fit(figure: FigureMention, indicator: Indicator, label: str) -> float:
    unit = figure.unit
    if unit is Unit.PERCENT:
        return 1.5 if indicator.unit is Unit.PERCENT else IMPOSSIBLE
    if unit in RATES:
        if indicator.unit is unit:
            return 1.5
        return -0.5 if indicator.unit in RATES else IMPOSSIBLE
    if unit is not None and unit is not Unit.COUNT:
        return 1.5 if indicator.unit is unit else IMPOSSIBLE
    if figure.form in {FigureForm.PARTS, FigureForm.ALL, FigureForm.ODDS}:
        of_a_part = figure.denominator is not None and figure.denominator < indicator.least_whole
        return 0.8 if indicator.unit is Unit.PERCENT and not of_a_part else IMPOSSIBLE
    if figure.form is FigureForm.NONE:
        return _none_fit(indicator)
    return _bare_fit(figure, indicator, label)


def _none_fit(indicator: Indicator) -> float:
    """The fit of "no children": never the number of a whole population, and seldom a share that ought to be high."""
    if indicator.unit is Unit.COUNT:
        return IMPOSSIBLE if (indicator.plausible_max or 0) >= WHOLE_POPULATION else 0.5
    if indicator.unit is not Unit.PERCENT:
        return IMPOSSIBLE
    return -2.0 if indicator.polarity is Polarity.HIGHER else 0.5


def _bare_fit(figure: FigureMention, indicator: Indicator, label: str) -> float:
    """The fit of a number printed without a unit."""
    words = role_words()
    noun = figure.noun.split()[-1] if figure.noun else ""
    if noun in words.uncounted:
        return IMPOSSIBLE
    if indicator.unit is Unit.COUNT:
        if figure.decimals and "sw_fte" not in indicator.id:
            return IMPOSSIBLE
        called_rate = figure.unit is None and not noun and _RATES.search(label) is not None
        return 0.8 + _noun_fit(figure.noun, indicator) - (_A_RATE if called_rate else 0.0)
    if noun in words.people:
        # "17.2 children per social worker", "the average caseload was 78 children"
        averaged = figure.decimals or _PER_HEAD.search(label) is not None
        return 0.7 if indicator.unit is Unit.RATIO and averaged else IMPOSSIBLE
    if indicator.unit is Unit.PERCENT:
        if "bare_word" in figure.flags:
            # "Within ten days (seven until 2010)": nobody writes a share as a lone word.
            return IMPOSSIBLE
        if any(word in label for word in words.share_words):
            return 0.2
        return -1.2 if figure.decimals else -2.5
    if noun and indicator.unit in RATES:
        return IMPOSSIBLE
    return _unitless_fit(indicator.unit, label)


def _unitless_fit(unit: Unit, label: str) -> float:
    """The fit of a bare number for a measure that is neither a count nor a share."""
    if unit in RATES:
        return 0.4 if "rate" in label or "per 1" in label else -0.8
    if unit in {Unit.SCORE, Unit.RATIO}:
        return 0.7
    if unit in {Unit.DAYS, Unit.WEEKS}:
        return 0.2 if unit.value in label else -0.5
    return -1.0


def _noun_fit(noun: str, indicator: Indicator) -> float:
    """Whether the counted thing is what the indicator counts."""
    if not noun:
        return 0.0
    words = [word.rstrip("s") for word in noun.split()]
    people = role_words().people
    if any(word in people or word + "s" in people for word in words):
        return 0.2
    described = f"{indicator.name} {indicator.numerator or ''} {indicator.population}".lower()
    return 0.4 if any(len(word) > 2 and word in described for word in words) else -1.0


def in_bounds(value: float | None, indicator: Indicator) -> bool:
    """True where a value lies inside the indicator's plausible bounds, or there is nothing to compare."""
    if value is None:
        return True
    low, high = indicator.plausible_min, indicator.plausible_max
    return (low is None or value >= low) and (high is None or value <= high)


def readings(
    figure: FigureMention, match: IndicatorMatch, label: str, catalogue: Catalogue
) -> list[tuple[IndicatorMatch, float]]:
    """The indicators a match can mean for this figure, each with its fit: itself, or a sibling in another unit.

    Args:
        figure: The figure.
        match: The indicator the words name.
        label: Those words.
        catalogue: Where siblings are found.

    Returns:
        Possible readings, those that cannot be left out.
    """
    found: list[tuple[IndicatorMatch, float]] = []
    own = agreement(figure, catalogue.indicators[match.indicator_id], label)
    if own > IMPOSSIBLE:
        found.append((match, own))
    for unit in _units_of(figure):
        sibling = catalogue.sibling(match.indicator_id, unit)
        if sibling is None or sibling == match.indicator_id:
            continue
        fit = agreement(figure, catalogue.indicators[sibling], label)
        if fit > IMPOSSIBLE:
            found.append((match._replace(indicator_id=sibling), fit - (0.3 if own == IMPOSSIBLE else 1.0)))
    return found


def _units_of(figure: FigureMention) -> tuple[Unit, ...]:
    """The indicator units a figure's print allows a sibling to have."""
    if figure.form in {FigureForm.PARTS, FigureForm.ALL, FigureForm.ODDS}:
        return (Unit.PERCENT,)
    if figure.unit is None:
        return (Unit.COUNT,)
    return (figure.unit,)
