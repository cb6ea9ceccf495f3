"""Tables that lost their tabs in a conversion, put together again."""

from __future__ import annotations

import pytest

from townclerk.extract.reading.text.reader import read_text
from townclerk.models.document import BlockKind


def _tables(text: str) -> list[str]:
    document = read_text(text, "report.txt", "0" * 64, "utf-8")
    return [block.passage.text for block in document.blocks if block.kind is BlockKind.TABLE]


_YEARS = "Year\t(a)\t(b)\n2020/21\t110\t388\n2021/22\t104\t1,412"


@pytest.mark.parametrize(
    "text",
    [
        "Year\n(a)\n(b)\n2020/21\n110\n388\n2021/22\n104\n1,412\n",
        "Year (a) (b)\n2020/21 110 388\n2021/22 104 1,412\n",
        "Year\n(a)\n(b)\n2020/21\t110\t388\n2021/22\t104\t1,412\n",
    ],
)
def test_years_and_values_are_a_table_however_they_stand(text: str) -> None:
    assert _tables(f"How many were there in each year?\n\n{text}\nThank you for asking.\n") == [_YEARS]


def test_labels_may_wrap_where_the_number_of_values_tells_the_columns() -> None:
    text = "Indicator\nTarget\nActual\nRAG\nRe-referrals within\n12 months\n20%\n22%\nR\nVisits in time\n95%\n96%\nG\n"
    assert _tables(text) == [
        "Indicator\tTarget\tActual\tRAG\nRe-referrals within 12 months\t20%\t22%\tR\nVisits in time\t95%\t96%\tG"
    ]


def test_heads_may_lack_one_over_the_labels() -> None:
    text = "Q1\nQ2\nRe-referrals\n20%\n22%\nVisits in time\n95%\n96%\n"
    assert _tables(text) == ["\tQ1\tQ2\nRe-referrals\t20%\t22%\nVisits in time\t95%\t96%"]


@pytest.mark.parametrize(
    "text",
    [
        # A value is missing, and nobody can tell which.
        "Year\n(a)\n(b)\n2020/21\n110\n2021/22\n104\n412\n",
        # Cards: names over values, no heads.
        "Children looked after\n411\nCare leavers\n220\n",
        "Year to remember\nfor all of us\nand for 3 of them\n",
        "Target\n20%\nActual\n22%\n",
    ],
)
def test_other_short_lines_are_no_table(text: str) -> None:
    assert _tables(text) == []


def test_cells_a_blank_line_apart_may_wrap_and_heads_of_another_table_end_the_first() -> None:
    first = ["Measure", "Q3\n2020/21", "Q3\n2021/22", "RAG", "Visits held on\ntime", "95%", "96%", "Green"]
    more = ["Repeat\nvisits", "n/a", "12", "Red"]
    second = ["Table 2: months", "Measure", "Oct-21", "Nov-21", "Visits held", "31", "40", "Missed\nvisits", "4", "2"]
    assert _tables("Help\n\n" + "\n\n".join([*first, *more, *second]) + "\n\nThese are the visits.\n") == [
        "Measure\tQ3 2020/21\tQ3 2021/22\tRAG\nVisits held on time\t95%\t96%\tGreen\nRepeat visits\tn/a\t12\tRed",
        "Measure\tOct-21\tNov-21\nVisits held\t31\t40\nMissed visits\t4\t2",
    ]


def test_cells_one_below_the_other_may_all_be_a_blank_line_apart() -> None:
    lines = ["Indicator", "Q1 2021/22", "Target", "Visits in time", "95%", "96%", "Repeat visits", "n/a", "12"]
    text = "Report for quarter 1 2021/22\n\n" + "\n\n".join(lines) + "\n"
    assert _tables(text) == ["Indicator\tQ1 2021/22\tTarget\nVisits in time\t95%\t96%\nRepeat visits\tn/a\t12"]


@pytest.mark.parametrize("gap", ["\n", "\n\n"])
@pytest.mark.parametrize(
    ("last", "cell"),
    [("1,308 (up from 1,212)", "1,308"), ("1,308 (41.2 per 10,000).", "1,308 (41.2 per 10,000)")],
)
def test_times_and_then_their_values_are_a_row_of_each_with_the_rate_behind_a_count(
    gap: str, last: str, cell: str
) -> None:
    text = gap.join(["31 March 2015", "31 March 2016", "1,212", last])
    assert _tables(f"How many plans were there?\n\n{text}\n\nBoth are rising.\n") == [
        f"\t31 March 2015\t31 March 2016\n\t1,212\t{cell}"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "2013/14\n2014/15\n2015/16\n21%\n19.4%",
        "2013/14\n2014/15\n2015/16\n21%\n19.4%\n18%\n17%",
        "2013/14\n2014/15\n2015/16\n0%\n10%\n20%",
        "2014/15\n2014/15\n21%\n19.4%",
        "2014/15\n21%",
    ],
)
def test_times_and_values_that_do_not_pair_and_the_marks_of_a_scale_are_no_table(text: str) -> None:
    assert _tables(f"Visits in time\n{text}\nBoth are rising.\n") == []


