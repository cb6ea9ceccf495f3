"""Files in an archive that can be read as text and are no reports: data and code that programs left beside them.

What Townclerk itself wrote or is given (observations, gold, exports, lists of areas) is told by name, so that an
archive converted twice never takes yesterday's export for a report.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from typing import Any

from townclerk.store.vocabulary import WORKBOOK_AUTHOR

_HEAD = 4096
_CSV_WINDOW = 1 << 18
_CSV_COLUMNS = 2
_CSV_ROWS = 2
_XML = (b"<?xml", b"<svg", b"<rss", b"<feed")
# Recognised pages and web pages are reports, though they are XML.
_READ_XML = (b"<alto", b":alto", b"<html", b"<!doctype html")
_BINARY = ((b"SQLite format 3\0", "a database"), (b"PAR1", "a Parquet table"))
_ZIP = b"PK\x03\x04"

_OBSERVATIONS = "observations that Townclerk wrote itself"
_TABLE = "a table that Townclerk wrote itself"
_OWN_JSON: tuple[tuple[frozenset[str], str], ...] = (
    (frozenset({"observation_id", "evidence"}), _OBSERVATIONS),
    (frozenset({"doc", "n", "indicator"}), "gold for townclerk evaluate"),
    (frozenset({"resources", "name"}), "the description of a data package"),
)
_OWN_CSV: tuple[tuple[tuple[str, ...], str], ...] = (
    (("observation_id", "document"), _OBSERVATIONS),
    (("authority", "area", "role", "period_code"), _TABLE),
    (("indicator_id", "name", "unit", "polarity"), _TABLE),
)
_AREA_COLUMNS = frozenset({"name", "gss_code", "short_names", "region", "valid_from", "valid_to", "la_type"})


def not_a_report(data: bytes) -> str | None:
    """What a file is that is no report, in words; None for what may be one. Told by its bytes alone."""
    for magic, what in _BINARY:
        if data.startswith(magic):
            return what
    if data.startswith(_ZIP):
        return "a workbook that Townclerk wrote itself" if _is_own_workbook(data) else None
    head = data[:_HEAD].removeprefix(b"\xef\xbb\xbf").lstrip()
    low = head.lower()
    if low.startswith(_XML) and not any(mark in low for mark in _READ_XML):
        return "XML data"
    if head[:1] in (b"{", b"[") and (value := _json_in(data)) is not None:
        return _named_json(value)
    if head.startswith(b"#!"):
        return "a program"
    return _own_csv(head)


def is_csv(data: bytes) -> bool:
    """True for comma-separated values: all rows have as many cells, two at least."""
    text = data[:_CSV_WINDOW].decode("utf-8-sig", "replace")
    lines = [line for line in text.splitlines() if line.strip()]
    if len(data) > _CSV_WINDOW:
        lines = lines[:-1]
    return any(_is_even(lines, delimiter) for delimiter in ",;\t")


def _is_even(lines: list[str], delimiter: str) -> bool:
    try:
        rows = list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error:
        return False
    widths = {len(row) for row in rows}
    return len(rows) >= _CSV_ROWS and len(widths) == 1 and widths.pop() >= _CSV_COLUMNS


def _own_csv(head: bytes) -> str | None:
    """What a table is that Townclerk wrote or is given, by its header."""
    first = head.split(b"\n", 1)[0].decode("utf-8", "replace").strip()
    columns = tuple(column.strip() for column in first.split(","))
    for beginning, what in _OWN_CSV:
        if columns[: len(beginning)] == beginning:
            return what
    if "name" in columns and set(columns) <= _AREA_COLUMNS:
        return "a list of areas"
    return None


def _is_own_workbook(data: bytes) -> bool:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as parts:
            about = parts.open("docProps/core.xml").read(_HEAD)
    except (zipfile.BadZipFile, KeyError, RuntimeError, NotImplementedError, EOFError, OSError):
        return False
    return f"<dc:creator>{WORKBOOK_AUTHOR}</dc:creator>".encode() in about


def _named_json(value: dict[str, Any] | list[Any]) -> str:
    first = value[0] if isinstance(value, list) and value else value
    keys = first.keys() if isinstance(first, dict) else ()
    return next((what for known, what in _OWN_JSON if known <= set(keys)), "JSON data")


def _json_in(data: bytes) -> dict[str, Any] | list[Any] | None:
    """The value of a JSON file, or of the first line of JSON Lines; None for anything else."""
    first, _, _ = data.strip().partition(b"\n")
    return _parsed(first) or _parsed(data)


def _parsed(data: bytes) -> dict[str, Any] | list[Any] | None:
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict | list) else None
