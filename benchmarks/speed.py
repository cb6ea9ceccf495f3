"""How fast Townclerk is, against what reading the same pages costs anyway, in one run of one command.

    python -m benchmarks.speed [REPORT_OR_FOLDER ...] [--out docs/speed.md] [--times 3]

The files are those given, and reports that the test factory writes for the purpose. Each task runs in a process of its
own, the tasks of a comparison in turn, several times over; the least processor time of each counts, which other work on
the machine disturbs least. pdfplumber is measured where it is installed (`pip install "townclerk[bench]"`).
"""

from __future__ import annotations

import argparse
import datetime
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from benchmarks import speed_files, speed_page

PEERS = ("plumber-words", "plumber-tables")
TASKS = ("words", "plumber-words", "plumber-tables", "read", "extract")
PAGES = (1, 10, 100, 1000)
INDICATORS = (25, 100, 250, 1000)


@dataclass(slots=True)
class Cost:
    """The least processor time of a task, in seconds, and its greatest memory, in megabytes."""

    seconds: float = float("inf")
    megabytes: float = 0.0
    units: int = 0

    def take(self, run: dict[str, float]) -> None:
        """Count one more run."""
        self.seconds = min(self.seconds, run["seconds"])
        self.megabytes = max(self.megabytes, run["megabytes"])
        self.units = int(run["units"])


def main() -> int:
    """Measure, and write the page; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("inputs", nargs="*", type=Path, help="reports or folders to measure besides the factory's")
    parser.add_argument("--out", type=Path, help="write the results to this page")
    parser.add_argument("--times", type=int, default=3, help="how often each task is run")
    parser.add_argument("--largest", type=int, default=PAGES[-1], help="pages of the largest document")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = measure(Path(folder), asked.inputs, asked.times, asked.largest)
    sys.stdout.write(page)
    if asked.out:
        asked.out.write_text(page, encoding="utf-8", newline="\n")
    return 0


def measure(folder: Path, inputs: Sequence[Path], times: int, largest: int) -> str:
    """Run all comparisons in a folder for made files, and put them on a page."""
    made = speed_files.write_reports(folder)
    pdfs = [*made.pdfs, *found(inputs, ".pdf")]
    tasks = [task for task in TASKS if task not in PEERS or find_spec("pdfplumber")]
    born_digital = compare({task: (task, pdfs) for task in tasks}, times)
    texts = {
        name: compare({task: (task, files) for task in ("tokens", "extract-text")}, times)
        for name, files in (
            ("prose and scorecards", [*made.plain_texts, *found(inputs, ".txt")]),
            ("dense tables", made.dense_texts),
        )
    }
    sizes = [count for count in PAGES if count <= largest]
    long = {count: [speed_files.write_long(pdfs, count, folder)] for count in sizes}
    pages = {count: compare({task: (task, long[count]) for task in ("words", "extract")}, 2) for count in sizes}
    catalogues = compare({str(count): (f"indicators-{count}", made.plain_texts) for count in INDICATORS}, times)
    start = compare({"start": ("start", [])}, times)["start"]
    profile = stage_shares([*pdfs, *made.plain_texts])
    return speed_page.page(about(), born_digital, texts, pages, catalogues, start, profile)


def compare(tasks: dict[str, tuple[str, Sequence[Path]]], times: int) -> dict[str, Cost]:
    """Run tasks in turn, several times over, each in a process of its own."""
    costs = {name: Cost() for name in tasks}
    for _ in range(times):
        for name, (task, files) in tasks.items():
            costs[name].take(run(task, files))
            sys.stderr.write(f"{name}: {costs[name].seconds:.2f} s\n")
    return costs


def run(task: str, files: Sequence[Path]) -> dict[str, float]:
    """One run of one task."""
    command = [sys.executable, "-m", "benchmarks.speed_task", task]
    given = "\n".join(map(str, files))
    # An installed program finds the bytecode of its modules; without it every start compiles them all.
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    done = subprocess.run(
        command, input=given, capture_output=True, text=True, encoding="utf-8", check=True, env=environment
    )
    result: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return result


def stage_shares(files: Iterable[Path]) -> str:
    """What `extract --profile` tells of a run over files."""
    with tempfile.TemporaryDirectory() as folder:
        out = str(Path(folder, "out.jsonl"))
        command = [sys.executable, "-m", "townclerk", "extract", "-q", "--profile", "--ocr", "never", "-o", out]
        done = subprocess.run(
            [*command, *map(str, files)], capture_output=True, text=True, encoding="utf-8", check=False
        )
    return done.stderr


def found(inputs: Iterable[Path], suffix: str) -> list[Path]:
    """The files of one kind among inputs, and in the folders among them."""
    held = [sorted(path.rglob(f"*{suffix}")) if path.is_dir() else [path] for path in inputs]
    return [path for paths in held for path in paths if path.suffix == suffix]


def about() -> str:
    """The machine, the versions and the date."""
    packages = ["townclerk", "pymupdf", "spacy", *(["pdfplumber"] if find_spec("pdfplumber") else [])]
    versions = ", ".join(f"{name} {version(name)}" for name in packages)
    day = datetime.datetime.now(datetime.UTC).date().isoformat()
    machine = f"{platform.system()} on {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"{machine}; {versions}; {day}"


if __name__ == "__main__":
    sys.exit(main())
