"""The time a report is about: the period its title, headings and opening words give, never the meeting's date.

Every mention on the front, in headings and in the file name gives points to its period; the one with most points
wins if it has enough. The points are small whole numbers that order plain cases rightly; they are not fitted.
"""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from townclerk.extract.facts.body_period import body_period
from townclerk.extract.facts.front import Front, span_of
from townclerk.extract.facts.meeting import closes_quarter, tells_when_written
from townclerk.extract.facts.words import FactWords
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, is_complete, resolve, times_apart
from townclerk.models.digits import has_digit
from townclerk.models.document import Block, BlockKind, Fact
from townclerk.models.mentions import PeriodMention
from townclerk.models.passage import Passage
from townclerk.models.period import Period, PeriodKind, academic_year, calendar_year, financial_year, quarter
from townclerk.models.units import Basis

_LABELLED, _TITLE, _CUE, _ALONE, _HEADING, _RUNNING, _FILE = 8.0, 6.0, 5.0, 2.0, 1.5, 1.5, 3.0
_SUBTITLE, _HEADS_FRONT = 5.1, 3.0
_PASSING = 0.5
_FEWEST_HEADS, _LONGEST_HEADS, _MANY_HEADS = 2, 60, 3
_ENOUGH = 3.0
_CAP = 8.0
_WEIGHT = {
    PeriodKind.QUARTER: 1.0,
    PeriodKind.MONTH: 1.0,
    PeriodKind.SPAN: 0.9,
    PeriodKind.YEAR_TO_DATE: 0.9,
    PeriodKind.DATE: 0.7,
    PeriodKind.FINANCIAL_YEAR: 0.7,
    PeriodKind.ACADEMIC_YEAR: 0.6,
    PeriodKind.CALENDAR_YEAR: 0.5,
    PeriodKind.ROLLING_12_MONTHS: 0.3,
}
_TOLD_YEAR = 0.7
_CUTS = frozenset({PeriodKind.DATE, PeriodKind.MONTH})
_WHOLE_YEAR, _LONGEST_DAYS = 364, 400
_APRIL = (4, 1)
_FIRST_LINES = 200
_QUARTER_AND_YEAR = 2
_OPENING_BLOCKS = 25
_SHORT = 40
_LINE = 120
# More letters than a time and its one value have, however they are worded.
_LONGEST_DATED = 160
_LONGEST_LEAD = 120
_SET_OFF = re.compile(r"(?:\bfor|[:–—,(-])\s*$")
_GLOSS = re.compile(r"\s*\([^()]*\)")
_SET_OFF_BEHIND = re.compile(r"\s*[:–—|]|\s+-\s")
# A level: a percentage, a rate, or a count that is no paragraph's number, year, committee's or appendix's number.
_LEVEL = re.compile(r"\d\s?%|\bper\s?cent\b|\bper\s+1?0?,?000\b|(?<![\d/.-])\d{1,3}(?:,\d{3})*(?![\d/.)-])\s+(?=[a-z])")
_YEAR_AT_END = re.compile(r"\b20\d\d$")
_ONE_VALUE = re.compile(r"[\s:()–-]*£?\d[\d,.]*\s?%?\s*(?:in|at)?[\s:()–-]*")
_LEADING_WORDS = re.compile(r"(?:(?!quarter\b|month\b|year\b)[a-z]+\s+)+")


@dataclass(slots=True)
class _Votes:
    """Points of one stretch of time."""

    period: Period
    points: float = 0.0
    best: float = 0.0
    words: str = ""
    span: tuple[int, int] | None = None
    on_front: bool = False
    by_source: dict[float, float] = field(default_factory=lambda: defaultdict(float))


