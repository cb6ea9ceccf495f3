"""Tables read end to end: what a cell's row, column, neighbours and surroundings make of it."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read, seen
from tests.pdf_maker import Grid, Heading, Sheet, make_pdf
from townclerk.extract.pipeline import Extractor
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.settings import Settings


def test_a_cell_may_carry_its_own_head() -> None:
    assert seen("Re-referrals within 12 months\tQ1 21.4%\tQ2 22.0%\tQ3 20.7%\tTarget 20%") == {
        ("rereferrals_pct", "2022-23-Q1", "actual", 21.4),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2022-23-Q3", "target", 20.0),
    }


def test_a_forecast_cell_is_no_value_and_its_colour_not_the_measures() -> None:
    found = read("Re-referrals within 12 months\t20.7%\tStatus Red\tYear-end forecast 19% Green")
    assert [(o.value, o.rag and o.rag.value) for o in found] == [(20.7, "red")]


def test_the_quarters_of_a_cumulative_row_reach_from_april() -> None:
    assert seen("Children adopted, cumulative\tQ1 3\tQ2 7\tQ3 12") == {
        ("adoptions_count", "YTD-2022-06", "actual", 3.0),
        ("adoptions_count", "YTD-2022-09", "actual", 7.0),
        ("adoptions_count", "YTD-2022-12", "actual", 12.0),
    }


def test_a_caption_names_the_measure_of_rows_that_are_only_years() -> None:
    text = "Figure 2: Section 47 enquiries started\n| |Q1|Q2|Q3|Q4|\n|2021/22|90|95|101|88|\n|2022/23|97|103|110| |\n"
    assert seen(text) == {
        ("s47_count", code, "actual", value)
        for code, value in (
            ("2021-22-Q1", 90.0),
            ("2021-22-Q2", 95.0),
            ("2021-22-Q3", 101.0),
            ("2021-22-Q4", 88.0),
            ("2022-23-Q1", 97.0),
            ("2022-23-Q2", 103.0),
            ("2022-23-Q3", 110.0),
        )
    }


def _areas(text: str) -> dict[float | None, tuple[str | None, bool] | None]:
    """Whose each value is: the area's name and whether it is the reporting authority."""
    found = read(text, authority=None)
    return {o.value: (o.area.name, o.area.is_reporting_authority) if o.area else None for o in found}


def test_an_unknown_name_among_places_is_an_authority_of_that_name_and_never_the_reporting_one() -> None:
    text = (
        "Fernwold Borough Council\n\nChildren's services performance, 2022/23\n\n"
        "| Indicator | Fernwold | Quillmere | Team 4b | South East | England |\n|---|---|---|---|---|---|\n"
        "| Re-referrals within 12 months | 21% | 26% | 18% | 19% | 22% |\n"
    )
    found = _areas(text)
    assert found[26.0] == ("Quillmere", False)
    assert found[21.0] is not None
    assert found[21.0][1]
    assert found.get(18.0) is None


def test_an_unknown_name_among_rows_of_places_is_an_authority_too() -> None:
    text = (
        "Re-referrals within 12 months\n\n| Area | 2021/22 | 2022/23 |\n|---|---|---|\n"
        "| Quillmere | 26% | 27% |\n| South East | 19% | 20% |\n| England | 22% | 23% |\n"
    )
    found = _areas(text)
    assert found[26.0] == found[27.0] == ("Quillmere", False)


def test_a_head_that_is_no_place_beside_one_place_leaves_the_value_the_authoritys_own() -> None:
    text = "| Indicator | Result | England |\n|---|---|---|\n| Re-referrals within 12 months | 21% | 22% |\n"
    found = _areas(text)
    assert found[21.0] is not None
    assert found[21.0][1]


def test_only_the_total_beside_its_parts_is_the_authoritys_figure() -> None:
    text = (
        "| Measure | Moorside | Valley | Total |\n|---|---|---|---|\n"
        "| Section 47 enquiries started | 41 | 22 | 63 |\n| Children adopted | 3 | 1 | 4 |\n"
    )
    assert {value for *_, value in seen(text)} == {63.0, 4.0}


