"""How far down the heads of columns hold for rows that were printed without them."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, seen, told


def test_the_caption_of_another_table_ends_the_heads_in_force() -> None:
    text = """Table 1: reviews

Year 2020/21 2021/22 2022/23
Looked after children reviewed in time 91% 93% 92%
Care leavers in touch 88% 90% 94%

{caption}

Care leavers in suitable accommodation\t81\t85%
"""
    first = {o.period.code for o in read(text.format(caption="Table 1 (continued)")) if o.value == 85.0}
    other = {o.period.code for o in read(text.format(caption="Table 2: homes of care leavers")) if o.value == 85.0}
    assert first == {"FY2021-22"}
    assert "FY2021-22" not in other


def test_a_heading_that_ends_in_a_number_is_no_row() -> None:
    text = """## Repeat plans

||2021/22|Gap|
|---|---|---|
|Second or subsequent child protection plans|24.4%|+0.8%|

## Children looked after under section 20

|Q1|Q2|Q3|
|---|---|---|
|23.6%|24.2%|24.1%|
"""
    assert "cla_section_20_pct 24.1 actual 2022-12-31" in told(text)
    assert not [one for one in read(text) if one.indicator_id == "cpp_second_subsequent_pct" and one.value == 24.1]


def test_few_heads_do_not_hold_under_the_heading_of_another_measure() -> None:
    text = """Children in care by status

Status Number %
Interim care orders 118 17
Section 20 105 15

Care leavers in touch

North 72% 73%
South 76% 78%
"""
    assert not [
        one for one in read(text) if one.indicator_id == "cla_section_20_pct" and one.value in {72.0, 73.0, 76.0}
    ]


def test_a_placement_order_by_legal_status_is_one_in_force_not_one_granted() -> None:
    text = """Legal status of children in care

Status Number %
Interim care orders 118 17
Section 20 105 15
Placement orders 77 11
"""
    assert {one.indicator_id for one in read(text) if one.value == 77.0} == {"cla_placement_order_count"}


def test_a_row_that_names_its_measure_in_full_needs_no_caption() -> None:
    text = """Table 1: Reviews

2020/21 2021/22 2022/23
Number of children in care at 31 March 318 331 347
Looked after children reviewed in time 93% 95% 96%
"""
    found = told(text, period="FY2022-23")
    assert {"cla_count 318 actual 2021-03-31", "cla_count 347 actual 2023-03-31"} <= found
    assert not [one for one in found if one.startswith("cla_reviews_timely_count")]


def test_the_number_of_a_rate_at_a_labels_end_is_no_value() -> None:
    text = """Scorecard

Indicator 2020/21 2021/22 Stat neighbours England
Section 47 enquiries per 10,000 167.0 159.3 189.4 180.1
CP plans, rate per 10,000 42.2 40.8 46.9 42.1
"""
    found = told(text, period="FY2021-22")
    assert {"s47_rate 167 actual FY2020-21", "cpp_rate 42.2 actual 2021-03-31"} <= found


def test_a_code_with_a_leading_nought_is_no_value() -> None:
    text = """CYP 02 Looked after children reviews held on time
Q3 2022/23 94.0% Q2 2022/23 95.5% Target 97%
"""
    assert {one.value for one in read(text)} == {94.0, 95.5, 97.0}


def test_a_bar_parts_the_lines_of_a_tile() -> None:
    text = """Dashboard, December 2022

Personal education plans in date

96%

Target 95% | November 97%
"""
    assert {(o.value, o.role.value, o.period.code) for o in read(text, period="2022-12")} == {
        (96.0, "actual", "2022-12"),
        (95.0, "target", "2022-12"),
        (97.0, "actual", "2022-11"),
    }


def test_a_line_of_heads_is_no_title_and_hides_no_period() -> None:
    text = """Wexcombe Council
Corporate plan monitoring Q3 2022/23 - Priority: every child safe

Code Description Target Actual Last quarter Same quarter last year RAG
CP2 Repeat child protection plans 18% 23.3% 21.0% 19.4% Red
LC4 Looked after children with three or more placements 9% 8.8% 9.1% 10.2% Green
"""
    found = {o.period.code for o in read(text, period=None) if o.value in {23.3, 8.8}}
    assert found == {"2022-23-Q3"}


def test_a_measures_number_is_no_value_before_its_name() -> None:
    text = """PI 13 Rate of referrals per 10,000
Q3 2022/23 548.7

