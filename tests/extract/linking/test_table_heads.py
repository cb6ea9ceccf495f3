"""Tables as councils lay them out: what heads, groups and words beside values mean, read end to end."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, seen


def test_a_long_line_between_rows_of_equal_width_names_their_group() -> None:
    text = (
        "Ref\tDescription\tPrevious Figure Q2 2022/23\tCurrent Figure Q3 2022/23\tCurrent Target\n"
        "2. Families in every part of the borough get the help that they need at the right time\n"
        "F12\tPercentage of re-referrals within 12 months\t18.4%\t19.2%\t17.0%\n"
        "3. Children are safe\n"
        "F14\tNumber of looked after children\t402\t411\t-\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q2", "actual", 18.4),
        ("rereferrals_pct", "2022-23-Q3", "actual", 19.2),
        ("rereferrals_pct", "2022-23-Q3", "target", 17.0),
        ("cla_count", "2022-09-30", "actual", 402.0),
        ("cla_count", "2022-12-31", "actual", 411.0),
    }


def test_heads_behind_a_blank_line_and_of_another_width_open_a_table_of_their_own() -> None:
    text = (
        "RAG Rating\t\tDirection of Travel\n"
        "Red\tWorse than target\tBetter than before\n"
        "\n"
        "Indicator\tGood is\tQ2 2022/23\tQ3 2022/23\tTarget\n"
        "Re-referrals within 12 months\tLow\t18.4%\t19.2%\t17.0%\n"
    )
    assert ("rereferrals_pct", "2022-23-Q3", "actual", 19.2) in seen(text)


def test_the_colour_named_behind_a_value_is_its_own() -> None:
    text = "Indicator\tTarget\tQ3 2022/23\nRe-referrals within 12 months\t17.0%\t19.2% AMBER\n"
    found = {(o.role.value, o.value, o.rag and o.rag.value) for o in read(text)}
    assert found == {("target", 17.0, None), ("actual", 19.2, "amber")}


def test_words_that_stand_for_no_value_do_not_take_the_labels_place() -> None:
    text = (
        "Ref\tDescription\tActual 2021/22\tTarget 2022/23\tQuarter 3\n"
        "A1\tRe-referrals within 12 months\t18%\t17%\t19%\n"
        "A2\tInitial child protection conferences within 15 days of Section 47\tNew measure\t85%\t71%\n"
    )
    assert {one for one in seen(text) if one[0] == "icpc_15_days_pct"} == {
        ("icpc_15_days_pct", "FY2022-23", "target", 85.0),
        ("icpc_15_days_pct", "2022-23-Q3", "actual", 71.0),
    }


def test_the_year_over_comparators_outweighs_what_a_row_says_of_its_own_data() -> None:
    text = (
        "Indicator\tData Period\tNov-22\tDec-22\tOutturn 2021-22\tEngland as at Mar 2022\n"
        "Re-referrals within 12 months\tR12M\t19.0%\t19.2%\t18.1%\t21.5%\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "R12-2022-11", "actual", 19.0),
        ("rereferrals_pct", "R12-2022-12", "actual", 19.2),
        ("rereferrals_pct", "FY2021-22", "actual", 18.1),
        ("rereferrals_pct", "R12-2022-03", "actual", 21.5),
    }


def test_numbers_behind_arrows_are_what_the_arrows_are_drawn_against() -> None:
    text = (
        "Indicator\t2022/23 Q3 Target\t2022/23 Q3 Result\tDOT against Quarter 2 (2022/23)\t\n"
        "Re-referrals within 12 months\t17.0%\t19.2%\t↑\t18.4%\n"
        "Conferences held within 15 days of the section 47 enquiry\t85%\t79.1%\t↓\t80.3%\n"
    )
    assert {
        ("rereferrals_pct", "2022-23-Q2", "actual", 18.4),
        ("icpc_15_days_pct", "2022-23-Q2", "actual", 80.3),
    } < seen(text)


def test_bands_of_colour_are_no_targets_and_a_trend_over_years_heads_values() -> None:
    text = (
        "No.\tIndicator\tGood perf is\tData note\t2022/23\t\tRAG (in month)\tTarget and tolerances\t\t\tTrend\t\n"
        "\t\t\t\tNov-22\tDec-22\t\tRed\tAmber\tTarget Green\t2020/21\t2021/22\n"
        "6.1\t% of CLA reviews held in timescale\tHigh\tPercentage\t93.1%\t93.4%\t\t<90%\t90%>\t95%>\t91.0%\t92.2%\n"
        "6.2\tAdmissions of looked after children\tInfo\tCount\t12\t9\t\tn/a\tn/a\tn/a\t131\t140\n"
    )
    assert seen(text) == {
        ("cla_reviews_timely_pct", "2022-11", "actual", 93.1),
        ("cla_reviews_timely_pct", "2022-12", "actual", 93.4),
        ("cla_reviews_timely_pct", "2022-23-Q3", "target", 95.0),
        ("cla_reviews_timely_pct", "FY2020-21", "actual", 91.0),
        ("cla_reviews_timely_pct", "FY2021-22", "actual", 92.2),
        ("cla_started_count", "2022-11", "actual", 12.0),
        ("cla_started_count", "2022-12", "actual", 9.0),
        ("cla_started_count", "FY2020-21", "actual", 131.0),
        ("cla_started_count", "FY2021-22", "actual", 140.0),
    }


def test_care_leavers_in_touch_are_the_base_of_what_they_do() -> None:
    text = "Indicator\tQ3 2022/23\n% of care leavers in EET (of those we are in touch with)\t57.9%\n"
    assert {indicator for indicator, *_ in seen(text)} == {"care_leavers_eet_pct"}


def test_a_note_on_years_is_heard_where_its_words_are_glued() -> None:
    text = (
        "Each column is the financial year that ended inMarch of the year shown.\n\n"
        "Re-referrals within 12 months\n\tWexcombe\tEngland\n2021\t18.4%\t22.1%\n2022\t19.2%\t21.5%\n"
    )
    assert {one[1] for one in seen(text)} == {"FY2020-21", "FY2021-22"}


def test_the_own_name_misspelt_in_a_row_of_places_is_the_authority_s() -> None:
    text = (
        "Re-referrals within 12 months\n\n| Place | 2021/22 |\n|---|---|\n| {} | 18.4% |\n| Thrapley | 17.2% |\n"
        "| South East | 20.4% |\n| England | 21.5% |\n"
    )
    own = {o.value for o in read(text.format("Wexcomhe Council")) if o.area and o.area.is_reporting_authority}
    assert own == {18.4}
    both = text.format("Wexcombe") + "| Wexcomb | 16.0% |\n"
    assert {o.value for o in read(both) if o.area and o.area.is_reporting_authority} == {18.4}


def test_what_was_first_reported_and_why_it_changed_are_no_values() -> None:
    text = (
        "| Measure | Original figure | Correct figure (Q3 2022/23) | Reason |\n|---|---|---|---|\n"
        "| Percentage of re-referrals within 12 months | 18.4% | 19.2% | Late recording |\n"
        "| Number of looked after children | 402 | 411 | Duplicates removed |\n"
    )
    assert {one[3] for one in seen(text)} == {19.2, 411.0}


def test_a_bare_year_over_values_of_a_yearly_return_closed_on_its_31_march() -> None:
    text = (
        "Children looked after per 10,000 children aged under 18\n\n"
        "Area\t2020\t2021\nWexcombe\t61\t63\nStatistical Neighbours\t70\t72.5\nEngland\t67\t67\n"
    )
    assert {(period, value) for _, period, _, value in seen(text)} == {
        ("2020-03-31", 61.0),
        ("2021-03-31", 63.0),
        ("2020-03-31", 70.0),
        ("2021-03-31", 72.5),
        ("2020-03-31", 67.0),
        ("2021-03-31", 67.0),
    }


def test_targets_over_one_of_the_years_ahead_is_the_head_of_all_of_them() -> None:
    text = (
        "Measure\t2007-08 Actual\tAll England TQ\t2008-09 Target\t2008-09 Actual\t2009-10\tTargets 2010-11\t2011-12\n"
        "Re-referrals within 12 months\t22.5%\t18%\t20%\t21.1%\t19%\t18%\t17%\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "FY2007-08", "actual", 22.5),
        ("rereferrals_pct", "FY2008-09", "target", 20.0),
        ("rereferrals_pct", "FY2008-09", "actual", 21.1),
        ("rereferrals_pct", "FY2009-10", "target", 19.0),
        ("rereferrals_pct", "FY2010-11", "target", 18.0),
        ("rereferrals_pct", "FY2011-12", "target", 17.0),
    }


def test_a_page_of_one_measure_has_its_name_in_a_row_and_two_lines_of_heads() -> None:
    text = (
        "Measure 12: Children subject to a child protection plan per 10,000\tBack to list\tJanuary 2023\n\n"
        "Target\tDirection\tCurrent Month\tPrevious Month\n40.0\t↓\t36.3\t38.4\n\n"
        "Statistical Neighbours Mean\tEngland Mean\tRAG Rating\n41.2\t43.7\tGreen\n"
    )
    found = {(o.value, o.role.value, o.area.kind.value if o.area else None) for o in read(text)}
    assert found == {
        (40.0, "target", "authority"),
        (36.3, "actual", "authority"),
        (38.4, "actual", "authority"),
        (41.2, "actual", "statistical_neighbours"),
        (43.7, "actual", "england"),
    }


def test_the_captions_of_a_card_may_stand_below_its_numbers() -> None:
    text = (
        "Participation of Looked After Children in Reviews\n\n"
        "Achieved\n97.2\n%\nQuarter 3 December 2022\n95\n%\nTarget for December 2022\n"
    )
    assert seen(text) == {
        ("cla_review_participation_pct", "2022-23-Q3", "actual", 97.2),
        ("cla_review_participation_pct", "2022-23-Q3", "target", 95.0),
    }


def test_what_is_said_of_a_value_does_not_change_its_measure() -> None:
    assert seen("The number of looked after children is 411 and remains within target.") == {
        ("cla_count", "2022-12-31", "actual", 411.0)
    }


def test_a_month_and_its_year_are_one_time_whatever_stands_in_its_column() -> None:
    text = (
        "Short Name\tMinimise or Maximise\tLatest Month\tMonth's Value\tMonth Target\tAnnual Target 2022/23\tOutcome\n"
        "Rate of Looked After Children per 10,000\tGoldilocks\tDecember 2022\t72.2\t66\t65\tAt risk\n"
        "% of CLA reviews held in timescale\tMaximise\tDecember 2022\t93.4%\t94%\t95%\tOn course\n"
    )
    assert seen(text) == {
        ("cla_rate", "2022-12", "actual", 72.2),
        ("cla_rate", "2022-12", "target", 66.0),
        ("cla_rate", "2023-03-31", "target", 65.0),
        ("cla_reviews_timely_pct", "2022-12", "actual", 93.4),
        ("cla_reviews_timely_pct", "2022-12", "target", 94.0),
        ("cla_reviews_timely_pct", "FY2022-23", "target", 95.0),
    }


def test_a_year_that_has_not_closed_is_the_year_so_far() -> None:
    text = (
        "Description\tDec 2022\t\t2022/23\t\n\tValue\tTarget\tValue\tTarget\n"
        "First time entrants to the youth justice system\t4\t6\t38\t54\n"
    )
    assert ("yj_fte_count", "YTD-2022-12", "actual", 38.0) in seen(text)
    assert ("yj_fte_count", "FY2022-23", "target", 54.0) in seen(text)


def test_rows_of_times_are_of_the_measure_named_above_them() -> None:
    text = (
        "Indicator\tWexcombe\tSouth West\tEngland\n"
        "First time entrants: rate per 100,000 aged 10-17\nJan 21 - Dec 21 (latest period)\t161\t149\t152\n"
        "percent change from selected baseline\t-9.1%\t-7.4%\t-6.2%\n"
        "Use of custody rate per 1,000 aged 10-17\nApr 21 - Mar 22 (latest period)\t0.13\t0.09\t0.11\n"
        "Binary rate of reoffending - Apr 20 - Jun 20 cohort\t31.4%\t30.2%\t33.1%\n"
    )
    assert {(indicator, period) for indicator, period, _, _ in seen(text)} == {
        ("yj_fte_rate", "CY2021"),
        ("yj_custody_rate", "FY2021-22"),
        ("yj_reoffending_binary_pct", "2020-21-Q1"),
    }


def test_a_cell_may_list_the_values_of_other_places() -> None:
    text = (
        "Indicator\tQ3 2022/23 Result\tBenchmarking\n"
        "Re-referrals within 12 months\t19.2%\tStatistical Neighbours 20.4% (2021/22) England 21.5% (2021/22)\n"
    )
    found = {(o.value, o.period.code, o.area.kind.value if o.area else None) for o in read(text)}
    assert found == {
        (19.2, "2022-23-Q3", "authority"),
        (20.4, "FY2021-22", "statistical_neighbours"),
        (21.5, "FY2021-22", "england"),
    }


def test_the_number_of_an_enquiry_is_part_of_its_name() -> None:
    assert seen("Measure\t2021/22\nS47 enquiries per 10,000\t160.9\n1.3 S47 enquiries per 10,000\t160.9\n") == {
        ("s47_rate", "FY2021-22", "actual", 160.9)
    }


def test_benchmark_rows_name_a_place_and_the_row_above_their_measure() -> None:
    text = (
        "Indicator\t2020/21\t2021/22\nCLA per 10,000 population (snapshot)\t56\t59\n"
        "Benchmark - National Data\t67\t70\nBenchmark - Regional Data\t72\t74\n"
    )
    assert {o.value: o.area.kind.value for o in read(text) if o.area and o.indicator_id == "cla_rate"} == {
        56.0: "authority",
        59.0: "authority",
        67.0: "england",
        70.0: "england",
        72.0: "region",
        74.0: "region",
    }


def test_children_counted_with_the_unaccompanied_are_all_children_looked_after() -> None:
    assert seen("Measure\tDec-22\nNumber of Children in Care (including UASC)\t381\n") == {
        ("cla_count", "2022-12", "actual", 381.0)
    }


def test_the_end_of_an_unnamed_month_in_a_head_is_that_of_each_row() -> None:
    text = "Month\tReferrals\t% re-referrals\tCP plans at month end\nOct-22\t231\t18.2%\t294\nNov-22\t244\t19.7%\t301\n"
    assert {one for one in seen(text) if one[0] == "cpp_count"} == {
        ("cpp_count", "2022-10", "actual", 294.0),
        ("cpp_count", "2022-11", "actual", 301.0),
    }


def test_lines_without_tabs_fill_their_heads_and_lack_the_places_at_the_end() -> None:
    text = (
        "Performance measure 2020/21 2021/22 Oct-22 Nov-22 Dec-22 Target SN England\n\n"
        "LAC reviews on time 95% 96% 97% 98% 97% 98%\n"
        "LAC with 3 or more placements in 12 months 9% 9% 8% 8% 9% 10% 11% 12%\n"
        "Care leavers in EET 49% 52% 51% 54% 55% 60% 51% 53%\n"
    )
    assert {one for one in seen(text) if one[0] == "cla_reviews_timely_pct"} == {
        ("cla_reviews_timely_pct", "FY2020-21", "actual", 95.0),
        ("cla_reviews_timely_pct", "FY2021-22", "actual", 96.0),
        ("cla_reviews_timely_pct", "2022-10", "actual", 97.0),
        ("cla_reviews_timely_pct", "2022-11", "actual", 98.0),
        ("cla_reviews_timely_pct", "2022-12", "actual", 97.0),
        ("cla_reviews_timely_pct", "2022-23-Q3", "target", 98.0),
    }
    assert ("care_leavers_eet_pct", "FY2020-21", "actual", 49.0) in seen(text)


def test_a_theme_of_children_told_as_a_sentence_heads_its_table() -> None:
    text = (
        "Theme: older people and adult social care\n\n"
        "Description\tOutturn 2020/21\tTarget\tSep 2021\nHome care packages begun within 2 days\t82%\t91%\t88%\n"
        "Direct payments\t30%\t33%\t31%\n\n"
        "Children grow up safe and well\n\n"
        "Description\tOutturn 2020/21\tTarget\tSep 2021\nCore groups held on time\t81%\t95%\t87%\n"
        "Early help assessments completed on time\t67%\t76%\t73%\n"
    )
    found = read(text)
    assert {one.indicator_id for one in found} == {"cpp_core_groups_timely_pct", "eh_assessment_timeliness_pct"}
    assert sorted(one.value for one in found if one.value is not None) == [67, 73, 76, 81, 87, 95]


def test_a_mark_that_a_converter_gave_to_the_rows_number_is_the_labels() -> None:
    text = (
        "No.\tMeasure\tNov 22\tDec 22\n1%\tof child protection visits on time\t82\t85\n"
        "2#\tof children in care\t341\t349\n"
    )
    assert seen(text) == {
        ("cpp_visits_timely_pct", "2022-11", "actual", 82.0),
        ("cpp_visits_timely_pct", "2022-12", "actual", 85.0),
        ("cla_count", "2022-11", "actual", 341.0),
        ("cla_count", "2022-12", "actual", 349.0),
    }


def test_a_year_and_the_twelve_months_to_its_end_are_a_figure_each_where_each_has_a_column() -> None:
    text = "Indicator\tFY 2021/22\tRolling 12m to Mar 22\tQ3 2022/23\nRe-referrals within 12 months\t19%\t19%\t21%\n"
    assert seen(text) == {
        ("rereferrals_pct", "FY2021-22", "actual", 19.0),
        ("rereferrals_pct", "R12-2022-03", "actual", 19.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 21.0),
    }


def test_rows_of_months_stand_under_the_heads_of_their_measures() -> None:
    text = (
        "Month\tVacancy rate of social workers\tAgency social worker rate\n"
        "November 2022\t17.7%\t15.2%\nDecember 2022\t16.9%\t14.4%\nTarget\t12%\t10%\nEngland\t18.9%\t17.8%\n"
    )
    assert {one for one in seen(text) if one[2] == "actual" and one[1]} == {
        ("sw_vacancy_pct", "2022-11", "actual", 17.7),
        ("sw_vacancy_pct", "2022-12", "actual", 16.9),
        ("agency_sw_pct", "2022-11", "actual", 15.2),
        ("agency_sw_pct", "2022-12", "actual", 14.4),
    }


def test_a_quarter_over_a_value_is_of_the_year_in_the_column_of_years() -> None:
    text = "Table 1: Re-referrals within 12 months\nYear\tQ1\tQ2\n2020/21\t18.5%\t19.5%\n2021/22\t20.5%\t21.5%\n"
    assert seen(text) == {
        ("rereferrals_pct", f"{year}-Q{quarter}", "actual", value)
        for year, quarter, value in [
            ("2020-21", 1, 18.5),
            ("2020-21", 2, 19.5),
            ("2021-22", 1, 20.5),
            ("2021-22", 2, 21.5),
        ]
    }


def test_a_damaged_name_among_places_is_put_right() -> None:
    heads = "\tWexcombe\tBramc0mbe\tGresweIl\tLeeds\tEngland average"
    found = read(
        f"How we compare 2021/22\n\n{heads}\nRe-referrals within 12 months\t20.1%\t21.2%\t18.3%\t22.4%\t23.5%\n"
    )
    assert {o.value: o.area.name for o in found if o.area and o.area.kind.value == "authority"} == {
        20.1: "Wexcombe",
        21.2: "Bramcombe",
        18.3: "Greswell",
        22.4: "Leeds",
    }


def test_heads_wrapped_over_three_rows_each_name_one_column() -> None:
    text = (
        "Table 1: Attainment of children looked after\n\n\tWexcombe\tWexcombe\tSimilar\tSouth\tEngland\n"
        "\t2021\t2022\tCouncils\tWest\t2022\n\t\t\t2022\t2022\t\nKS4 Attainment 8\t17.9\t19.2\t20.4\t18.8\t19.6\n"
    )
    found = {(one.area.kind.value if one.area else None, one.period.code, one.value) for one in read(text)}
    assert found == {
        ("authority", "AY2020-21", 17.9),
        ("authority", "AY2021-22", 19.2),
        ("statistical_neighbours", "AY2021-22", 20.4),
        ("region", "AY2021-22", 18.8),
        ("england", "AY2021-22", 19.6),
    }


def test_a_year_to_date_that_names_its_last_month_reaches_no_further() -> None:
    text = (
        "Measure\tNov 22\tYear to date (to Nov)\tMilestone Mar 23\n"
        "Initial conferences in 15 days\t77.8%\t80.1%\t85%\nRe-referrals\t22.0%\t21.4%\t20%\n"
    )
    assert ("icpc_15_days_pct", "YTD-2022-11", "actual", 80.1) in seen(text)


def test_a_year_to_date_without_its_month_reaches_to_no_month_that_is_aimed_at() -> None:
    text = (
        "Measure\tOct 22\tNov 22\tYTD\tMilestone Mar 23\n"
        "Initial conferences in 15 days\t76.0%\t77.8%\t80.1%\t85%\nRe-referrals\t21.0%\t22.0%\t21.4%\t20%\n"
    )
    assert ("icpc_15_days_pct", "YTD-2022-11", "actual", 80.1) in seen(text, period="2022-11")


@pytest.mark.parametrize("heads", ["England rate\tSN rate", "England\tSimilar councils"])
def test_beside_a_count_and_its_rate_other_places_are_told_by_their_rates(heads: str) -> None:
    text = (
        f"### Looked after children at 31 March\n\nYear\tNumber\tRate per 10,000\t{heads}\n"
        "2021\t498\t46.2\t67\t51\n2022\t532\t49.4\t70\t52\n"
    )
    found = {(one.indicator_id, one.value) for one in read(text) if one.area and one.area.kind.value != "authority"}
    assert found == {("cla_rate", 67), ("cla_rate", 51), ("cla_rate", 70), ("cla_rate", 52)}


def test_neighbours_of_the_counts_own_size_are_counted() -> None:
    text = (
        "Measure\tDec 22\tStat neighbours\nLooked after children\t498\t470\nLooked after rate per 10,000\t46.2\t51.0\n"
    )
    assert {(one.indicator_id, one.value) for one in read(text)} >= {("cla_count", 470), ("cla_rate", 51.0)}


def test_a_place_over_the_labels_beside_times_is_whose_values_stand_below() -> None:
    text = (
        "# Children looked after\n\nWexcombe LAC | 2019/20 | 2020/21\nNumber | 412 | 431\nRate per 10,000 | 61 | 64\n"
        "Yorkshire & Humber | 2019/20 | 2020/21\nRate per 10,000 | 79 | 81\n"
        "England | 2019/20 | 2020/21\nRate per 10,000 | 67 | 70\n"
        "National indicator | 2019/20 | 2020/21\nCare leavers in suitable accommodation | 88% | 91%\n"
    )
    found = {(one.indicator_id, one.area.kind.value, one.value) for one in read(text) if one.area}
    assert {one for one in found if one[1] != "authority"} == {
        ("cla_rate", "region", 79.0),
        ("cla_rate", "region", 81.0),
        ("cla_rate", "england", 67.0),
        ("cla_rate", "england", 70.0),
    }
    assert {value for _, kind, value in found if kind == "authority"} == {412, 431, 61, 64, 88, 91}


def test_a_place_over_labels_of_one_word_heads_no_values() -> None:
    text = (
        "# First time entrants\n\nYorkshire & Humber | 2018/19 | 2019/20 | 2020/21 |\nNumber | 1004 | 917 | ||\n"
        "Rate per 100,000 | 441 | 401 | ||\n"
    )
    found = {(one.area.kind.value, one.period.code, one.value) for one in read(text) if one.area}
    assert found == {
        ("region", "FY2018-19", 1004.0),
        ("region", "FY2019-20", 917.0),
        ("region", "FY2018-19", 441.0),
        ("region", "FY2019-20", 401.0),
    }


def test_a_countrys_number_is_not_held_against_what_an_authority_may_have() -> None:
    text = (
        "# Children looked after\n\nArea\tMarch 2020\tMarch 2021\nWexcombe\t412\t431\nEngland\t80,080\t80,850\n"
        "Bramcombe\t80,080\t431\n"
    )
    found = {(one.area.kind.value if one.area else None, one.value) for one in read(text)}
    assert {("england", 80080.0), ("england", 80850.0)} <= found
    assert ("authority", 80080.0) not in found


BESIDE_ITS_RATE = {
    ("s47_count", "FY2020-21", "actual", 512.0),
    ("s47_count", "FY2021-22", "actual", 577.0),
    ("s47_rate", "FY2021-22", "actual", 148.2),
}


@pytest.mark.parametrize(
    "table",
    [
        "1 April 2020 – 31 March 2021\n\n1 April 2021 – 31 March 2022\n\n512\n\n577 (148.2 per 10,000, 0 – 17)\n",
        "1 April 2020 – 31 March 2021\t1 April 2021 – 31 March 2022\n512\t577 (148.2 per 10,000, 0 – 17 population)\n",
        "| 2020/21 | 2021/22 |\n|---|---|\n| 512 | 577 (148.2 per 10,000) |\n",
    ],
)
def test_a_cell_may_hold_a_count_and_its_rate_below_the_text_that_explains_the_measure(table: str) -> None:
    text = f"Section 47 enquiries – these are begun where a child may be coming to harm.\n\n{table}"
    assert seen(text, period="FY2021-22") == BESIDE_ITS_RATE


def test_years_ending_in_march_are_told_of_once_for_all_bare_years() -> None:
    text = (
        "What follows draws on our own returns (years ending 31 March).\n\n"
        "| | 2021 | 2022 |\n|---|---|---|\n| Return home interviews completed | 61% | 72% |\n"
    )
    assert seen(text) == {
        ("rhi_completed_pct", "FY2020-21", "actual", 61.0),
        ("rhi_completed_pct", "FY2021-22", "actual", 72.0),
    }


def test_ages_over_values_are_heads_and_no_heads_from_an_earlier_table_take_their_place() -> None:
    text = (
        "| Visits | Jul | Aug | Sep |\n|---|---|---|---|\n| CIN visits on time | 58% | 55% | 76% |\n\nCare leavers\n\n"
        "\t17-18\t19-21\tEngland 19-21 (Mar 2022)\nSuitable accommodation\t91%\t87%\t83%\nIn EET\t66%\t52%\t48%\n"
    )
    found = {(o.area.kind.value, o.value) for o in read(text) if o.area and "care_leavers" in (o.indicator_id or "")}
    assert found == {("england", 83.0), ("england", 48.0)}


@pytest.mark.parametrize("label", ["Rate per 10,000", "Rate per 10,000 u18", "Per 10k", "Rate per 10,000 population"])
@pytest.mark.parametrize("place", ["England (rate)", "England"])
def test_a_rate_below_a_count_is_the_counts_and_so_are_the_rates_of_places_below_it(label: str, place: str) -> None:
    text = (
        "| | Q1 22/23 | Q2 22/23 |\n|---|---|---|\n| Children looked after | 391 | 399 |\n"
        f"| {label} | 59.9 | 60.8 |\n| {place} | 66 | 67 |\n| UASC | 12 | 14 |\n"
    )
    assert {(o.indicator_id, o.area.kind.value, o.value) for o in read(text) if o.area} >= {
        ("cla_rate", "authority", 60.8),
        ("cla_rate", "england", 67.0),
        ("uasc_count", "authority", 14.0),
    }


def test_what_a_bracket_counts_with_a_measure_is_not_what_the_row_is_about() -> None:
    text = (
        "| | Q2 22/23 | Q3 22/23 |\n|---|---|---|\n| Contacts received (including step ups) | 702 | 861 |\n"
        "| NEET (including not known) | 6% | 7% |\n"
    )
    found = {(o.indicator_id, o.value) for o in read(text)}
    assert ("contacts_count", 861.0) in found
    assert ("eh_step_up_count", 861.0) not in found


def test_a_target_beside_a_month_newer_than_the_report_is_of_that_month() -> None:
    text = (
        "| | Nov 22 | Dec 22 | Jan 23 | Target |\n|---|---|---|---|---|\n"
        "| CLA reviews in time | 95% | 90% | 94% | 97% |\n| Visits to CIN in time | 88% | 85% | 87% | 92% |\n"
    )
    assert ("cla_reviews_timely_pct", "2023-01", "target", 97.0) in seen(text, period="2022-23-Q3")
    assert ("cla_reviews_timely_pct", "2022-23-Q4", "target", 97.0) in seen(text, period="2022-23-Q4")


def test_rows_that_name_only_a_unit_are_of_the_group_they_open() -> None:
    text = (
        "| Area | Measure | Q2 22/23 | Q3 22/23 |\n|---|---|---|---|\n| Front door | Referrals | 402 | 398 |\n"
        "| | Re-referrals | 21% | 22% |\n| Children in care | Number | 391 | 406 |\n| | Rate per 10k | 61.2 | 63.0 |\n"
    )
    assert {(o.indicator_id, o.value) for o in read(text)} == {
        ("referrals_count", 402.0),
        ("referrals_count", 398.0),
        ("rereferrals_pct", 21.0),
        ("rereferrals_pct", 22.0),
        ("cla_count", 391.0),
        ("cla_count", 406.0),
        ("cla_rate", 61.2),
        ("cla_rate", 63.0),
    }


def test_years_under_a_head_of_targets_that_slid_to_the_left_are_years_of_results() -> None:
    text = (
        "\t\t2022/23\t\tYEAR ON YEAR\t\tTarget and tolerances\t\tBENCHMARKING 2020/21\n"
        "No.\tIndicator\tNov-22\tDec-22\tRAG\tYTD\t2020/21\t2021/22\tRed\tTarget Green\tNAT AVE\n"
        "1\tRe-referrals\t22%\t20%\tRed\t21%\t25%\t24%\t24%\t19%\t23%\n"
        "2\tSection 47 enquiries\t90\t95\t-\t700\t1,066\t1,189\t-\t-\t-\n"
    )
    found = seen(text, period="2022-12")
    assert found >= {
        ("rereferrals_pct", "FY2020-21", "actual", 25.0),
        ("rereferrals_pct", "FY2021-22", "actual", 24.0),
        ("rereferrals_pct", "2022-12", "target", 19.0),
        ("s47_count", "FY2021-22", "actual", 1189.0),
    }


def test_a_head_over_groups_and_labels_moves_the_others_with_the_values() -> None:
    text = (
        "Service / Performance indicator\tGood is\tPrevious (Q3 2021/22 – Q2 2022/23)\t\t\t\tCurrent (2022/23)\t\n"
        "\t\tQ3\tQ4\tQ1\tQ2\tQ3 actual\tQ3 target\n"
        "Children's services\tChildren looked after\tLow\t312\t318\t326\t331\t344\t320\n"
        "\tPercentage of referrals that are re-referrals\tLow\t19%\t20%\t22%\t24%\t25%\t21%\n"
        "\tAssessments completed in 45 working days\tHigh\t82%\t85%\t87%\t89%\t91%\t90%\n"
    )
    assert seen(text) >= {
        ("cla_count", "2021-12-31", "actual", 312.0),
        ("rereferrals_pct", "2021-22-Q4", "actual", 20.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 25.0),
        ("rereferrals_pct", "2022-23-Q3", "target", 21.0),
        ("assessments_45_days_pct", "2022-23-Q2", "actual", 89.0),
    }


def test_a_heading_of_a_year_long_over_dates_the_table_below_it_and_is_no_title() -> None:
    text = (
        "Statistical neighbour comparison 2020/21\n\n| Authority | Re-referrals % | CLA rate |\n|---|---|---|\n"
        "| Wexcombe | 22.0 | 82 |\n| SN average | 21.0 | 75 |\n| England | 21.5 | 70 |\n"
    )
    found = seen(f"Quarter 3 2022/23 performance report\n\n{text}")
    assert ("rereferrals_pct", "FY2020-21", "actual", 21.5) in found
    assert ("cla_rate", "2021-03-31", "actual", 82.0) in found
