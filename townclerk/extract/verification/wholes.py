"""Measures that hold each other: quotients of counts, complements, orders, sums over time."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from townclerk.extract.verification.edits import one_slip
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.ratios import agrees, slip_mends
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import Interval, decimals, printed, shown, span_of, with_unit
from townclerk.extract.verification.view import View, close_together, is_vague
from townclerk.models.candidate import Candidate
from townclerk.models.period import Period, PeriodKind
from townclerk.models.units import Basis, Method, Unit

_NEAR = 0.1
_TOUCHING = 2
_FROM_AFAR = frozenset({"heading", "said_before", "follows_value"})
"""Features of figures that are named by words told before them."""


@check("quotient")
def quotient(view: View) -> Iterator[Finding]:
    """A percentage is its numerator's row over its denominator's row, where both are reported for its place and time.

    Tolerance: half the last printed digit. Only figures that a single slip would mend contradict: others may be
    of another cohort.
    """
    for rule in view.identities.quotients:
        for share in view.actuals.get(rule.share, ()):
            parts = view.alike(share, rule.part) if rule.part else []
            wholes = view.alike(share, rule.whole)
            if is_vague(share) or len(parts) != 1 or len(wholes) != 1 or not wholes[0].value:
                continue
            yield from _quotient(share, parts[0], wholes[0])


def _quotient(share: Candidate, part: Candidate, whole: Candidate) -> Iterator[Finding]:
    if share.numerator is not None and share.denominator is not None:
        return  # it has counts of its own: `ratio` holds it to them, `base` holds them to the counts reported
    if len({c.figure_span for c in (share, part, whole)}) < 3 or (part.value or 0.0) >= (whole.value or 0.0):
        return
    expected = 100.0 * (part.value or 0.0) / (whole.value or 1.0)
    exact = with_unit(expected, Unit.PERCENT, decimals(share) + 1)
    told = f"{printed(part)} of {printed(whole)} is {exact}"
    if agrees(share.value or 0.0, expected, decimals(share)):
        yield Finding("quotient", Outcome.SUPPORTS, f"{told}, as printed", (share, part, whole))
    elif _mended(share, part, whole):
        text = f"{told}, but {printed(share)} is printed"
        yield Finding("quotient", Outcome.CONTRADICTS, text, (share, part, whole), "ratio_mismatch", (share,))


def _mended(share: Candidate, part: Candidate, whole: Candidate) -> bool:
    """True where one slip in one of the three makes the quotient hold."""
    value, top, bottom, places = share.value or 0.0, part.value or 0.0, whole.value or 1.0, decimals(share)
    return (
        slip_mends(value, 100.0 * top / bottom, places)
        or any(agrees(value, 100.0 * v / bottom, places) for v in one_slip(top, 0))
        or any(v and agrees(value, 100.0 * top / v, places) for v in one_slip(bottom, 0))
    )


@check("base")
def base(view: View) -> Iterator[Finding]:
    """The whole that a percentage is printed with is the count reported for it, for its place and time.

    Tolerance: none, both are counts. Only two counts within a tenth of each other are taken for the same; a base far
    from the count is of another cohort.
    """
    for rule in view.identities.quotients:
        for share in view.actuals.get(rule.share, ()):
            wholes = [c for c in view.alike(share, rule.whole) if not is_vague(c) and not _is_misplaced(c)]
            said = share.denominator
            if said is None or len({c.value for c in wholes}) != 1:
                continue
            whole, count = wholes[0], wholes[0].value or 0.0
            told = f"{printed(share)} is said of {shown(said)}"
            if count == said:
                text = f"{told}, the count reported for it"
                yield Finding("base", Outcome.SUPPORTS, text, (share, whole))
            elif abs(count - said) <= _NEAR * said:
                text = f"{told}, but {printed(whole)} is reported for the same time"
                yield Finding("base", Outcome.CONTRADICTS, text, (share, whole), "base_mismatch")


def _is_misplaced(candidate: Candidate) -> bool:
    """True for a table's figure whose column, or whose time, is not certain."""
    guessed = candidate.period is not None and candidate.period.basis is not Basis.STATED
    return (candidate.method is Method.TABLE and guessed) or "columns_disagree" in candidate.flags


