"""Boxes of one measure, printed line by line, are read as a table of one row."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read, seen

_PAIRED = (
    "KPI 4\nRe-referrals within\n12 months\nActual\n21.4%\nTarget\n19.0%\nPrevious\n23.2%\nDoT\nBetter\nRAG\nAmber\n"
)
_STACKED = "KPI 4\nRe-referrals within\n12 months\nActual\nTarget\nPrevious\n21.4%\n19.0%\n23.2%\n"
_VALUES = {
    ("rereferrals_pct", "2022-23-Q3", "actual", 21.4),
    ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    ("rereferrals_pct", "2022-23-Q2", "actual", 23.2),
}


@pytest.mark.parametrize("box", [_PAIRED, _STACKED, _PAIRED.replace("19.0", "l9.O")])
def test_a_name_of_several_lines_and_heads_with_their_values_are_a_box(box: str) -> None:
    assert seen(f"Quarter 3 2022/23\n\n{box}\n") == _VALUES


def test_the_colour_of_a_box_is_its_value_s() -> None:
    assert [one.rag for one in read(f"Quarter 3 2022/23\n\n{_PAIRED}") if one.value == 21.4] == ["amber"]


def test_a_time_may_stand_behind_a_head() -> None:
    box = "2b\nVisits to children on a plan in time\nMilestone Oct 22\n85%\nCurrent Dec 22\n80.6%\nTarget Jun 23\n95%\n"
    assert {
        ("cpp_visits_timely_pct", "2022-10", "target", 85.0),
        ("cpp_visits_timely_pct", "2022-12", "actual", 80.6),
        ("cpp_visits_timely_pct", "2023-06", "target", 95.0),
    } <= seen(f"Quarter 3 2022/23\n\n{box}\n")


def test_the_text_below_a_box_is_of_its_measure() -> None:
    before = "One post is vacant.\n\n"
    text = f"Quarter 3 2022/23\n\n{before}{_PAIRED}\nBetter than London (22%) and England (22.9%) in 2021/22.\n"
    assert {
        ("rereferrals_pct", "region", "FY2021-22", "actual", 22.0),
        ("rereferrals_pct", "england", "FY2021-22", "actual", 22.9),
    } <= placed(text)


@pytest.mark.parametrize(
    "lines", ["Actual\n21.4%\n", "Target\n19.0%\nRAG\nAmber\n", "Actual\nTarget\nPrevious\n21.4%\n"]
)
def test_fewer_heads_or_values_are_no_box(lines: str) -> None:
    assert ("rereferrals_pct", "2022-23-Q3", "target", 19.0) not in seen(f"Our plans for next year\n{lines}")


def test_a_row_cut_off_from_its_table_heads_nothing() -> None:
    text = (
        "Quarter 3 2022/23\n\nNo\tMeasure\tGood is\tTarget\tQ3\tQ2\n"
        "9 Dental checks up to date Higher 80% 81.8% 72.9%\n"
        "10\tA2: average days from court authority to place to deciding on a match\tLower\t200\t266\t260\n"
        "11 Adoptive families approved Higher 32 31 29\n"
    )
    assert {one.indicator_id for one in read(text) if one.value in {31, 29}} == {"adopters_approved_count"}


def test_heads_of_times_and_places_above_their_values_are_a_box() -> None:
    box = (
        "C2\nInitial conferences held in 15 days\nFortnight to 16 Dec\n61.5%\nYear to date (to 30 Nov)\n77.0%\n"
        "Milestone Jan 23\n85%\nStat neighbours\n80.2%\nEngland\n79.1%\nRAG\nRed\n"
    )
    note = "Eight of 13 children. A family was abroad."
    assert placed(f"Quarter 3 2022/23\n\n{box}{note}\n") >= {
        ("icpc_15_days_pct", "authority", "YTD-2022-11", "actual", 77.0),
        ("icpc_15_days_pct", "authority", "2023-01", "target", 85.0),
        ("icpc_15_days_pct", "statistical_neighbours", None, "actual", 80.2),
        ("icpc_15_days_pct", "england", None, "actual", 79.1),
    }
