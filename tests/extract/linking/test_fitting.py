"""Lines of heads run together, cut as the rows below them ask."""

from __future__ import annotations

import pytest

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.fitting import fitted_header
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.models.passage import Passage
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.gazetteer import load_gazetteer


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return Knowledge.build(load_catalogue(), load_gazetteer())


def line(text: str) -> Passage:
    return Passage.of(text, 0, len(text))


@pytest.mark.parametrize(
    ("heads", "rows"),
    [
        (
            ["Measure", "Q4 20/21", "Qtr 1", "Qtr 2", "YTD", "2021/22 target", "RAG", "SN", "South East"],
            ["Repeat work 18% 19% 20% 19% 15% A 21% 22%", "Plans reviewed 91% 92% 90% 91% 95% R 94% 93%"],
        ),
        (
            ["KPI", "Target", "Last year (2020/21)", "Jul", "Aug", "Sep", "DoT", "Status", "England avg 2020-21"],
            ["Visits on time 90% 84% 86% 85% 87% ▲ A 88%", "Checks in date 85% 80% 81% 79% 82% ▼ R 84%"],
        ),
    ],
)
def test_the_cut_has_as_many_columns_as_the_rows_have_values(
    heads: list[str], rows: list[str], knowledge: Knowledge
) -> None:
    header = fitted_header(line(" ".join(heads)), [line(row) for row in rows], knowledge)
    assert header is not None
    assert [column.head for column in header.columns] == heads


def test_a_number_at_the_end_of_a_label_is_no_value(knowledge: Knowledge) -> None:
    rows = ["Children in care per 10,000 55.1 56.2 54.0", "Repeat work 18% 19% 20%"]
    header = fitted_header(line("Measure Target Q1 Q2"), [line(row) for row in rows], knowledge)
    assert header is not None
    assert [column.head for column in header.columns] == ["Measure", "Target", "Q1", "Q2"]


def test_rows_that_fit_no_cut_give_no_header(knowledge: Knowledge) -> None:
    assert fitted_header(line("Measure Target Q1 Q2"), [line("Some words"), line("Others")], knowledge) is None


def test_prose_is_no_line_of_heads(knowledge: Knowledge) -> None:
    assert ways_to_split("Measures to reduce waiting were agreed with partners in the spring", knowledge) == []
