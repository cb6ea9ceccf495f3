"""Pages of running text: order, headings, lists, furniture, marks and what a person cannot see."""

from __future__ import annotations

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.pdf_maker import Bullets, Columns, Gap, Grid, Heading, Item, Put, Sheet, Text, make_pdf
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import read_pdf
from townclerk.models.document import Block, BlockKind, Document, Origin

LONG = "Families told us that help came sooner than a year ago and that they knew whom to ring when they were worried."


def read(*sheets: Sheet) -> Document:
    return read_pdf(make_pdf(sheets), "report.pdf", ReadOptions())


def texts(document: Document, kind: BlockKind) -> list[str]:
    return [block.passage.text for block in document.blocks if block.kind is kind]


def body(document: Document) -> list[Block]:
    return [block for block in document.blocks if block.kind is not BlockKind.FURNITURE]


def test_lines_of_a_paragraph_become_one_passage() -> None:
    document = read(Sheet([Text(LONG), Text("Another paragraph stands here.")]))
    assert texts(document, BlockKind.PARAGRAPH) == [LONG, "Another paragraph stands here."]


def test_larger_and_bolder_lines_are_headings_ranked_by_size() -> None:
    document = read(
        Sheet(
            [
                Heading("Annual report", 22),
                Text(LONG),
                Heading("Early help", 15),
                Text(LONG),
                Heading("Visits", 11),
                Text(LONG),
            ]
        )
    )
    headings = [(block.passage.text, block.level) for block in document.blocks if block.kind is BlockKind.HEADING]
    assert headings == [("Annual report", 1), ("Early help", 2), ("Visits", 3)]


def test_bold_lead_in_that_runs_on_is_no_heading() -> None:
    document = read(Sheet([Text(LONG), Text("there were 12 of them in the year.")]))
    assert texts(document, BlockKind.HEADING) == []


def test_list_items_keep_their_mark_and_depth() -> None:
    document = read(
        Sheet(
            [
                Text(LONG),
                Bullets(["Plans are reviewed"]),
                Bullets(["in the home"], indent=24),
                Bullets(["Visits are made"], marks=["2."]),
            ]
        )
    )
    items = [(b.marker, b.level, b.passage.text) for b in document.blocks if b.kind is BlockKind.LIST_ITEM]
    assert [(level, text) for _, level, text in items] == [
        (1, "Plans are reviewed"),
        (2, "in the home"),
        (1, "Visits are made"),
    ]
    assert items[2][0] == "2."


def test_a_number_on_a_line_of_its_own_height_is_the_items_mark() -> None:
    document = read(Sheet([Text(LONG), Bullets(["Take steps at once " + LONG], marks=["1."])]))
    (item,) = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert item.marker == "1."
    assert item.passage.text.startswith("Take steps at once Families")


def test_headers_footers_and_page_numbers_are_furniture() -> None:
    sheets = [
        Sheet([Text(f"Page of theme {theme}."), Text(LONG)], header="Marlby Council: quarter 2", footer="{page}")
        for theme in ("visits", "plans", "schools")
    ]
    document = read(*sheets)
    assert texts(document, BlockKind.FURNITURE) == [
        line for number in (1, 2, 3) for line in ("Marlby Council: quarter 2", str(number))
    ]
    assert all("Marlby" not in block.passage.text for block in body(document))


def test_a_sentence_that_a_page_breaks_off_is_one() -> None:
    first, second = "The share of repeat referrals fell to 17.2% in March, against the England", "average of 21.4%."
    sheets = [Sheet([Text(first)], footer="8"), Sheet([Text(second), Text("A new paragraph.")], footer="9")]
    document = read(*sheets)
    assert [block.passage.text for block in body(document)] == [f"{first} {second}", "A new paragraph."]
    figure = body(document)[0].passage
    start, end = figure.source_span(figure.text.index("21.4"), figure.text.index("21.4") + 4)
    assert document.text[start:end] == "21.4"


def test_two_columns_are_read_one_after_the_other() -> None:
    document = read(
        Sheet(
            [
                Heading("Across both columns", 18),
                Columns(
                    [Heading("Left", 12), Text("L1 " + LONG), Text("L2 " + LONG)],
                    [Heading("Right", 12), Text("R1 " + LONG), Text("R2 " + LONG)],
                ),
                Gap(10),
                Text("Below both. " + LONG),
            ]
        )
    )
    starts = [block.passage.text.split()[0] for block in body(document)]
    assert starts == ["Across", "Left", "L1", "L2", "Right", "R1", "R2", "Below"]


