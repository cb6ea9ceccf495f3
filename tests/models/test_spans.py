"""Texts with stretches of them taken out."""

from __future__ import annotations

from typing import NamedTuple

from townclerk.models.spans import blanked


class Stretch(NamedTuple):
    """A stretch of a text."""

    start: int
    end: int


def test_a_stretch_is_taken_out_where_it_stands_and_nowhere_else() -> None:
    text = "within 72 hours, quarters 1 and 2"
    assert blanked(text, [Stretch(32, 33), Stretch(17, 25)]) == "within 72 hours,          1 and  "


def test_what_lies_outside_of_the_text_is_passed_over() -> None:
    assert (
        blanked("June 2021 was 7", [Stretch(30, 42), Stretch(10, 20), Stretch(52, 60)], offset=37)
        == " " * 5 + "2021 was 7"
    )
