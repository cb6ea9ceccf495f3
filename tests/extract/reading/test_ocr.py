"""Scans: pages drawn, spoilt as scanners spoil them, and read again. Each test reads one small page."""

from __future__ import annotations

import io
from functools import lru_cache

import pymupdf
import pytest

from tests.factory.render_scan import ScanSettings, render_scan
from tests.pdf_maker import Grid, Heading, Sheet, Text, make_pdf
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.ocr.ink import triangle
from townclerk.extract.reading.ocr.missed import find_missed
from townclerk.extract.reading.ocr.picture import Picture, take_picture
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.second import read_numbers_again
from townclerk.extract.reading.options import ReadOptions
from townclerk.models.document import BlockKind, Document, Origin
from townclerk.models.errors import MissingComponentError, UnreadableError

ROWS = [
    ["Measure", "Q1", "Q2", "Target"],
    ["Referrals received", "1,284", "1,317", "n/a"],
    ["Assessments on time", "81.4%", "79.9%", "85%"],
    ["Plans open per 10,000", "43.7", "46.2", "42.0"],
]
SHEET = Sheet(
    [
        Heading("Safeguarding in Thornleigh"),
        Text("There were 286 children in care on 31 December 2021, down from 301 a year before."),
        Grid(ROWS, rules="all"),
    ]
)
pytest.importorskip("tesserocr", reason="tesserocr is not installed")


def scan(pdf: bytes, skew: float = 1.0) -> bytes:
    """A PDF of page pictures at 200 dpi, askew, noisy and pressed as JPEG."""
    settings = ScanSettings(dpi=200, skew=skew, blur=0.0, noise=10.0, quality=40, bleed=0.0, grey=True)
    return render_scan(pdf, "test", settings)[0]


@lru_cache(maxsize=1)
def scanned() -> Document:
    """The page above, read from its scan."""
    return read_bytes(scan(make_pdf([SHEET])), "scan.pdf")


def test_a_scan_is_read_into_the_blocks_of_the_printed_page() -> None:
    document = scanned()

    assert document.pages[0].origin is Origin.SCAN
    assert [block.kind for block in document.blocks] == [BlockKind.HEADING, BlockKind.PARAGRAPH, BlockKind.TABLE]
    assert "286 children in care on 31 December 2021" in document.blocks[1].passage.text
    table = document.blocks[2].table
    assert table is not None
    assert table.columns == 4
    assert [[cell.passage.text for cell in row] for row in table.rows] == ROWS


def test_words_of_a_scan_stand_where_they_are_printed() -> None:
    with pymupdf.open(stream=make_pdf([SHEET]), filetype="pdf") as pdf:
        (printed,) = pdf[0].search_for("1,317")
    document = scanned()
    place = document.text.index("1,317")

    (box,) = document.boxes(place, place + 5)

    # One degree of skew moves nothing on the page by more than this.
    assert abs((box.x0 + box.x1) / 2 - (printed.x0 + printed.x1) / 2) < 9
    assert abs((box.y0 + box.y1) / 2 - (printed.y0 + printed.y1) / 2) < 9


def test_each_word_of_a_scan_has_its_certainty() -> None:
    words = scanned().pages[0].words

    assert words is not None
    assert len(words.certainty) == len(words.agreed) == len(words.boxes)
    assert all(0 <= certainty <= 1 for certainty in words.certainty)
    assert set(words.agreed) == {-1}


def test_two_readers_agree_on_numbers_and_look_at_nothing_else() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    document = read_bytes(scan(make_pdf([SHEET])), "scan.pdf", ReadOptions(ocr_quality="accurate"))
    words = document.pages[0].words

    assert words is not None
    how = {
        document.text[start:end]: agreed
        for start, end, agreed in zip(words.starts, words.ends, words.agreed, strict=True)
    }
    assert {how[number] for number in ("1,284", "1,317", "81.4%", "43.7", "286")} == {1}
    assert how["Referrals"] == -1


def test_a_page_laid_on_its_side_is_turned() -> None:
    with pymupdf.open(stream=scan(make_pdf([SHEET]), skew=0.0), filetype="pdf") as pdf:
        picture = pdf[0].get_pixmap(dpi=150, colorspace=pymupdf.csGRAY)
        side = pymupdf.open()
        sheet = side.new_page(width=842, height=595)
        sheet.insert_image(sheet.rect, pixmap=picture, rotate=90)
        document = read_bytes(side.tobytes(), "side.pdf")

    assert "286 children in care" in document.text


def test_light_letters_on_dark_are_read() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=200)
    page.draw_rect((40, 60, 360, 130), fill=(0.05, 0.2, 0.45), color=None)
    page.insert_text((60, 102), "Care leavers in touch 92.6%", fontsize=18, color=(1, 1, 1), fontname="helv")
    page.insert_text((60, 160), "The words below the box are dark.", fontsize=12)

    assert "Care leavers in touch 92.6%" in read_bytes(scan(pdf.tobytes(), 0.0), "tile.pdf").text


def test_dark_letters_on_middle_grey_are_read_beside_light_ones_on_black() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=220)
    page.draw_rect((40, 40, 360, 64), fill=(0.25, 0.25, 0.25), color=None)
    page.draw_rect((40, 64, 360, 190), fill=(0.55, 0.55, 0.55), color=None)
    page.insert_text((50, 57), "Step ups in June", fontsize=12, color=(1, 1, 1))
    page.insert_text((50, 100), "Last month 15, current target 18", fontsize=12)

    text = read_bytes(scan(pdf.tobytes(), 0.0), "tile.pdf").text

    assert "Step ups in June" in text
    assert "Last month 15, current target 18" in text


def picture_of(pdf: pymupdf.Document) -> Picture:
    return take_picture(pdf[0])


