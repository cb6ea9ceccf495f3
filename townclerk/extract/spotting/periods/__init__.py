"""Times in council reports: finding them, and saying which days they mean."""

from townclerk.extract.spotting.periods.anchor import PeriodAnchor
from townclerk.extract.spotting.periods.apart import times_apart
from townclerk.extract.spotting.periods.read import PeriodRow, read_header, read_period, read_period_file
from townclerk.extract.spotting.periods.resolve import is_complete, resolve
from townclerk.extract.spotting.periods.spot import find_periods, opening_time, whole_time

__all__ = [
    "PeriodAnchor",
    "PeriodRow",
    "find_periods",
    "is_complete",
    "opening_time",
    "read_header",
    "read_period",
    "read_period_file",
    "resolve",
    "times_apart",
    "whole_time",
]