def test_rows_of_teams_above_a_total_are_parts_and_rows_of_times_are_not() -> None:
    heads = "| | Section 47 enquiries started | Children adopted |\n|---|---|---|\n"
    teams = heads + "| Moorside | 41 | 3 |\n| Valley | 22 | 1 |\n| Total | 63 | 4 |\n"
    assert {value for *_, value in seen(teams)} == {63.0, 4.0}
    times = heads + "| Q1 2022/23 | 41 | 3 |\n| Q2 2022/23 | 22 | 1 |\n"
    assert {value for *_, value in seen(times)} == {41.0, 3.0, 22.0, 1.0}


def test_letters_over_columns_stand_for_the_words_behind_them_in_the_question() -> None:
    text = (
        "Question 4. How many (a) section 47 enquiries and (b) contacts were there in each of the last 2 years?\n\n"
        "**Reply**\n\n| Year | (a) | (b) |\n|---|---|---|\n| 2020/21 | 811 | 9 604 |\n| 2021/22 | 790 | 10 112 |\n"
    )
    assert {(what, when, value) for what, when, _, value in seen(text)} == {
        ("s47_count", "FY2020-21", 811.0),
        ("contacts_count", "FY2020-21", 9604.0),
        ("s47_count", "FY2021-22", 790.0),
        ("contacts_count", "FY2021-22", 10112.0),
    }


def test_letters_that_no_text_explains_name_no_measure() -> None:
    assert seen("Our answer is below.\n\n| Year | (a) | (b) |\n|---|---|---|\n| 2020/21 | 811 | 604 |\n") == set()


def test_two_measures_of_one_row_take_the_two_numbers_of_its_cell_in_order() -> None:
    found = seen("Child protection plans (started in quarter / open at quarter end)\t31 / 402")
    assert {(what, value) for what, _, _, value in found} == {("cpp_started_count", 31.0), ("cpp_count", 402.0)}


def test_a_dash_gives_nothing_and_na_under_a_target_means_that_there_is_none() -> None:
    head = "| Indicator | Q2 2022/23 | Q3 2022/23 | Target |\n|---|---|---|---|\n"
    assert {value for *_, value in seen(head + "| Re-referrals within 12 months | - | 21.0% | n/a |\n")} == {21.0}


def test_a_value_hidden_by_a_narrow_column_is_there_but_cannot_be_read() -> None:
    found = read("Re-referrals within 12 months\tDecember 2022\t#####\tTarget 20%")
    assert [(o.role.value, o.value, o.status.value) for o in found] == [
        ("actual", None, "unreadable"),
        ("target", 20.0, "reported"),
    ]


def test_a_year_in_the_caption_holds_for_rows_without_a_time_of_their_own() -> None:
    text = (
        "Table 3: Yearly comparison, 2020/21\n\n| Indicator | Our value | England |\n|---|---|---|\n"
        "| Re-referrals within 12 months | 21% | 22% |\n"
    )
    assert {(when, value) for _, when, _, value in seen(text)} == {("FY2020-21", 21.0), ("FY2020-21", 22.0)}


def test_a_row_that_names_its_own_year_among_financial_years_has_the_one_that_closes_in_it() -> None:
    table = (
        "| Measure 2021/22 | Wexcombe | Kent | Surrey | SN average 2021/22 | Our rank |\n|---|---|---|---|---|---|\n"
        "| Re-referrals within 12 months % | 21.0 | 22.0 | 23.0 | 22.5 | {rank} |\n"
    )
    assert {code for _, code, _, _ in seen(table.format(rank="2"))} == {"FY2021-22"}
    assert {code for _, code, _, _ in seen(table.format(rank="TBC 2021 data"))} == {"FY2020-21"}
    assert {code for _, code, _, _ in seen(table.format(rank="TBC 2021 date"))} == {"FY2020-21"}


def test_the_authoritys_own_column_is_the_total_of_the_parts_beside_it() -> None:
    text = "Wexcombe Council\n\nMeasure\tHillside\tRiverside\tWexcombe total\nReferrals received\t120\t95\t215\n"
    assert {value for *_, value in seen(text)} == {215.0}


def test_values_under_heads_that_nothing_explains_are_parts_where_they_differ() -> None:
    text = "Measure\tTarget\tHillside\tRiverside\nRe-referrals within 12 months\t20%\t23.1%\t18.4%\n"
    assert seen(text) == {("rereferrals_pct", "2022-23-Q3", "target", 20.0)}


