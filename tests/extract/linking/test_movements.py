"""Which way a value moved: from the numbers where a report prints both and says that they are compared."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import read


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
