"""What `convert` says at the end, and with which code."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest

from tests.pdf_maker import Heading, Sheet, Text, make_pdf
from tests.store.samples import entry
from townclerk.cli import main
from townclerk.console.conversion import bare_reason, exit_code, summary
from townclerk.convert.conversion import Conversion
from townclerk.convert.discovery import Looked
from townclerk.models.errors import ExitCode
from townclerk.store.database import open_store
from townclerk.store.ledger import Ledger, State, Versions


def test_every_document_found_is_accounted_for() -> None:
    conversion = Conversion(
        looked=Looked(
            found=13,
            to_do=9,
            unchanged=1,
            copies=2,
            failed=1,
            failures=[("file:///a/w.pdf", "failed", "/a/w.pdf: may not be read")],
        ),
        states={"done": 3, "partial": 1, "failed": 2, "crashed": 1, "skipped": 2},
        pages=40,
        observations=7,
        failures=[
            ("file:///a/x.pdf", "failed", "x.pdf: the PDF is locked"),
            ("file:///a/y.pdf", "failed", "y.pdf: the PDF is locked"),
            ("file:///a/z.pdf", "crashed", "z.pdf: its worker died (SIGSEGV)"),
        ],
    )
    lines = summary(conversion)
    assert lines[:2] == [
        "townclerk: 4 documents read, 40 pages: 7 observations",
        "townclerk: 1 unchanged, 2 copies of others, 2 that are no reports, 1 only in part, 4 failed",
    ]
    assert [line.split(" (such")[0].strip() for line in lines[2:]] == [
        "2 failed: the PDF is locked",
        "1 failed: may not be read",
        "1 crashed: its worker died (SIGSEGV)",
    ]
    assert conversion.looked.found == 4 + 1 + 2 + 2 + 4
    assert exit_code(conversion) == ExitCode.PARTIAL


def test_only_what_there_is_to_say_is_said() -> None:
    assert summary(Conversion(faults=[("papers", "papers: there is no such file or folder")])) == []
    assert summary(Conversion(looked=Looked(found=1), states={"done": 1}, pages=1, observations=1)) == [
        "townclerk: 1 document read, 1 page: 1 observation"
    ]


def test_a_source_that_is_not_there_leaves_no_store_behind(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    papers = tmp_path / "papers"
    papers.mkdir()
    faulty = tmp_path / "faulty.yaml"
    faulty.write_text("indicators: [", encoding="utf-8")
    store = tmp_path / "x.db"
    assert main(["convert", str(tmp_path / "nowhere"), "--into", str(store)]) == ExitCode.NOTHING_READ
    assert main(["convert", str(papers), "--into", str(store)]) == ExitCode.NOTHING_READ
    papers.joinpath("q3.txt").write_text("There were 8 plans.", encoding="utf-8")
    given = ["convert", str(papers), "--into", str(store), "--patterns", str(faulty)]
    assert main(given) == ExitCode.PATTERNS
    said = capsys.readouterr().err
    assert "nowhere: there is no such file or folder" in said
    assert f"no file was found in {papers}; name the folder" in said
    assert "faulty.yaml" in said
    assert sorted(path.name for path in tmp_path.iterdir()) == ["faulty.yaml", "papers"]


def test_a_quiet_run_still_tells_what_failed(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    tmp_path.joinpath("q3.txt").touch()
    given = ["convert", str(tmp_path / "q3.txt"), "--into", str(tmp_path / "x.db"), "--quiet"]
    assert main(given) == ExitCode.NOTHING_READ
    assert capsys.readouterr().err.startswith("      1 failed: is empty; give the report itself")


def test_runs_tell_why_documents_were_skipped(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)
    rows = [
        entry(name, state=State.SKIPPED, reason=f"{name}.xml: this is XML data", name=f"{name}.xml") for name in "abc"
    ]
    Ledger(store).enter(rows, [])
    store.close()
    main(["runs", "--db", str(tmp_path / "x.db")])
    assert "      3 skipped: this is XML data" in capsys.readouterr().out


def test_the_exit_code_tells_how_it_went() -> None:
    assert exit_code(Conversion(states={"done": 1})) == ExitCode.OK
    assert exit_code(Conversion(looked=Looked(unchanged=1))) == ExitCode.OK
    assert exit_code(Conversion(states={"failed": 1})) == ExitCode.NOTHING_READ
    assert exit_code(Conversion(states={"done": 1}, interrupted=True)) == ExitCode.INTERRUPTED


def test_a_reason_does_not_repeat_the_name_beside_it() -> None:
    places = {
        "/papers/x.pdf": "x.pdf: the PDF is locked",
        "/papers/y.pdf": "/papers/y.pdf: the PDF is locked",
        "q1/z.pdf in /papers/2019.zip": "z.pdf: the PDF is locked",
        "w.pdf in /papers/2019.zip": "/papers/2019.zip: the PDF is locked",
    }
    assert {bare_reason(reason, place) for place, reason in places.items()} == {"the PDF is locked"}


def test_a_narrow_screen_cuts_nothing_of_a_run(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    store = open_store(str(tmp_path / "x.db"), create=True)
    ledger = Ledger(store)
    ledger.end_run(ledger.begin_run(["papers"], {}, Versions("1", "2", "3")), "finished", {"found": 12})
    store.close()
    monkeypatch.setenv("COLUMNS", "80")
    assert main(["runs", "--db", str(tmp_path / "x.db")]) == 0
    _, row, *_ = capsys.readouterr().out.splitlines()
    assert re.fullmatch(r" 1 +\d{4}-\d\d-\d\d \d\d:\d\d  0:00:0\d  finished  12 .*", row)


def test_a_page_over_its_limit_is_skipped_and_the_rest_of_its_document_kept(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    said = Text("In March 2019 91% of care leavers were in suitable accommodation.")
    pdf = pymupdf.open(stream=make_pdf([Sheet([Heading("Wexcombe Council"), said])] * 2), filetype="pdf")
    pdf.update_stream(pdf[1].get_contents()[0], b"0 0 m 9 9 l S\n" * 200_000)
    (tmp_path / "report.pdf").write_bytes(pdf.tobytes(deflate=True))
    store = tmp_path / "archive.db"
    given = ["convert", str(tmp_path / "report.pdf"), "--into", str(store), "--jobs", "1", "--limit-page-memory", "100"]
    assert main(given) == ExitCode.PARTIAL
    assert "1 only in part" in capsys.readouterr().err
