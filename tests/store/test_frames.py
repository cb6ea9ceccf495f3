"""DataFrames of whichever library is there."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

import pytest

from tests.store.samples import full_observation
from townclerk.models.errors import MissingComponentError, UsageError
from townclerk.store.frames import to_frame


class Frame:
    """What both libraries' DataFrame takes, as far as it is used."""

    def __init__(self, rows: list[dict[str, Any]], **named: Any) -> None:
        self.rows = rows
        self.named = named


def library(name: str) -> ModuleType:
    module = ModuleType(name)
    module.DataFrame = Frame  # type: ignore[attr-defined]
    return module


@pytest.mark.parametrize(("name", "keyword"), [("polars", "schema"), ("pandas", "columns")])
def test_rows_become_a_frame(monkeypatch: pytest.MonkeyPatch, name: str, keyword: str) -> None:
    monkeypatch.setitem(sys.modules, name, library(name))
    frame = to_frame([full_observation()], name)
    assert frame.rows[0]["value"] == 71.4
    assert "indicator_id" in frame.named[keyword]


def test_the_one_that_is_installed_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "polars", None)
    monkeypatch.setitem(sys.modules, "pandas", library("pandas"))
    assert "columns" in to_frame([]).named
    monkeypatch.setitem(sys.modules, "pandas", None)
    with pytest.raises(MissingComponentError, match="pip install polars"):
        to_frame([])


def test_another_library_is_refused() -> None:
    with pytest.raises(UsageError, match="say polars or pandas"):
        to_frame([], "excel")
