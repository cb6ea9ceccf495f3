"""Comments below a table row that tell a series of its times and values."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import seen

_HEAD = "Indicator\tTarget\tDec-22\tRAG\n"
_ROW = "Number of looked after children\t400\t411\tA\n"
_OWN = {("cla_count", "2022-12-31", "target", 400.0), ("cla_count", "2022-12", "actual", 411.0)}
_SERIES = {(f"2022-{month:02d}", value) for month, value in [(8, 402.0), (9, 404.0), (10, 399.0), (11, 408.0)]}


@pytest.mark.parametrize(
    "comment",
    [
        "Aug 402, Sep 404, Oct 399, Nov 408",
        "Aug: 402; Sep: 404; Oct: 399; Nov: 408.",
        "Aug 22 402, Sep 22 404, Oct 22 399 and Nov 22 408.",
        "Monthly figures: Aug 402, Sep 404, Oct 399, Nov 408. Two large families joined us.",
        "Aug (402), Sep (404), Oct (399), Nov (408)",
    ],
)
def test_the_values_told_below_a_row_are_its_measures(comment: str) -> None:
    text = f"{_HEAD}{_ROW}{comment}\n"
    assert seen(text) == _OWN | {("cla_count", time, "actual", value) for time, value in _SERIES}


def test_in_a_table_the_row_across_tells_them() -> None:
    text = (
        "| Indicator | Target | Q3 2022/23 |\n|---|---|---|\n| Re-referrals within 12 months | 20% | 21.4% |\n"
        "| Q1 19.8%, Q2 20.6% | | |\n| Children subject to a child protection plan | 150 | 163 |\n"
    )
    assert {one for one in seen(text) if one[0] == "rereferrals_pct"} == {
        ("rereferrals_pct", "2022-23-Q3", "target", 20.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 21.4),
        ("rereferrals_pct", "2022-23-Q1", "actual", 19.8),
        ("rereferrals_pct", "2022-23-Q2", "actual", 20.6),
    }


@pytest.mark.parametrize(
    "comment",
    [
        "In Oct 12, in Nov 14 and in Dec 9 children joined us from 3 families.",
        "Oct 41, Nov 38 families and 6 homes",
        "Oct 399",
        "Oct 39.9%, Nov 40.8%, Dec 41.1%",
    ],
)
def test_other_words_with_numbers_below_a_row_are_no_series(comment: str) -> None:
    assert seen(f"{_HEAD}{_ROW}{comment}\n") == _OWN
