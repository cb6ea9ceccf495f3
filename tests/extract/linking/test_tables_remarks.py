"""Cells that hold a value and a remark on it: the remark is read as a sentence about the row."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read
from townclerk.extract.linking.tables.openings import value_before_remark

_LABEL = "Initial conferences held within 15 working days"
_PERIOD = "2021-22-Q2"
_ID = "icpc_15_days_pct"
_VALUE = (_ID, "authority", _PERIOD, "actual", 88.5)
_BEFORE = (_ID, "authority", "2021-22-Q1", "actual", 80.9)
_TARGET = (_ID, "authority", _PERIOD, "target", 90.0)
_REMARKS = {
    "88.5% (climbing from 80.9% last quarter)": {_VALUE, _BEFORE},
    "88.5% – up on the 80.9% of quarter 1": {_VALUE, _BEFORE},
    "88.5% (Q1: 80.9%; target 90%)": {_VALUE, _BEFORE, _TARGET},
    "88.5% (previous quarter 80.9%, target 90%)": {_VALUE, _BEFORE, _TARGET},
    "88.5% against a target of 90%": {_VALUE, _TARGET},
    "88.5%; target 90%": {_VALUE, _TARGET},
    "88.5% vs 80.9% in Q1": {_VALUE, _BEFORE},
    "88.5% [target: 90%]": {_VALUE, _TARGET},
    "88.5% (provisional)": {_VALUE},
    "88.5% (England 83.0%)": {_VALUE, (_ID, "england", None, "actual", 83.0)},
}


@pytest.mark.parametrize("cell", _REMARKS)
@pytest.mark.parametrize(
    "table",
    [
        "{label}\t{cell}\n",
        "## Protecting children\n\n{label}\t{cell}\n\n## Workforce\n\nStaff turnover is told elsewhere.\n",
        "Measure\tResult\n{label}\t{cell}\n",
        "| What we look at | Position |\n|---|---|\n| {label} | {cell} |\n",
    ],
)
def test_a_remark_is_read_with_the_rows_label_as_its_subject(table: str, cell: str) -> None:
    assert placed(table.format(label=_LABEL, cell=cell), period=_PERIOD) == _REMARKS[cell]


def test_in_a_wider_table_the_remark_counts_from_the_time_of_its_column() -> None:
    text = f"Measure\tQ4 2020/21\tQ1 2021/22\n{_LABEL}\t79.0%\t80.9% (up from 79.0% in the previous quarter)\n"
    assert placed(text, period=_PERIOD) == {(_ID, "authority", "2020-21-Q4", "actual", 79.0), _BEFORE}


def test_the_counts_in_a_percentages_cell_are_its_parts() -> None:
    text = f"{_LABEL}\t88.5% (23 out of 26)\n"
    found = read(text, period=_PERIOD)
    assert [(o.value, o.numerator, o.denominator) for o in found] == [(88.5, 23.0, 26.0)]


@pytest.mark.parametrize(
    "cell",
    ["12 (8%)", "1,385", "3 cases", "2.4 placements each", "Monthly", "16-17 year olds", "12 months to June", ""],
)
def test_what_is_no_value_with_a_remark_is_left_whole(cell: str) -> None:
    assert value_before_remark(cell) == 0


def test_a_label_with_the_word_of_a_head_in_it_is_no_title() -> None:
    assert placed("### Front door\n\n% of referrals with an outcome of no further action\t7.0%\n", period=_PERIOD) == {
        ("referrals_nfa_pct", "authority", _PERIOD, "actual", 7.0)
    }


_SCORECARD = "Measure\tQ1\tQ2\tRAG\tComment\nInitial conferences held within 15 working days\t80.9%\t88.5%\tA\t{}\n"


def _in_comment(comment: str) -> set[tuple[str | None, str | None, str | None, str, float | None]]:
    rows = placed(_SCORECARD.format(comment), period=_PERIOD)
    return {one for one in rows if one[4] not in {80.9, 88.5}}


def test_a_comment_tells_of_other_places_and_of_measures_that_it_names() -> None:
    said = "Better than England (83%) in 2019/20. Vacancies stood at 12.6% in August."
    assert _in_comment(said) == {
        (_ID, "england", "FY2019-20", "actual", 83.0),
        ("sw_vacancy_pct", "authority", "2021-08", "actual", 12.6),
    }


def test_a_count_in_a_comment_is_no_value_of_its_row() -> None:
    assert _in_comment("Four of the late ones were one family. Two extra rooms have been booked.") == set()


_BELOW = (
    "Ref\tMeasure\tQ1\tQ2\nB1\tLooked after children (number)\t402\t411\n\tComment: {}\n"
    "B2\tLooked after children, rate per 10,000\t60.1\t61.4\n"
)


def test_a_row_of_sentences_is_read_as_the_comment_on_the_row_above() -> None:
    said = "New entrants were few. Re-referrals for the year to date are at 21.6% and adoptions so far number 7."
    found = placed(_BELOW.format(said), period=_PERIOD)
    assert ("rereferrals_pct", "authority", "YTD-2021-09", "actual", 21.6) in found


def test_a_comment_between_rows_names_no_group_of_those_below() -> None:
    said = "17 children came into care in the quarter and eight left. Four of the 17 are brothers and sisters."
    rates = {one.indicator_id for one in read(_BELOW.format(said), period=_PERIOD) if one.value in {60.1, 61.4}}
    assert rates == {"cla_rate"}


def test_half_of_something_in_a_comment_is_no_value_of_its_row() -> None:
    assert _in_comment("Better, though half the rooms of the venue were closed for repair in the period.") == set()
