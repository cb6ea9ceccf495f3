"""`townclerk audit` and `townclerk explain`: what they print and the code they end with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from townclerk.cli import main
from townclerk.console.calibration import acceptance
from townclerk.extract.confidence import shipped_calibration
from townclerk.models.errors import ExitCode, UsageError

SOUND = """Marlby Council

Children's Services Performance Report, Quarter 2 2021/22

Initial conferences within 15 working days in Q2: 71.4% (55 of 77).
"""
UNSOUND = SOUND.replace("71.4%", "11.4%")


@pytest.fixture(autouse=True)
def _here(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)


def report(text: str) -> str:
    Path("marlby.txt").write_text(text, encoding="utf-8")
    return "marlby.txt"


def test_a_sound_report_ends_with_nought_and_tells_how_much_was_tested(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    alone = "\nThere were 220 children on child protection plans on 30 September 2021.\n"
    assert main(["audit", report(SOUND + alone)]) == ExitCode.OK
    said = capfdbinary.readouterr()
    told = "1 of 2 figures could be held against others or against their own counts; 1 stands alone."
    assert said.out.decode().split("\n")[:2] == ["marlby.txt", told]
    assert "1 of 2 figures could be tested: they add up" in said.err.decode()
    assert main(["audit", report(alone)]) == ExitCode.OK
    said = capfdbinary.readouterr()
    assert "1 figure read; nothing in the report could be held against it." in said.out.decode()
    assert "nothing to add up" in said.err.decode()


def test_a_contradiction_is_told_with_quote_page_and_arithmetic(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["audit", report(UNSOUND)]) == ExitCode.CONTRADICTIONS
    out = capfdbinary.readouterr().out.decode()
    assert "55 of 77 is 71.43%, but 11.4% is printed" in out
    assert "page 1" in out
    assert "perhaps: 11.4 may be 71.4 (7 read as 1)" in out


def test_json_and_html_hold_the_same(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["audit", report(UNSOUND), "--format", "json"]) == ExitCode.CONTRADICTIONS
    told = json.loads(capfdbinary.readouterr().out)
    assert told["tested"] == [{"document": "marlby.txt", "figures": 1, "held": 1, "agreements": 0}]
    (entry,) = told["entries"]
    assert (entry["check"], entry["figures"][0]["page"]) == ("ratio", 1)
    assert main(["audit", "marlby.txt", "--format", "html", "-o", "audit.html"]) == ExitCode.CONTRADICTIONS
    page = Path("audit.html").read_text(encoding="utf-8")
    assert "55 of 77 is 71.43%" in page
    assert "1 of 1 figure could be held" in page
    assert "http" not in page


@pytest.mark.parametrize(("name", "begins"), [("a.html", "<!doctype html>"), ("a.json", "{"), ("a.txt", "marlby.txt")])
def test_the_name_of_the_output_picks_the_format(name: str, begins: str) -> None:
    assert main(["audit", report(UNSOUND), "-o", name]) == ExitCode.CONTRADICTIONS
    assert Path(name).read_text(encoding="utf-8").startswith(begins)


def test_a_report_that_is_not_there_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["audit", "nowhere.txt"]) == ExitCode.NOTHING_READ
    said = capsys.readouterr().err
    assert "nowhere.txt" in said
    assert "adds up" not in said


def test_explain_adds_the_reasons_up(capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    assert main(["extract", report(SOUND), "-o", "out.jsonl", "--quiet"]) == ExitCode.OK
    seen = json.loads(Path("out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert main(["explain", seen["observation_id"], "--in", "out.jsonl"]) == ExitCode.OK
    out = capfdbinary.readouterr().out.decode()
    assert f"(confidence {seen['confidence']:.3f})" in out
    assert "check ratio: supports: 55 of 77 is 71.43%, as printed" in out


def test_explain_takes_an_observation_of_a_store_and_convert_counts_what_it_accepts(
    capfdbinary: pytest.CaptureFixture[bytes],
) -> None:
    assert main(["convert", report(SOUND), "--into", "a.db", "--jobs", "1", "--accept-at", "0.9"]) == ExitCode.OK
    told = capfdbinary.readouterr().err.decode()
    assert "1 accepted, 0 to review, 0 rejected" in told
    assert "at least 90% of these are right" in told
    assert main(["export", "--db", "a.db", "-o", "out.jsonl"]) == ExitCode.OK
    seen = json.loads(Path("out.jsonl").read_text(encoding="utf-8").splitlines()[0])
    capfdbinary.readouterr()
    assert main(["explain", seen["observation_id"][:8], "--db", "a.db"]) == ExitCode.OK
    assert f"(confidence {seen['confidence']:.3f})" in capfdbinary.readouterr().out.decode()
    assert main(["explain", "ffffffff", "--db", "a.db"]) == ExitCode.USAGE


def test_explain_asks_where_the_observation_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "0123456789abcdef"]) == ExitCode.USAGE
    assert "--in" in capsys.readouterr().err


def test_explain_refuses_an_id_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    Path("out.jsonl").write_text("", encoding="utf-8")
    assert main(["explain", "0123456789abcdef", "--in", "out.jsonl"]) == ExitCode.USAGE
    assert "no observation" in capsys.readouterr().err


def test_acceptance_names_method_n_and_clusters_or_says_it_cannot() -> None:
    best = acceptance("auto", shipped_calibration())
    assert all(words in best.why for words in ("sure to", "n =", "documents as clusters", "Clopper and Pearson"))
    assert 0 < best.threshold < 1
    none = acceptance("0.9999", shipped_calibration())
    assert none.threshold > 1
    assert "cannot certify" in none.why
    with pytest.raises(UsageError, match="neither auto nor a precision"):
        acceptance("often", shipped_calibration())


def test_too_little_gold_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    line = {"doc": "marlby", "n": 1, "indicator": "icpc_15_days_pct", "label": "Initial conferences", "value": 71.4}
    usual = {"status": "reported", "unit": "percent", "role": "actual", "area": "self", "period": "2021-22-Q2"}
    nothing = dict.fromkeys(("numerator", "denominator", "change", "rank", "quartile", "rag", "direction"))
    rest = {"quotes": ["71.4%"], "commentary": None, "difficulty": "easy"}
    Path("gold").mkdir()
    Path("gold/marlby.jsonl").write_text(json.dumps(line | usual | nothing | rest) + "\n", encoding="utf-8")
    assert main(["calibrate", "gold", report(SOUND)]) == ExitCode.NOTHING_READ
    said = capsys.readouterr().err
    assert "1 reading of 1 report with gold are too few to fit on" in said
    assert "200 readings of 8 reports are the least" in said
