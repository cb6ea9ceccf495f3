"""Tables of tabs, pipes and blanks."""

from tests.extract.reading.text_help import read, rows, shape
from townclerk.models.document import Block


def _table(text: str) -> tuple[int, int]:
    table = next(block.table for block in read(text).blocks if block.table is not None)
    return table.columns, table.header_rows


def test_tabs_keep_empty_cells_in_their_columns() -> None:
    text = "\t2018/19\t2019/20\t2020/21\nSuitable homes (%)\t\tnot available\t87\n"
    assert rows(text) == [
        [(1, "2018/19"), (2, "2019/20"), (3, "2020/21")],
        [(0, "Suitable homes (%)"), (2, "not available"), (3, "87")],
    ]
    assert _table(text) == (4, 1)


def test_stacked_headers_span() -> None:
    text = "\t2019/20\t\t2020/21\t\n\tQ3\tQ4\tQ1\tQ2\nRepeat plans\t18%\t19%\t21%\t20%\n"
    table = next(block.table for block in read(text).blocks if block.table is not None)
    assert table.header_rows == 2
    assert [(cell.column, cell.column_span) for cell in table.rows[0]] == [(1, 2), (3, 2)]


def test_ragged_and_shifted_rows_stay_as_printed() -> None:
    text = "Measure\tUs\tThem\nA name that wrapped\t\t12%\nLate visits\t9%\n3. Group\t3.1 Visits\t8%\t7%\n"
    assert rows(text)[1:] == [
        [(0, "A name that wrapped"), (2, "12%")],
        [(0, "Late visits"), (1, "9%")],
        [(0, "3. Group"), (1, "3.1 Visits"), (2, "8%"), (3, "7%")],
    ]


def test_a_first_cell_that_wraps_is_one_cell() -> None:
    above = "Measure\tQ1\nChildren with a\nplan up to date\t90%\n"
    assert rows(above)[1] == [(0, "Children with a plan up to date"), (1, "90%")]
    below = "Measure\tQ1\tQ2\nChildren adopted\t4\t5\nin the year\nMissing\t7\t9\n"
    assert rows(below)[1] == [(0, "Children adopted in the year"), (1, "4"), (2, "5")]


def test_pipes_with_and_without_a_rule() -> None:
    ruled = "| Measure | Q1 | Q2 |\n|---|---:|:---:|\n| Contacts | 1,204 | **1,310** |\n"
    assert rows(ruled) == [
        [(0, "Measure"), (1, "Q1"), (2, "Q2")],
        [(0, "Contacts"), (1, "1,204"), (2, "1,310")],
    ]
    assert _table(ruled) == (3, 1)
    assert rows("| |Q1|Q2|\n|2021/22|31| |\n") == [[(1, "Q1"), (2, "Q2")], [(0, "2021/22"), (1, "31")]]


def test_columns_held_apart_by_blanks() -> None:
    text = (
        "Measure                 Target     Actual\n"
        "Dental checks             90%       81.2%\n"
        "Visits on time            95%\n"
        "Health checks                       88.0%\n"
    )
    assert rows(text) == [
        [(0, "Measure"), (1, "Target"), (2, "Actual")],
        [(0, "Dental checks"), (1, "90%"), (2, "81.2%")],
        [(0, "Visits on time"), (1, "95%")],
        [(0, "Health checks"), (2, "88.0%")],
    ]


def test_a_wrapped_label_in_a_table_of_blanks() -> None:
    text = (
        "Measure                Q1      Q2\n"
        "Children with three   9.1%    9.4%\n"
        "or more homes\n"
        "Missing episodes        20      31\n"
    )
    assert rows(text)[1] == [(0, "Children with three or more homes"), (1, "9.1%"), (2, "9.4%")]


def test_a_numbered_paragraph_behind_a_tab_is_no_table() -> None:
    assert shape("4.\tThe panel is asked to note the report.") == [
        ("paragraph", "The panel is asked to note the report.")
    ]


