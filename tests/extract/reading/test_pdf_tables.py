"""Tables, tiles and charts: from words, rules and fills to cells that never alter a number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pdf_maker import AMBER, GREEN, RED, Colour, Gap, Grid, Heading, Put, Sheet, Text, make_pdf
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import grid as grid_of_tables
from townclerk.extract.reading.pdf import read_pdf
from townclerk.extract.reading.pdf.drafts import DraftTable
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import BlockKind, Document, Table
from townclerk.models.units import Rag

LONG = "Families told us that help came sooner than a year ago and that they knew whom to ring when they were worried."
ROWS = [
    ["Measure", "Q1", "Q2", "Target"],
    ["Visits in time", "81.0%", "76.5%", "85%"],
    ["Contacts", "1,204", "13 118", "-"],
    ["Repeat plans", "18.2", "n/a", "17"],
]


def read(*sheets: Sheet) -> Document:
    return read_pdf(make_pdf(sheets), "report.pdf", ReadOptions())


def tables(document: Document) -> list[Table]:
    return [block.table for block in document.blocks if block.table is not None]


def rows(table: Table) -> list[list[str]]:
    full = [[""] * table.columns for _ in table.rows]
    for row in table.rows:
        for cell in row:
            full[cell.row][cell.column] = cell.passage.text
    return full


@pytest.mark.parametrize("rules", ["all", "rows", "head", "none"])
def test_a_table_is_found_however_it_is_ruled(rules: str) -> None:
    document = read(Sheet([Heading("Scorecard"), Text(LONG), Grid(ROWS, rules=rules), Text(LONG)]))
    (table,) = tables(document)
    assert rows(table) == ROWS
    assert table.header_rows == 1
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_cells_are_tabs_and_rows_lines_in_the_documents_text() -> None:
    document = read(Sheet([Grid(ROWS)]))
    assert "Visits in time\t81.0%\t76.5%\t85%\n" in document.text


def test_an_empty_cell_keeps_its_column() -> None:
    grid = Grid(
        [
            ["", "2018/19", "2019/20", "2020/21"],
            ["Suitable homes (%)", "", "88", "91"],
            ["Reviews", "97", "", "95"],
            ["Visits", "90", "92", "94"],
        ]
    )
    (table,) = tables(read(Sheet([grid])))
    assert rows(table)[1] == ["Suitable homes (%)", "", "88", "91"]
    assert rows(table)[2] == ["Reviews", "97", "", "95"]


def test_a_head_of_two_rows_spans_what_it_stands_over() -> None:
    grid = Grid(
        [
            ["Measure", "2020/21", None, "2021/22", None],
            ["", "Q3", "Q4", "Q1", "Q2"],
            ["Visits", "19.2", "20.7", "22.4", "21.8"],
            ["Plans", "7", "8", "9", "11"],
        ],
        bold_rows=(0, 1),
    )
    (table,) = tables(read(Sheet([grid])))
    assert table.header_rows == 2
    spans = {cell.passage.text: (cell.column, cell.column_span) for cell in table.rows[0]}
    assert spans["2020/21"] == (1, 2)
    assert spans["2021/22"] == (3, 2)


@pytest.mark.parametrize("rules", ["all", "rows", "none"])
def test_a_wrapped_label_is_one_cell(rules: str) -> None:
    grid = Grid(
        [
            ["Measure", "Q1", "Q2"],
            ["Visits to children on a\nplan within ten days", "88.1", "91.4"],
            ["Reviews held in time", "97.0", "96.2"],
            ["Plans", "12", "15"],
        ],
        rules=rules,
    )
    (table,) = tables(read(Sheet([grid])))
    assert rows(table)[1] == ["Visits to children on a plan within ten days", "88.1", "91.4"]


def test_a_label_beside_several_rows_spans_them() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for y in (100, 130, 160, 190):
        page.draw_line((160 if y in {130, 160} else 60, y), (420, y))
    for x in (60, 160, 300, 420):
        page.draw_line((x, 100), (x, 190))
    page.insert_text((66, 148), "Safeguarding")
    for y, label, value in ((118, "Visits", "81.2"), (148, "Reviews", "97.0"), (178, "Plans", "14.5")):
        page.insert_text((166, y), label)
        page.insert_text((306, y), value)
    (table,) = tables(read_pdf(pdf.tobytes(), "group.pdf", ReadOptions()))
    group = table.rows[0][0]
    assert (group.passage.text, group.column, group.row_span) == ("Safeguarding", 0, 3)


def test_turned_heads_stand_over_their_columns() -> None:
    grid = Grid(
        [
            ["Measure", "Target", "Actual", "Variance"],
            ["Visits", "90", "88.1", "-1.9"],
            ["Reviews", "95", "97.2", "2.2"],
            ["Plans", "80", "79.4", "-0.6"],
        ],
        turned=(1, 2, 3),
    )
    (table,) = tables(read(Sheet([grid])))
    assert rows(table)[0] == ["Measure", "Target", "Actual", "Variance"]


def test_coloured_cells_give_a_rag_and_heads_do_not() -> None:
    fills: dict[tuple[int, int], Colour] = {
        (0, 1): GREEN,
        (0, 2): GREEN,
        (1, 2): RED,
        (2, 2): AMBER,
        (3, 2): (0.3, 0.75, 0.3),
    }
    grid = Grid(
        [["Measure", "Q1", "RAG"], ["Visits", "81.2", ""], ["Reviews", "97.0", ""], ["Plans", "14.5", "on track"]],
        fills=fills,
    )
    (table,) = tables(read(Sheet([grid])))
    assert [cell.rag for row in table.rows for cell in row if cell.rag] == [Rag.RED, Rag.AMBER, Rag.GREEN]
    assert all(cell.rag is None for cell in table.rows[0])


@pytest.mark.parametrize(
    ("colour", "rag"),
    [
        (0xFF0000, Rag.RED),
        (0xC00000, Rag.RED),
        (0xFFC000, Rag.AMBER),
        (0xFFFF00, Rag.AMBER),
        (0x00B050, Rag.GREEN),
        (0x92D050, Rag.GREEN),
    ]
    + [(colour, None) for colour in (0xFFFFFF, 0x000000, 0xD9D9D9, 0x4472C4, 0x002060, 0x7030A0, 0xF2DCDB)],
)
def test_which_colours_are_of_the_scale(colour: int, rag: Rag | None) -> None:
    assert layout_knowledge().rag_of(colour) is rag


def test_a_table_goes_on_over_a_page_break() -> None:
    head, tail = (
        ROWS[:2] + [["Plans", "12", "15", "14"]] * 3,
        [["Reviews", "97.0", "96.2", "95"], ["Dental checks", "71.9", "74.6", "80"]],
    )
    widths = [200.0, 90.0, 90.0, 90.0]
    first, second = tables(
        read(
            Sheet([Text(LONG), Gap(300), Grid(head, widths=widths)]),
            Sheet([Grid(tail, widths=widths, bold_rows=()), Text(LONG)]),
        )
    )
    assert not first.continues
    assert second.continues
    assert second.header_rows == 0


def test_a_table_with_a_head_of_its_own_does_not_go_on() -> None:
    first, second = tables(read(Sheet([Grid(ROWS)]), Sheet([Grid(ROWS)])))
    assert not second.continues
    assert first.header_rows == second.header_rows == 1


def test_a_comment_under_a_measure_is_one_cell() -> None:
    said = (
        "Staffing was short in the summer and two teams were merged, so that visits\n"
        "were late in July and August and caught up in September once posts were filled."
    )
    grid = Grid(
        [
            ["Measure", "Q1", "Q2"],
            ["Visits", "81", "84"],
            [said, None, None],
            ["Reviews", "97", "96"],
            ["Plans", "12", "15"],
        ]
    )
    (table,) = tables(read(Sheet([grid])))
    comment = table.rows[2]
    assert len(comment) == 1
    assert comment[0].passage.text == said.replace("\n", " ")
    assert comment[0].column_span >= 2


def test_prose_in_a_box_is_no_table() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect(pymupdf.Rect(50, 60, 545, 100))
    page.draw_line((380, 60), (380, 100))
    page.draw_rect(pymupdf.Rect(50, 100, 545, 320))
    page.insert_text((60, 85), "The help children get", fontname="hebo")
    page.insert_text((390, 85), "Good", fontname="hebo")
    for number in range(10):
        said = f"Line {number} of a paragraph of which 4{number}% is spent on reviews of visits in the year."
        page.insert_text((60, 125 + 14 * number), said, fontsize=11)
    document = read_pdf(pdf.tobytes(), "box.pdf", ReadOptions())
    assert tables(document) == []
    (paragraph,) = [block for block in document.blocks if block.kind is BlockKind.PARAGRAPH]
    assert "Line 0 of a paragraph" in paragraph.passage.text
    assert "Line 9 of a paragraph" in paragraph.passage.text


def test_lists_of_sentences_with_numbers_are_no_table() -> None:
    sentences = [Text(f"{n}. In the year {n * 37} children were seen, {n}0% of them at home.") for n in range(1, 9)]
    assert tables(read(Sheet(sentences))) == []


def test_a_table_of_contents_is_no_table() -> None:
    entries = [Put(60, 100 + 18 * i, f"Chapter {name}") for i, name in enumerate("ABCDEFG")]
    numbers = [Put(500, 100 + 18 * i, str(2 + 3 * i)) for i in range(7)]
    assert tables(read(Sheet([*entries, *numbers]))) == []


def test_every_other_row_shaded_keeps_the_head_apart_from_the_first_row() -> None:
    shown = [
        ["Indicator", "Overall", "Boys", "Girls"],
        ["Plans", "36", "20", "16"],
        ["Visits", "13", "6", "7"],
        ["Reviews", "14", "8", "6"],
        ["Referrals", "22", "9", "13"],
    ]
    shade = {(row, column): (0.95, 0.95, 0.95) for row in (2, 4) for column in range(4)}
    (table,) = tables(read(Sheet([Grid(shown, rules="rows", fills=shade)])))
    assert [[cell.passage.text for cell in row] for row in table.rows] == shown


def test_the_second_reading_agrees_on_full_rows_and_on_ragged_ones() -> None:
    grid = Grid(
        [
            ["Measure", "Q1", "Q2", "Q3"],
            ["Visits", "81", "84", "86"],
            ["Reviews", "97", "", "95"],
            ["Plans", "12", "15", "11"],
        ]
    )
    (table,) = tables(read(Sheet([grid])))
    assert [cell.line_column for cell in table.rows[1][1:]] == [1, 2, 3]
    assert [(cell.column, cell.line_column) for cell in table.rows[2][1:]] == [(1, 1), (3, 3)]
    assert [cell.line_row for row in table.rows[1:] for cell in row[1:]] == [1, 1, 1, 2, 2, 3, 3, 3]


def test_the_second_reading_tells_figures_that_the_grid_puts_elsewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [["Measure", "Q1", "Q2", "Q3"], ["Visits", "81", "84", "86"], ["Reviews", "97", "", "95"]]
    assemble = grid_of_tables._assemble

    def swapped(*args: Any) -> DraftTable:
        table = assemble(*args)
        first, second = table.rows[1][1:3]
        first.column, second.column = second.column, first.column
        table.rows[1].sort(key=lambda cell: cell.column)
        table.rows[2][1].column = 2
        return table

    monkeypatch.setattr(grid_of_tables, "_assemble", swapped)
    (table,) = tables(read(Sheet([Grid(rows)])))
    assert [(cell.passage.text, cell.is_doubtful) for row in table.rows[1:] for cell in row[1:]] == [
        ("84", True),
        ("81", True),
        ("86", False),
        ("97", True),
        ("95", False),
    ]


NUMBERS = st.one_of(
    st.integers(0, 999_999).map(lambda n: f"{n:,}"),
    st.floats(0, 9_999).map(lambda x: f"{x:,.1f}"),
    st.integers(0, 100).map(lambda n: f"{n}%"),
    st.integers(-99, -1).map(lambda n: f"{n}.5"),
)


@settings(max_examples=30, deadline=None)
@given(
    st.lists(st.lists(NUMBERS, min_size=3, max_size=3), min_size=3, max_size=8),
    st.sampled_from(["all", "rows", "head", "none"]),
)
def test_no_number_is_ever_altered(values: list[list[str]], rules: str) -> None:
    grid = Grid(
        [["Measure", "Alpha", "Beta", "Gamma"], *[[f"Label {chr(65 + i)}", *row] for i, row in enumerate(values)]],
        rules=rules,
    )
    document = read(Sheet([Text(LONG), grid]))
    cells = [cell.passage.text for table in tables(document) for row in table.rows for cell in row]
    printed = sorted(number for row in values for number in row)
    assert sorted(text for text in cells if re.search(r"\d", text)) == printed


def test_a_table_shaded_by_bars_holds_the_rows_between_them() -> None:
    head: dict[tuple[int, int], Colour] = {(row, column): (0.8, 0.85, 0.9) for row in (0, 1, 4) for column in range(4)}
    grid = Grid(
        [
            ["Measure", "Q1", "Q2", "Status"],
            ["Front door", "", "", ""],
            ["Contacts", "1,204", "1,311", ""],
            ["Contacts rose as schools went back and a new form came into use.", None, None, None],
            ["Assessment", "", "", ""],
            ["In 45 days", "81.0%", "84.2%", ""],
        ],
        rules="none",
        fills={**head, (2, 3): RED, (5, 3): GREEN},
    )
    (table,) = tables(read(Sheet([Heading("Scorecard"), Text(LONG), grid])))
    assert rows(table)[2][:3] == ["Contacts", "1,204", "1,311"]
    assert [cell.rag for row in table.rows for cell in row if cell.rag] == [Rag.RED, Rag.GREEN]
    assert rows(table)[3][0] == "Contacts rose as schools went back and a new form came into use."


def test_values_are_counted_against_the_heads_of_all_rows() -> None:
    grid = Grid(
        [
            ["Measure", "2020/21", None, "YTD", "Target"],
            ["", "Q1", "Q2", "", ""],
            ["Visits", "", "", "84", "90"],
            ["Reviews", "97", "96", "95", "98"],
            ["Plans", "12", "15", "14", "10"],
        ],
        rules="none",
        bold_rows=(0, 1),
    )
    (table,) = tables(read(Sheet([grid])))
    assert [(cell.column, cell.line_column) for cell in table.rows[3][1:]] == [(1, 1), (2, 2), (3, 3), (4, 4)]
    assert [(cell.column, cell.line_column) for cell in table.rows[2][1:]] == [(3, 3), (4, 4)]
    assert [(cell.passage.text, cell.column, cell.column_span) for cell in table.rows[0]][1] == ("2020/21", 1, 2)


def test_short_rules_under_heads_over_several_columns_divide_the_head() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=842, height=595)
    for y in (100, 160, 180, 200, 220):
        page.draw_line((60, y), (760, y))
    # The rule below the two upper heads runs over their columns alone.
    page.draw_line((400, 130), (520, 130))
    page.draw_line((600, 130), (760, 130))
    for x, top in ((60, 100), (320, 100), (400, 100), (460, 130), (520, 100), (600, 100), (680, 130), (760, 100)):
        page.draw_line((x, top), (x, 220))
    heads = [(66, "Measure"), (326, "2020/21"), (406, "2021/22"), (526, "Target"), (606, "Others (2020/21)")]
    for x, text in heads:
        page.insert_text((x, 114), text)
    for x, text in ((326, "Outturn"), (406, "Q1"), (466, "Q2"), (606, "Region"), (686, "England")):
        page.insert_text((x, 148), text)
    for y, name in ((174, "Visits"), (194, "Reviews"), (214, "Plans")):
        for x, text in ((66, name), (326, "80.1"), (406, "81.2"), (466, "82.3"), (526, "85"), (606, "79"), (686, "78")):
            page.insert_text((x, y), text)
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert table.header_rows == 2
    assert [(cell.passage.text, cell.column, cell.column_span) for cell in table.rows[0]][-1] == (
        "Others (2020/21)",
        5,
        2,
    )
    assert rows(table)[1] == ["", "", "Q1", "Q2", "", "Region", "England"]


def test_a_head_that_begins_where_the_values_before_end_is_of_its_own_column() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for x, y, text in ((322, 112, "Ours"), (322, 124, "2023/24"), (355.2, 106, "Stat."), (355.2, 118, "neighbours")):
        page.insert_text((x, y), text, fontsize=9)
    page.insert_text((373, 130), "2022/23", fontsize=9)
    for number, name in enumerate(["Visits in time", "Reviews in time", "Plans in time", "Checks in time"]):
        y = 140 + 16 * number
        page.insert_text((60, y), name, fontsize=9)
        for right, text in ((355, "84.4"), (407, "78.1")):
            page.insert_text((right - pymupdf.get_text_length(text, fontsize=9), y), text, fontsize=9)
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    heads = [" ".join(cell.passage.text for row in table.rows[:2] for cell in row if cell.column == c) for c in (1, 2)]
    assert "neighbours" not in heads[0]
    assert "Stat. neighbours" in heads[1]


def _put_right(page: Any, x: float, y: float, text: str) -> None:
    page.insert_text((x - pymupdf.get_text_length(text, fontsize=9), y), text, fontsize=9)


def _wide_sheet() -> pymupdf.Document:
    """A sheet on two pages: labels and one column on the first, the rest of the columns on the second."""
    pdf = pymupdf.open()
    names = ["Visits in time", "Reviews in time", "Plans in time", "Checks in time"]
    pdf.new_page()
    pdf.new_page()
    first, second = pdf[0], pdf[1]
    for number, name in enumerate(names):
        y = 150 + 16 * number
        first.insert_text((60, y), name, fontsize=9)
        _put_right(first, 300, y, f"8{number}.1%")
        _put_right(second, 120, y, f"8{number}.2%")
        _put_right(second, 200, y, f"8{number}.3%")
        _put_right(second, 270, y, f"9{number}.0%")
    first.insert_text((60, 134), "Measure", fontsize=9)
    _put_right(first, 300, 134, "Jan-22")
    _put_right(second, 120, 134, "Feb-22")
    _put_right(second, 200, 134, "Mar-22")
    second.insert_text((202.5, 134), "Target", fontsize=9)
    return pdf


def test_columns_printed_on_a_later_page_get_the_labels_of_the_earlier_one() -> None:
    document = read_pdf(_wide_sheet().tobytes(), "report.pdf", ReadOptions())
    _, right = tables(document)
    assert rows(right)[0] == ["", "Feb-22", "Mar-22", "Target"]
    assert rows(right)[1] == ["Visits in time", "80.2%", "80.3%", "90.0%"]
    start, end = right.rows[4][0].passage.source_span(0, len("Checks in time"))
    assert document.text[start:end] == "Checks in time"
    assert end < document.text.index("\f")


def test_values_without_heads_get_no_labels_of_another_page() -> None:
    pdf = _wide_sheet()
    page = pdf[1]
    page.add_redact_annot(pymupdf.Rect(0, 120, 595, 138))
    page.apply_redactions()
    _, right = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert "Visits in time" not in [text for row in rows(right) for text in row]


def test_the_head_over_a_grid_that_is_ruled_around_its_values_alone_is_its_head() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for x, text in ((64, "Measure"), (244, "2021/22"), (324, "2022/23")):
        page.insert_text((x, 116), text, fontname="hebo", fontsize=10)
    for number, name in enumerate(["Visits", "Reviews", "Plans"]):
        y = 134 + 16 * number
        for x, text in ((64, name), (244, f"8{number}.1"), (324, f"8{number}.7")):
            page.insert_text((x, y), text, fontsize=10)
    for y in (121, 138, 154, 170):
        page.draw_line((60, y), (400, y))
    for x in (60, 240, 320, 400):
        page.draw_line((x, 121), (x, 170))
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert rows(table)[0] == ["Measure", "2021/22", "2022/23"]
    assert table.header_rows == 1


def _chart_page(heads: Sequence[tuple[str, ...]], series: list[list[float]], legend: list[str]) -> bytes:
    """A column chart: a scale from 0 to 100, wrapped categories, labels over columns, a legend below."""
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_text((60, 60), "Visits in time", fontsize=16)
    for tick in range(0, 101, 20):
        _put_right(page, 80, 400 - 2 * tick, str(tick))
        page.draw_line((84, 397 - 2 * tick), (84 + 90 * len(heads), 397 - 2 * tick), color=(0.8, 0.8, 0.8))
    for at, lines in enumerate(heads):
        middle = 84 + 90 * at + 45
        for number, line in enumerate(lines):
            width = pymupdf.get_text_length(line, fontsize=9)
            page.insert_text((middle - width / 2, 412 + 11 * number), line, fontsize=9)
        for rank, values in enumerate(series):
            text = f"{values[at]:.1f}"
            x = middle + 30 * (rank - (len(series) - 1) / 2)
            page.insert_text(
                (x - pymupdf.get_text_length(text, fontsize=8) / 2, 394 - 2 * values[at]), text, fontsize=8
            )
    for number, name in enumerate(legend):
        page.insert_text((110, 450 + 14 * number), name, fontsize=9)
    data: bytes = pdf.tobytes()
    return data


def test_columns_side_by_side_are_series_in_the_order_of_the_legend() -> None:
    heads = [("Q2", "2021/22"), ("Q3", "2021/22"), ("Q4", "2021/22")]
    data = _chart_page(heads, [[77.4, 79.8, 81.3], [91.2, 90.4, 93.3]], ["Our own", "England"])
    (table,) = tables(read_pdf(data, "report.pdf", ReadOptions()))
    assert rows(table) == [
        ["", "Q2 2021/22", "Q3 2021/22", "Q4 2021/22"],
        ["Our own", "77.4", "79.8", "81.3"],
        ["England", "91.2", "90.4", "93.3"],
    ]


def test_a_category_broken_behind_its_hyphen_is_whole() -> None:
    data = _chart_page([("Apr-22",), ("May-", "22"), ("Jun-22",)], [[62.1, 62.9, 63.2]], [])
    (table,) = tables(read_pdf(data, "report.pdf", ReadOptions()))
    assert rows(table) == [["", "Apr-22", "May-22", "Jun-22"], ["", "62.1", "62.9", "63.2"]]


@pytest.mark.parametrize("legend", [[], ["Our own"], ["Our own", "Region", "England"]])
def test_columns_of_several_series_without_a_name_for_each_are_no_table(legend: list[str]) -> None:
    heads = [("Q1",), ("Q2",), ("Q3",)]
    data = _chart_page(heads, [[77.4, 79.8, 81.3], [91.2, 90.4, 93.3]], legend)
    assert tables(read_pdf(data, "report.pdf", ReadOptions())) == []


def test_bars_beside_their_names_are_rows() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for tick in range(0, 26, 5):
        page.insert_text((150 + 10 * tick, 300), str(tick), fontsize=9)
    for number, (name, value) in enumerate([("Q4", 23.1), ("Q3", 21.0), ("Q2", 18.4), ("Q1", 16.2)]):
        _put_right(page, 140, 200 + 24 * number, name)
        page.insert_text((156 + 10 * value, 200 + 24 * number), f"{value}", fontsize=9)
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert rows(table) == [["Q4", "23.1"], ["Q3", "21.0"], ["Q2", "18.4"], ["Q1", "16.2"]]


def test_a_short_rule_under_upper_heads_divides_them_without_upright_rules() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=842, height=595)
    for y in (130, 146, 162, 178):
        page.draw_line((60, y), (700, y))
    page.draw_line((260, 116), (620, 116))
    for x, y, text in (
        (66, 117, "Indicator"),
        (320, 108, "Wexcombe"),
        (490, 108, "2022/23 comparators"),
        (630, 117, "Rank"),
        (665, 117, "Band"),
        (270, 125, "2021/22"),
        (350, 125, "2022/23"),
        (440, 125, "SN"),
        (505, 125, "Region"),
        (575, 125, "England"),
    ):
        page.insert_text((x, y), text, fontsize=9)
    for number, name in enumerate(["Referrals", "Plans", "Visits"]):
        cells = (
            (66, name),
            (280, "51.3"),
            (360, "48.0"),
            (440, "52.5"),
            (510, "47.7"),
            (585, "43.2"),
            (635, "98"),
            (670, "3rd"),
        )
        for x, text in cells:
            page.insert_text((x, 142 + 16 * number), text, fontsize=9)
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert table.header_rows == 2
    assert "2022/23 comparators" in [cell.passage.text for cell in table.rows[0]]
    assert [text for text in rows(table)[1] if text] == ["2021/22", "2022/23", "SN", "Region", "England"]


def test_what_stands_below_a_chart_is_not_lost_with_it() -> None:
    data = _chart_page([("Q1",), ("Q2",), ("Q3",)], [[62.1, 62.9, 63.2]], [])
    pdf = pymupdf.open(stream=data)
    pdf[0].insert_text((110, 440), "Words below it", fontsize=9)
    document = read_pdf(pdf.tobytes(), "report.pdf", ReadOptions())
    assert len(tables(document)) == 1
    assert "Words below it" in document.text


def test_a_legend_of_years_names_series() -> None:
    heads = [("Wexcombe",), ("Stat.", "neighbours"), ("England",)]
    data = _chart_page(heads, [[47.4, 49.8, 51.3], [61.2, 60.4, 63.3]], ["2017/18", "2018/19"])
    (table,) = tables(read_pdf(data, "report.pdf", ReadOptions()))
    assert rows(table) == [
        ["", "Wexcombe", "Stat. neighbours", "England"],
        ["2017/18", "47.4", "49.8", "51.3"],
        ["2018/19", "61.2", "60.4", "63.3"],
    ]


def test_the_heads_over_two_columns_of_a_grid_whose_first_row_is_blank_are_its_heads() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    for x, text in ((64, "2021/22"), (144, "England")):
        page.insert_text((x, 116), text, fontname="hebo", fontsize=10)
    for number in range(3):
        for x, text in ((64, f"8{number}.1"), (144, f"8{number}.7")):
            page.insert_text((x, 150 + 16 * number), text, fontsize=10)
    for y in (121, 138, 154, 170, 186):
        page.draw_line((60, y), (220, y))
    for x in (60, 140, 220):
        page.draw_line((x, 121), (x, 186))
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    assert rows(table)[0] == ["2021/22", "England"]


def test_a_row_that_a_page_breaks_off_is_one() -> None:
    top = [["Measure", "2019", "2020"], ["Homes found within", "41%", "44%"]]
    rest = [["a month of asking", "", ""], ["Homes lost", "9%", "8%"]]
    document = read(
        Sheet([Text(LONG), Gap(500), Grid(top, widths=(180, 80, 80))]), Sheet([Grid(rest, widths=(180, 80, 80))])
    )
    first, second = tables(document)
    assert rows(first)[1] == ["Homes found within a month of asking", "41%", "44%"]
    assert second.continues
    assert rows(second) == [["Homes lost", "9%", "8%"]]


def test_a_sparse_page_of_later_columns_gets_its_labels_where_the_heads_are_level() -> None:
    labels = [f"Measure of the service number {chr(65 + n)}" for n in range(9)]
    first = [["Measure", "2019", "2020"], *([label, str(20 + n), str(30 + n)] for n, label in enumerate(labels))]
    later = [["Wales", "Region"], *([str(50 + n), str(60 + n)] if n in {1, 4, 8} else ["", ""] for n in range(9))]
    document = read(Sheet([Grid(first, widths=(220, 80, 80))]), Sheet([Grid(later, widths=(80, 80))]))
    _, second = tables(document)
    said = [[text for text in row if text] for row in rows(second)]
    assert [row for row in said if len(row) > 1][1:] == [[labels[n], str(50 + n), str(60 + n)] for n in (1, 4, 8)]


def test_totals_below_the_last_rule_and_heads_of_two_heights_are_of_their_table() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    heads = [(60, 106, "Team"), (200, 100, "2020"), (330, 100, "2021")]
    heads += [(x, 112, text) for x, text in ((200, "Q3"), (260, "Q4"), (330, "Q1"), (390, "Q2"))]
    for x, y, text in heads:
        page.insert_text((x, y), text, fontsize=9, fontname="hebo")
    rows_of = [("North", "12", "15", "11", "9"), ("South", "21", "20", "23", "25"), ("East", "7", "9", "8", "6")]
    for number, row in enumerate([*rows_of, ("Total", "40", "44", "42", "40")]):
        for x, text in zip((60, 200, 260, 330, 390), row, strict=True):
            font = "hebo" if row[0] == "Total" else "helv"
            page.insert_text((x, 130 + 16 * number), text, fontsize=9, fontname=font)
    for number in range(4):
        page.draw_line((55, 118 + 16 * number), (430, 118 + 16 * number), width=0.5)
    page.insert_text((60, 240), LONG[:80], fontsize=9)
    (table,) = tables(read_pdf(pdf.tobytes(), "report.pdf", ReadOptions()))
    said = [[text for text in row if text] for row in rows(table)]
    assert said[-1] == ["Total", "40", "44", "42", "40"]
    heads_read = [word for row in said for text in row for word in text.split()][:7]
    assert sorted(heads_read) == ["2020", "2021", "Q1", "Q2", "Q3", "Q4", "Team"]
