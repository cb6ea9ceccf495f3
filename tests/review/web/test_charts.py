"""Where bars, lines and shades lie."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.review.web.rooms import make_archive
from townclerk.models.observation import Observation, Reason
from townclerk.review.overview import Bin, Coverage, overview_series
from townclerk.review.queue import Filters, Queue
from townclerk.review.web.charts import HEIGHT, WIDTH, heat, histogram, line_chart
from townclerk.review.web.reading import waterfall
from townclerk.review.web.wording import day, number, percent, several, valued


@pytest.fixture
def one(tmp_path: Path) -> Observation:
    """An observation with two reasons, +1.1 and -0.7."""
    store, _, _ = make_archive(tmp_path)
    item = Queue(store).next(Filters(), "Ada")
    store.close()
    assert item is not None
    return item.observation


def test_a_waterfall_ends_at_the_sum_of_its_weights(one: Observation) -> None:
    steps, zero = waterfall(one)
    assert zero == 0
    assert steps[-1].total == pytest.approx(sum(reason.weight for reason in one.reasons))
    assert (steps[0].left, steps[0].width) == (0, 100)
    assert steps[1].left + steps[1].width == pytest.approx(100, abs=0.1)


def test_a_waterfall_without_reasons_is_empty(one: Observation) -> None:
    assert waterfall(one.model_copy(update={"reasons": []})) == ((), 0)
    nothing = one.model_copy(update={"reasons": [Reason(name="none", weight=0.0, text="nothing")]})
    assert waterfall(nothing)[0][0].width == 0.8


def test_a_histogram_splits_what_was_decided_into_right_and_wrong() -> None:
    made = histogram([Bin(0.0, 0.1, 4, 3, 1), Bin(0.1, 0.2, 8, 0, 0)])
    first, second = made.bars
    assert second.rest == made.height
    assert (first.rest, first.right, first.wrong) == (made.height / 8, made.height / 8, made.height / 4)
    assert first.words == "0% to 10%: 4 readings, 3 decided, 1 of them right"
    assert histogram([]).bars == ()


def test_shades_grow_with_the_count_and_nothing_has_none() -> None:
    counts = {("a", "2018-12"): 1, ("a", "2019-03"): 40, ("b", "2018-12"): 20}
    made = heat(Coverage([("a", "A"), ("b", "B")], ["2018-12", "2019-03"], counts, 3))
    assert [row.cells for row in made.rows] == [((1, 1), (4, 40)), ((2, 20), (0, 0))]
    assert made.left_out == 3


def test_every_dot_of_a_series_lies_inside_the_chart(tmp_path: Path) -> None:
    store, _, _ = make_archive(tmp_path)
    chart = line_chart(overview_series(store, "rereferrals_pct"))
    assert chart is not None
    assert [line.name.count("target") for line in chart.lines] == [0, 1]
    for line in chart.lines:
        for dot in line.dots:
            assert 0 < dot.x < WIDTH
            assert 0 < dot.y < HEIGHT
    assert len(chart.rows) == 2
    assert line_chart(overview_series(store, "nothing")) is None
    store.close()


@pytest.mark.parametrize(
    ("share", "words"),
    [(None, "not known"), (0.5, "50%"), (0.999, "over 99%"), (1.0, "100%"), (0.001, "under 1%"), (0.0, "0%")],
)  # fmt: skip
def test_a_share_is_never_told_surer_than_it_is(share: float | None, words: str) -> None:
    assert percent(share) == words


def test_numbers_and_days_are_told_as_people_write_them(one: Observation) -> None:
    assert [number(1234.0), number(21.4), number(None), number(-0.5)] == ["1,234", "21.4", "–", "-0.5"]
    assert day("2019-03-05") == "5 Mar 2019"
    assert [several(1, "page"), several(2, "page"), several(0, "page")] == ["1 page", "2 pages", "0 pages"]
    assert valued(one) == "21.4%"
    assert valued(one.model_copy(update={"value": None, "status": "not_available"})) == "not available"
