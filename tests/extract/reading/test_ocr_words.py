"""What is mended in recognised words by looking at the picture again: parts of a page, boxes, blanks, bullets."""

from __future__ import annotations

import pymupdf
import pytest

from tests.factory.render_scan import ScanSettings, render_scan
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.ocr.bullets import BULLET, part_bullets
from townclerk.extract.reading.ocr.fitting import drop_pieces, fit_words
from townclerk.extract.reading.ocr.gleaning import to_segments
from townclerk.extract.reading.ocr.ink import stroke_weight
from townclerk.extract.reading.ocr.missed import find_missed, read_small_again
from townclerk.extract.reading.ocr.parts import find_parts
from townclerk.extract.reading.ocr.picture import Picture, take_picture
from townclerk.extract.reading.ocr.recognised import READ_ONCE, SeenLine, SeenWord
from townclerk.extract.reading.ocr.second import compare, read_numbers_again
from townclerk.extract.reading.pdf.vectors import Rule
from townclerk.models.document import BlockKind, Document

SIZE = 11.0
LEFT = (
    "Children placed with their own",
    "parents rose a little over the",
    "spring and have come down",
    "since then in each district of",
    "the county but the northern.",
)
RIGHT = (
    "Visits by social workers were",
    "late in 14 of 120 cases, most",
    "of them in the week before the",
    "new system went live, and all",
    "have now been carried out.",
)


def two_columns() -> pymupdf.Document:
    """Two columns whose lines are not level, under a title over both."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=440, height=240)
    page.insert_text((40, 40), "What inspectors will wish to know of Thornleigh", fontsize=14)
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.insert_text((40, 70 + 15 * number), left, fontsize=SIZE)
        page.insert_text((240, 76 + 15 * number), right, fontsize=SIZE)
    return pdf


def grid() -> pymupdf.Document:
    """The same lines level with each other, as a table's are."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=440, height=240)
    for number, (left, right) in enumerate(zip(LEFT, RIGHT, strict=True)):
        page.insert_text((40, 70 + 15 * number), left, fontsize=SIZE)
        page.insert_text((240, 70 + 15 * number), right, fontsize=SIZE)
    return pdf


def seen(text: str, x0: float, x1: float, baseline: float = 60.0) -> SeenWord:
    return SeenWord(x0, baseline - 8, x1, baseline, text, 0.9)


def written(text: str, at: float = 60.0) -> tuple[Picture, float]:
    """A picture of a line of text, and where its baseline is."""
    pdf = pymupdf.open()
    pdf.new_page(width=300, height=90).insert_text((at, 60), text, fontsize=SIZE)
    return take_picture(pdf[0]), 60.0


def width(text: str) -> float:
    return float(pymupdf.get_text_length(text, fontsize=SIZE))


def scanned(pdf: pymupdf.Document) -> Document:
    settings = ScanSettings(dpi=200, skew=0.0, blur=0.0, noise=10.0, quality=40, bleed=0.0, grey=True)
    return read_bytes(render_scan(pdf.tobytes(), "words", settings)[0], "scan.pdf")


def test_columns_whose_lines_are_not_level_are_parts_of_a_page_and_a_tables_are_not() -> None:
    title, left, right = find_parts(take_picture(two_columns()[0]))

    assert title.y1 <= min(left.y0, right.y0)
    assert left.x1 <= right.x0
    assert len(find_parts(take_picture(grid()[0]))) == 1


def test_labels_of_an_axis_are_not_cut_between_bars() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=440, height=240)
    for number in range(6):
        x = 50 + 60 * number
        page.insert_text((x + 8, 60 + 23 * (number % 3)), f"{40 + number}", fontsize=8)
        page.insert_text((x, 180), f"Q{number % 4 + 1} 16/17", fontsize=8)

    parts = find_parts(take_picture(page))

    label = 176 / 72 * 300
    (axis,) = [part for part in parts if part.y0 < label < part.y1]
    assert axis.x1 - axis.x0 > 300 / 72 * 300


