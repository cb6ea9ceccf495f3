"""One task of the speed benchmark, in a process of its own: `python -m benchmarks.speed_task TASK < FILE_NAMES`.

Prints the processor time of the task without what comes before it (imports, packs), the process's greatest memory, and
how many pages, or words of text, the task went through.
"""

from __future__ import annotations

import importlib
import json
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import psutil

Work = Callable[[Path], int]
WARM = b"Wexcombe Council\n\nThe rate was 54.1 per 10,000 in March 2019, 2 of 9 in the region and above target.\n"


def main() -> None:
    task, files = sys.argv[1], [Path(line) for line in sys.stdin.read().splitlines() if line]
    if task == "start":
        seconds, units = _start(), 1
    else:
        work = _work(task)
        if task in ("read", "extract"):
            with tempfile.TemporaryDirectory() as folder:
                work(_warm_pdf(Path(folder)))
        began = time.process_time()
        units = sum(work(path) for path in files)
        seconds = time.process_time() - began
    json.dump({"seconds": seconds, "megabytes": _peak(), "units": units}, sys.stdout)


def _warm_pdf(folder: Path) -> Path:
    """A page that makes the reader load what only PDF needs, as the floor's library is loaded before its clock runs."""
    import pymupdf

    path = folder / "warm.pdf"
    with pymupdf.open() as made:
        made.new_page().insert_text((72, 72), WARM.decode())
        made.save(path)
    return path


def _start() -> float:
    """The time from spaCy's import to an extractor that has read a first report, packs, pipeline and all."""
    import spacy  # noqa: F401

    began = time.process_time()
    from townclerk.extract.pipeline import Extractor

    extractor = Extractor()
    extractor.extract(extractor.read(WARM, "warm.txt"))
    return time.process_time() - began


def _work(task: str) -> Work:
    """What a task does with one file; everything that is made once is made here."""
    if task == "words":
        return _words()
    if task.startswith("plumber"):
        return _plumber(tables=task == "plumber-tables")
    if task == "tokens":
        return _tokens()
    return _townclerk(task)


def _words() -> Work:
    import pymupdf

    def work(path: Path) -> int:
        with pymupdf.open(path) as document:
            return sum(1 for page in document if page.get_text("words") is not None)

    return work


def _plumber(*, tables: bool) -> Work:
    pdfplumber = importlib.import_module("pdfplumber")

    def work(path: Path) -> int:
        with pdfplumber.open(path) as document:
            for page in document.pages:
                page.extract_tables() if tables else page.extract_words()
                page.close()
            return len(document.pages)

    return work


def _tokens() -> Work:
    import spacy

    nlp = spacy.blank("en")
    nlp(WARM.decode())

    def work(path: Path) -> int:
        text = path.read_text(encoding="utf-8")
        nlp(text)
        return len(text.split())

    return work


def _townclerk(task: str) -> Work:
    import spacy  # noqa: F401 - the first passage with a token pattern would pay for it

    from townclerk.extract.pipeline import Extractor
    from townclerk.extract.settings import Settings

    extractor = Extractor(Settings(ocr="never"))
    if task.startswith("indicators-"):
        from benchmarks.speed_indicators import knowledge_of

        extractor.knowledge = knowledge_of(extractor.knowledge, int(task.partition("-")[2]))
    extractor.extract(extractor.read(WARM, "warm.txt"))

    def work(path: Path) -> int:
        document = extractor.read(path.read_bytes(), path.name)
        if task != "read":
            extractor.extract(document)
        return len(document.pages) if path.suffix == ".pdf" else len(document.text.split())

    return work


def _peak() -> float:
    """The process's greatest memory so far, in megabytes."""
    told = psutil.Process().memory_info()
    if (windows := getattr(told, "peak_wset", None)) is not None:
        return float(windows) / 2**20
    import resource

    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit / 2**20


if __name__ == "__main__":
    main()