def test_one_value_under_a_head_that_nothing_explains_is_the_authoritys() -> None:
    text = "Measure\tTarget\tScore card\nRe-referrals within 12 months\t20%\t23.1%\n"
    assert ("rereferrals_pct", "2022-23-Q3", "actual", 23.1) in seen(text)


def test_the_year_over_the_labels_is_that_of_all_places_beside_it() -> None:
    text = "2020/21 Kent Leeds Derby England\nRe-referrals within 12 months 16.9% 24.1% 21.3% 22.6%\n"
    assert {(o.value, o.period.code, o.area.name if o.area else None) for o in read(text)} == {
        (16.9, "FY2020-21", "Kent"),
        (24.1, "FY2020-21", "Leeds"),
        (21.3, "FY2020-21", "Derby"),
        (22.6, "FY2020-21", None),
    }


def test_a_comment_across_the_table_is_no_head_of_its_columns() -> None:
    text = (
        "| Measure | Last quarter | This quarter |\n| --- | --- | --- |\n"
        "| Comment: more families have made the target harder to reach this time and the service is looking at why |\n"
        "| Re-referrals within 12 months | 22.0% | 20.7% |\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
    }


def test_a_head_line_in_sentence_case_keeps_heads_of_two_words_together() -> None:
    text = (
        "Ref Description Type Good is Same quarter last year Last quarter Current target Current value Status\n"
        "3 Re-referrals within 12 months % Low 23.4 22.0 19.0 20.7 A\n"
        "4 Initial conferences held within 15 working days % High 81.2 84.4 90.0 86.1 A\n"
    )
    assert {
        ("rereferrals_pct", "2021-22-Q3", "actual", 23.4),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.0),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
    } <= seen(text)


def _parts(text: str) -> list[tuple[float | None, float | None, float | None]]:
    return [(o.value, o.numerator, o.denominator) for o in read(text)]


def test_a_comment_under_a_row_tells_the_counts_behind_a_percentage() -> None:
    text = "Initial conferences in 15 days\t84.6%\nComment: 33 of the 39 held, against 40 of 52 the year before.\n"
    assert (84.6, 33.0, 39.0) in _parts(text)


def test_a_comment_under_a_row_tells_the_total_behind_an_average() -> None:
    text = "Placement order to match (A2)\t146 days\nComment: 7 children, 1,022 days in all.\n"
    assert _parts(text) == [(146.0, 1022.0, 7.0)]


def test_counts_that_do_not_give_the_value_are_not_its_parts() -> None:
    text = "Initial conferences in 15 days\t84.6%\nComment: 12 of the 39 children are under five.\n"
    assert (84.6, None, None) in _parts(text)


_GAPS = "\t2020/21\tVariance\nStat neighbours\t{}%\t-4.1%\nEngland\t{}%\t-4.9%\n"


def test_gaps_that_lead_to_the_value_above_leave_a_table_with_its_measure() -> None:
    text = "## Re-referrals within 12 months\n\nRe-referrals were 20.7%.\n\n" + _GAPS.format(24.8, 25.6)
    assert {value for measure, _, _, value in seen(text) if measure == "rereferrals_pct"} == {20.7, 24.8, 25.6}


def test_gaps_that_lead_to_another_value_show_that_a_table_lost_its_title() -> None:
    text = "## Re-referrals within 12 months\n\nRe-referrals were 20.7%.\n\n" + _GAPS.format(68.2, 69.0)
    assert {value for *_, value in seen(text)} == {20.7}


def test_a_row_label_with_the_words_of_a_unit_names_its_measure() -> None:
    text = "\tNov 2022\tDec 2022\nRe-referrals (%)\t21.4\t20.7\nCLA per 10,000\t70.9\t71.4\n"
    assert ("cla_rate", "2022-12", "actual", 71.4) in seen(text)


def test_the_year_of_comparators_is_not_that_of_a_column_of_latest_values() -> None:
    text = "Measure\tLatest\tStat neighbours 2020/21\tEngland 2020/21\nRe-referrals within 12 months\t20.7%\t22%\t23%\n"
    assert {(time, value) for _, time, _, value in seen(text)} == {
        ("2022-23-Q3", 20.7),
        ("FY2020-21", 22.0),
        ("FY2020-21", 23.0),
    }


