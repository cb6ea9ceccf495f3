"""Score table structure on the public ICDAR-2013 table competition, by its own measure.

Every pair of neighbouring cells of a table (the next filled cell to the right, the next below) is a relation. Relations
found are compared with those of the ground truth, document by document; precision and recall are averaged over
documents, as the competition does. White space and signs without meaning are left out of the comparison.

    python benchmarks/tables.py FOLDER [--cost] [--show NAME]

FOLDER holds `NAME.pdf` with `NAME-str.xml`. Cost is given in times the cost of `get_text("words")` on the same pages.
`peers.py` puts other readers beside this one.
"""

from __future__ import annotations

import argparse
import itertools
import re
import statistics
import sys
import time
import xml.etree.ElementTree as ET
from collections import Counter
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import NamedTuple

import pymupdf

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import read_pdf
from townclerk.models.document import Document

_IGNORED = re.compile(r"[\s_\u00a0\u200b]+")
_NUMBER = re.compile(r"\d[\d.,]*")


class Spot(NamedTuple):
    """A cell of any reader: where it stands and its text."""

    row: int
    column: int
    last_row: int
    last_column: int
    text: str


Relations = Counter[tuple[str, str, str]]
Reader = Callable[[Path], list[list[Spot]]]


def ours(path: Path) -> list[list[Spot]]:
    """Tables of Townclerk's reader."""
    document = our_reading(path)
    tables = [block.table for block in document.blocks if block.table is not None]
    return [
        [
            Spot(c.row, c.column, c.row + c.row_span - 1, c.column + c.column_span - 1, c.passage.text)
            for row in table.rows
            for c in row
        ]
        for table in tables
    ]


def our_reading(path: Path) -> Document:
    """The whole document as Townclerk reads it: what its cost is taken of."""
    return read_pdf(path.read_bytes(), path.name, ReadOptions(ocr="never"))


def from_rows(rows: Iterable[Iterable[str | None]]) -> list[Spot]:
    """A table given as rows of texts."""
    return [
        Spot(number, column, number, column, text or "")
        for number, row in enumerate(rows)
        for column, text in enumerate(row)
    ]


def truth(path: Path) -> list[list[Spot]]:
    """Tables of the ground truth; the parts of a table over several regions are put under one another."""
    tables: list[list[Spot]] = []
    for table in ET.parse(path).getroot().iter("table"):  # noqa: S314 - as above
        spots: list[Spot] = []
        for region in table.iter("region"):
            down, across = int(region.get("row-increment") or 0), int(region.get("col-increment") or 0)
            for cell in region.iter("cell"):
                row, column = int(cell.get("start-row") or 0) + down, int(cell.get("start-col") or 0) + across
                last_row = int(cell.get("end-row") or row - down) + down
                last_column = int(cell.get("end-col") or column - across) + across
                spots.append(Spot(row, column, last_row, last_column, cell.findtext("content") or ""))
        tables.append(spots)
    return tables


def plain(text: str) -> str:
    """Text as the comparison sees it."""
    return _IGNORED.sub("", text).lower()


def relations(tables: Iterable[list[Spot]]) -> Relations:
    """The neighbourhood relations of some tables."""
    found: Relations = Counter()
    for table in tables:
        place: dict[tuple[int, int], int] = {}
        spots = [spot for spot in table if plain(spot.text)]
        for index, spot in enumerate(spots):
            for row in range(spot.row, spot.last_row + 1):
                for column in range(spot.column, spot.last_column + 1):
                    place.setdefault((row, column), index)
        rows = max((spot.last_row for spot in spots), default=-1) + 1
        columns = max((spot.last_column for spot in spots), default=-1) + 1
        pairs: set[tuple[int, int, str]] = set()
        for row in range(rows):
            line = [place[row, column] for column in range(columns) if (row, column) in place]
            pairs.update((a, b, "right") for a, b in itertools.pairwise(line) if a != b)
        for column in range(columns):
            line = [place[row, column] for row in range(rows) if (row, column) in place]
            pairs.update((a, b, "below") for a, b in itertools.pairwise(line) if a != b)
        found.update((plain(spots[a].text), plain(spots[b].text), way) for a, b, way in pairs)
    return found


