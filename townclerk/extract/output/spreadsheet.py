"""CSV for spreadsheets: one flat row an observation, and no cell that a spreadsheet would change.

A spreadsheet that opens a CSV file runs a cell that begins with `=`, `+`, `-` or `@`, turns `2018-12`, `3/4` and
`March 2019` into dates, and rounds long digit strings. Every text that could meet that fate is written with one
apostrophe before it, the spreadsheets' own sign for text; a text that begins with an apostrophe gets one more, so
that dropping one leading apostrophe always gives back the original. Numbers stay numbers.
"""

from __future__ import annotations

import csv
import io
import re
from typing import TYPE_CHECKING, BinaryIO

if TYPE_CHECKING:
    from townclerk.models.observation import Observation

Cell = str | int | float | bool | None

# A cell that begins so is run as a formula; spreadsheets look past white space and take full-width signs too.
_FORMULA = re.compile(r"\s*[=+\-@\uff1d\uff0b\uff0d\uff20]|[\t\r\n]")
_DAY = r"(?:(?:mon|tue|wed|thu|fri|sat|sun)[a-z]*[\s,]+)?"
_TIME = r"(?:[T\s]+\d{1,2}(?::\d{2}.*)?)?"
_MONTH = r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.?"
# What spreadsheets take for a date or a time of day: 2018-12, 1/4, 3.11.2018, 31 March 2019, Dec-18, 10:30.
_DATE = re.compile(
    rf"""\s*(?:
        \d{{1,4}}\s*[-/.]\s*\d{{1,2}}(?:\s*[-/.]\s*\d{{1,4}})?{_TIME}
      | {_DAY}\d{{1,4}}(?:st|nd|rd|th)?[\s\-/.,]*{_MONTH}[\s\-/.,]*\d{{0,4}}{_TIME}
      | {_DAY}{_MONTH}[\s\-/.,]*\d{{1,4}}(?:st|nd|rd|th)?(?:[\s\-/.,]+\d{{1,4}})?{_TIME}
      | \d{{1,4}}:\d{{1,2}}.*
    )\s*""",
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
# A decimal such as 17.5 has the look of a date (17 May) only where the point is the local date mark; as a number it
# reads the same everywhere else, so a plain decimal is left alone.
_DECIMAL = re.compile(r"\s*\d+\.\d+\s*")
# Numbers that a spreadsheet would round, strip of zeros, read as a power of ten or take for a loss: digests, item 4.10
# of an agenda, a value printed as 45.0 or (12).
_LOSSY = re.compile(r"\s*(?:0\d+|\d{16,}|\d+(?:\.\d*)?e[+\-]?\d+|[\d,]+\.\d*0|\([\d,.]+%?\))\s*", re.IGNORECASE)


def protected(text: str) -> str:
    """The text as a cell that every spreadsheet keeps as it is; see the module for the rule."""
    if text.startswith("'") or _is_taken(text):
        return f"'{text}"
    return text


def _is_taken(text: str) -> bool:
    if _FORMULA.match(text) or _LOSSY.fullmatch(text):
        return True
    return bool(_DATE.fullmatch(text)) and not _DECIMAL.fullmatch(text)


def flat_row(observation: Observation) -> dict[str, Cell]:
    """One observation as named cells, before protection.

    Lists are joined by ` | `; page, span and quote are those of the first place.
    """
    document, area, period = observation.document, observation.area, observation.period
    change, rank = observation.change, observation.rank
    place = observation.evidence[0] if observation.evidence else None
    return {
        "observation_id": observation.observation_id,
        "document": document.name,
        "authority": document.authority.name,
        "report_period": document.period.code,
        "indicator_id": observation.indicator_id,
        "indicator_name": observation.indicator_name,
        "label": observation.label,
        "area_kind": area.kind.value if area else None,
        "area_name": area.name if area else None,
        "area_gss_code": area.gss_code if area else None,
        "is_reporting_authority": area.is_reporting_authority if area else None,
        "area_basis": area.basis.value if area else None,
        "period_code": period.code,
        "period_start": period.start,
        "period_end": period.end,
        "period_kind": period.kind.value if period.kind else None,
        "period_text": period.text,
        "period_basis": period.basis.value,
        "role": observation.role.value,
        "value": observation.value,
        "value_text": observation.value_text,
        "status": observation.status.value,
        "unit": observation.unit.value,
        "numerator": observation.numerator,
        "denominator": observation.denominator,
        "change_value": change.value if change else None,
        "change_unit": change.unit.value if change else None,
        "change_direction": change.direction.value if change and change.direction else None,
        "change_from_period": change.from_period if change else None,
        "rank": rank.position if rank else None,
        "rank_of": rank.of if rank else None,
        "quartile": observation.quartile,
        "rag": observation.rag.value if observation.rag else None,
        "direction": observation.direction.value if observation.direction else None,
        "polarity": observation.polarity.value if observation.polarity else None,
        "confidence": observation.confidence,
        "page": place.page if place else None,
        "start": place.start if place else None,
        "end": place.end if place else None,
        "quote": place.quote if place else None,
        "places": len(observation.evidence),
        "commentary": " | ".join(snippet.text for snippet in observation.commentary),
        "reasons": " | ".join(reason.text for reason in observation.reasons),
        "checks": " | ".join(f"{check.outcome}: {check.text}" for check in observation.checks),
        "alternatives": " | ".join(rival.indicator_id or "" for rival in observation.alternatives),
        "method": observation.method.value,
        "flags": " | ".join(observation.flags),
        "title": document.title,
        "item_number": document.item.number if document.item else None,
        "item_title": document.item.title if document.item else None,
        "committee": document.committee,
        "meeting_date": document.meeting_date,
        "document_sha256": document.sha256,
        "extractor_version": observation.extractor_version,
        "pattern_version": observation.pattern_version,
    }


COLUMNS = (
    "observation_id", "document", "authority", "report_period", "indicator_id", "indicator_name", "label",
    "area_kind", "area_name", "area_gss_code", "is_reporting_authority", "area_basis",
    "period_code", "period_start", "period_end", "period_kind", "period_text", "period_basis",
    "role", "value", "value_text", "status", "unit", "numerator", "denominator",
    "change_value", "change_unit", "change_direction", "change_from_period", "rank", "rank_of", "quartile", "rag",
    "direction", "polarity", "confidence", "page", "start", "end", "quote", "places",
    "commentary", "reasons", "checks", "alternatives", "method", "flags",
    "title", "item_number", "item_title", "committee", "meeting_date",
    "document_sha256", "extractor_version", "pattern_version",
)  # fmt: skip


class SpreadsheetCsv:
    """Writes observations as CSV: UTF-8 with byte order mark, a header, CRLF line ends."""

    def __init__(self, stream: BinaryIO) -> None:
        self._stream = stream
        self._stream.write(b"\xef\xbb\xbf")
        self._put(dict(zip(COLUMNS, COLUMNS, strict=True)))

    def write(self, observation: Observation) -> None:
        """Add one row."""
        self._put(flat_row(observation))

    def finish(self) -> None:
        """Nothing is left to write."""

    def _put(self, cells: dict[str, Cell]) -> None:
        line = io.StringIO(newline="")
        csv.writer(line).writerow([_printed(cells[column]) for column in COLUMNS])
        self._stream.write(line.getvalue().encode())


def _printed(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    if isinstance(cell, float):
        return repr(int(cell) if cell.is_integer() else cell)
    return protected(cell) if isinstance(cell, str) else str(cell)
