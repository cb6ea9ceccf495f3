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
