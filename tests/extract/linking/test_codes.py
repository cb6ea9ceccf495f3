"""The reference numbers before a report's measures name them in the rest of it."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read

_SCORECARD = (
    "Scorecard Quarter 3 2021/22\n\n"
    "Ref\tMeasure\tTarget\tQ2\tQ3\n"
    "CP 4\tRe-referrals within 12 months (%)\t20\t22.4\t24.1\n"
    "CP 5\tCare leavers in suitable accommodation (%)\t90\t86.0\t88.2\n\n"
    "Remarks\n\n"
)


def _england(text: str) -> set[tuple[str | None, float | None]]:
    return {(one.indicator_id, one.value) for one in read(text) if one.area is not None and one.area.kind == "england"}


@pytest.mark.parametrize("printed", ["CP 5", "CP5", "(CP5)", "CP5:"])
def test_a_remark_that_calls_its_measure_by_number_is_about_that_measure(printed: str) -> None:
    text = f"{_SCORECARD}{printed} Steady since the summer. The England figure is 87%.\n"
    assert _england(text) == {("care_leavers_accommodation_pct", 87.0)}


def test_a_number_that_no_row_carries_names_nothing() -> None:
    text = f"{_SCORECARD}CP 9 Steady since the summer. CP 9 is new. The England figure is 87%.\n"
    assert _england(text) == set()


def test_a_quarter_is_no_reference_number() -> None:
    rows = _SCORECARD.replace("CP 4", "Q3").replace("CP 5", "Q4")
    assert _england(f"{rows}Q4 will be steady. The England figure is 87%.\n") == set()


def test_the_measure_named_in_words_behind_a_number_counts() -> None:
    text = f"{_SCORECARD}CP 4 Care leavers in suitable accommodation: the England figure is 87%.\n"
    assert _england(text) == {("care_leavers_accommodation_pct", 87.0)}
