"""What stands in a text beside its times."""

from __future__ import annotations

from townclerk.extract.spotting.periods.resolve import is_complete
from townclerk.extract.spotting.periods.spot import find_periods
from townclerk.models.mentions import PeriodMention
from townclerk.models.spans import blanked


def times_apart(text: str, *, complete: bool = False) -> tuple[list[PeriodMention], str]:
    """The times of a text, and the text with blanks for them.

    Args:
        text: The text.
        complete: Only the times that name their year.
    """
    times = [time for time in find_periods(text) if not complete or is_complete(time.expression)]
    return times, blanked(text, times)
