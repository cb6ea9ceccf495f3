"""Short cuts in looking at a picture find what the long way would."""

from __future__ import annotations

import numpy as np
import pytest

from townclerk.extract.reading.ocr.ink import _dark_along, _maybe_solid
from townclerk.extract.reading.ocr.picture import find_skew, middle_level
from townclerk.extract.reading.ocr.runs import stretches

_RANDOM = np.random.default_rng(11)


@pytest.mark.parametrize("width", [45, 320, 323])
@pytest.mark.parametrize("length", [12, 41])
def test_no_row_with_a_solid_window_is_left_out(width: int, length: int) -> None:
    shares = _RANDOM.uniform(0.6, 0.95, (400, 1))
    dark = _RANDOM.random((400, width)) < shares
    solid = (_dark_along(dark, length) >= 0.9 * length).any(axis=1)
    assert solid.any()
    assert set(np.flatnonzero(solid)) <= set(_maybe_solid(dark, length))


def test_few_rows_of_letters_are_looked_at_for_rules() -> None:
    dark = _RANDOM.random((200, 640)) < 0.4
    dark[70, 100:300] = True
    assert _maybe_solid(dark, 41).tolist() == [70]


def test_the_middle_level_is_counted() -> None:
    levels = _RANDOM.integers(0, 765, (99, 101)).astype(np.uint16)
    assert middle_level(levels) == int(np.median(levels))


@pytest.mark.parametrize("angle", [-2.5, 0.0, 0.35, 1.0])
def test_lines_tell_how_far_a_page_is_turned(angle: float) -> None:
    page = np.full((600, 500), 3 * 250, dtype=np.uint16)
    columns = np.arange(30, 470)
    for row in range(60, 540, 20):
        for thick in range(6):
            page[np.rint(row + thick + columns * np.tan(np.radians(angle))).astype(int), columns] = 90
    assert find_skew(page) == pytest.approx(angle, abs=0.11)


def test_stretches_reach_both_ends() -> None:
    assert stretches(np.array([True, True, False, True])) == [(0, 2), (3, 4)]
    assert stretches(np.array([False, False])) == []
