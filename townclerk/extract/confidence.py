"""Confidence: named evidence weights, added up and turned into a probability."""

from __future__ import annotations

import math

from townclerk.models.candidate import Candidate, Feature
from townclerk.models.observation import Reason

_PRIOR = {"prose": -0.2, "table": 0.2, "tile": -0.4}
_PRIOR_TEXT = {
    "prose": "how often a figure in running text is read right before anything else is known",
    "table": "how often a figure in a table is read right before anything else is known",
    "tile": "how often a figure in a dashboard tile is read right before anything else is known",
}
_CHECK = {"supports": 0.8, "contradicts": -1.2}
_FLAG = {
    "ocr_repaired": -0.3,
    "label_repaired": -0.6,
    "unit_repaired": -0.6,
    "suspect_digit": -1.0,
    "conflict": -0.6,
    "computed": -0.3,
    "chart": -0.8,
    "approximate": 0.0,
    "columns_disagree": -1.5,
}


def weigh(candidate: Candidate) -> list[Reason]:
    """The reasons for and against a candidate, each a weight in log-odds, the prior first."""
    method = candidate.method.value
    reasons = [Reason(name="prior", weight=_PRIOR[method], text=_PRIOR_TEXT[method])]
    reasons.extend(_of_feature(feature) for feature in candidate.features)
    reasons.extend(
        Reason(name=f"{check.name}_check", weight=_CHECK[check.outcome], text=check.text)
        for check in candidate.checks
        if check.outcome in _CHECK
    )
    reasons.extend(
        Reason(name=flag, weight=_FLAG[flag], text=f"flagged: {flag.replace('_', ' ')}")
        for flag in dict.fromkeys(candidate.flags)
        if _FLAG.get(flag)
    )
    return [reason for reason in reasons if reason.weight]


def probability(reasons: list[Reason]) -> float:
    """The probability that the sum of the weights stands for, three decimals, never 0 or 1."""
    total = sum(reason.weight for reason in reasons)
    return round(min(0.999, max(0.001, 1.0 / (1.0 + math.exp(-total)))), 3)


def _of_feature(feature: Feature) -> Reason:
    """A linker's feature as a weight."""
    if feature.name.startswith("match_"):
        kind = feature.name.removeprefix("match_")
        scale = {"exact": 2.6, "pattern": 2.4, "code": 2.4, "concept": 2.0, "fuzzy": 1.6}.get(kind, 1.5)
        return Reason(name="label_match", weight=round(scale * (feature.amount - 0.45), 3), text=feature.text)
    scale = {
        "unit_fit": 0.8,
        "margin": 0.35,
        "period_stated": 0.3,
        "period_inferred": 0.0,
        "period_unknown": -0.5,
    }.get(feature.name, 0.6)
    return Reason(name=feature.name, weight=round(scale * feature.amount, 3), text=feature.text)
