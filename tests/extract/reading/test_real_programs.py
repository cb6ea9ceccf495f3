"""Files made by the programs that people use: LibreOffice writes office files, Tesseract writes hOCR and ALTO.

Their sources, of our own content, stand in tests/data/containers as flat OpenDocument files.
"""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pymupdf
import pytest

from tests.pdf_maker import Grid, Heading, Sheet, Text, make_pdf
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.models.document import BlockKind, Document
from townclerk.models.errors import UnreadableError

SOURCES = Path(__file__).parents[2] / "data" / "containers"
TITLE = "Harlowshire Council: Children's Services Performance, Quarter 2 2018/19"
GRID = [
    ["Measure", "2019/20", "2020/21", "Target"],
    ["Referrals received", "1,284", "1,317", "1,300"],
    ["Assessments on time", "81.4%", "79.9%", "85%"],
    ["Plans open per 10,000", "43.7", "46.2", "42.0"],
    ["Children looked after", "286", "301", "290"],
]


def office(source: str, to: str, folder: Path) -> bytes:
    """A file that LibreOffice made."""
    program = shutil.which("soffice") or shutil.which("libreoffice")
    if program is None:
        pytest.skip("LibreOffice (Debian: libreoffice-writer-nogui, -calc-nogui, -impress-nogui) is not installed")
    profile = f"-env:UserInstallation={folder.joinpath('profile').as_uri()}"
    command = [program, "--headless", profile, "--convert-to", to, "--outdir", str(folder), str(SOURCES / source)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder.joinpath(Path(source).stem).with_suffix(f".{to}").read_bytes()


def recognised(form: str, folder: Path) -> bytes:
    """What Tesseract's own program writes of a page with a table."""
    program = shutil.which("tesseract")
    if program is None:
        pytest.skip("Tesseract's program (Debian: tesseract-ocr) is not installed")
    sheet = Sheet([Heading("Safeguarding in Harlowshire"), Text("There were 301 children in care."), Grid(GRID)])
    with pymupdf.open(stream=make_pdf([sheet]), filetype="pdf") as pdf:
        pdf[0].get_pixmap(dpi=300).save(folder / "page.png")
    command = [program, str(folder / "page.png"), str(folder / "page"), "--dpi", "300", form]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return folder.joinpath("page.hocr" if form == "hocr" else "page.xml").read_bytes()


def only_table(document: Document) -> list[list[str]]:
    (table,) = [block.table for block in document.blocks if block.table is not None]
    return [[cell.passage.text for cell in row] for row in table.rows]


def said(document: Document) -> list[tuple[BlockKind, str]]:
    return [(block.kind, block.passage.text) for block in document.blocks if block.table is None]


def test_word_files_that_libreoffice_writes(tmp_path: Path) -> None:
    document = read_bytes(office("report.fodt", "docx", tmp_path), "report.docx")
    assert said(document)[0] == (BlockKind.HEADING, TITLE)
    assert (BlockKind.LIST_ITEM, "The rate of children in need was 312.4 per 10,000.") in said(document)
    (table,) = [block.table for block in document.blocks if block.table is not None]
    assert table.rows[0][1].column_span == 2  # the year stands over both quarters
    assert only_table(document)[2:4] == [
        ["Number of children looked after", "398", "412", "400"],
        ["% of re-referrals within 12 months", "21.3%", "19.8%", "20%", "21.9%"],
    ]


def test_presentations_that_libreoffice_writes(tmp_path: Path) -> None:
    document = read_bytes(office("slides.fodp", "pptx", tmp_path), "slides.pptx")
    assert said(document)[:2] == [
        (BlockKind.HEADING, TITLE.replace(" Council", "")),  # a text box above all others: the slide has no title
        (BlockKind.PARAGRAPH, "412 children were looked after at the end of September 2018."),
    ]
    assert only_table(document) == [
        ["Indicator", "Q1 2018/19", "Q2 2018/19", "Target"],
        ["% of re-referrals within 12 months", "21.3%", "19.8%", "20%"],
        ["Number of children looked after", "398", "412", "400"],
    ]


def test_workbooks_that_libreoffice_writes(tmp_path: Path) -> None:
    document = read_bytes(office("book.fods", "xlsx", tmp_path), "book.xlsx")
    assert only_table(document) == [
        ["Indicator", "Q1 2018/19", "Q2 2018/19", "Target"],
        ["Number of children looked after", "398", "412", "400"],
        ["% of re-referrals within 12 months", "21.3%", "19.8%", "20.0%"],
    ]


def test_web_pages_that_libreoffice_writes(tmp_path: Path) -> None:
    document = read_bytes(office("report.fodt", "html", tmp_path), "report.html")
    assert said(document)[0] == (BlockKind.HEADING, TITLE)
    assert only_table(document)[4][:4] == ["Children subject of a child protection plan", "187", "201", "190"]


@pytest.mark.parametrize(("form", "named"), [("doc", "old Microsoft Office"), ("odt", "OpenDocument"), ("rtf", "rich")])
def test_forms_that_are_not_read_are_named_with_a_way_out(form: str, named: str, tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match=rf"report\.{form}: this is an? {named}.*save it as PDF"):
        read_bytes(office("report.fodt", form, tmp_path), f"report.{form}")


@pytest.mark.parametrize("form", ["hocr", "alto"])
def test_pages_that_tesseract_recognised(form: str, tmp_path: Path) -> None:
    document = read_bytes(recognised(form, tmp_path), f"page.{form}")
    assert said(document) == [
        (BlockKind.HEADING, "Safeguarding in Harlowshire"),
        (BlockKind.PARAGRAPH, "There were 301 children in care."),
    ]
    assert only_table(document) == GRID
