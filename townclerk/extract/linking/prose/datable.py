"""What the times of a sentence mean, and which of them can date a figure."""

from __future__ import annotations

import re
from dataclasses import replace

from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import Scene
from townclerk.models.mentions import PeriodMention
from townclerk.models.period import PeriodKind
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.restricting import restricting_words

# Times before the report's own: behind "20%, and 22% a year earlier" such a one is the second figure's alone.
PAST = frozenset(
    {
        "previous_quarter",
        "previous_month",
        "same_period_last_year",
        "same_quarter_last_year",
        "same_month_last_year",
        "same_months_last_year",
        "same_point_last_year",
        "same_in_year",
        "previous_period",
        "previous_year",
        "year_before",
    }
)
_BRACKETED = re.compile(r"\s\(\d[\d.,]*\s?(?:%|per\s?cent|\))", re.IGNORECASE)
# Stretches of time over which a value may be the highest or lowest.
_SPANS = frozenset({"last_years", "last_months"})
_RECORD_REACH = 110
_WHEN = re.compile(r"\s*,?\s*(?:where|when)\s", re.IGNORECASE)
# How far before a time the verb stands that it dates.
_CLAUSE = 80
_WHOLE_YEAR = re.compile(r"\bfor the year (?:as a whole|overall)$", re.IGNORECASE)


def datable(sentence: Sentence, scene: Scene) -> list[PeriodMention]:
    """The times of a sentence that can date a figure, each as it is meant behind those before it."""
    periods = [_then(period, sentence) for period in sentence.mentions.periods]
    usable = [
        p
        for p in periods
        if _usable(p, sentence)
        and not _is_age(p, scene)
        and not _long_running(p, scene)
        and not _of_a_record(p, sentence)
        and not _of_something_else(p, sentence)
        and not _of_those_before(p, sentence)
    ]
    return [_meant(_counted_on(period, usable[:place]), usable[:place]) for place, period in enumerate(usable)]


def counted_since(sentence: Sentence, scene: Scene) -> bool:
    """True where a sentence counts from a time long before the report's on: "since it opened in 2017, 1,240 came"."""
    words = restricting_words().since
    if words.search(sentence.text, sentence.start, sentence.end) is None:
        return False
    report = scene.facts.period.value
    for period in sentence.mentions.periods:
        told = words.search(sentence.text, max(sentence.start, period.start - _CLAUSE), period.end)
        if told is None or set(",;:()") & set(sentence.between(told.end(), period.start)):
            continue
        resolved = scene.resolve(period)
        if resolved is None or resolved.kind is PeriodKind.YEAR_TO_DATE:
            continue
        if report is None or resolved.start < report.start:
            return True
    return False


def dates_something_else(sentence: Sentence, place: int) -> bool:
    """True where the times before a place of a sentence are all of something else, and its values' own time is unknown.

    So in "the scorecard, published in May, shows that 25% were adopted".
    """
    times = [period for period in sentence.mentions.periods if period.end <= place]
    return bool(times) and all(_of_something_else(period, sentence) for period in times)


def _of_something_else(period: PeriodMention, sentence: Sentence) -> bool:
    """True for the time at which something else happened: "the scorecard, published in May", "set up in June 2018"."""
    lead = sentence.between(max(sentence.start, period.start - _CLAUSE), period.start)
    return restricting_words().happened.search(lead) is not None


def _of_those_before(period: PeriodMention, sentence: Sentence) -> bool:
    """True for the year in which a child was known before: "had already been with us in the previous year"."""
    if period.expression.form not in PAST:
        return False
    lead = sentence.between(max(sentence.start, period.start - _CLAUSE), period.start)
    return phrasing().known_before.search(lead) is not None


def _counted_on(period: PeriodMention, before: list[PeriodMention]) -> PeriodMention:
    """Count "the year before" from "last year", or "the year before that" from the year right before it."""
    if period.expression.form != "year_before" or not before:
        return period
    if any(p.expression.form == "previous_year" for p in before):
        return replace(period, expression=replace(period.expression, form="year_before_last", count=2))
    last = before[-1].expression
    if last.form == "financial_year" and last.year is not None and words_in(period.text)[-1:] == ["that"]:
        return replace(period, expression=replace(last, year=last.year - 1))
    return period


def _meant(period: PeriodMention, before: list[PeriodMention]) -> PeriodMention:
    """What a time means behind others.

    "This period" is the one that the sentence began with ("In 2020/21 21 left; 32 came in this period"), "the year as a
    whole" that of the quarter right before it.
    """
    years = [p.expression.year for p in before if p.expression.form in {"quarter", "financial_year"}]
    if years and years[-1] is not None and _WHOLE_YEAR.search(period.text):
        return replace(period, expression=replace(period.expression, form="financial_year", year=years[-1]))
    over = period.expression.form == "this_period" and period.text.lower().endswith("period")
    if over and len(before) == 1 and before[0].expression.form not in PAST:
        return replace(period, expression=before[0].expression)
    return period


def _then(period: PeriodMention, sentence: Sentence) -> PeriodMention:
    """Take "since June 2016, when 96% were" and "the best since February (74%)" for that month."""
    told = _WHEN.match(sentence.text, period.end) or _BRACKETED.match(sentence.text, period.end)
    if period.expression.form != "since_month" or told is None:
        return period
    return replace(period, expression=replace(period.expression, form="month"))


def _usable(period: PeriodMention, sentence: Sentence) -> bool:
    """False for a time inside an indicator's definition ("in the last 12 months"), and for the ages of "16-17 NEET"."""
    if _is_reach_back(period, sentence):
        return False
    doubtful = "maybe_definition" in period.flags
    if (doubtful or "maybe_range" in period.flags) and any(
        m.start <= period.start and period.end <= m.end for m in sentence.mentions.indicators
    ):
        return False
    if not doubtful:
        return True
    near = any(
        f.end <= period.start and len(sentence.plain_words(f.end, period.start)) <= 3 for f in sentence.mentions.figures
    )
    return near or period.start - sentence.start <= 6


def _is_reach_back(period: PeriodMention, sentence: Sentence) -> bool:
    """True for the months of "a child who had been referred in the twelve months before": they say who is counted.

    So do those of "in March 78% of plans had been reviewed in the previous six months" and "within the last two years".
    """
    if period.expression.form == "last_years":
        return words_in(sentence.between(sentence.start, period.start))[-1:] == ["within"]
    if period.expression.form not in PAST | _SPANS or "month" not in period.text.lower():
        return False
    return phrasing().had_been.search(sentence.text, sentence.start, period.start) is not None


def _is_age(period: PeriodMention, scene: Scene) -> bool:
    """True for a lone "16-17" that would be a year long before the report: two ages, not a financial year."""
    report = scene.facts.period.value
    if "maybe_range" not in period.flags or report is None:
        return False
    resolved = scene.resolve(period)
    return resolved is None or report.end.year - resolved.end.year > 3


def _of_a_record(period: PeriodMention, sentence: Sentence) -> bool:
    """True for the years of "677, the highest number in the last 20 years", over which it is the highest."""
    if period.expression.form not in _SPANS:
        return False
    start = max(sentence.start, period.start - _RECORD_REACH)
    return phrasing().record.search(sentence.text, start, period.start) is not None


def _long_running(period: PeriodMention, scene: Scene) -> bool:
    """True for "since March 2018" where that is no running total of the report's year: something has been so since."""
    if period.expression.form != "since_month":
        return False
    resolved = scene.resolve(period)
    return resolved is not None and resolved.kind is not PeriodKind.YEAR_TO_DATE
