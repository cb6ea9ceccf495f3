"""The coordinator's memory over many documents: it must not grow with their number.

python -m benchmarks.convert_memory --documents 10000
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
import time
from pathlib import Path

import psutil

from tests.convert.conftest import write_reports
from tests.convert.workers import quick
from townclerk.convert.archive import convert_archive
from townclerk.convert.conversion import Conversion, ConvertOptions, Nobody

MB = 1 << 20


class Memory(Nobody):
    """Notes the coordinator's memory as documents are done."""

    def __init__(self) -> None:
        self._process = psutil.Process()
        self.seen: list[tuple[int, float]] = []

    def converting(self, conversion: Conversion) -> None:
        self.seen.append((conversion.read, self._process.memory_info().rss / MB))


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    memory = Memory()
    with tempfile.TemporaryDirectory() as folder:
        source = write_reports(Path(folder, "archive"), asked.documents)
        started = time.monotonic()
        done = convert_archive([source], Path(folder, "x.db"), ConvertOptions(jobs=2, prepare=quick), memory)
        seconds = time.monotonic() - started
    early = max(mb for read, mb in memory.seen if read <= asked.documents // 10)
    late = max(mb for _, mb in memory.seen)
    print(f"{done.read} documents in {seconds:.0f} s; {threading.active_count()} threads left")
    print(f"coordinator {early:.0f} MB over the first tenth, {late:.0f} MB at most")
    return 0 if late < early * 1.2 else 1


if __name__ == "__main__":
    sys.exit(main())