def test_a_large_figure_that_stands_alone_is_found_and_a_bar_is_not() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=220)
    page.insert_text((60, 100), "847", fontsize=40)
    page.insert_text((200, 100), "Cases", fontsize=40)
    page.draw_rect((320, 60, 340, 110), fill=(0, 0, 0), color=None)

    (line,) = find_missed(picture_of(pdf), [])

    (word,) = line.words
    assert word.text == "847"
    assert abs(word.y1 - 100) < 2  # it stands on its baseline
    assert find_missed(picture_of(pdf), [SeenLine([word], (100.0, 0.0), 40.0, 8.0)]) == []


def test_solid_triangles_are_told_from_letters() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=120)
    page.draw_polyline([(60, 70), (66, 58), (72, 70)], fill=(0, 0, 0), closePath=True)
    page.draw_polyline([(100, 58), (112, 58), (106, 70)], fill=(0, 0, 0), closePath=True)
    page.insert_text((140, 70), "A", fontsize=16)
    page.insert_text((180, 70), "V", fontsize=16)
    page.draw_rect((220, 58, 232, 70), fill=(0, 0, 0))
    picture = picture_of(pdf)

    found = [triangle(picture.part(x, 56.0, x + 14, 72.0)) for x in (59.0, 99.0, 139.0, 179.0, 219.0)]

    assert found == ["▲", "▼", None, None, None]


def test_a_year_torn_in_two_is_put_together_and_two_numbers_are_not() -> None:
    pytest.importorskip("rapidocr", reason="rapidocr is not installed")
    pytest.importorskip("onnxruntime", reason="onnxruntime is not installed")
    pdf = pymupdf.open()
    page = pdf.new_page(width=400, height=120)
    for start, words in (
        (60.0, "201"),
        (60 + pymupdf.get_text_length("201", fontsize=14), "1"),
        (150.0, "4"),
        (161.0, "201"),
    ):
        page.insert_text((start, 60), words, fontsize=14)
    seen = [
        SeenWord(start, 48.0, end, 62.0, text, 0.9)
        for text, start, end in (("201", 60.0, 83.0), ("1", 84.0, 92.0), ("4", 150.0, 158.0), ("201", 161.0, 185.0))
    ]
    line = SeenLine(seen, (60.0, 0.0), 14.0, 3.0)

    read_numbers_again(picture_of(pdf), [line])

    assert [(word.text, word.agreed) for word in line.words] == [("2011", 1), ("4", 1), ("201", 1)]


def test_a_picture_of_a_table_among_real_words_is_read_where_it_stands() -> None:
    with pymupdf.open(stream=make_pdf([Sheet([Grid(ROWS, rules="all")])]), filetype="pdf") as drawn:
        picture = drawn[0].get_pixmap(dpi=200, clip=(50, 50, 545, 150)).tobytes("png")
    with pymupdf.open(stream=make_pdf([Sheet([Text("A real sentence of the report stands above. " * 8)])])) as pdf:
        pdf[0].insert_image((50, 300, 545, 400), stream=picture)
        document = read_bytes(pdf.tobytes(), "mixed.pdf")

    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE]
    table = document.blocks[1]
    assert "1,284" in table.passage.text
    assert table.box is not None
    assert 290 < table.box.y0 < table.box.y1 < 410


@pytest.mark.parametrize("form", ["png", "jpeg", "tiff"])
def test_pictures_are_read_as_pages(form: str) -> None:
    from PIL import Image  # noqa: PLC0415 - makes the test's input

    with pymupdf.open(stream=make_pdf([Sheet([Text("Adoptions rose to 38 in the year.", size=16)])])) as pdf:
        pixels = pdf[0].get_pixmap(dpi=120)
    page = Image.frombytes("RGB", (pixels.width, pixels.height), pixels.samples)
    out = io.BytesIO()
    more = {"save_all": True, "append_images": [page]} if form == "tiff" else {}
    page.save(out, form, **more)

    document = read_bytes(out.getvalue(), "page.bin")

    assert len(document.pages) == (2 if form == "tiff" else 1)
    assert "Adoptions rose to 38 in the year." in document.text


def test_reading_pictures_can_be_switched_off() -> None:
    with pytest.raises(UnreadableError, match="switched off"):
        read_bytes(scan(make_pdf([SHEET])), "scan.pdf", ReadOptions(ocr="never"))


def test_without_the_recogniser_a_scan_names_the_extra(monkeypatch: pytest.MonkeyPatch) -> None:
    from townclerk.extract.reading.ocr import tesseract  # noqa: PLC0415 - beside the tests that need it

    tesseract._engine.cache_clear()
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)

    with pytest.raises(MissingComponentError, match=r"scan\.pdf.*tesserocr.*townclerk\[ocr\]"):
        read_bytes(scan(make_pdf([SHEET])), "scan.pdf")


def test_without_the_recogniser_the_other_pages_of_a_file_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    from townclerk.extract.reading.ocr import tesseract  # noqa: PLC0415 - beside the tests that need it

    tesseract._engine.cache_clear()
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)
    with (
        pymupdf.open(stream=make_pdf([Sheet([Text("Words of the first page are real. " * 6)])])) as pdf,
        pymupdf.open(stream=scan(make_pdf([SHEET]))) as picture,
    ):
        pdf.insert_pdf(picture)
        document = read_bytes(pdf.tobytes(), "mixed.pdf")

    assert document.pages[0].skipped == ""
    assert "tesserocr" in document.pages[1].skipped


def test_a_page_that_takes_too_long_is_given_up() -> None:
    with pytest.raises(UnreadableError, match="longer than"):
        read_bytes(scan(make_pdf([SHEET])), "scan.pdf", ReadOptions(max_seconds_per_page=0.05))
