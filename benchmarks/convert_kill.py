"""Kill a conversion at random moments, many times, and hold the store against one of an undisturbed run.

    python -m benchmarks.convert_kill --documents 200 --kills 50

Documents are small and workers quick (tests/convert/workers.py), so that the kills hit the ledger, not the reading.
"""

from __future__ import annotations

import argparse
import random
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
        kills = restarts = 0
        while kills < asked.kills:
            run = start(killed, source)
            restarts += 1
            # A run that gets through is begun anew with one report changed and changed back: work for the next kill.
            time.sleep(chance.uniform(0.3, alone))
            if run.poll() is None:
                run.kill()
                kills += 1
            run.wait()
            if run.returncode == 0:
                redo(source, chance)
        write_reports(source, asked.documents)
        start(killed, source).wait()
        same = content(killed) == content(whole)
    print(f"{asked.documents} documents, undisturbed {alone:.1f} s; {kills} kills in {restarts} starts; same: {same}")
    return 0 if same else 1


def start(store: Path, source: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen([sys.executable, "-m", "tests.convert.killable", str(store), str(source)])


def redo(source: Path, chance: random.Random) -> None:
    """Change half of the reports, so that there is something to convert again."""
    reports = sorted(source.iterdir())
    for report in chance.sample(reports, len(reports) // 2):
        report.write_text(f"Changed to {chance.randrange(1000)} plans.", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
