"""Rows without column marks: heads found, tokens told apart, each put where only order and kind allow."""

from __future__ import annotations

from functools import cache

import pytest

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.assign import assign
from townclerk.extract.linking.rows.heads import Header, header_line
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.extract.linking.rows.tokens import tokens_of
from townclerk.extract.linking.tables.columns import mend_head
from townclerk.extract.linking.tables.stacking import year_sources
from townclerk.models.passage import Passage
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer


@cache
def _knowledge() -> Knowledge:
    return Knowledge.build(load_catalogue(), load_gazetteer())


def _header(text: str) -> Header | None:
    return header_line(Passage.of(text, 0, len(text)), _knowledge())


def _heads(text: str) -> list[str]:
    header = _header(text)
    return [column.head for column in header.columns] if header else []


def test_a_line_of_column_words_is_a_header() -> None:
    assert _heads("Ref Measure Unit Target Latest Month RAG") == ["Measure", "Unit", "Target", "Latest", "Month", "RAG"]


def test_times_and_roles_are_heads() -> None:
    assert _heads("Indicator Q2 2022/23 Target Status") == ["Indicator", "Q2 2022/23", "Target", "Status"]


@pytest.mark.parametrize(
    "text",
    [
        "The target for the latest quarter was met and the status is green.",
        "Q1 22 Q2 22 Q3 22 Q4 22.",
        "Children looked after 451 460 449",
    ],
)
def test_sentences_and_rows_are_no_headers(text: str) -> None:
    assert _header(text) is None


def _placed(heads: str, row: str) -> dict[str, str]:
    header = _header(heads)
    assert header is not None
    tokens = tokens_of(row, header)
    columns = assign(tokens, header)
    assert columns is not None
    return {
        header.columns[column].head: row[token.start : token.end]
        for column, token in zip(columns, tokens, strict=True)
        if column is not None
    }


def test_values_follow_the_order_of_the_heads() -> None:
    assert _placed("Measure Target Latest Month RAG", "85% 81.2% Nov 2022 Red") == {
        "Target": "85%",
        "Latest": "81.2%",
        "Month": "Nov 2022",
        "RAG": "Red",
    }


def test_a_row_with_a_value_too_few_leaves_open_which_one_is_missing() -> None:
    assert _placed("Measure Target Latest Month RAG", "81.2% Nov 2022 Red") == {"Month": "Nov 2022", "RAG": "Red"}


def test_a_row_with_too_many_values_does_not_fit() -> None:
    header = _header("Measure Target Latest RAG")
    assert header is not None
    assert assign(tokens_of("1% 2% 3% 4% 5%", header), header) is None


def test_a_year_centred_over_its_quarters_begins_after_the_fourth() -> None:
    heads = [["Measure"], ["2021/22", "Q3"], ["2021/22", "Q4"], ["2021/22", "Q1"], ["2022/23", "Q2"]]
    assert year_sources(heads) == {1: 1, 2: 1, 3: 4, 4: 4}


def test_years_are_left_where_they_stand_when_the_quarters_do_not_tell() -> None:
    assert year_sources([["Measure"], ["2021/22", "Q1"], ["2021/22", "Q2"]]) == {}


def test_a_time_and_the_role_beside_it_are_one_head_where_the_rows_have_so_many_values() -> None:
    header = _header("Measure Q1 target Q1 actual Q2 target Q2 actual")
    assert header is not None
    assert header.paired is not None
    assert [column.head for column in header.paired.columns[1:]] == ["Q1 target", "Q1 actual", "Q2 target", "Q2 actual"]


@pytest.mark.parametrize("line", ["Measure Q1 Q2 Q3 Target", "Measure 2020/21 Outturn Q1 Q2 Target"])
def test_times_without_a_role_each_are_not_paired(line: str) -> None:
    header = _header(line)
    assert header is not None
    assert header.paired is None


@pytest.mark.parametrize(
    ("damaged", "meant"),
    [("Mileatone Q1", "milestone Q1"), ("Perforrnance", "performance"), ("Hillside", "Hillside"), ("Girls", "Girls")],
)
def test_a_damaged_head_is_the_one_word_it_nearly_is(damaged: str, meant: str) -> None:
    assert mend_head(damaged) == meant


def test_a_word_of_the_field_is_no_damaged_head() -> None:
    assert mend_head("Child protection plans", frozenset({"protection"})) == "Child protection plans"


def test_a_sign_goes_under_the_change_and_a_bound_is_a_value() -> None:
    heads = "Measure Target Jun-18 2018/19 Jun-19 Jul-19 Change RAG"
    assert _placed(heads, "<20% 22% 21.5% 23% 24% +1% Red")["Target"] == "<20%"
    placed = _placed(heads, "94% 93.1% 92% 90% -2% Red")
    assert placed["Change"] == "-2%"
    assert placed.get("Jul-19", "90%") == "90%"


def test_a_place_keeps_its_year_where_heads_that_ran_together_can_be_cut_two_ways() -> None:
    months = [f"{month} 16" for month in ("Jul", "Aug", "Sep", "Oct", "Nov", "Dec")]
    months += [f"{month} 17" for month in ("Jan", "Feb", "Mar", "Apr", "May", "Jun")]
    heads = [
        "Indicator",
        "2016/17",
        "Current target",
        *months,
        "England 2015/16",
        "12 month rolling",
        "Neighbours 2015/16",
    ]
    text = " ".join(heads)
    cut = next(spans for spans in ways_to_split(text, _knowledge()) if len(spans) == len(heads))
    assert [text[slice(*span)] for span in cut] == heads
