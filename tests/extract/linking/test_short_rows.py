"""Rows with fewer values than heads, and heads fewer than the values: what is told, and what stays open."""

from __future__ import annotations

from tests.extract.linking.reading import placed, read

_HEADS = "Measure 2020/21 2021/22 Q3 22/23 Target SN England\n"
_FULL = """Repeat referrals within a year 22.2% 23.0% 24.1% 20.0% 21.0% 21.5%
Assessments finished in 45 working days 81.1% 83.3% 80.2% 90.0% 84.4% 84.5%
"""


def _of(text: str, measure: str) -> set[tuple[str | None, str | None, str, float | None]]:
    return {(area, time, role, value) for found, area, time, role, value in placed(text) if found == measure}


def test_a_row_without_target_and_comparators_holds_the_times() -> None:
    found = _of(_HEADS + _FULL + "Number of looked after children 401 412 420\n", "cla_count")
    assert {value for *_, value in found} == {401.0, 412.0, 420.0}
    assert {area for area, *_ in found} == {"authority"}
    assert {role for *_, role, _ in found} == {"actual"}


def test_one_value_too_few_may_lack_target_or_comparator_and_leaves_both_open() -> None:
    found = _of(_HEADS + _FULL + "Initial conferences in 15 days 70.1% 72.2% 77.7% 81.0% 79.2%\n", "icpc_15_days_pct")
    assert {value for *_, value in found} == {70.1, 72.2, 77.7}


def test_comparators_are_left_out_together() -> None:
    found = _of(_HEADS + _FULL + "Initial conferences in 15 days 70.1% 72.2% 77.7% 85.0%\n", "icpc_15_days_pct")
    assert ("target", 85.0) in {(role, value) for *_, role, value in found}
    assert {area for area, *_ in found} == {"authority"}


def test_counts_behind_a_share_are_told_by_the_sign_they_lack() -> None:
    text = """Measure Num Den Q3 Q2 Target England SN
Repeat referrals within a year 41 170 24.1% 23.0% 20.0% 21.5% 21.0%
Assessments finished in 45 working days 101 126 80.2% 83.3% 90.0% 84.5% 84.4%
Visits to children with a protection plan in time 88 97 90.7% 91.0% 95.0%
"""
    found = _of(text, "cpp_visits_timely_pct")
    assert ("actual", 90.7) in {(role, value) for *_, role, value in found}
    assert ("target", 95.0) in {(role, value) for *_, role, value in found}
    assert {area for area, *_ in found} == {"authority"}


def test_a_table_with_a_head_too_few_is_doubted() -> None:
    text = """Measure\t2021/22\tQ3 22/23\tSN\tEngland
Repeat referrals within a year\t23.0%\t24.1%\t20.0%\t21.0%\t21.5%
Assessments finished in 45 working days\t83.3%\t80.2%\t90.0%\t84.4%\t84.5%
"""
    assert {one.confidence < 0.5 for one in read(text) if one.confidence is not None} == {True}
    whole = text.replace("SN", "Target\tSN")
    assert min(one.confidence or 0.0 for one in read(whole)) > 0.8


def test_a_table_with_numbers_under_the_head_of_its_arrows_is_doubted() -> None:
    text = """Measure\tTarget\tLast year\tEngland\tTravel
Repeat referrals within a year\t24.1%\t20.0%\t21.0%\t21.5%\t↓
Assessments finished in 45 working days\t83.3%\t80.2%\t90.0%\t84.4%\t↑
"""
    assert {one.confidence < 0.5 for one in read(text) if one.confidence is not None} == {True}
    whole = text.replace("Target", "Current\tTarget")
    assert min(one.confidence or 0.0 for one in read(whole)) > 0.8


def test_a_table_of_a_cell_a_line_is_doubted_where_it_has_a_head_too_few() -> None:
    text = """Measure
Q1 22/23
Q2 22/23
Q3 22/23
England 21/22
Repeat referrals within a year
20.0%
22.1%
21.4%
20.9%
21.5%
Initial conferences in 15 days
90.0%
88.1%
87.2%
89.9%
84.2%
"""
    assert {one.confidence < 0.5 for one in read(text) if one.confidence is not None} == {True}
    whole = text.replace("Measure", "Measure\nTarget")
    assert min(one.confidence or 0.0 for one in read(whole)) > 0.8


def test_no_head_is_taken_for_the_beginning_of_a_label_where_rows_have_a_cell_too_few() -> None:
    text = """Measure
Target
Q1 22/23
Q2 22/23
Q3 22/23
England 21/22
Repeat referrals within a year
22.1%
21.4%
20.9%
21.5%
Initial conferences in 15 days
88.1%
87.2%
89.9%
84.2%
"""
    assert {one.confidence < 0.5 for one in read(text) if one.confidence is not None} <= {True}


