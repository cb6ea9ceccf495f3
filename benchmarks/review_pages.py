"""What a page's picture costs the review room, held against PyMuPDF's own rendering of the same page.

    python -m benchmarks.review_pages FILES [--width 1600] [--rounds 3]

Each page of each PDF is asked of the application (session, cookie, doors, digest of the file and all, over a test
client instead of a socket) and drawn by PyMuPDF alone at the same width; every page is asked of a room that has not
drawn it yet. Prints the median and the 95th centile of the ratio of processor times, the least of some rounds of each.
A picture is to cost at most 1.5 times PyMuPDF's own.
"""

from __future__ import annotations

import argparse
import tempfile
import time
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from statistics import median, quantiles

import pymupdf

from tests.review.web.rooms import Visit, make_room, put, visit
from townclerk.convert.places import uri_of
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.store.database import Store, open_store

MOST = 1.5


def spent(work: Callable[[], object]) -> float:
    """Processor seconds of some work."""
    started = time.process_time()
    work()
    return time.process_time() - started


def ask(inside: Visit, document: str, number: int, width: int) -> None:
    answer = inside.client.get(f"/document/{document}/page/{number}.png?w={width}")
    if answer.status_code != 200:
        raise SystemExit(f"page {number}: {answer.text.strip()}")


def draw(pdf: pymupdf.Document, number: int, width: int) -> None:
    page = pdf[number - 1]
    scale = width / page.rect.width
    page.get_pixmap(matrix=pymupdf.Matrix(scale, scale), alpha=False).tobytes("png")


def ratios(store: Store, file: Path, width: int, rounds: int) -> Iterator[float]:
    """The room's cost of each page as a multiple of PyMuPDF's own."""
    data = file.read_bytes()
    document = read_bytes(data, file.name, ReadOptions(ocr="never"))
    name = put(store, uri_of(file.resolve()), data, [], document)
    with pymupdf.open(stream=data, filetype="pdf") as pdf:
        rooms = [visit(make_room(store)) for _ in range(rounds)]
        for number in range(1, len(pdf) + 1):
            ours = [spent(partial(ask, inside, name, number, width)) for inside in rooms]
            own = [spent(partial(draw, pdf, number, width)) for _ in range(rounds)]
            yield min(ours) / min(own)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--width", type=int, default=1600)
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        store = open_store(str(Path(folder, "pages.db")), create=True)
        found = [one for file in asked.files for one in ratios(store, file, asked.width, asked.rounds)]
        store.close()
    high = quantiles(found, n=20)[18] if len(found) > 1 else found[0]
    print(
        f"{len(found)} pages at {asked.width} px: median {median(found):.2f}, 95th centile {high:.2f} (at most {MOST})"
    )


if __name__ == "__main__":
    main()