def test_very_small_print_is_read_again_from_a_larger_picture() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")
    pdf = pymupdf.open()
    text = "Q2 16/17   Q3 16/17   Q4 16/17"
    pdf.new_page(width=300, height=90).insert_text((60, 60), text, fontsize=4.8, color=(0.4,) * 3)
    settings = ScanSettings(dpi=200, skew=0.0, blur=0.0, noise=10.0, quality=40, bleed=0.0, grey=True)
    with pymupdf.open(stream=render_scan(pdf.tobytes(), "small", settings)[0], filetype="pdf") as scan:
        picture = take_picture(scan[0])
    words = [SeenWord(60, 56.5, 66, 60, "QO?", 0.3), SeenWord(68, 56.5, 160, 60, "16/1", 0.4)]
    line = SeenLine(words, (60.0, 0.0), 4.8)

    read_small_again(picture, [line])

    assert [word.text for word in line.words][1::2] == ["16/17"] * 3
    assert line.words[0].x0 == pytest.approx(60, abs=1)
    assert line.words[0].y0 < 58 < line.words[0].y1


def test_columns_whose_lines_are_not_level_are_read_one_after_the_other() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")

    text = " ".join(scanned(two_columns()).text.split())

    assert " ".join(LEFT) in text
    assert " ".join(RIGHT) in text


def test_a_box_that_stops_short_of_its_last_digit_is_made_longer_and_a_dash_stays_outside() -> None:
    picture, baseline = written("March 2017 – the")
    first, second = 60 + width("March "), 60 + width("March 2017 – ")
    year = seen("2017", first, first + width("201") - 0.4)
    line = SeenLine([seen("March", 60, 60 + width("March")), year, seen("the", second, second + 15)], (baseline, 0), 11)

    fit_words(picture, [line])

    assert year.x1 == pytest.approx(first + width("2017"), abs=1)
    assert [word.text for word in line.words] == ["March", "2017", "the"]


@pytest.mark.parametrize(
    ("printed", "read", "words"),
    [
        ("Current target", "Currenttarget", ["Current", "target"]),
        ("At 31 December", "At31", ["At", "31"]),
        ("31 December", "31December", ["31", "December"]),
        ("Somewhere", "Somewhere", ["Somewhere"]),
        ("111th", "111th", ["111th"]),
        ("1,117", "1,117", ["1,117"]),
        ("Nov 20", "Nov-20", ["Nov-20"]),  # a hyphen too faint to be ink
    ],
)
def test_words_read_as_one_are_parted_where_the_picture_shows_a_blank(
    printed: str, read: str, words: list[str]
) -> None:
    picture, baseline = written(printed)
    end = 60 + width(printed if read != "At31" else "At 31")
    line = SeenLine([seen(read, 60, end)], (baseline, 0), 11)

    fit_words(picture, [line])

    assert [word.text for word in line.words] == words


def test_a_bullet_far_before_its_words_is_told_from_a_letter() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=90)
    page.draw_circle((62, 56.5), 1.7, fill=(0, 0, 0), color=None)
    page.insert_text((78, 60), "As at 31 December", fontsize=SIZE)
    line = SeenLine([seen("e", 60.3, 63.7), seen("As", 78, 91)], (60.0, 0.0), SIZE)
    line.words[0].y0, line.words[0].y1 = 54.8, 58.2

    part_bullets(take_picture(page), [line])

    assert [word.text for word in line.words] == [BULLET, "As"]


@pytest.mark.parametrize("read", ["@", "M"])
def test_a_dark_square_before_words_is_a_bullet_however_it_was_read(read: str) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=90)
    page.draw_rect((56, 52, 64, 60), fill=(0, 0, 0), color=None)
    page.insert_text((67, 60), "In the upper half", fontsize=SIZE)
    line = SeenLine([seen(read, 56, 64), seen("In", 67, 76)], (60.0, 0.0), SIZE)

    part_bullets(take_picture(page), [line])

    assert [word.text for word in line.words] == [BULLET, "In"]


