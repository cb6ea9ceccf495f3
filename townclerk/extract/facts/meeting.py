"""The date of the meeting a report was written for."""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from townclerk.extract.facts.front import Front, span_of
from townclerk.extract.facts.words import FactWords, fact_words
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, is_complete, resolve
from townclerk.models.digits import has_digit
from townclerk.models.document import BlockKind, Fact
from townclerk.models.mentions import PeriodMention
from townclerk.models.passage import Passage
from townclerk.models.period import PeriodKind
from townclerk.models.units import Basis

# Minutes name their own meeting in one of so many first lines.
_FIRST = 6
# What a line on when a paper was written names; a quarter in it would be its figures'.
_ITS_DAY = frozenset({"date", "month", "year"})


def read_meeting_date(front: Front, words: FactWords) -> Fact[date]:
    """The meeting's date: a labelled one, else a full date on a front line that names a committee or stands by it."""
    for passage in front.labels["meeting_date"]:
        if found := dates_in(passage):
            moment, start, end = found[0]
            return Fact(moment, Basis.STATED, passage.text[start:end], span_of(passage, start, end))
    beside, first = False, _names_meeting(front, words)
    for place, block in enumerate(front.front):
        text = block.passage.text
        if block.kind in {BlockKind.TABLE, BlockKind.TILE, BlockKind.CHART} or len(text) > 300:
            beside = False
            continue
        named = words.meeting_words.search(text) is not None and _is_line(text)
        found = dates_in(block.passage) if (named or beside or first) and has_digit(text) else []
        if place < _FIRST and not block.marker and (heads := words.own_minutes.match(text)):
            text = " " * heads.end() + text[heads.end() :]
        if found and not words.not_meeting_words.search(text):
            moment, start, end = found[0]
            alone = words.date_alone.search(f"{text[:start]}@{text[end:]}") is not None
            if (
                named
                or (beside and len(text) - (end - start) <= 20)
                or (alone and first and not closes_quarter(moment))
            ):
                return Fact(moment, Basis.STATED, text[start:end], span_of(block.passage, start, end))
        first = (first and block.kind is not BlockKind.PARAGRAPH) or len(text) < 80
        beside = named or (beside and len(text) < 80)
    return Fact()


def closes_quarter(moment: date) -> bool:
    """True for the last day of a quarter, which data are more often told of than a meeting held on."""
    return (moment + timedelta(days=1)).day == 1 and moment.month % 3 == 0


def _names_meeting(front: Front, words: FactWords) -> bool:
    """True where the first lines are those of a meeting's paper."""
    return any(words.meeting_words.search(block.passage.text) for block in front.front[:6])


@lru_cache(maxsize=4096)
def is_stamp(text: str) -> bool:
    """True for a line in the midst of a paper that names its meeting and the day: it stands on every page."""
    if not has_digit(text) or not _is_line(text):
        return False
    words = fact_words()
    if words.stamp_words.search(text) is None or words.not_meeting_words.search(text) is not None:
        return False
    return bool(dates_in(Passage(text, ())))


def tells_when_written(text: str, mention: PeriodMention) -> bool:
    """True for the month of "Prepared for the annual conversation, March 2024": the paper's, not its figures'."""
    return mention.expression.form in _ITS_DAY and _is_line(text) and fact_words().written.search(text) is not None


def _is_line(text: str) -> bool:
    """True for a line of a front page, not a sentence."""
    return len(text.split()) <= 25 and not (text.endswith(".") and len(text) > 80)


def dates_in(passage: Passage) -> list[tuple[date, int, int]]:
    """Full dates in a passage, in order, with their spans."""
    found: list[tuple[date, int, int]] = []
    for mention in find_periods(passage.text):
        if not is_complete(mention.expression) or mention.expression.day is None or mention.expression.last is not None:
            continue
        period = resolve(mention.expression, PeriodAnchor())
        if period is not None and period.kind is PeriodKind.DATE:
            found.append((period.end, mention.start, mention.end))
    return found
