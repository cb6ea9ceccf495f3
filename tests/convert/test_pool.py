"""Workers that are lost: another takes their place, and the run goes on without the document that may be why."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil
import pytest

from tests.convert.stores import states
from tests.convert.test_archive import convert
from tests.convert.workers import faulty, stubborn


@pytest.fixture
def attempts(tmp_path: Path) -> Path:
    """A folder in which workers that cannot start leave a mark."""
    folder = tmp_path / "attempts"
    folder.mkdir()
    return folder


def test_a_worker_that_ends_in_the_middle_of_an_answer_costs_its_document_only(archive: Path, tmp_path: Path) -> None:
    for number in range(3):
        archive.joinpath(f"report-000{number}-torn.txt").write_text(f"TORN {number}", encoding="utf-8")
    done = convert(archive, tmp_path / "x.db", prepare=faulty, jobs=2)
    assert (done.read, done.states["crashed"], done.faults) == (11, 3, [])
    assert states(tmp_path / "x.db")["report-0001-torn.txt"] == (
        "crashed",
        "report-0001-torn.txt: its worker died (exit code 9)",
    )


@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_a_document_that_breaks_its_workers_is_tried_twice_and_given_up(archive: Path, tmp_path: Path) -> None:
    for number in range(2):
        archive.joinpath(f"report-000{number}-garbled.txt").write_text(f"GARBLED {number}", encoding="utf-8")
    done = convert(archive, tmp_path / "x.db", prepare=faulty)
    assert (done.read, done.states["crashed"], done.faults) == (11, 2, [])
    reason = states(tmp_path / "x.db")["report-0001-garbled.txt"][1]
    assert reason is not None
    assert reason.startswith("report-0001-garbled.txt: its worker ended without an answer (")
    assert reason.endswith("), twice")


def test_workers_that_start_only_after_a_while_are_waited_for(
    archive: Path, tmp_path: Path, attempts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWNCLERK_TEST_STARTS", f"3:{attempts}")
    done = convert(archive, tmp_path / "x.db", prepare=stubborn)
    assert (done.read, done.lost, done.faults) == (11, 0, [])
    assert len(list(attempts.iterdir())) == 3


def test_a_machine_that_starts_no_worker_is_given_up_and_what_is_left_goes_on_later(
    archive: Path, tmp_path: Path, attempts: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TOWNCLERK_TEST_STARTS", f"1000:{attempts}")
    done = convert(archive, tmp_path / "x.db", prepare=stubborn)
    assert (done.read, done.lost) == (0, 0)
    ((what, why),) = done.faults
    assert what == "workers"
    assert "could not be started (OSError: [Errno 12] Cannot allocate memory), the 6th worker in a row" in why
    assert "11 of this run are left" in why
    assert {state for state, _ in states(tmp_path / "x.db").values()} == {"waiting", "skipped"}
    monkeypatch.setenv("TOWNCLERK_TEST_STARTS", f"0:{attempts}")
    assert convert(archive, tmp_path / "x.db", prepare=stubborn).read == 11


def test_no_worker_and_no_thread_is_left_behind(archive: Path, tmp_path: Path) -> None:
    before = threading.active_count()
    archive.joinpath("segfault.txt").write_text("SEGFAULT", encoding="utf-8")
    convert(archive, tmp_path / "x.db", prepare=faulty, jobs=2)
    assert threading.active_count() <= before
    left = [child for child in psutil.Process().children() if "spawn_main" in " ".join(child.cmdline())]
    assert left == []
