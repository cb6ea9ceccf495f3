"""Conversions that are killed: the store ends as if nothing had happened. Full size: benchmarks/convert_kill.py."""

from __future__ import annotations

import random
import subprocess
import sys
import time
from pathlib import Path

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
        run = _start(tmp_path / "killed.db", source)
        time.sleep(chance.uniform(0.8, 2.5))
        if run.poll() is not None:
            break
        run.kill()
        run.wait()
        kills += 1
    assert _start(tmp_path / "killed.db", source).wait() == 0
    assert kills > 0
    assert content(tmp_path / "killed.db") == content(tmp_path / "whole.db")
