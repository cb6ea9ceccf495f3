"""Parquet, typed, in row groups, so that memory stays flat."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from itertools import islice
from typing import Any, BinaryIO

from townclerk.extract.output.spreadsheet import Cell
from townclerk.models.errors import MissingComponentError
from townclerk.store.exporting.fields import Field, FieldType
from townclerk.store.exporting.tables import Row, TableData

_GROUP = 10_000


def write_parquet(table: TableData, stream: BinaryIO) -> int:
    """Write a table as Parquet and return how many rows it has.

    Raises:
        MissingComponentError: If pyarrow is not installed.
    """
    try:
        import pyarrow  # noqa: PLC0415 - an extra
        import pyarrow.parquet  # noqa: PLC0415
    except ModuleNotFoundError:
        raise MissingComponentError("Parquet needs pyarrow; run: pip install 'townclerk[parquet]'") from None
    types = {
        FieldType.STRING: pyarrow.string(),
        FieldType.NUMBER: pyarrow.float64(),
        FieldType.INTEGER: pyarrow.int64(),
        FieldType.BOOLEAN: pyarrow.bool_(),
        FieldType.DATE: pyarrow.date32(),
    }
    described = [
        pyarrow.field(field.name, types[field.type], metadata={"description": field.description})
        for field in table.fields
    ]
    schema = pyarrow.schema(described)
    count = 0
    with pyarrow.parquet.ParquetWriter(stream, schema) as writer:
        for rows in _groups(table.rows()):
            count += len(rows)
            columns = [[_typed(row.get(field.name), field) for row in rows] for field in table.fields]
            writer.write_table(
                pyarrow.table(
                    [pyarrow.array(column, part.type) for column, part in zip(columns, schema, strict=True)],
                    schema=schema,
                )
            )
    return count


def _groups(rows: Iterator[Row]) -> Iterator[list[Row]]:
    while group := list(islice(rows, _GROUP)):
        yield group


def _typed(cell: Cell, field: Field) -> Any:
    if cell is None:
        return None
    if field.type is FieldType.DATE:
        return date.fromisoformat(str(cell))
    return float(cell) if field.type is FieldType.NUMBER else cell
