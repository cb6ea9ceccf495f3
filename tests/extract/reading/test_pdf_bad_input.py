"""Damaged, locked, empty and absurd PDFs: a page is read or skipped with its reason, a file refused in one line."""

from __future__ import annotations

import itertools
import re
import time

import pymupdf
import pytest

from tests.pdf_maker import Grid, Sheet, Text, make_pdf
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.reader import read_pdf
from townclerk.models.errors import UnreadableError

KEY = "swordfish"
SHEETS = [Sheet([Text("In March 91% of visits were in time."), Grid([["", "Q1"], ["Visits", "91%"], ["Plans", "12"]])])]


def test_a_locked_file_asks_for_its_password_and_opens_with_it() -> None:
    data = make_pdf(SHEETS, password=KEY)
    with pytest.raises(UnreadableError, match=r"report\.pdf: the PDF is locked; give its password"):
        read_pdf(data, "report.pdf", ReadOptions())
    with pytest.raises(UnreadableError, match="the password given does not open"):
        read_pdf(data, "report.pdf", ReadOptions(password=KEY[::-1]))
    assert "91%" in read_pdf(data, "report.pdf", ReadOptions(password=KEY)).text


def test_a_damaged_cross_reference_table_is_repaired() -> None:
    data = re.sub(rb"startxref\s+\d+", b"startxref\n7", make_pdf(SHEETS))
    assert "91%" in read_pdf(data, "report.pdf", ReadOptions()).text


@pytest.mark.parametrize("data", [b"%PDF-1.7\nnothing here", b"%PDF-1.4\n" + bytes(range(256)) * 20])
def test_a_file_without_pages_is_refused_by_name(data: bytes, capfd: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(UnreadableError, match=r"^report\.pdf: the PDF "):
        read_pdf(data, "report.pdf", ReadOptions())
    assert capfd.readouterr() == ("", "")


def test_a_truncated_file_never_raises_anything_but_unreadable() -> None:
    data = make_pdf(SHEETS * 3)
    for length in range(20, len(data), max(1, len(data) // 60)):
        try:
            read_pdf(data[:length], "report.pdf", ReadOptions())
        except UnreadableError as fault:
            assert str(fault).startswith("report.pdf: ")  # noqa: PT017 - most lengths are readable, some are not


def test_a_file_cut_off_in_its_pages_is_told_as_cut_off() -> None:
    data = make_pdf([Sheet([Text(f"Sheet {number} of many: " + "visits in time " * 40)]) for number in range(12)])
    tails = [data[: len(data) * part // 20] for part in range(1, 20)]
    told = 0
    for tail in tails:
        try:
            document = read_pdf(tail, "report.pdf", ReadOptions())
        except UnreadableError:
            continue
        assert any(page.skipped for page in document.pages)
        told += any("cut off" in page.skipped for page in document.pages)
    assert told


def test_a_whole_file_that_was_repaired_lacks_nothing() -> None:
    data = re.sub(rb"startxref\s+\d+", b"startxref\n7", make_pdf(SHEETS * 2))
    assert [page.skipped for page in read_pdf(data, "report.pdf", ReadOptions()).pages] == ["", ""]


def test_a_page_that_would_fill_the_memory_is_not_read() -> None:
    pdf = pymupdf.open(stream=make_pdf(SHEETS * 2), filetype="pdf")
    xref = pdf[1].get_contents()[0]
    pdf.update_stream(xref, b"0 0 m 9 9 l S\n" * 200_000)
    data = pdf.tobytes(deflate=True)
    document = read_pdf(data, "report.pdf", ReadOptions(max_megabytes_per_page=100))
    assert document.pages[0].skipped == ""
    assert "more than 100 MB; raise --limit-page-memory" in document.pages[1].skipped
    assert read_pdf(data, "report.pdf", ReadOptions(max_megabytes_per_page=0)).pages[1].skipped == ""


def test_a_page_tree_that_loops_ends() -> None:
    data = (
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"
        b"2 0 obj<</Type/Pages/Kids[2 0 R 3 0 R]/Count 2>>endobj\n"
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 200 200]>>endobj\ntrailer<</Root 1 0 R>>"
    )
    try:
        document = read_pdf(data, "loop.pdf", ReadOptions())
    except UnreadableError:
        return
    assert len(document.pages) <= 2


def test_a_page_of_absurd_size_is_skipped_with_its_reason() -> None:
    pdf = pymupdf.open()
    pdf.new_page().insert_text((60, 100), "Read me")
    page = pdf.new_page()
    pdf.xref_set_key(page.xref, "MediaBox", "[0 0 9000000 9000000]")
    document = read_pdf(pdf.tobytes(), "report.pdf", ReadOptions())
    assert "Read me" in document.text
    assert document.pages[0].skipped == ""
    assert "9000000" in document.pages[1].skipped


def test_thousands_of_vector_paths_are_no_obstacle() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    shape = page.new_shape()
    for number in range(6000):
        x, y = 50 + number % 100 * 5, 200 + number // 100 * 9
        shape.draw_line((x, y), (x + 4, y + number % 7))
    shape.finish(width=0.3)
    shape.commit()
    page.insert_text((60, 100), "In time: 91%")
    assert "91%" in read_pdf(pdf.tobytes(), "paths.pdf", ReadOptions()).text


def test_an_empty_page_is_an_empty_page() -> None:
    pdf = pymupdf.open()
    pdf.new_page()
    document = read_pdf(pdf.tobytes(), "empty.pdf", ReadOptions())
    assert (document.text, document.blocks, document.pages[0].skipped) == ("", [], "")


def test_a_page_over_its_time_is_skipped_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = itertools.count(step=100.0)
    monkeypatch.setattr(time, "monotonic", lambda: next(clock))
    with pytest.raises(UnreadableError, match=r"^slow\.pdf: .* longer than 5 seconds"):
        read_pdf(make_pdf(SHEETS), "slow.pdf", ReadOptions(max_seconds_per_page=5.0))


def test_right_to_left_text_is_read_without_fault() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    page.insert_htmlbox(
        pymupdf.Rect(50, 50, 400, 200), "<p dir='rtl'>\u05e9\u05dc\u05d5\u05dd 12% \u05e2\u05d5\u05dc\u05dd</p>"
    )
    assert "12%" in read_pdf(pdf.tobytes(), "rtl.pdf", ReadOptions()).text
