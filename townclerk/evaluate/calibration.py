"""Whether confidence means what it says: how often observations of confidence p are right."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

BINS = 10


@dataclass(slots=True, frozen=True)
class Calibration:
    """Agreement between stated confidence and the truth.

    Attributes:
        count: Observations that carried a confidence.
        mean_confidence: Their mean confidence.
        accuracy: The share of them that were right at the full level.
        brier: Mean squared difference between confidence and truth (Brier 1950); 0 is best.
        ece: Expected calibration error over ten bins of equal width (Naeini et al. 2015); 0 is best.
    """

    count: int
    mean_confidence: float
    accuracy: float
    brier: float
    ece: float


def calibrate(outcomes: Sequence[tuple[float, bool]]) -> Calibration | None:
    """Sum up pairs of confidence and truth; None where there are none."""
    count = len(outcomes)
    if not count:
        return None
    bins: dict[int, list[tuple[float, bool]]] = {}
    for confidence, right in outcomes:
        bins.setdefault(min(int(confidence * BINS), BINS - 1), []).append((confidence, right))
    gaps = (abs(sum(confidence - right for confidence, right in members)) for members in bins.values())
    return Calibration(
        count=count,
        mean_confidence=sum(confidence for confidence, _ in outcomes) / count,
        accuracy=sum(right for _, right in outcomes) / count,
        brier=sum((confidence - right) ** 2 for confidence, right in outcomes) / count,
        ece=sum(gaps) / count,
    )
