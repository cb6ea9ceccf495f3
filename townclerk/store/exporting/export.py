"""One call for every export."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from sqlalchemy import select

from townclerk.extract.output.atomic import whole_file
from townclerk.extract.output.records import as_json
from townclerk.models.errors import UsageError
from townclerk.store.choosing import RULE
from townclerk.store.database import Store
from townclerk.store.decided import said_so
from townclerk.store.exporting.csv_file import write_csv
from townclerk.store.exporting.definitions import definitions_of
from townclerk.store.exporting.package import DESCRIPTOR, write_package
from townclerk.store.exporting.parquet import write_parquet
from townclerk.store.exporting.tables import Shape, TableData, chosen, long_table, wide_table
from townclerk.store.exporting.workbook import write_workbook
from townclerk.store.observations import Wanted, conditions
from townclerk.store.tables import documents, observations
from townclerk.store.vocabulary import ExportFormat, Review

_SUFFIXES = {
    ".csv": ExportFormat.CSV,
    ".jsonl": ExportFormat.JSONL,
    ".ndjson": ExportFormat.JSONL,
    ".parquet": ExportFormat.PARQUET,
    ".xlsx": ExportFormat.XLSX,
    "": ExportFormat.PACKAGE,
}


@dataclass(slots=True, frozen=True)
class ExportOptions:
    """What is to be exported.

    Attributes:
        wanted: Which observations.
        reviews: Only those that stand so in the review; none for all but the rejected.
        shape: Long or wide.
        licence: The licence named in a data package.
        packs: Pattern packs that define further indicators.
    """

    wanted: Wanted = field(default_factory=Wanted)
    reviews: tuple[Review, ...] = ()
    shape: Shape = Shape.LONG
    licence: str | None = None
    packs: tuple[Path, ...] = ()


def export_format(output: Path) -> ExportFormat:
    """The format an output's name asks for: by suffix, a folder or `datapackage.json` for a data package.

    Raises:
        UsageError: If its suffix is none of the known ones.
    """
    if output.name == DESCRIPTOR or output.is_dir():
        return ExportFormat.PACKAGE
    try:
        return _SUFFIXES[output.suffix.lower()]
    except KeyError:
        raise UsageError(
            f"{output}: end the name in .csv, .jsonl, .parquet or .xlsx, or name a folder for a data package"
        ) from None


def export(store: Store, output: Path, options: ExportOptions, form: ExportFormat | None = None) -> int:
    """Write observations of a store to a file, or a folder for a data package.

    Returns:
        How many rows were written.

    Raises:
        UsageError: If the output's name asks for no known format.
        OutputError: If it cannot be written; no half-written file is left.
        MissingComponentError: If the format's library is not installed.
    """
    form = form or export_format(output)
    if form is ExportFormat.PACKAGE:
        return _package(store, output.parent if output.name == DESCRIPTOR else output, options)
    with whole_file(output) as stream:
        return _write(store, stream, form, options)


def notes_on(options: ExportOptions) -> list[str]:
    """What a reader of an export must know."""
    decided = "Values that reviewers corrected stand as corrected (column review); rejected ones are left out."
    return [decided, RULE] if options.shape is Shape.WIDE else [decided]


def _write(store: Store, stream: BinaryIO, form: ExportFormat, options: ExportOptions) -> int:
    if form is ExportFormat.JSONL and options.shape is Shape.LONG:
        return _write_lines(store, stream, options)
    table = _table(store, options)
    match form:
        case ExportFormat.CSV:
            return write_csv(table, stream)
        case ExportFormat.PARQUET:
            return write_parquet(table, stream)
        case ExportFormat.XLSX:
            definitions = definitions_of(store, options.wanted, options.packs)
            return write_workbook(table, definitions, notes_on(options), stream)
        case _:
            return _write_rows(table, stream)


def _table(store: Store, options: ExportOptions) -> TableData:
    make = wide_table if options.shape is Shape.WIDE else long_table
    return make(store, options.wanted, options.reviews)


def _write_rows(table: TableData, stream: BinaryIO) -> int:
    count = 0
    for row in table.rows():
        stream.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
        count += 1
    return count


def _write_lines(store: Store, stream: BinaryIO, options: ExportOptions) -> int:
    """Observations as `extract` writes them; a decided one says so among its flags."""
    count = 0
    for one in chosen(store, options.wanted, options.reviews):
        stream.write(as_json(said_so(one.observation, one.standing)).encode() + b"\n")
        count += 1
    return count


def _package(store: Store, folder: Path, options: ExportOptions) -> int:
    named = (
        select(documents.c.name)
        .join(observations, observations.c.document_id == documents.c.document_id)
        .where(*conditions(options.wanted))
        .distinct()
        .order_by(documents.c.name)
    )
    with store.reading() as connection:
        sources = [str(name) for name in connection.execute(named).scalars()]
    definitions = definitions_of(store, options.wanted, options.packs)
    return write_package(_table(store, options), definitions, sources, notes_on(options), folder, options.licence)
