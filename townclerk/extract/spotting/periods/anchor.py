"""What relative times are counted from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from townclerk.models.period import Period, PeriodKind

_FAR_MEETING_MONTHS = 9
_COUNTABLE = (PeriodKind.DATE, PeriodKind.MONTH, PeriodKind.QUARTER, PeriodKind.YEAR_TO_DATE)


@dataclass(slots=True, frozen=True)
class PeriodAnchor:
    """What relative times are counted from.

    Attributes:
        document: The report's own period.
        meeting_date: The meeting it was written for.
        data: The period of the figure just before, for "the quarter before" and "same quarter last year".
    """

    document: Period | None = None
    meeting_date: date | None = None
    data: Period | None = None

    @property
    def base(self) -> Period | None:
        """The period that "last quarter" and its like are counted from: the data's own, unless that is a whole year."""
        if self.data is not None and self.data.kind in _COUNTABLE:
            return self.data
        return self.document or self.data

    def limit(self) -> date | None:
        """The last day of a time without a year: the meeting, or the report's end where that is unknown or far."""
        if self.document is None:
            return self.meeting_date
        end = self.document.end
        if self.meeting_date is None or self.meeting_date < end:
            return end
        months = (self.meeting_date.year - end.year) * 12 + self.meeting_date.month - end.month
        return self.meeting_date if months <= _FAR_MEETING_MONTHS else end
