"""Tables below one another, and labels that wrap: which rows belong to which head."""

from __future__ import annotations

import pytest

from tests.extract.reading.test_pdf_tables import rows, tables
from tests.pdf_maker import Gap, Grid, Heading, Sheet, Text, make_pdf
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf import read_pdf
from townclerk.models.document import BlockKind, Document

HEAD = ["Measure", "Jan", "Feb", "Mar"]
GREEN_BAR = {(0, column): (0.1, 0.4, 0.3) for column in range(4)}


def read(sheet: Sheet) -> Document:
    return read_pdf(make_pdf([sheet]), "report.pdf", ReadOptions())


@pytest.mark.parametrize("rules", ["under head", "head", "none"])
def test_tables_with_heads_alike_stay_apart(rules: str) -> None:
    first = [HEAD, ["Contacts", "412", "388", "401"], ["Referrals", "97", "103", "88"]]
    second = [HEAD, ["Visits in time", "81%", "76%", "85%"], ["Reviews in time", "90%", "92%", "94%"]]
    document = read(
        Sheet(
            [
                *(Heading("Front door"), Grid(first, rules=rules)),
                *(Heading("Planning"), Grid(second, rules=rules)),
                *(Heading("Homes"), Grid([HEAD, ["Moves", "4", "7", "2"]], rules=rules)),
            ]
        )
    )
    assert [rows(table) for table in tables(document)] == [first, second, [HEAD, ["Moves", "4", "7", "2"]]]
    kinds = [block.kind for block in document.blocks]
    assert kinds == [BlockKind.HEADING, BlockKind.TABLE] * 3


def test_periods_head_a_table_though_they_are_not_bold() -> None:
    years = ["", "2018/19", "2019/20", "2020/21"]
    first = [years, ["Wexcombe", "47%", "49%", "48%"], ["England", "50%", "52%", "53%"]]
    second = [years, ["Wexcombe", "88%", "87%", "86%"], ["England", "86%", "83%", "85%"]]
    grids = [Grid(part, rules="under head", bold_rows=()) for part in (first, second)]
    document = read(Sheet([Text("Figure 1: visits in time"), grids[0], Text("Figure 2: reviews in time"), grids[1]]))
    assert [rows(table) for table in tables(document)] == [first, second]


def test_a_year_among_the_values_of_a_row_is_no_head() -> None:
    table = [
        HEAD,
        ["Contacts", "412", "388", "401"],
        ["Last inspected", "2019", "2021", "2022"],
        ["Moves", "4", "7", "2"],
    ]
    document = read(Sheet([Grid(table, rules="under head")]))
    assert len(tables(document)[0].rows) >= 3


@pytest.mark.parametrize("shaded", [True, False])
def test_rows_whose_labels_wrap_over_many_lines_are_one_table(shaded: bool) -> None:
    table = [
        HEAD,
        ["Children on a plan\nwho were visited\nwithin their time", "81%", "76%", "85%"],
        ["Families who had\ntheir plan reviewed\nwithin the time that\nthe council sets", "90%", "92%", "94%"],
        ["Moves", "4", "7", "2"],
    ]
    fills = GREEN_BAR if shaded else {}
    document = read(Sheet([Text("Scorecard"), Grid(table, rules="under rows", fills=fills)]))
    (found,) = tables(document)
    assert rows(found) == [[text.replace("\n", " ") for text in row] for row in table]


def test_the_rest_of_the_last_label_belongs_to_its_row() -> None:
    table = [
        HEAD,
        ["Contacts", "412", "388", "401"],
        ["Days from the first call\nto the first visit", "14", "12", "19"],
    ]
    document = read(Sheet([Grid(table, rules="under head"), Gap(), Text("The service is looking into it.")]))
    (found,) = tables(document)
    assert rows(found)[-1] == ["Days from the first call to the first visit", "14", "12", "19"]


def test_a_note_below_a_table_is_no_part_of_its_last_label() -> None:
    table = [HEAD, ["Contacts", "412", "388", "401"], ["Referrals", "97", "103", "88"]]
    document = read(Sheet([Grid(table, rules="none"), Text("Counted by the front door.", size=10.0)]))
    (found,) = tables(document)
    assert rows(found) == table
    assert document.blocks[-1].passage.text == "Counted by the front door."


def test_a_label_longer_than_the_others_does_not_swallow_its_value() -> None:
    table = [
        ["Measure", "Mean", "Least", "Most"],
        ["Income", "2,127", "0", "22,500"],
        ["Wealth", "187,281", "0", "7,720,000"],
        ["Debts", "4,120", "0", "91,000"],
        ["Wealth in shares and savings at the end (in Euro)", "38,855", "0", "2,870,000"],
    ]
    grid = Grid(table, rules="none", widths=[232, 80, 80, 80])
    assert rows(tables(read(Sheet([grid])))[0]) == table