@pytest.mark.parametrize("value", ["83.0%", "86.2%", "85%"])
def test_the_first_digit_of_a_value_lower_than_the_words_of_its_row_is_no_sign(value: str) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=90)
    page.insert_text((60, 60), value, fontsize=SIZE)
    line = SeenLine(
        [seen(value, 60, 60 + pymupdf.get_text_length(value, fontsize=SIZE))], (60 - SIZE * 0.55, 0.0), SIZE
    )

    part_bullets(take_picture(page), [line])

    assert [word.text for word in line.words] == [value]


def test_the_second_reader_sees_no_bullet_beside_a_value() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=90)
    page.draw_rect((50, 48, 63, 61), fill=(0, 0, 0), color=None)
    page.insert_text((65, 60), "8% of plans", fontsize=18)
    value = SeenWord(65.5, 46.8, 91, 60.3, "8%", 0.9)
    line = SeenLine([SeenWord(50, 48, 63, 61, BULLET, 0.9), value], (60.0, 0.0), 18.0)

    read_numbers_again(take_picture(page), [line])

    assert (value.text, value.agreed) == ("8%", 1)


def test_a_piece_of_a_word_that_was_read_on_another_line_goes() -> None:
    whole, beside = seen("74%", 60, 76), seen("9", 80, 84)
    piece = SeenWord(69.0, 53.0, 74.0, 56.5, "9,", 0.95)
    above = SeenWord(62.0, 46.0, 74.0, 56.5, "9)", 0.7)
    lines = [SeenLine([piece, beside], (57.0, 0.0), 4.0), SeenLine([above, whole], (60.0, 0.0), SIZE)]

    drop_pieces(lines, [])

    assert [[word.text for word in line.words] for line in lines] == [["9"], ["74%"]]


def test_a_dash_that_goes_on_with_a_ruling_line_goes_and_one_in_a_cell_stays() -> None:
    axis, cell = SeenWord(98.0, 80.1, 112.0, 80.9, "—", 0.75), SeenWord(98.0, 66.1, 103.0, 66.9, "-", 0.9)
    lines = [SeenLine([axis], (80.9, 0.0), 8.0), SeenLine([cell], (70.0, 0.0), SIZE)]

    drop_pieces(lines, [Rule(True, 80.0, 20.0, 96.0, False), Rule(True, 60.0, 20.0, 196.0, False)])

    assert [[word.text for word in line.words] for line in lines] == [[], ["-"]]


def test_strokes_of_grey_letters_are_as_thick_as_those_of_black_ones() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=90)
    for top, shade in ((30, 0.0), (60, 0.4)):
        page.insert_text((60, top), "Fostering and care", fontsize=SIZE, fontname="hebo", color=(shade,) * 3)
    settings = ScanSettings(dpi=200, skew=0.0, blur=0.0, noise=10.0, quality=40, bleed=0.0, grey=True)
    with pymupdf.open(stream=render_scan(pdf.tobytes(), "grey", settings)[0], filetype="pdf") as scan:
        picture = take_picture(scan[0])

    black, grey = (stroke_weight(picture.part(60, top - 9, 160, top + 3)) for top in (30, 60))

    assert grey == pytest.approx(black, rel=0.1)


