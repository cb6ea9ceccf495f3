from __future__ import annotations

import csv
import io
from datetime import datetime

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.observations import observation
from townclerk.extract.output.spreadsheet import COLUMNS, SpreadsheetCsv, flat_row, protected
from townclerk.models.observation import Observation

MONTHS = ["Jan", "February", "Mar", "April", "may", "JUNE", "Jul", "Aug", "Sept", "Oct", "Nov", "December"]
DATE_FORMATS = ["%Y-%m", "%Y/%m", "%d/%m", "%m/%d", "%d/%m/%Y", "%m/%d/%Y", "%Y-%m-%d", "%d-%m-%y", "%d.%m.%Y",
                "%d %B %Y", "%d %b %Y", "%d-%b-%y", "%b-%y", "%b %Y", "%B %Y", "%B %d", "%d %B", "%B %d, %Y", "%H:%M",
                "%Y-%m-%d %H:%M", "%A %d %B %Y"]  # fmt: skip


def csv_of(*observations: Observation) -> bytes:
    stream = io.BytesIO()
    writer = SpreadsheetCsv(stream)
    for one in observations:
        writer.write(one)
    writer.finish()
    return stream.getvalue()


def rows_of(data: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def is_taken_by_a_spreadsheet(cell: str) -> bool:
    """What spreadsheet programs do to a cell, told with the standard library alone."""
    if cell.strip()[:1] in {"=", "+", "-", "@"} or cell[:1] in {"\t", "\r"}:
        return True
    for layout in DATE_FORMATS:
        try:
            datetime.strptime(cell.strip(), layout)
        except ValueError:
            continue
        return True
    return False


def test_one_flat_row_an_observation() -> None:
    data = csv_of(observation(), observation(value=8.0))
    assert data.startswith(b"\xef\xbb\xbfobservation_id,")
    assert data.count(b"\r\n") == 3
    first, second = rows_of(data)
    assert (first["indicator_id"], first["value"], first["numerator"]) == ("icpc_15_days_pct", "71.4", "50")
    assert second["value"] == "8"
    assert first["commentary"] == "The fall follows two large sibling groups in August."


def test_the_header_names_every_cell() -> None:
    assert tuple(flat_row(observation())) == tuple(sorted(flat_row(observation()), key=COLUMNS.index))
    assert set(flat_row(observation())) == set(COLUMNS)


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+44 1632", "-1.9%", "@total", "\tx", " =HYPERLINK()", "＝SUM(A1)", "2018-12", "1-2", "3/4", "11/12/2018",
     "2018-12-31", "March 2019", "31 March 2019", "Sep 21", "Dec-18", "1st April", "10:30", "1234567890123456", "00012",
     "12e45", "2011/12", "45.0", "4.10", "1,284.50", "(12)", "(1.9%)"],
)  # fmt: skip
def test_what_a_spreadsheet_would_change_is_kept_as_text(text: str) -> None:
    assert protected(text) == f"'{text}"


@pytest.mark.parametrize(
    "text",
    ["71.4%", "17.5", "186", "2018-19-Q2", "FY2018-19", "CY2018", "R12-2018-12", "166 of 201", "11/132",
     "Children in March", "At 31 March 2019 there were 12", "1 in 38", "£1.9m", "17.5 per 10,000", "Marlby", ""],
)  # fmt: skip
def test_what_no_spreadsheet_changes_is_left_alone(text: str) -> None:
    assert protected(text) == text


def test_negative_numbers_stay_numbers() -> None:
    (row,) = rows_of(csv_of(observation(value=-0.24, value_text="–0.24", unit="score")))
    assert row["value"] == "-0.24"


def test_dates_and_codes_of_an_observation_are_protected() -> None:
    period = {"code": "2018-12", "start": "2018-12-01", "end": "2018-12-31", "kind": "month", "text": "December 2018",
              "basis": "stated"}  # fmt: skip
    (row,) = rows_of(csv_of(observation(period=period, value_text="-1.9%")))
    cells = ("period_code", "period_start", "period_end", "period_text", "value_text", "meeting_date")
    assert [row[cell] for cell in cells] == ["'2018-12", "'2018-12-01", "'2018-12-31", "'December 2018", "'-1.9%",
                                            "'2018-11-20"]  # fmt: skip


texts = st.text(st.sampled_from("=+-@'\t\r\n 0129/.,:%eE£x")) | st.text()


@given(texts)
@example("''")
@example("'=1")
def test_dropping_one_apostrophe_gives_back_the_text(text: str) -> None:
    assert protected(text).removeprefix("'") == text or not protected(text).startswith("'")
    assert protected(text) in {text, f"'{text}"}
    assert not text.startswith("'") or protected(text) == f"'{text}"


dated = st.builds(
    lambda parts, divider: divider.join(parts),
    st.lists(st.integers(0, 2030).map(str) | st.integers(1, 31).map("{:02d}".format) | st.sampled_from(MONTHS),
             min_size=1, max_size=4),
    st.sampled_from(["-", "/", " ", ":", ", ", "."]),
)  # fmt: skip


@given(texts | dated | st.datetimes().flatmap(lambda d: st.sampled_from([d.strftime(f) for f in DATE_FORMATS])))
def test_no_cell_is_run_or_turned_into_a_date(text: str) -> None:
    assert not is_taken_by_a_spreadsheet(protected(text))
    assert not is_taken_by_a_spreadsheet(text) or protected(text) == f"'{text}"


@given(st.lists(texts, min_size=1, max_size=3))
def test_line_ends_quotes_and_commas_survive(labels: list[str]) -> None:
    kept = [label for label in labels if "\x00" not in label]
    rows = rows_of(csv_of(*(observation(label=label) for label in kept)))
    assert [row["label"] for row in rows] == [protected(label) for label in kept]
