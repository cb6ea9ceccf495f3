"""The cost of a report grows with its length, not with its square.

Bounds are twice as wide as straight growth: squares show plainly.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import partial

import pytest

from tests.growth import growth
from townclerk.extract.pipeline import Extractor

MEASURES = (
    "Re-referrals within 12 months",
    "Care leavers in suitable accommodation",
    "Assessments completed within 45 working days",
    "Looked after children with a health assessment in time",
)
HEAD = "Wexcombe Council, Q2 2018/19\n\n"
TIMES = 4


def _line(number: int, form: str) -> str:
    """One line of its own: no two numbers and values go together twice."""
    shares = (f"{10 + number * step % 890 / 10:.1f}%" for step in (37, 61))
    return form.format(MEASURES[number % len(MEASURES)], *shares)


def _paragraph(size: int) -> str:
    return HEAD + "".join(_line(number, "{} rose to {} from {} in Q1. ") for number in range(size))


def _bullets(size: int) -> str:
    return HEAD + "".join(_line(number, "- {} rose by 3 points to {} in Q2.\n") for number in range(size))


def _table(size: int) -> str:
    head = "| Indicator | Q1 2018/19 | Q2 2018/19 |\n| --- | --- | --- |\n"
    return HEAD + head + "".join(_line(number, "| {} | {} | {} |\n") for number in range(size))


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    made = Extractor()
    for make in (_paragraph, _bullets, _table):
        made.extract(made.read(make(5).encode(), "warm.txt"))
    return made


@pytest.mark.parametrize("make", [_paragraph, _bullets, _table], ids=["paragraph", "bullets", "table"])
def test_four_times_the_length_takes_little_more_than_four_times_the_time(
    extractor: Extractor, make: Callable[[int], str]
) -> None:
    def extract(text: bytes) -> None:
        extractor.extract(extractor.read(text, "report.txt"))

    small, large = (partial(extract, make(size).encode()) for size in (40, 40 * TIMES))
    assert growth(small, large, 2 * TIMES) < 2 * TIMES


@pytest.mark.parametrize(
    ("unit", "size"),
    [
        pytest.param("14.5%\t", 12_000, id="one row of cells"),
        pytest.param("Missing episodes\t31%\t", 12_000, id="one row of labels and cells"),
        pytest.param("\t May-22 ", 12_000, id="one row of heads"),
        pytest.param("7\n", 8_000, id="a number a line"),
        pytest.param("b\n", 8_000, id="a letter a line"),
        pytest.param("81%\nReviews held on time\nTarget 90%\n", 12_000, id="cards with no line between"),
        pytest.param("Comment Jun-22\n", 6_000, id="comments of a box"),
        pytest.param("q", 12_000, id="one word"),
        pytest.param("a plan for the children and the ", 24_000, id="words that open times"),
        pytest.param("CARE LEAVERS ", 16_000, id="names without values"),
        pytest.param("Result: 61 Target: 70 ", 12_000, id="values and targets without a stop"),
        pytest.param("reviews on time 82%, ", 6_000, id="a list without an end"),
        pytest.param("London 71% ", 6_000, id="places without a stop"),
    ],
)
def test_a_page_of_nothing_but_one_thing_grows_straight(extractor: Extractor, unit: str, size: int) -> None:
    def extract(letters: int) -> None:
        page = HEAD + unit * (letters // len(unit)) + "\n\nContacts were up 41 43 x47\n"
        extractor.extract(extractor.read(page.encode(), "page.txt"))

    small, large = partial(extract, size), partial(extract, size * TIMES)
    assert growth(small, large, 2 * TIMES) < 2 * TIMES


@pytest.mark.parametrize(
    "words",
    ["The service kept a watch on every child and plan. " * 2000, "word word 412 " * 6700],
    ids=["prose", "no stop"],
)
def test_a_page_of_twenty_thousand_words_is_read_in_seconds(extractor: Extractor, words: str) -> None:
    began = time.process_time()
    extractor.extract(extractor.read(words.encode(), "page.txt"))
    assert time.process_time() - began < 30
