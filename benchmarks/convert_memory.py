"""The coordinator's memory and pace over many documents, near-duplicates compared: neither may depend on their number.

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
    """Notes the coordinator's memory and processor time as documents are done, and its memory all the time."""

    def __init__(self, tenth: int) -> None:
        self._process = psutil.Process()
        self._tenth = tenth
        self._started = time.monotonic()
        self.peak = 0.0
        self.early = 0.0
        self.tenths: list[tuple[int, float, float]] = []

    def converting(self, conversion: Conversion) -> None:
        if conversion.read >= self._tenth * (len(self.tenths) + 1):
            self.tenths.append((conversion.read, time.monotonic() - self._started, time.process_time()))
        if conversion.read <= self._tenth:
            self.early = self.peak

    def watch(self, over: threading.Event) -> None:
        while not over.wait(0.2):
            self.peak = max(self.peak, self._process.memory_info().rss / MB)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--documents", type=int, default=10_000)
    asked = parser.parse_args()
    memory, over = Memory(asked.documents // 10), threading.Event()
    threading.Thread(target=memory.watch, args=(over,), daemon=True).start()
    with tempfile.TemporaryDirectory() as folder:
        source = write_reports(Path(folder, "archive"), asked.documents)
        started = time.monotonic()
        done = convert_archive([source], Path(folder, "x.db"), ConvertOptions(jobs=2, prepare=quick), memory)
        seconds = time.monotonic() - started
    over.set()
    print(f"{done.read} documents in {seconds:.0f} s, {done.near_duplicates} near-duplicates among them")
    for read, clock, processor in memory.tenths:
        print(f"{read:>8} documents after {clock:>6.0f} s, {processor:>6.1f} s of the coordinator's processor")
    compared = seconds - memory.tenths[-1][1]
    print(f"the rest and the comparing of all with all: {compared:.0f} s")
    print(f"coordinator {memory.early:.0f} MB over the first tenth, {memory.peak:.0f} MB at most, comparing included")
    return 0 if memory.peak < memory.early * 1.2 else 1


if __name__ == "__main__":
    sys.exit(main())