def test_text_boxes_of_a_slide_are_read_from_left_to_right() -> None:
    left = [Put(60, 150 + 16 * i, f"Left box line number {i} goes on", 11) for i in range(4)]
    right = [Put(470, 142 + 16 * i, f"Right box line number {i} goes on", 11) for i in range(4)]
    document = read(Sheet([Heading("Children in care", 24), *right, *left], landscape=True))
    said = " ".join(block.passage.text for block in body(document))
    assert said.index("Left box line number 3") < said.index("Right box line number 0")
    assert document.blocks[0].kind is BlockKind.HEADING


def test_a_raised_mark_is_no_part_of_the_word_or_number_before_it() -> None:
    document = read(Sheet([Text(f"{LONG} Of the 40 in the area^2 were 12 at school,^3 which is 30%.^4 {LONG}")]))
    (text,) = texts(document, BlockKind.PARAGRAPH)
    assert "in the area were 12 at school, which is 30%." in text
    assert "area2" not in document.text
    assert "2" in document.text[: document.text.index("were 12")].split()


def test_a_word_broken_at_a_lines_end_is_made_whole_and_maps_back() -> None:
    document = read(
        Sheet([Put(60, 100, "The share of re-refer-"), Put(60, 113, "rals fell to a fifth of all contacts."), Text("")])
    )
    (block,) = body(document)
    assert block.passage.text == "The share of re-referrals fell to a fifth of all contacts."
    start = block.passage.text.index("referrals")
    first, last = block.passage.source_span(start, start + len("referrals"))
    assert document.text[first:last] == "refer-\nrals"


def test_white_and_invisible_text_is_left_out() -> None:
    document = read(
        Sheet([Text(LONG), Put(60, 300, "Hidden 99%", colour=(1, 1, 1)), Put(60, 330, "Ghost 88%", invisible=True)])
    )
    assert "99%" not in document.text
    assert "88%" not in document.text


def test_white_text_on_a_dark_field_is_kept() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect(pymupdf.Rect(50, 80, 300, 110), color=None, fill=(0, 0, 0.5))
    page.insert_text((60, 100), "Shown on blue", color=(1, 1, 1))
    assert "Shown on blue" in read_pdf(pdf.tobytes(), "white.pdf", ReadOptions()).text


def test_white_text_on_a_box_with_round_corners_or_drawn_as_lines_is_kept() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.draw_rect(pymupdf.Rect(50, 80, 300, 110), color=None, fill=(0, 0, 0.5), radius=0.3)
    page.insert_text((60, 100), "Shown on a round box", color=(1, 1, 1))
    page.draw_polyline([(175, 200), (50, 200), (50, 240), (300, 240), (300, 200)], color=None, fill=(0, 0, 0.5))
    page.insert_text((60, 224), "Shown on a drawn box", color=(1, 1, 1))
    text = read_pdf(pdf.tobytes(), "white.pdf", ReadOptions()).text
    assert "Shown on a round box" in text
    assert "Shown on a drawn box" in text


def test_invisible_text_is_read_where_a_page_has_no_other() -> None:
    document = read(Sheet([Put(60, 100, "Words behind a scanned picture", invisible=True)]))
    assert "Words behind a scanned picture" in document.text


def test_text_printed_twice_at_one_place_is_read_once() -> None:
    document = read(
        Sheet([Put(60, 100, "Only once 45%"), Put(60.4, 100.3, "Only once 45%"), Put(60, 200, "Only once 45%")])
    )
    assert document.text.count("45%") == 2


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_boxes_of_a_turned_page_are_those_of_the_page_as_displayed(rotation: int) -> None:
    data = make_pdf([Sheet([Text(LONG)], rotation=rotation)])
    document = read_pdf(data, "turned.pdf", ReadOptions())
    page = document.pages[0]
    assert document.blocks[0].passage.text == LONG
    with pymupdf.open(stream=data) as pdf:
        assert (page.width, page.height) == (pdf[0].rect.width, pdf[0].rect.height)
        place = pdf[0].search_for("Families")[0] * pdf[0].rotation_matrix
    box = document.boxes(0, len("Families"))[0]
    assert abs(pymupdf.Rect(box).normalize().x0 - place.normalize().x0) < 3
    assert abs(pymupdf.Rect(box).normalize().y0 - place.normalize().y0) < 3


