"""Pictures and outlines of what was read."""

from __future__ import annotations

from typing import Any

import pymupdf
import pytest

from tests.extract.reading import packs
from tests.observations import observation
from tests.pdf_maker import GREEN, Grid, Heading, Sheet, Text, Tile, make_pdf
from townclerk.extract.drawing import draw_page
from townclerk.extract.outline import block_outline
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import read_pdf
from townclerk.models.area import AreaKind
from townclerk.models.errors import UsageError
from townclerk.models.mentions import AreaMention, Mentions

GRID = Grid([["Measure", "Q1", "RAG"], ["Visits", "91%", ""], ["Plans", "12", ""]], fills={(1, 2): GREEN})
DATA = make_pdf(
    [
        Sheet([Heading("Scorecard"), Text("Visits were made in time."), GRID]),
        Sheet([Tile(60, 100, "83%", [], ["In time"])], rotation=90),
    ]
)


def test_a_picture_shows_the_page_with_blocks_in_their_colours() -> None:
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    picture = pymupdf.Pixmap(draw_page(document, DATA, 1))
    plain = pymupdf.open(stream=DATA)[0].get_pixmap()
    assert picture.width / picture.height == pytest.approx(plain.width / (plain.height + 26), rel=0.01)
    table = next(block for block in document.blocks if block.table is not None)
    assert table.box is not None
    scale = picture.width / plain.width
    red, green, blue = picture.pixel(round((table.box.x0 + table.box.x1) / 2 * scale), round(table.box.y0 * scale))
    assert red > blue
    assert (red, green, blue) != (255, 255, 255)


def test_observations_are_numbered_and_listed_beside_the_page() -> None:
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    at = document.text.index("91%")
    place = {"page": 1, "boxes": [], "start": at, "end": at + 3, "quote": "91%"}
    seen = observation(evidence=[place], value_text="91%")
    with_list, without = (pymupdf.Pixmap(draw_page(document, DATA, 1, given)) for given in ([seen], []))
    assert with_list.width > 1.4 * without.width
    box = document.boxes(at, at + 3)[0]
    scale = with_list.height / (842 + 26)
    edge = with_list.pixel(round(box.x0 * scale), round((box.y0 + box.y1) / 2 * scale))
    assert edge[1] > edge[0]


def test_what_a_page_names_is_underlined() -> None:
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    at = document.text.index("Visits were")

    def spot(text: str) -> Mentions:
        mentions = Mentions()
        mentions.areas = [AreaMention(0, 6, AreaKind.ENGLAND)] if text.startswith("Visits were") else []
        return mentions

    named, plain = (pymupdf.Pixmap(draw_page(document, DATA, 1, spot=one)) for one in (spot, None))
    box = document.boxes(at, at + 6)[0]
    scale = named.height / (842 + 26)
    column = round((box.x0 + box.x1) / 2 * scale)
    below = range(round(box.y1 * scale), round((box.y1 + 4) * scale))
    assert any(named.pixel(column, y) != plain.pixel(column, y) for y in below)


def test_the_legend_names_what_is_drawn_and_nothing_else(monkeypatch: pytest.MonkeyPatch) -> None:
    said: list[str] = []
    write = pymupdf.Page.insert_text

    def heard(page: pymupdf.Page, place: Any, text: str, **how: Any) -> Any:
        said.append(text)
        return write(page, place, text, **how)

    monkeypatch.setattr(pymupdf.Page, "insert_text", heard)
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    at = document.text.index("91%")
    place = {"page": 1, "boxes": [], "start": at, "end": at + 3, "quote": "91%"}
    draw_page(document, DATA, 1, [observation(evidence=[place], value_text="91%", confidence=0.9)])
    assert "observation" in said
    assert "observation less sure than 0.5" not in said
    assert "tile" not in said
    assert "measure = value, place, time, how sure" in said
    draw_page(document, DATA, 1, [observation(evidence=[place], value_text="91%", confidence=0.2)])
    assert "observation less sure than 0.5" in said


def test_turned_pages_can_be_drawn() -> None:
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    picture = pymupdf.Pixmap(draw_page(document, DATA, 2))
    assert picture.width > picture.height


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_a_wrong_use(page: int) -> None:
    document = read_pdf(DATA, "report.pdf", ReadOptions())
    with pytest.raises(UsageError, match="has 2 pages"):
        draw_page(document, DATA, page)


def test_text_reports_have_no_page_to_draw() -> None:
    document = read_bytes(b"Visits 91%", "report.txt")
    with pytest.raises(UsageError, match="only pages of a PDF"):
        draw_page(document, b"Visits 91%", 1)


def test_the_outline_divides_a_pack_into_its_papers() -> None:
    outline = block_outline(read_bytes("\f".join(packs.PAGES).encode(), "pack.txt"))
    assert "══ 4 Performance of social care, year end ══\n── page 3 ──\n" in outline


def test_the_outline_lists_blocks_tables_and_tiles() -> None:
    outline = block_outline(read_pdf(DATA, "report.pdf", ReadOptions()))
    assert "── page 1 ──\nheading 1       Scorecard\nparagraph       Visits were made in time." in outline
    assert "table           Measure │ Q1 │ RAG\n                Visits │ 91% │ [green]\n" in outline
    assert "tile            In time = 83%" in outline
