"""Figures against what the catalogue knows: bounds, and colours against targets."""

from __future__ import annotations

from collections.abc import Iterator

from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import printed, shown
from townclerk.extract.verification.view import View, is_vague, same_time
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.indicator import Indicator
from townclerk.models.units import Polarity, Rag, Role, Unit

_A_YEAR = 300


@check("bounds")
def bounds(view: View) -> Iterator[Finding]:
    """A value lies within what any English authority has reported since 2008.

    Tolerance: the bounds are the catalogue's rejection limits. A month or quarter of a flow may be below the lower one,
    a share of few cases may be 0 or 100. A share above 100 and a negative level are beyond every tolerance, where the
    measure's bounds do not allow for them.
    """
    for candidate in view.known:
        indicator = view.indicator(candidate)
        value = candidate.value
        if value is None or (indicator.unit is Unit.PERCENT and value in {0.0, 100.0}):
            continue
        elsewhere = candidate.area is not None and candidate.area.kind is not AreaKind.AUTHORITY
        if elsewhere and indicator.unit is Unit.COUNT:
            continue
        if _is_below(value, candidate, indicator) or (
            indicator.plausible_max is not None and value > indicator.plausible_max
        ):
            low, high = indicator.plausible_min, indicator.plausible_max
            text = f"{printed(candidate)} lies outside the {_limit(low)} to {_limit(high)} that authorities report"
            flag = "impossible" if _cannot_be(value, indicator) else "implausible"
            yield Finding("bounds", Outcome.CONTRADICTS, text, (candidate,), flag)


def _cannot_be(value: float, indicator: Indicator) -> bool:
    low, high = indicator.plausible_min, indicator.plausible_max
    if value < 0.0:
        return low is not None and low >= 0.0
    return indicator.unit is Unit.PERCENT and value > 100.0 and high is not None and high <= 100.0


def _is_below(value: float, candidate: Candidate, indicator: Indicator) -> bool:
    if indicator.plausible_min is None or value >= indicator.plausible_min:
        return False
    if _cannot_be(value, indicator):
        return True
    period = candidate.period
    short = period is None or (period.end - period.start).days < _A_YEAR
    return indicator.is_stock or not short


def _limit(value: float | None) -> str:
    return "any value" if value is None else shown(value, 2)


@check("rag")
def rag(view: View) -> Iterator[Finding]:
    """A value that meets its target is not red, by the measure's own polarity.

    Tolerance: none is needed, since how far off amber reaches is local and no miss is held against a colour. A colour
    that fits another value of the measure beside it is taken for that one's.
    """
    for actual in view.known:
        if actual.rag is None or actual.role is not Role.ACTUAL or is_vague(actual):
            continue
        polarity = view.indicator(actual).polarity
        target = _target(actual, view)
        if polarity is Polarity.NEUTRAL or target is None or actual.value is None or target.value is None:
            continue
        better = _is_better(actual, target, polarity)
        if actual.rag is Rag.RED and better and not _of_another(actual, target, polarity, view):
            text = f"{printed(actual)} is better than the target of {printed(target)}, but rated red"
            yield Finding("rag", Outcome.CONTRADICTS, text, (actual, target), "rag_mismatch", (actual,))
        elif better and actual.rag is Rag.GREEN:
            text = f"{printed(actual)} is better than the target of {printed(target)}, and rated green"
            yield Finding("rag", Outcome.SUPPORTS, text, (actual, target))


def _is_better(actual: Candidate, target: Candidate, polarity: Polarity) -> bool:
    value, aim = actual.value or 0.0, target.value or 0.0
    return value > aim if polarity is Polarity.HIGHER else value < aim


def _of_another(actual: Candidate, target: Candidate, polarity: Polarity, view: View) -> bool:
    """True where the colour fits another value of the measure in the same table or tile."""
    return any(
        other.indicator_id == actual.indicator_id
        and other.role is Role.ACTUAL
        and not _is_better(other, target, polarity)
        for other in view.beside(actual)
    )


def _target(actual: Candidate, view: View) -> Candidate | None:
    """The one target that stands beside an actual value."""
    found = [
        c
        for c in view.beside(actual)
        if c.role is Role.TARGET
        and c.indicator_id == actual.indicator_id
        and (same_time(c.period, actual.period, stock=True) or c.period is None)
    ]
    return found[0] if len(found) == 1 else None
