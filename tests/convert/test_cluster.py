"""Two Dask workers as processes of their own, one killed half way: the store is as if nothing had happened."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from tests.convert.conftest import write_reports
from tests.convert.stores import content
from tests.convert.workers import quick
from townclerk.convert.archive import convert_archive
from townclerk.convert.conversion import Conversion, ConvertOptions, Nobody

pytestmark = pytest.mark.network
OPTIONS = ConvertOptions(jobs=1, prepare=quick)


@contextmanager
def running(*command: str) -> Iterator[subprocess.Popen[str]]:
    process = subprocess.Popen([sys.executable, "-m", *command], stderr=subprocess.PIPE, text=True, encoding="utf-8")
    try:
        yield process
    finally:
        process.kill()
        process.wait()


class KillsWorker(Nobody):
    """Kills a worker once some documents are done."""

    def __init__(self, worker: subprocess.Popen[str]) -> None:
        self._worker = worker
        self.killed = False

    def converting(self, conversion: Conversion) -> None:
        if conversion.read >= 5 and not self.killed:
            self.killed = True
            self._worker.kill()


def test_a_lost_worker_loses_nothing(tmp_path: Path) -> None:
    source = write_reports(tmp_path / "archive", 40)
    convert_archive([source], tmp_path / "whole.db", OPTIONS)
    scheduler_command = ("distributed.cli.dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--no-dashboard")
    with running(*scheduler_command) as scheduler:
        assert scheduler.stderr is not None
        address = next(found[0] for line in scheduler.stderr if (found := re.search(r"tcp://127\.0\.0\.1:\d+", line)))
        worker = ("distributed.cli.dask_worker", address, "--no-nanny", "--nthreads", "1", "--no-dashboard")
        with running(*worker) as one, running(*worker):
            watcher = KillsWorker(one)
            done = convert_archive([source], tmp_path / "x.db", replace(OPTIONS, cluster=address), watcher)
    assert watcher.killed
    assert done.read == 36
    assert content(tmp_path / "x.db") == content(tmp_path / "whole.db")
