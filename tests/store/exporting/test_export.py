"""Exports in every format hold the same rows, typed and described."""

from __future__ import annotations

import csv
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet
import pytest

from tests.store.samples import full_observation, store_with
from townclerk.models.errors import UsageError
from townclerk.models.observation import Observation
from townclerk.store.database import Store
from townclerk.store.exporting.export import ExportOptions, export
from townclerk.store.exporting.fields import LONG
from townclerk.store.exporting.tables import Shape
from townclerk.store.observations import Wanted
from townclerk.store.tables import decisions
from townclerk.store.vocabulary import Review

WIDE = ExportOptions(shape=Shape.WIDE)


def rated(identity: str, value: float | None, **changes: object) -> Observation:
    return Observation.model_validate(
        full_observation().model_dump(mode="json") | {"observation_id": identity, "value": value} | changes
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Two indicators of one quarter, a figure without an indicator, and one without a value."""
    return store_with(
        tmp_path / "x.db",
        [
            rated("one", 71.4),
            rated("two", 1046, indicator_id="referrals_count", indicator_name="Referrals", unit="count"),
            rated("three", 5, indicator_id=None, indicator_name=None, label="=SUM(A1)"),
            rated("four", None, status="suppressed", indicator_id="referrals_count"),
        ],
    )


def test_json_lines_are_what_extract_writes(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "o.jsonl", ExportOptions()) == 4
    lines = tmp_path.joinpath("o.jsonl").read_text(encoding="utf-8").splitlines()
    assert [Observation.model_validate_json(line).observation_id for line in lines] == ["one", "two", "three", "four"]


def test_csv_has_nothing_a_spreadsheet_would_run(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "o.csv", ExportOptions())
    with tmp_path.joinpath("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["label"] for row in rows][2] == "'=SUM(A1)"
    assert [row["value"] for row in rows] == ["71.4", "1046", "5", ""]
    assert list(rows[0]) == [field.name for field in LONG]


def test_a_wide_row_is_an_authority_area_role_and_period(store: Store, tmp_path: Path) -> None:
    assert export(store, tmp_path / "o.csv", WIDE) == 1
    with tmp_path.joinpath("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        (row,) = csv.DictReader(stream)
    assert row["authority"] == "Wexcombe"
    assert (row["period_code"], row["visits_on_time_pct"], row["referrals_count"]) == ("2018-19-Q2", "71.4", "1046")


def test_parquet_is_typed(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "o.parquet", ExportOptions())
    rows = pyarrow.parquet.read_table(tmp_path / "o.parquet").to_pylist()
    assert (rows[0]["value"], rows[0]["period_end"], rows[3]["value"]) == (71.4, date(2018, 9, 30), None)


def test_a_workbook_can_be_worked_with_at_once(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "o.xlsx", ExportOptions())
    book = openpyxl.load_workbook(tmp_path / "o.xlsx")
    sheet, meanings = book["observations"], book["definitions"]
    heads = [cell.value for cell in sheet[1]]
    value, label = heads.index("value") + 1, heads.index("label") + 1
    assert sheet.freeze_panes == "B2"
    assert str(sheet.auto_filter.ref).startswith("A1:")
    assert sheet.cell(2, value).number_format.endswith('"%"')
    assert sheet.cell(3, value).number_format == "#,##0"
    assert (sheet.cell(4, label).value, sheet.cell(4, label).data_type) == ("=SUM(A1)", "s")
    (scale,) = (rule for rules in sheet.conditional_formatting for rule in rules.rules)
    assert scale.type == "colorScale"
    named = [row[0] for row in meanings.iter_rows(values_only=True)]
    assert {"referrals_count", "visits_on_time_pct", "confidence"} <= set(named)


def test_a_wide_workbook_formats_each_measure_by_its_unit(store: Store, tmp_path: Path) -> None:
    export(store, tmp_path / "o.xlsx", WIDE)
    sheet = openpyxl.load_workbook(tmp_path / "o.xlsx")["series"]
    formats = {
        str(column[0].value): {cell.number_format for cell in column[1:] if cell.value is not None}
        for column in sheet.iter_cols(min_col=9)
    }
    assert formats == {"referrals_count": {"#,##0"}, "visits_on_time_pct": {'0.0##"%"'}}


@pytest.mark.parametrize("options", [ExportOptions(licence="OGL-UK-3.0"), WIDE])
def test_a_data_package_keeps_to_its_own_schema(store: Store, tmp_path: Path, options: ExportOptions) -> None:
    assert export(store, tmp_path / "package", options) > 0
    package = json.loads(tmp_path.joinpath("package", "datapackage.json").read_text(encoding="utf-8"))
    assert package["profile"] == "tabular-data-package"
    assert re.fullmatch(r"[a-z0-9._-]+", package["name"])
    assert package["licenses"][0]["name"] == (options.licence or "notspecified")
    assert [source["title"] for source in package["sources"]] == ["wexcombe-q2.pdf"]
    keys: dict[str, set[str]] = {}
    for resource in package["resources"]:
        with tmp_path.joinpath("package", resource["path"]).open(encoding="utf-8", newline="") as stream:
            rows = list(csv.DictReader(stream))
        fields = resource["schema"]["fields"]
        assert [field["name"] for field in fields] == list(rows[0])
        for row in rows:
            for field in fields:
                check_cell(row[field["name"]], field)
        keys[resource["name"]] = {row.get("indicator_id", "") for row in rows}
        assert re.fullmatch(r"[a-z0-9._-]+", resource["name"])
        for key in resource["schema"].get("primaryKey", ()):
            assert len({row[key] for row in rows}) == len(rows)
    assert keys.get("observations", set()) <= keys["indicators"] | {""}


_CASTS: dict[str, Any] = {
    "string": str,
    "number": float,
    "integer": int,
    "date": date.fromisoformat,
    "boolean": {"true": True, "false": False}.__getitem__,
}


def check_cell(cell: str, field: dict[str, Any]) -> None:
    """The rules of Table Schema for one cell."""
    limits = field.get("constraints", {})
    if cell == "":
        assert not limits.get("required"), field
        return
    value = _CASTS[field["type"]](cell)
    assert "enum" not in limits or value in limits["enum"], (cell, field)
    assert limits.get("minimum", value) <= value <= limits.get("maximum", value)


def test_rejected_figures_are_left_out_and_corrected_ones_are_corrected(store: Store, tmp_path: Path) -> None:
    with store.writing() as connection:
        for number, (action, about, after, undoes) in enumerate(
            [("reject", "one", None, None), ("correct", "two", {"value": 1064}, None), ("reject", "three", None, None),
             ("undo", "three", None, "2")]
        ):  # fmt: skip
            connection.execute(
                decisions.insert(),
                {"decision_id": str(number), "number": number, "action": action, "observation_id": about,
                 "decided_at": "2020-01-01T09:00+00:00", "reviewer": "A", "document_sha256": "5" * 64, "after": after,
                 "undoes": undoes, "before": None},
            )  # fmt: skip
    export(store, tmp_path / "o.csv", ExportOptions())
    with tmp_path.joinpath("o.csv").open(encoding="utf-8-sig", newline="") as stream:
        rows = [(row["observation_id"], row["value"], row["review"]) for row in csv.DictReader(stream)]
    assert rows == [("two", "1064", "corrected"), ("three", "5", "undecided"), ("four", "", "undecided")]
    only = ExportOptions(reviews=(Review.REJECTED,))
    assert export(store, tmp_path / "o.csv", only) == 1


def test_filters_choose(store: Store, tmp_path: Path) -> None:
    options = ExportOptions(Wanted(indicators=("referrals_count",), min_confidence=0.9))
    assert export(store, tmp_path / "o.csv", options) == 2


def test_an_unknown_suffix_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"end the name in \.csv"):
        export(store, tmp_path / "o.docx", ExportOptions())
