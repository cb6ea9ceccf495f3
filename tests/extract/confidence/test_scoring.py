"""Reasons add up to the confidence, and doubts count against."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.verification.reports import read
from townclerk.extract.confidence import probability, shipped_calibration, weigh
from townclerk.extract.confidence.calibration import load_calibration
from townclerk.extract.confidence.evidence import expected_sign
from townclerk.models.candidate import Feature
from townclerk.models.errors import UnreadableError

NAMES = sorted(shipped_calibration().terms)
TEXT = """Re-referrals fell from 24.0% in 2019/20 to 21.3% in 2020/21.

433 children were looked after at 30 September 2021 (70.2 per 10,000); around 40 of them live far away.
"""


@given(st.dictionaries(st.sampled_from(NAMES), st.floats(-3, 3), max_size=12))
def test_reasons_add_up_to_the_log_odds_of_the_confidence(amounts: dict[str, float]) -> None:
    reasons = weigh([Feature(name, amount, name) for name, amount in amounts.items()])
    total = sum(reason.weight for reason in reasons)
    confidence = probability(reasons)
    if abs(total) < 6:
        assert math.log(confidence / (1 - confidence)) == pytest.approx(total, abs=1e-3)
    assert 0 < confidence < 1


def test_observations_carry_the_reasons_of_their_confidence() -> None:
    observations = read(TEXT).observations
    assert observations
    for seen in observations:
        total = sum(reason.weight for reason in seen.reasons)
        assert seen.confidence is not None
        assert math.log(seen.confidence / (1 - seen.confidence)) == pytest.approx(total, abs=2e-3)
        assert seen.reasons[0].name == "prior"


@pytest.mark.parametrize("amount", [0.0, 0.3, 1.0, 3.0])
@pytest.mark.parametrize("name", [name for name in NAMES if expected_sign(name)])
def test_no_agreement_speaks_against_and_no_doubt_for_a_reading(name: str, amount: float) -> None:
    told = [reason for reason in weigh([Feature(name, amount, "seen")]) if reason.name == name]
    assert all(reason.weight * expected_sign(name) > 0 for reason in told)


def test_two_readings_of_a_place_that_differ_speak_against_it_though_they_are_too_rare_to_be_fitted() -> None:
    plain, doubted = weigh([]), weigh([Feature("flag_columns_disagree", 1.0, "flagged: columns disagree")])
    assert probability(doubted) < 0.5 * probability(plain)


def test_a_percentage_that_its_own_counts_contradict_stands_and_is_doubted() -> None:
    said = "In Q2 initial conferences within 15 working days were {} (52 of 77)."
    (printed,), (wrong,) = (read(said.format(share)).observations for share in ("67.5%", "65.7%"))
    assert wrong.value == 65.7
    assert printed.confidence is not None
    assert wrong.confidence is not None
    assert printed.confidence > 0.9
    assert wrong.confidence < 0.6
    assert "52 of 77 is 67.53%, but 65.7% is printed" in {reason.text for reason in wrong.reasons}


@pytest.mark.parametrize("value", ["-21%", "340%"])
def test_what_cannot_be_is_never_more_likely_right_than_wrong(value: str) -> None:
    (seen,) = read(f"Assessments completed within 45 days stood at {value} in Q2.").observations
    assert "impossible" in seen.flags
    assert seen.confidence is not None
    assert seen.confidence < 0.1


def test_what_no_authority_has_reported_is_doubted() -> None:
    (seen,) = read("The rate of children looked after was 640 per 10,000 at the end of Q2.").observations
    assert "implausible" in seen.flags
    assert seen.confidence is not None
    assert seen.confidence < 0.5


def test_a_file_that_is_no_calibration_is_refused_with_the_remedy(tmp_path: Path) -> None:
    path = tmp_path / "mine.json"
    path.write_text('{"format": 1}', encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"mine\.json: no calibration .* refit it"):
        load_calibration(path)


def test_a_calibration_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=r"none\.json: cannot be read \(there is no such file\)"):
        load_calibration(tmp_path / "none.json")
