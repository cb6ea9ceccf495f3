"""What lies beside the reports and is none, told by its bytes."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from tests.convert.stores import states
from tests.convert.test_archive import convert
from townclerk.convert.recognising import is_csv, not_a_report
from townclerk.store.exporting.fields import Field, FieldType
from townclerk.store.exporting.tables import TableData
from townclerk.store.exporting.workbook import write_workbook


@pytest.mark.parametrize(
    ("data", "what"),
    [
        (b'{"observation_id": "a", "document": {}, "evidence": []}\n', "observations that Townclerk wrote itself"),
        (b"\xef\xbb\xbfobservation_id,document,authority\r\n", "observations that Townclerk wrote itself"),
        (b"authority,area,role,period_code,period_start\r\n", "a table that Townclerk wrote itself"),
        (b'{"doc": "q3", "n": 1, "indicator": null}\n{"doc": "q3", "n": 2}', "gold for townclerk evaluate"),
        (b'{\n "name": "townclerk-export",\n "resources": []\n}', "the description of a data package"),
        (b"name,gss_code\nWexcombe,E99000001\n", "a list of areas"),
        (b"name\nWexcombe\nHarlowshire\n", "a list of areas"),
        (b"[7, 8, 9]", "JSON data"),
        (b"SQLite format 3\0 and pages", "a database"),
        (b"#!/bin/sh\necho 5\n", "a program"),
        (b"[Draft] Performance report\n", None),
        (b"name of the report: Quarter 3, 12 plans\n", None),
    ],
)
def test_what_is_no_report_is_named(data: bytes, what: str | None) -> None:
    assert not_a_report(data) == what


def test_a_workbook_of_our_own_is_known_again() -> None:
    stream = io.BytesIO()
    fields = (Field("value", FieldType.NUMBER, "A number"),)
    write_workbook(TableData("observations", fields, lambda: iter([{"value": 3.0}])), (), (), stream)
    assert not_a_report(stream.getvalue()) == "a workbook that Townclerk wrote itself"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("site,opened,places\nMill Lane,2011,40\n", True),
        ('site;note\n"Mill Lane";"one; two"\n', True),
        ("Contacts rose to 310, from 290\nThere were 12, not 14, plans\n\nPlans, visits and reviews\n", False),
        ("one line, two cells\n", False),
    ],
)
def test_values_divided_by_commas_have_even_rows(text: str, expected: bool) -> None:
    assert is_csv(text.encode()) is expected


def test_a_table_of_other_data_is_left_out_and_one_of_figures_is_read(archive: Path, tmp_path: Path) -> None:
    archive.joinpath("sites.csv").write_text("site,street\nMill,Lane\nPark,Road\n", encoding="utf-8")
    archive.joinpath("figures.csv").write_text("measure,value\nplans,12\nvisits,14\n", encoding="utf-8")
    archive.joinpath("gold.jsonl").write_text(json.dumps({"doc": "a", "n": 1, "indicator": "x"}), encoding="utf-8")
    convert(archive, tmp_path / "x.db")
    state = states(tmp_path / "x.db")
    why = "sites.csv: this is a table of data that names no known measure, no report"
    assert state["sites.csv"] == ("skipped", why)
    assert state["figures.csv"][0] == "done"
    assert state["gold.jsonl"] == ("skipped", "gold.jsonl: this is gold for townclerk evaluate, no report")