def read_period(front: Front, name: str, meeting: date | None, title: Fact[str], words: FactWords) -> Fact[Period]:
    """The reporting period; unknown for inspections and where nothing on the report gives one.

    Args:
        front: The front, laid out.
        name: The file's name.
        meeting: The meeting's date: it completes "quarter 2" and is itself no period.
        title: The title found.
        words: Cue words.
    """
    opening = " ".join(block.passage.text for block in front.front)[:2000]
    cut = _data_end(front, words)
    # A paper that speaks of an inspection may still have a time in its title; an inspection's letter has none.
    only_if_titled = words.no_period.search(opening) is not None and not front.labels["period"] and cut is None
    for anchor, basis in ((PeriodAnchor(), Basis.STATED), (PeriodAnchor(meeting_date=meeting), Basis.INFERRED)):
        if basis is Basis.INFERRED and meeting is None:
            continue
        votes = _collect(front, name, title, anchor, meeting, words)
        if only_if_titled and (votes is None or votes.best < _SUBTITLE or votes.period.kind is PeriodKind.DATE):
            continue
        if votes is not None:
            if cut is not None and votes.best < _TITLE and cut.period.end < votes.period.end:
                votes = cut
            known = basis if votes.on_front and votes.period.basis is Basis.STATED else Basis.INFERRED
            period = votes.period
            if period.kind is PeriodKind.FINANCIAL_YEAR and words.school_years.search(opening[:_FIRST_LINES]):
                period = academic_year(period.start.year)
            elif period.kind is PeriodKind.FINANCIAL_YEAR and (number := _quarter_beside(votes, front, title, words)):
                known, period = Basis.INFERRED, quarter(period.start.year, number)
            return Fact(period.with_basis(known, votes.words), known, votes.words, votes.span)
    if only_if_titled:
        return Fact()
    if cut is not None:
        return Fact(cut.period.with_basis(Basis.STATED, cut.words), Basis.STATED, cut.words, cut.span)
    by_heads = _from_heads(front, meeting, words)
    if by_heads.value is not None:
        return by_heads
    by_title = _from_results_title(title, words)
    return by_title if by_title.value is not None else body_period(front.blocks, meeting, words)


def _quarter_beside(year: _Votes, front: Front, title: Fact[str], words: FactWords) -> int | None:
    """The quarter whose year stands elsewhere: one that the title names, or a line of its own next to the year's."""
    if words.of_the_year.search(title.value or ""):
        return None
    lines = [title.value or ""]
    texts = [block.passage.text.strip() for block in front.front[:_OPENING_BLOCKS]]
    for place, text in enumerate(texts):
        if year.words and text.endswith(year.words) and len(text) <= _SHORT:
            beside = texts[max(0, place - 2) : place + 3]
            lines += [line for line in beside if len(line) <= _SHORT and not times_apart(line)[1].strip(" ()–-:,")]
    quarters = {
        mention.expression.quarter
        for line in lines
        if len(mentions := find_periods(line)) == 1
        for mention in mentions
        if mention.expression.form == "quarter" and mention.expression.year is None
    }
    return quarters.pop() if len(quarters) == 1 else None


def _data_end(front: Front, words: FactWords) -> _Votes | None:
    """The day that the front says its figures run to ("Data to 31 January 2024 unless we say otherwise").

    Figures tell of no later time, whatever month the front names besides: that of a meeting or of an inspection. Of two
    such days ("Activity to November, indicators to September") the earlier holds for the measures.
    """
    earliest: _Votes | None = None
    for block in front.front[:_OPENING_BLOCKS]:
        text = block.passage.text[:3000]
        for mention in find_periods(text):
            own = _LEADING_WORDS.match(mention.text)
            lead = text[max(0, mention.start - _LONGEST_LEAD) : mention.start] + (own[0] if own else "")
            if not is_complete(mention.expression) or not words.data_to.search(lead):
                continue
            period = resolve(mention.expression, PeriodAnchor())
            if period is not None and period.kind in _CUTS:
                last = period if period.kind is PeriodKind.DATE else period.last_day()
                if earliest is None or last.end < earliest.period.end:
                    span = span_of(block.passage, mention.start, mention.end)
                    earliest = _Votes(last, words=mention.text, span=span, on_front=True)
    return earliest


def _from_results_title(title: Fact[str], words: FactWords) -> Fact[Period]:
    """The bare year that ends the title of a report on schools' results; of another report it may be any year."""
    year = _YEAR_AT_END.search(title.value or "")
    if year is None or not words.results_title.search(title.value or ""):
        return Fact()
    return Fact(calendar_year(int(year[0])).with_basis(Basis.INFERRED, year[0]), Basis.INFERRED, year[0], title.span)


