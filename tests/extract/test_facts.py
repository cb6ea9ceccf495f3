"""What a report says of itself: each fact with how it is known and from which words."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from townclerk.extract.facts import StatedFacts, settle_facts
from townclerk.extract.pipeline import Extractor
from townclerk.extract.reading.text import read_text
from townclerk.extract.settings import Settings
from townclerk.models.document import Document, Fact
from townclerk.models.errors import UsageError
from townclerk.models.period import parse_code
from townclerk.models.units import Basis
from townclerk.patterns.gazetteer import load_gazetteer

COMMITTEE_REPORT = """**CHILDREN AND LEARNING SCRUTINY PANEL**
**- 14 MARCH 2019**

**REPORT OF THE DIRECTOR OF PEOPLE**

**QUARTER 3 2018/19 PERFORMANCE REPORT**

**Purpose of the Report**

1. This report tells the Children and Learning Scrutiny Panel how services did at the end of quarter 3 of 2018/19.

2. In Devon 88% of reviews were on time. This places Devon in the second quartile. Devon County Council will go on.
"""

SLIDES = """Children's performance, Q1 (April-June) 2021/22

A. Person
Data Manager

www.derbyshire.gov.uk

Children Looked After

Rose to 801 from 790. In July it was 806.

www.derbyshire.gov.uk
"""

NEIGHBOURS = """Our neighbours compared

Measure 2019/20\tBolton\tBury\tRochdale\tWigan\tOldham\tSN average
Repeat referrals\t19%\t21%\t20%\t18%\t22%\t20%
Visits on time\t90%\t91%\t88%\t93%\t95%\t91%

Wigan Council did best. Performance in Wigan was steady in the year. In Wigan visits were on time.
"""

DASHBOARD = """Plans reviewed on time

November 2021

Target

95%

Actual

91%

Visits carried out on time

November 2021

Target

90%

Actual

