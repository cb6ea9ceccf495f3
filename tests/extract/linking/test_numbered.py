"""Lines that a report numbers without a mark behind the number."""

from __future__ import annotations

from tests.extract.linking.reading import read, told

LINES = (
    "1 Contacts received in the quarter 2,214\n2 Referrals received in the quarter 533\n3 Section 47 enquiries 140\n"
)


def test_numbers_that_count_the_lines_are_no_values() -> None:
    assert told(f"Front door\n\nItem Detail Volume in period\n{LINES}") == {
        "contacts_count 2214 actual 2022-23-Q3",
        "referrals_count 533 actual 2022-23-Q3",
        "s47_count 140 actual 2022-23-Q3",
    }


def test_numbers_that_do_not_follow_one_another_may_be_values() -> None:
    text = "Care\n\n4 Section 47 enquiries began by June 2022\n\n9 Children were adopted by December 2022\n"
    assert 9.0 in {o.value for o in read(text)}


def test_a_number_before_a_label_with_numbers_of_its_own_counts_the_row() -> None:
    text = (
        "Ref Measure Q1 22/23 Q2 22/23 Q3 22/23\n"
        "11 Reviews of looked after children on time 91.2 92.4 93.3\n"
        "12 % of CLA with 3 or more placements in the last 12 months 9.2 9.9 10.3\n"
        "13 % of CLA in the same placement for 2 years+ 63.8 65.2 66.0\n"
    )
    assert {(o.indicator_id, o.value) for o in read(text)} >= {
        ("cla_3plus_placements_pct", 10.3),
        ("cla_long_term_stability_pct", 66.0),
    }


_REFERENCES = """Measure England 20/21 Q1 22/23 Q2 22/23 Q3 22/23

21Rate of children in care per 10,000 population.
Measured quarterly. (snapshot) 67.0 61.2 62.4 63.3
Comments: Two large families came into care.

22% of CLA with 3 or more placements in the last 12 months 10.0 9.2 9.9 10.3

24 % of CLA in the same placement for 2 years+ 70.0 63.8 65.2 66.0
"""


def test_references_before_labels_count_upwards_with_comments_between_and_are_no_values() -> None:
    found = {(o.indicator_id, o.value) for o in read(_REFERENCES)}
    assert found >= {
        ("cla_rate", 63.3),
        ("cla_rate", 67.0),
        ("cla_3plus_placements_pct", 10.3),
        ("cla_long_term_stability_pct", 66.0),
    }
    assert not {21.0, 22.0, 24.0} & {value for _, value in found}


def test_shares_that_happen_to_rise_are_values() -> None:
    text = (
        "Quarter 3 2022/23\n\n21% of referrals were repeat referrals.\n\n"
        "22% of CLA had 3 or more placements.\n\n24% of care leavers were NEET.\n"
    )
    assert {21.0, 22.0, 24.0} <= {o.value for o in read(text)}
