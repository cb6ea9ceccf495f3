import hashlib
import io
import zipfile

import pytest

from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.text import decode, encode
from townclerk.models.errors import UnreadableError

REPORT = "Children’s services\n\nRe-referrals fell to 19.5% – the lowest yet.\n"


def zipped(*names: str, words: str = "words") -> bytes:
    """A zip archive, its files not pressed, of parts with these names and words."""
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        for name in names:
            archive.writestr(name, words)
    return made.getvalue()


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (REPORT.encode(), "utf-8"),
        (b"\xef\xbb\xbf" + REPORT.encode(), "utf-8-sig"),
        (b"\xff\xfe" + REPORT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + REPORT.encode("utf-16-be"), "utf-16-be"),
        (REPORT.encode("utf-16-le"), "utf-16-le-nobom"),
        (REPORT.encode("cp1252"), "cp1252"),
    ],
)
def test_every_encoding_reads_the_same_and_writes_back(data: bytes, encoding: str) -> None:
    document = read_bytes(data, "report.txt")

    assert document.text == REPORT
    assert document.encoding == encoding
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert encode(document.text, document.encoding) == data


def test_line_ends_stay_in_the_text_and_not_in_the_passages() -> None:
    document = read_bytes(b"The rate of referrals\r\nfell again in\r\nMarch.\r\n", "report.txt")

    assert document.text == "The rate of referrals\r\nfell again in\r\nMarch.\r\n"
    assert [block.passage.text for block in document.blocks] == ["The rate of referrals fell again in March."]


@pytest.mark.parametrize(
    ("data", "said", "remedy"),
    [
        (b"", "empty", "give the report"),
        (b" \r\n\f ", "empty", "give the report"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "old Microsoft Office", "save it as PDF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "password", "save it without"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "__substg1.0_0037".encode("utf-16-le"), "e-mail", "attached"),
        (zipped("report.txt"), "zip archive", "unpack it"),
        (zipped("q2.pdf", "q3.pdf", words="%PDF-1.7"), "zip archive", "unpack it"),
        (zipped("mimetype", "content.xml"), "OpenDocument", "save it as PDF"),
        (zipped("xl/workbook.bin"), "binary Excel", "save it as PDF"),
        (b"PK\x03\x04 and no more", "cut off", "fetch it again"),
        (b"Received: from a\r\nMIME-Version: 1.0\r\nSubject: Report\r\n\r\nHello", "e-mail", "attached"),
        (b"From: a@b\r\nTo: c@d\r\nSubject: Report\r\nMIME-Version: 1.0\r\n\r\nHello", "e-mail", "attached"),
        (b"\x89PNG\r\n\x1a\n" + bytes(200), "damaged", "fetch it again"),
        (b"II*\x00" + bytes(200), "damaged", "fetch it again"),
        (bytes(range(32)) * 40 + b"abc", "binary", "give a PDF or a text file"),
        (b"\xff\xfea\x00b", "breaks off", "fetch the file again"),
    ],
)
def test_what_is_no_report_is_refused_with_name_kind_and_remedy(data: bytes, said: str, remedy: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read_bytes(data, "q3.bin", ReadOptions())

    message = str(caught.value)
    assert message.startswith("q3.bin: ")
    assert said in message
    assert remedy in message


def test_the_name_does_not_decide() -> None:
    assert read_bytes(b"Plain words.", "misnamed.pdf").text == "Plain words."


def test_a_few_control_characters_are_still_text() -> None:
    text, _ = decode(b"Adoptions \x0c rose.\x07 " + b"Plain words follow here. " * 10, "a.txt")
    assert "\x07" in text


def test_a_memo_is_no_mail() -> None:
    memo = b"From: Head of Quality\nTo: Scrutiny Panel\nSubject: Quarter 3\n\nThere were 212 children in care.\n"

    assert "212 children in care" in read_bytes(memo, "memo.txt").text


@pytest.mark.parametrize("mark", [",", ";"])
def test_separated_values_are_the_table_they_were_saved_from(mark: str) -> None:
    rows = [
        '"Wexcombe Council, scorecard",,,',
        "Measure,Q1,Q2,Target",
        "Re-referrals within 12 months,22.0%,21.3%,20%",
        '"Children looked after, number","1,204","1,219",',
        "Reviews on time,93.1%,-,95%",
    ]
    text = "\n".join(row if mark == "," else row.replace(",", ";").replace("1;2", "1,2") for row in rows)
    heading, block = read_bytes(text.encode(), "scorecard.csv").blocks
    assert heading.passage.text.startswith("Wexcombe Council")
    assert block.table is not None
    assert [[cell.passage.text for cell in row] for row in block.table.rows][1:3] == [
        ["Re-referrals within 12 months", "22.0%", "21.3%", "20%"],
        [f"Children looked after{mark} number", "1,204", "1,219"],
    ]


def test_sentences_with_commas_are_no_separated_values() -> None:
    text = "\n".join(
        f"In week {week}, visits rose, reviews were held on time, and all staff, old and new, met families."
        for week in range(1, 12)
    )
    assert all(block.table is None for block in read_bytes(text.encode(), "report.txt").blocks)


def test_a_page_without_its_frame_is_a_web_page() -> None:
    page = b"<h1>Scorecard</h1><table><tr><td>Measure</td><td>Q1</td></tr><tr><td>Visits</td><td>81%</td></tr></table>"
    assert [block.kind.value for block in read_bytes(page, "page.html").blocks] == ["heading", "table"]
