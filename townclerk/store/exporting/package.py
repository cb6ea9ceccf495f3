"""A Frictionless Data Package: a folder of plain CSV files and the JSON descriptor that says what is in them.

The descriptor follows the Data Package and Table Schema specifications, version 1.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from townclerk import __version__
from townclerk.extract.output.atomic import whole_file
from townclerk.models.errors import OutputError
from townclerk.store.exporting.csv_file import write_csv
from townclerk.store.exporting.definitions import Definition
from townclerk.store.exporting.fields import Field, FieldType
from townclerk.store.exporting.tables import Row, TableData

DESCRIPTOR = "datapackage.json"

_DEFINITION_FIELDS = (
    Field("indicator_id", FieldType.STRING, "Id of the indicator in the catalogue", required=True),
    Field("name", FieldType.STRING, "Its name"),
    Field("unit", FieldType.STRING, "The unit of its values"),
    Field("polarity", FieldType.STRING, "Which way is better"),
    Field("numerator", FieldType.STRING, "What is counted above the line"),
    Field("denominator", FieldType.STRING, "What is counted below the line"),
)


def write_package(
    table: TableData,
    definitions: Sequence[Definition],
    sources: Sequence[str],
    notes: Sequence[str],
    folder: Path,
    licence: str | None = None,
) -> int:
    """Write a table and its definitions as a data package and return how many rows it has.

    Args:
        table: The table.
        definitions: The indicators in it.
        sources: The reports it comes from.
        notes: Sentences for its description.
        folder: Where to; made where it is not there.
        licence: Under which licence the data is given on, such as "OGL-UK-3.0"; None for "not specified".

    Raises:
        OutputError: If the folder or a file cannot be written.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{folder}: the folder cannot be made ({fault.strerror}); choose another") from None
    meanings = TableData("indicators", _DEFINITION_FIELDS, lambda: _rows(definitions))
    count = 0
    for one in (table, meanings):
        with whole_file(folder / f"{one.name}.csv") as stream:
            written = write_csv(one, stream, plain=True)
        count = written if one is table else count
    descriptor = {
        "profile": "tabular-data-package",
        "name": "townclerk-export",
        "title": "Figures of children's services performance reports",
        "description": " ".join(notes),
        "version": __version__,
        "licenses": [{"name": licence or "notspecified"}],
        "sources": [{"title": source} for source in sources] or [{"title": "none"}],
        "resources": [_resource(table, links=table.name == "observations"), _resource(meanings, key="indicator_id")],
    }
    with whole_file(folder / DESCRIPTOR) as stream:
        stream.write(json.dumps(descriptor, indent=2, ensure_ascii=False).encode() + b"\n")
    return count


def _resource(table: TableData, *, key: str | None = None, links: bool = False) -> dict[str, Any]:
    schema: dict[str, Any] = {"fields": [_field(field) for field in table.fields], "missingValues": [""]}
    if key:
        schema["primaryKey"] = [key]
    if links:
        reference = {"resource": "indicators", "fields": "indicator_id"}
        schema["foreignKeys"] = [{"fields": "indicator_id", "reference": reference}]
    return {
        "profile": "tabular-data-resource",
        "name": table.name,
        "path": f"{table.name}.csv",
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": {"delimiter": ",", "lineTerminator": "\r\n", "header": True},
        "schema": schema,
    }


def _field(field: Field) -> dict[str, Any]:
    described: dict[str, Any] = {"name": field.name, "type": field.type.value, "description": field.description}
    constraints: dict[str, Any] = {"required": True} if field.required else {}
    if field.values is not None:
        constraints["enum"] = [value.value for value in field.values]
    if field.name == "confidence":
        constraints |= {"minimum": 0, "maximum": 1}
    return described | ({"constraints": constraints} if constraints else {})


def _rows(definitions: Sequence[Definition]) -> Iterator[Row]:
    names = [field.name for field in _DEFINITION_FIELDS]
    for definition in definitions:
        yield {name: cell or None for name, cell in zip(names, definition.cells(), strict=True)}
