"""What is cleaned off a scan before it is read: tints, bars and tiles; and what is looked for again afterwards."""

from __future__ import annotations

import numpy as np
import pymupdf
import pytest

from tests.factory.render_scan import ScanSettings, render_scan
from tests.pdf_maker import Grid, Heading, Sheet, Text, make_pdf
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.ocr.areas import GROUND_SHRINK, Area, clear_areas, fills_of, find_areas
from townclerk.extract.reading.ocr.picture import Picture, shrink, take_picture
from townclerk.extract.reading.ocr.recognised import READ_ONCE, SeenLine, SeenWord
from townclerk.extract.reading.ocr.sizes import even_sizes, size_of
from townclerk.models.document import BlockKind, Document

pytest.importorskip("tesserocr", reason="tesserocr is not installed")


def scan(pdf: bytes, *, grey: bool = True) -> bytes:
    """A PDF of page pictures at 200 dpi, straight, noisy and pressed as JPEG."""
    settings = ScanSettings(dpi=200, skew=0.0, blur=0.0, noise=10.0, quality=40, bleed=0.0, grey=grey)
    return render_scan(pdf, "areas", settings)[0]


def picture_of(pdf: pymupdf.Document, *, grey: bool = True) -> Picture:
    with pymupdf.open(stream=scan(pdf.tobytes(), grey=grey), filetype="pdf") as scanned:
        return take_picture(scanned[0])


def areas_of(picture: Picture) -> list[Area]:
    return find_areas(picture.grey, shrink(picture.grey, GROUND_SHRINK), picture.scale)


