"""Figures of whole table cells, and the repair of a column's odd one."""

from __future__ import annotations

import pytest

from tests.extract.spotting.annotated import check, read_sentence
from townclerk.extract.spotting.figures import find_figures, read_cell, repair_column
from townclerk.models.mentions import FigureMention
from townclerk.models.units import Status, Unit

CELLS = [
    "[88.4%|88.4 %]",
    " [88.4|88.4 #] ",
    "[14 %|14 %]",
    "[9 0%|90 % !ocr_repaired]",
    "[9.3|9.3 # noun=fte] FTE",
    "[6|6 #] ([12%|12 % ()])",
    "[12/45|- # 12/45]",
    "[74 / 1,905|- # 74/1905]",
    "[13 118|13118 # !thousands_space]",
    "[5 064|5064 #]",
    "[2018|2018 # !year_like]",
    "[1987|1987 #]",
    "2018/19",
    "2018-19",
    "Q2 2019/20",
    "March 2019",
    "[x|- # suppressed]",
    "[c|- # suppressed]",
    "[C|- # suppressed]",
    "[*|- # suppressed]",
    "[<5|- # suppressed]",
    "[< 6|- # suppressed]",
    "[fewer than 5|- # suppressed]",
    "[Suppressed|- # suppressed]",
    "[-|- # not_available]",
    "[–|- # not_available]",
    "[..|- # not_available]",
    "[N/A|- # not_available]",
    "[n/a|- # not_available]",
    "[TBC|- # not_available]",
    "[No data|- # not_available]",
    " [not  available|- # not_available]",
    "[#####|- # unreadable]",
    "[(5)|-5 # s- !accounting_negative alt=5]",
    "[(0.05)|-0.05 # s-]",
    "[(£1,200)|-1200 £ s-]",
    "[-6.6%|-6.6 % s-]",
    "[+7.9%|7.9 % s+]",
    "[–4|-4 # s-]",
    "▲ [57.5%|57.5 %]",
    "[57.5%|57.5 %]▲",
    "[93.6%|93.6 %]ê",
    "[93.6%|93.6 %] A",
    "[93.6|93.6 #] Amber",
    "↑[12|12 #]",
    "G [12|12 #]",
    "[41.2|41.2 # !provisional] (p)",
    "[41.2%|41.2 % !revised]r",
    "[nil|0 # none]",
    "[None|0 # none]",
    "[0|0 #]",
    "<[10%|10 % <]",
    "[£1.9m|1900000 £]",
    "[462 days|462 days]",
    "[45 days|45 days]",
    "[17.5 per 10,000|17.5 /10k]",
    "[1 in 38|2.6 % odds ~]",
    "[12,406|12406 #]",
    "[91.63|91.63 #]",
    "",
    "   ",
    "Amber",
    "Smaller is better",
    "Low",
    "u",
    "Children aged 16-17",
    "▲",
    "[#DIV/0!|- # unreadable]",
    "[#N/A|- # unreadable]",
    "[4.2|4.2 # !row_number_like] Dental checks on time",
    "[12|12 # !row_number_like] Care leavers in touch",
    "4.2 Children subject to a plan for 2 years or more",
]


@pytest.mark.parametrize("cell", CELLS)
def test_a_cell_is_read_as_a_whole(cell: str) -> None:
    plain, _ = read_sentence(cell)
    check(cell, read_cell(plain))


def column(*cells: str) -> list[FigureMention]:
    return [figure for cell in cells for figure in read_cell(cell)]


def test_a_per_cent_sign_read_as_a_digit_is_told_by_the_other_decimals() -> None:
    repaired = repair_column(column("77.4%", "79.15", "80.2%", "76.0%"))
    assert [figure.value for figure in repaired] == [77.4, 79.1, 80.2, 76.0]
    assert repaired[1].unit is Unit.PERCENT
    assert repaired[1].flags == ("ocr_repaired",)
    assert repaired[1].alternatives == (79.15,)


def test_a_lost_point_is_told_by_the_other_decimals() -> None:
    repaired = repair_column(column("77.4%", "791%", "80.2%"))
    assert [figure.value for figure in repaired] == [77.4, 79.1, 80.2]


@pytest.mark.parametrize(
    "cells",
    [
        ("77.4%", "79.15"),  # one witness is not enough
        ("77.4%", "79.15", "80%"),  # the witnesses disagree
        ("77%", "79.15", "80%"),  # whole percentages say nothing of decimals
        ("77.4", "79.15", "80.2"),  # no percentages at all
        ("77.4%", "79.1%", "80.2%"),  # nothing odd
        ("77.4%", "x", "80.2%", "140"),  # a count beside percentages
    ],
)
def test_without_clear_evidence_nothing_is_repaired(cells: tuple[str, ...]) -> None:
    figures = column(*cells)
    assert repair_column(figures) == figures


def test_running_text_in_a_long_cell_is_read_as_running_text() -> None:
    cell = "4.2 Visits to children in need rose to 83% in March 2019 after a slow start"
    assert [figure.text for figure in read_cell(cell)] == [figure.text for figure in find_figures(cell)] == ["83%"]


def test_a_value_before_its_noun_is_no_row_number() -> None:
    assert "row_number_like" not in read_cell("9.3 FTE")[0].flags


def test_a_bracketed_government_mark_is_suppressed_where_the_bare_word_is_a_polarity() -> None:
    (mark,) = read_cell("[low]")
    assert mark.status is Status.SUPPRESSED
    assert read_cell("Low") == []
