"""Kill a conversion at random moments, many times, and hold the store against one of an undisturbed run.

    python -m benchmarks.convert_kill --documents 200 --kills 50

Documents are small and workers quick (tests/convert/workers.py), so that the kills hit the ledger, not the reading.
"""

from __future__ import annotations

import argparse
import random
import sqlite3
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.convert.conftest import write_reports
from tests.convert.stores import content


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=200)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        source = write_reports(Path(folder, "archive"), asked.documents)
        whole, killed = Path(folder, "whole.db"), Path(folder, "killed.db")
        started = time.monotonic()
        start(whole, source).wait()
        alone = time.monotonic() - started
        chance = random.Random(asked.seed)  # noqa: S311 - moments to kill at, no secret
        kills = starts = stores = wrong = 0
        while kills < asked.kills:
            run = start(killed, source)
            starts += 1
            # One life in five ends while the program starts; the others soon after their first document.
            if chance.random() < 0.2:
                time.sleep(chance.uniform(0.0, 2.0))
            else:
                wait_for_progress(run, killed)
                time.sleep(chance.uniform(0.0, 0.3))
            if run.poll() is None:
                run.kill()
                kills += 1
            if run.wait() == 0 or kills == asked.kills:
                start(killed, source).wait()
                stores += 1
                wrong += content(killed) != content(whole)
                for file in Path(folder).glob("killed.db*"):
                    file.unlink()
    print(f"{asked.documents} documents, undisturbed {alone:.1f} s; {kills} kills in {starts} starts")
    print(f"{stores} stores made so, {wrong} of them not the same as the undisturbed one")
    return 1 if wrong else 0


def start(store: Path, source: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.convert.killable", str(store), str(source)])


def wait_for_progress(run: subprocess.Popen[bytes], store: Path) -> None:
    """Wait until one more document is done, or the run is over."""
    before = done(store)
    while run.poll() is None and done(store) == before:
        time.sleep(0.02)


def done(store: Path) -> int:
    if not store.exists():
        return 0
    connection = sqlite3.connect(store)
    try:
        return int(connection.execute("SELECT count(*) FROM documents WHERE state = 'done'").fetchone()[0])
    except sqlite3.OperationalError:  # its tables are still being made
        return 0
    finally:
        connection.close()


if __name__ == "__main__":
    sys.exit(main())
