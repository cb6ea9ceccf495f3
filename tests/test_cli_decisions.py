"""`townclerk decisions` and `townclerk learn`: what they print and the code they end with."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from tests.store.decisions.reports import figure, new_store
from townclerk.cli import main
from townclerk.models.errors import ExitCode
from townclerk.store.database import open_store
from townclerk.store.decisions.log import DecisionLog


@pytest.fixture(autouse=True)
def _reviewed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A store in which Ann corrected a figure, and Bob rejected it and marked a phrase."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("TOWNCLERK_DB", "x.db")
    store = new_store(tmp_path, [figure(0), figure(1)])
    log = DecisionLog(store)
    first = log.correct(figure(0), {"value": 74.1}, "Ann", None, note="digits swapped")
    log.reject(figure(0), "Bob", first.decision_id)
    log.phrase("visits in time", "visits_on_time_pct", "5" * 64, 1, 15, "Bob")
    store.close()


def test_the_log_is_listed(capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "list"]) == ExitCode.OK
    said = capfd.readouterr()
    assert "value 71.4 -> 74.1" in said.out
    assert "digits swapped" in said.out
    assert "“visits in time” means visits_on_time_pct" in said.out
    assert "3 decisions" in said.err
    assert main(["decisions", "list", "--reviewer", "Bob", "--last", "1", "--json"]) == ExitCode.OK
    (line,) = capfd.readouterr().out.splitlines()
    assert json.loads(line)["action"] == "phrase"
    assert main(["decisions", "list", "--document", "nowhere", "--json"]) == ExitCode.OK
    assert capfd.readouterr().out == ""


def test_brackets_in_a_note_are_printed_as_they_are(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = open_store(str(tmp_path / "x.db"))
    DecisionLog(store).reject(figure(1), "Ann", None, note="see [draft] and [/bold]")
    store.close()
    assert main(["decisions", "list", "--last", "1"]) == ExitCode.OK
    assert "see [draft] and [/bold]" in capfd.readouterr().out


def test_conflicts_and_disagreements_are_listed(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "conflicts"]) == ExitCode.OK
    said = capfd.readouterr()
    assert "Ann: correct value 71.4 -> 74.1" in said.out
    assert "Bob: reject visits_on_time_pct 71.4%" in said.out
    assert main(["decisions", "conflicts", "--json"]) == ExitCode.OK
    assert json.loads(capfd.readouterr().out)["disagreement"] is True


def test_a_log_goes_out_and_in(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["decisions", "export", "-o", "log.jsonl"]) == ExitCode.OK
    assert main(["decisions", "export"]) == ExitCode.OK
    assert capfd.readouterr().out.encode() == tmp_path.joinpath("log.jsonl").read_bytes()
    assert main(["decisions", "import", "log.jsonl"]) == ExitCode.OK
    assert "0 decisions added, 3 known already" in capfd.readouterr().err
    new_store(tmp_path, [figure(0)], "other.db").close()
    assert main(["decisions", "import", "log.jsonl", "--db", "other.db"]) == ExitCode.OK
    said = capfd.readouterr().err
    assert "3 decisions added" in said
    assert "1 figures are contested" in said


def test_a_faulty_log_is_told_with_its_line(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    tmp_path.joinpath("bad.jsonl").write_text('{"action": "accept"}\n', encoding="utf-8")
    assert main(["decisions", "import", "bad.jsonl"]) == ExitCode.NOTHING_READ
    assert "bad.jsonl:1: " in capfd.readouterr().err


def test_exports_and_series_use_what_was_decided_and_say_so(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    store = new_store(tmp_path, [figure(0), figure(1, value=60.0, role="target")], "y.db")
    log = DecisionLog(store)
    log.correct(figure(0), {"value": 74.1}, "Ann", None)
    log.add(figure(3, value=55.5, role="target"), "Ann", figure=(300, 304))
    log.reject(figure(1, value=60.0, role="target"), "Bob", None)
    store.close()
    assert main(["series", "visits_on_time_pct", "--db", "y.db", "--json"]) == ExitCode.OK
    points = [json.loads(line) for line in capfd.readouterr().out.splitlines()]
    assert [(one["value"], one["review"], one["decided_by"]) for one in points] == [
        (74.1, "corrected", "Ann"), (55.5, "accepted", "Ann")
    ]  # fmt: skip
    for name in ("long.jsonl", "wide.csv", "long.csv"):
        wide = ["--wide"] if name.startswith("wide") else []
        assert main(["export", "-o", name, "--db", "y.db", *wide]) == ExitCode.OK
    assert '"flags":["reviewed_corrected"]' in tmp_path.joinpath("long.jsonl").read_text(encoding="utf-8").replace(
        " ", ""
    )
    with tmp_path.joinpath("wide.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["role"], row["visits_on_time_pct"], row["decided"]) for row in csv.DictReader(stream)]
    assert rows == [("actual", "74.1", "visits_on_time_pct"), ("target", "55.5", "visits_on_time_pct")]
    assert ",corrected,Ann," in tmp_path.joinpath("long.csv").read_text(encoding="utf-8-sig")


def test_what_is_learnt_is_written_and_told(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    assert main(["learn", "x.db", "-o", "learnt", "--no-trial"]) == ExitCode.OK
    assert "learnt from 1 rejected, 1 marked phrase\n" in capfd.readouterr().out
    assert tmp_path.joinpath("learnt", "learnt.yaml").is_file()
    assert main(["patterns", "check", "learnt/learnt.yaml"]) == ExitCode.OK
    assert main(["learn", "x.db", "-o", "learnt"]) == ExitCode.PARTIAL
    assert "archive/d1.pdf" in capfd.readouterr().err, "the report of this test is nowhere"
    new_store(tmp_path, [], "new.db").close()
    assert main(["learn", "new.db", "-o", "other"]) == ExitCode.USAGE