def _from_heads(front: Front, meeting: date | None, words: FactWords) -> Fact[Period]:
    """The newest of the months or quarters that head the columns of tables, where nothing else tells the time."""
    newest: tuple[Period, PeriodMention, Passage] | None = None
    for block in front.blocks:
        if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and block.passage.text.rstrip().endswith("."):
            # "December 2011 (164) and January 2012 (189)." is told in passing.
            continue
        for start, line in _first_lines(block.passage.text):
            dated = [
                (period, mention)
                for mention in find_periods(line)
                if (period := _usable(mention, PeriodAnchor(), meeting)) is not None
                and period.kind in {PeriodKind.MONTH, PeriodKind.QUARTER}
            ]
            # What stands behind the newest head in line ("Q1 22/23 Q2 22/23 Target") is the next column's.
            ends = {period.end for period, _ in dated}
            found = [
                (period, mention)
                for period, mention in dated
                if period.start - timedelta(days=1) in ends or not words.is_foreign(line, mention)
            ]
            if len({period.code for period, _ in found}) < _FEWEST_HEADS or len(line.split()) > _LONGEST_HEADS:
                continue
            period, mention = max(found, key=lambda one: one[0].end)
            if newest is None or period.end > newest[0].end:
                part = block.passage.slice(start, start + len(line))
                newest = period, mention, part
    if newest is None:
        return Fact()
    period, mention, part = newest
    span = span_of(part, mention.start, mention.end)
    return Fact(period.with_basis(Basis.INFERRED, mention.text), Basis.INFERRED, mention.text, span)


def _first_lines(text: str) -> list[tuple[int, str]]:
    """The lines of a block that can hold heads, with their offsets: its first two."""
    first, _, rest = text.partition("\n")
    second = rest.partition("\n")[0]
    return [(0, first), (len(first) + 1, second)] if rest else [(0, first)]


def _collect(
    front: Front, name: str, title: Fact[str], anchor: PeriodAnchor, meeting: date | None, words: FactWords
) -> _Votes | None:
    """Points of all mentions; the winner, None where none has enough."""
    votes: dict[tuple[date, date], _Votes] = {}
    for passage in front.labels["period"]:
        _vote(votes, passage, _LABELLED, anchor, meeting, words, True)
    opening = {id(block) for block in front.front[:_OPENING_BLOCKS]}
    above = ""
    for block in front.blocks:
        text = block.passage.text
        source = _source(block, title, id(block) in opening)
        if source and not _heads_columns(text):
            if id(block) in opening and len(text) <= _LINE and _is_years_line(text) and words.title_words.search(above):
                source = _SUBTITLE
            _vote(votes, block.passage, source, anchor, meeting, words, id(block) in opening)
        above = text if len(text) <= _LINE else ""
    plain = re.sub(r"[_.]+", " ", name.rsplit(".", 1)[0])
    _vote(votes, Passage(plain, ()), _FILE, anchor, meeting, words, False)
    _support(votes)
    best = max(votes.values(), key=lambda one: one.points, default=None)
    return best if best is not None and best.points >= _ENOUGH else None


def _is_years_line(text: str) -> bool:
    """True for a line that is a year or its first and last day and nothing else: "1st April 2021 - 31st March 2022"."""
    found = find_periods(text)
    if len(found) != 1 or found[0].end - found[0].start < len(text.strip(" ()[].,")):
        return False
    period = resolve(found[0].expression, PeriodAnchor()) if is_complete(found[0].expression) else None
    return period is not None and _WHOLE_YEAR <= (period.end - period.start).days <= _LONGEST_DAYS


def _heads_columns(text: str) -> bool:
    """True for a line of three or more months or quarters: the heads of a table, whatever it was taken for."""
    if "\n" in text.strip() or len(text.split()) > _LONGEST_HEADS or text.endswith("."):
        return False
    # What a bracket adds is no head: "Quarter 3: 1 October - 31 December (with updates for January)".
    bare = _GLOSS.sub(" ", text)
    parts = {time.text for time in find_periods(bare) if time.expression.month or time.expression.quarter}
    return len(parts) >= _MANY_HEADS