84%
"""


def settled(text: str, name: str = "report.txt", stated: StatedFacts | None = None) -> Document:
    document = read_text(text, name, "0" * 64, "utf-8")
    settle_facts(document, load_gazetteer(), stated)
    return document


def authority(document: Document) -> tuple[str | None, str | None, Basis]:
    fact = document.facts.authority
    return (fact.value.name if fact.value else None, fact.value.gss_code if fact.value else None, fact.basis)


def period(document: Document) -> tuple[str | None, Basis]:
    fact = document.facts.period
    return (fact.value.code if fact.value else None, fact.basis)


class TestCommitteeReport:
    document = settled(COMMITTEE_REPORT)

    def test_title(self) -> None:
        assert self.document.facts.title.value == "QUARTER 3 2018/19 PERFORMANCE REPORT"

    def test_committee(self) -> None:
        assert self.document.facts.committee.value == "CHILDREN AND LEARNING SCRUTINY PANEL"

    def test_meeting_date_is_not_the_period(self) -> None:
        assert self.document.facts.meeting_date.value == date(2019, 3, 14)
        assert period(self.document) == ("2018-19-Q3", Basis.STATED)

    def test_authority(self) -> None:
        assert authority(self.document) == ("Devon", "E10000008", Basis.STATED)

    def test_every_fact_shows_its_words(self) -> None:
        facts = self.document.facts
        every: list[Fact[Any]] = [facts.title, facts.authority, facts.committee, facts.meeting_date, facts.period]
        for fact in every:
            assert fact.span is not None
            assert self.document.text[slice(*fact.span)].replace("\n", " ") == fact.words


class TestAuthority:
    def test_from_a_web_address(self) -> None:
        assert authority(settled(SLIDES)) == ("Derbyshire", "E10000007", Basis.STATED)

    def test_comparators_in_a_table_do_not_count(self) -> None:
        assert authority(settled(NEIGHBOURS))[0] == "Wigan"

    def test_one_the_gazetteer_lacks_is_as_stated(self) -> None:
        text = "Wexcombe Council\n\nChildren's Services Performance, Quarter 2 2021/22\n\nContacts rose to 900."
        assert authority(settled(text)) == ("Wexcombe", None, Basis.STATED)

    def test_a_borough_s_name_goes_on_behind_a_small_word(self) -> None:
        text = "London Borough of Wexcombe with Rotherley\n\nChildren's Services Performance, Quarter 2 2021/22\n\n"
        assert authority(settled(text + "Contacts rose to 900."))[0] == "Wexcombe with Rotherley"

    def test_the_council_is_no_name(self) -> None:
        assert authority(settled("# Performance\n\nThe County Council and the Youth Council met.")) == (
            None,
            None,
            Basis.UNKNOWN,
        )

    def test_the_head_of_a_column_before_a_council_is_no_part_of_its_name(self) -> None:
        heads = "Year Wexcombe Council SN average\n2018/19 67.1% 70.9%\n\n"
        assert authority(settled("Wexcombe Council\n\nHow we compare\n\n" + heads * 3))[0] == "Wexcombe"

    def test_a_name_that_is_an_everyday_word_needs_its_organisation(self) -> None:
        assert authority(settled("# Reading and Bath time\n\nReading is fun."))[0] is None
        assert authority(settled("# Inspection of Reading local authority\n\nReading is fun."))[0] == "Reading"

    def test_the_file_name_is_the_last_resort(self) -> None:
        document = settled("# Scorecard\n\nContacts rose.", "2019-cumbria_county-q3.txt")
        assert authority(document)[0] == "Cumbria"
        assert document.facts.authority.basis is Basis.INFERRED
        assert document.facts.authority.words == "file name"

    def test_a_joint_report_has_none_of_its_own(self) -> None:
        text = "Kingston and Sutton joint service\n\nSutton Council and Croydon Council run this together.\n"
        document = settled(text)
        assert document.facts.authority.value is None
        assert "named alike" in document.facts.authority.words

    def test_a_name_torn_over_two_lines(self) -> None:
        text = "Inspection of North East\nLincolnshire local authority\n\nChildren in North East Lincolnshire are safe."
        assert authority(settled(text))[0] == "North East Lincolnshire"


class TestPeriod:
    def test_from_the_title(self) -> None:
        assert period(settled(SLIDES)) == ("2021-22-Q1", Basis.STATED)

    def test_from_a_month_that_comes_back(self) -> None:
        assert period(settled(DASHBOARD))[0] == "2021-11"

    @pytest.mark.parametrize(
        ("opening", "code"),
        [
            ("This report covers the period October to December 2019.", "2019-20-Q3"),
            ("This is an update on performance for quarter 4 of 2017/18.", "2017-18-Q4"),
            (
                "Members heard how the service performed, with performance at the end of quarter 2 of 2018/19.",
                "2018-19-Q2",
            ),
            ("All data are as at 31 August 2020.", "2020-08-31"),
            ("The paper was a summary which covered the period of July 2022 to September 2022.", "2022-23-Q2"),
            (
                "The board was to look at a report on performance indicators for the year ending March 2022.",
                "FY2021-22",
            ),
            ("Officers spoke to slides on quarter two performance from July 2022 to September 2022.", "2022-23-Q2"),
            ("The committee had a report on performance for the year to November 2021.", "R12-2021-11"),
            ("It gave an overview of activity which had taken place between April 2021 and March 2022.", "FY2021-22"),
            ("The paper covers the nine months from April to December 2018.", "YTD-2018-12"),
            ("Here the panel will find our numbers of children as of 31 May 2021.", "2021-05-31"),
            ("Activity of the service in the year ended 31 March 2019 is set out below.", "FY2018-19"),
            ("The head of service summed up performance at the end of the third quarter of 2015/16.", "2015-16-Q3"),
        ],
    )
    def test_from_the_opening_words(self, opening: str, code: str) -> None:
        found = settled(f"# Scorecard\n\n1. {opening}\n").facts.period.value
        assert found is not None
        assert found.end == parse_code(code).end

    @pytest.mark.parametrize(
        ("front", "code"),
        [
            ("# Our numbers\n\nWexcombe Council\n\n## Data for August 2019\n", "2019-08"),
            ("Fact sheet: Q2 2018/19\n\nWexcombe Council\n\nOne page for members.\n", "2018-19-Q2"),
            ("# Scrutiny Panel\n\nReport to: Scrutiny Panel\n\n# Off the mark: Q4 2012/13\n", "2012-13-Q4"),
            ("# Notes on the data for June 2015\n\n## What changed since the last report\n", "2015-06"),
            ("# Wexcombe Council\n\n**May 2016: what is off course**\n\nDirectors explain below.\n", "2016-05"),
            (
                "Wexcombe Council\n\nNumbers for quarter 2 of 2018/19\n\nQuarter 2 2018/19 (July to September 2018)\n",
                "2018-19-Q2",
            ),
            ("# Our improvement plan, month by month: May 2020\n\nThe plan was agreed in March 2018.\n", "2020-05"),
            ("# Conference chairs\n\nYearly report\n1st April 2017 - 31st March 2018\n\nWe are ten.\n", "FY2017-18"),
            ("# LADO SERVICE\nAnnual Report 1 April 2018 to 31 March 2019\n\nForeword\n\nWelcome.\n", "FY2018-19"),
            (
                "# Panel\n\n## She spoke to the scorecard for quarter 3 of 2016/17. They heard that:\n\n- all fell.\n",
                "2016-17-Q3",
            ),
            ("# Virtual head's annual report\n\nAcademic Year 2016 - 2017\n\nWe are ten.\n", "AY2016-17"),
        ],
    )
    def test_from_a_line_of_the_front_that_says_little_else(self, front: str, code: str) -> None:
        assert period(settled(front))[0] == code

    def test_a_cover_month_is_neither_title_nor_period_where_the_opening_says_another(self) -> None:
        text = (
            "# Wexcombe Council\n\n# Children's Services Self-Evaluation\n\nFor the scrutiny panel\n\n# July 2019\n\n"
            "Unless we say otherwise the figures are for 2018/19 and comparisons are with 2017/18.\n"
        )
        facts = settled(text).facts
        assert facts.title.value == "Children's Services Self-Evaluation"
        assert period(settled(text))[0] == "FY2018-19"

    def test_a_sentence_on_all_figures_outweighs_the_month_of_issue_among_other_times(self) -> None:
        cover = "# Wexcombe Council\n\n# Self-evaluation\n\n# January 2023\n\n"
        seen = "Prepared for the Scrutiny Committee, 19 January 2023\n\n"
        opening = "We were inspected in May 2019 and visited in October 2021. Unless a section says something else, "
        told = "figures in this paper are for the six months from April to September 2022.\n"
        document = settled(cover + seen + opening + told)
        assert period(document)[0] == "YTD-2022-09"
        assert document.facts.meeting_date.value == date(2023, 1, 19)

    def test_an_inspection_told_of_takes_no_time_from_a_title_that_has_one(self) -> None:
        text = "# Front door: quarter 2 update 2021/22\n\nA peer review found Ofsted's last inspection right.\n"
        assert period(settled(text))[0] == "2021-22-Q2"

    def test_the_month_of_a_meeting_is_no_period(self) -> None:
        text = "# Five year trends\n\nDate: 20 September 2021\n\nIt replaces the dashboard for the September meeting.\n"
        assert period(settled(text))[0] is None

    def test_a_quarter_without_a_year_takes_it_from_the_meeting(self) -> None:
        text = "Scrutiny Committee\n\nDate: 10 February 2020\n\n# Quarter 3 performance report\n\nContacts rose.\n"
        assert period(settled(text)) == ("2019-20-Q3", Basis.INFERRED)

    def test_the_cell_beside_a_head_does_not_take_it_away(self) -> None:
        table = "Measure\tOct 16\tNov 16\tDec 16\tTarget\nRe-referrals\t20%\t21%\t22%\t20%\n"
        assert period(settled(table))[0] == "2016-12"

    def test_the_title_tells_the_time_where_it_is_printed_as_plain_text(self) -> None:
        text = "Fostering Service Annual Report 2015-16\n\nAt 31st March 2016 there were 184 fostering households.\n"
        document = settled(text)
        assert document.facts.title.value == "Fostering Service Annual Report 2015-16"
        assert period(document)[0] == "FY2015-16"

    @pytest.mark.parametrize(
        ("title", "code"),
        [
            ("Early Help: quarter 3 highlight report 2019/20", "2019-20-Q3"),
            ("Education standards report 2018", "CY2018"),
            ("Safeguarding review 2018", None),
        ],
    )
    def test_a_title_with_its_year_apart_or_bare(self, title: str, code: str | None) -> None:
        assert period(settled(f"{title}\n\nChildren did well in our schools.\n"))[0] == code

    def test_activity_in_the_title_is_no_act(self) -> None:
        document = settled("Front door activity, quarter 1 2021-22\n\nThe team took 4,103 contacts in the quarter.\n")
        assert period(document)[0] == "2021-22-Q1"

    def test_a_heading_of_one_word_is_no_title_beside_one_that_names_report_and_year(self) -> None:
        text = "IRO annual report 2018/19: our children\n\n# Performance\n\n97% of reviews were held in time.\n"
        document = settled(text)
        assert document.facts.title.value == "IRO annual report 2018/19: our children"
        assert period(document)[0] == "FY2018-19"

    def test_a_virtual_school_reports_on_a_school_year(self) -> None:
        document = settled("Ashmere Virtual School\nAnnual report 2022/23\n\n98% of plans were completed.\n")
        assert period(document)[0] == "AY2022-23"

    def test_a_strategy_in_the_title_is_no_period(self) -> None:
        assert period(settled("# Children's plan 2017-2020\n\nWe want every child to be safe.\n"))[0] is None
        assert period(settled("# Sufficiency strategy\n\n2017 - 2018\n\nWe want every child to be safe.\n"))[0] is None

    def test_an_inspection_has_none(self) -> None:
        text = "Wexcombe\n\nInspection of children's services\n\nInspection dates: 4 March to 15 March 2019\n\nSafe."
        assert period(settled(text)) == (None, Basis.UNKNOWN)
        assert settled(text).facts.meeting_date.value is None


class TestFrontMatter:
    def test_labels(self) -> None:
        text = (
            "Report to:\tCorporate Parenting Board\nDate:\t7 June 2022\nTitle:\tHow our children did, 2021/22\n"
            "Period:\t2021/22\n\nContacts rose.\n"
        )
        facts = settled(text).facts
        assert facts.committee.value == "Corporate Parenting Board"
        assert facts.meeting_date.value == date(2022, 6, 7)
        assert facts.title.value == "How our children did, 2021/22"
        assert facts.period.value is not None
        assert facts.period.value.code == "FY2021-22"

    def test_publication_is_no_meeting(self) -> None:
        assert settled("# Children's report\n\nPublished: 3 May 2021\n").facts.meeting_date.value is None

    @pytest.mark.parametrize(
        ("front", "moment"),
        [
            ("# Wexcombe Council\n\nMinutes of the Children's Panel held on Monday 4 March 2019\n", date(2019, 3, 4)),
            ("# Wexcombe Council\n\n# Panel\n\nMINUTES of a meeting held on 4 March 2019 at 6pm\n", date(2019, 3, 4)),
            ("# Wexcombe Council\n\n# Panel\n\nAgenda\n\n1. Minutes of the meeting held on 4 March 2019\n", None),
            ("# Wexcombe Council\n\n# Panel\n\nMinutes of the previous meeting, 4 March 2019\n", None),
        ],
    )
    def test_minutes_tell_of_their_own_meeting(self, front: str, moment: date | None) -> None:
        assert settled(front).facts.meeting_date.value == moment

    def test_nothing_said_is_nothing_known(self) -> None:
        facts = settled("Contacts rose by nine.\n").facts
        assert [facts.authority.basis, facts.period.basis, facts.meeting_date.basis] == [Basis.UNKNOWN] * 3


class TestStated:
    def test_the_user_wins(self) -> None:
        stated = StatedFacts(authority="Harlowshire", period="2018-12", meeting_date=date(2019, 1, 9))
        document = settled(COMMITTEE_REPORT, stated=stated)
        assert authority(document) == ("Harlowshire", None, Basis.STATED)
        assert period(document) == ("2018-12", Basis.STATED)
        assert document.facts.meeting_date.value == date(2019, 1, 9)
        assert (document.facts.authority.words, document.facts.period.words) == ("--authority", "--period")

    def test_a_known_authority_gets_its_code_and_words_are_a_period_too(self) -> None:
        document = settled(SLIDES, stated=StatedFacts(authority="Leeds City Council", period="Q2 2020/21"))
        assert authority(document)[:2] == ("Leeds", "E08000035")
        assert period(document) == ("2020-21-Q2", Basis.STATED)

    def test_what_is_no_period_is_a_usage_error(self) -> None:
        with pytest.raises(UsageError, match="2018-19-Q3"):
            settled(SLIDES, stated=StatedFacts(period="soonish"))


FRAGMENTS = [
    "Devon County Council",
    "Committee",
    " 3 May 2019",
    "Quarter 2 2019/20",
    "\n\n",
    "\n",
    "Date: ",
    "# ",
    "\t",
]


@given(st.lists(st.one_of(st.sampled_from(FRAGMENTS), st.text(max_size=8)), max_size=20).map("".join))
@settings(max_examples=150, deadline=None)
def test_facts_of_any_text_lie_inside_it(text: str) -> None:
    facts = settled(text).facts
    every: list[Fact[Any]] = [facts.title, facts.authority, facts.committee, facts.meeting_date, facts.period]
    for fact in every:
        assert (fact.value is None) == (fact.basis is Basis.UNKNOWN)
        if fact.span is not None:
            assert 0 <= fact.span[0] < fact.span[1] <= len(text)


@pytest.mark.parametrize(
    ("opening", "code"),
    [
        ("Position: October to December 2020", "2020-21-Q3"),
        ("The numbers in this paper are for quarter 2 of 2019/20 unless another date is shown.", "2019-20-Q2"),
        ("All measures run to the month ending 30 November 2021.", "2021-11"),
    ],
)
def test_a_sentence_on_all_the_figures_gives_the_period(opening: str, code: str) -> None:
    document = settled(f"# Children in Wexcombe at a glance\n\n{opening}\n\n## Help\n\n40 families")
    assert document.facts.period.value is not None
    assert document.facts.period.value.code == code


@pytest.mark.parametrize(
    ("heads", "code"),
    [
        ("Indicator\tQ3 2018/19\tQ4 2018/19\tQ1 2019/20\tTarget\tTrend", "2019-20-Q1"),
        ("Indicator\tQ4 2018/19\tQ1 2019/20\tQ4 2019/20 target\tTrend", "2019-20-Q1"),
    ],
)
def test_the_newest_head_in_line_is_the_reports_time_whatever_heads_the_next_column(heads: str, code: str) -> None:
    document = settled(f"{heads}\nRepeat work\t18%\t19%\t20%\t15%\n")
    assert document.facts.period.value is not None
    assert document.facts.period.value.code == code


def test_times_that_date_earlier_values_do_not_outweigh_the_title() -> None:
    cards = "\n\n".join(
        f"Measure {name}\n\n{value}%\n\nMay 2018: {value - 3}%"
        for name, value in zip("ABCDEF", range(60, 66), strict=True)
    )
    document = settled(f"**Service digest – May 2019**\n\n{cards}\n")
    assert document.facts.period.value is not None
    assert document.facts.period.value.code == "2019-05"


def test_a_day_alone_that_closes_a_quarter_is_the_datas_not_a_meetings() -> None:
    extractor = Extractor(Settings(authority="Wexcombe"))
    facts = extractor.read(b"Social care at a glance\n30 September 2018\n\nContacts: 2,911\n", "sheet.txt").facts
    assert facts.meeting_date.value is None
    assert facts.period.value is not None
    assert facts.period.value.code == "2018-09-30"


def test_months_above_values_in_boxes_do_not_outweigh_the_day_of_the_data() -> None:
    boxes = "\n\n".join(
        f"B{number}\n{name}\nJul-22\n81%\nAug-22\n86%\nSep-22\n92%\nTarget\n95%"
        for number, name in enumerate(["Visits held on time", "Plans made on time", "Reviews held on time"])
    )
    document = settled(f"# Dashboard\n\nData to 30 September 2022\n\n{boxes}\n")
    assert document.facts.period.value is not None
    assert document.facts.period.value.end == date(2022, 9, 30)


_EVENT = "Wexcombe Council\n\n# Where we stand\n\n**Prepared for the peer challenge of April 2023**\n\n"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("Data to 28 February 2023 unless we say so.", "2023-02-28"),
        ("All figures are as at 28 February 2023 unless otherwise noted.", "2023-02-28"),
        ("Numbers here run to the end of January 2023.", "2023-01-31"),
    ],
)
def test_no_figure_is_of_a_later_time_than_its_data(told: str, code: str) -> None:
    assert period(settled(f"{_EVENT}{told}\n\nRe-referrals are at 21.4%.\n"))[0] == code


def test_the_month_a_paper_is_written_for_dates_no_figure() -> None:
    assert period(settled(f"{_EVENT}Re-referrals are at 21.4%.\n"))[0] is None


def test_a_day_of_data_behind_the_quarter_in_the_title_is_no_new_time() -> None:
    text = "Wexcombe Council\n\n# Performance report, Quarter 3 2022/23\n\nData as at 16 January 2023.\n\nText.\n"
    assert period(settled(text))[0] == "2022-23-Q3"


def test_a_report_that_tells_to_what_day_its_data_runs_is_no_inspections_letter() -> None:
    text = (
        "Wexcombe Council\n\nChildren at a glance\n\nFigures to 31 May 2023\n\nA peer review in March saw 20 files.\n"
    )
    assert period(settled(text))[0] == "2023-05-31"


def test_a_weekday_parts_the_words_of_a_position_from_its_day() -> None:
    text = (
        "Wexcombe Council\n\nImprovement dashboard no. 6\n\nPosition as at Thursday 9 November 2023\n\n"
        "Background: inadequate judgement March 2023, improvement notice May 2023, commissioner appointed June 2023.\n"
    )
    assert period(settled(text))[0] == "2023-11-09"


@pytest.mark.parametrize(
    ("told", "code"),
    [
        ("The officer spoke to the paper, an overview of the main measures of the care service for Quarter 3 2021/22.",
         "2021-22-Q3"),
        ("Members received the scorecard for Quarter 1 2021/22, in which 81% of reviews were in time.", "2021-22-Q1"),
        ("The paper gives an overview of the strategy agreed for 2020/21.", None),
        ("The overview shows that 19 children were adopted in Quarter 1 of 2021/22.", None),
    ],
)  # fmt: skip
def test_what_a_report_is_presented_for_is_its_time(told: str, code: str | None) -> None:
    assert period(settled(f"Agenda item\n\nPerformance on one page\n\n{told}\n"))[0] == code


@pytest.mark.parametrize(
    ("front", "code"),
    [
        ("Children's scorecard\n\nQuarter 3\n\n2018/19", "2018-19-Q3"),
        ("Children's scorecard\n\n2018/19\n\nQuarter 1", "2018-19-Q1"),
        ("CORPORATE PERFORMANCE UPDATE - QUARTER TWO\n\nThe panel had the report for 2018/19.", "2018-19-Q2"),
        ("Children's scorecard, Quarter Two 2018 to 2019", "2018-19-Q2"),
        ("Performance report - Quarter 4 and year end\n\n2018/19", "FY2018-19"),
        ("Children's scorecard\n\n2018/19\n\nQuarter 1\n\nQuarter 2", "FY2018-19"),
    ],
)
def test_a_quarter_and_its_year_may_stand_apart(front: str, code: str) -> None:
    assert period(settled(f"Wexcombe Council\n\n{front}\n\nReferrals fell.\n"))[0] == code


def test_a_file_named_for_the_month_of_its_meeting_tells_no_time_of_its_data() -> None:
    text = "Wexcombe Council\n\nSocial care activity\n\nScrutiny Committee, 14 November 2017\n\nReferrals fell.\n"
    assert period(settled(text, "activity_nov_2017.txt"))[0] is None
    assert period(settled(text, "activity_sep_2017.txt"))[0] == "2017-09"


def test_months_told_of_in_a_sentence_are_no_heads_of_columns() -> None:
    told = "Referrals rose in November 2011 (164) and December 2011 (189)."
    assert period(settled(f"Wexcombe Council\n\nSocial care activity\n\nText without a time.\n\n{told}\n"))[0] is None


def test_of_two_days_that_data_runs_to_the_earlier_holds() -> None:
    text = (
        "Wexcombe Council\n\nCare report\nMarch 2024\n\nActivity to end of January 2024\n"
        "Key indicators to end of December 2023 (provisional)\n\nText without a time.\n"
    )
    assert period(settled(text))[0] == "2023-12-31"


def test_a_year_whose_data_is_not_out_is_not_the_reports() -> None:
    told = "Data for 2019/20 and 2020/21 has not been published. Counts from our own system are used."
    assert period(settled(f"Wexcombe Council\n\nYouth justice\n\n{told}\n"))[0] is None


def test_what_a_bracket_adds_to_the_quarter_on_the_front_does_not_make_it_a_line_of_heads() -> None:
    front = "Corporate Parenting Board\n\nQuarter 2: 1 July 2021 – 30 September 2021\n(with updates for October 2021)"
    assert period(settled(f"{front}\n\nHead of Service\n\nText without a time.\n"))[0] == "2021-22-Q2"


BODY = """Wexcombe Council