def altered_numbers(path: Path, tables: Iterable[list[Spot]]) -> list[str]:
    """Numbers in cells that do not stand so in the page's own words."""
    with pymupdf.open(path) as pdf:
        words = {word[4] for page in pdf for word in page.get_text("words")}
    printed = {number for word in words for number in _NUMBER.findall(word)}
    return [n for table in tables for spot in table for n in _NUMBER.findall(spot.text) if n not in printed]


def cost(read: Callable[[Path], object], paths: Iterable[Path], rounds: int = 7) -> float:
    """Processor time of a reader in times that of `get_text("words")`: the quickest of a few runs of each file.

    Both read a file in turn, so that a busy machine disturbs them alike.
    """
    listed = list(paths)
    best = {path: [float("inf"), float("inf")] for path in listed}
    for _ in range(rounds):
        for path in listed:
            for place, one in enumerate((words_only, read)):
                started = time.process_time()
                one(path)
                best[path][place] = min(best[path][place], time.process_time() - started)
    return sum(ours for _, ours in best.values()) / sum(words for words, _ in best.values())


def seconds(read: Callable[[Path], object], paths: Iterable[Path], rounds: int = 3) -> float:
    """Processor time of a reader over some files: the quickest of a few runs of each file."""
    best: dict[Path, float] = {}
    for _ in range(rounds):
        for path in paths:
            started = time.process_time()
            read(path)
            best[path] = min(best.get(path, float("inf")), time.process_time() - started)
    return sum(best.values())


def words_only(path: Path) -> None:
    """The yardstick of cost."""
    with pymupdf.open(path) as pdf:
        for page in pdf:
            page.get_text("words")


def score(name: str, read: Reader, pairs: list[tuple[Path, Path]], show: str | None) -> None:
    """Score one reader and print a line."""
    precisions: list[float] = []
    recalls: list[float] = []
    total: Counter[str] = Counter()
    altered = 0
    for pdf, answer in pairs:
        tables = read(pdf)
        wanted, got = relations(truth(answer)), relations(tables)
        right = sum((wanted & got).values())
        altered += len(altered_numbers(pdf, tables))
        total.update(right=right, wanted=sum(wanted.values()), got=sum(got.values()))
        precisions.append(right / max(1, sum(got.values())))
        recalls.append(right / max(1, sum(wanted.values())))
        if show in {"all", pdf.stem}:
            print(f"  {pdf.stem}: precision {precisions[-1]:.3f} recall {recalls[-1]:.3f} of {sum(wanted.values())}")
        if show == pdf.stem:
            for sign, rest in (("missed", wanted - got), ("extra", got - wanted)):
                for (a, b, way), count in list(rest.items())[:60]:
                    print(f"    {sign}: {a!r} {way} {b!r}" + (f" x{count}" if count > 1 else ""))
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    together = 2 * precision * recall / (precision + recall)
    pooled = 2 * total["right"] / max(1, total["wanted"] + total["got"])
    print(
        f"{name:<20} precision {precision:.3f}  recall {recall:.3f}  F1 {together:.3f}"
        f"  (pooled {pooled:.3f})  altered numbers {altered}"
    )


def main() -> None:
    """Run the benchmark."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--show", metavar="NAME", help="a document's stem, for its errors, or `all`")
    parser.add_argument("--cost", action="store_true", help="measure cost too")
    given = parser.parse_args()
    answers = {path: path.with_name(f"{path.stem}-str.xml") for path in sorted(given.folder.glob("*.pdf"))}
    pairs = [(pdf, answer) for pdf, answer in answers.items() if answer.exists()]
    if not pairs and not given.cost:
        sys.exit(f"{given.folder}: no NAME.pdf with NAME-str.xml beside it")
    if pairs:
        score("townclerk", ours, pairs, given.show)
    if given.cost:
        print(f"{'townclerk':<20} {cost(our_reading, answers):.2f} times get_text('words')")


if __name__ == "__main__":
    main()
