"""Single times as the command line reads them, and the project's own table of readings."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from townclerk.extract.spotting.periods import read_period, read_period_file
from townclerk.models.errors import UnreadableError, UsageError

TABLE = Path(__file__).parents[3] / "data" / "periods.csv"


def rows() -> list[dict[str, str]]:
    with TABLE.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


def test_the_table_is_the_whole_table() -> None:
    assert len(rows()) == 160
    assert sum(row["kind"] == "not_a_period" for row in rows()) == 22


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['text']} in {row['document_period'] or '-'}")
def test_each_row_of_the_table_is_read_as_it_says(row: dict[str, str]) -> None:
    period = read_period(row["text"], row["document_period"] or None, row["meeting_date"] or None)

    if not row["code"]:
        assert period is None
        return
    assert period is not None
    read = (period.code, period.start.isoformat(), period.end.isoformat(), period.kind.value, period.basis.value)
    assert read == (row["code"], row["start"], row["end"], row["kind"], row["basis"])


def test_a_file_is_read_row_by_row() -> None:
    read = read_period_file(TABLE)
    assert [one.text for one in read] == [row["text"] for row in rows()]
    assert [one.period.code if one.period else "" for one in read] == [row["code"] for row in rows()]


def test_the_words_read_are_kept() -> None:
    period = read_period("the rate at the end of Q2 was", "2021-22-Q3", None)
    assert period is not None
    assert period.text == "at the end of Q2"


def test_a_wrong_code_says_what_to_do() -> None:
    with pytest.raises(UsageError, match="'Q3-2021' is no period code"):
        read_period("last quarter", "Q3-2021", None)
    with pytest.raises(UsageError, match="write the meeting's day as"):
        read_period("last quarter", None, "14/02/2023")


def test_a_file_without_the_column_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("words\nlast year\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"rows\.csv:1: has no `text` column"):
        read_period_file(path)


def test_a_faulty_row_is_named_by_line(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text("text,document_period\nlast year,FY2021-22\nlast year,2021\n", encoding="utf-8")
    with pytest.raises(UsageError, match=r"rows\.csv:3: '2021' is no period code"):
        read_period_file(path)


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="cannot be read"):
        read_period_file(tmp_path / "none.csv")