def test_the_slices_of_a_whole_that_are_measures_are_read_and_the_total_with_them() -> None:
    text = (
        "## Children looked after by placement type\n\nPlacement type\tNumber\t%\n"
        "Residential\t52\t12.7%\nHammocks\t3\t0.7%\nTotal\t411\t100%\n"
    )
    values = {(measure, value) for measure, _, _, value in seen(text)}
    assert {("cla_residential_pct", 12.7), ("cla_count", 411.0)} <= values
    assert not {0.7, 3.0} & {value for _, value in values}


def test_heads_that_are_measures_need_no_labels_before_their_values() -> None:
    text = "| Children looked after | Child protection plans | Re-referrals |\n|---|---|---|\n| 411 | 198 | 20.7% |\n"
    assert {(measure, value) for measure, _, _, value in seen(text)} == {
        ("cla_count", 411.0),
        ("cpp_count", 198.0),
        ("rereferrals_pct", 20.7),
    }


def test_columns_that_were_run_together_are_cut_where_every_cell_has_as_many_parts() -> None:
    text = (
        "| Measure | 2020/21 | 2021/22 |\n| | Q3 Q4 | Q1 Q2 |\n"
        "| Section 47 enquiries started | 90 95 | 101 88 |\n| Re-referrals (%) | 21.4 22.0 | 20.9 20.7 |\n"
    )
    assert {
        ("s47_count", "2020-21-Q3", "actual", 90.0),
        ("s47_count", "2021-22-Q1", "actual", 101.0),
        ("rereferrals_pct", "2020-21-Q4", "actual", 22.0),
        ("rereferrals_pct", "2021-22-Q2", "actual", 20.7),
    } <= seen(text)


def test_a_table_of_one_column_says_nothing_and_ends_nothing() -> None:
    assert seen("| Children looked after |\n|---|\n| in our care |\n") == set()


def test_a_cell_without_words_gives_its_colour_to_the_newest_value_of_its_row() -> None:
    rows = [
        ["Indicator", "Target", "Q2 2022/23", "Q3 2022/23", "RAG rating"],
        ["Re-referrals within 12 months", "20%", "21.4%", "20.7%", ""],
        ["Child protection plans reviewed on time", "97%", "95.0%", "98.1%", ""],
    ]
    colours = {(1, 4): (0.95, 0.75, 0.1), (2, 4): (0.3, 0.7, 0.3)}
    pdf = make_pdf([Sheet([Heading("Scorecard"), Grid(rows, fills=colours)])])
    assert {(o.value, o.rag.value) for o in read(pdf) if o.rag} == {(20.7, "amber"), (98.1, "green")}


def test_the_head_beside_a_column_of_years_names_the_measure_of_two_columns() -> None:
    text = "Year\tReoffending (binary)\n2019/20\t29.5%\n2020/21\t30.5%\n2021/22\t29.2%\n"
    assert seen(text) == {
        ("yj_reoffending_binary_pct", f"FY{year}", "actual", value)
        for year, value in [("2019-20", 29.5), ("2020-21", 30.5), ("2021-22", 29.2)]
    }


@pytest.mark.parametrize("order", [["Numerator", "Denominator", "Actual"], ["Actual", "Numerator", "Denominator"]])
def test_rows_of_counts_are_the_parts_of_the_percentages_in_their_columns(order: list[str]) -> None:
    rows = {"Numerator": "151\t148", "Denominator": "170\t175", "Actual": "88.8%\t84.6%"}
    text = (
        "## Child protection visits completed within 20 working days\n\n\tOct-22\tNov-22\n"
        + "".join(f"{name}\t{rows[name]}\n" for name in order)
        + "Target\t95%\t95%\n"
    )
    assert {(o.value, o.numerator, o.denominator) for o in read(text)} == {
        (88.8, 151.0, 170.0),
        (84.6, 148.0, 175.0),
        (95.0, None, None),
    }