PI 12 % of referrals with a decision in 24 hours
Q3 2022/23 94.1%
"""
    assert {one.value for one in read(text)} == {548.7, 94.1}


def test_a_name_that_looks_like_a_heading_is_a_row_s_where_values_follow() -> None:
    found = seen(
        "Performance indicator\tTarget\tQ3 2022/2023\tRAG rating\n"
        "% early help cases closed with outcomes met\n70%\n68.4%\nAmber\n"
        "Re-referrals within 12 months\n20%\n19.1%\nGreen\n"
        "Number of section 47 enquiries\t-\t512\n"
    )
    assert ("eh_closed_outcomes_met_pct", "2022-23-Q3", "target", 70.0) in found
    assert ("rereferrals_pct", "2022-23-Q3", "actual", 19.1) in found
    assert ("rereferrals_pct", "2022-23-Q3", "target", 20.0) in found


_HEADS = """PI ref   Indicator                              2020/21   Target     Q1       Q2      RAG
                                                outturn   21/22      21/22    21/22
"""
_FIRST = "LP 3     Initial conferences in 15 days          81.4%     88%        83.8%    86.1%   A\n"


def _of(text: str, measure: str) -> set[tuple[str | None, str, float | None]]:
    return {(code, role, value) for found, code, role, value in seen(text) if found == measure}


def test_values_that_touch_below_a_comment_stand_under_the_heads_in_force() -> None:
    text = f"""Quarter 2 2021/22

{_HEADS}{_FIRST}Comment: two chairs were appointed in August and have taken on all of the conferences that had to wait.
LP 4     Reviews of looked after children held in time   94.0%    97%  92.6%95.3%   R
LP 5     Dental checks within 12 months   71.5%    85%  74.2% 77.0%   R
"""
    assert _of(text, "cla_dental_pct") == {
        ("FY2020-21", "actual", 71.5),
        ("FY2021-22", "target", 85.0),
        ("2021-22-Q1", "actual", 74.2),
        ("2021-22-Q2", "actual", 77.0),
    }
    assert {value for _, _, value in _of(text, "cla_reviews_timely_pct")} == {94.0, 97.0, 92.6, 95.3}


def test_the_key_above_a_table_is_no_row_of_heads() -> None:
    key = "KEY   G on target    A within 5% of target    R further away\n"
    text = f"Quarter 2 2021/22\n\n{key}{_HEADS}{_FIRST}"
    assert _of(text, "icpc_15_days_pct") == _of(f"Quarter 2 2021/22\n\n{_HEADS}{_FIRST}", "icpc_15_days_pct")
    assert ("FY2020-21", "actual", 81.4) in _of(text, "icpc_15_days_pct")


def test_a_row_that_slipped_to_the_left_has_its_label_under_the_theme() -> None:
    text = (
        "Benchmarks 2020/21\n\nTheme\tMeasure\tWexcombe\tKent\tSuffolk\tNorfolk\tEngland\n"
        "Safety\tReferrals per 10,000\t512.0\t488.3\t500.1\t470.6\t494.3\n"
        "Re-referrals within 12 months\t\t23.4%\t21.0%\t20.2%\t24.9%\t22.7%\n"
    )
    assert {value for _, _, value in _of(text, "rereferrals_pct")} == {23.4, 21.0, 20.2, 24.9, 22.7}


def test_the_national_code_before_a_short_label_tells_which_measure_it_is() -> None:
    text = "Quarter 2 2011/12\n\nRef\tIndicator\tQ1\tQ2\nNI 64\tCP plans lasting 2 years or more\t8.8%\t6.1%\n"
    assert {value for _, _, value in _of(text, "cpp_ceased_2yrs_pct")} == {8.8, 6.1}
    assert _of(text.replace("NI 64", "SC 64"), "cpp_ceased_2yrs_pct") == set()


def test_a_national_code_in_the_label_s_own_cell_tells_it_too() -> None:
    rows = "NI 64 CP plans lasting 2 years or more | Low | 8.8 | 6.1\nNI 65 Second plans | Low | 12.1 | 14.0\n"
    text = f"Year end 2011/12\n\nMeasure | Good is | 2010/11 | 2011/12\n{rows}"
    assert {value for _, _, value in _of(text, "cpp_ceased_2yrs_pct")} == {8.8, 6.1}


def test_a_line_of_heads_right_above_rows_that_kept_their_tabs_heads_them_by_their_number() -> None:
    text = """Measure 2021/22 Target Oct 22 Nov 22 Dec 22 England 2021/22
