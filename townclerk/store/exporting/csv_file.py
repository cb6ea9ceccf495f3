"""CSV: for spreadsheets (nothing in it is taken for a formula or a date), or plain for programs."""

from __future__ import annotations

import csv
import io
from typing import BinaryIO

from townclerk.extract.output.spreadsheet import Cell, protected
from townclerk.store.exporting.tables import TableData


def write_csv(table: TableData, stream: BinaryIO, *, plain: bool = False) -> int:
    """Write a table as CSV and return how many rows it has.

    Args:
        table: The table.
        stream: Where to.
        plain: For programs: no byte order mark, no protection of cells that spreadsheets would change.
    """
    names = [field.name for field in table.fields]
    if not plain:
        stream.write(b"\xef\xbb\xbf")
    stream.write(_line(names, plain=True))
    count = 0
    for row in table.rows():
        stream.write(_line([row.get(name) for name in names], plain=plain))
        count += 1
    return count


def _line(cells: list[Cell] | list[str], *, plain: bool) -> bytes:
    line = io.StringIO(newline="")
    csv.writer(line).writerow([_printed(cell, plain=plain) for cell in cells])
    return line.getvalue().encode()


def _printed(cell: Cell, *, plain: bool) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell) if cell.is_integer() else cell)
    return cell if plain and isinstance(cell, str) else protected(cell) if isinstance(cell, str) else str(cell)