def test_rows_may_lack_values_where_others_have_one_for_each_head() -> None:
    text = (
        "Measure\nQ1\nQ2\nTarget\nEngland\nPlans started\n(number)\n41\n38\nChildren in need rate per\n10,000\n311.0\n"
        "308.4\n300\n334.3\nVisits in time\n88%\n9l.5%\n95%\nReviews on time\n97%\n98%\n99%\nNot yet published\n"
    )
    (table,) = _tables(text)
    assert table.split("\n") == [
        "Measure\tQ1\tQ2\tTarget\tEngland",
        "Plans started (number)\t41\t38",
        "Children in need rate per 10,000\t311.0\t308.4\t300\t334.3",
        "Visits in time\t88%\t9l.5%\t95%",
        "Reviews on time\t97%\t98%\t99%\tNot yet published",
    ]


def test_one_row_with_more_values_than_the_others_is_no_table() -> None:
    assert _tables("Measure\nQ1\nQ2\nTarget\nPlans\n41\n38\nVisits\n88%\n91%\nReviews\n97%\n98%\n99%\n") == []


def test_a_line_above_heads_for_all_columns_is_the_corner_whatever_it_says() -> None:
    text = "Type of home\nNumber\n%\nOur own foster carers\n212\n61.4\nChildren's homes\n36\n10.4\n"
    assert _tables(text) == ["Type of home\tNumber\t%\nOur own foster carers\t212\t61.4\nChildren's homes\t36\t10.4"]


_HEADS = ["Ref", "Measure", "Good is", "Q1", "Q2", "Target", "RAG"]
_FIRST = ["A1", "Referrals in the quarter", "Low", "310", "298", "n/a", "", "A2", "Visits in", "time", "High", "91%"]
_SECOND = ["88%", "95%", "Red"]


def test_records_of_one_cell_a_line_stand_under_heads_printed_far_above() -> None:
    heads = "\t".join(_HEADS)
    own = f"{heads}\nB1\tPlans started\tLow\t41\t38\t40\tG\n"
    below = "\n".join([*_FIRST[:6], "-", *_FIRST[7:], *_SECOND])
    tables = _tables(f"{own}\nPage 1\n\nHELP\n{below}\n\nText that goes on about the measures of this section.\n")
    assert tables[1].split("\n") == [
        heads,
        "A1\tReferrals in the quarter\tLow\t310\t298\tn/a\t-",
        "A2\tVisits in time\tHigh\t91%\t88%\t95%\tRed",
    ]


def test_an_empty_line_inside_a_record_is_an_empty_cell_and_words_behind_it_its_comment() -> None:
    heads = "\n".join([*_HEADS, "Comment"])
    one = "A1\nReferrals in the quarter\nLow\n310\n298\n\nAmber\nFewer since the summer."
    two = "A2\nVisits in time\nHigh\n91%\n88%\n95%\nRed\nTwo workers left, and\ntheir visits were late."
    (table,) = _tables(f"{heads}\n\nHelp\n\n{one}\n\n{two}\n\nPage 1\n")
    assert table.split("\n") == [
        "\t".join([*_HEADS, "Comment"]),
        "A1\tReferrals in the quarter\tLow\t310\t298\t\tAmber\tFewer since the summer.",
        "A2\tVisits in time\tHigh\t91%\t88%\t95%\tRed\tTwo workers left, and their visits were late.",
    ]


def test_a_record_that_lacks_a_cell_without_a_trace_is_none() -> None:
    heads = "\n".join(_HEADS)
    lines = "\n".join([*_FIRST[:5], "A2", *_FIRST[8:], *_SECOND[:2], "A3", "Reviews", *_FIRST[10:], *_SECOND])
    assert not any("A1" in table or "A2" in table for table in _tables(f"{heads}\n\n{lines}"))


def test_a_record_may_have_its_own_heads_each_above_its_value() -> None:
    own = "NI 99\nVisits to children\nin time\n2009/10 outturn\n84%\nQtr 1\n81%\nTarget 2010/11\n90%\nRED\n"
    (table,) = _tables(f"{own}England 2009/10\n85%\n\nComment: two workers left.\n")
    assert table.split("\n") == [
        "\t\t2009/10 outturn\tQtr 1\tTarget 2010/11\t\tEngland 2009/10",
        "NI 99\tVisits to children in time\t84%\t81%\t90%\tRED\t85%",
    ]
