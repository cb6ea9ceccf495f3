"""`extract --profile`."""

from __future__ import annotations

import time
from pathlib import Path

from typer.testing import CliRunner

from townclerk.cli import app
from townclerk.console.profiling import StageClock, shares

REPORT = "Wexcombe Council\n\nAt the end of March 2019 there were 412 children looked after, 8% more than in 2018.\n"


def test_shares_are_told_in_the_order_of_the_work_and_add_up() -> None:
    told = shares({"link": 1.0, "read": 3.0})
    assert [line.split() for line in told] == [
        ["read", "3.00", "s", "75.0%"],
        ["link", "1.00", "s", "25.0%"],
        ["total", "4.00", "s", "100.0%"],
    ]


def test_a_clock_counts_the_time_that_passed() -> None:
    began = time.perf_counter()
    clock = StageClock()
    clock.start()
    # On a busy machine the clock's own thread may have to wait for its turn.
    while sum(clock.seconds.values()) < 0.2 and time.perf_counter() < began + 60:
        sum(range(1000))
    clock.stop()
    passed = time.perf_counter() - began
    assert clock.seconds["other"] > 0.5 * sum(clock.seconds.values()) >= 0.1
    assert sum(clock.seconds.values()) <= passed


def test_the_stages_are_told_on_standard_error_and_the_output_is_the_same(tmp_path: Path) -> None:
    report = tmp_path / "report.txt"
    # Long enough for the clock to look in a few times.
    years = (
        f"At the end of March {year} there were {year - 1600} children looked after.\n\n" for year in range(1990, 2020)
    )
    report.write_text(REPORT + "\n" + "".join(years) * 10, encoding="utf-8")
    plain = CliRunner().invoke(app, ["extract", str(report), "-q", "-o", "-"])
    profiled = CliRunner().invoke(app, ["extract", str(report), "-q", "-o", "-", "--profile"])
    assert profiled.stdout == plain.stdout
    told = {line.split()[0]: line.split()[-1] for line in profiled.stderr.splitlines()}
    assert told["total"] == "100.0%"
    assert len(told) > 1
