"""Pages laid out in panels: a matrix beside a list, charts beside text, tiles with round corners."""

from __future__ import annotations

import pymupdf

from tests.extract.reading.test_pdf_tables import read, rows, tables
from tests.pdf_maker import Panel, Put, Sheet, make_pdf
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.reader import read_pdf
from townclerk.models.document import Block, BlockKind, Document

MATRIX = [
    ["Measure", "Feb", "Mar", "Apr"],
    ["Reviews on time", "94.1%", "95.0%", "96.2%"],
    ["Visits on time", "88.0%", "87.3%", "90.4%"],
    ["Contacts decided in a day", "79.9%", "81.2%", "80.8%"],
]


SEEN = [
    ("Children", ["94.1%", "95.0%", "96.2%", "97%"]),
    ("Carers", ["88.0%", "87.3%", "90.4%", "95%"]),
    ("Schools", ["79.9%", "81.2%", "80.8%", "85%"]),
    ("Families", ["70.2%", "71.7%", "73.9%", "80%"]),
    ("Doctors", ["60.3%", "58.1%", "62.5%", "70%"]),
]


def _matrix(x: float, y: float) -> list[Put]:
    return [
        Put(x + (0 if column == 0 else 100 + 50 * column), y + 20 * number, text, 9, bold=number == 0)
        for number, row in enumerate(MATRIX)
        for column, text in enumerate(row)
    ]


def _kinds(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.passage.text) for block in document.blocks]


def _tiles(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is BlockKind.TILE]


def test_a_matrix_is_whole_beside_a_list_at_its_heights() -> None:
    months = [Put(420, 120 + 20 * place, text, 9) for place, text in enumerate(["January", "February", "March"])]
    document = read(Sheet([Panel(40, 90, 350, 110), Panel(410, 90, 140, 200), *_matrix(50, 120), *months]))
    (table,) = tables(document)
    assert rows(table) == MATRIX
    assert document.blocks[-1].passage.text == "January February March"


def test_a_matrix_without_drawn_panels_is_read_as_before() -> None:
    (table,) = tables(read(Sheet(_matrix(50, 120))))
    assert rows(table) == MATRIX


def test_shaded_columns_of_a_table_are_no_panels() -> None:
    shades = [Panel(46, 106, 140, 80), Panel(196, 106, 44, 80), Panel(246, 106, 44, 80), Panel(296, 106, 44, 80)]
    (table,) = tables(read(Sheet([*shades, *_matrix(50, 120)])))
    assert [[text for text in row if text] for row in rows(table)] == MATRIX


def test_text_beside_a_chart_stays_together() -> None:
    bars = [("Foster homes", "210"), ("Children's homes", "48"), ("Own flats", "31"), ("With parents", "26")]
    chart = [
        Put(60 + 110 * column, 120 + 40 * number, text, 9)
        for number, bar in enumerate(bars)
        for column, text in enumerate(bar)
    ]
    said = ["Forty more children live with foster carers", "than two years ago, and fewer have been moved", "since."]
    words = [Put(340, 120 + 13 * number, line, 10) for number, line in enumerate(said)]
    document = read(Sheet([Panel(50, 90, 260, 180), Panel(330, 90, 230, 180), *chart, *words]))
    assert " ".join(said) in [text for _, text in _kinds(document)]


def test_a_tile_with_round_corners_holds_what_stands_in_it() -> None:
    boxes = [(40.0, "214", "Open plans", "198 in May"), (220.0, "91%", "Seen in time", "89% in May")]
    items: list[Panel | Put] = []
    for x, value, name, before in boxes:
        items += [Panel(x, 100, 160, 110, corner=0.1), Put(x + 50, 135, value, 26, bold=True)]
        items += [Put(x + 20, 160, name, 10), Put(x + 20, 200, before, 8)]
    tiles = [block.tile or [] for block in _tiles(read(Sheet(items)))]
    said = [[(part.label.text if part.label else "", part.value.text) for part in tile] for tile in tiles]
    assert said == [[("Open plans", "214"), ("in May", "198")], [("Seen in time", "91%"), ("in May", "89%")]]


def test_words_over_the_shadow_of_a_box_are_not_read_again() -> None:
    pdf = pymupdf.open(stream=make_pdf([Sheet([])]))
    pixels = pymupdf.Pixmap(pymupdf.csRGB, pymupdf.IRect(0, 0, 600, 400))
    pixels.clear_with(228)
    pdf[0].insert_image((60, 100, 360, 300), pixmap=pixels)
    for y, text, size in ((150, "57", 40), (190, "Homes approved this year", 14), (220, "61 last year", 12)):
        pdf[0].insert_text((110, y), text, fontsize=size)
    pdf[0].insert_text((60, 400), "Panels of carers met every month and approved most of the homes put to them.")
    document = read_pdf(pdf.tobytes(), "report.pdf", ReadOptions())
    assert document.text.count("Homes approved") == 1


def test_a_rate_at_the_end_of_a_line_makes_it_no_row() -> None:
    lines = [Put(60, 100, "Plans per 10,000", 10, bold=True), Put(60, 130, "The rate has hardly moved since May.")]
    assert _kinds(read(Sheet(lines)))[0] == (BlockKind.HEADING, "Plans per 10,000")


