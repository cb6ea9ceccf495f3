"""Heads of tables that lost their column marks: wrapped inside their columns, damaged, titled in groups."""

from __future__ import annotations

from tests.extract.linking.reading import placed, read
from townclerk.extract.knowledge import shipped_knowledge
from townclerk.extract.linking.tables.damaged import mended, mended_line
from townclerk.models.passage import Passage

_FIELD = frozenset({"protection", "plans"})


def test_heads_that_wrap_inside_their_columns_are_put_together() -> None:
    text = """Measure Result Stat. England Our
 December neighbours 2021/22 target
 2022 2021/22 2022/23
Repeat referrals within a year 23.1% 21.0% 21.5% 20.0%
Assessments finished in 45 working days 80.2% 84.4% 84.5% 90.0%
"""
    assert {
        ("rereferrals_pct", "authority", "2022-12", "actual", 23.1),
        ("rereferrals_pct", "statistical_neighbours", "FY2021-22", "actual", 21.0),
        ("rereferrals_pct", "england", "FY2021-22", "actual", 21.5),
        ("rereferrals_pct", "authority", "FY2022-23", "target", 20.0),
    } <= placed(text)


def test_a_month_below_a_place_is_the_columns_time() -> None:
    text = "Measure\tMar 20\tMar 21\tSN average\n\t\t\tMar 20\nChildren on a plan per 10,000\t54.3\t49.6\t51.7\n"
    assert ("cpp_rate", "statistical_neighbours", "2020-03", "actual", 51.7) in placed(text)


def test_roles_above_times_and_a_title_over_places_are_read_with_the_line_below() -> None:
    text = """Actual Target Actual Benchmarking
Ref Measure 2021/22 2022/23 Q3 22/23 England London
9 Initial conferences in 15 days 70.1% 85.0% 77.7% 79.2% 81.0%
10 Looked after children with three or more placements 9.9% 9.0% 10.2% 10.0% 9.0%
"""
    found = placed(text)
    assert ("icpc_15_days_pct", "authority", "FY2022-23", "target", 85.0) in found
    assert ("icpc_15_days_pct", "authority", "2022-23-Q3", "actual", 77.7) in found
    assert ("icpc_15_days_pct", "england", None, "actual", 79.2) in {(a, b, None, d, e) for a, b, _, d, e in found}


def test_a_title_right_above_the_heads_is_no_part_of_them() -> None:
    text = """Wexcombe Council
Performance of services for children

Measure 2021/22 Q3 22/23 Target
Repeat referrals within a year 22.0% 23.1% 20.0%
Assessments finished in 45 working days 85.5% 80.2% 90.0%
"""
    assert ("rereferrals_pct", "authority", "FY2021-22", "actual", 22.0) in placed(text)
    assert ("rereferrals_pct", "authority", "2022-12-31", "target", 20.0) in {
        (a, b, "2022-12-31", d, e) for a, b, _, d, e in placed(text)
    }


def test_damaged_words_of_heads_are_put_right() -> None:
    text = """lndicator Nov 2O22 Dec 2O22 Tarqet Sfat Neiqhbours Enqland
Repeat referrals within a year 22.0% 23.1% 20.0% 21.0% 21.5%
Assessments finished in 45 working days 85.5% 80.2% 90.0% 84.4% 84.5%
"""
    found = {(measure, area, role, value) for measure, area, _, role, value in placed(text)}
    assert ("rereferrals_pct", "statistical_neighbours", "actual", 21.0) in found
    assert ("rereferrals_pct", "england", "actual", 21.5) in found
    assert ("rereferrals_pct", "authority", "target", 20.0) in found
    assert ("rereferrals_pct", "authority", "2022-11", "actual", 22.0) in placed(text)


def test_only_a_word_that_one_word_of_heads_looks_like_is_mended() -> None:
    assert mended("Tarqet Enqland Quartcr Jui l8", _FIELD) == "Target England Quarter Jul 18"
    assert mended("Protection plans in Elmford", _FIELD) == "Protection plans in Elmford"
    assert mended("Derby Q2 2018/19 KS4", shipped_knowledge().field_words) == "Derby Q2 2018/19 KS4"


def test_letters_that_ran_together_far_longer_than_any_word_are_left_as_they_are() -> None:
    run = "Numberofchildrenvisitedwithintimescaleineverymonth" * 3
    assert mended(f"{run} Tarqet", _FIELD) == f"{run} Target"


def test_a_mended_line_keeps_the_way_back_to_what_is_printed() -> None:
    source = "Measure Tarqet Enqland"
    line = mended_line(Passage.of(source, 0, len(source)), _FIELD)
    assert line.text == "Measure Target England"
    start, end = line.source_span(8, 14)
    assert source[start:end] == "Tarqet"


def test_bounds_of_colours_in_columns_of_their_own_are_no_values() -> None:
    text = """Measure\tQ3 22/23\tRed\tAmber\tGreen\tTarget
Assessments finished in 45 working days\t80.2%\t<80%\t>80%\t>88%\t90.0%
Initial conferences in 15 days\t77.7%\t<75%\t>75%\t>84%\t85.0%
"""
    assert {value for *_, value in placed(text)} == {80.2, 90.0, 77.7, 85.0}


def test_a_quarter_is_not_parted_from_its_year_to_fill_the_rows() -> None:
    text = """Measure Q3 21/22 Q3 22/23 Target
Repeat referrals within a year 22.0% 23.1% 20.0% 21.0% 21.5%
Assessments finished in 45 working days 85.5% 80.2% 90.0% 84.4% 84.5%
"""
    assert not [one for one in read(text) if (one.confidence or 0.0) >= 0.9]


def test_words_before_the_head_of_the_labels_take_no_year_from_the_values() -> None:
    text = """Priority No Measure 2021/22 2022/23 Target 22/23
Safer 4 Repeat referrals within a year 22.0% 23.1% 20.0%
Safer 5 Assessments finished in 45 working days 85.5% 80.2% 90.0%
Care 11 Looked after children with three or more placements 9.9% 10.2% 9.0%
"""
    found = placed(text)
    assert ("rereferrals_pct", "authority", "FY2022-23", "target", 20.0) in found
    assert ("rereferrals_pct", "authority", "FY2021-22", "actual", 22.0) in found


def test_years_below_the_heads_are_no_axis_of_a_chart() -> None:
    text = """Performance report

 Last Our National Stat.
Key performance measure result target average neighb.
 2022/23 2022/23 2021/22 2021/22
Repeat referrals within a year 22.0% 20.0% 21.5% 21.0%
Assessments finished in 45 working days 85.5% 90.0% 84.5% 84.4%
"""
    assert ("rereferrals_pct", "statistical_neighbours", "FY2021-22", "actual", 21.0) in placed(text)
    assert ("rereferrals_pct", "authority", "FY2022-23", "target", 20.0) in placed(text)
