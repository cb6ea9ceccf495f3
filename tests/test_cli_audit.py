"""`townclerk audit`: what does not add up is told and named by the exit code."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from townclerk.cli import main
from townclerk.models.errors import ExitCode

WRONG = """Marlby Council

Children's Services Performance Report, Quarter 2 2021/22

81.3% of initial child protection conferences were held within 15 working days (40 of 80).
"""


@pytest.fixture
def report(tmp_path: Path) -> Path:
    path = tmp_path / "marlby.txt"
    path.write_text(WRONG, encoding="utf-8")
    return path


def test_a_contradiction_is_told_with_its_quote_and_code(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report)]) == ExitCode.CONTRADICTIONS
    out, err = capfd.readouterr()
    assert "81.3%" in out
    assert "page 1" in out
    assert err == "1 report read: 1 thing does not add up\n"


def test_for_machines_it_is_json(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report), "--format", "json", "--quiet"]) == ExitCode.CONTRADICTIONS
    out, err = capfd.readouterr()
    (entry,) = json.loads(out)["entries"]
    text = report.read_text(encoding="utf-8")
    assert all(text[one["start"] : one["end"]] == one["value_text"] for one in entry["figures"])
    assert err == ""


def test_a_page_of_the_web_is_whole_and_safe(report: Path, tmp_path: Path) -> None:
    report.write_text(WRONG.replace("(40 of 80)", "(40 of 80) <b>&"), encoding="utf-8")
    page = tmp_path / "audit.html"
    assert main(["audit", str(report), "--format", "html", "-o", str(page)]) == ExitCode.CONTRADICTIONS
    assert "<p>1 report was read.</p>" in page.read_text(encoding="utf-8")
    assert "<b>&" not in page.read_text(encoding="utf-8")


def test_a_report_that_adds_up_ends_with_nothing(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    report.write_text(WRONG.replace("81.3%", "50.0%"), encoding="utf-8")
    assert main(["audit", str(report)]) == ExitCode.OK
    assert capfd.readouterr().out.strip() == ""


def test_an_audit_never_takes_the_place_of_a_report(report: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", str(report), "-o", str(report)]) == ExitCode.USAGE
    assert "is an input of this run" in capfd.readouterr().err
    assert report.read_text(encoding="utf-8") == WRONG


def test_what_could_not_be_read_is_told_and_the_others_are_audited(
    report: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    report.write_text(WRONG.replace("81.3%", "50.0%"), encoding="utf-8")
    assert main(["audit", str(tmp_path / "gone.pdf"), str(report)]) == ExitCode.PARTIAL
    assert "gone.pdf: there is no such file" in capfd.readouterr().err
    assert main(["audit", str(tmp_path / "gone.pdf")]) == ExitCode.NOTHING_READ