def _source(block: Block, title: Fact[str], opening: bool) -> float:
    """What a mention in a block is worth; 0 where it says nothing of the report's period."""
    text = block.passage.text
    if not has_digit(text):
        return 0.0
    if title.value == text and title.span is not None and title.span == span_of(block.passage):
        return _TITLE
    if block.kind is BlockKind.HEADING:
        # "The manager spoke to the scorecard for quarter 2 of 2022/23. Members noted that:" leads in what follows.
        return _CUE if opening and text.endswith(":") and ". " in text else _HEADING
    if block.kind is BlockKind.TILE and _dates_its_lines(text):
        return 0.0
    if block.kind in (BlockKind.CHART, BlockKind.PARAGRAPH) and _is_dated_value(text):
        return 0.0
    if block.kind in (BlockKind.TILE, BlockKind.CHART) or (
        block.kind is BlockKind.PARAGRAPH and _is_label(text, opening)
    ):
        return _HEADING if len(text) <= _SHORT else _ALONE
    if block.kind is BlockKind.FURNITURE:
        return _RUNNING
    if block.kind in (BlockKind.PARAGRAPH, BlockKind.LIST_ITEM) and opening:
        return _CUE
    return 0.0


def _dates_its_lines(text: str) -> bool:
    """True for a tile of several lines that give values times of their own: "Q4 2021/22: 338", months above values."""
    lines = text.split("\n")
    return len(lines) > 1 and (any(map(_dates_a_value, lines)) or sum(map(_is_time, lines)) > 1)


def _is_time(line: str) -> bool:
    """True for a line that is a time and nothing else, as each of several months above its value."""
    times, rest = times_apart(line, complete=True)
    return len(times) == 1 and not rest.strip(" :.-–")


def _dates_a_value(line: str) -> bool:
    times, rest = times_apart(line, complete=True)
    return bool(times) and has_digit(rest)


def _is_dated_value(text: str) -> bool:
    """True for a time and one value, which it dates: "Jul 2020: 80.8%"."""
    if len(text) > _LONGEST_DATED:
        return False
    times, rest = times_apart(text, complete=True)
    return len(times) == 1 and _ONE_VALUE.fullmatch(rest) is not None


def _is_label(text: str, opening: bool) -> bool:
    """True for a short line that is no opening sentence."""
    return len(text) <= _SHORT and not (opening and text.endswith("."))


def _vote(
    votes: dict[tuple[date, date], _Votes],
    passage: Passage,
    source: float,
    anchor: PeriodAnchor,
    meeting: date | None,
    words: FactWords,
    on_front: bool,
) -> None:
    """Give the periods of one passage their points."""
    text = passage.text
    for mention in _joined(find_periods(text[:3000]), source):
        period = _usable(mention, anchor, meeting)
        if period is None or words.is_foreign(text, mention) or tells_when_written(text, mention):
            continue
        if (
            source == _FILE
            and meeting is not None
            and period.kind is PeriodKind.MONTH
            and period.start <= meeting <= period.end
        ):
            # A file is as often named for its meeting as for its data.
            continue
        worth = source
        if source == _CUE and _is_said_of_all(text, mention, words):
            worth = _LABELLED
        elif source == _CUE and _is_in_passing(text, mention, words):
            worth = _PASSING
        if source in (_HEADING, _ALONE, _TITLE) or (len(text) <= _LINE and not text.endswith(".")):
            worth = max(worth, _worth_of_line(text, mention, words, on_front))
        if worth == _HEADS_FRONT and len(mention.text) >= len(text) and period.start == period.end:
            # A day alone on the front that closes a quarter is the day of the data.
            worth = _CUE if closes_quarter(period.end) else worth
        if source == _ALONE and mention.start > 60:
            continue
        one = votes.setdefault((period.start, period.end), _Votes(period))
        if period.kind is PeriodKind.QUARTER:
            one.period = period
        room = min(worth, _CAP - one.by_source[source])
        one.by_source[source] += room
        one.points += room * (_TOLD_YEAR if _is_told_year(period, worth) else _WEIGHT[period.kind])
        one.on_front = one.on_front or on_front
        if worth > one.best:
            one.best, one.words = worth, mention.text
            one.span = span_of(passage, mention.start, mention.end)


def _is_told_year(period: Period, worth: float) -> bool:
    """True for the twelve months of "performance for the year to November": no comparison's, where words say so."""
    return period.kind is PeriodKind.ROLLING_12_MONTHS and worth == _CUE


