"""Conversions that are killed: the store ends as if nothing had happened. Full size: benchmarks/convert_kill.py."""

from __future__ import annotations

import random
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.convert.conftest import write_reports
from tests.convert.stores import content


def _start(store: Path, source: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.convert.killable", str(store), str(source)])


def test_a_killed_conversion_goes_on_where_it_stopped(tmp_path: Path) -> None:
    source = write_reports(tmp_path / "archive", 60)
    assert _start(tmp_path / "whole.db", source).wait() == 0
    chance = random.Random(8)  # noqa: S311 - moments to kill at, no secret
    kills = 0
    while kills < 6:
        before = _done(tmp_path / "killed.db")
        run = _start(tmp_path / "killed.db", source)
        # Every other one dies before it has done anything, the rest amid their work, however busy the machine is.
        if kills % 2:
            wait_until(lambda: run.poll() is not None or _done(tmp_path / "killed.db") > before)  # noqa: B023 - at once
        time.sleep(chance.uniform(0.0, 0.3))
        if run.poll() is not None:
            break
        run.kill()
        run.wait()
        kills += 1
    assert _start(tmp_path / "killed.db", source).wait() == 0
    assert kills > 1
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")


def _done(store: Path) -> int:
    return len(ask(store, "SELECT 1 FROM documents WHERE state = 'done'"))


def wait_until(condition: Callable[[], bool], seconds: float = 60.0) -> None:
    until = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < until
        time.sleep(0.05)


def ask(store: Path, query: str) -> list[Any]:
    if not store.exists():
        return []
    connection = sqlite3.connect(store)
    try:
        return connection.execute(query).fetchall()
    except sqlite3.OperationalError:  # the tables are still being made
        return []
    finally:
        connection.close()


@pytest.mark.skipif(sys.platform == "win32", reason="platform: Windows sends no SIGINT to one process")
def test_an_interrupt_keeps_what_is_done_and_leaves_nothing_running(tmp_path: Path) -> None:
    source = write_reports(tmp_path / "archive", 200)
    store = tmp_path / "x.db"
    run = _start(store, source)
    wait_until(lambda: bool(ask(store, "SELECT 1 FROM documents WHERE state = 'done' LIMIT 1")))
    run.send_signal(signal.SIGINT)
    assert run.wait() == 130
    assert ask(store, "SELECT state FROM runs") == [("interrupted",)]
    states = dict(ask(store, "SELECT state, count(*) FROM documents GROUP BY state"))
    assert states.keys() == {"done", "waiting", "skipped"}
    assert _start(store, source).wait() == 0
    assert dict(ask(store, "SELECT state, count(*) FROM documents GROUP BY state")) == {"done": 180, "skipped": 20}
