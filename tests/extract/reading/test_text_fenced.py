"""Tables whose cells each stand on a line of their own, with the pipe that ends them."""

from __future__ import annotations

from tests.extract.reading.text_help import read

_BROKEN = """Rates per 10,000

![]() |
|
2016/ 17 |
2017/ 18 |
Q2 18/19 |
|
Wexcombe |
61.2 |
63.0 |
64.4 |
|
England |
62 |
64 |
|
"""


def rows(text: str) -> list[str]:
    return [line for block in read(text).blocks if block.table for line in block.passage.text.split("\n")]


def test_a_lone_pipe_ends_a_row_and_two_leave_its_last_cell_empty() -> None:
    assert rows(_BROKEN) == [
        "\t2016/ 17\t2017/ 18\tQ2 18/19",
        "Wexcombe\t61.2\t63.0\t64.4",
        "England\t62\t64",
    ]


def test_words_between_pipes_in_running_text_are_no_table() -> None:
    assert rows("Performance |\nThis page is left blank |\n\nMore text follows here.\n") == []


def test_heads_one_cell_short_that_are_times_stand_over_the_values() -> None:
    assert rows("2016/17 | 2017/18 | 2018/19\nWexcombe | 61 | 63 | 64\nEngland | 62 | 64 | 65\n")[0] == (
        "\t2016/17\t2017/18\t2018/19"
    )
    plain = "Measure | 2017/18 | 2018/19\nReferrals | 612 | 640\nContacts | 900 | 940\n"
    assert rows(plain)[0] == "Measure\t2017/18\t2018/19"