@check("complement")
def complement(view: View) -> Iterator[Finding]:
    """Percentages that divide one population make 100 together.

    Tolerance: half the last digit of each.
    """
    for names in view.identities.complements:
        for first in view.actuals.get(names[0], ()):
            found = [view.alike(first, name) for name in names[1:]]
            if is_vague(first) or any(len(held) != 1 for held in found):
                continue
            parts = [first, *(held[0] for held in found)]
            total = Interval(sum(span_of(c).low for c in parts), sum(span_of(c).high for c in parts))
            told = " and ".join(printed(c) for c in parts)
            if total.holds(100.0):
                yield Finding("complement", Outcome.SUPPORTS, f"{told} make 100%", tuple(parts))
            else:
                places = max(decimals(c) for c in parts)
                summed = shown(sum(c.value or 0.0 for c in parts), places)
                text = f"{told} make {summed}%, where parts of one whole make 100%"
                yield Finding("complement", Outcome.CONTRADICTS, text, tuple(parts), "complement_mismatch")


@check("order")
def order(view: View) -> Iterator[Finding]:
    """A part is never greater than its whole, for one place and time.

    Tolerance: half the last printed digit of each. Only figures near each other contradict, each with words of its own;
    of a part more than twice its whole one of the two is likelier misread.
    """
    for smaller, greater in view.identities.orders:
        for part in view.actuals.get(smaller, ()):
            wholes = view.alike(part, greater)
            if len(wholes) != 1 or span_of(part).low <= span_of(wholes[0]).high or not close_together(part, wholes[0]):
                continue
            whole = wholes[0]
            if (part.value or 0.0) > 2 * (whole.value or 0.0) or not _are_two_things(part, whole):
                continue
            text = f"{printed(part)} is a part of {printed(whole)}, but greater"
            yield Finding("order", Outcome.CONTRADICTS, text, (part, whole), "order_mismatch")


def _are_two_things(part: Candidate, whole: Candidate) -> bool:
    """True where each is named by words of its own: not by a heading or an earlier sentence, nor by shared words."""
    if part.method is not Method.PROSE and whole.method is not Method.PROSE:
        return True
    if any(feature.name in _FROM_AFAR for c in (part, whole) for feature in c.features):
        return False
    first, second = part.label_span, whole.label_span
    if first is None or second is None:
        return True
    return first.start > second.end + _TOUCHING or second.start > first.end + _TOUCHING


@check("sum_over_time")
def sum_over_time(view: View) -> Iterator[Finding]:
    """A year's or a year-to-date count of events is the sum of its months or quarters, where all are printed.

    Tolerance: none, counts are exact; a sum contradicts only where one slip in one figure would mend it, since months
    are often revised.
    """
    for (indicator_id, _), series in view.series.items():
        indicator = view.catalogue.indicators[indicator_id]
        if indicator.unit is not Unit.COUNT or indicator.is_stock:
            continue
        for total in series:
            parts = _parts(total, series)
            if parts is None or any(is_vague(c) for c in (total, *parts)):
                continue
            yield from _summed(total, parts)


def _summed(total: Candidate, parts: list[Candidate]) -> Iterator[Finding]:
    added = sum(c.value or 0.0 for c in parts)
    told = f"the {len(parts)} parts of {total.period.code if total.period else 'the time'} add up to {shown(added)}"
    if added == total.value:
        yield Finding("sum_over_time", Outcome.SUPPORTS, f"{told}, as printed", (total, *parts))
        return
    missing = (total.value or 0.0) - added
    mended = added in one_slip(total.value or 0.0, 0) or any(
        (c.value or 0.0) + missing in one_slip(c.value or 0.0, 0) for c in parts
    )
    if mended:
        text = f"{told}, but {printed(total)} is printed"
        yield Finding("sum_over_time", Outcome.CONTRADICTS, text, (total, *parts), "sum_mismatch", (total,))


_LONG = {PeriodKind.YEAR_TO_DATE, PeriodKind.FINANCIAL_YEAR, PeriodKind.CALENDAR_YEAR, PeriodKind.QUARTER}


def _parts(total: Candidate, series: list[Candidate]) -> list[Candidate] | None:
    """The months, or else the quarters, that fill the total's time without gap or overlap."""
    if total.period is None or total.period.kind not in _LONG:
        return None
    for kind in (PeriodKind.MONTH, PeriodKind.QUARTER):
        inside = [c for c in series if c.period and c.period.kind is kind and _within(c.period, total.period)]
        inside.sort(key=lambda c: c.period.start.toordinal() if c.period else 0)
        if len(inside) >= 2 and _fills([c.period for c in inside if c.period], total.period):
            return inside
    return None


def _within(part: Period, whole: Period) -> bool:
    return whole.start <= part.start and part.end <= whole.end


def _fills(parts: list[Period], whole: Period) -> bool:
    if parts[0].start != whole.start or parts[-1].end != whole.end:
        return False
    return all((later.start - earlier.end).days == 1 for earlier, later in pairwise(parts))
