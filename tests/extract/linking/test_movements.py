"""Which way a value moved: from the numbers where a report prints both and says that they are compared."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read


def _direction(text: str, value: float) -> str | None:
    return next((one.direction for one in read(text) if one.value == value), None)


@pytest.mark.parametrize("mark", ["Better", "Worse", "▲", "ê", "Improving"])
def test_the_numbers_of_a_row_tell_which_way_it_moved_whatever_its_mark_judges(mark: str) -> None:
    text = f"Measure\tQ2 2022/23\tQ3 2022/23\tDoT\nRe-referrals within 12 months\t22.9%\t21.2%\t{mark}\n"
    assert _direction(text, 21.2) == "down"


def test_a_row_without_a_column_for_it_says_nothing_of_its_movement() -> None:
    assert _direction("Measure\tQ2 2022/23\tQ3 2022/23\nRe-referrals within 12 months\t22.9%\t21.2%\n", 21.2) is None


def test_an_old_value_in_the_sentence_tells_which_way_the_new_one_moved() -> None:
    assert _direction("204 children were looked after in December, compared with 221 in June.", 204) == "down"
    assert _direction("204 children were looked after in December.", 204) is None


def test_the_previous_value_of_a_tile_tells_which_way_it_moved() -> None:
    tile = "Quarter 3 2022/23\n\nRe-referrals within 12 months\n20.7%\nTarget 19%\nPrevious quarter 20.7%\n"
    assert _direction(tile, 20.7) == "same"


@pytest.mark.parametrize(
    ("text", "area"),
    [
        ("Re-referrals were 17%. The national average has fallen from 22% to 21%.", "england"),
        (
            "Re-referrals were 17%. Our statistical neighbours fell by a point to 21% from 22%.",
            "statistical_neighbours",
        ),
        ("The share of re-referrals in England dropped slightly from 22% in 2020/21 to 21% in 2021/22.", "england"),
    ],
)
def test_a_place_that_moved_has_both_values(text: str, area: str) -> None:
    found = {(kind, value) for measure, kind, _, _, value in placed(text) if measure == "rereferrals_pct"}
    assert {(area, 22.0), (area, 21.0)} <= found
    assert not {("authority", 22.0), ("authority", 21.0)} & found


def test_the_older_value_of_a_place_that_moved_has_no_time_of_the_newer_one() -> None:
    text = "Children in care per 10,000: the England rate rose from 66 to 70 in March 2022."
    times = {value: time for _, area, time, _, value in placed(text) if area == "england"}
    assert times[66.0] is None
    assert times[70.0] is not None


@pytest.mark.parametrize(
    "text",
    [
        "Re-referrals are above England and rose from 21% to 22%.",
        "The number of our looked after children placed in Kent rose from 21 to 22.",
        "Our gap with England fell from 21% to 22%.",
    ],
)
def test_a_place_that_something_is_only_set_against_has_no_values(text: str) -> None:
    assert not {(area, value) for _, area, _, _, value in placed(text) if area in {"england"} or value is None}
