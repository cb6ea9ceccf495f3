"""Web pages: what marks say is what blocks are."""

from townclerk.extract.reading.dispatch import read_bytes
from townclerk.models.document import BlockKind, Document

PAGE = """<!DOCTYPE html>
<html><head><title>Scrutiny</title><style>td {color: red}</style></head><body>
<nav><a href="/">Home</a> <a href="/papers">Papers</a></nav>
<h1>Children's services in Brackenshire</h1>
<p>Referrals <b>fell</b> to 412<br>in the quarter.
<p>An open paragraph ends where the next begins.
<ul><li>First point<ul><li>Below it</li></ul></li><li>Second point</ul>
<table><caption>Table 1: timeliness</caption>
<thead><tr><th rowspan=2>Measure<th colspan=2>Quarter</tr><tr><th>Q1<th>Q2</tr></thead>
<tr><td>Assessments on time<td>81.2%<td>84.0%
<tr><td>Visits on time<td>77%<td>79%
</table>
<script>document.write("not read")</script>
</body></html>"""


def read(text: str) -> Document:
    return read_bytes(text.encode(), "page.html")


def test_headings_paragraphs_and_lists_keep_their_parts() -> None:
    blocks = [(block.kind, block.level, block.passage.text) for block in read(PAGE).blocks if block.table is None]

    assert blocks == [
        (BlockKind.FURNITURE, 0, "Home Papers"),
        (BlockKind.HEADING, 1, "Children's services in Brackenshire"),
        (BlockKind.PARAGRAPH, 0, "Referrals fell to 412 in the quarter."),
        (BlockKind.PARAGRAPH, 0, "An open paragraph ends where the next begins."),
        (BlockKind.LIST_ITEM, 1, "First point"),
        (BlockKind.LIST_ITEM, 2, "Below it"),
        (BlockKind.LIST_ITEM, 1, "Second point"),
        (BlockKind.CAPTION, 0, "Table 1: timeliness"),
    ]


def test_a_table_keeps_its_grid_its_heads_and_its_spans() -> None:
    (table,) = [block.table for block in read(PAGE).blocks if block.table is not None]

    assert table.header_rows == 2
    assert [[(cell.column, cell.passage.text) for cell in row] for row in table.rows] == [
        [(0, "Measure"), (1, "Quarter")],
        [(1, "Q1"), (2, "Q2")],
        [(0, "Assessments on time"), (1, "81.2%"), (2, "84.0%")],
        [(0, "Visits on time"), (1, "77%"), (2, "79%")],
    ]
    assert table.rows[0][0].row_span == 2
    assert table.rows[0][1].column_span == 2


def test_every_block_is_found_again_in_the_text() -> None:
    document = read(PAGE)

    assert document.blocks
    for block in document.blocks:
        start, end = block.passage.source_span(0, len(block.passage.text))
        if block.table is None:
            assert document.text[start:end] == block.passage.text
        for cell in [cell for row in (block.table.rows if block.table else []) for cell in row]:
            start, end = cell.passage.source_span(0, len(cell.passage.text))
            assert document.text[start:end] == cell.passage.text


def test_a_table_that_lays_out_the_page_is_walked_through() -> None:
    blocks = read("<html><table><tr><td><h2>Care leavers</h2><p>91 young people.</p></td></tr></table></html>").blocks

    assert [(block.kind, block.passage.text) for block in blocks] == [
        (BlockKind.HEADING, "Care leavers"),
        (BlockKind.PARAGRAPH, "91 young people."),
    ]


def test_a_page_that_never_closes_anything_is_read() -> None:
    blocks = read("<html><body>" + "<div>" * 2000 + "Deep words").blocks

    assert blocks[-1].passage.text == "Deep words"


GRID = """<html><style>.sheet { display: grid; grid-template-columns: minmax(0, 3fr) repeat(2, 1fr) }
.all {grid-column: 1 / -1}</style>
<div class="sheet"><div>Measure</div><div>May</div><div>June</div><div class="all">Homes</div>
<div>Homes visited</div><div>41</div><div></div><div>Homes closed</div><div>2</div><div>3</div></div>"""
ROWS = """<html><div class="t"><h3>Homes</h3><div class="head"><div>Measure</div><div>May</div><div>June</div></div>
<div><div><div>Homes visited</div><div>41</div><div>44</div></div><div><div>Homes closed</div><div>2</div><div>3</div>
</div></div></div>"""
CARDS = """<html><section><h2>At a glance</h2>
<div><h3>Homes visited</h3><p>41</p><p><span>May: 38</span><span>Goal 45</span></p>
</div><div><div>12.5%</div><div>of homes closed</div><div>11.0%</div><div>last year</div></div></section>"""


def _table(text: str) -> list[list[tuple[int, str]]]:
    (table,) = [block.table for block in read(text).blocks if block.table is not None]
    return [[(cell.column, cell.passage.text) for cell in row if cell.passage.text] for row in table.rows]


def test_a_grid_of_boxes_is_a_table_of_as_many_columns_as_its_style_says() -> None:
    assert _table(GRID) == [
        [(0, "Measure"), (1, "May"), (2, "June")],
        [(0, "Homes")],
        [(0, "Homes visited"), (1, "41")],
        [(0, "Homes closed"), (1, "2"), (2, "3")],
    ]


def test_rows_of_boxes_are_a_table_below_its_title() -> None:
    assert read(ROWS).blocks[0].kind is BlockKind.HEADING
    assert _table(ROWS) == [
        [(0, "Measure"), (1, "May"), (2, "June")],
        [(0, "Homes visited"), (1, "41"), (2, "44")],
        [(0, "Homes closed"), (1, "2"), (2, "3")],
    ]


def test_a_grid_without_values_is_no_table() -> None:
    words = GRID.replace(">41<", ">many<").replace(">2<", ">few<").replace(">3<", ">few<")

    assert not [block for block in read(words).blocks if block.table]


def test_boxes_of_one_value_each_are_tiles() -> None:
    blocks = read(CARDS).blocks

    assert [(block.kind, block.passage.text) for block in blocks] == [
        (BlockKind.HEADING, "At a glance"),
        (BlockKind.TILE, "41\nHomes visited\nMay: 38\nGoal 45"),
        (BlockKind.TILE, "12.5%\nof homes closed\n11.0% last year"),
    ]


def test_one_box_with_a_value_and_boxes_of_sentences_are_no_tiles() -> None:
    lone = "<html><div><div><p>Homes</p><p>41</p></div><p>Carers met in May and wanted 12 more homes.</p></div>"

    assert [block.kind for block in read(lone).blocks] == [BlockKind.PARAGRAPH] * 3


def test_names_with_what_is_said_of_each_are_rows() -> None:
    assert _table("<html><dl><dt>Homes visited</dt><dd>41</dd><div><dt>Homes closed</dt><dd>2</dd></div></dl>") == [
        [(0, "Homes visited"), (1, "41")],
        [(0, "Homes closed"), (1, "2")],
    ]
