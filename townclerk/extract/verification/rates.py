"""A count against its rate, through the population that the authority's other rates imply."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from townclerk.extract.verification.edits import one_slip
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import Interval, decimals, printed, shown, span_of
from townclerk.extract.verification.view import Place, View, is_vague, place_of
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm
from townclerk.models.units import RATES, Method, Role, Unit

SCALE = {Unit.PER_1000: 1_000, Unit.PER_10000: 10_000, Unit.PER_100000: 100_000}
_VINTAGE = 0.01
_MONTHS = 30.4
_LEAST_COUNT = 5
_LEAST_ALONE = 50


@dataclass(slots=True)
class Pair:
    """A count and a rate of one measure, place and time, and the populations they imply.

    Attributes:
        count: The count.
        rate: The rate.
        spans: The population implied; more than one where a rate of a part of the year may be annualised.
    """

    count: Candidate
    rate: Candidate
    spans: tuple[Interval, ...]

    def agrees(self, other: Pair) -> bool:
        """True where both can stand over one population."""
        return any(mine.meets(theirs) for mine in self.spans for theirs in other.spans)


@check("population")
def population(view: View) -> Iterator[Finding]:
    """Count / rate implies one population of children in all of an authority's rates.

    Tolerance: half the last printed digit of each rate, and 1% on each side for estimates of different years. A flow's
    rate may be annualised. Of more than two pairs the one that stands alone is in doubt; of two, both are, and only
    where one slip in one figure explains it.
    """
    for pairs in _groups(view).values():
        likely = [pair for pair in pairs if _is_likely(pair, view)]
        yield from (_of_wrong_size(pair) for pair in pairs if not _is_likely(pair, view) and _is_printed(pair.count))
        if len(likely) == 1 == len(pairs):
            yield Finding("population", Outcome.NOT_TESTABLE, "", (likely[0].count, likely[0].rate))
        elif len(likely) > 1:
            yield from _compare(likely)


def _is_likely(pair: Pair, view: View) -> bool:
    """True where the population implied is that of an English authority."""
    low, high = view.identities.populations
    return any(span.meets(Interval(low, high)) for span in pair.spans)


def _is_printed(count: Candidate) -> bool:
    """True for a count in digits of more than a few children: a small one may be of anything."""
    return count.figure.form is not FigureForm.WORDS and (count.value or 0.0) >= _LEAST_ALONE


def _of_wrong_size(pair: Pair) -> Finding:
    text = f"{_told(pair)}, which is no English authority's size"
    return Finding("population", Outcome.CONTRADICTS, text, (pair.rate, pair.count), "magnitude", (pair.rate,))


def pairs_of(view: View) -> list[Pair]:
    """Every count with its rate."""
    found: list[Pair] = []
    for rate in view.known:
        indicator = view.indicator(rate)
        if indicator.unit not in RATES or not rate.value or is_vague(rate) or rate.role is not Role.ACTUAL:
            continue
        if rate.method is Method.PROSE and rate.figure.unit is None:
            continue  # a bare number in a sentence may be a change of the count: "927 children, 20 higher than"
        sibling = view.catalogue.sibling(indicator.id, Unit.COUNT)
        counts = view.alike(rate, sibling) if sibling else []
        usable = [
            c
            for c in counts
            if c.value and c.value >= _LEAST_COUNT and not is_vague(c) and c.figure_span != rate.figure_span
        ]
        rivals = {other.value for other in view.alike(rate, indicator.id)} - {rate.value}
        if len({count.value for count in usable}) == 1 and not rivals:
            found.append(Pair(usable[0], rate, _implied(usable[0], rate, stock=indicator.is_stock)))
    return found


def _groups(view: View) -> dict[tuple[Place | None, str | None], list[Pair]]:
    """Pairs over one population."""
    groups: defaultdict[tuple[Place | None, str | None], list[Pair]] = defaultdict(list)
    for pair in pairs_of(view):
        groups[place_of(pair.rate), view.indicator(pair.rate).denominator].append(pair)
    return groups


def _implied(count: Candidate, rate: Candidate, *, stock: bool) -> tuple[Interval, ...]:
    printed_rate, number = span_of(rate), count.value or 0.0
    scale = SCALE[rate.unit]
    if printed_rate.low <= 0:
        return ()
    plain = Interval(number * scale / printed_rate.high, number * scale / printed_rate.low).wider(_VINTAGE)
    period = rate.period
    months = round((period.end - period.start).days / _MONTHS) if period else 12
    if stock or months in {0, 12}:
        return (plain,)
    factor = 12.0 / months
    return plain, Interval(plain.low * factor, plain.high * factor)


def _compare(pairs: list[Pair]) -> Iterator[Finding]:
    friends = [[other for other in pairs if other is not pair and pair.agrees(other)] for pair in pairs]
    most = max(len(held) for held in friends)
    for pair, held in zip(pairs, friends, strict=True):
        if held:
            other = held[0]
            text = f"{_told(pair)} and {_told(other)} give one population"
            yield Finding("population", Outcome.SUPPORTS, text, (pair.rate, pair.count, other.rate, other.count))
        elif most >= 1:
            witness = next(other for other, known in zip(pairs, friends, strict=True) if known)
            yield _against(pair, witness, (pair.rate, pair.count))
        elif len(pairs) == 2 and _slip_explains(pairs):
            yield _against(pairs[0], pairs[1], (pairs[0].rate, pairs[0].count, pairs[1].rate, pairs[1].count))
            return


def _against(pair: Pair, witness: Pair, flagged: tuple[Candidate, ...]) -> Finding:
    text = f"{_told(pair)}, but {_told(witness)}: the two do not fit one population"
    parties = (pair.rate, pair.count, witness.rate, witness.count)
    return Finding("population", Outcome.CONTRADICTS, text, parties, _flag(pair, witness), flagged)


def _flag(pair: Pair, witness: Pair) -> str:
    """`magnitude` for a rate that is ten or a hundred times too great or small, else `rate_mismatch`."""
    for factor in (0.01, 0.1, 10.0, 100.0):
        moved = [Interval(span.low * factor, span.high * factor) for span in pair.spans]
        if any(span.meets(other) for span in moved for other in witness.spans):
            return "magnitude"
    return "rate_mismatch"


def _slip_explains(pairs: list[Pair]) -> bool:
    """True where one slip in one of the four figures makes both stand over one population."""
    for pair, other in (pairs, pairs[::-1]):
        for candidate in (pair.count, pair.rate):
            kept = candidate.value
            for value in one_slip(kept or 0.0, decimals(candidate)):
                count = value if candidate is pair.count else pair.count.value or 0.0
                rate = value if candidate is pair.rate else pair.rate.value or 0.0
                if rate and any(span.holds(count * SCALE[pair.rate.unit] / rate) for span in other.spans):
                    return True
    return False


def _told(pair: Pair) -> str:
    low, high = pair.spans[0]
    middle = (low + high) / 2 if pair.spans else 0.0
    number = shown(round(middle, -2), 0)
    return f"{printed(pair.count)} at {printed(pair.rate)} means about {number} children"