def test_a_page_printed_sideways_is_read_upright() -> None:
    lines = [
        Put(100 + 16 * i, 700, f"Line {i} of text that was printed up the side of its page", turn=90) for i in range(6)
    ]
    document = read(Sheet(lines))
    said = " ".join(block.passage.text for block in body(document))
    assert said.index("Line 0 of") < said.index("Line 5 of")
    assert all(box.x1 <= 595 and box.y1 <= 842 for box in document.boxes(0, len(document.text)))


def test_soft_hyphens_and_odd_blanks_are_mended_in_the_passage_only() -> None:
    document = read(Sheet([Put(60, 100, "There were 1\u00a0204 con\u00adtacts in the first half of the year.")]))
    (block,) = body(document)
    assert "\u00ad" not in block.passage.text
    assert "\u00a0" not in block.passage.text


def test_pages_are_divided_by_form_feeds_and_hold_their_words() -> None:
    document = read(Sheet([Text("First page.")]), Sheet([Text("Second page.")]))
    assert document.text.count("\f") == 1
    assert document.media_type == "application/pdf"
    for page in document.pages:
        assert page.origin is Origin.BORN_DIGITAL
        assert page.words is not None
        assert "page." in [document.text[a:b] for a, b in zip(page.words.starts, page.words.ends, strict=True)]
        assert document.page_at(page.words.starts[0]) is page


WORDS = st.text(alphabet="abcdefghijklmnopqrstuvwxyz0123456789.,%-", min_size=1, max_size=12).filter(str.strip)


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(WORDS, min_size=1, max_size=30), min_size=1, max_size=4))
def test_every_piece_of_every_passage_maps_to_the_same_words(paragraphs: list[list[str]]) -> None:
    document = read(Sheet([Text(" ".join(words)) for words in paragraphs]))
    for block in document.blocks:
        for piece in block.passage.pieces:
            said = block.passage.text[piece.start : piece.end]
            if len(said) == piece.source_end - piece.source_start:
                assert document.text[piece.source_start : piece.source_end] == said
    words = document.pages[0].words
    assert words is not None
    assert [document.text[a:b] for a, b in zip(words.starts, words.ends, strict=True)] == document.text.split()


def test_a_line_set_as_the_headings_around_it_is_a_heading_whatever_it_says() -> None:
    blue = (0.1, 0.2, 0.6)
    named = ["Visits in time", "LI 12 % of reviews that were held when they were due", "Placements that last"]
    items = [
        item
        for place, name in enumerate(named)
        for item in (
            Put(56, 90 + 80 * place, name, 11, bold=True, colour=blue),
            Put(56, 105 + 80 * place, "Actual: 91%", 11),
        )
    ]
    document = read(Sheet(items))
    assert texts(document, BlockKind.HEADING) == named
    assert texts(document, BlockKind.PARAGRAPH) == ["Actual: 91%"] * 3


@pytest.mark.parametrize(
    ("first", "second", "apart"),
    [
        ("For each year, what were the totals of (a) first visits made and", "(b) homes approved?", False),
        ("(a) the plan for the year that the committee asked for, and", "(b) the budget", True),
    ],
)
def test_a_list_within_a_sentence_is_not_torn_where_its_mark_begins_a_line(
    first: str, second: str, apart: bool
) -> None:
    blocks = body(read(Sheet([Put(60, 100, first, 11.0), Put(60, 114, second, 11.0)])))
    assert len(blocks) == 2 if apart else [block.passage.text for block in blocks] == [f"{first} {second}"]


def test_a_list_goes_on_as_deep_in_the_next_column() -> None:
    left: list[Item] = [Heading("Care"), Bullets([LONG, LONG]), Bullets(["Of these children:"])]
    right: list[Item] = [
        Bullets(["12 lived with foster carers of their own kin", "9 lived out of the area"], 20.0, ["-", "-"]),
        Bullets([LONG]),
    ]
    document = read(Sheet([Columns(left, right)]))
    items = [block for block in document.blocks if block.kind is BlockKind.LIST_ITEM]
    assert [item.level for item in items] == [1, 1, 1, 2, 2, 1]


