"""What holds for every text and every period."""

from __future__ import annotations

import re
from datetime import date
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from townclerk.extract.spotting.periods import (
    PeriodAnchor,
    find_periods,
    is_complete,
    read_header,
    read_period,
    resolve,
)
from townclerk.extract.spotting.periods.mend import mend
from townclerk.extract.spotting.periods.spot import compile_rules, engine
from townclerk.models.period import Period, PeriodKind, financial_year, month, parse_code, quarter, year_to_date
from townclerk.models.units import Basis
from townclerk.patterns.period_words import load_period_words

WORDS = st.sampled_from(
    [
        "Q1", "Q4", "quarter", "3", "last", "previous", "the", "end", "of", "2018/19", "2018", "18/19",
        "2014-17", "to", "-", "March", "May", "Sep", "'18", "31", "31st", "31/03/19", "year", "ending",
        "months", "12", "rolling", "YTD", "since", "same", "period", "(", ")", ",", "in", "and", "between",
        "academic", "calendar", "first", "six", "20l8/19", "0ct-19", "ended", "at", "month", "%", "18.5%",
        "children", "within", "years", "three", "2018-12", "03/2018", "date", "\t",
    ]
)  # fmt: skip
TEXTS = st.lists(WORDS, max_size=14).map(" ".join) | st.text(max_size=60)
MONTHS = st.builds(month, st.integers(2008, 2030), st.integers(1, 12))
QUARTERS = st.builds(quarter, st.integers(2008, 2030), st.integers(1, 4))
QUICK = re.compile(r"\(\?P<plain>[^\n]*\n\s*\| ")
REPORTS = MONTHS | QUARTERS | st.builds(financial_year, st.integers(2008, 2030))
ANCHORS = st.builds(
    PeriodAnchor,
    st.none() | REPORTS,
    st.none() | st.dates(date(2008, 4, 1), date(2031, 12, 31)),
    st.none() | REPORTS,
)


@settings(max_examples=300)
@given(TEXTS, ANCHORS)
def test_any_text_gives_sound_mentions_in_order(text: str, anchor: PeriodAnchor) -> None:
    last = 0
    for mention in find_periods(text):
        assert last <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        last = mention.end
        period = resolve(mention.expression, anchor)
        if period is not None:
            assert period.start <= period.end
            assert parse_code(period.code).end == period.end
            assert (period.basis is Basis.STATED) == is_complete(mention.expression)


@given(TEXTS)
def test_a_head_never_fails(text: str) -> None:
    read_header(text)
    read_header(text, financial_year(2018))


@given(TEXTS, ANCHORS)
def test_complete_words_mean_the_same_in_every_report(text: str, anchor: PeriodAnchor) -> None:
    for mention in find_periods(text):
        if is_complete(mention.expression):
            assert resolve(mention.expression, anchor) == resolve(mention.expression, PeriodAnchor())


@given(QUARTERS)
def test_last_quarter_ends_the_day_before_this_one(report: Period) -> None:
    earlier = read_period("last quarter", report.code)
    assert earlier is not None
    assert (report.start - earlier.end).days == 1


@given(REPORTS)
def test_twelve_months_up_to_a_report_end_with_it(report: Period) -> None:
    year = read_period("rolling 12 months", report.code)
    assert year is not None
    assert year.kind is PeriodKind.ROLLING_12_MONTHS
    assert year.end == report.end
    assert 365 <= (year.end - year.start).days + 1 <= 366


@given(MONTHS)
def test_a_month_is_read_in_every_spelling(wanted: Period) -> None:
    start = wanted.start
    for spelling in ("%B %Y", "%b-%y", "%b %Y", "%B '%y", "%m/%Y", "%Y-%m"):
        text = start.strftime(spelling)
        if spelling == "%Y-%m" and start.year % 100 < start.month:
            continue  # 2008-12 may be years
        read = read_period(text)
        assert read is not None, text
        assert read.code == wanted.code


@given(st.dates(date(2008, 4, 1), date(2030, 12, 31)))
def test_a_day_is_read_in_every_spelling(day: date) -> None:
    spellings = ("%d/%m/%Y", "%d.%m.%y", "%Y-%m-%d", f"{day.day} %B %Y", f"{day.day} %b %y", f"%B {day.day}, %Y")
    for spelling in spellings:
        read = read_period(day.strftime(spelling))
        assert read is not None, spelling
        assert read.code == day.isoformat()


@given(st.integers(2008, 2030))
def test_a_financial_year_is_read_in_every_spelling(year: int) -> None:
    after = (year + 1) % 100
    for text in (
        f"{year}/{after:02d}", f"{year}-{after:02d}", f"{year}–{after:02d}", f"{year}/{year + 1}", f"FY{after:02d}",
        f"{year % 100:02d}/{after:02d}", f"year ending 31 March {year + 1}", f"April {year} to March {year + 1}",
    ):  # fmt: skip
        read = read_period(text)
        assert read is not None, text
        assert read.code == financial_year(year).code


@given(MONTHS, REPORTS)
def test_a_month_without_a_year_is_never_after_the_meeting(named: Period, report: Period) -> None:
    read = read_period(f"in {named.start:%B}", report.code, report.end.isoformat())
    assert read is not None
    assert read.end <= report.end
    assert (report.end - read.end).days < 366


@given(MONTHS)
def test_year_to_date_begins_in_april(report: Period) -> None:
    read = read_period("since April", report.code)
    assert read is not None
    assert read.code == year_to_date(report.start.year, report.start.month).code


@given(TEXTS)
def test_mending_keeps_every_character_in_its_place(text: str) -> None:
    mended, changed = mend(text)
    assert len(mended) == len(text)
    assert all(text[place] == mended[place] for place in range(len(text)) if place not in changed)


@given(st.text(alphabet="MYPpSNODVyQnt-/,:<>'&sewx" + "".join(map(chr, range(0xE000, 0xE0C8))), min_size=1, max_size=9))
def test_the_quick_look_at_a_place_sees_every_wording_that_begins_there(shape: str) -> None:
    rules = engine()
    told = any(made.expression.match(shape) for _, made in rules.by_first.get(shape[0], ()))
    assert told == (shape[0] in rules.any_of and rules.any_of[shape[0]].match(shape) is not None)


@settings(max_examples=12)
@given(st.lists(st.sampled_from(["may", "May", "MAY", "march", "2018", "'18", "rnay", "mar.", "and"]), max_size=8))
def test_what_is_remembered_of_a_word_hangs_on_the_word_alone(words: list[str]) -> None:
    text = " ".join(words)
    assert engine().lexer.tokens(text) == compile_rules(load_period_words()).lexer.tokens(text)


@given(TEXTS)
def test_plain_words_and_blanks_are_told_as_they_were_without_the_quick_way(text: str) -> None:
    lexer = engine().lexer
    slow = re.compile(QUICK.sub("", lexer._expression.pattern, count=1).replace("(?=[^ ])", "", 1), re.VERBOSE)
    assert "plain" not in slow.groupindex
    spans = [found.span() for found in lexer._expression.finditer(text)]
    assert spans == [found.span() for found in slow.finditer(text)]


@given(st.decimals(0, 9_999_999, places=1), st.sampled_from([",.0f", ".1f", ".0f"]), st.sampled_from(["", "%"]))
def test_a_number_alone_tells_the_time_that_it_tells_before_a_blank(number: Decimal, how: str, sign: str) -> None:
    printed = f"{number:{how}}{sign}"
    assert find_periods(printed) == find_periods(f"{printed} ")
