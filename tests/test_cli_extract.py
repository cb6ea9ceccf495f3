"""`townclerk extract`: what goes where, which input stops what, and the code it ends with."""

from __future__ import annotations

import csv
import io
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from townclerk.cli import main
from townclerk.extract import extractors
from townclerk.extract.pipeline import Extraction, Extractor
from townclerk.extract.settings import Settings
from townclerk.models.document import Document
from townclerk.models.errors import ExitCode

AES_256 = 5  # pymupdf.PDF_ENCRYPT_AES_256, which its type hints lack
SAMPLE = Path(__file__).parents[1] / "samples" / "wexcombe-q3-2022-23.pdf"
REPORT = """Marlby Council

Children's Services Performance Report, Quarter 2 2021/22

Re-referrals within 12 months fell to 17.3% in quarter 2, against a target of 19%.

214 children were subject to a child protection plan at 30 September 2021.
"""

_built: dict[str, Extractor] = {}


def _built_once(settings: Settings) -> Extractor:
    key = repr(settings)
    if key not in _built:
        _built[key] = Extractor(settings)
    return _built[key]


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """Packs are loaded once for all tests; each test works in a folder of its own."""
    monkeypatch.setattr(extractors, "Extractor", _built_once)
    monkeypatch.chdir(tmp_path)


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "marlby.txt"
    path.write_text(REPORT, encoding="utf-8")
    return path


def lines_of(text: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in text.splitlines()]


def wrap(monkeypatch: pytest.MonkeyPatch, before: Callable[[Document], None]) -> None:
    """Let `before` see each document just before it is extracted from."""
    extract = Extractor.extract

    def watched(self: Extractor, document: Document) -> Extraction:
        before(document)
        return extract(self, document)

    monkeypatch.setattr(Extractor, "extract", watched)


def test_a_pipe_gets_json_lines_and_nothing_else(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report)]) == ExitCode.OK
    out, err = capfd.readouterr()
    found = {(line["indicator_id"], line["role"], line["value"]) for line in lines_of(out)}
    assert {
        ("rereferrals_pct", "actual", 17.3),
        ("rereferrals_pct", "target", 19),
        ("cpp_count", "actual", 214),
    } <= found
    assert err.startswith("1 report read: ")


def test_prints_of_a_library_do_not_reach_the_data(
    report: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pollute(_: Document) -> None:
        sys.stdout.write("chatter from Python\n")
        os.write(1, b"chatter from C\n")

    wrap(monkeypatch, pollute)
    assert main(["extract", str(report), "-o", "-"]) == ExitCode.OK
    out, err = capfd.readouterr()
    assert lines_of(out)
    assert "chatter from Python" in err
    assert "chatter from C" in err


def test_quiet_says_nothing(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report), "--quiet", "-o", "out.jsonl"]) == ExitCode.OK
    assert capfd.readouterr() == ("", "")