Repeat referrals within a year\t24.4%\t\t23.1%\t22.8%\t22.0%\t21.5%
Initial conferences in 15 days\t70.2%\t80%\t77.3%\t78.1%\t81.8%\t-
"""
    assert seen(text) >= {
        ("rereferrals_pct", "FY2021-22", "actual", 24.4),
        ("rereferrals_pct", "2022-10", "actual", 23.1),
        ("rereferrals_pct", "2022-12", "actual", 22.0),
        ("icpc_15_days_pct", "2022-11", "actual", 78.1),
    }
    assert {one.value for one in read(text) if one.role.value == "target"} == {80.0}


_BASED = "Ref\tMeasure\t{}\tGood is\t2021/22\tDec 2022\tTarget 22/23\tEngland 2021/22\tRAG\n"
_BASED_ROW = "M1\tVisits to children on plans in time\tC\tHigh\t88.2%\t90.1%\t92.0%\t87.4%\tA\n"
_BASED_NEXT = (
    "M2\tInitial conferences in 15 days\tC\tHigh\t70.2%\t81.8%\t80.0%\t79.2%\tG\n"
    "M3\tLooked after children per 10,000\tP\tLow\t71.0\t73.4\t68.0\t70.0\tR\n"
)


@pytest.mark.parametrize("head", ["Basis", "Freq", "How told"])
def test_a_column_of_letters_that_a_key_explains_keeps_no_page_from_its_heads(head: str) -> None:
    rows = _BASED_ROW + _BASED_ROW.replace("M1", "M4").replace("C\t", "R\t") if head == "How told" else _BASED_ROW
    first = seen(f"{_BASED.format(head)}{rows}")
    assert ("cpp_visits_timely_pct", "2022-12", "actual", 90.1) in first
    assert not any(value is None for *_, value in first)


def test_the_next_page_of_a_table_with_a_column_of_letters_stands_under_its_heads() -> None:
    text = f"{_BASED.format('Basis')}{_BASED_ROW}\nScorecard | Page 1 of 2\n\n{_BASED_NEXT}\nScorecard | Page 2 of 2\n"
    assert seen(text) >= {
        ("icpc_15_days_pct", "FY2021-22", "actual", 70.2),
        ("icpc_15_days_pct", "2022-12", "actual", 81.8),
        ("icpc_15_days_pct", "FY2022-23", "target", 80.0),
        ("cla_rate", "2022-03-31", "actual", 71.0),
    }


def test_in_a_row_with_a_cell_for_each_head_a_torn_value_is_one() -> None:
    text = (
        f"{_BASED.format('Basis')}{_BASED_ROW}\nScorecard | Page 1 of 2\n\n{_BASED_NEXT.replace('81.8%', '8 1.8%')}\n"
    )
    assert ("icpc_15_days_pct", "FY2022-23", "target", 80.0) in seen(text)


def test_heads_printed_again_in_one_line_are_those_of_the_table_before() -> None:
    heads = "Measure\tGood is\tOct 2022\tNov 2022\tDec 2022\tTarget for period\tRating"
    rows = "Repeat referrals in a year\tLow\t23.1%\t22.8%\t22.0%\t20.0%\tRed\n"
    later = "Initial conferences in 15 days\tHigh\t77.3%\t78.1%\t81.8%\t80.0%\tGreen\n"
    again = "Measure Good is Oct 2022 Nov 2022 Dec 2022 Target for Rating period\n"
    text = f"{heads}\n{rows}\n\n{again}{later}"
    assert ("icpc_15_days_pct", "2022-10", "actual", 77.3) in seen(text)


@pytest.mark.parametrize("named", ["NI 117 16 to 18 year olds", "Young people 16 ‐ 18 years old"])
def test_the_ages_in_a_rows_name_are_none_of_its_values(named: str) -> None:
    text = (
        "Indicator\n2021/22\nQ1\nQ2\nQ3\nTarget\n\n"
        f"{named} who are not in education, employment or training (NEET)\n7.4%\n6.9%\n9.8%\n7.0%\n6.6%\n"
    )
    assert {(o.value, o.role.value, o.period.code) for o in read(text)} == {
        (7.4, "actual", "FY2021-22"),
        (6.9, "actual", "2022-23-Q1"),
        (9.8, "actual", "2022-23-Q2"),
        (7.0, "actual", "2022-23-Q3"),
        (6.6, "target", "2022-23-Q3"),
    }


def test_a_label_that_goes_on_below_leaves_which_way_is_better_where_it_stands() -> None:
    rows = """Ref\tIndicator\tGood is\t2021/22 outturn\tQ2 22/23\tQ3 22/23\tTarget\tRAG
NI 59\tAssessments in 45 working days\tHigh\t71.0%\t74.1%\t78.6%\t80%\tA
Comment: Third rise running.

NI 64\tChild protection plans ending that had\tLow
lasted two years or more\t6.4%\t3.9%\t5.2%\t5%\tR
"""
    assert told(rows) >= {
        "cpp_ceased_2yrs_pct 6.4 actual FY2021-22",
        "cpp_ceased_2yrs_pct 5.2 actual 2022-23-Q3",
        "cpp_ceased_2yrs_pct 5 target 2022-23-Q3",
    }