def test_a_charts_title_over_its_scale_names_it_and_the_chart_beside_it_is_another() -> None:
    ticks = [Put(50, 150 + 30 * place, f"{100 - 10 * place}", 8) for place in range(5)]
    title = [Put(70, 138, "Homes found within a month (%)", 9), Put(330, 138, "Homes by kind", 9)]
    months = [Put(80 + 45 * place, 285, month, 8) for place, month in enumerate(["Oct", "Nov", "Dec", "Jan"])]
    values = [Put(80 + 45 * n, 200 - 6 * n, f"8{n}.5", 8) for n in range(4)]
    kinds = [Put(290, 170 + 40 * place, name, 8) for place, name in enumerate(["Foster", "Family", "Own"])]
    counts = [Put(400 + 30 * place, 170 + 40 * place, str(40 + place), 8) for place in range(3)]
    scale = [Put(330 + 40 * place, 285, str(20 * place), 8) for place in range(5)]
    document = read(Sheet([*ticks, *title, *months, *values, *kinds, *counts, *scale]))
    said = [block.passage.text for block in document.blocks]
    first, second = tables(document)
    assert "Homes found within a month (%)" in said
    assert rows(first) == [["", "Oct", "Nov", "Dec", "Jan"], ["", "80.5", "81.5", "82.5", "83.5"]]
    assert rows(second) == [["Foster", "40"], ["Family", "41"], ["Own", "42"]]


def test_a_matrix_on_bare_ground_is_whole_between_a_list_of_choices_and_bars() -> None:
    cards = [Put(x, 80, value, 26) for x, value in ((150, "214"), (280, "91%"), (410, "37"))]
    cards += [Put(x, 100, name, 9) for x, name in ((150, "Open plans"), (280, "Seen in time"), (410, "New homes"))]
    choices = [Put(30, 130 + 33 * n, text, 9) for n, text in enumerate(["Year", "2020/21", "Team", "All"])]
    cells = [["", "Feb", "Mar", "Apr", "Goal"], *([f"{name} seen", *row] for name, row in SEEN)]
    matrix = [
        Put(110 + (0 if column == 0 else 90 + 45 * column), 140 + 18 * number, text, 9)
        for number, row in enumerate(cells)
        for column, text in enumerate(row)
        if text
    ]
    bars = [Put(470, 145 + 27 * n, name, 9) for n, name in enumerate(["Foster", "Family", "Own"])]
    bars += [Put(520 + 9 * n, 145 + 27 * n, str(44 + n), 9) for n in range(3)]
    document = read(Sheet([Put(30, 40, "Fairholme Council", 20, bold=True), *cards, *choices, *matrix, *bars]))
    assert rows(tables(document)[0]) == cells
    labels = [part.label.text for tile in _tiles(document) for part in tile.tile or [] if part.label]
    assert labels == ["Open plans", "Seen in time", "New homes"]


def test_the_bars_of_two_tiles_are_no_frame() -> None:
    items: list[Panel | Put] = []
    for y, value in ((100, "214"), (200, "91%")):
        items += [Panel(40, y, 180, 80, corner=0.05), Put(50, y + 14, "Seen in time", 9), Put(50, y + 40, value, 22)]
        items += [Panel(50, y + 48, 160, 5, (0.7, 0.7, 0.7)), Put(50, y + 64, "Target: 88", 8)]
    said = [[part.value.text for part in tile.tile or []] for tile in _tiles(read(Sheet(items)))]
    assert said == [["214", "88"], ["91%", "88"]]


def test_titles_of_charts_side_by_side_are_each_their_own() -> None:
    items: list[Put] = []
    for x, title, more, base in (
        (60, "Homes found within", "a month", 40),
        (330, "Families who asked", "for help", 71),
    ):
        items += [Put(x + 20, 100, title, 12, bold=True), Put(x + 50, 116, more, 12, bold=True)]
        items += [Put(x + 50 * n, 250, month, 8) for n, month in enumerate(["Jan", "Feb", "Mar", "Apr"])]
        items += [Put(x + 2 + 50 * n, 190 - 7 * n, str(base + n), 8) for n in range(4)]
    said = [block.passage.text for block in read(Sheet(items)).blocks]
    first = said.index("Homes found within a month")
    second = said.index("Families who asked for help")
    assert [said[first + 1].split()[-1], said[second + 1].split()[-1]] == ["43", "74"]


def test_the_scale_of_a_line_without_labels_is_set_aside_with_its_periods() -> None:
    ticks = [Put(52, 240 - 40 * n, str(75 + 10 * n), 9) for n in range(2)]
    months = [Put(90 + 50 * n, 262, month, 9) for n, month in enumerate(["Jan", "Feb", "Mar", "Apr"])]
    title = Put(80, 150, "Homes seen in time (%)", 11, bold=True)
    document = read(Sheet([title, *ticks, *months]))
    assert [block.kind for block in document.blocks if "75" in block.passage.text] == [BlockKind.CHART]
    assert not tables(document)


def test_bars_in_panels_side_by_side_are_each_under_their_title() -> None:
    items: list[Panel | Put] = []
    for x, title, base in ((40, "Homes found", 40), (220, "Homes lost", 70), (400, "Homes asked for", 90)):
        items += [Panel(x, 90, 165, 150), Put(x + 8, 106, title, 10, bold=True)]
        items += [Put(x + 15 + 40 * n, 230, month, 8) for n, month in enumerate(["Jan", "Feb", "Mar", "Apr"])]
        items += [Put(x + 17 + 40 * n, 150 + 9 * n, str(base - n), 8) for n in range(4)]
    said = [block.passage.text for block in read(Sheet(items)).blocks]
    assert said[::2] == ["Homes found", "Homes lost", "Homes asked for"]
