"""`townclerk evaluate` and `townclerk diff` from the command line."""

from __future__ import annotations

import json
from pathlib import Path

import pymupdf
import pytest

from townclerk.cli import main
from townclerk.evaluate import inputs
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.models.errors import ExitCode

SAMPLES = Path(__file__).parents[1] / "samples"
TEXT = SAMPLES / "wexcombe-q3-2022-23.txt"


@pytest.fixture(scope="module")
def output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("run") / "all.jsonl"
    assert main(["extract", str(TEXT), "-q", "-o", str(path)]) == ExitCode.OK
    return path


def test_observations_and_reports_score_alike(output: Path, capfd: pytest.CaptureFixture[str]) -> None:
    results = []
    for source in (output, TEXT):
        assert main(["evaluate", str(SAMPLES / "gold"), str(source), "--json"]) == ExitCode.OK
        results.append(json.loads(capfd.readouterr().out))
    assert results[0] == results[1]


def test_the_table_names_the_report(output: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", str(SAMPLES / "gold"), str(output)]) == ExitCode.OK
    assert "wexcombe" in capfd.readouterr().out


def test_a_page_that_was_not_read_is_told_beside_the_scores(
    tmp_path: Path, capfd: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    with pymupdf.open(SAMPLES / "wexcombe-q3-2022-23.pdf") as report:
        picture = report[0].get_pixmap(dpi=50).tobytes("png")
        page = report.new_page()
        page.insert_image(page.rect, stream=picture)
        report.save(tmp_path / "wexcombe-q3-2022-23.pdf")
    without_ocr = Extractor(Settings(ocr="never"))
    monkeypatch.setattr(inputs, "_extractor", lambda _: without_ocr)
    assert main(["evaluate", str(SAMPLES / "gold"), str(tmp_path), "--json"]) == ExitCode.PARTIAL
    told = json.loads(capfd.readouterr().out)["faults"]
    assert len(told) == 1
    assert "page 3 was not read" in told[0]
    assert told[0].endswith("it is scored without")


def test_gold_that_is_missing_is_told(output: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["evaluate", "no-gold", str(output)]) == ExitCode.NOTHING_READ
    assert "no-gold" in capfd.readouterr().err


def test_diff_tells_what_vanished(output: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    lines = output.read_text(encoding="utf-8").splitlines(keepends=True)
    fewer = tmp_path / "fewer.jsonl"
    fewer.write_text("".join(lines[1:]), encoding="utf-8")
    assert main(["diff", str(output), str(fewer), "--json"]) == ExitCode.OK
    told = json.loads(capfd.readouterr().out)
    assert [one["observation_id"] for one in told["vanished"]] == [json.loads(lines[0])["observation_id"]]
    assert told["appeared"] == []
    assert main(["diff", str(output), str(output)]) == ExitCode.OK
