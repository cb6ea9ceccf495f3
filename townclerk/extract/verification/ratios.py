"""A share and its own parts: 52 of 77 is 67.5%."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from townclerk.extract.verification.edits import one_slip
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import decimals, half_digit, printed, shown, span_of, with_unit
from townclerk.extract.verification.view import View, is_vague
from townclerk.models.candidate import Candidate
from townclerk.models.units import Role, Unit

_AVERAGES = frozenset({Unit.DAYS, Unit.WEEKS, Unit.RATIO, Unit.SCORE, Unit.CURRENCY})

_FEW = 10
_CLAUSE = 200
_BRACKET = 40
_NUMBER = re.compile(r"\d+(?:\.\d+)?")


@check("ratio")
def ratio(view: View) -> Iterator[Finding]:
    """Numerator / denominator is the percentage (or, for an average, total / number is the average).

    Tolerance: half the last printed digit; a number cut off instead of rounded agrees, too.
    """
    for candidate in view.known:
        top, bottom = candidate.numerator, candidate.denominator
        if top is None or bottom is None or is_vague(candidate) or candidate.value is None:
            continue
        expected = _quotient(candidate, top, bottom)
        if expected is None:
            yield Finding("ratio", Outcome.NOT_TESTABLE, "", (candidate,))
            continue
        places = decimals(candidate) + 1
        sign = "of" if candidate.unit is Unit.PERCENT else "/"
        counts = f"{shown(top)} {sign} {shown(bottom)}"
        exact = with_unit(expected, candidate.unit, places)
        if agrees(candidate.value, expected, decimals(candidate)):
            yield Finding("ratio", Outcome.SUPPORTS, f"{counts} is {exact}, as printed", (candidate,))
        elif _in_its_brackets(candidate, view) or not another_agrees(candidate, expected, view):
            text = f"{counts} is {exact}, but {printed(candidate)} is printed"
            yield Finding("ratio", Outcome.CONTRADICTS, text, (candidate,), "ratio_mismatch")


@check("whole_number")
def whole_number(view: View) -> Iterator[Finding]:
    """A percentage whose numerator is printed must have a whole number below it.

    Tolerance: any denominator that gives the print by rounding or by cutting off. Fewer than ten in brackets are too
    often a count of something else.
    """
    for candidate in view.known:
        top, value = candidate.numerator, candidate.value
        if not top or not value or candidate.denominator is not None or candidate.unit is not Unit.PERCENT:
            continue
        if is_vague(candidate) or top != int(top) or top < _FEW:
            continue
        if fitting_wholes(top, candidate) or _is_of_the_rest(candidate, view):
            continue
        text = f"no whole number of cases makes {shown(top)} of them {printed(candidate)}"
        yield Finding("whole_number", Outcome.CONTRADICTS, text, (candidate,), "ratio_mismatch")


def _in_its_brackets(candidate: Candidate, view: View) -> bool:
    """True where the counts stand in brackets right behind the percentage."""
    behind = view.document.text[candidate.figure_span.end :][:_BRACKET]
    bracket = behind.removeprefix("%").lstrip().partition(")")[0].replace(",", "")
    numbers = [f"{count:g}" for count in (candidate.numerator, candidate.denominator) if count is not None]
    return bracket.startswith("(") and _NUMBER.findall(bracket) == numbers


def another_agrees(candidate: Candidate, expected: float, view: View) -> bool:
    """True where the counts, rounded, are those of another value of the measure in the same block.

    Which column a value stands in may be in doubt, and then its role is, too.
    """
    doubtful = "columns_disagree" in candidate.flags
    return any(
        other is not candidate
        and other.indicator_id == candidate.indicator_id
        and (other.role is Role.ACTUAL or doubtful)
        and other.value is not None
        and abs(other.value - expected) <= half_digit(decimals(other)) + 1e-9
        for other in view.beside(candidate)
    )


def _is_of_the_rest(candidate: Candidate, view: View) -> bool:
    """True where the count is told of those the percentage leaves out: "97.2% ... (10 were not reviewed)"."""
    count = re.escape(f"{candidate.numerator:.0f}")
    told = re.search(
        rf"(?<![\d.,]){count}(?![\d.,]*\d)([^.;)]*)",
        view.document.text[candidate.figure_span.end : candidate.figure_span.end + _CLAUSE],
    )
    return told is not None and not set(told[1].lower().split()).isdisjoint(view.identities.rest_words)


def fitting_wholes(top: float, candidate: Candidate) -> range:
    """The denominators with which a numerator gives the candidate's printed percentage."""
    span = span_of(candidate)
    value = candidate.value or 0.0
    low, high = min(span.low, value), max(span.high, value + 2 * half_digit(decimals(candidate)) - 1e-9)
    if low <= 0:
        return range(0)
    return range(max(int(top), math.ceil(100.0 * top / high - 1e-9)), math.floor(100.0 * top / low + 1e-9) + 1)


def agrees(value: float, expected: float, places: int) -> bool:
    """True where `expected` is printed as `value` with that many decimals, rounded or cut off."""
    half = half_digit(places)
    cut = math.floor(expected * 10**places + 1e-6) / 10**places
    return abs(value - expected) <= half + 1e-9 or abs(value - cut) <= 1e-9


def slip_mends(value: float, expected: float, places: int) -> bool:
    """True where one slip in a print makes it the expected number, rounded: cut-off ones would double the chances."""
    half = half_digit(places) + 1e-9
    return any(abs(other - expected) <= half for other in one_slip(value, places))


def _quotient(candidate: Candidate, top: float, bottom: float) -> float | None:
    if bottom <= 0:
        return None
    if candidate.unit is Unit.PERCENT:
        return 100.0 * top / bottom
    return top / bottom if candidate.unit in _AVERAGES else None
