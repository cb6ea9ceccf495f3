"""Separated values (CSV): told by lines that all have as many fields, and read as the sheet they were saved from."""

from __future__ import annotations

import csv
import io
from collections import Counter

from townclerk.extract.reading.office.areas import add_area
from townclerk.extract.reading.office.building import Builder, Slot, tidy
from townclerk.extract.reading.pdf.knowledge import layout_knowledge
from townclerk.models.document import Document

MEDIA_TYPE = "text/csv"
_WINDOW = 60
_FEWEST_FIELDS, _FEWEST_ROWS = 3, 3
_MOST_OF_ROWS, _LEAST_VALUES = 0.7, 0.3
# Sentences with commas fall into few and long fields.
_LONGEST_FIELD = 60

Rows = list[list[str]]


def separated_rows(text: str) -> Rows | None:
    """The rows of separated values; None for any other text.

    Args:
        text: The decoded file.
    """
    for mark in ",;":
        opening = text.splitlines()[:_WINDOW]
        if sum(mark in line for line in opening) < _FEWEST_ROWS:
            continue
        try:
            rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=mark))
        except csv.Error:
            continue
        if _is_table([row for row in rows if any(field.strip() for field in row)][:_WINDOW]):
            return rows
    return None


def _is_table(rows: Rows) -> bool:
    """True for rows that nearly all have as many fields, short ones, and values in good part of them."""
    width, count = Counter(map(len, rows)).most_common(1)[0] if rows else (0, 0)
    if width < _FEWEST_FIELDS or count < max(_FEWEST_ROWS, _MOST_OF_ROWS * len(rows)):
        return False
    value = layout_knowledge().value
    behind = [field.strip() for row in rows if len(row) == width for field in row[1:] if field.strip()]
    values = sum(value.fullmatch(field) is not None for field in behind)
    short = sum(len(field) <= _LONGEST_FIELD for field in behind)
    return bool(behind) and values >= _LEAST_VALUES * len(behind) and short >= _MOST_OF_ROWS * len(behind)


def read_separated(rows: Rows, name: str, sha256: str) -> Document:
    """Read separated values.

    Args:
        rows: As `separated_rows` found them.
        name: The file's name.
        sha256: Digest of the file's bytes.
    """
    builder = Builder()
    builder.page()
    area: list[list[Slot]] = []
    for number, row in enumerate([*rows, []]):
        slots = [Slot(number, column, said) for column, field in enumerate(row) if (said := tidy(field))]
        if slots:
            area.append(slots)
        elif area:
            add_area(area, builder)
            area = []
    return builder.document(name, sha256, MEDIA_TYPE)
