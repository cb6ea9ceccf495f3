"""Times in running text. Every sentence is from a made-up report on Q3 2022/23, for a meeting on 14 February 2023."""

from __future__ import annotations

from datetime import date

import pytest

from tests.extract.spotting.periods.annotated import read
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, resolve, times_apart
from townclerk.models.period import parse_code

REPORT = PeriodAnchor(parse_code("2022-23-Q3"), date(2023, 2, 14))

SENTENCES = {
    "quarters": [
        "Repeat plans rose to 24% in [[quarter three=2022-23-Q3]], from 19% in [[Q2=2022-23-Q2]].",
        "[[Q3 (October - December) 2022/23=2022-23-Q3]] performance",
        "Vacancies were 11% [[in the quarter=2022-23-Q3]] and 9% in [[the quarter before=2022-23-Q2]].",
        "The rate was 61 in [[Q3 last year=2021-22-Q3]] and 58 in [[the final quarter of 2021-22=2021-22-Q4]].",
        "Custody: [[Quarter 4=2021-22-Q4]] is the newest figure.",
        "Over [[Q1 to Q3 2022/23=YTD-2022-12]] there were 48 adoptions.",
        "Plans ending in [[Jan-Mar 2022 (Q4)=2021-22-Q4]] were longer.",
        "In the [[second quarter=2022-23-Q2]] it was 71%; [[the following quarter=2022-23-Q4]] will tell.",
    ],
    "titles and file names": [
        "[[QUARTER 2 PERFORMANCE REPORT 2021/22=2021-22-Q2]]",
        "[[Quarter 3 (Q3) 2022/23=2022-23-Q3]]",
        "[[Half Year Performance Report 2022/23=YTD-2022-09]]",
        "scorecard_[[Q2_2021-22=2021-22-Q2]].pdf",
        "[[Q2 202122=2021-22-Q2]]",
    ],
    "days": [
        "Inspected [[6 March 2017–30 March 2017=2017-03-06/2017-03-30]]",
        "[[From July 1 2021 to 30 June 2022=R12-2022-06]] there were 312.",
        "[[October 1st to December 31st, 2021=2021-22-Q3]] 80.",
        "All closed [[from 1 April 2021 to September 2021=YTD-2021-09]].",
        "All closed [[1 April 2020 through to 31 March 2021=FY2020-21]].",
        "There were 41 at [[June 30 2021=2021-06-30]] and [[June 30 2022=2022-06-30]] alike.",
        "[[31-Mar-22=2022-03-31]] [[30-Sep-2022=2022-09-30]]",
        "As [[at Month End: October 2022=2022-10-31]]",
        "[[At the end of December 2022=2022-12-31]] 512 children were looked after, 498 on [[1st April=2022-04-01]].",
        "The census of [[30.09.22=2022-09-30]] counted 140 social workers.",
        "There were 44 on [[2022-11-30=2022-11-30]] and 46 [[at period end=2022-12-31]].",
        "It stood at 62 [[at the end of Q1=2022-06-30]], and [[at the start of the financial year=2022-04-01]] at 60.",
        "By [[31 March 2024=2024-03-31]] it should be 90%.",
    ],
    "months": [
        "In [[November=2022-11]] it fell to 80%; by [[January=2023-01]] it was back at 84%.",
        "Dental checks: [[Aug-22=2022-08]] [[Sep-22=2022-09]] [[Oct-22=2022-10]]",
        "Down from 31 in [[December last year=2021-12]], and from 29 [[the previous month=2022-11]].",
        "Measure [[Mar=2022-03]] [[Apr=2022-04]] [[May=2022-05]] Target",
        "Visits in time [[May=2022-05]] 91.5% [[Apr=2022-04]] 88%, and Mrs May said so.",
        "Latest [[March=2022-03]] of us",
        "May need review. In [[May=2022-05]] 12 children may move; the march of time.",
        "[[Month 7=2022-10]] was the busiest.",
        "[[Nov 22=2022-11]]: dip to 81%. [[Sept. 2022=2022-09]]: 85%.",
        "In [[Octobcr 2021=2021-10]] and [[Decernber 2021=2021-12]] it was steady.",
        "In [[March=2022-03]] 20 children were counted.",
    ],
    "years": [
        "In [[2019/20=FY2019-20]] 18%.",
        "[[Last year=FY2021-22]] 19%, [[the year before last=FY2020-21]] 21%.",
        "National figures for [[the year ending March 2022=FY2021-22]] are out.",
        "[[FY21=FY2020-21]] is final.",
        "Absence in the [[2021/22 academic year=AY2021-22]] was 8%.",
        "[[Last academic year=AY2021-22]] it was published late.",
        "Tribunal appeals in [[calendar year 2021=CY2021]] were 40; in [[2020=CY2020]] they were 35.",
        "The target for [[next year=FY2023-24]] is 95%.",
        "[[The year-end=FY2022-23]] target is 92%, the [[2023/24 year end=FY2023-24]] target 94%.",
        "[[The annual=FY2022-23]] target is 92%.",
    ],
    "running totals": [
        "41 children were adopted [[since April=YTD-2022-12]]; [[year to date=YTD-2022-12]] referrals are 3,010.",
        "[[So far this year=YTD-2022-12]] 77%, [[over the last 12 months=R12-2022-12]] 75%.",
        "The [[rolling year to November=R12-2022-11]] gives 73%.",
        "[[12 months to 30 September 2022=R12-2022-09]] gave 70%.",
        "[[YTD 2021/22=YTD-2021-12]] 61, [[YTD 2022/23=YTD-2022-12]] 64; [[last year YTD=YTD-2021-12]]",
        "[[Year to date (April - November)=YTD-2022-11]]",
        "In [[the first six months of 2022/23=YTD-2022-09]] there were 120.",
        "[[Between April and October 2022=YTD-2022-10]] 90 plans ended.",
    ],
    "spans": [
        "The [[2019-22=FY2019-20/FY2021-22]] average was 391 days.",
        "[[The three years to March 2021=FY2018-19/FY2020-21]] gave 402.",
        "NEET averaged 2.9% over [[December 2021 to February 2022=2021-12/2022-02]].",
        "There were 64 episodes for [[2018 to 2019=FY2018-19]], more than from [[2016=CY2016]] to [[2017=CY2017]].",
        "[[Over the last six months=2022-07/2022-12]] agency use halved.",
        "Exclusions in [[the autumn term 2021=2021-09/2021-12]] were 12.",
    ],
    "compared with": [
        "Up from 88% in [[the same quarter last year=2021-22-Q3]].",
        "It was 12% [[a year earlier=2021-22-Q3]] and 14% [[at the same point last year=2021-12-31]].",
        "[[The same period in 2019/20=2019-20-Q3]] saw 101.",
    ],
    "damage": [
        "In [[20l9/20=FY2019-20]] and [[2O20/21=FY2020-21]] it was flat.",
        "Local authority [[2019/2=FY2019-20]] Current rate",
        "Up in [[2007/8=FY2007-08]], [[2008-9=FY2008-09]]; page 2008-5, of 2005/9 nothing.",
        "[[2021122=FY2021-22]] rose, [[2018/1 9=FY2018-19]] fell.",
        "[[N0v-22=2022-11]] and [[3lst December 2022=2022-12-31]], [[Ql 2022/23=2022-23-Q1]], [[YTO=YTD-2022-12]].",
    ],
}