def test_a_line_of_remarks_over_the_heads_takes_no_roles_from_the_rows() -> None:
    text = (
        "## Child protection visits completed within 20 working days\n\nGood to be: High\tFrequency: Monthly\n"
        "\tOct-22\tNov-22\nActual\t88.8%\t84.6%\nTarget\t95%\t95%\n"
    )
    assert {(o.role.value, o.period.code, o.value) for o in read(text)} == {
        ("actual", "2022-10", 88.8),
        ("actual", "2022-11", 84.6),
        ("target", "2022-10", 95.0),
        ("target", "2022-11", 95.0),
    }


def test_the_year_to_date_reaches_to_the_last_month_with_a_value() -> None:
    text = (
        "Wexcombe Council: children's scorecard 2022/23\n\n"
        "|Indicator|Apr-22|May-22|Jun-22|Jul-22|Aug-22|YTD|\n"
        "|Contacts received|310|322|305| | |937|\n|Referrals|71|64|80| | |215|\n"
    )
    found = {(o.indicator_id, o.period.code) for o in read(text, period="FY2022-23") if o.value in {937.0, 215.0}}
    assert found == {("contacts_count", "YTD-2022-06"), ("referrals_count", "YTD-2022-06")}


def test_a_name_that_ends_in_looked_after_heads_the_table_below_it() -> None:
    text = """Scorecard

Re-referrals within 12 months

Q1 Q2 Q3
22% 21% 20%

Number of children looked after

2020/21 2021/22 2022/23
Q4 Q1 Q2 Q3 Q4 Q1 Q2
402 410 415 421 418 420 425
"""
    assert {("cla_count", "2021-03-31", "actual", 402.0), ("cla_count", "2022-09-30", "actual", 425.0)} <= seen(text)


def test_a_card_of_one_measure_is_read_by_the_heads_over_and_beside_its_values() -> None:
    card: list[list[str | None]] = [
        ["CIC 4: Children in care with three or more placements", None, None, None],
        ["Definition", "Children at period end with three or more placements in 12 months", None, None],
        ["Q1 22/23", "Q2 22/23", "Q3 22/23", "Target"],
        ["11.7%", "11.0%", "10.5%", "9.0%"],
        ["Statistical neighbours (2021/22)", "10.1%", "England (2021/22)", "10.3%"],
        ["Commentary", "A third quarter of improvement, after matching was brought forward.", None, None],
    ]
    report = make_pdf(
        [Sheet([Heading("Wexcombe Council: children in care, Quarter 3 2022/23"), Grid(card, left=(1,))])]
    )
    found = {
        (o.indicator_id, o.area.kind.value if o.area else None, o.period.code, o.role.value, o.value)
        for o in read(report)
    }
    assert found == {
        ("cla_3plus_placements_pct", "authority", "2022-23-Q1", "actual", 11.7),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q2", "actual", 11.0),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q3", "actual", 10.5),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q3", "target", 9.0),
        ("cla_3plus_placements_pct", "statistical_neighbours", "FY2021-22", "actual", 10.1),
        ("cla_3plus_placements_pct", "england", "FY2021-22", "actual", 10.3),
    }


def test_a_theme_before_the_labels_says_what_the_short_ones_are_about() -> None:
    text = (
        "Wexcombe Council: children's scorecard 2022/23\n\n"
        "|Theme|Measure|2021/22|2022/23|\n|---|---|---|---|\n"
        "|Children looked after|Reviewed on time|93.0%|94.1%|\n||In foster care|70.1%|71.2%|\n"
        "|Leaving care|In touch (19-21)|92.0%|92.8%|\n||Suitable accommodation (19-21)|84.0%|85.5%|\n"
    )
    assert {(o.indicator_id, o.value) for o in read(text)} == {
        ("cla_reviews_timely_pct", 93.0),
        ("cla_reviews_timely_pct", 94.1),
        ("cla_foster_care_pct", 70.1),
        ("cla_foster_care_pct", 71.2),
        ("care_leavers_in_touch_pct", 92.0),
        ("care_leavers_in_touch_pct", 92.8),
        ("care_leavers_accommodation_pct", 84.0),
        ("care_leavers_accommodation_pct", 85.5),
    }


