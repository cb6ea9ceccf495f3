"""Every setting counts: another value means other work."""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from townclerk.convert.versions import Wanted
from townclerk.extract.settings import Settings

FILES = ("areas", "packs", "calibration")
OTHERS: dict[str, Any] = {
    "authority": "Harlowshire",
    "period": "2019-20-Q1",
    "meeting_date": date(2020, 1, 1),
    "local_names": {"a": "b"},
    "column_aliases": {"a": "b"},
    "password": "secret",
    "ocr": "never",
    "ocr_quality": "accurate",
    "repair": True,
    "max_seconds_per_page": 7.0,
    "max_megabytes_per_page": 50.0,
}


def digest(settings: Settings) -> str:
    return Wanted(settings).versions().options_digest


@pytest.mark.parametrize("name", [field.name for field in fields(Settings) if field.name not in FILES])
def test_another_value_of_a_setting_is_other_work(name: str) -> None:
    assert digest(replace(Settings(), **{name: OTHERS[name]})) != digest(Settings())


@pytest.mark.parametrize("name", FILES)
def test_other_contents_of_a_file_are_other_work(name: str, tmp_path: Path) -> None:
    file = tmp_path / "mine.txt"
    seen = set()
    for content in ("a", "b"):
        file.write_text(content, encoding="utf-8")
        named: dict[str, Any] = {name: file if name == "calibration" else (file,)}
        seen.add(digest(replace(Settings(), **named)))
    assert len(seen) == 2


def test_the_order_of_names_does_not_matter() -> None:
    one = Settings(local_names={"a": "x", "b": "y"})
    assert digest(one) == digest(Settings(local_names={"b": "y", "a": "x"}))