Children's Scrutiny Committee, 14 November 2017

Social work activity

1. A list of open cases was taken on 30 September 2017.

2. Of the 800 contacts received in the quarter July to September 2017, 210 became referrals.

3. In the year ending September 2017 there were 900 referrals, against 950 in 2015/16.
"""


def test_where_the_front_tells_no_time_it_is_the_one_that_the_text_comes_back_to() -> None:
    assert period(settled(BODY)) == ("2017-18-Q2", Basis.INFERRED)


@pytest.mark.parametrize(
    "text",
    [
        # Without a meeting a time must be told of oftener.
        BODY.replace(", 14 November 2017", ""),
        BODY.replace("14 November 2017", "14 November 2019"),
        BODY.replace("30 September", "31 August"),
    ],
)
def test_a_time_told_seldom_or_long_before_the_meeting_is_not_the_reports(text: str) -> None:
    assert period(settled(text))[0] is None


ASSESSMENT = """Wexcombe needs assessment

Page last refreshed: November 2013

1. On 31 March 2013 we looked after 376 children; on 31 March 2009 it was 298.

2. In 2012/13 we took in 140 children. Of the 376 children on 31 March 2013, 61 were placed outside the borough.

3. Assessments rose in 2012/13. At March 2013 there were 210 children on a plan; by 2018 we may have 260.
"""


def test_an_undated_assessment_is_of_the_year_that_it_tells_of_most() -> None:
    assert period(settled(ASSESSMENT)) == ("FY2012-13", Basis.INFERRED)
    later = "\n4. In June 2013 we had 380, in July 2013 384 and in August 2013 388.\n"
    assert period(settled(ASSESSMENT + later))[0] is None


def test_a_summary_says_once_what_all_its_figures_are_for() -> None:
    told = "Unless dated otherwise the figures in this summary are for the nine months April to December 2022."
    text = f"Self-evaluation summary\n\nJanuary 2023, prepared for the annual conversation\n\n{told}\n"
    assert period(settled(text))[0] == "YTD-2022-12"


@pytest.mark.parametrize("line", ["Quarter 3 2021/22 performance", "Quarter 3 2021/22 children's services headlines"])
def test_a_line_that_begins_with_the_time_and_ends_as_a_title_does_dates_the_report(line: str) -> None:
    assert period(settled(f"Wexcombe Council\n{line}\n\nKey headlines\n\nContacts rose.\n"))[0] == "2021-22-Q3"