def test_rows_that_all_have_a_value_behind_their_last_head_stand_under_other_heads() -> None:
    text = """Measure
2020/21
2021/22
Statistical neighbours
England
Repeat referrals within a year
20.0%
22.1%
21.4%
20.9%
21.5%
Initial conferences in 15 days
90.0%
88.1%
87.2%
89.9%
84.2%
"""
    assert {one.confidence < 0.6 for one in read(text) if one.confidence is not None} == {True}


def test_a_row_that_ends_early_is_doubted_only_where_no_blank_keeps_its_place() -> None:
    rows = """Measure\tQ2 22/23\tQ3 22/23\tSN\tLondon\tEngland
Repeat referrals within a year\t23.0%\t24.1%\t21.0%\t19.0%\t21.5%
Initial conferences in 15 days\t72.2%\t77.7%\t80.0%
"""
    short = [one for one in read(rows) if one.value == 80.0]
    assert [one.flags for one in short] == [["row_short"]]
    kept = read(rows + "Assessments finished in 45 working days\t83.3%\t80.2%\t\t82.0%\t84.5%\n")
    assert [one.flags for one in kept if one.value == 80.0] == [[]]


def test_the_stamp_of_the_meeting_on_the_next_page_dates_no_row_below_it() -> None:
    text = (
        _HEADS
        + _FULL
        + """
Page 4

Wexcombe Council, People Scrutiny Committee 6 February 2023

Initial conferences in 15 days 70.1% 72.2% 77.7% 85.0% 81.0% 79.2%
Looked after children with three or more placements 9.9% 9.8% 10.2% 9.0% 10.0% 10.0%
"""
    )
    found = _of(text, "icpc_15_days_pct")
    assert {value for *_, value in found} == {70.1, 72.2, 77.7, 85.0, 81.0, 79.2}
    assert not [time for _, time, _, _ in found if time is not None and time.startswith("2023-02")]


def test_letters_and_sources_between_label_and_values_are_no_part_of_either() -> None:
    text = """Ref Measure Freq Source Aim Previous Current Target Status
1 Repeat referrals within a year Q Local L 22.2% 23.0% 20.0% Red
2 Assessments finished in 45 working days Q Local H 83.3% 80.2% 90.0% Red
3 Looked after children per 10,000 A DfE L 70.1 71.0 69.0 Amber
"""
    assert _of(text, "rereferrals_pct") == {
        ("authority", "2022-23-Q2", "actual", 22.2),
        ("authority", "2022-23-Q3", "actual", 23.0),
        ("authority", "2022-23-Q3", "target", 20.0),
    }
    assert {(role, value) for *_, role, value in _of(text, "cla_rate")} == {
        ("actual", 70.1),
        ("actual", 71.0),
        ("target", 69.0),
    }


def test_the_line_above_a_table_dates_it_where_the_paper_tells_no_time() -> None:
    text = """Comparisons for the year ending 31 March 2022

Measure Wexcombe SN London England
Repeat referrals within a year 22.2% 21.0% 19.0% 21.5%
Looked after children per 10,000 71.0 70.0 52.0 70.0
"""
    found = read(text, period=None)
    assert [one.period.code for one in found] == ["FY2021-22"] * 4 + ["2022-03-31"] * 4


def test_a_target_without_a_time_is_of_the_newest_result_beside_it() -> None:
    text = """Measure Mar 2022 Jun 2022 Sep 2022 Target
Repeat referrals within a year 22.2% 23.0% 24.1% 20.0%
Assessments finished in 45 working days 81.1% 83.3% 80.2% 90.0%
"""
    targets = {one.value: one.period.code for one in read(text, period=None) if one.role.value == "target"}
    assert targets == {20.0: "2022-09", 90.0: "2022-09"}


def test_a_digit_in_a_column_of_direction_is_an_arrow() -> None:
    text = """Measure 2021/22 Q3 22/23 Trend Target England
Repeat referrals within a year 22.2% 23.0% 5 20.0% 21.5%
% of assessments finished in 83.3% 80.2% 6 90.0% 84.5%
45 working days
Looked after children per 10,000 70.1 71.0 5 69.0 70.0
"""
    assert {value for *_, value in _of(text, "rereferrals_pct")} == {22.2, 23.0, 20.0, 21.5}
    assert ("target", 69.0) in {(role, value) for *_, role, value in _of(text, "cla_rate")}


def test_a_bare_sum_so_far_reaches_to_the_newest_month_beside_it() -> None:
    text = """Measure Target Apr-22 May-22 Jun-22 Jul-22 YTD
Referrals received 204 231 198 187 820
Repeat referrals within a year 20% 22.2% 23.0% 24.1% 21.4% 22.7%
Assessments finished in 45 working days 90% 81.1% 83.3% 80.2% 84.0% 82.1%
"""
    times = {one.value: one.period.code for one in read(text, period=None)}
    assert {value: times[value] for value in (820.0, 22.7, 82.1)} == dict.fromkeys((820.0, 22.7, 82.1), "YTD-2022-07")