def test_a_row_without_a_label_under_a_title_of_changes_holds_no_levels() -> None:
    rows = "| |2020/21|2021/22|2022/23|\n| |4|6|9|\n"
    assert read(f"Figure 3: Child protection plans: change on previous year\n{rows}") == []
    assert {o.value for o in read(f"Figure 3: Child protection plans\n{rows}")} == {4.0, 6.0, 9.0}


def test_cards_below_one_another_in_one_table_each_have_their_name() -> None:
    rows = "".join(
        f"<tr><td colspan=3>{name}</td></tr><tr><td></td><td>Q1</td><td>Q2</td></tr>"
        f"<tr><td>Actual</td><td>{q1}</td><td>{q2}</td></tr><tr><td>Target</td><td>{target}</td><td>{target}</td></tr>"
        for name, q1, q2, target in (
            ("CYP 01 Re-referrals within 12 months", "24.2%", "23.3%", "22%"),
            ("CYP 02 Assessments completed within 45 working days", "82.5%", "84.4%", "85%"),
        )
    )
    page = f"<html><body><h1>Wexcombe Council: plan, Quarter 2 2022/23</h1><table>{rows}</table></body></html>"
    found = read(page.encode())
    assert {(o.indicator_id, o.period.code, o.role.value, o.value) for o in found} == {
        ("rereferrals_pct", "2022-23-Q1", "actual", 24.2),
        ("rereferrals_pct", "2022-23-Q2", "actual", 23.3),
        ("rereferrals_pct", "2022-23-Q1", "target", 22.0),
        ("rereferrals_pct", "2022-23-Q2", "target", 22.0),
        ("assessments_45_days_pct", "2022-23-Q1", "actual", 82.5),
        ("assessments_45_days_pct", "2022-23-Q2", "actual", 84.4),
        ("assessments_45_days_pct", "2022-23-Q1", "target", 85.0),
        ("assessments_45_days_pct", "2022-23-Q2", "target", 85.0),
    }


def test_a_table_of_values_with_their_names_in_one_cell_is_a_table_of_tiles() -> None:
    text = (
        "Wexcombe Council: children's dashboard, December 2022\n\n"
        "|389 Children looked after|203 Child protection plans|18.8% Re-referrals|\n"
        "|91.4% Visits to children looked after on time|604 CIN plans|96 Section 47 enquiries|\n"
    )
    assert {(o.indicator_id, o.value) for o in read(text, period="2022-12")} == {
        ("cla_count", 389.0),
        ("cpp_count", 203.0),
        ("rereferrals_pct", 18.8),
        ("cla_visits_timely_pct", 91.4),
        ("cin_plan_count", 604.0),
        ("s47_count", 96.0),
    }


def test_the_unit_over_the_labels_is_that_of_all_values() -> None:
    text = (
        "Wexcombe Council: comparisons, March 2023\n\n"
        "|Rate per 10,000 children|2021/22|2022/23|England 2022/23|\n|---|---|---|---|\n"
        "|Children in need|318.4|321.0|342.7|\n|Child protection plans|39.8|41.2|43.2|\n"
        "|Children looked after|81.3|80.2|71.0|\n"
    )
    assert {o.indicator_id for o in read(text)} == {"cin_rate", "cpp_rate", "cla_rate"}
    assert len(read(text)) == 9


def test_no_further_action_in_a_label_is_no_number_of_anything() -> None:
    text = "| Measure | Q2 | Q3 |\n|---|---|---|\n| Referrals that needed no further action | 9.4 | 8.8 |\n"
    text += "| No of referrals | 310 | 295 |\n"
    assert seen(text) == {
        ("referrals_nfa_pct", "2022-23-Q2", "actual", 9.4),
        ("referrals_nfa_pct", "2022-23-Q3", "actual", 8.8),
        ("referrals_count", "2022-23-Q2", "actual", 310.0),
        ("referrals_count", "2022-23-Q3", "actual", 295.0),
    }


def test_a_theme_before_labels_and_an_empty_target_lose_no_row() -> None:
    text = "| Theme | Indicator | Q2 | Q3 | Target | Commentary |\n|---|---|---|---|---|---|\n"
    text += "| DEMAND | Contacts | 1,410 | 1,372 | | Fewer than in 2021. |\n| | Re-referrals (%) | 21 | 19 | 18 | |\n"
    assert seen(text) == {
        ("contacts_count", "2022-23-Q2", "actual", 1410.0),
        ("contacts_count", "2022-23-Q3", "actual", 1372.0),
        ("rereferrals_pct", "2022-23-Q2", "actual", 21.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 19.0),
        ("rereferrals_pct", "2022-23-Q3", "target", 18.0),
    }


