"""Numbers torn apart in cells and names of places damaged in heads, as recognisers leave them."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read, seen
from townclerk.extract.linking.tables.torn import joined


@pytest.mark.parametrize(
    ("text", "others", "whole"),
    [
        ("8 0.6%", [81.8, 79.2, 80.8], "80.6%"),
        ("1 2.5", [11.4, 12.0], "12.5"),
        ("8 0.6%", [0.4, 0.7], ""),
        ("12 4.5%", [4.4, 5.1], ""),
        ("8 0.6%", [81.8], ""),
        ("80 6%", [81.8, 79.2], ""),
    ],
)
def test_a_number_is_whole_again_where_the_others_of_its_row_say_so(text: str, others: list[float], whole: str) -> None:
    assert joined(text, others) == whole


def test_a_torn_number_in_a_cell_is_read_whole() -> None:
    text = """Measure\tOct-22\tNov-22\tDec-22
Repeat referrals within a year\t22.2%\t2 1.0%\t23.0%
"""
    assert {(time, value) for _, time, _, value in seen(text)} == {
        ("2022-10", 22.2),
        ("2022-11", 21.0),
        ("2022-12", 23.0),
    }
    assert [one.value_text for one in read(text) if one.value == 21.0] == ["2 1.0%"]


def test_a_torn_number_behind_a_label_is_no_part_of_it() -> None:
    text = """Measure 2021/22 Q3 22/23 Target
Repeat referrals within a year 22.2% 23.0% 20.0%
Assessments ending in no further action 2 7.1% 25.5% 28.0%
Assessments finished in 45 working days 83.3% 80.2% 90.0%
"""
    found = {(time, value) for measure, time, _, value in seen(text) if measure == "assessments_nfa_pct"}
    assert ("FY2021-22", 27.1) in found
    assert ("2022-23-Q3", 25.5) in found


def test_a_damaged_name_among_places_is_the_authority_it_nearly_is() -> None:
    text = """Measure (2021/22)\tBolton\tShetfield\tWincanton\tEngland
Repeat referrals within a year\t22.2%\t21.0%\t23.0%\t21.5%
"""
    names = {one.value: one.area.name for one in read(text) if one.area is not None}
    assert names[21.0] == "Sheffield"
    assert names[23.0] == "Wincanton"
