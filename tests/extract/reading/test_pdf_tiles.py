"""Tiles and charts of PDF pages: which label a value has, and which numbers are none."""

from __future__ import annotations

from tests.extract.reading.test_pdf_tables import LONG, read, rows, tables
from tests.pdf_maker import Heading, Put, Sheet, Text, Tile
from townclerk.models.document import BlockKind


def test_a_tiles_value_has_the_words_around_it() -> None:
    document = read(
        Sheet(
            [
                Heading("Dashboard"),
                Text(LONG),
                Tile(
                    60,
                    180,
                    "83.1%",
                    ["September 2021"],
                    ["Assessments in 45 days", "Target 85%  Variance -1.9%"],
                    width=170,
                ),
                Tile(250, 180, "415", ["Children on a plan"], ["Last quarter 420"]),
                Tile(60, 320, "91%", ["Visits in timescale"], framed=False),
                Tile(250, 320, "12", ["Adoptions this year"], framed=False),
            ]
        )
    )
    tiles = [block.tile for block in document.blocks if block.kind is BlockKind.TILE]
    said = [[(part.label.text if part.label else None, part.value.text) for part in tile or []] for tile in tiles]
    assert said == [
        [("September 2021 Assessments in 45 days", "83.1%"), ("Target", "85%"), ("Variance", "-1.9%")],
        [("Children on a plan", "415"), ("Last quarter", "420")],
        [("Visits in timescale", "91%")],
        [("Adoptions this year", "12")],
    ]


def test_a_tiles_lines_are_read_as_they_are_printed() -> None:
    lines = ["19.2% in Q2 2016/17", "England 24.5% (2015/16)"]
    (block,) = [
        b for b in read(Sheet([Text(LONG), Tile(60, 180, "16.1%", ["Repeat referrals"], lines)])).blocks if b.tile
    ]
    assert block.passage.text == "Repeat referrals\n16.1%\n19.2% in Q2 2016/17\nEngland 24.5% (2015/16)"
    parts = [(part.label.text if part.label else None, part.value.text) for part in block.tile or []]
    assert parts == [("Repeat referrals", "16.1%"), ("in Q2 2016/17", "19.2%"), ("England (2015/16)", "24.5%")]


def test_three_numbers_down_to_nought_are_a_scale() -> None:
    ticks = [Put(60, 200 + 60 * place, text, 8.0) for place, text in enumerate(("2,000", "1,000", "0"))]
    labels = [Put(120 + 60 * place, 335, f"Q{place + 1}", 8.0) for place in range(4)]
    document = read(Sheet([Text(LONG), *ticks, *labels]))
    assert [b.kind for b in document.blocks if "1,000" in b.passage.text] == [BlockKind.CHART]


def _chart(labels: list[str], months: list[str]) -> Sheet:
    ticks = [Put(60, 700 - 30 * i, str(50 * i), 8) for i in range(6)]
    axis = [Put(90 + 40 * i, 715, month, 8) for i, month in enumerate(months)]
    bars = [Put(92 + 40 * i, 640 - 10 * i, label, 8) for i, label in enumerate(labels)]
    return Sheet([Text(LONG), *ticks, *axis, *bars, Put(90, 540, "Children on a plan at month end", bold=True)])


def test_one_series_with_a_label_for_each_period_is_a_table() -> None:
    (table,) = tables(read(_chart(["197", "204", "211", "208"], ["Apr", "May", "Jun", "Jul"])))
    assert rows(table) == [["", "Apr", "May", "Jun", "Jul"], ["", "197", "204", "211", "208"]]


def test_axis_ticks_are_set_aside_and_uncertain_labels_give_no_table() -> None:
    document = read(_chart(["197", "204", "211"], ["Apr", "May", "Jun", "Jul"]))
    assert tables(document) == []
    (chart,) = [block for block in document.blocks if block.kind is BlockKind.CHART]
    assert {"250", "0", "204", "Apr"} <= set(chart.passage.text.split())


MONTHS = ["Apr-21", "May-21", "Jun-21", "Jul-21"]


def test_labels_over_periods_are_a_series_without_a_scale() -> None:
    bars = [Put(92 + 50 * i, 300 - 12 * (i % 3), f"8{i}.5%", 8) for i in range(4)]
    axis = [Put(90 + 50 * i, 400, month, 8) for i, month in enumerate(MONTHS)]
    (table,) = tables(read(Sheet([Text(LONG), Put(90, 250, "Visits in time: trend", bold=True), *bars, *axis])))
    assert rows(table) == [["", *MONTHS], ["", "80.5%", "81.5%", "82.5%", "83.5%"]]


def test_two_labels_over_each_period_are_set_aside() -> None:
    bars = [Put(92 + 50 * i, 300 - 30 * n, f"8{i}.{n}%", 8) for i in range(4) for n in range(2)]
    axis = [Put(90 + 50 * i, 400, month, 8) for i, month in enumerate(MONTHS)]
    document = read(Sheet([Text(LONG), *bars, *axis]))
    assert tables(document) == []
    assert BlockKind.CHART in [block.kind for block in document.blocks]
