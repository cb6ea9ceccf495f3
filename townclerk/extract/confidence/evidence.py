"""Everything that speaks for or against a reading, as named amounts with a sentence a reader understands."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from functools import cache

from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate, Feature
from townclerk.models.document import Document, Origin
from townclerk.models.mentions import FigureForm
from townclerk.models.period import Period, PeriodKind
from townclerk.models.units import Basis, Method, Role, Unit

_FAR = 800
# A paper on a quarter may come to a meeting, and bring newer figures along, this long after the quarter's end.
_LATEST_REPORT = _YEAR = timedelta(days=366)
_YEAR_ENDS = frozenset({(3, 31), (12, 31), (7, 31), (8, 31)})
_SHORT = 2
_FEW = 10
_METHOD = {Method.PROSE: "running text", Method.TABLE: "a table", Method.TILE: "a dashboard tile"}
_ORIGIN = {Origin.TEXT: "a text file", Origin.BORN_DIGITAL: "a PDF's own text", Origin.SCAN: "a scan"}
_LINKS = frozenset(
    {"inside", "directly_behind", "behind", "before", "completed", "said_before", "heading", "follows_value"}
)
_PERIODS = frozenset({"period_stated", "period_inferred", "period_unknown"})


def gather(candidate: Candidate, document: Document) -> list[Feature]:
    """The evidence for a linked and checked candidate.

    Args:
        candidate: The candidate.
        document: Its report.

    Returns:
        Each kind of evidence once, in a fixed order; names are looked up in the calibration. What may count one way
        only has its size for an amount: a linker tells doubts as losses.
    """
    found: dict[str, Feature] = {}
    for feature in (
        *_setting(candidate, document),
        *candidate.features,
        *_reading(candidate),
        *_scope(candidate, document),
        *_time(candidate, document),
        *_time_left(candidate),
        *_checks(candidate),
        *_flags(candidate),
        *_recognition(candidate, document),
    ):
        loss = feature.amount < 0 and expected_sign(feature.name)
        found.setdefault(feature.name, feature._replace(amount=-feature.amount) if loss else feature)
    return list(found.values())


@cache
def group_of(name: str) -> str:
    """The group of a kind of evidence: of each group a figure has one kind at most."""
    name = name.partition("@")[0]
    if name.startswith(("method_", "input_")):
        return "setting"
    if name.startswith("match_"):
        return "match"
    if name in _LINKS or name.startswith("slot_"):
        return "link"
    if name in _PERIODS:
        return "period"
    return name if name in {"unit_fit", "margin"} else ""


_DOUBTS = frozenset(
    {
        "rival",
        "short_phrase",
        "bare_number",
        "in_words",
        "bracketed",
        "small_count",
        "no_value",
        "no_area",
        "no_report_period",
        "far_period",
        "other_period_inferred",
        "needs_context",
        "other_service",
        "one_reading",
        "undated",
        "bare_year",
        "no_authority",
        "damaged_text",
        "doubts_beside",
        "lost_beside",
        "faulted_beside",
        "size_apart",
        "short_row",
        "figures_beside",
        "bare_row",
        "measures_beside",
        "time_unused",
        "time_left",
        "no_column",
        "no_head",
        "head_silent",
        "head_unknown",
        "heads_alike",
        "heads_silent",
        "label_unknown",
        "decimals_more",
        "point_lost",
        "unfinished",
        "later_period",
        "claims",
        "claims_beside",
        "own_undated",
        "report_time_inferred",
        "times_later",
        "times_earlier",
    }
)


_BACKING = frozenset({"two_readings", "borne_out_beside", "size_alike", "print_alike", "times_agree"})


RISING = frozenset({"unit_fit", "margin"})
"""Kinds of evidence of which more can never be worth less."""


def with_settings(evidence: Iterable[tuple[str, float]]) -> Iterator[tuple[str, float]]:
    """Evidence, and once more each kind that may count either way under a name of its own in its setting.

    `period_inferred` in a tile is worth something else than in a table: the second name holds the difference.
    """
    held = list(evidence)
    yield from held
    settings = [name for name, _ in held if group_of(name) == "setting"]
    for name, amount in held:
        if group_of(name) != "setting" and name not in RISING and not expected_sign(name):
            yield from ((f"{name}@{setting}", amount) for setting in settings)


def expected_sign(name: str) -> int:
    """Which way a kind of evidence may count, more of it the more so: 1 for, -1 against, 0 either.

    A fit that finds an agreeing check to speak against a reading has learnt a quirk of its data; such a reason would
    mislead its reader.
    """
    if "@" in name:
        return 0
    if name.endswith("_supports") or name in _BACKING:
        return 1
    return -1 if name in _DOUBTS or name.endswith("_contradicts") or name.startswith("flag_") else 0


def _setting(candidate: Candidate, document: Document) -> tuple[Feature, Feature]:
    origin = document.page_at(candidate.figure_span.start).origin
    return _found_in(candidate.method), _read_from(origin)


@cache
def _found_in(method: Method) -> Feature:
    return Feature(f"method_{method.value}", 1.0, f"figures in {_METHOD[method]}")


@cache
def _read_from(origin: Origin) -> Feature:
    return Feature(f"input_{origin.value}", 1.0, f"read from {_ORIGIN[origin]}")


def _reading(candidate: Candidate) -> Iterator[Feature]:
    """How sure the words and the figure are."""
    match, figure = candidate.match, candidate.figure
    if match is not None:
        if candidate.rivals:
            share = candidate.rivals[0].score / max(match.score, 0.01)
            yield Feature("rival", min(share, 1.5), "another measure would fit the words, too")
        if len(match.phrase.split()) <= _SHORT:
            yield Feature("short_phrase", 1.0, "the words that name the measure are few")
    if figure.unit is None and candidate.unit is not Unit.COUNT:
        yield Feature("bare_number", 1.0, "the figure is printed without its unit")
    if figure.form in {FigureForm.WORDS, FigureForm.NONE, FigureForm.ALL, FigureForm.ODDS}:
        yield Feature("in_words", 1.0, "the figure is written in words")
    if figure.bracketed:
        yield Feature("bracketed", 1.0, "the figure stands in brackets")
    if candidate.unit is Unit.COUNT and candidate.value is not None and candidate.value < _FEW:
        yield Feature("small_count", 1.0, "a small number is often of something else")
    if candidate.value is None:
        yield Feature("no_value", 1.0, f"the value is {candidate.status.value.replace('_', ' ')}")


def _scope(candidate: Candidate, document: Document) -> Iterator[Feature]:
    """Role and place."""
    if candidate.role is Role.TARGET:
        yield Feature("target", 1.0, "read as a target")
    area = candidate.area
    if area is None:
        yield Feature("no_area", 1.0, "no one place is named")
    elif not area.is_reporting_authority:
        kind = "other_authority" if area.kind is AreaKind.AUTHORITY else "comparator"
        yield Feature(kind, 1.0, "read as the value of another place")
    facts = document.facts_at(candidate.block)
    if facts.authority.value is None and (area is None or area.is_reporting_authority):
        yield Feature("no_authority", 1.0, "whose report it is is not known")


def _time(candidate: Candidate, document: Document) -> Iterator[Feature]:
    """Where a reading's time lies against the report's own and its meeting."""
    facts = document.facts_at(candidate.block)
    period, report, meeting = candidate.period, facts.period.value, facts.meeting_date.value
    if report is None:
        yield Feature("no_report_period", 1.0, "the report's own period is not known")
        if period is not None and period.basis is not Basis.STATED:
            yield Feature("undated", 1.0, "neither the figure nor the report states its time")
    elif period is not None and abs((period.end - report.end).days) > _FAR:
        yield Feature("far_period", 1.0, "the time lies years from the report's own")
    elif period is not None and period.end != report.end:
        stated = period.basis is Basis.STATED
        words = "the time is not the report's own" + ("" if stated else " and is not stated")
        yield Feature("other_period" if stated else "other_period_inferred", 1.0, words)
    if period is not None and candidate.role is Role.ACTUAL:
        if _is_ahead(period, meeting, report):
            yield Feature("ahead_of_meeting", 1.0, "its time lies ahead of the report")
        elif meeting is not None and period.end > meeting:
            yield Feature("unfinished", 1.0, "its time ends after the meeting that the report is for")
        elif report is not None and period.end > report.end:
            yield Feature("later_period", 1.0, "its time is later than the report's own")
    if period is not None and period.kind is PeriodKind.CALENDAR_YEAR and period.basis is not Basis.STATED:
        yield Feature("bare_year", 1.0, "a bare year, which may be the calendar's or the financial one")


def _time_left(candidate: Candidate) -> Iterator[Feature]:
    """Whether words beside a value without a time state one that was given to nothing."""
    if candidate.period is None and any(feature.name == "time_unused" for feature in candidate.features):
        yield Feature("time_left", 1.0, "its time is not known, and one beside it is not taken")


def _is_ahead(period: Period, meeting: date | None, report: Period | None) -> bool:
    """Whether a time lies behind the last day that the report can know of.

    A meeting before the end of the report's own time is no meeting of this report. A level of "2021/22" is dated at the
    year's end, and is told while the year runs.
    """
    if report is not None and (meeting is None or meeting < report.end):
        meeting = report.end + _LATEST_REPORT
    closing = period.start == period.end and (period.end.month, period.end.day) in _YEAR_ENDS
    return meeting is not None and (period.end - _YEAR if closing else period.start) > meeting


def _checks(candidate: Candidate) -> Iterator[Feature]:
    """What the arithmetic said: each check once, the worse outcome first."""
    for outcome in ("contradicts", "supports"):
        for check in candidate.checks:
            if check.outcome == outcome:
                yield Feature(f"{check.name}_{outcome}", 1.0, check.text)


_FLAGGED = {
    "conflict": "another figure of this report claims the same measure, place, time and role",
    "computed": "worked out from its counts; no percentage is printed",
    "ocr_repaired": "a damaged character of the figure was mended",
    "label_repaired": "damaged characters of its name were mended",
    "bare_word": "a single word names the measure",
    "implausible": "outside what authorities report",
    "impossible": "no such share or level can be",
    "ratio_mismatch": "does not fit the counts printed with it",
    "columns_unclear": "its row has fewer values than its table has heads",
    "row_short": "its row has fewer cells than its table has heads, and another head could be its own",
    "heads_short": "its table has fewer heads than columns: one was lost, and nobody can tell which",
    "columns_disagree": "two readings of the table put it in different columns",
    "unit_repaired": "printed with a unit that cannot be",
    "chart": "read from a chart",
    "maybe_range": "may be one end of a range",
}
"""What a flag says, for a reader; other flags are told by their names."""


def _flags(candidate: Candidate) -> Iterator[Feature]:
    for flag in candidate.flags:
        yield Feature(f"flag_{flag}", 1.0, _FLAGGED.get(flag, f"flagged: {flag.replace('_', ' ')}"))


def _recognition(candidate: Candidate, document: Document) -> Iterator[Feature]:
    """How sure the recogniser was of a scanned figure's words."""
    span = candidate.figure_span
    words = document.page_at(span.start).words
    if words is None or not len(words.certainty):
        return
    places = range(bisect_right(words.ends, span.start), bisect_left(words.starts, span.end))
    if not places:
        return
    least = min(words.certainty[i] for i in places)
    yield Feature("recognised", least, f"the recogniser was {least:.0%} sure of the figure")
    twice = [words.agreed[i] for i in places if words.agreed[i] >= 0] if len(words.agreed) else []
    if twice:
        agreed = all(twice)
        name = "two_readings" if agreed else "one_reading"
        yield Feature(name, 1.0, "two readers read the same" if agreed else "two readers read it differently")