@pytest.mark.parametrize(
    ("over", "months", "codes"),
    [
        ("Apr - Jun 2021", ("Apr", "May", "Jun"), ("2021-04", "2021-05", "2021-06")),
        ("Quarter 4 2021/22", ("Jan", "Feb", "Mar"), ("2022-01", "2022-02", "2022-03")),
    ],
)
def test_a_month_below_its_quarter_is_of_the_quarters_year(
    over: str, months: tuple[str, ...], codes: tuple[str, ...]
) -> None:
    head: list[list[str | None]] = [
        ["Measure", over, None, None],
        ["", *months],
        ["Contacts received", "310", "295", "288"],
    ]
    sheet = Sheet([Heading("Children's services data"), Grid(head, widths=(160, 70, 70, 70), bold_rows=(0, 1))])
    found = {o.period.code: o.value for o in read(make_pdf([sheet])) if o.period}
    assert found == dict(zip(codes, (310.0, 295.0, 288.0), strict=True))


def test_a_bare_target_behind_counts_and_their_percentage_is_a_percentage() -> None:
    text = "| Measure | Number | Cohort | % | Target |\n|---|---|---|---|---|\n"
    text += "| Dental checks up to date | 180 | 240 | 75.0 | 80 |\n"
    assert ("cla_dental_pct", "2022-23-Q3", "target", 80.0) in seen(text)


def test_a_head_over_some_columns_is_none_of_a_target_behind_them() -> None:
    rows: list[list[str | None]] = [
        ["Measure", "Quarter 2 2022/23", None, "", ""],
        ["", "Jul", "Aug", "Target", "England"],
        ["Re-referrals within 12 months", "21%", "19%", "18%", "22%"],
        ["Reviews of looked after children in timescale", "94%", "95%", "97%", ""],
    ]
    sheet = Sheet([Heading("Data for November 2022"), Grid(rows, widths=(200, 60, 60, 60, 60), bold_rows=(0, 1))])
    found = read(make_pdf([sheet]))
    assert {o.value for o in found} >= {18, 22, 97}
    assert not [o for o in found if o.value in {18, 22, 97} and o.period and o.period.code == "2022-23-Q2"]


@pytest.mark.parametrize("head", ["Target", "Targe t"])
def test_a_head_broken_in_a_narrow_cell_is_whole(head: str) -> None:
    text = f"| Measure | Q3 | {head} |\n|---|---|---|\n| Re-referrals within 12 months (%) | 19 | 18 |\n"
    assert ("rereferrals_pct", "2022-23-Q3", "target", 18.0) in seen(text)


def test_quarters_are_of_the_year_in_the_heading_where_the_report_has_no_time() -> None:
    text = (
        "<html><h1>Fernwold Borough Council - children</h1><h2>2018/19</h2><table>"
        "<tr><td rowspan=2>Measure</td><td colspan=2>Quarter 1</td><td colspan=2>Quarter 2</td></tr>"
        "<tr><td>Target</td><td>Actual</td><td>Target</td><td>Actual</td></tr>"
        "<tr><td>Re-referrals within 12 months (%)</td><td>20</td><td>22.4</td><td>19</td><td>21.9</td></tr></table>"
    )
    found = Extractor(Settings()).extract(read_bytes(text.encode(), "page.html")).observations
    assert {(o.period.code if o.period else None, o.role.value, o.value) for o in found} == {
        ("2018-19-Q1", "target", 20.0),
        ("2018-19-Q1", "actual", 22.4),
        ("2018-19-Q2", "target", 19.0),
        ("2018-19-Q2", "actual", 21.9),
    }


