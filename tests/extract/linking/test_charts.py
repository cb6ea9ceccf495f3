"""Charts in text: which labels of bars are read, and which are set aside."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read
from townclerk.extract.linking.rows.strips import Strip, chart_lines
from townclerk.models.passage import Passage

_SERIES = {("2022-10", 402.0), ("2022-11", 397.0), ("2022-12", 411.0)}


@pytest.mark.parametrize(
    "chart",
    [
        "402 397 411\nOct-22 Nov-22 Dec-22",
        "Oct-22 Nov-22 Dec-22\n402 397 411",
        "0 100 200 300 400\n402 397 411\nOct-22 Nov-22 Dec-22",
    ],
)
def test_one_series_over_its_times_is_read_and_flagged(chart: str) -> None:
    found = read(f"Children looked after at month end\n{chart}\n")
    assert {(o.period.code, o.value) for o in found if o.indicator_id == "cla_count"} == _SERIES
    assert all("chart" in o.flags for o in found)


@pytest.mark.parametrize(
    "chart",
    [
        pytest.param("402 397 411 420\nOct-22 Nov-22 Dec-22", id="a label too many"),
        pytest.param("402 397 411\n388 390 401\nOct-22 Nov-22 Dec-22", id="two series"),
        pytest.param("+4 -5 +14\nOct-22 Nov-22 Dec-22", id="changes"),
        pytest.param("100 200 300\nOct-22 Nov-22 Dec-22", id="marks of a scale"),
        pytest.param("402 Nov-22 397 Oct-22 Dec-22 411", id="shuffled by a recogniser"),
        pytest.param("402 397\n411\nOct-22 Nov-22 Dec-22", id="labels at several heights"),
    ],
)
def test_a_chart_that_leaves_a_choice_gives_nothing(chart: str) -> None:
    assert read(f"Children looked after at month end\n{chart}\n") == []


def test_a_title_in_the_line_of_its_chart_names_the_measure() -> None:
    found = read("Children looked after by month: 402 397 411 Oct-22 Nov-22 Dec-22\n")
    assert {(o.indicator_id, o.period.code, o.value) for o in found} == {("cla_count", *one) for one in _SERIES}


@pytest.mark.parametrize(
    ("line", "strips"),
    [
        ("Q1 22/23 Q2 22/23 Q3 22/23", [Strip.AXIS]),
        ("Q3 22/23 Q1 22/23 Q2 22/23", [Strip.RUBBLE]),
        ("81% 84% 79%", [Strip.LABELS]),
        ("0% 20% 40% 60%", [Strip.SCALE]),
        ("Year Q1 Q2 Q3 Q4", []),
        ("Re-referrals Q1 21% Q2 22% Q3 20%", []),
        ("In all 12 of 40 children in 2 teams", []),
    ],
)
def test_a_line_is_told_by_what_it_holds(line: str, strips: list[Strip]) -> None:
    assert [one.strip for one in chart_lines(Passage.of(line, 0, len(line)))] == strips


def test_a_signed_cell_is_a_change_and_no_level() -> None:
    found = read("\tNov 2022\tDec 2022\nRe-referrals (%)\t21.4\t+0.9\nProgress 8 score\t-0.2\t-0.4\n")
    assert {(o.indicator_id, o.value) for o in found} == {
        ("rereferrals_pct", 21.4),
        ("ks4_progress8_score", -0.2),
        ("ks4_progress8_score", -0.4),
    }
