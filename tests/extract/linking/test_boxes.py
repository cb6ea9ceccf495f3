"""Boxes of facts: one measure's page or profile, however its lines are printed, is read by the words of its labels."""

from __future__ import annotations

import random

import pytest

from tests.extract.linking.reading import Placed, placed, read, seen
from townclerk.patterns.table_words import ColumnKind, table_words

_MEASURE, _ID = "Care leavers in suitable accommodation", "care_leavers_accommodation_pct"
_NOTE = "What lies behind this\n\nTwo landlords closed homes over the summer and new ones are being sought."
_SHAPES = {
    "colons": lambda facts: "\n".join(f"{a}: {b}" for a, b in facts),
    "colons apart": lambda facts: "\n\n".join(f"{a}: {b}" for a, b in facts),
    "blanks": lambda facts: "\n".join(f"{a} {b}" for a, b in facts),
    "tabs": lambda facts: "\n".join(f"{a}\t{b}" for a, b in facts),
    "list": lambda facts: "\n".join(f"- {a}: {b}" for a, b in facts),
    "bars": lambda facts: " | ".join(f"{a}: {b}" for a, b in facts),
    "value below": lambda facts: "\n\n".join(f"{a}\n{b}" for a, b in facts),
    "side by side": lambda facts: "\t".join(a for a, _ in facts) + "\n" + "\t".join(b for _, b in facts),
    "rows": lambda facts: "| Item | Detail |\n|---|---|\n" + "\n".join(f"| {a} | {b} |" for a, b in facts),
}
_TITLES = ["## {}", "Indicator: {}", "{}", "KPI 4: {}"]
# The ways each fact may be labelled, with what it is.
_LABELS = {
    ("authority", "actual", "2022-23-Q3"): ["Latest", "Newest figure", "Where it stands now", "Result this quarter"],
    ("authority", "actual", "2022-23-Q2"): [
        "Last reported",
        "One quarter back",
        "Result last quarter",
        "Where we were",
    ],
    ("authority", "actual", "2021-22-Q3"): ["A year ago", "Same time last year", "Level a year earlier"],
    ("authority", "target", "2022-23-Q3"): ["Aiming for", "Where we hope to be", "The bar we set", "Meant to be"],
    ("england", "actual", None): ["National picture", "England", "Across England"],
    ("statistical_neighbours", "actual", None): ["Others like us", "Similar places", "Councils like us"],
}
_ASIDES = [("Good is", "High"), ("On target?", "No"), ("Which way is good", "Up"), ("Data source", "Case system")]


def _page(shape: str, title: str, seed: str) -> tuple[str, set[Placed]]:
    """A profile drawn by chance, and what it says."""
    chance = random.Random(seed)  # noqa: S311 (a drawing of test cases, no secret)
    facts = [chance.choice(_ASIDES)]
    told: set[Placed] = set()
    for number, ((area, role, code), labels) in enumerate(_LABELS.items()):
        value = 80.5 + number
        facts.append((chance.choice(labels), f"{value}%"))
        told.add((_ID, area, code, role, value))
    text = f"# Measure profiles\n\n{title.format(_MEASURE)}\n\n{_SHAPES[shape](facts)}\n\n{_NOTE}\n"
    return text, told


@pytest.mark.parametrize("title", _TITLES)
@pytest.mark.parametrize("shape", _SHAPES)
def test_a_box_is_read_by_its_labels_however_it_is_printed(shape: str, title: str) -> None:
    for draw in range(2):
        text, told = _page(shape, title, f"{shape}/{title}/{draw}")
        assert placed(text) == told, text


def test_a_label_that_nobody_knows_gives_no_newest_value_beside_one_that_does() -> None:
    text = f"## {_MEASURE}\n\nLatest: 84%\nBack in spring: 81%\nAiming for: 90%\nEngland: 88%\n"
    assert {o.value for o in read(text)} == {84.0, 90.0, 88.0}


def test_the_first_fact_is_the_newest_value_where_no_label_says_which_one_is() -> None:
    text = f"## {_MEASURE}\n\nHow it looks: 84%\nA quarter back: 81%\nAiming for: 90%\nEngland: 88%\n"
    assert (_ID, "authority", "2022-23-Q3", "actual", 84.0) in placed(text)


def test_a_status_of_a_box_is_its_newest_values() -> None:
    text = f"## {_MEASURE}\n\nLatest\t84%\nPrevious\t81%\nTarget\t90%\nRAG\tAmber\nDirection of travel\t↑\n"
    newest = next(o for o in read(text) if o.value == 84.0)
    assert (newest.rag and newest.rag.value, newest.direction and newest.direction.value) == ("amber", "up")


def test_a_target_of_a_box_is_of_the_time_of_its_newest_value() -> None:
    text = f"{_MEASURE}\nTarget\n90%\nAug 2021\n84%\nJuly 2021\n81%\n"
    assert {(o.value, o.role.value, o.period.code) for o in read(text)} == {
        (90.0, "target", "2021-08"),
        (84.0, "actual", "2021-08"),
        (81.0, "actual", "2021-07"),
    }


def test_what_heads_the_values_of_two_columns_is_kept() -> None:
    text = f"## {_MEASURE}\n\n| | 2019/20 |\n|---|---|\n| Wexcombe | 84% |\n| Region | 86% |\n| England | 88% |\n"
    assert {o.period.code for o in read(text)} == {"FY2019-20"}