@pytest.mark.parametrize("sentence", [one for group in SENTENCES.values() for one in group])
def test_every_marked_time_and_no_other_is_found_and_means_what_it_says(sentence: str) -> None:
    marked = read(sentence)

    found = []
    for mention in find_periods(marked.text):
        period = resolve(mention.expression, REPORT)
        found.append((mention.start, mention.end, period.code if period else ""))

    assert found == list(marked.spans)


@pytest.mark.parametrize(
    "text",
    [
        "Care leavers aged 17-18 and 19-21",
        "16/17 year olds not in education",
        "within 12 months of an earlier referral",
        "looked after for 12 months or more",
        "Section 20 and Regulation 44",
        "14/15 (93.3%) were on time",
        "93.3% (14/15)",
        "The Children Act 2004 and Working Together 2023",
        "Corporate Parenting Strategy 2021-24",
        "2019 children were seen",
        "page 20 of 21",
        "Year 6 pupils; Year 11 results",
        "the plan may change and staff march on",
        "Q1 (lowest quartile)",
        "reference 2021/22-117",
        "2021/7 of these",
        "call 01632 960123",
        "a rate of 20.21 and £2020",
        "visits every 6 weeks, 10 working days, 2 years or more",
    ],
)
def test_what_only_looks_like_a_time_is_left_alone(text: str) -> None:
    assert find_periods(text) == []


def test_a_plan_of_a_child_is_no_title() -> None:
    assert [one.text for one in find_periods("Children on a protection plan 2021/22: 240")] == ["2021/22"]


@pytest.mark.parametrize(
    ("text", "flag"),
    [
        ("three or more homes in the last 12 months", "maybe_definition"),
        ("Looked after rate 19-20: 61", "maybe_range"),
        ("Sepl 2022", "ocr_repaired"),
    ],
)
def test_doubtful_times_carry_a_flag(text: str, flag: str) -> None:
    (mention,) = find_periods(text)
    assert flag in mention.flags


def test_over_the_last_twelve_months_is_no_definition() -> None:
    (mention,) = find_periods("over the last 12 months")
    assert mention.flags == ()


def test_what_stands_beside_the_times_of_a_text() -> None:
    times, rest = times_apart("Jul 2020: 80.8% (Jun 79%)")
    assert [time.text for time in times] == ["Jul 2020", "Jun"]
    assert rest.split() == [":", "80.8%", "(", "79%)"]
    assert [time.text for time in times_apart("Jul 2020: 80.8% (Jun 79%)", complete=True)[0]] == ["Jul 2020"]


def test_one_digit_behind_a_month_is_no_year() -> None:
    assert [found.expression.year for found in find_periods("Households approved in Sep 9")] == [None]
    assert [found.expression.year for found in find_periods("Households approved in Sep 09")] == [2009]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("In September 21 of the 48 files were good", "September"),
        ("in May 19 out of 24 were on time", "May"),
        ("the year to May 19", "the year to May 19"),
        ("C7 August's 24.1%", "August"),
        ("KS4 June 2022", "June 2022"),
        ("on 7 August", "7 August"),
    ],
)
def test_a_count_behind_a_month_and_a_references_number_before_it_are_no_part_of_the_time(
    text: str, found: str
) -> None:
    assert [one.text.removeprefix("in ").removeprefix("on ") for one in find_periods(text)] == [found]