def test_charts_side_by_side_are_told_apart_though_their_periods_touch() -> None:
    def chart(x: float, values: list[str], first: int) -> list[Put]:
        heads = [
            f"Q{1 + (first + at) % 4} 1{7 + (first + at) // 4}/1{8 + (first + at) // 4}" for at in range(len(values))
        ]
        puts = [Put(x + 34 * at, 300, head, 8) for at, head in enumerate(heads)]
        return puts + [Put(x + 8 + 34 * at, 200 + 7 * at, value, 8) for at, value in enumerate(values)]

    document = read(
        Sheet([*chart(56, ["81%", "82%", "84%", "80%", "79%"], 0), *chart(330, ["+3", "-1", "+2", "-4"], 1)])
    )
    tables = [
        [[cell.passage.text for cell in row] for row in block.table.rows] for block in document.blocks if block.table
    ]
    assert tables == [
        [["Q1 17/18", "Q2 17/18", "Q3 17/18", "Q4 17/18", "Q1 18/19"], ["81%", "82%", "84%", "80%", "79%"]],
        [["Q2 17/18", "Q3 17/18", "Q4 17/18", "Q1 18/19"], ["+3", "-1", "+2", "-4"]],
    ]


def test_a_bullet_set_close_to_a_number_is_no_part_of_it() -> None:
    document = read(
        Sheet(
            [
                Put(56, 70, "»69.6% of visits were in time", 11),
                Put(56, 100, "»£1,240 a week was the cost of a bed", 11),
                Put(56, 130, "-4 points on last year", 11),
            ]
        )
    )
    assert [(block.marker, block.passage.text) for block in document.blocks] == [
        ("»", "69.6% of visits were in time"),
        ("»", "£1,240 a week was the cost of a bed"),
        ("", "-4 points on last year"),
    ]


def test_slide_titles_are_headings_alike() -> None:
    document = read(*(Sheet([Heading(title, 20), Text(LONG)]) for title in ("Visits", "Reviews held", "16-17 NEET")))
    assert texts(document, BlockKind.HEADING) == ["Visits", "Reviews held", "16-17 NEET"]


def test_times_side_by_side_that_come_back_on_every_page_head_tables() -> None:
    pages = [
        Sheet([Grid([["Feb-22", "Mar-22", "Target"], [f"8{number}.0", f"8{number}.4", "85"]], rules="none")])
        for number in range(3)
    ]
    assert not [block for block in read(*pages).blocks if block.kind is BlockKind.FURNITURE]


def test_running_text_beside_a_table_is_read_apart_from_it() -> None:
    lines = [
        "Fewer young people went missing from",
        "homes this year, and those who did came",
        "back sooner. The team rings",
        "each of them the next morning, and asks",
        "what would have helped. Carers say that",
        "they feel less alone with it.",
    ]
    said = [Put(50, 120 + 12 * number, line, 10) for number, line in enumerate(lines)]
    grid = [
        ["At 31 March", "2020", "2021"],
        ["Missing once", "31", "27"],
        ["Missing often", "12", "9"],
        ["Found in a day", "40", "33"],
    ]
    cells = [
        Put((330, 440, 490)[column], 126 + 19 * number, text, 9, bold=number == 0)
        for number, row in enumerate(grid)
        for column, text in enumerate(row)
    ]
    document = read(Sheet([*said, *cells]))
    assert " ".join(lines) in [block.passage.text for block in document.blocks]
    (table,) = [block.table for block in document.blocks if block.table is not None]
    assert [[cell.passage.text for cell in row] for row in table.rows] == grid


def test_the_end_of_the_last_label_behind_a_theme_is_of_its_row() -> None:
    rows = [
        ("Care", "Homes found within a month of the day", "41%", "44%"),
        ("", "Families who were asked again by the", "9%", "8%"),
    ]
    head = [
        Put(x, 100, text, 9, bold=True) for x, text in ((50, "Theme"), (120, "Measure"), (330, "2020"), (400, "2021"))
    ]
    cells = [
        Put((50, 120, 330, 400)[column], 116 + 14 * number, text, 9)
        for number, row in enumerate([*rows, ("", "Homes lost for want of somebody who", "3%", "2%")])
        for column, text in enumerate(row)
        if text
    ]
    (table,) = [b.table for b in read(Sheet([*head, *cells, Put(120, 154, "answers", 9)])).blocks if b.table]
    assert [cell.passage.text for cell in table.rows[-1]][-3] == "Homes lost for want of somebody who answers"
