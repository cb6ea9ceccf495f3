"""Lines of heads run together, cut as the rows below them ask."""

from __future__ import annotations

import pytest

from tests.extract.linking.reading import placed, read, seen
from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.rows.fitting import fitted_header
from townclerk.extract.linking.rows.splitting import ways_to_split
from townclerk.extract.spotting.periods import PeriodAnchor
from townclerk.models.passage import Passage
from townclerk.models.period import parse_code
from townclerk.models.units import Method
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
        (
            ["Indicator", "Q3 2018/19", "Q4 2018/19", "Q1 2019/20", "Target", "Trend"],
            ["Visits on time 84% 86% 85% 90% v", "Checks in date 80% 81% 83% 85% ^"],
        ),
        (
            ["Indicator", "Q1", "Q2", "Q3", "2019/20 target", "Trend"],
            ["Visits on time 84% 86% 85% 90% v", "Checks in date 80% 81% 83% 85% ^"],
        ),
    ],
)
def test_the_cut_has_as_many_columns_as_the_rows_have_values(
    heads: list[str], rows: list[str], knowledge: Knowledge
) -> None:
    header = fitted_header(line(" ".join(heads)), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert header is not None
    assert [column.head for column in header.columns] == heads


def test_a_number_at_the_end_of_a_label_is_no_value(knowledge: Knowledge) -> None:
    rows = ["Children in care per 10,000 55.1 56.2 54.0", "Repeat work 18% 19% 20%"]
    header = fitted_header(line("Measure Target Q1 Q2"), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert header is not None
    assert [column.head for column in header.columns] == ["Measure", "Target", "Q1", "Q2"]


def test_rows_that_fit_no_cut_give_no_header(knowledge: Knowledge) -> None:
    assert (
        fitted_header(line("Measure Target Q1 Q2"), [line("Some words"), line("Others")], knowledge, PeriodAnchor())
        is None
    )


def test_prose_is_no_line_of_heads(knowledge: Knowledge) -> None:
    assert ways_to_split("Measures to reduce waiting were agreed with partners in the spring", knowledge) == []


_PLACES_BELOW = [
    "Re-referrals within 12 months 21.3% 16.9% 24.1% 20.5% 22.6% 2",
    "Assessments completed within 45 working days 83.1% 88.0% 79.4% 84.0% 82.0% 3",
    "Care leavers in suitable accommodation 90.1% 88.5% 91.7% 89.0% 87.3% 1",
]


@pytest.mark.parametrize(
    "line",
    [
        "2018/19 Bradford Leeds Kirklees SN avg. England Our rank (of 11)",
        "Statistical neighbours 2018/19 Bradford Leeds Kirklees SN avg. England Our rank (of 11)",
        "Indicators 2018/19 Bradford Leeds Kirklees SN average Eng. Rank of 11",
        "Measure (2018-19) Bradford Leeds Kirklees SN average National average Bradford rank",
    ],
)
def test_the_year_over_the_labels_of_a_table_of_places_is_the_tables(line: str) -> None:
    text = "\n\n".join(["How we compare", "\n".join([line, *_PLACES_BELOW])])
    found = read(text, authority="Bradford")
    seen = {
        (o.value, o.area.kind.value if o.area else None, o.period.code) for o in found if o.value in {21.3, 16.9, 22.6}
    }
    assert seen == {
        (21.3, "authority", "FY2018-19"),
        (16.9, "authority", "FY2018-19"),
        (22.6, "england", "FY2018-19"),
    }


def test_the_head_of_the_labels_may_be_words_that_nobody_knows_where_all_other_heads_are_known(
    knowledge: Knowledge,
) -> None:
    heads = "What will tell us Where we were (June 2020) Now (June 2021) Target (March 2022) Progress"
    rows = [
        "Re-referrals within 12 months 24.0% 21.4% 20% At risk",
        "Visits to children in need on time 81% 84% 90% In progress",
    ]
    found = fitted_header(line(heads), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert found is not None
    assert [column.head for column in found.columns] == [
        "What will tell us",
        "Where we were (June 2020)",
        "Now (June 2021)",
        "Target (March 2022)",
        "Progress",
    ]


def test_a_sentence_over_rows_is_no_line_of_heads(knowledge: Knowledge) -> None:
    rows = ["Re-referrals within 12 months 24.0% 21.4% 20%", "Visits on time 81% 84% 90%"]
    assert (
        fitted_header(
            line("Performance fell in June 2020 and rose in June 2021"),
            [line(r) for r in rows],
            knowledge,
            PeriodAnchor(),
        )
        is None
    )


def test_a_row_keeps_the_number_that_ends_its_label() -> None:
    rows = """Performance indicator Q3 20/21 Q4 20/21 Q1 21/22 Target DoT RAG
Children in care rate per 10,000 61.4 62.0 63.8 60 ^ A
Agency social workers 14% 16% 13% 12% v A
First-time entrants (rate per 100,000) 182 171 169 165 v G
"""
    assert seen(rows, period="2021-22-Q1") >= {
        ("cla_rate", "2021-06-30", "actual", 63.8),
        ("agency_sw_pct", "2021-22-Q1", "actual", 13.0),
        ("yj_fte_rate", "2021-22-Q1", "actual", 169.0),
        ("yj_fte_rate", "2020-21-Q3", "actual", 182.0),
    }


@pytest.mark.parametrize(
    "heads",
    [
        ["No.", "Performance measure", "Oct 16", "Nov 16", "Dec 16", "Target"],
        ["Measure", "31 March 2015", "31 March 2016", "Jun 16", "Sep 16"],
        ["Measure", "Jan", "Feb", "2007/08", "Target"],
    ],
)
def test_no_cut_parts_a_month_from_its_year_or_the_words_over_the_labels(
    heads: list[str], knowledge: Knowledge
) -> None:
    rows = ["1 Reviews held on time 91 93 94 95", "2 Visits made on time 82 85 80 90"]
    header = fitted_header(line(" ".join(heads)), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert header is not None
    assert [column.head for column in header.columns] == heads[heads[0] == "No." :]


def test_a_comment_behind_a_full_row_is_the_comments() -> None:
    rows = """Code Short name Q2 2018/19 Q3 2018/19 Current target Status Short trend Note
A1 Repeat referrals 22.5% 24.1% 20% Red Getting worse More families came back in the autumn.
A2 Single assessments in 45 days 81.0% 85.5% 85% Green Improving
A3 Contacts leading to a referral 31.0% 30.2% n/a Data only
A4 Reviews of children in care on time 94.0% 96.3% 95% Green Improving All services held their dates.
"""
    told = seen(rows, period="2018-19-Q3")
    assert told >= {
        ("rereferrals_pct", "2018-19-Q3", "actual", 24.1),
        ("rereferrals_pct", "2018-19-Q3", "target", 20.0),
        ("assessments_45_days_pct", "2018-19-Q2", "actual", 81.0),
        ("contacts_to_referral_pct", "2018-19-Q3", "actual", 30.2),
        ("cla_reviews_timely_pct", "2018-19-Q3", "actual", 96.3),
    }


def test_a_place_in_two_words_is_one_head(knowledge: Knowledge) -> None:
    heads = ["Indicator", "2016/17", "Apr-17", "May-17", "YTD", "17/18 Target", "Stat Neighbour", "England 2016"]
    rows = ["Repeat work 18% 19% 20% 19% 15% 21% 22%", "Plans reviewed 91% 92% 90% 91% 95% 94% 93%"]
    header = fitted_header(line(" ".join(heads)), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert header is not None
    assert [column.head for column in header.columns] == heads


def test_a_stretch_behind_a_month_is_a_column_of_its_own(knowledge: Knowledge) -> None:
    heads = ["Measure", "Nov", "Dec", "Jan", "12 months", "YTD", "Stat Neighbours", "England"]
    rows = [
        "Children starting to be looked after 12 8 15 138 112 - -",
        "Children in care per 10,000 64 65 65 - - 71 65",
    ]
    header = fitted_header(line(" ".join(heads)), [line(row) for row in rows], knowledge, PeriodAnchor())
    assert header is not None
    assert [column.head for column in header.columns] == heads
    text = "\n".join([" ".join(heads), *rows])
    assert {
        ("cla_started_count", "2023-01", "actual", 15.0),
        ("cla_started_count", "R12-2023-01", "actual", 138.0),
        ("cla_started_count", "YTD-2023-01", "actual", 112.0),
    } <= seen(text, period="2023-01")


def test_a_row_with_more_values_than_heads_is_not_read_under_them() -> None:
    text = (
        "Ref Indicator Target 2020/21 2021/22 Direction\n"
        "A1 Re-referrals within 12 months 20% 21.3% 22.2% 19.6% 20.8% 21.1% \u2193\n"
        "A2 Care leavers in suitable accommodation 95% 88.0% 89.1% 90.3% 91.5% 92.6% \u2191\n"
    )
    assert not {one for one in seen(text) if one[3] in {19.6, 20.8, 21.1, 90.3, 91.5, 92.6}}


def test_a_word_over_the_labels_and_years_over_the_values_are_heads() -> None:
    rows = """Table 2: reviews of children in care

Year 2016/17 2017/18 2018/19
Held on time 91% 93% 92%
Child took part 88% 90% 94%
"""
    assert seen(rows, period="FY2018-19") >= {
        ("cla_reviews_timely_pct", "FY2016-17", "actual", 91.0),
        ("cla_review_participation_pct", "FY2018-19", "actual", 94.0),
    }


def test_rows_with_a_value_too_many_stand_under_other_heads() -> None:
    text = """Scorecard

Indicator 2021/22 2022/23 Target
Some other line
Re-referrals within 12 months 22 21 20 19 20
Reviews of looked after children held in time 81 83 85 84 90
"""
    assert not [one for one in read(text) if (one.confidence or 0.0) >= 0.5]


def test_a_name_with_numbers_and_no_heads_says_nothing_but_where_the_first_is_their_sum() -> None:
    assert not read("Scorecard\n\nRe-referrals within 12 months 22 21 20 19 20\n")
    assert {one.value for one in read("Scorecard\n\nEarly help assessments started 90 21 20 19 30\n")} == {90.0}


def test_the_same_quarter_twice_without_a_year_is_doubted() -> None:
    text = """Scorecard

Indicator Q2 Q3 Q2 Q3
Re-referrals within 12 months 22% 21% 20% 19%
Looked after children reviewed in time 81% 83% 85% 84%
"""
    found = read(text)
    assert found
    assert all((one.confidence or 0.0) < 0.5 for one in found)


@pytest.mark.parametrize(
    ("heads", "rows", "values"),
    [
        (
            "Measure Elm Team Oak Team Night Duty Total Target",
            [
                "Re-referrals within 12 months (%) 22 24 18 21 20",
                "Supervision on time (%) 81 84 88 83 90",
                "Open CP plans 44 51 12 107",
            ],
            {
                ("rereferrals_pct", "actual", 21.0),
                ("rereferrals_pct", "target", 20.0),
                ("supervision_timely_pct", "actual", 83.0),
                ("supervision_timely_pct", "target", 90.0),
                ("cpp_count", "actual", 107.0),
            },
        ),
        (
            "Indicator Under 5 5 to 9 10 to 15 16+ All ages",
            ["Children looked after 41 66 120 95 322", "Children on CP plans 60 58 49 10 177"],
            {("cla_count", "actual", 322.0), ("cpp_count", "actual", 177.0)},
        ),
        (
            "Indicator Hillside Riverbank Moorland Borough",
            ["Children looked after 41 66 120 227", "Children on CP plans 60 58 49 167"],
            {("cla_count", "actual", 227.0), ("cpp_count", "actual", 167.0)},
        ),
        (
            "Indicator Hillside locality Riverbank locality Moorland locality",
            ["Children looked after 41 66 120", "Children on CP plans 60 58 49"],
            set(),
        ),
    ],
)
def test_values_of_teams_ages_and_localities_are_parts(
    heads: str, rows: list[str], values: set[tuple[str, str, float]]
) -> None:
    text = "\n".join(["Caseloads in December 2022", "", heads, *rows])
    found = {(o.indicator_id, o.role.value, o.value) for o in read(text) if (o.confidence or 0.0) >= 0.5}
    assert found == values


MONTHS = """Front door, April to August 2022

Apr May Jun Jul Aug YTD Target
Re-referrals within 12 months (%) 21.4 22.0 19.7 20.6 23.1 21.3 19.0
Referrals received 204 231 198 187 142 962
Visits to children on CP plans in timescale (%) 91.2 93.4 90.8 88.1 94.0 91.6 95.0
"""


def test_heads_that_all_stand_over_values_are_as_many_as_the_values() -> None:
    found = seen(MONTHS, period="2022-08")
    assert ("rereferrals_pct", "2022-08", "actual", 23.1) in found
    assert ("rereferrals_pct", "YTD-2022-08", "actual", 21.3) in found
    assert ("rereferrals_pct", "2022-08", "target", 19.0) in found


def test_a_row_one_value_short_of_full_ones_lacks_the_target_behind_its_times() -> None:
    found = {(time, role, value) for measure, time, role, value in seen(MONTHS, period="2022-08") if measure}
    assert {("2022-04", "actual", 204.0), ("2022-08", "actual", 142.0), ("YTD-2022-08", "actual", 962.0)} <= found


def test_a_row_one_value_short_stays_open_where_none_is_full() -> None:
    lines = [line for line in MONTHS.splitlines() if not line.startswith(("Ref", "Visits"))]
    found = read("\n".join(lines).replace(" 19.0", ""), period="2022-08")
    assert not [one for one in found if one.method is Method.TABLE or (one.confidence or 0.0) >= 0.6]


def test_the_sum_so_far_tells_where_a_short_row_of_counts_stands() -> None:
    alone = "\n".join(line for line in MONTHS.splitlines() if not line.endswith("0"))
    found = {(time, value) for measure, time, _, value in seen(alone, period="2022-08") if measure}
    assert found == {
        ("2022-04", 204.0),
        ("2022-05", 231.0),
        ("2022-06", 198.0),
        ("2022-07", 187.0),
        ("2022-08", 142.0),
        ("YTD-2022-08", 962.0),
    }


def test_ages_among_the_heads_are_no_years() -> None:
    text = (
        "Children in December 2022\n\nIndicator Total Boys Girls Under 5 5-10 11-15 16-17 Last month\n"
        "Children looked after 412 221 191 66 101 150 95 405\nChild protection plans 204 100 104 80 64 50 10 211\n"
    )
    assert seen(text, period="2022-12") == {
        ("cla_count", "2022-12", "actual", 412.0),
        ("cla_count", "2022-11", "actual", 405.0),
        ("cpp_count", "2022-12", "actual", 204.0),
        ("cpp_count", "2022-11", "actual", 211.0),
    }


def test_places_may_head_values_without_a_head_over_the_labels() -> None:
    text = (
        "How we compare, 2018/19\n\nOldham Bolton Bury SN Av Rank/11 Eng Quartile\n"
        "Re-referrals % 18.4 22.0 24.1 21.6 2 22.6 B\nReferrals per 10,000 642.1 510.3 598.7 613.9 6 544.5 C\n"
    )
    found = read(text, authority="Oldham")
    places = {(o.area.kind.value, o.value) for o in found if o.area and o.indicator_id == "rereferrals_pct"}
    assert {("statistical_neighbours", 21.6), ("england", 22.6), ("authority", 18.4)} <= places
    assert {o.quartile for o in found if o.value in {18.4, 642.1}} == {2, 3}


def test_heads_torn_into_words_below_one_another_are_put_together() -> None:
    heads = "PI Description|Statistical|Neighbours|Average|21/22|England|average|21/22|Oldham|21/22|Oldham|22/23|Q3"
    torn = heads.replace("|", "\n\n")
    text = (
        f"Corporate parenting\n\n{torn}\n\n% of CLA reviews held within timescale - 91.0 95.1 96.3\n\n"
        "% of CLA in the same placement for 2 years+ 68.0 69.0 64.1 66.0\n"
    )
    found = {
        (o.area.kind.value if o.area else None, o.period.code, o.value)
        for o in read(text, authority="Oldham")
        if o.indicator_id
    }
    assert ("statistical_neighbours", "2022-03-31", 68.0) in found
    assert {value for place, code, value in found if place == "authority" and code and code[:7] == "2022-12"} >= {66.0}


@pytest.mark.parametrize("head", ["Indicator Good", "lndicator Good", "Indicator Wanted"])
def test_a_head_over_high_and_low_is_that_of_polarity_whatever_it_says(head: str) -> None:
    text = (
        f"{head} Q3 21/22 Q1 22/23 Q2 22/23 Q3 22/23 Target RAG\n"
        "Number of children in care at period end Low 487 501 512 529 - -\n"
        "% CLA reviews within time limits High 98.0% 97.2% 96.8% 95.4% 98% A\n"
        "% care leavers in suitable accommodation High 96.4% 95.8% 97.1% 97.7% 96% G\n"
    )
    found = seen(text)
    assert ("cla_reviews_timely_pct", "2022-23-Q3", "actual", 95.4) in found
    assert ("cla_reviews_timely_pct", "2022-23-Q3", "target", 98.0) in found
    assert ("cla_count", "2022-12-31", "actual", 529.0) in found


def test_an_outturn_before_the_quarters_of_a_year_is_of_the_year_before() -> None:
    text = (
        "Measure Outturn Q1 Q2 Q3 Target\nRe-referrals (%) 21.6 20.1 19.9 18.8 21\nVacancies (%) 9.1 9.8 10.2 11.0 9\n"
    )
    assert ("rereferrals_pct", "FY2021-22", "actual", 21.6) in seen(text)


def test_heads_may_go_on_in_the_next_lines() -> None:
    text = (
        "How we compare, 2021/22\n\nIndicator Kent Essex Swindon West\nSussex SN\naverage England\n"
        "Referrals per 10,000 603.1 410.2 612.0 498.7 488.2 537.7\n% re-referrals 28.0 19.4 23.5 27.7 23.9 21.5\n"
    )
    found = {(o.area.name or o.area.kind.value, o.value) for o in read(text, authority="Kent") if o.area}
    assert found >= {("Kent", 28.0), ("West Sussex", 27.7), ("statistical_neighbours", 23.9), ("england", 21.5)}


def test_a_groups_name_below_the_heads_is_none_of_them() -> None:
    text = (
        "Measure Q1 22/23 Q2 22/23 Q3 22/23\nChild protection\nRepeat plans (%) 21.4 20.2 19.9\n"
        "Plans reviewed on time (%) 97.1 96.4 98.0\n"
    )
    assert ("cpp_second_subsequent_pct", "2022-23-Q3", "actual", 19.9) in seen(text)


@pytest.mark.parametrize(
    ("heads", "row", "period", "filled"),
    [
        ("KPI 2019/20 Target Q1 20/21 Q2 20/21 Q3 20/21 Q4 20/21", "Visits 81% 90% 84% 86%", "2020-21-Q2", 5),
        ("KPI 2019/20 Target Q1 Q2 Q3 Q4", "Visits 81% 90% 84% 86% 87%", "2020-21-Q3", 6),
        ("KPI Target Apr May Jun Jul Aug Sep Oct Nov Dec Jan Feb Mar", "Visits 90% 84% 86% 85%", "2020-06", 5),
        ("KPI Q1 Q2 Q3 Q4 YTD", "Visits 84% 86% 85%", "2020-21-Q2", 4),
        ("KPI Q1 Q2 Q3 Q4 Target", "Visits 84% 86% 85% 87% 90%", "2020-21-Q2", 6),
    ],
)
def test_what_was_still_to_come_may_be_empty(
    heads: str, row: str, period: str, filled: int, knowledge: Knowledge
) -> None:
    anchor = PeriodAnchor(document=parse_code(period))
    header = fitted_header(line(heads), [line(row), line(row)], knowledge, anchor)
    assert header is not None
    assert len(header.columns) == filled
    assert header.columns[0].head == "KPI"


def test_no_value_is_given_to_a_quarter_behind_the_reports_own() -> None:
    rows = """Measure 2021/22 Target Q1 22/23 Q2 22/23 Q3 22/23 Q4 22/23
Re-referrals within 12 months 22% 20% 21% 19%
Children in care with three or more placements 9% 10% 12% 11%
"""
    assert seen(rows, period="2022-23-Q2") >= {
        ("rereferrals_pct", "FY2021-22", "actual", 22.0),
        ("rereferrals_pct", "2022-23-Q2", "target", 20.0),
        ("rereferrals_pct", "2022-23-Q2", "actual", 19.0),
        ("cla_3plus_placements_pct", "2022-23-Q1", "actual", 12.0),
    }


def test_rows_that_end_where_the_report_does_stand_under_an_axis_of_times() -> None:
    rows = """Mar 22 Jun 22 Sep 22 Dec 22 Mar 23
Re-referrals within 12 months 22% 20% 21% 19%
Children in care with three or more placements 9% 10% 12% 11%
"""
    assert seen(rows, period="2022-23-Q3") >= {
        ("rereferrals_pct", "2022-03", "actual", 22.0),
        ("rereferrals_pct", "2022-12", "actual", 19.0),
        ("cla_3plus_placements_pct", "2022-06", "actual", 10.0),
    }


def test_targets_that_fill_all_times_tell_that_the_last_results_are_still_to_come() -> None:
    card = """## Re-referrals within 12 months

Target Wexcombe

Trend data - snapshot at quarter end

Last Year This Year

Sep 22 Dec 22 Mar 23 Jun 23
Wexcombe result 22% 21% 19%
Target 20% 20% 18% 18%
RAG Red Red Amber
"""
    assert seen(card, period="2022-23-Q4") >= {
        ("rereferrals_pct", "2022-09", "actual", 22.0),
        ("rereferrals_pct", "2023-03", "actual", 19.0),
        ("rereferrals_pct", "2023-06", "target", 18.0),
    }


def test_torn_heads_stand_over_rows_whose_labels_wrap() -> None:
    heads = "Measure\nname|England\n20/21|Wexcombe\n20/21|Wexcombe\n21/22|Wexcombe\n22/23\nQ1|Wexcombe\n22/23\nQ2"
    torn = heads.replace("|", "\n\n").replace("Wexcombe", "Leeds")
    text = (
        f"Part A\n\n{torn}\n\nRepeat referrals within twelve months of\nan earlier one 22.9 21.4 20.0 19.5 18.8\n\n"
        "Share of children in care who had three or\nmore placements 10 9.1 9.5 10.2 11.7\n"
    )
    assert seen(text, period="2022-23-Q2") >= {
        ("rereferrals_pct", "FY2020-21", "actual", 22.9),
        ("rereferrals_pct", "2022-23-Q1", "actual", 19.5),
        ("cla_3plus_placements_pct", "FY2021-22", "actual", 9.5),
        ("cla_3plus_placements_pct", "2022-23-Q2", "actual", 11.7),
    }


def test_torn_heads_stand_over_rows_where_a_blank_line_stands_behind_every_line() -> None:
    heads = "No.|Measure name|England|average|21/22|Leeds|21/22|Leeds|22/23|Q1|Leeds|22/23|Q2|Leeds|22/23|Q3"
    rows = (
        "1. Repeat referrals within twelve months|of an earlier one (rolling) 22.9 21.4 20.0 19.5|"
        "2. Share of children in care who had|three or more placements 10 9.1 10.2 11.7"
    )
    text = f"Dashboard December 2022|{heads}|{rows}|End|".replace("|", "\n\n")
    assert placed(text, period="2022-12") >= {
        ("rereferrals_pct", "england", "FY2021-22", "actual", 22.9),
        ("rereferrals_pct", "authority", "FY2021-22", "actual", 21.4),
        ("rereferrals_pct", "authority", "2022-23-Q2", "actual", 19.5),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q1", "actual", 10.2),
    }


def test_torn_heads_with_several_in_a_line_and_a_title_over_the_months_stand_over_their_rows() -> None:
    heads = (
        "Good is|Data|Period|Monthly Trends|Apr-21 May-21 Jun-21 Jul-21 Latest|RAG Num Denom Target|2021-22 Outturn|"
        "2020-21 Target|2020-21 RAG|2020-21 SN|2019-20 England|2019-20"
    )
    rows = (
        "C4 Repeat referrals in twelve months L R12M 21.3 20.9 20.4 20.8 AMBER 512 2,461 20.0 22.1 21.0 RED 19.7 22.0|"
        "C9 Children in care with 3 or more placements L R12M 9.9 9.7 10.2 10.4 RED 44 423 9.0 9.5 9.0 GREEN 11.1 10.0"
    )
    text = f"Scorecard July 2021|{heads}|{rows}|Page 2|".replace("|", "\n\n")
    assert placed(text, period="2021-07") >= {
        ("rereferrals_pct", "authority", "R12-2021-04", "actual", 21.3),
        ("rereferrals_pct", "authority", "FY2021-22", "target", 20.0),
        ("rereferrals_pct", "authority", "FY2020-21", "actual", 22.1),
        ("rereferrals_pct", "england", "FY2019-20", "actual", 22.0),
        ("cla_3plus_placements_pct", "statistical_neighbours", "FY2019-20", "actual", 11.1),
    }


def test_a_numbered_line_begins_the_label_of_the_row_below_it_where_rows_are_numbered() -> None:
    lines = (
        "Ref Measure 2020/21 2021/22 Q1 22/23 Q2 22/23",
        "7Rate of children in care per 10,000.",
        "Reported each quarter 61.0 62.2 63.1 64.0",
        "8% of children in care with three or more placements 9.0 10.1 9.6 10.2",
        "9% of children in care with an up to date Personal",
        "Education Plan 88.0 91.4 93.5 95.1",
    )
    assert placed("\n\n".join(lines) + "\n") >= {
        ("cla_rate", "authority", "2022-03-31", "actual", 62.2),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q2", "actual", 10.2),
        ("cla_pep_pct", "authority", "2022-09-30", "actual", 95.1),
    }


def test_no_head_of_labels_takes_in_the_head_of_the_first_values() -> None:
    rows = """Ref Measure Statistical Neighbours 21/22 England average 21/22 Leeds 21/22 Leeds 22/23 Q1 Leeds 22/23 Q2
Re-referrals within 12 months 22.9 21.4 20.0 19.1
Children in care with three or more placements 10 9.1 10.2 9.3
"""
    assert not placed(rows, period="FY2022-23")


def test_titles_above_heads_are_no_heads_where_a_blank_line_stands_behind_every_line() -> None:
    lines = (
        "Bradford Council",
        "Children's services performance 2021/22",
        "Measure 2019/20 2020/21 2021/22 Statistical neighbours England",
        "Re-referrals within 12 months 24.2% 23.1% 22.6% 20.4% 21.9%",
        "Care leavers in suitable accommodation 88.1% 89.0% 87.4% 90.2% 85.3%",
    )
    found = read("\n\n".join(lines) + "\n", authority="Bradford", period="FY2021-22")
    assert [(o.value, o.area.kind.value) for o in found if o.area and o.indicator_id == "rereferrals_pct"] == [
        (24.2, "authority"),
        (23.1, "authority"),
        (22.6, "authority"),
        (20.4, "statistical_neighbours"),
        (21.9, "england"),
    ]


def test_one_row_with_a_value_for_each_of_many_times_stands_under_them() -> None:
    rows = "May-22 Jun-22 Jul-22 Aug-22 Sep-22 Oct-22\n\nNumber of looked after children 301 304 309 311 308 315\n"
    assert {("cla_count", "2022-07", "actual", 309.0), ("cla_count", "2022-10", "actual", 315.0)} <= seen(rows)


@pytest.mark.parametrize("mark", ["\t", " | "])
def test_heads_of_values_stand_over_them_where_the_corner_was_lost(mark: str) -> None:
    rows = """Leeds|Bradford|Wakefield|England
Re-referrals within 12 months (%)|9.6|11.2|8.7|10.3
Children in care with three or more placements (%)|10.1|11.0|12.2|9.9
""".replace("|", mark)
    found = placed(rows)
    assert ("rereferrals_pct", "england", None, "actual", 10.3) in found
    own = {o.value for o in read(rows, authority="Leeds") if o.area and o.area.is_reporting_authority}
    assert own == {9.6, 10.1}


def test_heads_with_arrows_or_colours_behind_them_stand_over_their_values_where_the_corner_was_lost() -> None:
    rows = """Current|Target|England|RAG|Travel
Re-referrals within 12 months|9.6%|11.2%|10.3%|Green|↓
Care leavers in suitable accommodation|88.1%|90.0%|86.2%|Amber|↑
""".replace("|", "\t")
    assert {(area, role, value) for _, area, _, role, value in placed(rows)} == {
        ("authority", "actual", 9.6),
        ("authority", "target", 11.2),
        ("england", "actual", 10.3),
        ("authority", "actual", 88.1),
        ("authority", "target", 90.0),
        ("england", "actual", 86.2),
    }


def test_no_time_is_cut_where_another_of_its_kind_is_whole() -> None:
    rows = """Measure Target Q1 22/23 Q2 22/23 Q3 22/23
Re-referrals within 12 months 20.0% 22.1% 21.4% 20.9% 21.1%
Care leavers in suitable accommodation 90.0% 88.1% 87.2% 89.9% 90.4%
"""
    assert not placed(rows)


def test_a_place_over_the_labels_stays_there_where_marks_behind_the_values_have_no_head() -> None:
    rows = """Leeds\tQ1 2022/23\tQ2 2022/23
Re-referrals within 12 months\t21.4%\t20.0%\t↓
Children in care with three or more placements\t9.1%\t10.2%\t↑
"""
    assert ("rereferrals_pct", "2022-23-Q1", "actual", 21.4) in seen(rows)


def test_rows_of_tabs_among_comments_stand_under_torn_heads_far_above_them() -> None:
    torn = "Measure\n\nname\n\nStatistical\n\nneighbours\n\n21/22\n\nEngland\n\n21/22\n\nQ1\n\n22/23\n\nQ2\n\n22/23"
    text = (
        f"Part A\n\n{torn}\n\nRepeat referrals within twelve months of\nan earlier one\t22.9\t21.4\t19.5\t18.8\n"
        "Comments: Fewer families came back to us.\n\n"
        "Share of children in care who had three or\nmore placements\t10\t9.1\t10.2\t11.7\t\nComments: None.\n"
    )
    assert placed(text, period="2022-23-Q2") >= {
        ("rereferrals_pct", "statistical_neighbours", "FY2021-22", "actual", 22.9),
        ("rereferrals_pct", "authority", "2022-23-Q2", "actual", 18.8),
        ("cla_3plus_placements_pct", "england", "FY2021-22", "actual", 9.1),
        ("cla_3plus_placements_pct", "authority", "2022-23-Q1", "actual", 10.2),
    }


def test_a_label_full_of_numbers_is_one_where_its_values_fill_every_column() -> None:
    rows = """Measure England 20/21 Q1 22/23 Q2 22/23 Q3 22/23
Re-referrals within 12 months 22.7 21.0 20.4 19.9
CLA under 16 looked after for 2.5 years or more in the same placement for at least 2 years 70.0 63.8 65.2 66.0
"""
    assert ("cla_long_term_stability_pct", "2022-12-31", "actual", 66.0) in seen(rows)
