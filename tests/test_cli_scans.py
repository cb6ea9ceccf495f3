"""Scans from the command line: what is read, what is told, and with which exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from tests.factory.render_scan import ScanSettings, render_scan
from tests.pdf_maker import Heading, Sheet, Text, make_pdf
from townclerk.cli import main
from townclerk.models.errors import ExitCode

pytest.importorskip("tesserocr", reason="tesserocr is not installed")

SETTINGS = ScanSettings(dpi=200, skew=0.7, blur=0.0, noise=6.0, quality=60, bleed=0.0, grey=True)


@pytest.fixture(scope="module")
def scan(tmp_path_factory: pytest.TempPathFactory) -> Path:
    paper = make_pdf(
        [
            Sheet(
                [
                    Heading("Children's performance report: Quarter 3 2021/22"),
                    Text("At 31 December 2021 there were 286 children in care."),
                ]
            )
        ]
    )
    path = tmp_path_factory.mktemp("scans") / "q3.pdf"
    path.write_bytes(render_scan(paper, "cli", SETTINGS)[0])
    return path


def test_a_scan_gives_observations_with_boxes(scan: Path, tmp_path: Path) -> None:
    out = tmp_path / "out.jsonl"

    assert main(["extract", str(scan), "-o", str(out), "-q"]) == ExitCode.OK

    found = [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]
    assert [one["value"] for one in found] == [286]
    assert found[0]["evidence"][0]["boxes"]


def test_a_picture_of_a_page_can_be_drawn(scan: Path, tmp_path: Path) -> None:
    with pymupdf.open(scan) as pdf:
        picture = tmp_path / "page.png"
        pdf[0].get_pixmap(dpi=150).save(picture)
    out = tmp_path / "drawn.png"

    assert main(["show", str(picture), "--page", "1", "-o", str(out)]) == ExitCode.OK
    assert out.read_bytes().startswith(b"\x89PNG")


def test_a_scan_without_the_recogniser_ends_with_its_own_code(
    scan: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    from townclerk.extract.reading.ocr import tesseract  # noqa: PLC0415 - beside the tests that need it

    tesseract._engine.cache_clear()
    monkeypatch.setattr(tesseract, "is_installed", lambda: False)

    assert main(["extract", str(scan)]) == ExitCode.MISSING_COMPONENT
    assert "townclerk[ocr]" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["extract", "audit"])
def test_a_scan_that_must_not_be_read_says_which_option_would(
    command: str, scan: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([command, str(scan), "--ocr", "never"]) == ExitCode.NOTHING_READ
    assert "--ocr auto" in capsys.readouterr().err


@pytest.mark.parametrize("command", ["extract", "audit"])
def test_a_page_that_was_not_read_makes_the_report_one_read_in_part(
    command: str, scan: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    mixed = tmp_path / "mixed.pdf"
    with pymupdf.open(stream=make_pdf([Sheet([Text("There were 40 adoptions in 2021/22.")])])) as pdf:
        with pymupdf.open(scan) as pictures:
            pdf.insert_pdf(pictures)
        pdf.save(mixed)

    assert main([command, str(mixed), "--ocr", "never"]) == ExitCode.PARTIAL
    said = capsys.readouterr().err
    assert "mixed.pdf: page 2 was not read" in said
    assert "1 only in part" in said
