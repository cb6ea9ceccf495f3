"""Observations as a DataFrame of polars or pandas, whichever is installed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from importlib import import_module
from typing import Any

from townclerk.extract.output.spreadsheet import COLUMNS, flat_row
from townclerk.models.errors import MissingComponentError, UsageError
from townclerk.models.observation import Observation
from townclerk.store.exporting.fields import LONG, FieldType

LIBRARIES = ("polars", "pandas")

_TYPES = {field.name: field.type for field in LONG if field.name in COLUMNS}
_POLARS = {
    FieldType.STRING: "String",
    FieldType.NUMBER: "Float64",
    FieldType.INTEGER: "Int64",
    FieldType.BOOLEAN: "Boolean",
    FieldType.DATE: "Date",
}
_PANDAS = {
    FieldType.STRING: "string",
    FieldType.NUMBER: "float64",
    FieldType.INTEGER: "Int64",
    FieldType.BOOLEAN: "boolean",
    FieldType.DATE: "datetime64[s]",
}


def to_frame(observations: Iterable[Observation], library: str | None = None) -> Any:
    """A DataFrame of one flat row an observation, with the columns of the CSV output.

    A column has the same type whatever is in it, so that the frames of several reports can be put together.

    Args:
        observations: What `extract_observations` or `stored_observations` gave, or any other observations.
        library: "polars" or "pandas"; None for whichever is installed, polars first.

    Raises:
        MissingComponentError: If the library, or either of them, is not installed.
        UsageError: If `library` is neither.
    """
    if library is not None and library not in LIBRARIES:
        raise UsageError(f"{library!r} is no DataFrame library known here; say polars or pandas")
    for name in (library,) if library else LIBRARIES:
        try:
            module = import_module(name)
        except ModuleNotFoundError:
            continue
        rows = [_typed(observation) for observation in observations]
        return _of_polars(module, rows) if name == "polars" else _of_pandas(module, rows)
    wanted = library or " or ".join(LIBRARIES)
    raise MissingComponentError(f"DataFrames need {wanted}; run: pip install {library or LIBRARIES[0]}")


def _typed(observation: Observation) -> list[Any]:
    """The cells of a row, in the order of the columns; days as dates."""
    row = flat_row(observation)
    cells: list[Any] = []
    for column in COLUMNS:
        cell = row[column]
        is_day = cell is not None and _TYPES[column] is FieldType.DATE
        cells.append(date.fromisoformat(str(cell)) if is_day else cell)
    return cells


def _of_polars(polars: Any, rows: Sequence[Sequence[Any]]) -> Any:
    schema = {column: getattr(polars, _POLARS[_TYPES[column]]) for column in COLUMNS}
    return polars.DataFrame(rows, schema=schema, orient="row")


def _of_pandas(pandas: Any, rows: Sequence[Sequence[Any]]) -> Any:
    frame = pandas.DataFrame(rows, columns=list(COLUMNS))
    return frame.astype({column: _PANDAS[_TYPES[column]] for column in COLUMNS})
