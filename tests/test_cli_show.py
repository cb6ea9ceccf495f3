"""`townclerk show`, `schema` and `period`."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from townclerk.cli import main
from townclerk.models.errors import ExitCode

TEXT = Path(__file__).parents[1] / "samples" / "wexcombe-q3-2022-23.txt"


@pytest.mark.parametrize("content", [TEXT.read_bytes(), "A\r\nB\r\n\fC ▲ é\n".encode()], ids=["sample", "line ends"])
def test_raw_text_is_the_files_own_text(
    content: bytes, tmp_path: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> None:
    path = tmp_path / "report.txt"
    path.write_bytes(content)
    assert main(["show", str(path), "--text", "--raw"]) == ExitCode.OK
    assert capfdbinary.readouterr().out == content


def test_blocks_are_told_with_their_kind(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(TEXT), "--text"]) == ExitCode.OK
    lines = capfd.readouterr().out.splitlines()
    assert lines[0] == "── page 1 ──"
    assert any(
        line.split(maxsplit=2)[:2] == ["heading", "2"] and line.endswith("3. Child protection") for line in lines
    )
    assert any(line.startswith("table") and " │ Target │ " in line for line in lines)


def test_a_page_is_drawn_as_a_picture(tmp_path: Path) -> None:
    picture = tmp_path / "page.png"
    assert main(["show", str(TEXT.with_suffix(".pdf")), "--page", "2", "-o", str(picture)]) == ExitCode.OK
    assert picture.read_bytes().startswith(b"\x89PNG")


@pytest.mark.parametrize(("name", "page"), [("wexcombe-q3-2022-23.pdf", "3"), ("wexcombe-q3-2022-23.txt", "1")])
def test_a_page_that_cannot_be_drawn_is_told(
    name: str, page: str, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    arguments = ["show", str(TEXT.with_name(name)), "--page", page, "-o", str(tmp_path / "page.png")]
    assert main(arguments) == ExitCode.USAGE
    assert name in capfd.readouterr().err
    assert not (tmp_path / "page.png").exists()


@pytest.mark.parametrize(
    "arguments", [["--page", "1"], ["--page", "1", "--text"], ["-o", "page.png"], ["--raw"]], ids=" ".join
)
def test_options_that_do_not_go_together_are_told(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(TEXT), *arguments]) == ExitCode.USAGE
    assert capfd.readouterr().err.startswith("townclerk: ")


def test_a_missing_report_is_told(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", "gone.pdf", "--text"]) == ExitCode.NOTHING_READ
    assert capfd.readouterr().err.startswith("townclerk: gone.pdf: there is no such file")


def test_a_folder_is_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["show", str(tmp_path)]) == ExitCode.NOTHING_READ
    assert "is a folder; name one report in it" in capfd.readouterr().err


def test_a_drawing_is_named_as_what_it_is(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    picture = tmp_path / "page.gif"
    assert main(["show", str(TEXT.with_suffix(".pdf")), "--page", "1", "-o", str(picture)]) == ExitCode.USAGE
    assert "end the name in .png" in capfd.readouterr().err
    assert not picture.exists()


def test_a_drawing_never_takes_the_place_of_the_report(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report = tmp_path / "report.pdf"
    report.write_bytes(TEXT.with_suffix(".pdf").read_bytes())
    assert main(["show", str(report), "--page", "1", "-o", str(report)]) == ExitCode.USAGE
    assert "is an input of this run" in capfd.readouterr().err
    assert report.read_bytes() == TEXT.with_suffix(".pdf").read_bytes()


def test_schemas_are_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["schema"]) == ExitCode.OK
    assert "indicator_id" in json.loads(capfd.readouterr().out)["required"]
    assert main(["schema", "--documents"]) == ExitCode.OK
    assert "unlinked" in json.loads(capfd.readouterr().out)["required"]


def test_a_period_is_told_as_json(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["period", "same quarter last year", "--period", "2018-19-Q3"]) == ExitCode.OK
    assert json.loads(capfd.readouterr().out) == {
        "code": "2017-18-Q3",
        "start": "2017-10-01",
        "end": "2017-12-31",
        "kind": "quarter",
        "basis": "inferred",
    }


def test_words_that_name_no_time_give_nulls(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["period", "foster carers"]) == ExitCode.OK
    assert json.loads(capfd.readouterr().out) == dict.fromkeys(("code", "start", "end", "kind")) | {"basis": "unknown"}


def test_a_file_of_periods_gives_a_line_a_row(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("text,document_period,meeting_date\nQ1 2018/19,,\nlast quarter,2018-19-Q3,\n", encoding="utf-8")
    assert main(["period", "--file", str(rows)]) == ExitCode.OK
    found = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(row["text"], row["code"]) for row in found] == [
        ("Q1 2018/19", "2018-19-Q1"),
        ("last quarter", "2018-19-Q2"),
    ]


@pytest.mark.parametrize("arguments", [[], ["Q1", "--file", "rows.csv"], ["Q1", "--period", "soon"]], ids=" ".join)
def test_a_period_asked_wrongly_is_told(arguments: list[str], capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["period", *arguments]) == ExitCode.USAGE
    assert capfd.readouterr().err.startswith("townclerk: ")
