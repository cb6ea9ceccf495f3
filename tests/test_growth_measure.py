"""The measure of growth that other tests use tells straight growth from squares."""

from __future__ import annotations

from tests.growth import growth


def _square(size: int) -> int:
    return sum(one ^ other for one in range(size) for other in range(size))


def test_straight_growth_is_found_low_and_a_square_high() -> None:
    assert growth(lambda: _square(400), lambda: [_square(400) for _ in range(4)], 8) < 8
    assert growth(lambda: _square(400), lambda: _square(1600), 8) > 8