def test_a_comment_between_rows_is_a_paragraph_and_the_table_goes_on() -> None:
    text = (
        "Return talks in three days\t71.4%\tAmber\n"
        "Comment: 50 of the 70 that were due took place in time.\n"
        "Visits every six weeks\t90.2%\tGreen\n"
    )
    kinds = [block.kind.value for block in read(text).blocks]
    assert kinds == ["table", "paragraph", "table"]
    assert [block.table.continues for block in read(text).blocks if block.table is not None] == [False, True]


def test_a_table_of_figures_alone_has_no_header() -> None:
    assert _table("Visits on time\t93.6%\tA\nPlans on time\t88.0%\tG\n") == (3, 0)


def test_the_text_of_a_table_is_its_cells() -> None:
    block = read("\tQ1\tQ2\nPlans\t\t7\n").blocks[0]
    assert block.passage.text == "\tQ1\tQ2\nPlans\t\t7"


def test_a_rule_under_the_heads_and_labels_that_wrap_into_a_length_of_time_part_no_table() -> None:
    text = (
        "                            Q4        Q1\n"
        "Measure                     2018/19   2019/20\n"
        "----------------------------------------------\n"
        "Visits held within            71%       74%\n"
        "20 working days\n"
        "Children with a plan          212       220\n"
        "(at end)\n"
        "----------------------------------------------\n"
        "Late visits                    9%        7%\n"
        "----------------------------------------------\n"
        "The rule below the last row is the end.\n"
    )
    assert rows(text) == [
        [(1, "Q4"), (2, "Q1")],
        [(0, "Measure"), (1, "2018/19"), (2, "2019/20")],
        [(0, "Visits held within 20 working days"), (1, "71%"), (2, "74%")],
        [(0, "Children with a plan (at end)"), (1, "212"), (2, "220")],
        [(0, "Late visits"), (1, "9%"), (2, "7%")],
    ]


def test_a_rule_between_boxes_parts_them() -> None:
    box = "Measure {}\nActual   Target   RAG\n71%      80%      R\nComment: one more visit was late.\n"
    assert (
        shape(box.format(1) + "_" * 40 + "\n" + box.format(2)).count(("table", "Actual\tTarget\tRAG\n71%\t80%\tR")) == 2
    )


def test_heads_too_near_each_other_and_a_head_over_several_columns_make_no_column_wider() -> None:
    text = (
        "                      Target                 Others 2018/19\n"
        "Measure               2019/20   Status  DoT   South  England\n"
        "Visits on time          95%       A      -      71%   74%\n"
        "Visits late              5%       R      W      29%  26%\n"
        "Repeat visits           n/a\n"
        "in 12 months\n"
        "Visits missed            2%       G      S       3%   1%\n"
    )
    assert rows(text)[0] == [(1, "Target"), (4, "Others 2018/19")]
    assert rows(text)[1] == [
        (0, "Measure"), (1, "2019/20"), (2, "Status"), (3, "DoT"), (4, "South"), (5, "England")
    ]  # fmt: skip
    assert rows(text)[3] == [(0, "Visits late"), (1, "5%"), (2, "R"), (3, "W"), (4, "29%"), (5, "26%")]


def test_groups_between_rows_and_labels_begun_a_line_above_are_of_one_table() -> None:
    text = (
        "                              Good  2018/19  Q1       Q2       Target\n"
        "Ref  Measure                  is    outturn  2019/20  2019/20  2019/20\n"
        "-----------------------------------------------------------------------\n"
        "\n"
        "VISITS\n"
        "A1   Visits held on time      High   71%      74%               80%\n"
        "A2   Visits to children who\n"
        "     live with others, in     High   55%      61%               75%\n"
        "     their first week\n"
        "\n"
        "REVIEWS\n"
        "B1   Reviews put off to later Low     9%       7%                5%\n"
        "     than planned\n"
    )
    assert rows(text) == [
        [(2, "Good"), (3, "2018/19"), (4, "Q1"), (5, "Q2"), (6, "Target")],
        [(0, "Ref"), (1, "Measure"), (2, "is"), (3, "outturn"), (4, "2019/20"), (5, "2019/20"), (6, "2019/20")],
        [(0, "VISITS")],
        [(0, "A1"), (1, "Visits held on time"), (2, "High"), (3, "71%"), (4, "74%"), (6, "80%")],
        [
            (0, "A2"),
            (1, "Visits to children who live with others, in their first week"),
            (2, "High"),
            (3, "55%"),
            (4, "61%"),
            (6, "75%"),
        ],
        [(0, "REVIEWS")],
        [(0, "B1"), (1, "Reviews put off to later than planned"), (2, "Low"), (3, "9%"), (4, "7%"), (6, "5%")],
    ]


