"""How well confidence agrees with truth: reliability, errors, order, risk at coverage, what can be certified."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from townclerk.extract.confidence.calibration import Certificate

Numbers = npt.NDArray[np.float64]

BINS = 10
PRECISIONS = (0.99, 0.98, 0.97, 0.95, 0.9)
LEVEL = 0.95
LEAST_DOCUMENTS = 20
_METHOD = (
    "exact binomial bound (Clopper and Pearson 1934) on cross-validated readings, n divided by the design effect of"
    " documents as clusters, thresholds tried in fixed sequence from the strictest (Angelopoulos and others 2021)"
)


@dataclass(slots=True, frozen=True)
class Bin:
    """One bar of a reliability diagram."""

    low: float
    count: int
    confidence: float
    accuracy: float


@dataclass(slots=True, frozen=True)
class Point:
    """A threshold, the share of readings it keeps, and how many of those are wrong."""

    threshold: float
    kept: float
    risk: float


@dataclass(slots=True, frozen=True)
class Reliability:
    """Agreement of confidence and truth over a set of readings.

    Attributes:
        documents: How many documents.
        count: How many readings.
        accuracy: Share that are right.
        ece: Expected calibration error over ten bins of equal width (Naeini and others 2015).
        brier: Mean squared difference (Brier 1950).
        auroc: Chance that a right reading is surer than a wrong one; None where all are right or all wrong.
        bins: The reliability diagram.
        curve: Risk against coverage.
    """

    documents: int
    count: int
    accuracy: float
    ece: float
    brier: float
    auroc: float | None
    bins: tuple[Bin, ...]
    curve: tuple[Point, ...]


def reliability(confidence: Numbers, right: Sequence[bool], documents: Sequence[str]) -> Reliability:
    """Sum up confidence against truth."""
    truth = np.array(right, dtype=np.float64)
    bins = _bins(confidence, truth)
    return Reliability(
        documents=len(set(documents)),
        count=len(truth),
        accuracy=float(truth.mean()),
        ece=sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / len(truth),
        brier=float(((confidence - truth) ** 2).mean()),
        auroc=auroc(confidence, truth),
        bins=bins,
        curve=_curve(confidence, truth),
    )


def auroc(confidence: Numbers, truth: Numbers) -> float | None:
    """The chance that a right reading is surer than a wrong one, ties half (Mann and Whitney 1947)."""
    good, bad = confidence[truth == 1], np.sort(confidence[truth == 0])
    if not len(good) or not len(bad):
        return None
    below, upto = np.searchsorted(bad, good, "left"), np.searchsorted(bad, good, "right")
    return float((below + (upto - below) / 2).sum() / (len(good) * len(bad)))


def interval(
    confidence: Numbers, right: Sequence[bool], documents: Sequence[str], draws: int = 300
) -> dict[str, tuple[float, float]]:
    """95% bootstrap intervals of ECE, AUROC and accuracy, documents drawn with replacement (seed fixed)."""
    chance = np.random.default_rng(20261121)
    truth, names = np.array(right, dtype=np.float64), np.array(documents)
    places = {name: np.flatnonzero(names == name) for name in sorted(set(documents))}
    keys = list(places)
    found: dict[str, list[float]] = {"ece": [], "auroc": [], "accuracy": []}
    for _ in range(draws):
        rows = np.concatenate([places[keys[i]] for i in chance.integers(0, len(keys), len(keys))])
        bins = _bins(confidence[rows], truth[rows])
        found["ece"].append(sum(b.count * abs(b.confidence - b.accuracy) for b in bins) / len(rows))
        found["accuracy"].append(float(truth[rows].mean()))
        order = auroc(confidence[rows], truth[rows])
        if order is not None:
            found["auroc"].append(order)
    return {
        name: (float(np.quantile(values, 0.025)), float(np.quantile(values, 0.975)))
        for name, values in found.items()
        if values
    }


def certify(
    confidence: Numbers, right: Sequence[bool], documents: Sequence[str], level: float = LEVEL
) -> tuple[Certificate, ...]:
    """What precision the readings above a threshold can be certified to have.

    Args:
        confidence: Confidence of readings from calibrations that never saw their documents.
        right: Whether each is right.
        documents: The document of each.
        level: How sure the certificate is.

    Returns:
        For each precision of `PRECISIONS` that can be certified, the lowest threshold; none with too few documents.
    """
    truth, names = np.array(right, dtype=np.float64), np.array(documents)
    found: list[Certificate] = []
    for precision in PRECISIONS:
        best: Certificate | None = None
        for threshold in (0.995, 0.99, *(t / 100 for t in range(98, 49, -2))):
            kept = confidence >= threshold
            if len(set(names[kept])) < LEAST_DOCUMENTS:
                continue
            bound = lower_bound(truth[kept], names[kept], level)
            if bound < precision:
                if best is not None or threshold < 0.9:
                    break
                continue
            best = Certificate(
                precision=precision,
                threshold=threshold,
                kept=round(float(kept.mean()), 4),
                documents=len(set(names[kept])),
                observations=int(kept.sum()),
                level=level,
                method=_METHOD,
            )
        if best is not None:
            found.append(best)
    return tuple(found)


def lower_bound(truth: Numbers, names: npt.NDArray[np.str_], level: float) -> float:
    """Exact lower bound of the share of right readings, with documents as clusters."""
    effect = design_effect(truth, names)
    total = len(truth) / effect
    right = float(truth.sum()) / effect
    if right <= 0:
        return 0.0
    return _beta_quantile(1.0 - level, right, total - right + 1.0)


def design_effect(truth: Numbers, names: npt.NDArray[np.str_]) -> float:
    """How much less readings of shared documents tell than independent ones, at least 1 (Kish 1965, by variances)."""
    share = float(truth.mean())
    groups = [truth[names == name] for name in sorted(set(names))]
    if len(groups) < 2 or share in {0.0, 1.0}:
        return max(1.0, len(truth) / max(1, len(groups)) * 0.05)
    count = len(groups)
    residuals = sum((float(g.sum()) - share * len(g)) ** 2 for g in groups)
    between = count / (count - 1) * residuals / len(truth) ** 2
    return max(1.0, between / (share * (1.0 - share) / len(truth)))


def _bins(confidence: Numbers, truth: Numbers) -> tuple[Bin, ...]:
    places = np.minimum((confidence * BINS).astype(int), BINS - 1)
    found = []
    for number in range(BINS):
        inside = places == number
        if inside.any():
            found.append(
                Bin(number / BINS, int(inside.sum()), float(confidence[inside].mean()), float(truth[inside].mean()))
            )
    return tuple(found)


def _curve(confidence: Numbers, truth: Numbers) -> tuple[Point, ...]:
    """Risk at each tenth of coverage, the surest first."""
    order = np.argsort(-confidence, kind="stable")
    wrong = np.cumsum(1.0 - truth[order])
    points = []
    for tenth in range(1, 11):
        kept = max(1, round(len(truth) * tenth / 10))
        points.append(Point(float(confidence[order[kept - 1]]), kept / len(truth), float(wrong[kept - 1] / kept)))
    return tuple(points)


def _beta_quantile(chance: float, a: float, b: float) -> float:
    """The value below which a beta distribution has a given chance, by bisection."""
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        low, high = (middle, high) if _beta_share(middle, a, b) < chance else (low, middle)
    return (low + high) / 2


def _beta_share(x: float, a: float, b: float) -> float:
    """The regularised incomplete beta function, by Lentz's continued fraction (Press and others, Numerical Recipes)."""
    if x <= 0.0 or x >= 1.0:
        return 0.0 if x <= 0.0 else 1.0
    front = math.exp(math.lgamma(a + b) - math.lgamma(a) - math.lgamma(b) + a * math.log(x) + b * math.log(1.0 - x))
    if x < (a + 1.0) / (a + b + 2.0):
        return front * _fraction(x, a, b) / a
    return 1.0 - front * _fraction(1.0 - x, b, a) / b


def _fraction(x: float, a: float, b: float) -> float:
    tiny = 1e-300
    c, d = 1.0, 1.0 - (a + b) * x / (a + 1.0)
    d = 1.0 / (d if abs(d) > tiny else tiny)
    total = d
    for m in range(1, 300):
        for term in (
            m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m)),
            -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1)),
        ):
            d = 1.0 + term * d
            d = 1.0 / (d if abs(d) > tiny else tiny)
            c = 1.0 + term / c
            c = c if abs(c) > tiny else tiny
            total *= c * d
        if abs(c * d - 1.0) < 1e-12:
            break
    return total
