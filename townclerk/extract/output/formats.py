"""Which format a file's name asks for, and the writers and schemas behind it."""

from __future__ import annotations

from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any, BinaryIO, Protocol

from townclerk.extract.output.records import JsonArray, JsonLines
from townclerk.extract.output.spreadsheet import SpreadsheetCsv
from townclerk.models.errors import UsageError

if TYPE_CHECKING:
    from townclerk.models.observation import Observation, Record


class Format(StrEnum):
    """What observations can be written as; `table` is for a screen."""

    JSONL = "jsonl"
    JSON = "json"
    CSV = "csv"
    TABLE = "table"


class AuditFormat(StrEnum):
    """What an audit can be written as; `text` is the readable list."""

    TEXT = "text"
    JSON = "json"
    HTML = "html"


class Writer(Protocol):
    """Writes observations to the stream it was made with."""

    def write(self, observation: Observation) -> None:
        """Add one observation."""

    def finish(self) -> None:
        """Write what must stand at the end."""


_SUFFIXES = {".jsonl": Format.JSONL, ".ndjson": Format.JSONL, ".json": Format.JSON, ".csv": Format.CSV}


def format_of(path: Path) -> Format:
    """The format a file name asks for.

    Raises:
        UsageError: If its suffix is none of the known ones.
    """
    try:
        return _SUFFIXES[path.suffix.lower()]
    except KeyError:
        raise UsageError(f"{path}: end the name in .jsonl, .json or .csv, or say --format") from None


def start_writer(form: Format, stream: BinaryIO) -> Writer:
    """The writer for a file format; what must stand at the beginning is written at once.

    Raises:
        UsageError: For `table`, which is no file format.
    """
    match form:
        case Format.JSONL:
            return JsonLines(stream)
        case Format.JSON:
            return JsonArray(stream)
        case Format.CSV:
            return SpreadsheetCsv(stream)
        case Format.TABLE:
            raise UsageError("a table is for the screen; leave out -o, or write .jsonl, .json or .csv")


def json_schema(model: type[Record]) -> dict[str, Any]:
    """The JSON Schema (draft 2020-12) of one line of output."""
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **model.model_json_schema()}
