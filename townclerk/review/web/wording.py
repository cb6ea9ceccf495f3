"""How values are put into words for a reader."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from townclerk.models.observation import Observation, ObservedArea, ObservedPeriod

_UNITS = {
    "percent": "%",
    "count": "",
    "per_1000": "per 1,000",
    "per_10000": "per 10,000",
    "per_100000": "per 100,000",
    "currency": "£",
    "percentage_points": "percentage points",
}
_BASES = {"stated": "printed", "inferred": "worked out", "unknown": "not known"}


def plainly(name: object) -> str:
    """A name of a closed vocabulary as words: `year_to_date` is "year to date"."""
    return str(getattr(name, "value", name) or "").replace("_", " ")


def number(value: float | None) -> str:
    """A number with its thousands divided; "–" for none."""
    if value is None:
        return "–"
    return f"{value:,.0f}" if value == int(value) and abs(value) < 1e15 else f"{value:,.10g}"


def percent(share: float | None) -> str:
    """A share as a percentage; "not known" for none, and never a 100% that is not one."""
    if share is None:
        return "not known"
    if 0.995 <= share < 1:
        return "over 99%"
    if 0 < share < 0.005:
        return "under 1%"
    return f"{share:.0%}"


def unit(name: object) -> str:
    """A unit as it stands behind a number."""
    return _UNITS.get(str(getattr(name, "value", name)), plainly(name))


def valued(one: Observation) -> str:
    """An observation's value with its unit, or why there is none."""
    if one.value is None:
        return plainly(one.status)
    said = unit(one.unit)
    if one.unit.value == "currency":
        return f"£{number(one.value)}"
    return number(one.value) + (said if said == "%" else f" {said}" if said else "")


def day(text: str | None) -> str:
    """An ISO date as "5 Mar 2019"."""
    if not text:
        return "–"
    moment = date.fromisoformat(text[:10])
    return f"{moment.day} {moment:%b %Y}"


def moment(text: str) -> str:
    """A UTC moment as "5 Mar 2019, 14:02" of the reader's clock."""
    local = datetime.fromisoformat(text).astimezone()
    return f"{local.day} {local:%b %Y, %H:%M}"


def area(place: ObservedArea | None) -> str:
    """A place by its name, or what kind of place it is."""
    return "not known" if place is None else place.name or plainly(place.kind).capitalize()


def period(time: ObservedPeriod) -> str:
    """A time by its code."""
    return time.code or "not known"


def stretch(time: ObservedPeriod) -> str:
    """A time's days and kind."""
    if not time.start or not time.end:
        return "the report does not say when"
    days = day(time.start) if time.start == time.end else f"{day(time.start)} to {day(time.end)}"
    return f"{days}, {plainly(time.kind)}" if time.kind else days


def basis(name: object) -> str:
    """How a fact is known."""
    return _BASES.get(str(getattr(name, "value", name)), plainly(name))


def several(count: int, one: str, many: str = "") -> str:
    """A count with its noun: "1 page", "3 pages"."""
    return f"{count:,} {one if count == 1 else many or one + 's'}"


FILTERS: dict[str, Callable[..., Any]] = {
    "plainly": plainly, "number": number, "percent": percent, "unit": unit, "valued": valued, "day": day,
    "moment": moment, "area": area, "period": period, "stretch": stretch, "basis": basis, "several": several,
}  # fmt: skip
