"""From the tokens of a wording to the time they speak of."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from townclerk.extract.spotting.periods.grammar import Kind
from townclerk.extract.spotting.periods.parts import (
    count_in,
    day_in,
    month_and_year,
    month_in,
    pair_in,
    quarter_in,
    quarter_year,
    quarters_in,
    year_of,
)
from townclerk.extract.spotting.periods.shapes import Token
from townclerk.models.mentions import PeriodExpression
from townclerk.patterns.period_words import PeriodRule, load_period_words

_HALVES = frozenset({"first_half", "first_half_last_year"})


def build(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """The expression that a rule's wording gives; None where its numbers fit no time ("quarter 7", "31 February")."""
    made = _BUILDERS.get(rule.form, _plain)(rule, tokens)
    if made is None:
        return None
    if rule.needs_count is not None and made.count not in (None, rule.needs_count):
        return None
    made = replace(made, at_end=True) if rule.at_end else made
    return replace(made, count=rule.count) if rule.count is not None else made


def forms() -> frozenset[str]:
    """The forms that need more than the plain reading of their words."""
    return frozenset(_BUILDERS)


def _plain(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """A relative wording: nothing but the form, a month and a number may be in it."""
    return PeriodExpression(
        rule.form,
        year=pair_in(tokens),
        month=month_in(tokens),
        day=day_in(tokens),
        quarter=quarter_in(tokens),
        count=count_in(tokens),
    )


def _quarter_form(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    number = rule.fixed_quarter or quarter_in(tokens)
    if number is None or not 1 <= number <= 4:
        return None
    months = [token for token in tokens if token.kind == Kind.MONTH]
    year, inferred = quarter_year(tokens)
    if len(months) == 2:
        return _quarter_with_months(rule, tokens, number, year)
    return PeriodExpression("quarter", year=year, quarter=number, inferred=inferred)


def _quarter_with_months(
    _rule: PeriodRule, tokens: Sequence[Token], number: int, year: int | None
) -> PeriodExpression | None:
    """For "Quarter 4 (January - March 2020)": the months decide, they say which kind of quarter is meant."""
    place = next(index for index, token in enumerate(tokens) if token.kind == Kind.MONTH)
    ranged = _month_range(_rule, tokens[place:])
    if ranged is None:
        return None
    if ranged.year is None and year is not None:
        months = ranged.month or 4
        if (months - 4) // 3 % 4 + 1 == number:
            return PeriodExpression("quarter", year=year, quarter=number)
    return ranged


def _quarter_range(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    quarters = quarters_in(tokens)
    if len(quarters) != 2 or not 1 <= quarters[0] < quarters[1] <= 4:
        return None
    year, inferred = quarter_year(tokens)
    last = PeriodExpression("quarter", year=year, quarter=quarters[1])
    return PeriodExpression("quarter_range", year=year, quarter=quarters[0], last=last, inferred=inferred)


def _date(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    for token in tokens:
        if token.kind == Kind.DATE:
            return PeriodExpression(rule.form, token.first, token.second, token.third)
    number, year, sound = month_and_year(tokens)
    day = day_in(tokens)
    if day is None:  # "April 9, 2021": the number behind the month is the day
        place = next((at for at, one in enumerate(tokens) if one.kind in (Kind.ORDINAL, Kind.NUMBER)), None)
        if place is None:
            return None
        day = tokens[place].first
        number, year, sound = month_and_year([*tokens[:place], *tokens[place + 1 :]])
    if day is None or not 1 <= day <= 31 or not sound:
        return None
    return PeriodExpression(rule.form, year, number, day)


def _month_form(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    for token in tokens:
        if token.kind == Kind.YEAR_MONTH:
            return PeriodExpression(rule.form, token.first, token.second)
    number, year, sound = month_and_year(tokens)
    return PeriodExpression(rule.form, year, number) if sound else None


def _year_month(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "Month 7": counted from April."""
    number = next(token.first for token in tokens if token.kind == Kind.NUMBER)
    if not 1 <= number <= 12:
        return None
    start = pair_in(tokens)
    calendar_month = (number + 2) % 12 + 1
    year = None if start is None else start + (calendar_month < 4)
    return PeriodExpression("month", year, calendar_month)


def _month_to(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """A stretch of months up to a month, a date or a quarter: "12 months to June 2018", "rolling year"."""
    count = count_in(tokens)
    for token in tokens:
        if token.kind == Kind.DATE:
            return PeriodExpression(rule.form, token.first, token.second, token.third, count=count)
    if rule.form == "rolling" and count is not None and count != 12 and month_in(tokens) is None:
        return None
    quarter = quarter_in(tokens)
    if quarter is not None:
        year, inferred = quarter_year(tokens)
        return PeriodExpression(rule.form, year, quarter=quarter, count=count, inferred=inferred)
    months = [place for place, token in enumerate(tokens) if token.kind == Kind.MONTH]
    number, year, sound = month_and_year(tokens[months[0] + 1 :] if len(months) == 2 else tokens)
    if not sound:
        return None
    return PeriodExpression(rule.form, year, number, day_in(tokens), count=count)


def _month_range(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "Jul-Sep 2018", "1 April to 30 June 2018", "Oct 15 - Dec 15"."""
    if rule.unless_two and _are_two(tokens):
        return None
    places = [index for index, token in enumerate(tokens) if token.kind == Kind.MONTH]
    if len(places) == 1:
        return _day_range(tokens, places[0])
    if len(places) != 2:
        return None
    middle = places[1]
    while middle > places[0] + 1 and tokens[middle - 1].kind in (Kind.NUMBER, Kind.ORDINAL):
        if tokens[middle - 2].kind in (Kind.MONTH,):
            break
        middle -= 1
    left, right = tokens[:middle], tokens[middle:]
    first_month, first_year, first_sound = month_and_year(left)
    last_month, last_year, last_sound = month_and_year(right)
    if first_month is None or last_month is None or not (first_sound and last_sound):
        return None
    if last_year is not None and first_year is None:
        first_year = last_year - (first_month > last_month)
    if first_year is not None and last_year is None:
        last_year = first_year + (first_month > last_month)
    if first_year is not None and last_year is not None and (last_year, last_month) < (first_year, first_month):
        return None
    last = PeriodExpression("month", last_year, last_month, day_in(right))
    return PeriodExpression("month_range", first_year, first_month, day_in(left), last=last)


def _are_two(tokens: Sequence[Token]) -> bool:
    """True for "31 March 2020 and 31 March 2021", which are two times; "between ... and ..." is one."""
    words = {token.word for token in tokens}
    joined = "and" in words or any(token.kind == Kind.AMPERSAND for token in tokens)
    return joined and "between" not in words


def _dates_range(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "April 1 2018 to March 31 2019": two whole days, either with its month in front."""
    if rule.unless_two and _are_two(tokens):
        return None
    first_month = next(index for index, token in enumerate(tokens) if token.kind == Kind.MONTH)
    numbers = (Kind.NUMBER, Kind.ORDINAL, Kind.YEAR, Kind.MONTH, Kind.COMMA)
    middle = next(index for index in range(first_month, len(tokens)) if tokens[index].kind not in numbers)
    first, last = _date(rule, tokens[:middle]), _date(rule, tokens[middle:])
    if first is None or last is None or last.year is None or first.month is None or last.month is None:
        return None
    year = first.year if first.year is not None else last.year - (first.month > last.month)
    if (year, first.month, first.day) > (last.year, last.month, last.day):
        return None
    end = PeriodExpression("date", last.year, last.month, last.day)
    return PeriodExpression("month_range", year, first.month, first.day, last=end)


def _day_range(tokens: Sequence[Token], place: int) -> PeriodExpression | None:
    """For "1 to 14 June 2021"."""
    days = [token.first for token in tokens[:place] if token.kind in (Kind.NUMBER, Kind.ORDINAL)]
    number, year, sound = month_and_year(tokens)
    if len(days) != 2 or not sound or not 1 <= days[0] < days[1] <= 31:
        return None
    return PeriodExpression("month_range", year, number, days[0], last=PeriodExpression("month", year, number, days[1]))


def _date_range(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    days = [token for token in tokens if token.kind == Kind.DATE]
    first, last = days[0], days[1]
    if (first.first, first.second, first.third) > (last.first, last.second, last.third):
        return None
    end = PeriodExpression("date", last.first, last.second, last.third)
    return PeriodExpression("month_range", first.first, first.second, first.third, last=end)


def _financial(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    for token in tokens:
        if token.kind == Kind.MULTI:
            return _year_range(rule, tokens)
    return PeriodExpression(rule.form, year=pair_in(tokens))


def _closing(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "FY19", "year ending 2019": labelled by the year it closes in."""
    year = next((found for token in tokens if (found := year_of(token)) is not None), None)
    return PeriodExpression("financial_year", year=year - 1) if year is not None else None


def _academic(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    for token in tokens:
        if token.kind == Kind.MULTI:
            return None
    if (pair := pair_in(tokens)) is not None:
        return PeriodExpression(rule.form, year=pair)
    return _closing(rule, tokens) and PeriodExpression(rule.form, year=_year_ended(tokens) - 1)


def _year_ended(tokens: Sequence[Token]) -> int:
    return next(found for token in tokens if (found := year_of(token)) is not None)


def _named_year(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """A year by itself leaves open whether it is a calendar year or the year a financial or school year closed in."""
    year = next(token.first for token in tokens if token.kind == Kind.YEAR)
    return PeriodExpression(rule.form, year=year, inferred=rule.form == "year")


def _same_in_year(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "at the same point in 2018", "the same six months of 2018"."""
    year = next(token.first for token in tokens if token.kind == Kind.YEAR)
    return PeriodExpression(rule.form, year=year, count=count_in(tokens))


def _term(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    terms = load_period_words().terms
    first, last = next(terms[token.word] for token in tokens if token.word in terms)
    year = next((token.first for token in tokens if token.kind == Kind.YEAR), None)
    if (pair := pair_in(tokens)) is not None:
        year = pair if first >= 9 else pair + 1
    end = PeriodExpression("month", year, last)
    return PeriodExpression("month_range", year, first, last=end, inferred=True)


def _year_to_date(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """Up to a month, a quarter's end or, with only a financial year, up to where the report stands."""
    months = [place for place, token in enumerate(tokens) if token.kind == Kind.MONTH]
    number, year, sound = month_and_year(tokens[months[0] + 1 :] if len(months) == 2 else tokens)
    if number is not None:
        return PeriodExpression(rule.form, year, number) if sound else None
    quarter = quarter_in(tokens)
    if quarter is not None:
        if not 1 <= quarter <= 4:
            return None
        start, inferred = quarter_year(tokens)
        return PeriodExpression(rule.form, start, quarter=quarter, inferred=inferred)
    start = pair_in(tokens)
    if start is None:
        start = next((token.first for token in tokens if token.kind == Kind.YEAR), None)
    return PeriodExpression(rule.form, start)


def _first_months(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "First six months of 2019/20": cumulative to a month; only from the year's start."""
    nth = next((token.first for token in tokens if token.kind in (Kind.ORDINAL_WORD, Kind.NUMBER)), 1)
    months = 6 if rule.form in _HALVES else count_in(tokens)
    if rule.form == "first_quarters" and months is not None:
        months *= 3
    if nth != 1 or months is None or not 1 <= months <= 11:
        return None
    year = next((token.first for token in tokens if token.kind == Kind.YEAR), None)
    if year is not None and rule.form == "first_months":
        return PeriodExpression("month_range", year, 1, last=PeriodExpression("month", year, months))
    form = "first_months_last_year" if rule.form.endswith("_last_year") else "first_months"
    return PeriodExpression(form, pair_in(tokens), count=months)


def _year_range(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "2014-17", "2015/16 to 2017/18", "three years 2018-21"."""
    years = [token for token in tokens if token.kind in (Kind.MULTI, Kind.PAIR, Kind.SHORT, Kind.YEAR)]
    if len(years) == 1 and years[0].kind == Kind.MULTI:
        first, last = years[0].first, years[0].second - 1
    elif len(years) == 2:
        first, last = years[0].first, years[1].first
        if years[0].kind == Kind.YEAR:
            last -= 1
    else:
        return None
    if years[0].kind == Kind.YEAR and first == last:
        return PeriodExpression("financial_year", first)
    if not first < last <= first + 9:
        return None
    return PeriodExpression("year_range", first, last=PeriodExpression("financial_year", last))


def _years_to(_rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "Three years to March 2018"."""
    count = count_in(tokens)
    number, year, sound = month_and_year(tokens)
    if number is None:
        pair = pair_in(tokens)
        plain = next((token.first for token in tokens if token.kind == Kind.YEAR), None)
        number, year = 3, pair + 1 if pair is not None else plain
    if count is None or not sound or not 2 <= count <= 10:
        return None
    return PeriodExpression("years_to", year, number, count=count)


def _year_end(rule: PeriodRule, tokens: Sequence[Token]) -> PeriodExpression | None:
    """For "Year end 2018/19": the last day of March."""
    number, year, sound = month_and_year(tokens)
    if not sound:
        return None
    start = pair_in(tokens)
    if start is None and number is not None and year is not None:
        start = year - 1 if number == 3 else None
    if start is None and number is None:
        plain = next((token.first for token in tokens if token.kind == Kind.YEAR), None)
        start = plain - 1 if plain is not None else None
    return PeriodExpression("year_end", start, count=rule.back or None)


_BUILDERS: dict[str, Callable[[PeriodRule, Sequence[Token]], PeriodExpression | None]] = {
    "quarter": _quarter_form,
    "quarter_of_last_year": _plain,
    "quarter_range": _quarter_range,
    "date": _date,
    "date_last_year": _date,
    "month": _month_form,
    "year_month": _year_month,
    "months_to": _month_to,
    "year_to": _month_to,
    "month_outturn": _month_to,
    "rolling": _month_to,
    "since_month": _month_to,
    "month_range": _month_range,
    "date_range": _date_range,
    "day_range": _dates_range,
    "financial_year": _financial,
    "short_year": _financial,
    "closing_year": _closing,
    "academic_year": _academic,
    "calendar_year": _named_year,
    "same_in_year": _same_in_year,
    "exam_year": _named_year,
    "year": _named_year,
    "term": _term,
    "year_to_date": _year_to_date,
    "first_months": _first_months,
    "first_half": _first_months,
    "first_months_last_year": _first_months,
    "first_half_last_year": _first_months,
    "first_quarters": _first_months,
    "year_range": _year_range,
    "years_to": _years_to,
    "year_end": _year_end,
}
