"""Times told twice in one breath: "at year end (31 March 2022)", "at quarter 4 close, 31st March 2015"."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from townclerk.extract.spotting.periods.resolve import is_complete
from townclerk.models.mentions import PeriodExpression, PeriodMention

_OPENED = re.compile(r"\s*\(\s*")
_CLOSED = re.compile(r"\s*\)")
_COMMA = re.compile(r"\s*,\s*")
_ENDS = frozenset({"year_end", "quarter_end", "month_end", "period_end", "same_point_last_year"})
_OF_A_YEAR = frozenset({"previous_year", "year_before", "this_year", "year_before_last"})
_STRETCHES = frozenset({"quarter", "month", "month_range", "months_to", "year_to_date", "rolling"})


def with_glosses(text: str, mentions: Sequence[PeriodMention]) -> list[PeriodMention]:
    """The mentions with each pair made one in which the second says in full what the first left open.

    The second is in brackets of its own, or is a date behind a comma and the words for a last day.

    Args:
        text: Where they were found.
        mentions: In order, without overlaps.
    """
    made: list[PeriodMention] = []
    for mention in mentions:
        before = made[-1] if made else None
        end = _end_of_gloss(text, before, mention) if before is not None else None
        if before is None or end is None:
            made.append(mention)
            continue
        flags = tuple(dict.fromkeys((*before.flags, *mention.flags)))
        made[-1] = replace(mention, start=before.start, end=end, text=text[before.start : end], flags=flags)
    return made


def _end_of_gloss(text: str, before: PeriodMention, mention: PeriodMention) -> int | None:
    """Where the gloss ends; None where the second time is no gloss of the first."""
    gap = text[before.end : mention.start]
    if is_complete(before.expression) or not is_complete(mention.expression):
        return None
    if not _says_the_same(before.expression, mention.expression):
        return None
    if _OPENED.fullmatch(gap):
        closed = _CLOSED.match(text, mention.end)
        return closed.end() if closed else None
    last_day = before.expression.at_end or before.expression.form in _ENDS
    return mention.end if _COMMA.fullmatch(gap) and last_day and mention.expression.form == "date" else None


def _says_the_same(short: PeriodExpression, full: PeriodExpression) -> bool:
    """True where the full time can be what the short one means: a day for a last day, a quarter for a quarter."""
    if full.form == "date":
        return short.at_end or not short.form.startswith("this_")
    if full.form == "financial_year":
        return short.form in _OF_A_YEAR
    return full.form in _STRETCHES and short.form not in _OF_A_YEAR | _ENDS
