"""Two workers of `convert` against two independent `extract` processes over the same reports, in one run.

    python -m benchmarks.convert_throughput FOLDER [--times 3]

The two take turns, and their processor time is told beside the clock's: a machine that others use at the same time
makes the clock say anything. The ratio that counts is the median of the pairs'.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

COMMAND = [sys.executable, "-m", "townclerk"]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--times", type=int, default=3)
    asked = parser.parse_args()
    reports = sorted(path for path in asked.folder.rglob("*") if path.is_file())
    # Large and small ones in turn, so that both halves are alike.
    by_size = sorted(reports, key=lambda path: path.stat().st_size)
    halves = [by_size[0::2], by_size[1::2]]
    ratios: list[tuple[float, float]] = []
    with tempfile.TemporaryDirectory() as folder:
        for number in range(asked.times):
            alone = measured(lambda: extract(halves, Path(folder)))
            together = measured(lambda number=number: convert(reports, Path(folder, f"{number}.db")))  # type: ignore[misc]  # bound for the loop
            ratios.append((alone[0] / together[0], alone[1] / together[1]))
            print(
                f"{len(reports)} reports: two extracts {alone[0]:.1f} s ({alone[1]:.1f} s of processor), "
                f"convert --jobs 2 {together[0]:.1f} s ({together[1]:.1f} s); ratio {ratios[-1][0]:.2f} "
                f"({ratios[-1][1]:.2f})",
                flush=True,
            )
    clock, processor = (statistics.median(column) for column in zip(*ratios, strict=True))
    print(f"median ratio {clock:.2f} by the clock, {processor:.2f} by processor time (wanted: 0.90)")
    return 0 if clock >= 0.9 else 1


def measured(action: Callable[[], None]) -> tuple[float, float]:
    """Seconds by the clock, and of processor time in the processes it started."""
    before, started = os.times(), time.monotonic()
    action()
    seconds, after = time.monotonic() - started, os.times()
    processor = after.children_user + after.children_system - before.children_user - before.children_system
    return seconds, processor or 1.0  # Windows does not tell


def extract(halves: list[list[Path]], folder: Path) -> None:
    runs = [
        subprocess.Popen([*COMMAND, "extract", "-q", *map(str, half), "-o", str(folder / f"{number}.jsonl")],
                         stderr=subprocess.DEVNULL)
        for number, half in enumerate(halves)
    ]  # fmt: skip
    for run in runs:
        run.wait()


def convert(reports: list[Path], store: Path) -> None:
    subprocess.run([*COMMAND, "convert", "-q", *map(str, reports), "--into", str(store), "--jobs", "2"], check=False)


if __name__ == "__main__":
    sys.exit(main())
