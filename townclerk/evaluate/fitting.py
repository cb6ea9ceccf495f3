"""Fitting a calibration: logistic regression with shrinkage and bounds, by Newton's method, weighted by document."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np
import numpy.typing as npt

from townclerk.evaluate.samples import Sample
from townclerk.extract.confidence.calibration import Calibration, Term
from townclerk.extract.confidence.evidence import RISING, expected_sign, group_of, with_settings
from townclerk.extract.confidence.scoring import SETTLED, settle

Matrix = npt.NDArray[np.float64]

SHRINKAGE = 4.0
"""Weight of the penalty on each term; rarely seen evidence stays near nothing."""
SHRINKAGE_IN_SETTING = 8.0
"""The same for what a kind of evidence is worth more or less in one class of input or method."""
LEAST_SEEN = 6
LEAST_SEEN_IN_SETTING = 40
_STEPS = 40
_SETTLED = 1e-7


def fit(samples: Sequence[Sample], weights: Mapping[str, float] | None = None, fitted_on: str = "") -> Calibration:
    """Fit what each kind of evidence is worth.

    Args:
        samples: Readings with their truth.
        weights: How many times a document counts; once where it is not named.
        fitted_on: The data, in words, for the record.

    Returns:
        A calibration without certificates.

    Raises:
        ValueError: If all samples are right, or all wrong: nothing can be learnt from them.
    """
    if len({sample.right for sample in samples}) < 2:
        raise ValueError("a calibration needs readings that are right and readings that are wrong")
    weight = _weight(samples, weights or {})
    samples = _in_settings(samples)
    intercept, terms = _fit_terms(samples, _names(samples), weight)
    offsets = _offsets(samples, terms, weight)
    seen = Counter(name for sample in samples for name, _ in sample.evidence)
    return Calibration(
        fitted_on=fitted_on,
        documents=len({sample.document for sample in samples}),
        observations=len(samples),
        intercept=round(intercept, 5),
        offsets={group: round(offset, 5) for group, offset in sorted(offsets.items())},
        terms={
            name: Term(base=round(base, 5), slope=round(slope, 5), group=group_of(name), seen=seen[name])
            for name, (base, slope) in sorted(terms.items())
        },
    )


def _weight(samples: Sequence[Sample], weights: Mapping[str, float]) -> Matrix:
    """The weight of each reading, 1 on average: readings of one report err together, so many tell less than as many."""
    counts = Counter(sample.document for sample in samples if _is_open(sample))
    worth = {document: weights.get(document, 1.0) * count**-0.5 for document, count in counts.items()}
    shares = [worth[sample.document] if _is_open(sample) else 0.0 for sample in samples]
    return np.array(shares) * (sum(counts.values()) / sum(shares))


def _is_open(sample: Sample) -> bool:
    """Whether a reading's confidence is the fit's to say; what is settled is no lesson about the rest."""
    return not any(name in SETTLED for name, _ in sample.evidence)


def log_odds(samples: Sequence[Sample], calibration: Calibration) -> Matrix:
    """The log-odds that a calibration gives each sample."""
    totals = np.full(len(samples), calibration.intercept)
    for row, sample in enumerate(_in_settings(samples)):
        for name, amount in sample.evidence:
            term = calibration.terms.get(name)
            if term is not None and name not in SETTLED:
                totals[row] += term.base + term.slope * amount
        totals[row] = settle(totals[row], (name for name, _ in sample.evidence))
    return totals


def _in_settings(samples: Sequence[Sample]) -> list[Sample]:
    return [replace(sample, evidence=tuple(with_settings(sample.evidence))) for sample in samples]


def probabilities(samples: Sequence[Sample], calibration: Calibration) -> Matrix:
    """The confidence that a calibration gives each sample."""
    return 1.0 / (1.0 + np.exp(-np.clip(log_odds(samples, calibration), -9.0, 9.0)))


def cross_validated(samples: Sequence[Sample], weights: Mapping[str, float] | None = None, folds: int = 10) -> Matrix:
    """The confidence of each sample from a calibration that never saw its document.

    Args:
        samples: Readings with their truth.
        weights: As in `fit`.
        folds: How many parts the documents are dealt into, in order of name; at most one a document.
    """
    documents = sorted({sample.document for sample in samples})
    part = {name: place % min(folds, len(documents)) for place, name in enumerate(documents)}
    found = np.full(len(samples), np.nan)
    for number in range(min(folds, len(documents))):
        inside = [place for place, sample in enumerate(samples) if part[sample.document] == number]
        outside = [sample for sample in samples if part[sample.document] != number]
        found[inside] = probabilities([samples[place] for place in inside], fit(outside, weights))
    return found


def _fit_terms(
    samples: Sequence[Sample], names: Sequence[str], weight: Matrix
) -> tuple[float, dict[str, tuple[float, float]]]:
    """The intercept, and base and slope of each name that is worth anything."""
    truth = np.array([float(sample.right) for sample in samples])
    found = _newton(_design(samples, names), truth, weight, _penalty(names), _ways(names))
    pairs = {name: (float(found[1 + 2 * place]), float(found[2 + 2 * place])) for place, name in enumerate(names)}
    return float(found[0]), {name: pair for name, pair in pairs.items() if any(pair)}


def _names(samples: Sequence[Sample]) -> list[str]:
    seen = Counter(name for sample in samples for name, _ in sample.evidence if name.partition("@")[0] not in SETTLED)
    return sorted(
        name for name, count in seen.items() if count >= (LEAST_SEEN_IN_SETTING if "@" in name else LEAST_SEEN)
    )


def _design(samples: Sequence[Sample], names: Sequence[str]) -> Matrix:
    """One column for the intercept, two a name: there at all, and how much."""
    place = {name: 1 + 2 * number for number, name in enumerate(names)}
    design = np.zeros((len(samples), 1 + 2 * len(names)))
    design[:, 0] = 1.0
    amounts: defaultdict[str, set[float]] = defaultdict(set)
    for row, sample in enumerate(samples):
        for name, amount in sample.evidence:
            amounts[name].add(amount)
            if name in place:
                design[row, place[name]] = 1.0
                design[row, place[name] + 1] = amount
    for name, column in place.items():
        if len(amounts[name]) == 1:
            design[:, column + 1] = 0.0
    return design


def _penalty(names: Sequence[str]) -> Matrix:
    """The shrinkage of each column of the design: next to none for the intercept, most in a setting."""
    shrinkage = [SHRINKAGE_IN_SETTING if "@" in name else SHRINKAGE for name in names for _ in range(2)]
    return np.array([1e-3, *shrinkage])


def _ways(names: Sequence[str]) -> Matrix:
    """Which way each column of the design may count: 1 up, -1 down, 0 either.

    Base and slope both: a doubt whose base was held and whose slope was not would speak for a reading at some amount.
    """
    signs = [(expected_sign(name), expected_sign(name) or float(name in RISING)) for name in names]
    return np.array([0.0, *(way for pair in signs for way in pair)])


def _newton(design: Matrix, truth: Matrix, weight: Matrix, penalty: Matrix, ways: Matrix) -> Matrix:
    """The weights of greatest penalised likelihood among those that count the right way; 0 for columns of noughts.

    Newton's method on the weights that are free; a weight at 0 that would have to go the wrong way is not (projected
    Newton: Bertsekas, SIAM J. Control and Optimization 20(2), 1982). The likelihood is concave: there is one optimum.
    """
    whole: Matrix = np.zeros(design.shape[1])
    told = design.any(axis=0)
    design, penalty, ways = design[:, told], penalty[told], ways[told]

    def loss(at: Matrix) -> float:
        odds = design @ at
        return float(weight @ (np.logaddexp(0.0, odds) - truth * odds) + 0.5 * penalty @ at**2)

    found: Matrix = np.zeros(design.shape[1])
    for _ in range(_STEPS):
        chance = 1.0 / (1.0 + np.exp(-np.clip(design @ found, -30, 30)))
        slope = design.T @ (weight * (truth - chance)) - penalty * found
        free = (ways == 0) | (found != 0) | (slope * ways > 0)
        inner = design[:, free]
        bend: Any = (inner * (weight * chance * (1 - chance))[:, None]).T @ inner + np.diag(penalty[free])
        step = np.zeros_like(found)
        step[free] = np.linalg.solve(bend, slope[free])
        least, share = loss(found), 1.0
        while loss(ahead := _the_right_way(found + share * step, ways)) > least and share > _SETTLED:
            share /= 2
        moved = float(np.abs(ahead - found).max())
        found = ahead
        if moved < _SETTLED:
            break
    whole[told] = found
    return whole


def _the_right_way(found: Matrix, ways: Matrix) -> Matrix:
    return np.where(found * ways < 0, 0.0, found)


def _offsets(samples: Sequence[Sample], terms: Mapping[str, tuple[float, float]], weight: Matrix) -> dict[str, float]:
    """The mean worth of each group of evidence over the figures that have one of it, as a whole and by method."""
    sums: defaultdict[str, float] = defaultdict(float)
    counts: defaultdict[str, float] = defaultdict(float)
    for sample, share in zip(samples, weight, strict=True):
        for name, amount in sample.evidence:
            group = group_of(name)
            if group and group != "setting" and name in terms:
                base, slope = terms[name]
                for key in (group, f"{group}@method_{sample.method.value}"):
                    sums[key] += float(share) * (base + slope * amount)
                    counts[key] += 0.0 if "@" in name else float(share)
    return {group: sums[group] / counts[group] for group in sums}
