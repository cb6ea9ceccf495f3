"""Observations as a DataFrame of polars or pandas, whichever is installed."""

from __future__ import annotations

from collections.abc import Iterable
from importlib import import_module
from typing import Any

from townclerk.extract.output.spreadsheet import COLUMNS, flat_row
from townclerk.models.errors import MissingComponentError, UsageError
from townclerk.models.observation import Observation

LIBRARIES = ("polars", "pandas")


def to_frame(observations: Iterable[Observation], library: str | None = None) -> Any:
    """A DataFrame of one flat row an observation, with the columns of the CSV output.

    Args:
        observations: What `extract_observations` gave, or any other observations.
        library: "polars" or "pandas"; None for whichever is installed, polars first.

    Raises:
        MissingComponentError: If the library, or either of them, is not installed.
        UsageError: If `library` is neither.
    """
    if library is not None and library not in LIBRARIES:
        raise UsageError(f"{library!r} is no DataFrame library known here; say polars or pandas")
    rows = [flat_row(observation) for observation in observations]
    for name in (library,) if library else LIBRARIES:
        try:
            module = import_module(name)
        except ModuleNotFoundError:
            continue
        if name == "polars":
            return module.DataFrame(rows, schema=list(COLUMNS), infer_schema_length=None)
        return module.DataFrame(rows, columns=list(COLUMNS))
    wanted = library or " or ".join(LIBRARIES)
    raise MissingComponentError(f"DataFrames need {wanted}; run: pip install {library or LIBRARIES[0]}")
