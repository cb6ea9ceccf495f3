"""Short made-up reports read end to end, for the tests of this room."""

from __future__ import annotations

from functools import cache

from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.models.observation import Observation

PERIOD = "2022-23-Q3"
Seen = tuple[str | None, str | None, str, float | None]
Placed = tuple[str | None, str | None, str | None, str, float | None]


@cache
def _extractor(authority: str | None, period: str | None) -> Extractor:
    return Extractor(Settings(authority=authority, period=period))


def read(report: str | bytes, *, authority: str | None = "Wexcombe", period: str | None = PERIOD) -> list[Observation]:
    """What a report says: a text, or the bytes of a PDF. Without an authority its own words must tell whose it is."""
    extractor = _extractor(authority, period)
    data, name = (report.encode("utf-8"), "report.txt") if isinstance(report, str) else (report, "report.pdf")
    return extractor.extract(extractor.read(data, name)).observations


def seen(text: str, *, period: str = PERIOD) -> set[Seen]:
    """What a report says, short: measure, time, role, value."""
    return {(o.indicator_id, o.period.code, o.role.value, o.value) for o in read(text, period=period)}


def placed(text: str, *, period: str = PERIOD) -> set[Placed]:
    """What a report says, short: measure, kind of place, time, role, value."""
    return {
        (o.indicator_id, o.area.kind.value if o.area else None, o.period.code, o.role.value, o.value)
        for o in read(text, period=period)
    }


def told(text: str, *, period: str = PERIOD) -> set[str]:
    """What a report says, in words: measure, value, role, time."""
    return {
        f"{o.indicator_id} {o.value:g} {o.role.value} {o.period.code}"
        for o in read(text, period=period)
        if o.value is not None
    }