def test_lines_that_each_name_a_measure_are_no_box() -> None:
    text = "# Key figures, quarter 2 2021/22\n\nChildren looked after: 412\nChildren in need: 2,104\nTarget: 20\n"
    assert {("cla_count", 412.0), ("cin_count", 2104.0)} <= {(o.indicator_id, o.value) for o in read(text)}


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        ("Where we hope to be", ColumnKind.TARGET),
        ("The level we set", ColumnKind.TARGET),
        ("Where things stood", ColumnKind.PREVIOUS),
        ("The quarter before last", ColumnKind.PREVIOUS),
        ("Freshest figure", ColumnKind.ACTUAL),
        ("Figure for the quarter", None),
        ("Children now in care", None),
    ],
)
def test_a_head_of_plain_words_means_what_its_words_settle(head: str, kind: ColumnKind | None) -> None:
    assert table_words().worded_kind(head) is kind


def test_the_authoritys_own_value_among_dated_benchmarks_is_of_their_year() -> None:
    text = (
        "Care leavers in suitable accommodation, quarter 3: 88.1%\nComparator data 2019/20\nThis council 84%\n"
        "Similar councils 86%\nEngland 85%\n"
    )
    found = read(text)
    assert {(one.value, one.period.code) for one in found} == {
        (88.1, "2022-23-Q3"),
        (84, "FY2019-20"),
        (86, "FY2019-20"),
        (85, "FY2019-20"),
    }


def test_a_line_of_heads_over_a_line_of_as_many_values_is_a_box() -> None:
    tile = "This quarter Last quarter YTD Target SN 21/22\n93% 95% 94.2% 96% 91%\n"
    text = f"## Reviews of children in care held on time\n\n{tile}"
    assert placed(text) == {
        ("cla_reviews_timely_pct", "authority", "2022-23-Q3", "actual", 93.0),
        ("cla_reviews_timely_pct", "authority", "2022-23-Q2", "actual", 95.0),
        ("cla_reviews_timely_pct", "authority", "YTD-2022-12", "actual", 94.2),
        ("cla_reviews_timely_pct", "authority", "2022-23-Q3", "target", 96.0),
        ("cla_reviews_timely_pct", "statistical_neighbours", "FY2021-22", "actual", 91.0),
    }


def test_labels_with_colons_in_one_line_are_a_box_whose_target_goes_with_the_newest() -> None:
    facts = "Q3 21/22: 23.0% Q1: 21.4% Q2: 22.1% Q3: 20.7% Target: 19% RAG: Amber\n"
    assert seen(f"Measure: repeat referrals within 12 months\n{facts}") == {
        ("rereferrals_pct", "2021-22-Q3", "actual", 23.0),
        ("rereferrals_pct", "2022-23-Q1", "actual", 21.4),
        ("rereferrals_pct", "2022-23-Q2", "actual", 22.1),
        ("rereferrals_pct", "2022-23-Q3", "actual", 20.7),
        ("rereferrals_pct", "2022-23-Q3", "target", 19.0),
    }


def test_a_value_alone_below_the_name_is_the_newest_of_its_box() -> None:
    facts = "83.4%\nTarget\n88%\nQuarter 2\n85.9%\nEngland 21/22\n84.1%\n"
    assert placed(f"## Single assessments completed in 45 working days\n\n{facts}") == {
        ("assessments_45_days_pct", "authority", "2022-23-Q3", "actual", 83.4),
        ("assessments_45_days_pct", "authority", "2022-23-Q3", "target", 88.0),
        ("assessments_45_days_pct", "authority", "2022-23-Q2", "actual", 85.9),
        ("assessments_45_days_pct", "england", "FY2021-22", "actual", 84.1),
    }


def test_a_heading_of_rates_dates_no_percentage_below_it() -> None:
    box = "### Rate per 10,000 at 31 March 2022\n\nSimilar councils 44.1\nEngland 42.0\n\n- Repeat plans: 19.4%\n"
    text = f"## Child protection plans\n\n{box}"
    assert {one.period.code for one in read(text) if one.value == 19.4} == {"2022-23-Q3"}


def test_below_a_count_and_its_rate_the_country_is_told_by_its_rate() -> None:
    text = "Children in our care\n388\n91.2 per 10,000\n\nEngland 70\nSouth West 61\nat 31 Mar 22\n"
    assert {(one.indicator_id, one.value) for one in read(text)} >= {("cla_rate", 70), ("cla_rate", 61)}


def test_the_comment_that_ends_a_box_tells_of_other_places() -> None:
    text = (
        "KPI 12: % of children in care with 3 or more placements in 12 months\n"
        "Q3 22/23: 10.1%   Q2 22/23: 9.8%   Target: 9%   Status: Amber\n"
        "Commentary: 41 of 406 children had three or more placements. England 10%, SN 11% (2021/22).\n"
    )
    found = {(o.area.kind.value, o.role.value, o.value) for o in read(text) if o.area}
    assert found >= {
        ("authority", "actual", 10.1),
        ("authority", "target", 9.0),
        ("england", "actual", 10.0),
        ("statistical_neighbours", "actual", 11.0),
    }
