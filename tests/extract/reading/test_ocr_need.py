"""Which pages must be looked at: the test of a text layer, without any recogniser."""

import sys
from pathlib import Path
from subprocess import run

import pymupdf
import pytest

from tests.pdf_maker import Sheet, Text, make_pdf
from townclerk.extract.reading.ocr.gleaning import to_segments
from townclerk.extract.reading.ocr.need import is_scan, is_usable
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.pdf.glean import Gleaned, glean
from townclerk.extract.reading.pdf.knowledge import layout_knowledge

GOOD = (
    "The percentage of children seen within 10 working days rose to 83.1% in the second quarter. Visits by the duty "
    "team were on time in 212 of 240 cases, and the number of open plans fell to 97."
)


def shifted(text: str) -> str:
    """Text as a font without a usable table gives it: each letter three further on."""
    return "".join(chr((ord(one) - 97 + 3) % 26 + 97) if "a" <= one <= "z" else one for one in text.lower())


@pytest.mark.parametrize(
    ("text", "usable"),
    [
        (GOOD, True),
        ("Measure Q1 Q2 Q3 " + "Referrals 412 388 401 " * 12, True),
        ("\ufffd\ufffd\ufffd 12 \ue012\ue013 " * 20, False),
        (shifted(GOOD + GOOD), False),
        ("tlie ~~;;: c1n;ld^ren rrrrr| iN;::: fhl*vv ::;;~ xqzvw kkkkkt bB@bb " * 4, False),
    ],
)
def test_a_text_layer_is_judged_by_its_words(text: str, *, usable: bool) -> None:
    assert is_usable(text) is usable


def scan_with(words: list[str], *, hidden: bool) -> tuple[pymupdf.Page, Gleaned]:
    """A page that is one picture, with lines of words over it or hidden behind it, and what its text layer holds."""
    with pymupdf.open(stream=make_pdf([Sheet([Text(GOOD * 3)])])) as pdf:
        picture = pdf[0].get_pixmap(dpi=60).tobytes("png")
    scan = pymupdf.open()
    page = scan.new_page()
    page.insert_image(page.rect, stream=picture)
    for number, line in enumerate(words):
        page.insert_text((40, 30 + 14 * number), line, fontsize=7, render_mode=3 if hidden else 0)
    return page, glean(page, layout_knowledge())


STAMP = (
    "Document pack page 214, agenda item 7, appendix C, copied for members of the panel by the clerk on the 4th of "
    "March 2009, not to be published before the meeting"
)
LINES = [GOOD[at : at + 60] for at in range(0, len(GOOD), 60)] * 4
NOISE = ["tlie ~~;;: c1n;ld^ren rrrrr| iN;::: fhl*vv of the ::;;~ xqzvw in kkkkkt bB@bb"] * 12
HALF = [good if number % 3 else noise for number, (good, noise) in enumerate(zip(LINES, NOISE, strict=False))]


@pytest.mark.parametrize(
    ("words", "hidden", "scan"),
    [
        ([], False, True),
        (["Page 7 of 12"], False, True),
        ([STAMP], False, True),
        (LINES, False, False),
        (LINES, True, False),
        (NOISE, True, True),
        (HALF, True, True),
    ],
    ids=["bare", "page number", "long stamp", "printed over", "good layer", "noise", "half noise"],
)
def test_a_page_that_is_one_picture_is_judged_by_what_lies_over_or_behind_it(
    words: list[str], *, hidden: bool, scan: bool
) -> None:
    assert is_scan(*scan_with(words, hidden=hidden)) is scan


def test_a_logo_on_a_blank_page_is_no_scan() -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    logo = pymupdf.Pixmap(pymupdf.csRGB, (0, 0, 60, 60))
    logo.clear_with(90)
    page.insert_image((500, 30, 560, 90), pixmap=logo)

    assert not is_scan(page, glean(page, layout_knowledge()))


def test_a_report_with_words_of_its_own_never_loads_a_recogniser(tmp_path: Path) -> None:
    path = tmp_path / "report.pdf"
    path.write_bytes(make_pdf([Sheet([Text(GOOD)])]))
    code = (
        "import sys; from pathlib import Path; from townclerk.extract.reading.dispatch import read_bytes\n"
        "read_bytes(Path(sys.argv[1]).read_bytes(), 'report.pdf')\n"
        "print([name for name in ('tesserocr', 'rapidocr', 'onnxruntime', 'PIL', 'docx') if name in sys.modules])"
    )

    done = run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)

    assert done.stdout.strip() == "[]"


@pytest.mark.parametrize(
    ("read", "said"),
    [
        ("ActualQ2", "Actual Q2"),
        ("Qitarget", "Q1 target"),
        ("Q3outturn", "Q3 outturn"),
        ("Ql", "Q1"),
        ("RAGrating", "RAG rating"),
        ("Quality", "Quality"),
    ],
)
def test_a_quarter_read_together_with_its_neighbour_is_parted(read: str, said: str) -> None:
    word = SeenWord(100.0, 50.0, 140.0, 60.0, read, 0.9)

    segments, seen = to_segments([SeenLine([word], (59.0, 0.0), 10.0, 2.0)])

    assert " ".join(segment.text for segment in segments) == said
    assert len(seen) == len(said.split())
