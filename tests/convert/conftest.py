"""Small archives."""

from __future__ import annotations

from pathlib import Path

import pytest

from townclerk.convert import versions


def write_reports(folder: Path, count: int) -> Path:
    """So many small reports, every tenth a copy of the one before."""
    folder.mkdir(parents=True, exist_ok=True)
    text = ""
    for number in range(count):
        if number % 10 != 9:
            words = " ".join(f"word{number * 7 + step}" for step in range(60))
            text = f"Report {number}\n\nThere were {number * 3} plans and {number + 100} visits. {words}\n"
        folder.joinpath(f"report-{number:04d}.txt").write_text(text, encoding="utf-8")
    return folder


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """Twelve small reports in a folder."""
    return write_reports(tmp_path / "archive", 12)


@pytest.fixture(autouse=True)
def _same_patterns(monkeypatch: pytest.MonkeyPatch) -> None:
    """The patterns of a working copy may change while its tests run."""
    monkeypatch.setattr(versions, "shipped_patterns", lambda: "as ever")
