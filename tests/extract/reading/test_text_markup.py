"""Tables that a recogniser wrote as markup among plain text, and what it wrote in LaTeX."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.extract.linking.reading import seen
from tests.extract.reading.text_help import read, rows, shape
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.text.latex import without_latex
from townclerk.models.document import Document, Table


def _table(document: Document) -> Table:
    return next(block.table for block in document.blocks if block.table is not None)


HTML = """Children in care, quarter 2

<table><tr><td rowspan="2">Measure</td><td colspan="2">2022/23</td></tr>
<tr><td>Q1</td><td>Q2</td></tr><tr>
<td>Repeat <b>referrals</b><br>within a year</td>
<td>21.3%</td><td>20.9%</td>
</tr><tr><td>Visits on time</td><td></td><td>88.0 %</td></tr></table>

Visits improved.
"""
LATEX = r"""\begin{table}[h]
\begin{tabular}{|l|r|r|}
\hline \multirow{2}{*}{\textbf{Measure}} & \multicolumn{2}{c|}{2022/23} \\
\cline{2-3} & Q1 & Q2 \\ \hline
Repeat referrals within a year & $21.3\%$ & 20.9\% \\
Visits on time & & 88.0 \% \\ \hline
\end{tabular}
\end{table}
"""


@pytest.mark.parametrize("text", [HTML, HTML.replace("\n", " "), HTML.replace("</td>", "").replace("</tr>", "")])
def test_a_table_of_html_is_a_grid_with_its_spans(text: str) -> None:
    table = _table(read(text))
    assert [[(cell.column, cell.passage.text) for cell in row] for row in table.rows] == [
        [(0, "Measure"), (1, "2022/23")],
        [(1, "Q1"), (2, "Q2")],
        [(0, "Repeat referrals within a year"), (1, "21.3%"), (2, "20.9%")],
        [(0, "Visits on time"), (2, "88.0 %")],
    ]
    assert (table.header_rows, table.columns, table.rows[0][0].row_span, table.rows[0][1].column_span) == (2, 3, 2, 2)


def test_the_words_around_a_table_of_html_stay_blocks_of_their_own() -> None:
    text = "<html><body>Before it. <table><tr><td>A</td><td>1</td></tr></table> Behind it.</body></html>"
    assert [words for _, words in shape(f"A title\n\n{text}\n")] == ["A title", "Before it.", "A\t1", "Behind it."]


def test_lines_of_nothing_but_markup_are_as_good_as_blank() -> None:
    text = '<div align="center">\n\nVisits\n\n</div>\nVisits rose to 88% in the quarter.\n<img src="x.png"/>\n'
    assert [words for _, words in shape(text)] == ["Visits", "Visits rose to 88% in the quarter."]


def test_a_table_of_one_column_is_lines() -> None:
    text = "Intro.\n\n<table><tr><td>Visits were 88% on time.</td></tr><tr><td>Checks were 90%.</td></tr></table>\n"
    assert [words for _, words in shape(text)] == ["Intro.", "Visits were 88% on time.", "Checks were 90%."]


def test_heads_are_rows_of_head_cells_and_the_caption_stands_above() -> None:
    text = (
        "<table><caption>Visits on time</caption><thead><tr><th>Quarter</th><th>2</th><th>3</th></tr></thead>"
        "<tbody><tr><th>Wards</th><td>81</td><td>84</td></tr></tbody></table>"
    )
    document = read(f"Report\n\n{text}")
    assert _table(document).header_rows == 1
    assert "Visits on time" in [block.passage.text for block in document.blocks]


def test_a_table_that_is_never_closed_ends_with_its_page() -> None:
    text = "Report\n\n<table><tr><td>Visits</td><td>81%</td></tr><tr><td>Checks</td><td>84%\fNext page."
    assert rows(text) == [[(0, "Visits"), (1, "81%")], [(0, "Checks"), (1, "84%")]]
    assert shape(text)[-1] == ("paragraph", "Next page.")


def test_a_tabular_of_latex_is_a_grid_with_its_spans() -> None:
    table = _table(read(LATEX))
    assert [[(cell.column, cell.passage.text) for cell in row] for row in table.rows] == [
        [(0, "Measure"), (1, "2022/23")],
        [(1, "Q1"), (2, "Q2")],
        [(0, "Repeat referrals within a year"), (1, "21.3%"), (2, "20.9%")],
        [(0, "Visits on time"), (2, "88.0 %")],
    ]
    assert shape(LATEX) == [("table", shape(LATEX)[0][1])]


@pytest.mark.parametrize("text", [HTML, LATEX])
def test_the_values_of_a_table_of_markup_are_told_under_their_heads(text: str) -> None:
    assert seen(f"Wexcombe Council\n\n{text}") >= {
        ("rereferrals_pct", "2022-23-Q1", "actual", 21.3),
        ("rereferrals_pct", "2022-23-Q2", "actual", 20.9),
    }


@pytest.mark.parametrize(
    ("written", "plain"),
    [
        (r"fell to $21.4\%$ in May", "fell to 21.4% in May"),
        (r"($\uparrow$ from $54 \%$)", "( ↑ from 54 % )"),
        (r"a rate of $57.2$ per $10{,}000$", "a rate of 57.2 per 10,000"),
        (r"on the $6^{\text{th}}$", "on the 6th"),
        (r"\section*{Visits}", "# Visits"),
        ("$20m was saved and $30m spent", "$20m was saved and $30m spent"),
        (r"21.4\% \(46/81\)", r"21.4\% \(46/81\)"),
    ],
)
def test_latex_becomes_plain_words_and_figures(written: str, plain: str) -> None:
    assert " ".join(without_latex(written).split()) == plain


@given(st.text(alphabet="$\\{}()^_%,.; ab12tex\n", max_size=80))
def test_a_text_without_its_latex_is_as_long_as_it_was(text: str) -> None:
    assert len(without_latex(text)) == len(text)


@given(
    st.lists(
        st.sampled_from(
            ["<table>", "</table>", "<tr>", "</tr>", "<td>", "</td>", "<th colspan=2>", "12%", "A b", "\n", "\f"]
        )
    )
)
def test_every_character_of_a_table_of_markup_maps_back(parts: list[str]) -> None:
    text = "".join(parts)
    for block in read(f"Report {text}").blocks:
        for piece in block.passage.pieces:
            assert 0 <= piece.source_start <= piece.source_end <= len(text) + 7


def test_figures_in_full_width_and_tables_drawn_with_lines_are_plain() -> None:
    text = (
        "Visits were ８８．５％ （４６／５２） on time.\n\n│ Visits │ Q1 │ Q2 │\n├───┼───┼───┤\n│ Wards │ 81 │ 84 │\n"
    )
    assert shape(text) == [
        ("paragraph", "Visits were 88.5% (46/52) on time."),
        ("table", "Visits\tQ1\tQ2\nWards\t81\t84"),
    ]


def test_plain_text_that_begins_with_a_table_of_markup_is_no_web_page() -> None:
    table = "<table><tr><td>Measure</td><td>Q2</td></tr><tr><td>Visits on time</td><td>88%</td></tr></table>"
    text = f"{table}\n\n# Visits\n\n**Visits** rose to 88% in the quarter, which is the best figure for three years.\n"
    kinds = [block.kind.value for block in read_bytes(text.encode(), "page.txt").blocks]
    assert kinds == ["table", "heading", "paragraph"]
    page = f"<html><body>{table}<p>Visits rose to 88% in the quarter.</p></body></html>"
    assert read_bytes(page.encode(), "page.html").media_type == "text/html"
