"""What stands around a wording and decides whether it is a time: ages, fractions, titles and verbs look alike."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.spotting.periods.grammar import Kind
from townclerk.extract.spotting.periods.shapes import Token
from townclerk.models.mentions import PeriodExpression
from townclerk.patterns.period_words import PeriodRule, PeriodWords

_YEAR_FORMS = frozenset({"year", "short_year", "financial_year", "year_range"})


def stands(
    rule: PeriodRule,
    expression: PeriodExpression,
    tokens: Sequence[Token],
    place: int,
    end: int,
    words: PeriodWords,
) -> bool:
    """True where the tokens `place` to `end` are a time in their surroundings."""
    before, after = tokens[place - 1], tokens[end]
    if rule.form in _YEAR_FORMS and _in_title(tokens, place, words):
        return False
    if rule.form == "short_year":
        return _short_stands(tokens, place, end, words)
    if rule.form == "year":
        return _year_stands(before, after, words)
    if rule.form == "year_range" and end - place == 1:
        return not _beside(tokens, place, end, words.age_words)
    if rule.form == "month" and end - place == 1 and tokens[place].kind == Kind.MONTH:
        return _month_stands(tokens[place], before, after, words)
    if rule.form == "date" and expression.year is None and end - place == 2:
        return _day_stands(before, after)
    return True


def _in_title(tokens: Sequence[Token], place: int, words: PeriodWords) -> bool:
    """True for "Working Together 2018" and "Young People's Plan 2017-20", not for "protection plan 2017/18"."""
    before = tokens[place - 1]
    if before.word in words.titles:
        return True
    if before.word in words.title_plans and place >= 2:
        return tokens[place - 2].word not in words.plans_of_children
    return False


def _short_stands(tokens: Sequence[Token], place: int, end: int, words: PeriodWords) -> bool:
    """For "18/19" is a year unless it looks like a fraction or a pair of ages."""
    after = tokens[end]
    if after.word in words.counted_words or _beside(tokens, place, end, words.age_words):
        return False
    if after.kind == Kind.OPEN and _is_percent(tokens, end + 1):
        return False
    return not (tokens[place - 1].kind == Kind.OPEN and _is_percent(tokens, place - 2) and after.kind == Kind.CLOSE)


def _is_percent(tokens: Sequence[Token], place: int) -> bool:
    return 0 <= place < len(tokens) and tokens[place].kind == Kind.OTHER and tokens[place].end - tokens[place].start > 1


def _beside(tokens: Sequence[Token], place: int, end: int, words: Sequence[str]) -> bool:
    """True where one of `words` stands within two tokens before, or right after."""
    near = [*tokens[max(0, place - 2) : place], *tokens[end : end + 2]]
    return any(token.word in words for token in near if token.word)


def _year_stands(before: Token, after: Token, words: PeriodWords) -> bool:
    """A bare year counts after "in", before "national average", in brackets or alone."""
    if after.kind == Kind.WORD and before.word not in words.year_leaders:
        return after.word in words.year_nouns
    if Kind.YEAR in (before.kind, after.kind):
        return True
    if before.word in words.year_leaders:
        return after.word not in words.counted_words
    if after.word in words.year_nouns or before.word in words.year_nouns:
        return True
    boxed = before.kind in (Kind.START, Kind.OPEN, Kind.COMMA, Kind.SLASH, Kind.OTHER)
    return boxed and after.kind in (Kind.STOP, Kind.CLOSE, Kind.COMMA, Kind.COLON, Kind.OTHER, Kind.SLASH, Kind.OPEN)


def _month_stands(month: Token, before: Token, after: Token, words: PeriodWords) -> bool:
    """A lone "May" must not be a verb or a name; other months are taken as they stand.

    One of several months in a row is a month, as is one right before a percentage or a decimal.
    """
    if month.word not in words.everyday_months:
        return True
    if before.word in words.month_leaders or Kind.MONTH in (before.kind, after.kind):
        return True
    if after.kind == Kind.OTHER and after.end - after.start > 1:
        return True
    boxed = before.kind in (Kind.START, Kind.OPEN, Kind.OTHER, Kind.MONTH, Kind.SLASH, Kind.DASH, Kind.COMMA)
    return boxed and after.kind != Kind.WORD


def _day_stands(before: Token, after: Token) -> bool:
    """For "38 July" inside a row of numbers is no day; a day has a word or a bracket beside it."""
    return not (before.kind == Kind.NUMBER and after.kind == Kind.NUMBER)
