"""How often the second reading of table figures disagrees with the grid, where the grid is right and where it is not.

    python -m benchmarks.second_reading FILE.pdf... [--seed N]

Each file is read as it is (its grids being right but for a few cells), and again with figures put into wrong columns on
purpose: in every sixth row two figures side by side change places, or one goes into an empty cell beside it. Prints how
many figures of either kind were tested and told as doubtful.
"""

from __future__ import annotations

import argparse
import random
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unittest.mock import patch

from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import grid, read_pdf
from townclerk.extract.reading.pdf.drafts import DraftCell, DraftTable
from townclerk.models.document import Cell
from townclerk.models.errors import UnreadableError

assemble = grid._assemble
_DAMAGED = 1 / 6


def figures(path: Path) -> Iterator[tuple[tuple[int, tuple[int, int], str], Cell]]:
    """The figures of a file's tables, each with its place on the page and its words."""
    try:
        document = read_pdf(path.read_bytes(), path.name, ReadOptions(ocr="never"))
    except UnreadableError:
        return
    for block in document.blocks:
        for row in block.table.rows[block.table.header_rows :] if block.table else ():
            for cell in row:
                text = cell.passage.text
                if cell.column and any(c.isdigit() for c in text) and len(text.split()) == 1:
                    box = document.boxes(*cell.passage.source_span(0, len(text)))[0]
                    yield (block.page, (round(box.x0), round(box.y0)), text), cell


def main() -> None:
    """Run the measurement."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    rng = random.Random(given.seed)  # noqa: S311 - chance for a measurement, not for a secret
    counts: Counter[str] = Counter()

    def damaged(*args: Any) -> DraftTable:
        table = assemble(*args)
        for row in table.rows[table.header_rows :]:
            if rng.random() < _DAMAGED:
                _misplace(row, table.columns, rng)
        return table

    for path in given.files:
        right = dict(figures(path))
        _count(counts, "right", right.values())
        with patch.object(grid, "_assemble", damaged):
            found = list(figures(path))
        _count(counts, "wrong", [c for place, c in found if place in right and c.column != right[place].column])
    for kind in ("right", "wrong"):
        tested, doubted = counts[f"{kind} tested"], counts[f"{kind} doubted"]
        print(f"figures in the {kind} column: {counts[kind]}, tested {tested}, told as doubtful {doubted}")


def _misplace(row: list[DraftCell], columns: int, rng: random.Random) -> None:
    """Put a figure of a row into the column beside its own, changing places with what stands there."""
    single = [cell for cell in row if cell.column and cell.column_span == 1 and any(c.isdigit() for c in cell.text)]
    if not single:
        return
    cell = rng.choice(single)
    target = cell.column + 1 if cell.column + 1 < columns else cell.column - 1
    other = next((one for one in row if one.column <= target < one.column + one.column_span), None)
    if target > 0 and (other is None or other in single):
        if other is not None:
            other.column = cell.column
        cell.column = target
        row.sort(key=lambda one: one.column)


def _count(counts: Counter[str], kind: str, cells: Iterable[Cell]) -> None:
    for cell in cells:
        counts[kind] += 1
        counts[f"{kind} tested"] += cell.line_column is not None or cell.line_row is not None
        counts[f"{kind} doubted"] += cell.is_doubtful


if __name__ == "__main__":
    main()
