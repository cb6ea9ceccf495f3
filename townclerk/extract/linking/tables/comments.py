"""What the comment on a row says of its values: the counts behind a percentage, the total behind an average."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from itertools import permutations

from townclerk.extract.spotting.figures import find_figures
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Role, Unit

_MEANS = frozenset({Unit.DAYS, Unit.WEEKS, Unit.RATIO, Unit.SCORE})
_MOST_COUNTS = 6


def give_parts(candidates: Iterable[Candidate], comment: str) -> None:
    """Give values the numerator and denominator that a comment on them tells.

    Only counts whose quotient is the value as printed are taken: a comment tells of other things too. Of several values
    that a pair of counts fits, it is of the newest.

    Args:
        candidates: The values the comment is on, changed in place.
        comment: Its text.
    """
    figures = find_figures(comment)
    given: dict[tuple[str | None, float | None, float | None], Candidate] = {}
    for candidate in sorted(candidates, key=_end, reverse=True):
        wants = candidate.unit is Unit.PERCENT or candidate.unit in _MEANS
        if candidate.role is Role.ACTUAL and wants and candidate.denominator is None and candidate.value is not None:
            pair = _parts_of(candidate, figures)
            newer = given.setdefault((candidate.indicator_id, *pair), candidate) if pair is not None else candidate
            if pair is not None and _end(newer) == _end(candidate):
                candidate.numerator, candidate.denominator = pair


def _end(candidate: Candidate) -> date:
    """The end of a value's time; an undated one is the newest."""
    return candidate.period.end if candidate.period is not None else date.max


def _parts_of(candidate: Candidate, figures: list[FigureMention]) -> tuple[float, float] | None:
    """The one pair of counts that makes a value."""
    told = [
        (f.numerator, f.denominator) for f in figures if f.form is FigureForm.PARTS and f.numerator and f.denominator
    ]
    counts = [
        _count(f) for f in figures if f.form is FigureForm.NUMBER and f.unit in {None, Unit.COUNT, candidate.unit}
    ]
    whole = [value for value in counts if value is not None][:_MOST_COUNTS]
    pairs = [*told, *permutations(whole, 2)] if candidate.unit in _MEANS else told
    fitting = {pair for pair in pairs if is_quotient(candidate, *pair)}
    return fitting.pop() if len(fitting) == 1 else None


def _count(figure: FigureMention) -> float | None:
    return figure.value if not figure.decimals and figure.value else None


def is_quotient(candidate: Candidate, numerator: float | None, denominator: float | None) -> bool:
    """True where a value is the quotient of two counts, to half its last printed digit.

    Args:
        candidate: The value.
        numerator: The count above; None where none is told.
        denominator: The count below.
    """
    if not numerator or not denominator or denominator <= 1 or candidate.value is None:
        return False
    scale = 100.0 if candidate.unit is Unit.PERCENT else 1.0
    return abs(scale * numerator / denominator - candidate.value) <= 0.5 * 10.0**-candidate.figure.decimals + 1e-9
