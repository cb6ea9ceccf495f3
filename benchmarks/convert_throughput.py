"""Two workers of `convert` against two independent `extract` processes over the same reports, in one run.

python -m benchmarks.convert_throughput FOLDER [--times 3]
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
import time
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
    with tempfile.TemporaryDirectory() as folder:
        both = [(extract(halves, Path(folder)), convert(reports, Path(folder, f"{n}.db"))) for n in range(asked.times)]
    for alone, together in both:
        print(f"two extracts {alone:.1f} s, convert --jobs 2 {together:.1f} s, ratio {alone / together:.2f}")
    best = min(alone for alone, _ in both) / min(together for _, together in both)
    print(f"best against best: {best:.2f} (wanted: 0.90)")
    return 0 if best >= 0.9 else 1


def extract(halves: list[list[Path]], folder: Path) -> float:
    started = time.monotonic()
    runs = [
        subprocess.Popen([*COMMAND, "extract", "-q", *map(str, half), "-o", str(folder / f"{number}.jsonl")],
                         stderr=subprocess.DEVNULL)
        for number, half in enumerate(halves)
    ]  # fmt: skip
    for run in runs:
        run.wait()
    return time.monotonic() - started


def convert(reports: list[Path], store: Path) -> float:
    started = time.monotonic()
    subprocess.run([*COMMAND, "convert", "-q", *map(str, reports), "--into", str(store), "--jobs", "2"], check=False)
    return time.monotonic() - started


if __name__ == "__main__":
    sys.exit(main())
