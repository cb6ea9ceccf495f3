"""Dashboard tiles read end to end: which number is the value, and of what time its neighbours are."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read, seen
from tests.pdf_maker import Heading, Panel, Put, Sheet, make_pdf
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings


@pytest.mark.parametrize(
    ("label", "code"),
    [
        ("Prev. quarter", "2022-23-Q2"),
        ("Last quarter", "2022-23-Q2"),
        ("Previous", "2022-23-Q2"),
        ("Previous month", "2022-11"),
        ("Same period last year", "2021-22-Q3"),
        ("Last year", "FY2021-22"),
        ("last quarter", "2022-23-Q2"),
        ("previous month:", "2022-11"),
        ("same period last year", "2021-22-Q3"),
    ],
)
def test_the_label_of_an_earlier_value_tells_its_time(label: str, code: str) -> None:
    text = f"Quarter 3 2022/23\n\nRe-referrals within 12 months\n20.7%\nTarget 19%\n{label} 22.4%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
        ("rereferrals_pct", code, "actual", 22.4),
    }


def test_a_year_target_is_the_targets_of_the_year() -> None:
    text = "Q3 2022/23 Re-referrals within 12 months\n20.7%\nYear target 19%\nPrev. quarter 22.4%\n"
    assert ("rereferrals_pct", "FY2022-23", "target", 19.0) in seen(text)


def test_an_earlier_value_and_one_that_stands_alone_make_a_tile() -> None:
    text = "## Section 47 enquiries started\n\nContextual\nPrevious quarter 1,104\n1,096\n"
    assert seen(text) == {
        ("s47_count", "2022-23-Q3", "actual", 1096.0),
        ("s47_count", "2022-23-Q2", "actual", 1104.0),
    }


def test_a_gap_to_the_target_is_no_value() -> None:
    text = "Re-referrals within 12 months\n20.7%\nVariance from target +1.7%\nTarget 19%\nLast quarter 22.4%\n"
    assert {value for *_, value in seen(text)} == {20.7, 19.0, 22.4}


def test_a_heading_that_opens_one_side_of_a_measure_leaves_the_measure_in_force() -> None:
    text = "Re-referrals within 12 months\n\nBenchmarks\n\n\t2020/21\nWexcombe\t21.3%\nEngland\t22.6%\n"
    assert {(measure, time) for measure, time, *_ in seen(text)} == {("rereferrals_pct", "FY2020-21")}


def test_heads_one_to_a_line_each_take_the_number_after_them() -> None:
    text = "Re-referrals within 12 months\nTarget\n19%\nDec 2022\n20.7%\nSept 2022\n22.4%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-12", "target", 19.0),
        ("rereferrals_pct", "2022-12", "actual", 20.7),
        ("rereferrals_pct", "2022-09", "actual", 22.4),
    }


def test_a_tile_written_as_labels_with_values_gives_its_colour_and_leaves_its_comment() -> None:
    text = (
        "Re-referrals within 12 months: 20.7%\nTarget: 19%\nPrevious quarter: 22.4%\nStatus: Red\n"
        "Comment: a few families with several children came back.\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.4),
    }


def test_cards_side_by_side_each_keep_their_own_values() -> None:
    text = (
        "Re-referrals within 12       Open child protection\nmonths                       plans\n"
        "20.7%                        198\nNational: 23%                Year ago: 205\n"
    )
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", None, "actual", 23.0),
        ("cpp_count", "2022-12-31", "actual", 198.0),
        ("cpp_count", "2021-12-31", "actual", 205.0),
    }


def test_a_line_of_names_over_a_line_of_as_many_values_is_a_row_of_cards() -> None:
    text = "Children looked after       Child protection plans       Re-referrals\n411     198     20.7%\n"
    assert {(measure, value) for measure, *_, value in seen(text)} == {
        ("cla_count", 411.0),
        ("cpp_count", 198.0),
        ("rereferrals_pct", 20.7),
    }


def test_a_charts_title_between_a_measure_and_its_benchmarks_does_not_part_them() -> None:
    text = (
        "## Re-referrals within 12 months\n\nRe-referrals were 20.7%.\n\n### Trend by month, all teams\n\n"
        "## Benchmarks\n\n\t2020/21\nStat neighbours\t21.3%\nEngland\t22.6%\n"
    )
    assert {value for measure, *_, value in seen(text) if measure == "rereferrals_pct"} == {20.7, 21.3, 22.6}


def test_cards_below_one_another_keep_their_values() -> None:
    text = (
        "Quarter 3 2022/23\n\nReferrals\n1,126\nLast quarter 1,101\n\nRe-referrals\n21.1%\nLast quarter 22.1%\n\n"
        "Children looked after\n411\nLast quarter 402\n"
    )
    assert seen(text) == {
        ("referrals_count", "2022-23-Q3", "actual", 1126.0),
        ("referrals_count", "2022-23-Q2", "actual", 1101.0),
        ("rereferrals_pct", "2022-23-Q3", "actual", 21.1),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.1),
        ("cla_count", "2022-12-31", "actual", 411.0),
        ("cla_count", "2022-09-30", "actual", 402.0),
    }


@pytest.mark.parametrize("line", ["Q3 2021/22: 22.4%", "Q3 2021/22 22.4%", "22.4% in Q3 2021/22"])
def test_a_line_of_a_value_and_a_time_is_an_earlier_value(line: str) -> None:
    text = f"Quarter 3 2022/23\n\nRe-referrals within 12 months\n20.7%\n{line}\n▼ 1.7pp since last year\nGoal 19%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2021-22-Q3", "actual", 22.4),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


def test_a_count_above_a_month_is_no_day_of_it() -> None:
    text = "Quarter 3 2022/23\n\nSection 47 enquiries started\n12\nMar-22: 8\n"
    assert seen(text) == {
        ("s47_count", "2022-23-Q3", "actual", 12.0),
        ("s47_count", "2022-03", "actual", 8.0),
    }


def test_the_times_of_earlier_values_do_not_date_the_report() -> None:
    card = "{}\n{}\nQ4 2008/09: {}\n\n"
    text = "Children's services digest, Q4 2009/10\n\n" + "".join(
        card.format(name, value, value - 1)
        for name, value in (("Referrals", 312), ("Children looked after", 589), ("Section 47 enquiries", 130))
    )
    extractor = Extractor(Settings())
    document = extractor.read(text.encode("utf-8"), "report.txt")
    period = document.facts.period.value
    assert period is not None
    assert period.code == "2009-10-Q4"


def test_the_year_in_brackets_behind_a_comparators_value_does_not_date_the_card() -> None:
    text = "Re-referrals within 12 months\n20.7%\nEngland 22.1% (2021-22)\nAim: 19%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "FY2021-22", "actual", 22.1),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


@pytest.mark.parametrize(("words", "code"), [("Year to date", "YTD-2022-12"), ("Rolling 12 months", "R12-2022-12")])
def test_a_longer_stretch_beside_the_value_is_a_value_of_its_own(words: str, code: str) -> None:
    text = f"Re-referrals within 12 months\nActual 20.7%  {words} 22.4%  Target 19%  Variance +1.7%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", code, "actual", 22.4),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


def test_a_rate_on_a_line_below_a_count_is_the_rates_and_its_comparators_too() -> None:
    tile = "## Children in care\n\n438\nchildren\nRate per 10,000 71.2\nLast quarter 431\nEngland 70.1 SN 76.0\n"
    assert placed(tile) == {
        ("cla_count", "authority", "2022-12-31", "actual", 438.0),
        ("cla_count", "authority", "2022-09-30", "actual", 431.0),
        ("cla_rate", "authority", "2022-12-31", "actual", 71.2),
        ("cla_rate", "england", None, "actual", 70.1),
        ("cla_rate", "statistical_neighbours", None, "actual", 76.0),
    }


def test_a_share_below_a_tiles_value_is_its_parts_and_takes_it_no_time() -> None:
    tile = "Core groups on time\n93.0%\nDec 2021: 91.4%\n214 out of 230\nNational (2020/21) 90.2%\n"
    assert placed(tile) == {
        ("cpp_core_groups_timely_pct", "authority", "2022-23-Q3", "actual", 93.0),
        ("cpp_core_groups_timely_pct", "authority", "2021-12", "actual", 91.4),
        ("cpp_core_groups_timely_pct", "england", "FY2020-21", "actual", 90.2),
    }


STACK = """January 2023