def test_a_second_table_below_the_first_has_heads_of_its_own() -> None:
    first = "Measure        May   June\nVisits held     71     74\n\n"
    second = "Team           Staff   Posts\nNorth           12      14\n"
    assert [kind for kind, _ in shape(first + second)] == ["table", "table"]


def test_a_row_that_broke_off_in_its_label_goes_on_with_the_next_line() -> None:
    text = (
        "Ref\tMeasure\tGood\tQ1\tQ2\tTarget\n"
        "V1\tVisits held\tHigh\t71%\t74%\t80%\n"
        "V2\tVisits to children\nwho live with others\tHigh\t55%\t61%\t75%\n"
        "V3\tLate visits\n\tLow\t9%\t7%\t5%\n"
        "V4\tMissed visits\n3\t4\t2\n"
    )
    assert rows(text)[2] == [
        (0, "V2"), (1, "Visits to children who live with others"), (2, "High"), (3, "55%"), (4, "61%"), (5, "75%")
    ]  # fmt: skip
    assert rows(text)[3] == [(0, "V3"), (1, "Late visits"), (2, "Low"), (3, "9%"), (4, "7%"), (5, "5%")]
    assert rows(text)[4:] == [[(0, "V4"), (1, "Missed visits")], [(0, "3"), (1, "4"), (2, "2")]]


def test_a_row_moved_to_the_right_by_empty_cells_is_moved_back() -> None:
    text = "Measure\tQ1\tQ2\nVisits held\t71%\t74%\n\t\tLate visits\t9%\t7%\nMissed visits\t3%\t2%\n"
    assert rows(text)[2] == [(0, "Late visits"), (1, "9%"), (2, "7%")]


def test_times_over_the_labels_where_the_empty_head_is_missing_are_moved_over_the_values() -> None:
    text = "2017/18\t2018/19\t2019/20\nVisits held\t71\t74\t75\nLate visits %\t9.1\t7.0\t6.4\n"
    assert rows(text)[0] == [(1, "2017/18"), (2, "2018/19"), (3, "2019/20")]


def test_heads_stay_where_they_are_above_a_row_that_is_short() -> None:
    text = "\tQ1\tQ2\tQ3\tQ4\n2017/18\t13.0%\t12.0%\t12.1%\n"
    assert rows(text)[0] == [(1, "Q1"), (2, "Q2"), (3, "Q3"), (4, "Q4")]


def test_the_end_of_a_label_in_a_row_of_its_own_goes_back_to_it() -> None:
    text = (
        "Ref\tMeasure\tQ1\tQ2\nA1\tChildren on a plan, rate per\t41.2\t43.0\n\t10,000\n"
        "A2\tLooked after children reviewed\t91%\t93%\n\twithin their time limits\nA3\tVisits on time\t88%\t90%\n"
        "\tWork with families goes on.\n"
    )
    labels = [cell for row in rows(text) for cell in row if cell[0] == 1]
    assert labels == [
        (1, "Measure"),
        (1, "Children on a plan, rate per 10,000"),
        (1, "Looked after children reviewed within their time limits"),
        (1, "Visits on time"),
        (1, "Work with families goes on."),
    ]


