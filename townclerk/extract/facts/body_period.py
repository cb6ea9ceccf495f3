"""The time of a report whose front gives none: that which its text comes back to."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from townclerk.extract.facts.front import span_of
from townclerk.extract.facts.meeting import tells_when_written
from townclerk.extract.facts.words import FactWords
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, is_complete, resolve
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Fact
from townclerk.models.passage import Passage
from townclerk.models.period import Period, PeriodKind, month
from townclerk.models.units import Basis

_READ = frozenset({BlockKind.PARAGRAPH, BlockKind.LIST_ITEM, BlockKind.HEADING})
_TOLD = frozenset(
    {
        PeriodKind.QUARTER,
        PeriodKind.MONTH,
        PeriodKind.DATE,
        PeriodKind.YEAR_TO_DATE,
        PeriodKind.ROLLING_12_MONTHS,
        PeriodKind.FINANCIAL_YEAR,
    }
)
_FEWEST, _FEWEST_UNMET = 3, 5
_LONGEST_AGO = timedelta(days=300)

_Told = tuple[Period, str, tuple[int, int] | None]


def body_period(blocks: Sequence[Block], meeting: date | None, words: FactWords) -> Fact[Period]:
    """The newest month that several times in the text end with, as the quarter or year where one is told of.

    Args:
        blocks: The report's blocks.
        meeting: The meeting's date; without one the time must be told of oftener, and than all later ones.
        words: Cue words.

    Returns:
        The period, inferred; unknown where no time is told of so often.
    """
    told = [one for block in blocks if block.kind in _READ for one in _times(block.passage, meeting, words)]
    ends = Counter((period.end.year, period.end.month) for period, _, _ in told)
    often = [end for end, count in ends.items() if count >= (_FEWEST if meeting is not None else _FEWEST_UNMET)]
    if not often:
        return Fact()
    later = sum(count for end, count in ends.items() if end > max(often))
    if meeting is None and 2 * later > ends[max(often)]:
        return Fact()
    newest = [one for one in told if (one[0].end.year, one[0].end.month) == max(often)]
    if meeting is not None and meeting - newest[0][0].end > _LONGEST_AGO:
        return Fact()
    quarters = [one for one in newest if one[0].kind is PeriodKind.QUARTER]
    years = [one for one in newest if one[0].kind is PeriodKind.FINANCIAL_YEAR]
    whole = quarters or years
    period, text, span = (whole or newest)[0]
    told_of = period if whole else month(period.end.year, period.end.month)
    return Fact(told_of.with_basis(Basis.INFERRED, text), Basis.INFERRED, text, span)


def _times(passage: Passage, meeting: date | None, words: FactWords) -> Iterator[_Told]:
    """The times in a text that are over before the meeting and are no other place's or plan's."""
    text = passage.text
    for mention in find_periods(text) if has_digit(text) else ():
        complete = is_complete(mention.expression)
        if not complete and (meeting is None or mention.expression.form not in {"quarter", "month"}):
            continue
        anchor = PeriodAnchor() if complete else PeriodAnchor(meeting_date=meeting)
        if tells_when_written(text, mention) or words.is_foreign(text, mention):
            continue
        period = resolve(mention.expression, anchor)
        if period is not None and period.kind in _TOLD and (meeting is None or period.end < meeting):
            yield period, mention.text, span_of(passage, mention.start, mention.end)