def test_the_suffix_picks_the_format(report: Path, tmp_path: Path) -> None:
    for name in ("out.jsonl", "out.json", "out.csv"):
        assert main(["extract", str(report), "-o", name]) == ExitCode.OK
    many = lines_of((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert json.loads((tmp_path / "out.json").read_text(encoding="utf-8")) == many
    text = (tmp_path / "out.csv").read_text(encoding="utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == len(many)


def test_standard_input_is_an_input(capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(REPORT.encode()), encoding="utf-8"))
    assert main(["extract", "-"]) == ExitCode.OK
    assert {line["document"]["name"] for line in lines_of(capfd.readouterr().out)} == {"stdin"}


def test_filters_keep_what_was_asked_for(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["extract", str(report), "--indicator", "rereferrals_pct", "--role", "target"]) == ExitCode.OK
    assert [line["value"] for line in lines_of(capfd.readouterr().out)] == [19]
    assert main(["extract", str(report), "--min-confidence", "1"]) == ExitCode.OK
    assert capfd.readouterr().out == ""


def test_an_unknown_indicator_is_wrong_use_and_the_nearest_is_named(
    report: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(report), "--indicator", "rereferals_pct"]) == ExitCode.USAGE
    assert "did you mean rereferrals_pct" in capfd.readouterr().err


def test_an_indicator_of_a_project_files_pack_can_be_asked_for(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pack = """
indicators:
  - id: local_homework_clubs_count
    name: Homework clubs that ran
    unit: count
    phrases: [homework clubs]
"""
    (tmp_path / "local.yaml").write_text(pack, encoding="utf-8")
    (tmp_path / "townclerk.toml").write_text('patterns = "local.yaml"\n', encoding="utf-8")
    report.write_text(REPORT + "\nHomework clubs: 42 in quarter 2.\n", encoding="utf-8")
    assert main(["extract", str(report), "--indicator", "local_homework_clubs_count"]) == ExitCode.OK
    assert [line["value"] for line in lines_of(capfd.readouterr().out)] == [42]


def test_what_the_user_states_goes_before_the_report(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    stated = ["--authority", "Penworth", "--period", "2021-22-Q2", "--meeting-date", "2021-11-18"]
    assert main(["extract", str(report), *stated]) == ExitCode.OK
    document = lines_of(capfd.readouterr().out)[0]["document"]
    assert (document["authority"]["name"], document["meeting_date"]) == ("Penworth", "2021-11-18")


def test_a_project_file_holds_for_its_folder(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report.with_name("townclerk.toml").write_text('authority = "Harlowshire"\n', encoding="utf-8")
    assert main(["extract", str(report)]) == ExitCode.OK
    assert lines_of(capfd.readouterr().out)[0]["document"]["authority"]["name"] == "Harlowshire"


def test_offsets_point_into_the_text_that_show_prints(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for path in (report, SAMPLE):
        assert main(["show", str(path), "--text", "--raw"]) == ExitCode.OK
        text = capfd.readouterr().out
        assert main(["extract", str(path)]) == ExitCode.OK
        places = [place for line in lines_of(capfd.readouterr().out) for place in line["evidence"]]
        assert places
        assert all(text[place["start"] : place["end"]] == place["quote"] for place in places)


def test_documents_tell_facts_pages_and_unlinked_figures(report: Path, tmp_path: Path) -> None:
    report.write_text(REPORT + "\nThe car park holds 4,318 vehicles.\n", encoding="utf-8")
    main(["extract", str(report), "missing.pdf", "-o", "out.jsonl", "--documents", "inputs.jsonl"])
    unread, read = lines_of((tmp_path / "inputs.jsonl").read_text(encoding="utf-8"))
    assert (unread["input"], unread["status"], unread["facts"]) == ("missing.pdf", "not_read", None)
    assert "there is no such file" in unread["reason"]
    assert (read["status"], read["pages_read"], read["pages_skipped"]) == ("read", 1, 0)
    assert (read["facts"]["period"]["value"], read["facts"]["period"]["basis"]) == ("2021-22-Q2", "stated")
    figure = next(one for one in read["unlinked"] if "4,318" in one["text"])
    assert "4,318" in report.read_text(encoding="utf-8")[figure["start"] : figure["end"]]
    assert figure["reason"]


def truncated_pdf() -> bytes:
    return SAMPLE.read_bytes()[:700]


def locked_pdf() -> bytes:
    document = pymupdf.open(SAMPLE)
    data: bytes = document.tobytes(encryption=AES_256, user_pw="wexcombe", owner_pw="owner", no_new_id=True)
    return data


BAD: dict[str, tuple[str, Callable[[], bytes] | None, str]] = {
    "missing": ("gone.pdf", None, "there is no such file"),
    "empty": ("empty.pdf", lambda: b"", "is empty"),
    "blank": ("blank.txt", lambda: b" \n\f\n", "empty"),
    "binary": ("binary.txt", lambda: bytes(range(256)) * 40, "binary file"),
    "truncated": ("short.pdf", truncated_pdf, ""),
    "locked": ("locked.pdf", locked_pdf, "password"),
    "office": ("paper.docx", lambda: b"PK\x03\x04 word/document.xml", "archive"),
}


@pytest.mark.parametrize("kind", BAD)
def test_a_bad_input_gets_one_line_and_the_others_are_read(
    kind: str, report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    name, content, said = BAD[kind]
    if content is not None:
        (tmp_path / name).write_bytes(content())
    assert main(["extract", name, str(report), "--quiet", "-o", "out.jsonl"]) == ExitCode.PARTIAL
    out, err = capfd.readouterr()
    assert out == ""
    (line,) = err.splitlines()
    assert line.startswith(f"townclerk: {name}: ")
    assert said in line
    assert lines_of((tmp_path / "out.jsonl").read_text(encoding="utf-8"))


@pytest.mark.parametrize("kind", BAD)
def test_with_nothing_readable_no_output_is_left(kind: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    name, content, _ = BAD[kind]
    if content is not None:
        (tmp_path / name).write_bytes(content())
    (tmp_path / "out.jsonl").write_text("of an earlier run\n", encoding="utf-8")
    assert main(["extract", name, "-o", "out.jsonl"]) == ExitCode.NOTHING_READ
    assert "nothing could be read" in capfd.readouterr().err
    assert (tmp_path / "out.jsonl").read_text(encoding="utf-8") == "of an earlier run\n"


def test_a_folder_without_reports_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert main(["extract", "empty"]) == ExitCode.NOTHING_READ
    assert "empty: the folder holds no report" in capfd.readouterr().err


def test_a_password_opens_a_locked_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "locked.pdf").write_bytes(locked_pdf())
    assert main(["extract", "locked.pdf", "-o", "out.jsonl", "--password", "wexcombe"]) == ExitCode.OK
    monkeypatch.setenv("TOWNCLERK_PASSWORD", "wexcombe")
    assert main(["extract", "locked.pdf", "-o", "out.jsonl"]) == ExitCode.OK


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="platform: has no /dev/full")
def test_a_full_disk_names_the_file_that_it_hit(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(report), "-o", "out.jsonl", "--documents", "/dev/full"]) == ExitCode.OUTPUT
    assert capfd.readouterr().err.startswith("townclerk: /dev/full: could not be written")
    assert main(["extract", str(report), "-o", "/dev/full", "--format", "csv"]) == ExitCode.OUTPUT
    assert capfd.readouterr().err.startswith("townclerk: /dev/full: could not be written")
    assert Path("/dev/full").is_char_device()


@pytest.mark.parametrize(
    "arguments",
    [
        ["-o", "out.xlsx"],
        ["-o", "none/out.csv"],
        ["-o", "out.csv", "--format", "table"],
        ["-o", "marlby.txt", "--format", "jsonl"],
        ["-o", "out.jsonl", "--documents", "out.jsonl"],
        ["--documents", "-"],
        ["--period", "Q2 21/22"],
        ["--meeting-date", "18/11/2021"],
        ["--areas", "none.csv"],
        ["--patterns", "none.yaml"],
        ["--min-confidence", "2"],
        ["--no-such-option"],
    ],
)
def test_wrong_use_is_told_before_any_work(
    arguments: list[str], report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    assert main(["extract", str(report), *arguments]) == ExitCode.USAGE
    out, err = capfd.readouterr()
    assert out == ""
    assert err
    assert [path.name for path in tmp_path.iterdir()] == ["marlby.txt"]


def test_a_broken_pack_is_told_with_every_fault(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    pack = "indicators:\n  - id: local_one\n    name: One of ours\n    unit: furlongs\n    colour: blue\n"
    (tmp_path / "local.yaml").write_text(pack, encoding="utf-8")
    assert main(["extract", str(report), "--patterns", "local.yaml", "-o", "out.jsonl"]) == ExitCode.PATTERNS
    told = capfd.readouterr().err.splitlines()
    assert [line.split(" ")[1] for line in told] == ["local.yaml:4:", "local.yaml:5:"]
    assert not (tmp_path / "out.jsonl").exists()
    assert main(["patterns", "check", "local.yaml"]) == ExitCode.PATTERNS
    assert capfd.readouterr().err.splitlines() == told


def test_a_broken_project_file_is_told_with_its_line(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report.with_name("townclerk.toml").write_text('\nperiod = "soon"\n', encoding="utf-8")
    assert main(["extract", str(report)]) == ExitCode.PATTERNS
    assert "townclerk.toml:2: period:" in capfd.readouterr().err


def test_a_fault_of_our_own_costs_only_its_input(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report.with_name("bad.txt").write_text(REPORT, encoding="utf-8")

    def fail(document: Document) -> None:
        if document.name == "bad.txt":
            raise ZeroDivisionError("planted")

    wrap(monkeypatch, fail)
    assert main(["extract", "bad.txt", str(report), "-o", "out.jsonl"]) == ExitCode.FAULT
    err = capfd.readouterr().err
    assert "townclerk: bad.txt: ZeroDivisionError: planted" in err
    assert "report it" in err
    assert "Traceback" not in err
    assert lines_of((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert main(["--debug", "extract", "bad.txt"]) == ExitCode.FAULT
    assert "Traceback" in capfd.readouterr().err


def test_a_missing_component_is_named(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def miss(document: Document) -> None:
        if document.name == "scan.txt":
            raise ModuleNotFoundError("No module named 'reader_of_scans'", name="reader_of_scans")

    report.with_name("scan.txt").write_text(REPORT, encoding="utf-8")
    wrap(monkeypatch, miss)
    assert main(["extract", "scan.txt", str(report), "-q", "-o", "out.jsonl"]) == ExitCode.MISSING_COMPONENT
    (line,) = capfd.readouterr().err.splitlines()
    assert line.startswith("townclerk: scan.txt: the component reader_of_scans is not installed; ")
    assert (tmp_path / "out.jsonl").exists()


def test_an_interrupt_keeps_what_was_finished(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    report.with_name("zz.txt").write_text(REPORT, encoding="utf-8")

    def interrupt(document: Document) -> None:
        if document.name == "zz.txt":
            raise KeyboardInterrupt

    wrap(monkeypatch, interrupt)
    assert main(["extract", str(tmp_path), "-o", "out.jsonl"]) == ExitCode.INTERRUPTED
    assert "interrupted; 1 of 2 inputs" in capfd.readouterr().err
    kept = lines_of((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert {line["document"]["name"] for line in kept} == {"marlby.txt"}


def test_files_of_one_name_are_told_apart(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    for folder in ("2018", "2019"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "july.pdf").write_bytes(b"%PDF-1.7 cut off here")
    assert main(["extract", "2018", "2019"]) == ExitCode.NOTHING_READ
    err = capfd.readouterr().err
    assert f"townclerk: {Path('2018/july.pdf')}: " in err
    assert f"townclerk: {Path('2019/july.pdf')}: " in err
