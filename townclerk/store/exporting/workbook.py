"""Excel: a sheet one can work with at once, and a sheet that says what everything means."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, BinaryIO

from townclerk.extract.output.spreadsheet import Cell
from townclerk.models.errors import MissingComponentError, OutputError
from townclerk.models.units import Unit
from townclerk.store.exporting.definitions import Definition
from townclerk.store.exporting.fields import Field, FieldType
from townclerk.store.exporting.tables import Row, TableData
from townclerk.store.vocabulary import WORKBOOK_AUTHOR

MOST_ROWS = 1_048_575
"""What a sheet of Excel holds beside its header."""
_CREATED = datetime(1980, 1, 1)
"""As the entries of the file have it: the same rows give the same bytes."""

_COLOUR_SCALE = {
    "type": "3_color_scale",
    "min_type": "num", "min_value": 0, "min_color": "#F8696B",
    "mid_type": "num", "mid_value": 0.5, "mid_color": "#FFEB84",
    "max_type": "num", "max_value": 1, "max_color": "#63BE7B",
}  # fmt: skip
_WIDTHS = {FieldType.STRING: 18, FieldType.DATE: 11, FieldType.NUMBER: 11, FieldType.INTEGER: 8, FieldType.BOOLEAN: 8}
_LONG_TEXTS = frozenset({"indicator_name", "label", "quote", "commentary"})
_FORMATS = {
    Unit.PERCENT.value: '0.0##"%"',
    Unit.COUNT.value: "#,##0",
    Unit.CURRENCY.value: "£#,##0.00",
}


def write_workbook(table: TableData, definitions: Sequence[Definition], notes: Sequence[str], stream: BinaryIO) -> int:
    """Write a table as an Excel workbook and return how many rows it has.

    Args:
        table: The table.
        definitions: The indicators in it.
        notes: Sentences for the top of the sheet of definitions.
        stream: Where to.

    Raises:
        MissingComponentError: If xlsxwriter is not installed.
        OutputError: If there are more rows than a sheet holds.
    """
    try:
        import xlsxwriter  # noqa: PLC0415 - an extra
    except ModuleNotFoundError:
        raise MissingComponentError("Excel files need xlsxwriter; run: pip install 'townclerk[excel]'") from None
    with xlsxwriter.Workbook(stream, {"constant_memory": True}) as book:
        book.set_properties({"author": WORKBOOK_AUTHOR, "created": _CREATED})
        count = _Sheet(book, table).write()
        _write_definitions(book, table.fields, definitions, notes)
    return count


class _Sheet:
    """The sheet of figures."""

    def __init__(self, book: Any, table: TableData) -> None:
        self._table = table
        self._sheet = book.add_worksheet(table.name)
        self._head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        self._day = book.add_format({"num_format": "yyyy-mm-dd"})
        self._sure = book.add_format({"num_format": "0%"})
        self._by_unit = {unit: book.add_format({"num_format": code}) for unit, code in _FORMATS.items()}

    def write(self) -> int:
        for column, field in enumerate(self._table.fields):
            self._sheet.set_column(column, column, 40 if field.name in _LONG_TEXTS else _WIDTHS[field.type])
            self._sheet.write_string(0, column, field.name, self._head)
        count = 0
        for row in self._table.rows():
            count += 1
            if count > MOST_ROWS:
                raise OutputError(f"more than {MOST_ROWS:,} rows do not fit a sheet; filter, or write .csv or .parquet")
            for column, field in enumerate(self._table.fields):
                self._put(count, column, row.get(field.name), field, row)
        self._sheet.freeze_panes(1, 1)
        self._sheet.autofilter(0, 0, max(1, count), len(self._table.fields) - 1)
        names = [field.name for field in self._table.fields]
        if "confidence" in names and count:
            column = names.index("confidence")
            self._sheet.conditional_format(1, column, count, column, _COLOUR_SCALE)
        return count

    def _put(self, line: int, column: int, cell: Cell, field: Field, row: Row) -> None:
        if cell is None:
            return
        if field.type is FieldType.DATE:
            self._sheet.write_datetime(line, column, date.fromisoformat(str(cell)), self._day)
        elif isinstance(cell, bool):
            self._sheet.write_boolean(line, column, cell)
        elif isinstance(cell, int | float):
            self._sheet.write_number(line, column, cell, self._format(field, row))
        else:
            self._sheet.write_string(line, column, cell[:32767])

    def _format(self, field: Field, row: Row) -> Any:
        if field.name == "confidence":
            return self._sure
        unit = field.unit.value if field.unit else row.get("unit")
        return self._by_unit.get(str(unit)) if field.unit or field.name == "value" else None


def _write_definitions(
    book: Any, fields: Sequence[Field], definitions: Sequence[Definition], notes: Sequence[str]
) -> None:
    sheet = book.add_worksheet("definitions")
    bold = book.add_format({"bold": True})
    sheet.set_column(0, 0, 34)
    sheet.set_column(1, 5, 30)
    line = 0
    for note in notes:
        sheet.write_string(line, 0, note)
        line += 1
    head = ("indicator", "name", "unit", "better", "numerator", "denominator")
    lines = [head, *(definition.cells() for definition in definitions), (), ("column", "meaning")]
    lines += [(field.name, field.description) for field in fields]
    for number, cells in enumerate(lines, start=line + 1):
        for column, cell in enumerate(cells):
            is_head = cells in (head, ("column", "meaning"))
            sheet.write_string(number, column, cell, bold if is_head else None)