def tile() -> pymupdf.Document:
    """A tile of two shades, and a frame around the page that is no area."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=240)
    page.draw_rect((8, 8, 392, 232), color=(0, 0, 0), width=3)
    page.draw_rect((40, 40, 240, 60), fill=(0.2, 0.2, 0.2), color=None)
    page.draw_rect((40, 60, 240, 160), fill=(0.8, 0.8, 0.8), color=None)
    page.insert_text((46, 54), "Care orders granted in the year", fontsize=11, color=(1, 1, 1), fontname="hebo")
    page.insert_text((100, 120), "64", fontsize=44, fontname="hebo")
    page.draw_rect((300, 60, 324, 160), fill=(0.3, 0.3, 0.3), color=None)
    return pdf


def test_areas_of_one_shade_are_found_whole_and_frames_are_not() -> None:
    picture = picture_of(tile())

    boxes = sorted(tuple(round(edge / 4) * 4 for edge in fill[:4]) for fill in fills_of(areas_of(picture), picture))

    assert boxes == [(40, 40, 240, 60), (40, 60, 240, 160), (300, 60, 324, 160)]


def test_an_area_says_whether_its_letters_are_lighter_and_whether_it_has_any() -> None:
    body, head, bar = areas_of(picture_of(tile()))

    assert (body.letters, body.is_bare) == (None, False)
    assert bar.is_bare
    assert head.letters is not None
    assert head.letters > head.level + 100


def test_a_band_is_a_box_though_grain_makes_some_of_its_rows_longer() -> None:
    grey = np.full((400, 1600), 250, dtype=np.uint8)
    grey[160:240, 200:1400] = 217
    for row, longer in ((160, 12), (196, 12), (236, 8)):
        grey[row : row + 4, 1400 : 1400 + longer] = 217

    (band,) = find_areas(grey, shrink(grey, GROUND_SHRINK), 300 / 72)

    assert band.is_box
    assert (band.left, band.right) == pytest.approx((50, 350), abs=1)


def test_a_line_of_letters_from_side_to_side_does_not_part_a_box() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=120)
    page.draw_rect((60, 40, 100, 68), fill=(0.2, 0.2, 0.2), color=None)
    page.insert_text((61.5, 51), "Bramcombe", fontsize=7, color=(1, 1, 1), fontname="hebo")
    picture = picture_of(pdf)

    (box,) = fills_of(areas_of(picture), picture)

    assert (box.y0, box.y1) == pytest.approx((40, 68), abs=2)


def test_narrow_bars_and_low_heads_become_white_and_dark_squares_before_words_stay_black_to_their_edge() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=240)
    page.draw_rect((60, 60, 74, 160), fill=(0.25, 0.25, 0.25), color=None)
    page.draw_rect((100, 60, 113, 73), fill=(0.0, 0.0, 0.0), color=None)
    page.draw_rect((140, 60, 280, 74), fill=(0.2, 0.2, 0.2), color=None)
    picture = picture_of(pdf)
    areas = areas_of(picture)
    picture.grey[picture.grey > 200] = 255
    out = picture.grey.copy()

    clear_areas(out, picture.grey, areas)

    cleared = Picture(out, picture.colour, picture.scale, picture.back)
    assert cleared.part(62, 64, 72, 156).min() == 255
    assert cleared.part(101, 61, 112, 72).max() == 0
    assert set(np.unique(cleared.part(99, 59, 114, 74))) == {0, 255}
    assert sorted(round(fill.x0 / 4) * 4 for fill in fills_of(areas, picture)) == [60, 140]


def test_light_letters_become_dark_and_bars_white() -> None:
    picture = picture_of(tile())
    areas = areas_of(picture)
    out = picture.grey.copy()

    clear_areas(out, picture.grey, areas)

    def part(x0: float, y0: float, x1: float, y1: float) -> float:
        s = picture.scale
        return float(np.median(out[round(y0 * s) : round(y1 * s), round(x0 * s) : round(x1 * s)]))

    assert part(305, 70, 320, 150) == 255
    assert part(44, 56, 230, 58) > 240  # the ground of the head, below its letters
    assert part(10, 180, 30, 200) == pytest.approx(255, abs=8)


def test_a_coloured_area_has_its_colour() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=300, height=160)
    page.draw_rect((60, 40, 200, 90), fill=(0.9, 0.2, 0.2), color=None)
    picture = picture_of(pdf, grey=False)

    (fill,) = fills_of(areas_of(picture), picture)

    assert fill.colour >> 16 > 180
    assert (fill.colour >> 8) & 255 < 110


def test_a_tile_on_a_scan_is_a_tile() -> None:
    pdf = tile()
    pdf[0].insert_text((50, 200), "The number of care orders granted rose again over the year.", fontsize=10)

    (block,) = [one for one in read_bytes(scan(pdf.tobytes()), "tile.pdf").blocks if one.kind is BlockKind.TILE]

    assert block.tile is not None
    assert [part.value.text for part in block.tile] == ["64"]
    assert "Care orders granted in the year" in block.passage.text


def test_a_page_printed_light_on_dark_is_read() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=200)
    page.draw_rect(page.rect, fill=(0.05, 0.1, 0.3), color=None)
    page.insert_text((40, 80), "Fostering households approved: 31", fontsize=16, color=(1, 1, 1))

    assert "Fostering households approved: 31" in read_bytes(scan(pdf.tobytes()), "slide.pdf").text


def test_numbers_of_paragraphs_and_small_labels_are_not_passed_over() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=500, height=300)
    for number in range(1, 8):
        page.insert_text((40, 30 * number), f"{number}.", fontsize=11)
        page.insert_text((90, 30 * number), "The panel looked at what the service had done since June.", fontsize=11)
    for quarter in range(1, 5):
        page.insert_text((60 + 90 * quarter, 270), f"Q{quarter} 19/20", fontsize=7.5, color=(0.45, 0.45, 0.45))

    text = read_bytes(scan(pdf.tobytes()), "list.pdf").text

    assert [f"{number}." in text for number in range(1, 8)] == [True] * 7
    assert [f"Q{quarter} 19/20" in text for quarter in range(1, 5)] == [True] * 4


def listed(sign: str) -> Document:
    """Two items behind a sign, drawn as a picture, and a value with a minus."""
    pdf = pymupdf.open()
    page = pdf.new_page(width=460, height=200)
    font = pymupdf.Font("zadb") if sign == "➔" else pymupdf.Font("helv")
    for at, words in ((60, "199 plans started in the quarter"), (90, "Managers have looked at each of them")):
        writer = pymupdf.TextWriter(page.rect)
        writer.append((40, at), sign, font=font, fontsize=16)
        writer.append((40 + font.text_length(sign, 16) + 1.5, at), words, font=pymupdf.Font("helv"), fontsize=16)
        writer.write_text(page)
    page.insert_text((40, 140), "-4.6%", fontsize=16, fontname="hebo")
    return read_bytes(scan(pdf.tobytes()), "list.pdf")


@pytest.mark.parametrize("sign", ["➔", "•"])
def test_a_bullet_is_no_digit_of_the_number_behind_it(sign: str) -> None:
    document = listed(sign)

    items = [block.passage.text for block in document.blocks if block.kind is BlockKind.LIST_ITEM]

    assert [item.lstrip("• ") for item in items] == [
        "199 plans started in the quarter",
        "Managers have looked at each of them",
    ]
    assert "-4.6%" in document.text


def test_a_number_that_touches_its_neighbour_is_not_agreed_upon() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    from townclerk.extract.reading.ocr.second import read_numbers_again  # noqa: PLC0415 - needs the extra

    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=120)
    page.insert_text((60, 60), "15/16", fontsize=14)
    page.insert_text((60 + pymupdf.get_text_length("15/16", fontsize=14), 60), "Q2", fontsize=14)
    page.insert_text((200, 60), "15/16", fontsize=14)
    glued = SeenWord(60.0, 48.0, 92.0, 62.0, "15/16", 0.9)
    behind = SeenWord(92.2, 48.0, 111.0, 62.0, "Q2", 0.9)
    clear = SeenWord(200.0, 48.0, 232.0, 62.0, "15/16", 0.9)

    read_numbers_again(take_picture(pdf[0]), [SeenLine([glued, behind, clear], (60.0, 0.0), 14.0, 3.0)])

    assert (glued.agreed, clear.agreed) == (READ_ONCE, 1)


def test_the_size_of_words_does_not_hang_on_their_letters() -> None:
    words = [
        SeenWord(0, 0, 10, 7.0, "Total", 0.9),
        SeenWord(0, 0, 10, 9.1, "Placed", 0.9),
        SeenWord(0, 0, 10, 5.0, "severance", 0.9),
    ]

    assert [round(size_of([word], 10.0), 1) for word in words] == [10.0, 12.0, 10.0]
    assert size_of([SeenWord(0, 0, 4, 1.0, "-", 0.9)], 10.0) == 10.0


def test_sizes_measured_with_an_error_are_the_few_that_were_set() -> None:
    assert even_sizes([(11.0, 900), (11.4, 50), (10.7, 40), (14.0, 80), (13.6, 20), (12.4, 3)]) == [
        11.0,
        11.0,
        11.0,
        14.0,
        14.0,
        11.0,
    ]


def test_headings_of_a_scan_have_the_levels_of_the_printed_page() -> None:
    sheets = [
        Sheet([Heading("Annual report", size=20), Heading("Placements", size=14), Text("Words of the report. " * 20)]),
        Sheet([Heading("Adoption", size=14), Text("Other words of the report follow here. " * 20)]),
    ]
    pdf = make_pdf(sheets)

    def heads(data: bytes) -> list[tuple[str, int]]:
        blocks = read_bytes(data, "report.pdf").blocks
        return [(block.passage.text, block.level) for block in blocks if block.kind is BlockKind.HEADING]

    assert heads(scan(pdf)) == heads(pdf)


def test_a_shaded_head_above_ruled_rows_is_one_table_with_them() -> None:
    rows = [["Measure", "Boys", "Girls"], ["Plans", "44", "66"], ["Visits", "312", "297"], ["Reviews", "28", "31"]]
    grey = {(0, column): (0.8, 0.8, 0.8) for column in range(3)}

    blocks = read_bytes(scan(make_pdf([Sheet([Grid(rows, rules="rows", fills=grey)])])), "table.pdf").blocks

    (table,) = [block.table for block in blocks if block.table is not None]
    assert [[cell.passage.text for cell in row] for row in table.rows] == rows
