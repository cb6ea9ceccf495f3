"""Evidence weighed: a list of reasons that add up to the log-odds of the confidence."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from townclerk.extract.confidence.calibration import Calibration, shipped_calibration
from townclerk.extract.confidence.evidence import expected_sign, group_of
from townclerk.models.candidate import Feature
from townclerk.models.observation import Reason

_LEAST = 0.05
_LEAST_TOLD = 0.2
_WEAKER = " (most figures have better evidence here)"
_DIGITS = 3
_MOST_SETTINGS = 256


class Held(NamedTuple):
    """What is settled, not fitted: a loss, and the log-odds that a reading is left with at most."""

    loss: float
    most: float


_DOUBTED = Held(-3.0, 0.0)
SETTLED = {
    # A percentage that its own counts contradict stands as printed, and gold has it as printed, so no fit can doubt it.
    # Yet one of the two is misprinted: a percentage holds a third of such a line's digits, and of 61 told of reports
    # with one digit of a percentage changed it was the one each time. It is never likelier right than wrong.
    "ratio_contradicts": _DOUBTED,
    "parts_beside_contradicts": _DOUBTED,
    "whole_beside_contradicts": _DOUBTED,
    "printed_share_contradicts": _DOUBTED,
    "whole_number_contradicts": _DOUBTED,
    # Values outside what any authority has reported are too rare to be fitted well (of 11,956 readings 22, 1 of them
    # right): most are misprints or damage, or told of something else. What cannot be at all is never likely right.
    "bounds_contradicts": Held(-4.0, -1.0),
    "flag_impossible": Held(-6.0, -2.5),
    # No report knows what is to come: the value is foreseen or aimed at, or the time is misread.
    "ahead_of_meeting": Held(-4.0, -1.0),
    # Where two readings of a table's figure differ (none of 3,474 figures in their right columns, 243 of 252 in wrong
    # ones; `benchmarks/second_reading.py`), the grid is more likely wrong than right.
    "flag_columns_disagree": Held(-3.0, 0.0),
    # A blank that a conversion left out, or a head that it lost, moves what stands behind it: of equally likely places
    # one is right.
    "flag_row_short": Held(-2.5, 0.5),
    "flag_heads_short": Held(-3.0, -0.2),
    # The same quarter twice over columns, with no year to part them: one of the two is of another year.
    "time_repeated": Held(-4.0, 0.0),
}
"""Evidence that no data has enough of, or that gold sees otherwise."""


class _Worth(NamedTuple):
    """What one kind of evidence is worth in some settings.

    Attributes:
        group: As the term's.
        offset: What its group is worth on average to figures found by the same method.
        parts: Base and slope of the term, and of what each setting adds.
    """

    group: str
    offset: float
    parts: tuple[tuple[float, float], ...]


class _Worths(dict[str, _Worth | None]):
    """What each kind of evidence is worth in some settings, worked out when asked for; None for an unknown one."""

    def __init__(self, calibration: Calibration, settings: tuple[str, ...]) -> None:
        super().__init__()
        self._calibration = calibration
        self._settings = settings

    def __missing__(self, name: str) -> _Worth | None:
        self[name] = found = self._of(name)
        return found

    def _of(self, name: str) -> _Worth | None:
        terms, offsets = self._calibration.terms, self._calibration.offsets
        term = terms.get(name)
        if term is None:
            return None
        told = [key for setting in self._settings if (key := f"{term.group}@{setting}") in offsets]
        here = [terms[key] for setting in self._settings if (key := f"{name}@{setting}") in terms]
        offset = offsets.get(told[0] if told else term.group, 0.0)
        return _Worth(term.group, offset, tuple((one.base, one.slope) for one in (term, *here)))


# A calibration cannot be hashed; those kept here hold theirs, so that no other takes its number.
_known: dict[tuple[int, tuple[str, ...]], _Worths] = {}


def _worths_in(settings: tuple[str, ...], calibration: Calibration) -> _Worths:
    """What evidence is worth in some settings, by a calibration; a report has few settings and thousands of figures."""
    known = _known.get((id(calibration), settings))
    if known is None:
        if len(_known) >= _MOST_SETTINGS:
            _known.clear()
        known = _known[id(calibration), settings] = _Worths(calibration, settings)
    return known


def weigh(evidence: Sequence[Feature], calibration: Calibration | None = None) -> list[Reason]:
    """The reasons for and against a reading, each a weight in log-odds: the prior first, then the weightiest first.

    Args:
        evidence: As gathered.
        calibration: None for the shipped one.

    Returns:
        Reasons whose weights, three decimals each, add up to the log-odds of the confidence.
    """
    held = calibration or shipped_calibration()
    prior, words = held.intercept, ""
    reasons: list[Reason] = []
    settings = tuple([feature.name for feature in evidence if group_of(feature.name) == "setting"])
    worths = _worths_in(settings, held)
    settled: list[Feature] = []
    for feature in evidence:
        if feature.name in SETTLED:
            settled.append(feature)
            continue
        worth = worths[feature.name]
        if worth is None:
            continue
        group, offset, parts = worth
        weight = 0.0
        for base, slope in parts:
            weight += base + slope * feature.amount
        if group == "setting":
            prior += weight
            words = f"{words} {feature.text}" if words else feature.text
            continue
        prior += offset
        # Of a group that every figure has one of, only what sets this figure apart is worth a line.
        if abs(weight - offset) < (_LEAST_TOLD if group else _LEAST):
            prior += weight - offset
            continue
        text = feature.text + (_WEAKER if group and weight < offset and not expected_sign(feature.name) else "")
        reasons.append(_reason(feature.name, round(weight - offset, _DIGITS), text))
    for feature in settled:
        told = sum((reason.weight for reason in reasons), prior)
        reasons.append(_reason(feature.name, round(settle(told, (feature.name,)) - told, _DIGITS), feature.text))
    ranks = sorted([(-abs(reason.weight), reason.name, at) for at, reason in enumerate(reasons)])
    text = f"where {words or 'figures'} start that have the usual evidence and nothing against them"
    return [Reason(name="prior", weight=round(prior, _DIGITS), text=text), *[reasons[at] for _, _, at in ranks]]


def settle(log_odds: float, names: Iterable[str]) -> float:
    """What is left of log-odds that speak of everything fitted, once what is settled is told."""
    for name in names:
        if (held := SETTLED.get(name)) is not None:
            log_odds = min(log_odds + held.loss, held.most)
    return log_odds


@lru_cache(maxsize=4096)
def _reason(name: str, weight: float, text: str) -> Reason:
    """A reason; figures found alike share theirs. No weight is 0, whose sign would be another's."""
    return Reason(name=name, weight=weight, text=text)


def probability(reasons: Sequence[Reason]) -> float:
    """The probability that the weights add up to, six decimals, never 0 or 1."""
    total = max(-9.0, min(9.0, sum(reason.weight for reason in reasons)))
    return round(1.0 / (1.0 + math.exp(-total)), 6)
