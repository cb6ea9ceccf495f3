"""DataFrames of whichever library is there."""

from __future__ import annotations

import sys
from datetime import date
from types import ModuleType
from typing import Any

import pytest

from tests.store.samples import full_observation
from townclerk.models.errors import MissingComponentError, UsageError
from townclerk.store.frames import to_frame


class Frame:
    """What both libraries' DataFrame takes, as far as it is used."""

    def __init__(self, rows: list[list[Any]], **named: Any) -> None:
        self.rows = rows
        self.columns = list(named.get("schema") or named["columns"])
        self.types = dict(named.get("schema") or {})

    def astype(self, types: dict[str, str]) -> Frame:
        self.types = types
        return self


def library(name: str) -> ModuleType:
    module = ModuleType(name)
    for attribute in ("String", "Float64", "Int64", "Boolean", "Date"):
        setattr(module, attribute, attribute)
    module.DataFrame = Frame  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(("name", "day"), [("polars", "Date"), ("pandas", "datetime64[s]")])
def test_rows_become_a_frame_with_types(monkeypatch: pytest.MonkeyPatch, name: str, day: str) -> None:
    monkeypatch.setitem(sys.modules, name, library(name))
    frame = to_frame([full_observation()], name)
    row = dict(zip(frame.columns, frame.rows[0], strict=True))
    assert (row["value"], row["period_end"]) == (71.4, date(2018, 9, 30))
    assert (frame.types["period_end"], frame.types["page"], frame.types["value"].lower()) == (day, "Int64", "float64")


@pytest.mark.parametrize("name", ["polars", "pandas"])
def test_frames_of_several_reports_can_be_put_together(name: str) -> None:
    module = pytest.importorskip(name)
    frames = [to_frame(found, name) for found in ([full_observation()], [])]
    both = module.concat(frames)
    assert both.shape == frames[0].shape
    assert list(both.dtypes) == list(frames[0].dtypes) == list(frames[1].dtypes)


def test_the_one_that_is_installed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", library("pandas"))
    assert to_frame([]).types["page"] == "Int64"
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingComponentError, match="pip install polars"):
        to_frame([])


def test_another_library_is_refused() -> None:
    with pytest.raises(UsageError, match="say polars or pandas"):
        to_frame([], "excel")