def test_a_thousand_set_with_a_blank_stays_one_cell() -> None:
    words = [seen("1", 61.1, 63.9), seen("104", 70.3, 87.0), seen("94", 140, 152)]

    segments, _ = to_segments([SeenLine(words, (60.0, 0.0), SIZE)])

    assert [segment.text for segment in segments] == ["1 104", "94"]
    gap = segments[0].words[1].x0 - segments[0].words[0].x1
    assert gap == pytest.approx(width(" "), abs=1)


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("Q42013/14", "Q4 2013/14"),
        ("10/11Q4", "10/11 Q4"),
        ("10/1103", "10/11 Q3"),
        ("Q311/12", "Q3 11/12"),
        ("$47", "S47"),
        ("10/11", "10/11"),
    ],
)
def test_quarters_and_years_read_as_one_are_parted(read: str, said: str) -> None:
    segments, _ = to_segments([SeenLine([seen(read, 60, 110)], (60.0, 0.0), SIZE)])

    assert " ".join(segment.text for segment in segments) == said


def test_a_value_behind_leaders_that_the_recogniser_dropped_is_found() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")
    picture, baseline = written("Families visited ..... 99")
    first, second = width("Families"), width("Families visited")
    words = [seen("Families", 60, 60 + first), seen("visited", 60 + width("Families "), 60 + second)]

    found = find_missed(picture, [SeenLine(words, (baseline, 0), 11)])

    assert [word.text for line in found for word in line.words] == ["99"]


def test_a_word_that_was_cut_short_is_read_again() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")
    picture, baseline = written("Hazelsea")
    word = seen("Hazel", 60, 60 + width("Hazel") - 0.5)

    fit_words(picture, [SeenLine([word], (baseline, 0), 11)])

    assert word.text == "Hazelsea"
    assert word.x1 == pytest.approx(60 + width("Hazelsea"), abs=1)


@pytest.mark.parametrize(("printed", "read", "said"), [("x", "Xx", "x"), ("c", "C", "c"), ("X", "x", "X")])
def test_the_height_of_a_lone_letter_tells_its_case(printed: str, read: str, said: str) -> None:
    picture, baseline = written(printed)
    line = SeenLine([seen(read, 59.5, 60.5 + width(printed))], (baseline, 0), 11)

    fit_words(picture, [line])

    assert [word.text for word in line.words] == [said]


def test_not_available_marks_misread_as_letters_are_mended() -> None:
    (segment,), _ = to_segments([SeenLine([seen("HHH", 60, 84)], (60.0, 0.0), SIZE)])

    assert segment.text == "####"


def test_a_scan_in_two_columns_keeps_its_headings() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")

    heading = scanned(two_columns()).blocks[0]

    assert (heading.kind, heading.passage.text) == (
        BlockKind.HEADING,
        "What inspectors will wish to know of Thornleigh",
    )


def test_a_pasted_table_is_read_though_a_line_of_it_was_cut_through() -> None:
    pytest.importorskip("tesserocr", reason="tesserocr is not installed")
    shown = pymupdf.open()
    page = shown.new_page(width=520, height=140)
    page.insert_text((10, 1), "Performance of the service against plan in the quarter", fontsize=15, fontname="hebo")
    for number, row in enumerate((("Re-referrals", "21.3%", "19.8%"), ("Seen on time", "81.4%", "79.9%"))):
        for column, text in enumerate(row):
            page.insert_text((10 + 150 * column, 50 + 20 * number), text, fontsize=SIZE)
    paper = pymupdf.open()
    sheet = paper.new_page()
    sheet.insert_text((50, 60), "The dashboard is shown below, as it stood in September 2019.", fontsize=SIZE)
    sheet.insert_image((50, 90, 545, 223), pixmap=page.get_pixmap(dpi=200))

    text = read_bytes(paper.tobytes(), "pasted.pdf").text

    assert all(figure in text for figure in ("21.3%", "19.8%", "81.4%", "79.9%"))


@pytest.mark.parametrize(("read", "agreed"), [("08/09", 1), ("(63.9", 1), ("Q2", 1), ("08/0Q1", READ_ONCE)])
def test_two_readers_agree_on_what_looks_like_a_number(read: str, agreed: int) -> None:
    word = seen(read, 60, 90)

    compare(word, read, 0.99)

    assert (word.agreed, word.certainty) == (agreed, 0.99)