def test_a_theme_and_the_rows_number_before_a_label_lose_no_row() -> None:
    text = (
        "No\tIndicator\tType\tTarget\tQ3 2022-23\tQ2 2022-23\tRAG\n"
        "Permanence\t1\tChildren adopted\t#\t4\t3\t5\tA\n"
        "2\tPlacement orders granted\t#\t-\t7\t6\n"
        "Workforce\t3\tSocial worker vacancies\t%\t10\t14.2\t13.1\tR\n"
        "4\tAgency social workers\t%\t12\t17.0\t16.4\tR\n"
    )
    found = {(code, value) for code, period, role, value in seen(text) if role == "actual" and period == "2022-23-Q3"}
    assert found == {
        ("adoptions_count", 3.0),
        ("placement_orders_count", 7.0),
        ("sw_vacancy_pct", 14.2),
        ("agency_sw_pct", 17.0),
    }


def test_a_row_with_a_time_and_no_label_is_of_the_dated_row_above() -> None:
    text = (
        "Measure\tPeriod\tWexcombe\tEngland\n"
        "Social worker vacancy rate\t30 Sept 2022\t17.8%\t20.0%\n"
        "\t30 Sept 2021\t13.2%\t16.7%\n"
    )
    assert ("sw_vacancy_pct", "authority", "2021-09-30", "actual", 13.2) in placed(text)
    assert ("sw_vacancy_pct", "england", "2021-09-30", "actual", 16.7) in placed(text)


def test_bare_values_among_shares_are_shares() -> None:
    text = """Measure\t2020/21\t2021/22\tQ3 22/23\tTarget\tSN\tEngland
Re-referrals within 12 months\t22.4%\t21\t20.6%\t18\t20\t22
Care leavers in education, employment or training\t48.2\t50\t51.5\t55\t52\t53.1
"""
    found = {one.value: one.indicator_id for one in read(text)}
    assert [found[value] for value in (21.0, 18.0, 20.0, 22.0)] == ["rereferrals_pct"] * 4
    assert [found[value] for value in (50.0, 55.0, 52.0)] == ["care_leavers_eet_pct"] * 3


def test_bare_targets_and_comparators_in_rows_below_shares_are_shares() -> None:
    text = """Measure\tQ2 22/23\tQ3 22/23
Re-referrals within 12 months\t22.4%\t21.9%
Target\t18\t19
England\t21\t22
"""
    assert {one.indicator_id for one in read(text)} == {"rereferrals_pct"}


def test_a_share_and_on_which_side_of_it_to_be_is_a_target() -> None:
    text = """| Measure | Target | Q2 | Q3 |
|---|---|---|---|
| Re-referrals within 12 months | Less than 18% | 22.4% | 21.9% |
| Care leavers in suitable accommodation | 90% or more | 88.1% | 87.5% |
| Initial conferences in 15 days | No lower than 85% | 79.4% | 80.2% |
"""
    targets = {one.indicator_id: one.value for one in read(text) if one.role.value == "target"}
    assert targets == {"rereferrals_pct": 18.0, "care_leavers_accommodation_pct": 90.0, "icpc_15_days_pct": 85.0}


def test_words_under_a_head_of_values_are_no_label() -> None:
    text = """| Measure | Target | Q2 | Q3 |
|---|---|---|---|
| Re-referrals within 12 months | National average (21%) | 22.4% | 21.9% |
| Care leavers in suitable accommodation | Statistical neighbours | Awaiting data | 87.5% |
"""
    assert {(one.value, one.area.kind.value) for one in read(text) if one.area and one.value} == {
        (22.4, "authority"),
        (21.9, "authority"),
        (87.5, "authority"),
    }
    behind = """| Measure | Q2 | Q3 | Target |
|---|---|---|---|
| Re-referrals within 12 months | Awaiting data | 21.9% | National average |
| Care leavers in suitable accommodation | 88.1% | 87.5% | 90% |
"""
    assert {one.period.code for one in read(behind) if one.value == 21.9} == {"2022-23-Q3"}


def test_the_number_of_a_row_is_no_value() -> None:
    rows = (
        ("Services for children in Wexcombe are good", None, None),
        ("1.", "Children who need help", "Good"),
        ("2.", "Children looked after and moving to permanence", "Good"),
        ("", "2.1 Adoption", "Requires improvement"),
        ("3.", "Leadership and management", "Good"),
    )
    assert not read(make_pdf([Sheet([Heading("Inspection of services, 6 October 2022"), Grid(rows)])]))
