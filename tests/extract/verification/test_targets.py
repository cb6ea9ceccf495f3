"""How far a value is said to be from its target."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import held, told

SAME = "Re-referrals within 12 months were {}% in Q2, {} points above the target. The target is 20%.\n"
RATE = (
    "| Measure | Target | Q2 |\n|---|---|---|\n| Children looked after per 10,000 | 72.0 | 70.2 |\n\n"
    "At 30 September 2021, 433 children were looked after. This is {} below the target.\n"
)


def test_a_value_its_target_and_the_distance_told_agree() -> None:
    assert "target_distance" in held(SAME.format("21.4", "1.4"))
    assert not told(SAME.format("21.4", "1.4"))
    (wrong,) = told(SAME.format("21.4", "1.9"))
    assert wrong[0] == "target_distance"
    assert wrong[1].startswith("21.4% less the target 20% is 1.4, but “1.9 points above the target” is told")


@pytest.mark.parametrize(("distance", "agrees"), [("11", True), ("24", False)])
def test_a_count_is_held_to_the_target_of_its_rate(distance: str, agrees: bool) -> None:
    text = RATE.format(distance)
    assert ("target_distance" in held(text)) is agrees
    wrong = [words for name, words in told(text) if name == "target_distance"]
    assert bool(wrong) is not agrees
    if wrong:
        assert "makes the target of 72.0 per 10,000 about 444, but “24 below the target” makes it 457" in wrong[0]
