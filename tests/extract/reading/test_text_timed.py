"""Tables of times whose heads lost their places, read from plain text."""

from __future__ import annotations

import pytest

from townclerk.extract.reading.text.reader import read_text
from townclerk.models.document import Block, BlockKind


def _tables(text: str) -> list[Block]:
    document = read_text(text, "report.txt", "0" * 64, "utf-8")
    return [block for block in document.blocks if block.kind is BlockKind.TABLE]


def _heads(text: str) -> list[str]:
    """The heads over each column of the only table, upper ones spread over the columns they span."""
    (block,) = _tables(text)
    table = block.table
    assert table is not None
    over = [[""] * table.columns for _ in range(table.header_rows)]
    for row, cells in enumerate(table.rows[: table.header_rows]):
        for cell in cells:
            for column in range(cell.column, cell.column + cell.column_span):
                over[row][column] = cell.passage.text
    return [" ".join(part for part in parts if part) for parts in zip(*over, strict=True)]


_ROW = "Homes visited in time 81 83 85 84 86"


@pytest.mark.parametrize(
    ("heads", "row", "read"),
    [
        (
            "2018/19 2019/20\nMeasure Q3 Q4 Q1 Q2 Q3",
            _ROW,
            "Measure|2018/19 Q3|2018/19 Q4|2019/20 Q1|2019/20 Q2|2019/20 Q3",
        ),
        (
            "Measure 2018/19 2019/20\nQ3 Q4 Q1 Q2 Q3",
            _ROW,
            "Measure|2018/19 Q3|2018/19 Q4|2019/20 Q1|2019/20 Q2|2019/20 Q3",
        ),
        (
            "Measure\n2018/19\n2019/20\nQ3 Q4 Q1 Q2 Q3",
            _ROW,
            "Measure|2018/19 Q3|2018/19 Q4|2019/20 Q1|2019/20 Q2|2019/20 Q3",
        ),
        ("2018 2019\nMeasure Nov Dec Jan Feb Target", _ROW, "Measure|2018 Nov|2018 Dec|2019 Jan|2019 Feb|Target"),
        (
            "Measure 2018/19 2019/20 Target\nFeb Mar Apr May",
            _ROW,
            "Measure|2018/19 Feb|2018/19 Mar|2019/20 Apr|2019/20 May|Target",
        ),
        (
            "Measure 2018/19 2019/20 Target\nOutturn Q1 Q2 Q3 19/20",
            _ROW,
            "Measure|2018/19 Outturn|2019/20 Q1|2019/20 Q2|2019/20 Q3|Target 19/20",
        ),
        (
            "Measure 2018/19 2019/20\nQ4 Outturn Q1 Q2 Target",
            _ROW,
            "Measure|2018/19 Q4|2018/19 Outturn|2019/20 Q1|2019/20 Q2|Target",
        ),
        (
            "Measure 2018/19 2019/20\nQ4 Q1 Q2 Direction of travel Status",
            "Homes visited in time 84 86 87 up G",
            "Measure|2018/19 Q4|2019/20 Q1|2019/20 Q2|Direction of travel|Status",
        ),
    ],
)
def test_the_order_of_quarters_and_months_tells_whose_year_is_whose(heads: str, row: str, read: str) -> None:
    text = f"A report about homes.\n\n{heads}\n{row}\nHomes inspected {row.split('time ')[1]}\n"
    assert "|".join(_heads(text)) == read


def test_labels_of_rows_may_wrap_and_end_in_a_number() -> None:
    text = (
        "2018/19 2019/20\nMeasure Q3 Q4 Q1 Q2 Q3\nHomes visited\nin time 81 83 85 84 86\n"
        "Homes with children under 5 8 9 9 8 7\nChecks\nHomes inspected 1 2 3 4 5\n"
    )
    (block,) = _tables(text)
    assert block.passage.text.split("\n")[2:] == [
        "Homes visited in time\t81\t83\t85\t84\t86",
        "Homes with children under 5\t8\t9\t9\t8\t7",
        "Checks",
        "Homes inspected\t1\t2\t3\t4\t5",
    ]


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        ("Q1 Q2 Q3 Q4", ["2018/19 8.1 8.2 8.3 8.4", "2019/20 8.5 8.6"]),
        ("Year Q1 Q2 Q3 Q4", ["2019/20 8.5 8.6", "2018/19 8.1 8.2 8.3 8.4"]),
        ("Jan Feb Mar Apr", ["2018 8.1 8.2 8.3 8.4", "2019 8.5 8.6 8.7 8.8", "Target 9 9 9 9"]),
    ],
)
def test_years_stand_down_the_side_and_only_the_newest_may_be_short(heads: str, rows: list[str]) -> None:
    (block,) = _tables(f"Repairs in hand\n{heads}\n" + "\n".join(rows) + "\n")
    assert block.passage.text.split("\n")[1:] == [row.replace(" ", "\t") for row in rows]


@pytest.mark.parametrize(
    "text",
    [
        # As many years as cycles of quarters there are not.
        "2018/19 2019/20\nMeasure Q1 Q2 Q3 Q4\nHomes visited 1 2 3 4\n",
        # More values than heads.
        "2018/19 2019/20\nMeasure Q4 Q1 Q2 Target\nHomes visited 1 2 3 4 5\n",
        # An older year that is short.
        "Q1 Q2 Q3 Q4\n2018/19 8.1 8.2\n2019/20 8.5 8.6 8.7 8.8\n",
        "In May, June and July 2018 2019\nwe saw Q1 Q2 Q3 results\n",
    ],
)
def test_where_heads_and_values_do_not_agree_nothing_is_read(text: str) -> None:
    assert _tables(text) == []


def test_times_over_no_labels_head_rows_with_as_many_values() -> None:
    text = "Table 1: homes\n\n2017/18 2018/19 2019/20\nHomes visited 81 83 85\nHomes inspected 7 8 9\n"
    (block,) = _tables(text)
    assert block.passage.text == "\t2017/18\t2018/19\t2019/20\nHomes visited\t81\t83\t85\nHomes inspected\t7\t8\t9"


def test_the_result_of_the_whole_year_may_stand_behind_its_quarters() -> None:
    text = "Repairs in hand\nQ1 Q2 Q3 Q4 Full year\n2018/19 8.1 8.2 8.3 8.4 8.2\n2019/20 8.5 8.6 8.7 8.8 8.7\n"
    assert _heads(text) == ["", "Q1", "Q2", "Q3", "Q4", "Full year"]


def test_aligned_heads_stand_over_their_rows_across_a_blank_line_and_the_name_of_a_group() -> None:
    text = (
        "                          Outturn   Target    Q1        Q2\n"
        "Measure                   2018/19   2019/20   2019/20   2019/20\n\n"
        "Homes\n"
        "Homes visited in time     81%       90%       83%       85%\n"
        "Homes inspected           7         9         8         8\n"
    )
    assert _heads(text) == ["Measure", "Outturn 2018/19", "Target 2019/20", "Q1 2019/20", "Q2 2019/20"]
