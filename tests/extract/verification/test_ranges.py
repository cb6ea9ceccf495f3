"""A row of authorities against the range, the heads and the counts printed with it."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import held, read, told

RANGE = """| Measure | Wexcombe | Barnsley | Bolton | Bury | Derby | Durham | Top of range | Bottom of range |
|---|---|---|---|---|---|---|---|---|
| Re-referrals within 12 months % | 20.0 | 21.0 | 22.5 | 23.0 | 24.0 | 25.0 | 20.0 | 25.0 |
| Children looked after per 10,000 | 70.0 | 60.0 | 62.0 | 64.0 | 66.0 | 68.0 | 60.0 | 70.0 |
| Child protection plans per 10,000 | 40.0 | 41.0 | {value} | 43.0 | 44.0 | 45.0 | 40.0 | {bottom} |
"""


def test_a_range_that_is_its_rows_least_and_greatest_value_supports() -> None:
    text = RANGE.format(value="42.0", bottom="45.0")
    assert "extremes" in held(text)
    assert not told(text)


@pytest.mark.parametrize(
    ("value", "bottom", "sentence"),
    [
        ("24.0", "45.0", "the range printed is 40.0 to 45.0, but 24.0 per 10,000 in its row lies outside"),
        (
            "42.0",
            "48.0",
            "the range printed is 40.0 to 48.0, but no value of its row is 48.0: the nearest is 45.0 per 10,000",
        ),
    ],
)
def test_a_range_that_is_not_is_told_where_other_rows_agree(value: str, bottom: str, sentence: str) -> None:
    assert ("extremes", sentence) in told(RANGE.format(value=value, bottom=bottom))


def test_a_hidden_value_may_be_the_end_of_the_range_and_is_never_worked_out() -> None:
    text = RANGE.format(value="c", bottom="48.0")
    assert not told(text)
    assert not any("48" in check.text for seen in read(text).observations for check in seen.checks)


SHORT = (
    "Measure\tWexcombe\tBarnsley\tBolton\tBury\tDerby\tSN average\tPolarity\tBest\tWorst\n"
    "Re-referrals within 12 months\t20%\t21%\t22%\t23%\t24%\t22.5%\tLow is good\t20%\t24%\n"
    "Section 47 enquiries per 10,000\t{row}\tLow is good\t140\t160\n"
)


def test_a_row_with_fewer_values_than_heads_is_told() -> None:
    assert "cells" not in {name for name, _ in told(SHORT.format(row="140\t145\t150\t155\t160\t152.5"))}
    (found,) = [text for name, text in told(SHORT.format(row="140\t145\t150\t160\t151.7")) if name == "cells"]
    assert found == "the row has 4 values under the names of 5 authorities"


def test_the_whole_of_a_percentage_is_the_count_reported_for_it() -> None:
    text = "There were {count} referrals in quarter 2. Of 412 referrals, 89 (21.6%) were re-referrals within 12 months."
    assert "base" in held(text.format(count=412))
    assert not told(text.format(count=412))
    (wrong,) = told(text.format(count=421))
    assert wrong == ("base", "21.6% is said of 412, but 421 is reported for the same time")


def test_a_count_of_those_left_out_is_no_numerator_to_hold_against() -> None:
    assert not told("Child protection cases reviewed in timescale were 97.2% in Q2 (11 cases were not reviewed).")
    assert told("Care leavers in suitable accommodation were 91.8% in Q2 (139 young people).")
