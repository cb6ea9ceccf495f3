"""Tables of times that stand in one line."""

from __future__ import annotations

import pytest

from tests.extract.reading.text_help import read


def tables(text: str) -> list[str]:
    return [block.passage.text for block in read(text).blocks if block.table]


_HEADS = "Trend over rolling 12 months\tMar 20\tJun 20\tSep 20"
_BODY = ["Actual\t18.2%\t17.0%\t16.6%", "Target\t13.4%\t13.4%\t15.0%"]


def test_a_table_in_one_line_is_cut_behind_each_labels_values() -> None:
    line = "Trend over rolling 12 months Mar 20 Jun 20 Sep 20 Actual 18.2% 17.0% 16.6% Target 13.4% 13.4% 15.0%"
    assert tables(f"Repeat plans\n\n{line} RAG Rating Amber Amber Red\n") == [
        "\n".join([_HEADS, *_BODY, "RAG Rating\tAmber\tAmber\tRed"])
    ]


@pytest.mark.parametrize(
    "line",
    [
        "Trend Mar 20 Jun 20 Sep 20 Actual 18.2% 17.0% Target 13.4% 13.4% 15.0%",
        "Trend Mar 20 Jun 20 Sep 20 Actual 18.2% 17.0% 16.6% and more to come",
        "It was 18% in Mar 20, 17% in Jun 20 and 16% in Sep 20",
    ],
)
def test_a_line_that_does_not_come_out_even_is_no_table(line: str) -> None:
    assert tables(f"Repeat plans\n\n{line}\n") == []


def test_words_may_stand_before_the_times_over_rows_without_tabs() -> None:
    text = (
        "Repeat plans\n\nTrend over rolling 12 months Mar 20 Jun 20 Sep 20\n"
        "Actual 18.2% 17.0% 16.6%\nTarget 13.4% 13.4% 15.0%\n"
    )
    assert tables(text) == ["\n".join([_HEADS, *_BODY])]
