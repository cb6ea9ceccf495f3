"""Tables of several measures whose times stand below each name, put together again."""

from __future__ import annotations

import pytest

from tests.extract.reading.text_help import read, rows, shape

_ROWS = [
    [(1, "2018/19"), (2, "2019/20"), (3, "England 2018/19")],
    [(0, "Visits held on time"), (1, "81%"), (2, "84%"), (3, "79%")],
    [(0, "Plans with a review"), (1, "92%"), (2, "90%"), (3, "n/a")],
]


@pytest.mark.parametrize(
    "text",
    [
        (
            "Visits held on time\n2018/19 81%\n2019/20 84%\nEngland 2018/19 79%\n"
            "Plans with a review\n2018/19 92%\n2019/20 90%\nEngland 2018/19 n/a\n"
        ),
        (
            "Visits held on time\n2018/19\n81%\n2019/20\n84%\nEngland 2018/19\n79%\n"
            "Plans with a review\n2018/19\n92%\n2019/20\n90%\nEngland 2018/19\nn/a\n"
        ),
    ],
)
def test_times_with_their_values_below_each_name_are_a_table(text: str) -> None:
    assert rows(f"How we did\n\n{text}\nVisits are held every six weeks.\n") == _ROWS


def test_a_series_with_other_times_is_none_of_the_table() -> None:
    text = "Visits\n2018/19 81%\n2019/20 84%\nPlans\n2018/19 92%\n2019/20 90%\nReviews\n2017/18 7%\n2018/19 9%\n"
    assert len(rows(text)) == 3
    assert "Reviews" in " ".join(said for kind, said in shape(text) if kind != "table")


def test_one_series_alone_is_left_to_those_who_read_charts() -> None:
    assert all(block.table is None for block in read("Visits\n2018/19 81%\n2019/20 84%\n").blocks)