def test_a_row_that_broke_off_behind_its_reference_and_half_its_label_goes_on_below() -> None:
    text = (
        "No.\tIndicator\tGood is\tNov-18\tDec-18\tJan-19\n"
        "4.1\tReferrals\tInfo\t312\t298\t305\n"
        "4.2\tChildren in need per\n10K population\tLow\t311.0\t309.4\t312.2\n"
    )
    assert rows(text)[2] == [
        (0, "4.2"),
        (1, "Children in need per 10K population"),
        (2, "Low"),
        (3, "311.0"),
        (4, "309.4"),
        (5, "312.2"),
    ]


def test_heads_that_were_cut_at_each_line_end_in_them_are_one_row() -> None:
    text = (
        "Ref\tMeasure\t20/21\nActual\t21/22\nTarget\tQ3\nActual\tCurrent\nProgress\n"
        "LI 1\tRe-referrals\t21.4%\t20%\t19.8%\t?\nLI 2\tRepeat plans\t18.1%\t17%\t16.5%\tx\n"
    )
    heads = ["Ref", "Measure", "20/21 Actual", "21/22 Target", "Q3 Actual", "Current Progress"]
    assert [said for _, said in rows(text)[0]] == heads
    assert len(rows(text)) == 3


def test_a_lone_row_that_broke_off_in_its_label_goes_on_in_small_letters() -> None:
    assert rows("LI 7\tChildren in care with three\nor more placements\t10.4%\t9%\t11.2%\tx\n")[0] == [
        (0, "LI 7"),
        (1, "Children in care with three or more placements"),
        (2, "10.4%"),
        (3, "9%"),
        (4, "11.2%"),
        (5, "x"),
    ]


def test_two_lines_of_heads_are_one_row_where_the_labels_head_opens_them_and_their_cells_come_out_even() -> None:
    cut = "Measure\tBaseline\nMar 21\tOct 21\tNov 21\tTarget\nRe-referrals\t31%\t28%\t27%\t22%\n"
    assert [said for _, said in rows(cut)[0]] == ["Measure", "Baseline Mar 21", "Oct 21", "Nov 21", "Target"]
    over = "\t2020/21\t\t2021/22\t\n\tQ3\tQ4\tQ1\tQ2\nRepeat plans\t18%\t19%\t21%\t20%\n"
    assert [said for _, said in rows(over)[0]] == ["2020/21", "2021/22"]


def _the_table(text: str) -> Block:
    (block,) = [one for one in read(text).blocks if one.table]
    return block


PRINTED_OVER_LINES = """Measure\tGood is\tTarget\tQ1\tQ2
Homes that were visited in the\tHigher is\t\t\t64%
last month, all kinds\t\t75%\t61%
of home counted\tbetter\t\t\tRED
Homes inspected\tHigher is\t\t\t84
\t\t92\t82
\tbetter\t\t\tAMBER
"""


def test_a_row_printed_over_several_lines_is_put_together_column_by_column() -> None:
    block = _the_table(PRINTED_OVER_LINES)
    assert block.passage.text.split("\n")[1:] == [
        "Homes that were visited in the last month, all kinds of home counted\tHigher is better\t75%\t61%\t64% RED",
        "Homes inspected\tHigher is better\t92\t82\t84 AMBER",
    ]


def test_rows_with_values_in_the_same_columns_stay_rows() -> None:
    text = "Measure\tQ1\tQ2\nHomes\t3\t4\nof which old\t1\t2\nFlats\t5\t6\nof which old\t3\t2\n"
    block = _the_table(text)
    assert len(block.passage.text.split("\n")) == 5


def test_a_label_behind_its_number_goes_on_in_a_line_without_one() -> None:
    text = "14\tRate of homes per 10,000.\nMeasured yearly\t51\t65\t30\n15\tHomes with a lawn\nor a yard\t10\t11\t12\n"
    block = _the_table(text)
    assert block.passage.text.split("\n") == [
        "14\tRate of homes per 10,000. Measured yearly\t51\t65\t30",
        "15\tHomes with a lawn or a yard\t10\t11\t12",
    ]
