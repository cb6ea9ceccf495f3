"""The cost of a page grows with what is drawn on it, not with its square."""

from __future__ import annotations

from functools import partial

import pymupdf

from tests.growth import growth
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import read_pdf

TIMES = 4
ALL = ReadOptions(max_seconds_per_page=0, max_megabytes_per_page=0)


def _heat_map(side: int) -> bytes:
    """A table of `side` by `side` cells in the colours of the scale, words in one of twenty."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=2000, height=2000)
    shape = page.new_shape()
    step = 1900 / side
    for number in range(side * side):
        x, y = 20 + number % side * step, 20 + number // side * step
        shape.draw_rect(pymupdf.Rect(x, y, x + step, y + step))
        shape.finish(color=None, fill=((0.9, 0.1, 0.1), (0.0, 0.7, 0.3), (1.0, 0.75, 0.0))[number % 3])
        if number % 20 == 0:
            shape.insert_text((x, y + 4), str(number % 100), fontsize=4)
    shape.commit()
    return bytes(pdf.tobytes(deflate=True))


def test_four_times_the_coloured_cells_take_little_more_than_four_times_the_time() -> None:
    small, large = (partial(read_pdf, _heat_map(side), "map.pdf", ALL) for side in (112, 224))
    assert growth(small, large, 2 * TIMES) < 2 * TIMES
