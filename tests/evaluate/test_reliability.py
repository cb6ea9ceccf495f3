"""The measures of confidence, held against cases worked out by hand, and what may be certified."""

from __future__ import annotations

import numpy as np
import pytest

from townclerk.evaluate.fitting import cross_validated, fit, probabilities
from townclerk.evaluate.reliability import auroc, certify, design_effect, lower_bound, reliability
from townclerk.evaluate.samples import Sample
from townclerk.models.units import Method


def test_measures_of_four_readings() -> None:
    found = reliability(np.array([0.9, 0.8, 0.3, 0.2]), [True, True, True, False], ["a", "a", "b", "b"])
    assert found.accuracy == 0.75
    assert found.auroc == 1.0
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.49 + 0.04) / 4)
    assert found.ece == pytest.approx((0.1 + 0.2 + 0.7 + 0.2) / 4)


def test_order_by_chance_is_one_half() -> None:
    assert auroc(np.array([0.5, 0.5]), np.array([1.0, 0.0])) == 0.5
    assert auroc(np.array([0.5, 0.6]), np.array([1.0, 1.0])) is None


def test_the_exact_bound_is_that_of_clopper_and_pearson() -> None:
    # 97 of 100 independent readings: the one-sided 95% lower bound of the tables is 0.9242.
    truth = np.array([1.0] * 97 + [0.0] * 3)
    names = np.array([str(i) for i in range(100)])
    assert lower_bound(truth, names, 0.95) == pytest.approx(0.9242, abs=2e-3)


def test_errors_that_cluster_in_one_document_weigh_more() -> None:
    truth = np.array(([1.0] * 10) * 9 + [0.0] * 10)
    names = np.array([str(i // 10) for i in range(100)])
    assert design_effect(truth, names) > 5


def test_too_few_documents_certify_nothing() -> None:
    assert certify(np.full(500, 0.999), [True] * 500, ["one"] * 500) == ()


def samples() -> list[Sample]:
    """Forty reports in which readings with a clear name are nearly always right."""
    chance = np.random.default_rng(7)
    made = []
    for number in range(400):
        clear = bool(chance.random() < 0.5)
        right = bool(chance.random() < (0.97 if clear else 0.5))
        evidence = (("method_prose", 1.0), ("match_exact" if clear else "match_fuzzy", 1.0))
        made.append(Sample(f"report-{number % 40}", "text", Method.PROSE, evidence, right, ""))
    return made


def test_a_fit_tells_clear_from_doubtful() -> None:
    made = samples()
    found = probabilities(made, fit(made))
    clear = [dict(s.evidence).get("match_exact") == 1.0 for s in made]
    assert found[clear].mean() == pytest.approx(0.97, abs=0.05)
    assert found[[not c for c in clear]].mean() == pytest.approx(0.5, abs=0.1)


def test_cross_validation_gives_every_reading_a_confidence() -> None:
    assert np.isfinite(cross_validated(samples(), folds=5)).all()


def test_readings_that_are_all_right_teach_nothing() -> None:
    with pytest.raises(ValueError, match="right and readings that are wrong"):
        fit([s for s in samples() if s.right])
