"""Recognised text with coordinates: hOCR as Tesseract writes it, ALTO as libraries keep it."""

from __future__ import annotations

import pytest

from townclerk.extract.reading.dispatch import read_bytes
from townclerk.models.document import BlockKind, Document, Origin
from townclerk.models.errors import UnreadableError

# Words of a small table: text and place in dots at 300 an inch.
WORDS = [
    [("Measure", 300, 600), ("Q1", 1200, 600), ("Q2", 1600, 600)],
    [("Open", 300, 700), ("plans", 420, 700), ("143", 1200, 700), ("151", 1600, 700)],
    [("Visits", 300, 800), ("made", 440, 800), ("88%", 1200, 800), ("91%", 1600, 800)],
    [("Cases", 300, 900), ("closed", 440, 900), ("67", 1200, 900), ("72", 1600, 900)],
    [("Reviews", 300, 1000), ("held", 480, 1000), ("40", 1200, 1000), ("44", 1600, 1000)],
]


def width(word: str) -> int:
    return 26 * len(word)


def hocr() -> bytes:
    lines = []
    for words in WORDS:
        spans = "".join(
            f"<span class='ocrx_word' title='bbox {x} {y} {x + width(word)} {y + 34}; x_wconf 91'>{word}</span> "
            for word, x, y in words
        )
        y = words[0][2]
        lines.append(
            f"<span class='ocr_line' title='bbox 300 {y} 1700 {y + 34}; baseline 0 -1; x_size 44; x_descenders 9'>"
            f"{spans}</span>"
        )
    page = "<div class='ocr_page' title='image \"a.png\"; bbox 0 0 2480 3508; ppageno 0; scan_res 300 300'>"
    head = "<!DOCTYPE html><html><head><meta name='ocr-system' content='tesseract'/></head>"
    return f"{head}<body>{page}{''.join(lines)}</div></body></html>".encode()


def alto(unit: str = "pixel") -> bytes:
    lines = "".join(
        "<TextLine>"
        + "<SP/>".join(
            f'<String CONTENT="{word}" HPOS="{x}" VPOS="{y}" WIDTH="{width(word)}" HEIGHT="34" WC="0.9"/>'
            for word, x, y in words
        )
        + "</TextLine>"
        for words in WORDS
    )
    return (
        '<?xml version="1.0"?><alto xmlns="http://www.loc.gov/standards/alto/ns-v3#"><Description>'
        f"<MeasurementUnit>{unit}</MeasurementUnit></Description><Layout>"
        f'<Page WIDTH="2480" HEIGHT="3508"><PrintSpace><TextBlock>{lines}</TextBlock></PrintSpace></Page>'
        "</Layout></alto>"
    ).encode()


def rows(document: Document) -> list[list[str]]:
    (table,) = [block.table for block in document.blocks if block.kind is BlockKind.TABLE and block.table]
    return [[cell.passage.text for cell in row] for row in table.rows]


@pytest.mark.parametrize("data", [hocr(), alto()], ids=["hocr", "alto"])
def test_words_with_places_become_a_table(data: bytes) -> None:
    document = read_bytes(data, "page.xml")

    assert document.pages[0].origin is Origin.SCAN
    assert rows(document) == [
        ["Measure", "Q1", "Q2"],
        ["Open plans", "143", "151"],
        ["Visits made", "88%", "91%"],
        ["Cases closed", "67", "72"],
        ["Reviews held", "40", "44"],
    ]


@pytest.mark.parametrize("data", [hocr(), alto()], ids=["hocr", "alto"])
def test_places_are_told_in_points_and_certainty_is_kept(data: bytes) -> None:
    document = read_bytes(data, "page.xml")
    place = document.text.index("151")
    (box,) = document.boxes(place, place + 3)
    words = document.pages[0].words

    # A 1 brings the paper before and behind it.
    assert (box.x0, box.x1) == pytest.approx((384, 404), abs=1.5)
    assert words is not None
    assert {round(one, 2) for one in words.certainty} <= {0.9, 0.91}


def test_tenths_of_a_millimetre_are_understood() -> None:
    document = read_bytes(alto("mm10"), "page.xml")

    assert round(document.pages[0].width) == 703


def test_entities_are_refused() -> None:
    data = alto().replace(b"?><alto", b'?><!DOCTYPE alto [<!ENTITY a "aaaa">]><alto')

    with pytest.raises(UnreadableError, match=r"page\.xml.*entities"):
        read_bytes(data, "page.xml")


def test_a_file_cut_off_is_told() -> None:
    with pytest.raises(UnreadableError, match=r"page\.xml.*cut off"):
        read_bytes(alto()[:-40], "page.xml")
