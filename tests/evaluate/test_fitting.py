"""Whatever the readings, no doubt is fitted to speak for one of them, and no agreement against it."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townclerk.evaluate.fitting import fit, probabilities
from townclerk.evaluate.samples import Sample
from townclerk.extract.confidence import probability, weigh
from townclerk.extract.confidence.evidence import RISING, expected_sign
from townclerk.models.candidate import Feature
from townclerk.models.units import Method

DOUBTS = ("needs_context", "rival", "lost_beside", "bare_row", "damaged_text")
BACKING = ("repeat_supports", "two_readings")
AMOUNTS = (0.0, 0.25, 0.5, 1.0, 3.0)


def sample(number: int, right: bool, *evidence: tuple[str, float]) -> Sample:
    held = (("method_prose", 1.0), *evidence)
    return Sample(f"report-{number % 12}", "text", Method.PROSE, held, right, "")


@st.composite
def readings(draw: st.DrawFn) -> list[Sample]:
    """Readings right and wrong in which evidence comes together, in any amount, with any truth."""
    names = st.sampled_from([*DOUBTS, *BACKING, *sorted(RISING)])
    kinds = st.lists(
        st.tuples(st.dictionaries(names, st.sampled_from(AMOUNTS), max_size=4), st.booleans(), st.integers(3, 40)),
        min_size=2,
        max_size=10,
    )
    made = [
        sample(number, right, *evidence.items()) for evidence, right, count in draw(kinds) for number in range(count)
    ]
    return [*made, sample(0, True), sample(1, False)]


@settings(deadline=None, max_examples=60)
@given(readings())
def test_no_doubt_speaks_for_a_reading_whatever_its_amount(made: list[Sample]) -> None:
    for name, term in fit(made).terms.items():
        way = expected_sign(name)
        worth = [term.base + term.slope * amount for amount in AMOUNTS]
        assert all(weight * way >= 0 for weight in worth)
        if way:
            assert sorted(worth, key=lambda weight: weight * way) == worth
        if name in RISING:
            assert term.slope >= 0


def test_a_doubt_whose_base_misleads_keeps_what_its_amount_says() -> None:
    # Mostly right with a little of it, mostly wrong with much: a line through both would praise the little.
    little = [sample(number, number % 20 > 0, ("rival", 0.2)) for number in range(200)]
    much = [sample(number, number % 4 == 0, ("rival", 1.0)) for number in range(200)]
    plain = [sample(number, number % 5 > 0) for number in range(200)]
    term = fit([*little, *much, *plain]).terms["rival"]
    assert term.base == 0
    assert term.slope < -1


def test_two_doubts_of_which_one_explains_the_other_are_not_both_thrown_away() -> None:
    # Alone each speaks against a reading; together the second would be praised for what the first takes too much.
    one = [sample(number, number % 2 > 0, ("bare_row", 1.0)) for number in range(200)]
    both = [sample(number, number % 3 > 0, ("bare_row", 1.0), ("needs_context", 0.9)) for number in range(200)]
    plain = [sample(number, number % 20 > 0) for number in range(400)]
    terms = fit([*one, *both, *plain]).terms
    assert terms["bare_row"].base < -1
    assert "needs_context" not in terms


def test_a_document_that_counts_more_is_followed_more() -> None:
    # Of two reports one is always right where the other is wrong.
    made = [sample(number, number % 2 > 0, ("short_phrase", 1.0)) for number in range(240)]
    made = [replace(one, document="right" if one.right else "wrong") for one in made]
    alike, favoured = (fit(made, weights) for weights in (None, {"right": 5.0}))
    assert probabilities(made[:1], alike)[0] == pytest.approx(0.5, abs=0.01)
    assert probabilities(made[:1], favoured)[0] > 0.75


def test_what_is_settled_is_neither_fitted_nor_taught_from() -> None:
    plain = [sample(number, number % 10 > 0, ("short_phrase", 1.0)) for number in range(200)]
    as_printed = [sample(number, True, ("ratio_contradicts", 1.0), ("short_phrase", 1.0)) for number in range(100)]
    taught, alone = fit([*plain, *as_printed]), fit(plain)
    assert "ratio_contradicts" not in taught.terms
    worth = [{name: (term.base, term.slope) for name, term in found.terms.items()} for found in (taught, alone)]
    assert worth[0] == worth[1]
    assert taught.intercept == alone.intercept


@pytest.mark.parametrize("settled", ["ratio_contradicts", "flag_impossible", "ahead_of_meeting"])
def test_what_a_fit_is_judged_by_is_the_confidence_that_readings_get(settled: str) -> None:
    made = [sample(number, number % 9 > 0, ("margin", 1.0 + number % 2)) for number in range(90)]
    calibration = fit(made)
    doubted = sample(0, True, ("margin", 2.0), (settled, 1.0))
    told = probability(weigh([Feature(name, amount, name) for name, amount in doubted.evidence], calibration))
    assert probabilities([doubted], calibration)[0] == pytest.approx(told, abs=1e-3)
    assert np.all(probabilities([doubted], calibration) <= 0.5)
