"""Excel workbooks: a sheet a page, its filled areas as tables, values as Excel shows them."""

from __future__ import annotations

import io
import re
import warnings
from datetime import date, datetime, time
from typing import Any

import openpyxl

from townclerk.extract.reading.office.areas import add_area
from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import Document
from townclerk.models.units import Rag

MEDIA_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_MOST_CELLS = 200_000
_DECIMALS = re.compile(r"0\.(0+)")
_QUOTED = re.compile(r'"[^"]*"|\\.|\[[^\]]*\]')

Merged = dict[tuple[int, int], tuple[int, int]]


def read_sheets(data: bytes, name: str, sha256: str) -> Document:
    """Read a workbook.

    Raises:
        KeyError, ValueError: As the library raises them for a damaged file.
    """
    with warnings.catch_warnings():
        # The library warns of parts it does not keep on saving; nothing is saved here.
        warnings.simplefilter("ignore")
        book = openpyxl.load_workbook(io.BytesIO(data), data_only=True)
        formulas = openpyxl.load_workbook(io.BytesIO(data), read_only=True)
    builder = Builder()
    for sheet in book.worksheets:
        builder.page(sheet.title)
        if sheet.sheet_state != "visible":
            builder.skip("the sheet is hidden in the workbook")
            continue
        if sheet.max_row * sheet.max_column > _MOST_CELLS:
            builder.skip(f"the sheet spans {sheet.max_row * sheet.max_column} cells, more than a report holds")
            continue
        missing = _read_sheet(sheet, formulas[sheet.title], builder)
        if missing:
            builder.skip(f"{missing} of its formulas have no stored value; open the workbook in Excel and save it")
    formulas.close()
    return builder.document(name, sha256, MEDIA_TYPE)


def _read_sheet(sheet: Any, formulas: Any, builder: Builder) -> int:
    """Add a sheet's blocks; the number of formulas whose value the file does not hold."""
    merged: Merged = {
        (one.min_row, one.min_col): (one.max_row - one.min_row + 1, one.max_col - one.min_col + 1)
        for one in sheet.merged_cells.ranges
    }
    rows: list[list[Slot]] = []
    empty: set[tuple[int, int]] = set()
    for row in sheet.iter_rows():
        slots = []
        if not sheet.row_dimensions[row[0].row].hidden:
            slots = [slot for slot in (_slot(cell, merged) for cell in row) if slot is not None]
            empty.update((cell.row, cell.column) for cell in row if cell.value is None)
        rows.append(slots)
    area: list[list[Slot]] = []
    for slots in [*rows, []]:
        if slots:
            area.append(slots)
        elif area:
            add_area(area, builder)
            area = []
    return sum(
        isinstance(cell.value, str) and cell.value.startswith("=") and (cell.row, cell.column) in empty
        for row in formulas.iter_rows()
        for cell in row
        if cell.value is not None
    )


def _slot(cell: Any, merged: Merged) -> Slot | None:
    """A filled cell."""
    text = tidy(shown(cell.value, cell.number_format if cell.value is not None else ""))
    if not text:
        return None
    down, across = merged.get((cell.row, cell.column), (1, 1))
    return Slot(cell.row - 1, cell.column - 1, text, down, across, _colour(cell))


def shown(value: Any, form: str) -> str:
    """A value as Excel shows it: percentages, decimals, thousands and dates by its number format."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, datetime | date):
        return _shown_date(value, form)
    if isinstance(value, time):
        return value.strftime("%H:%M")
    if isinstance(value, int | float):
        return _shown_number(value, form)
    return str(value)


def _shown_date(value: date, form: str) -> str:
    """A date, or only its month and year where the format shows no day."""
    plain = _QUOTED.sub("", form).lower()
    if "d" not in plain and "y" in plain:
        return value.strftime("%b %Y" if "mmm" in plain else "%m/%Y")
    return f"{value.day} {value.strftime('%B %Y')}"


def _shown_number(value: float, form: str) -> str:
    section = form.partition(";")[0]
    plain = _QUOTED.sub("", section)
    decimals = _DECIMALS.search(plain)
    places = len(decimals[1]) if decimals else 0
    if "%" in plain:
        return f"{value * 100:.{places}f}%"
    if not re.search(r"[0#?]", plain) or "E" in plain:
        return f"{value:.10g}"
    sign = "£" if "£" in section else ""
    comma = "," if re.search(r"[#0],[#0]", plain) else ""
    words = "".join(re.findall(r'"([^"]*)"', section))
    after = words if section.strip().endswith('"') else ""
    return f"{'-' if value < 0 else ''}{sign}{abs(value):{comma}.{places}f}{after}"


def _colour(cell: Any) -> Rag | None:
    """What a solid fill stands for; colours of the theme say nothing here."""
    fill = cell.fill
    if fill is None or fill.fill_type != "solid" or fill.fgColor is None or fill.fgColor.type != "rgb":
        return None
    code = str(fill.fgColor.rgb)[-6:]
    return layout_knowledge().rag_of(int(code, 16)) if re.fullmatch(r"[0-9A-Fa-f]{6}", code) else None
