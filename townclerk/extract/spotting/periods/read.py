"""Reading one time given on its own: a table head, or the text of `townclerk period`."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from townclerk.extract.spotting.periods.anchor import PeriodAnchor
from townclerk.extract.spotting.periods.resolve import is_complete, resolve
from townclerk.extract.spotting.periods.spot import find_periods, find_whole
from townclerk.models.errors import UnreadableError, UsageError, why_unread
from townclerk.models.mentions import PeriodExpression
from townclerk.models.period import Period, financial_year_of, parse_code


@dataclass(slots=True, frozen=True)
class PeriodRow:
    """One row of a file of times, read.

    Attributes:
        text: The words.
        document_period: Code of the report's period, or None.
        meeting_date: Day of the meeting, or None.
        period: What they mean; None where they are no time, or the row does not tell.
    """

    text: str
    document_period: str | None
    meeting_date: str | None
    period: Period | None


def read_period(text: str, document_period: str | None = None, meeting_date: str | None = None) -> Period | None:
    """The period that words mean in a report.

    Args:
        text: The words ("same quarter last year").
        document_period: Code of the report's period ("2018-19-Q3").
        meeting_date: Day of its meeting ("2019-03-05").

    Returns:
        The period with the words it was read from, or None where they are no time or the report does not tell.

    Raises:
        UsageError: If the code or the date cannot be read.
    """
    anchor = _anchor(document_period, meeting_date)
    mentions = find_periods(text) or [found for found in [find_whole(text)] if found]
    for mention in mentions:
        made = resolve(mention.expression, anchor)
        if made is not None:
            return made.with_basis(made.basis, mention.text)
    return None


def read_period_file(path: Path) -> list[PeriodRow]:
    """Read every row of a CSV file with the column `text` and perhaps `document_period` and `meeting_date`.

    Raises:
        UnreadableError: If the file cannot be read or has no `text` column.
        UsageError: If a row's code or date cannot be read, with its line.
    """
    try:
        content = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as fault:
        raise UnreadableError(
            f"{path}: cannot be read ({why_unread(fault)}); give a UTF-8 CSV file with a `text` column"
        ) from None
    return list(_rows(content, str(path)))


def _rows(content: str, name: str) -> Iterator[PeriodRow]:
    reader = csv.DictReader(io.StringIO(content, newline=""))
    if "text" not in (reader.fieldnames or ()):
        raise UnreadableError(f"{name}:1: has no `text` column; name the columns in the first line, one of them `text`")
    for row in reader:
        text = row["text"] or ""
        document_period = row.get("document_period") or None
        meeting_date = row.get("meeting_date") or None
        try:
            period = read_period(text, document_period, meeting_date)
        except UsageError as fault:
            raise UsageError(f"{name}:{reader.line_num}: {fault}") from None
        yield PeriodRow(text, document_period, meeting_date, period)


def _anchor(document_period: str | None, meeting_date: str | None) -> PeriodAnchor:
    try:
        document = parse_code(document_period) if document_period else None
    except ValueError as fault:
        raise UsageError(f"{fault}; give the report's period as one of these codes") from None
    try:
        meeting = date.fromisoformat(meeting_date) if meeting_date else None
    except ValueError:
        raise UsageError(f"{meeting_date!r} is no date; write the meeting's day as 2019-03-05") from None
    return PeriodAnchor(document, meeting)


def read_header(text: str, context_year: Period | None = None) -> Period | PeriodExpression | None:
    """What time a table's row or column head names, from its words and the year of the head above it alone.

    Args:
        text: The head ("Q1", "Sep-21", "2018/19 outturn", "Same period last year").
        context_year: The year that a head above or before it names, inside which "Q1" or "Apr" lies.

    Returns:
        A period where the words are complete; an expression where they need the report ("Previous month", a lone
        "Q1" without a year above) or leave a choice (a year by itself); None where they are no time, or more than one.
    """
    mention = find_whole(text)
    if mention is None:
        mentions = find_periods(text)
        if len(mentions) != 1:
            return None
        mention = mentions[0]
    expression = mention.expression
    if expression.form == "year":
        return expression
    if (
        context_year is not None
        and expression.form == "year_to_date"
        and expression.month is expression.quarter is None
    ):
        return expression if expression.year else replace(expression, year=financial_year_of(context_year.end))
    if context_year is not None and not is_complete(expression) and expression.form in _INSIDE_A_YEAR:
        made = resolve(expression, PeriodAnchor(document=context_year))
        if made is not None and context_year.start <= made.end <= context_year.end:
            return made.with_basis(made.basis, mention.text)
    if is_complete(expression) or expression.inferred:
        made = resolve(expression, PeriodAnchor())
        if made is not None:
            return made.with_basis(made.basis, mention.text)
    return expression


_INSIDE_A_YEAR = frozenset({"quarter", "month", "date", "quarter_range", "month_range", "year_to_date", "year_end"})