def _joined(mentions: list[PeriodMention], source: float) -> list[PeriodMention]:
    """The times of a passage; a title's quarter and year that words part are one: "Quarter 3 highlights 2019/20"."""
    if source != _TITLE or len(mentions) != _QUARTER_AND_YEAR:
        return mentions
    quarters = [one for one in mentions if one.expression.form == "quarter" and one.expression.year is None]
    years = [one for one in mentions if one.expression.form == "financial_year"]
    if not quarters or not years:
        return mentions
    whole = replace(quarters[0].expression, year=years[0].expression.year)
    return [replace(quarters[0], expression=whole)]


def _worth_of_line(text: str, mention: PeriodMention, words: FactWords, on_front: bool) -> float:
    """What a time is worth that is all a heading or short line says, or all that its cue leaves."""
    end = mention.end
    if glossed := _GLOSS.match(text, end):
        end = glossed.end()
    if end < len(text) - 2:
        behind = text[mention.end :]
        leads = mention.start == 0 and (_SET_OFF_BEHIND.match(behind) or words.title_behind.match(behind))
        return _HEADS_FRONT if on_front and leads else 0.0
    if mention.start == 0:
        return _HEADS_FRONT if on_front else _ALONE
    if on_front and _is_cued(text, mention, words):
        return _CUE
    return _HEADS_FRONT if on_front and _SET_OFF.search(text[: mention.start]) else 0.0


def _usable(mention: PeriodMention, anchor: PeriodAnchor, meeting: date | None) -> Period | None:
    """The period a mention gives, if it can be a report's own: complete, not too long, not the meeting."""
    if anchor.meeting_date is None and not is_complete(mention.expression):
        return None
    if anchor.meeting_date is not None and mention.expression.form not in (
        "quarter",
        "month",
        "year_to_date",
        "month_range",
    ):
        return None
    period = resolve(mention.expression, anchor)
    if period is None or (period.end - period.start).days > _LONGEST_DAYS:
        return None
    if period.kind is PeriodKind.ROLLING_12_MONTHS and (period.start.month, period.start.day) == _APRIL:
        # "The year ending March 2025".
        period = financial_year(period.start.year).with_basis(period.basis, period.text)
    if meeting is not None and (period.start == period.end == meeting or period.start > meeting):
        return None
    return period


def _is_cued(text: str, mention: PeriodMention, words: FactWords) -> bool:
    """True where the words beside a time (its own first ones too: "as at") say that the report is about it."""
    if words.period_cues_behind.search(text[mention.end : mention.end + 40]):
        return True
    before = text[max(0, mention.start - 50) : mention.start]
    own = _LEADING_WORDS.match(mention.text)
    return any(words.period_cues.search(said) for said in (before, before + (own[0] if own else "")))


def _is_said_of_all(text: str, mention: PeriodMention, words: FactWords) -> bool:
    """True for the time of "figures in this report are for the nine months to December 2024"."""
    return words.period_told.search(text[max(0, mention.start - 80) : mention.start]) is not None


def _is_in_passing(text: str, mention: PeriodMention, words: FactWords) -> bool:
    """True for a time that no cue leads in, or whose sentence tells a figure: it says when that was.

    Not for that of "the manager presented the report for quarter 2 of 2023/24, with 80% of visits on time".
    """
    start = max(text.rfind(". ", 0, mention.start) + 1, text.rfind("\n", 0, mention.start) + 1)
    if words.report_for.search(text[start : mention.start]):
        return False
    return not _is_cued(text, mention, words) or _tells_figure(text, start, mention, words)


def _tells_figure(text: str, start: int, mention: PeriodMention, words: FactWords) -> bool:
    """True where the sentence that begins at `start` tells a figure besides a time."""
    end = min((found for mark in (". ", "\n") if (found := text.find(mark, mention.end)) >= 0), default=len(text))
    others = words.references.sub(" ", text[start : mention.start] + " " + text[mention.end : end])
    return bool(_LEVEL.search(others))


def _support(votes: dict[tuple[date, date], _Votes]) -> None:
    """Let a date or month that ends a longer period speak for it: "to the end of December" for quarter 3."""
    for one in votes.values():
        if one.period.kind is PeriodKind.QUARTER:
            for other in votes.values():
                shorter = (
                    other is not one and other.period.end == one.period.end and other.period.start > one.period.start
                )
                if shorter and other.points <= one.points:
                    one.points += other.points / 2