Contacts
1,893
▲ 4.1% on last month
Re-referral rate
19.4%
Target: 18%
Amber
Section 47s started
121
Last month: 134
Children we care for
677
Rate per 10k
68.1
"""


def test_cards_below_one_another_need_no_blank_line_between_them() -> None:
    assert seen(STACK, period="2023-01") == {
        ("contacts_count", "2023-01", "actual", 1893.0),
        ("rereferrals_pct", "2023-01", "actual", 19.4),
        ("rereferrals_pct", "2023-01", "target", 18.0),
        ("s47_count", "2023-01", "actual", 121.0),
        ("s47_count", "2022-12", "actual", 134.0),
        ("cla_count", "2023-01", "actual", 677.0),
        ("cla_rate", "2023-01", "actual", 68.1),
    }


def test_a_colour_on_a_line_of_its_own_is_the_values() -> None:
    rags = {(o.role.value, o.rag.value) for o in read(STACK, period="2023-01") if o.rag is not None}
    assert rags == {("actual", "amber")}


def test_a_stack_of_parts_is_not_the_whole() -> None:
    text = "Children looked after\n\nBy gender\n\nBoys\n201\nGirls\n210\n"
    assert not {value for *_, value in seen(text)}


def test_a_value_above_a_row_of_times_is_the_newest_of_them() -> None:
    heads = [(f"Q{number} 22/23", f"2{4 - number}.{number}%") for number in (1, 2, 3)]
    row: list[Panel | Put] = [
        Put(200 + 60 * place, y, text, 8)
        for place, pair in enumerate(heads)
        for y, text in zip((150, 162), pair, strict=True)
    ]
    words = [
        Put(60, 190, "Commentary: one more team to help families opens in May.", 9),
        Put(400, 156, "Target: 19%", 9),
    ]
    title = Put(60, 125, "Percentage of re-referrals within 12 months", 9, bold=True)
    tile = [Panel(50, 110, 480, 90), title, Put(60, 160, "21.3%", 22, bold=True), *row, *words]
    found = read(make_pdf([Sheet([Heading("Children's services data"), *tile])]))
    assert {(o.indicator_id, o.period.code if o.period else None, o.role.value, o.value) for o in found} == {
        ("rereferrals_pct", "2022-23-Q1", "actual", 23.1),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.2),
        ("rereferrals_pct", "2022-23-Q3", "actual", 21.3),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


def test_the_number_behind_a_places_year_is_the_places() -> None:
    text = "Re-referrals within 12 months\n20.7%\nNational (2021/22) 19.4%\n"
    assert ("rereferrals_pct", "2022-23-Q3", "actual", 20.7) in seen(text)
    assert ("rereferrals_pct", "2022-23-Q3", "actual", 19.4) not in seen(text)


def test_the_values_of_other_places_below_a_cards_value_are_its_own() -> None:
    text = "Re-referrals in 12 months\n24.7%\nSept 2022 22.9%\nEngland 21.9%\n"
    assert placed(text) == {
        ("rereferrals_pct", "authority", "2022-23-Q3", "actual", 24.7),
        ("rereferrals_pct", "authority", "2022-09", "actual", 22.9),
        ("rereferrals_pct", "england", None, "actual", 21.9),
    }


def test_a_bracket_ends_a_cards_name_and_its_older_time_is_no_meetings() -> None:
    text = (
        "Our children\nAs at 31 December 2022\n\nChildren looked after\nby the council\n352\n30 Sept 2022: 347\n"
        "Children in need\n(section 17)\n604\n30 Sept 2022: 588\n"
    )
    assert {(o.period.code, o.value) for o in read(text, period=None)} == {
        ("2022-12-31", 352.0),
        ("2022-09-30", 347.0),
        ("2022-12-31", 604.0),
        ("2022-09-30", 588.0),
    }


def test_boxes_of_one_item_a_line_each_keep_their_own_months_target_and_places() -> None:
    box = "{}\nOct-22\n{}%\nNov-22\n{}%\nDec-22\n{}%\nTarget\n{}%\nRED\n"
    places = "Statistical neighbours 2021/22\n21.9%\nEngland 2021/22\n22.4%\n"
    one = box.format("Re-referrals", 24.1, 23.8, 23.2, 20) + places
    other = box.format("Assessments completed in 45 working days", 71, 74, 80, 85)
    found = seen(f"B1\n{one}\nB2\n{other}")
    assert {
        ("rereferrals_pct", "2022-11", "actual", 23.8),
        ("rereferrals_pct", "2022-12", "actual", 23.2),
        ("rereferrals_pct", "2022-12", "target", 20.0),
        ("rereferrals_pct", "FY2021-22", "actual", 21.9),
        ("rereferrals_pct", "FY2021-22", "actual", 22.4),
        ("assessments_45_days_pct", "2022-10", "actual", 71.0),
        ("assessments_45_days_pct", "2022-12", "actual", 80.0),
        ("assessments_45_days_pct", "2022-12", "target", 85.0),
    } <= found


def test_places_above_their_values_take_none_from_the_label_before() -> None:
    text = "Re-referrals\n26.4%\nTarget\n22%\nStatistical neighbours\n22.9%\nEngland\n22.4%\n"
    assert ("rereferrals_pct", "2022-23-Q3", "target", 22.0) in seen(text)
    areas = {(area, value) for _, area, _, _, value in placed(text)}
    assert {("statistical_neighbours", 22.9), ("england", 22.4)} <= areas


def test_one_month_right_before_a_number_dates_it_and_not_the_tile() -> None:
    text = "Position at end of December 2022\n\nRe-referrals within 12 months\n24.9%A▼\nTarget 21%Nov 23.0%YTD 22.2%\n"
    assert seen(text, period="2022-12") == {
        ("rereferrals_pct", "2022-12", "actual", 24.9),
        ("rereferrals_pct", "2022-12", "target", 21.0),
        ("rereferrals_pct", "2022-11", "actual", 23.0),
        ("rereferrals_pct", "YTD-2022-12", "actual", 22.2),
    }


def test_places_that_touch_the_number_before_them_have_the_number_behind_them() -> None:
    text = "Re-referrals within 12 months\n24.9%A▼\nTarget 21%Nov 23.0%\nSN 20.8%Eng 21.5%\n"
    assert {(kind, value) for _, kind, _, _, value in placed(text, period="2022-12") if kind != "authority"} == {
        ("statistical_neighbours", 20.8),
        ("england", 21.5),
    }


@pytest.mark.parametrize("value", ["1,204", "**1,204**"])
def test_a_number_printed_above_its_name_is_the_cards_value(value: str) -> None:
    first = f"Quarter 3 2022/23\n\n{value}\nContacts received\nQ2: 1,377\n\n"
    assert seen(f"{first}74.9%\nInitial conferences in\n15 days\nQ2: 71.2%\nTarget: 80%\n") == {
        ("contacts_count", "2022-23-Q3", "actual", 1204.0),
        ("contacts_count", "2022-23-Q2", "actual", 1377.0),
        ("icpc_15_days_pct", "2022-23-Q3", "actual", 74.9),
        ("icpc_15_days_pct", "2022-23-Q2", "actual", 71.2),
        ("icpc_15_days_pct", "2022-23-Q3", "target", 80.0),
    }


def test_one_older_time_below_a_cards_value_dates_the_number_behind_it_alone() -> None:
    text = "Quarter 3 2022/23\n\nRe-referrals within 12 months\n20.7%\nQ2: 22.4%\nTarget: 19%\n"
    assert seen(text) == {
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.4),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


@pytest.mark.parametrize("card", ["488\nChildren looked after", "Children looked after\n488"])
@pytest.mark.parametrize("rate", ["71.3 per 10,000", "(71.3 per 10,000)", "a rate of 71.3 per 10,000"])
def test_a_rate_worded_below_a_cards_number_is_that_numbers(card: str, rate: str) -> None:
    text = f"Quarter 3 2022/23\n\n{card}\n{rate}\nQ2: 481\n"
    assert seen(text) == {
        ("cla_count", "2022-12-31", "actual", 488.0),
        ("cla_rate", "2022-12-31", "actual", 71.3),
        ("cla_count", "2022-09-30", "actual", 481.0),
    }


def test_a_target_opens_a_line_of_older_values_below_a_cards_own() -> None:
    text = (
        "Placement stability\n\nThree or more placements (rolling 12 months)\n\n**9.6%**\n\n"
        "Target 9% Q2 9.9% Q1 10.4%\n\nEngland 10% SN 9.8% (2022)\n\nLow is good\n"
    )
    assert placed(text) == {
        ("cla_3plus_placements_pct", "authority", "R12-2022-12", "actual", 9.6),
        ("cla_3plus_placements_pct", "authority", "R12-2022-12", "target", 9.0),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q2", "actual", 9.9),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q1", "actual", 10.4),
        ("cla_3plus_placements_pct", "england", "FY2021-22", "actual", 10.0),
        ("cla_3plus_placements_pct", "statistical_neighbours", "FY2021-22", "actual", 9.8),
    }
