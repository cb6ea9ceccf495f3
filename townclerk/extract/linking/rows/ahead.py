"""Columns kept for the rest of a year that rows leave empty: "Q3" and "Q4" in the report of its second quarter."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.tables.columns import Column
from townclerk.extract.spotting.periods import PeriodAnchor, is_complete, resolve
from townclerk.models.mentions import PeriodExpression
from townclerk.models.period import PeriodKind
from townclerk.patterns.table_words import ColumnKind

# Times of a report that end with the newest figures in it; a year may be that of the plan it reports on.
_REACHED = frozenset({PeriodKind.QUARTER, PeriodKind.MONTH, PeriodKind.YEAR_TO_DATE, PeriodKind.DATE})
_FEWEST_LEFT = 3
_APRIL = 4


def fillable(header: Header, anchor: PeriodAnchor) -> list[Header]:
    """The heads that rows can fill: less those still to come when the report was written, if any are, and all.

    Args:
        header: Heads as printed.
        anchor: The report's own period and its meeting.
    """
    reached = _without_ahead(header, anchor)
    return [header] if reached is None else [reached, header]


def month_before(anchor: PeriodAnchor) -> PeriodAnchor | None:
    """The same anchor in a report that does not reach the end of its own month; None where it is of no month.

    A paper of March may keep a column for the quarter that ends in March.

    Args:
        anchor: The report's own period and its meeting.
    """
    month = anchor.document
    if month is None or month.kind is not PeriodKind.MONTH:
        return None
    eve = month.start - timedelta(days=1)
    return replace(anchor, document=replace(month, end=eve, kind=PeriodKind.DATE))


def _without_ahead(header: Header, anchor: PeriodAnchor) -> Header | None:
    """The heads less those of months and quarters that were still to come.

    None where no time is still to come, or too few heads are left.
    """
    reached = anchor.document if anchor.document is not None and anchor.document.kind in _REACHED else None
    limit = reached.end if reached is not None else anchor.meeting_date
    if limit is None:
        return None
    parts = [_part(column) for column in header.columns]
    bare = [_place(part) for part in parts if part is not None and not is_complete(part)]
    # Without years they are of one year only where they begin with its first and go on in order.
    of_year = reached is not None and bare[:1] == [0] and bare == sorted(set(bare))
    left = [at for at, part in enumerate(parts) if part is None or not _is_ahead(part, limit, of_year=of_year)]
    if not _FEWEST_LEFT <= len(left) < len(header.columns):
        return None
    columns = [replace(header.columns[at], index=place) for place, at in enumerate(left)]
    return replace(header, heads=[header.heads[at] for at in left], columns=columns, paired=None)


def _part(column: Column) -> PeriodExpression | None:
    """The month or quarter in a head over values that are no targets."""
    if column.index == 0 or column.period is None or column.kind is ColumnKind.TARGET:
        return None
    said = column.period.expression
    return said if said.form in {"month", "quarter"} and said.last is None else None


def _is_ahead(part: PeriodExpression, limit: date, *, of_year: bool) -> bool:
    """True for a month or quarter that ends behind the last day told of; without a year, where it is of that year."""
    if is_complete(part):
        period = resolve(part, PeriodAnchor())
        return period is not None and period.end > limit
    return of_year and _place(part) > (limit.month - _APRIL) % 12


def _place(part: PeriodExpression) -> int:
    """How many months of the financial year are over when a month or quarter begins."""
    if part.quarter is not None:
        return 3 * (part.quarter - 1)
    return ((part.month or _APRIL) - _APRIL) % 12
