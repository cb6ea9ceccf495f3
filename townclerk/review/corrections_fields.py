"""One field of the form at a time: what was typed, as the observation's key, or a sentence on what is wrong."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Any

from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.spotting.figures.finder import find_in_cell
from townclerk.extract.spotting.periods import PeriodAnchor, find_periods, resolve
from townclerk.extract.spotting.periods.spot import find_whole
from townclerk.models.area import AreaKind
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureMention
from townclerk.models.observation import DocumentRef
from townclerk.models.period import Period, parse_code
from townclerk.models.units import Basis, Status, Unit
from townclerk.patterns.gazetteer import Gazetteer
from townclerk.review.corrections_search import AREA_KINDS

UNKNOWN_PERIOD = {"code": None, "start": None, "end": None, "kind": None, "text": None, "basis": Basis.UNKNOWN.value}


class FieldError(ValueError):
    """What was typed cannot be kept; the message says why and what may be typed."""


def read_number(words: str, name: str) -> float:
    """A plain number ("1,046", "14.3").

    Raises:
        FieldError: If it is none.
    """
    figure = _figure(words)
    if figure is None or figure.value is None:
        raise FieldError(f"{words!r} is no number; write {name} as 1046 or 14.3")
    return figure.value


def read_value(words: str, unit: Unit) -> tuple[float | None, Status]:
    """A value as printed or as a number, and whether it could be read ("71.4%", "<5", "n/a").

    Raises:
        FieldError: If it is no value, or carries another unit than the one chosen.
    """
    figure = _figure(words)
    if figure is None:
        raise FieldError(f"{words!r} is no value; write a number such as 71.4, or <5, x or n/a where none is printed")
    if figure.unit is not None and figure.value is not None and figure.unit is not unit:
        raise FieldError(
            f"{words!r} is in {spoken(figure.unit)}, but the unit chosen is {spoken(unit)}; change one of them"
        )
    return (figure.value, Status.REPORTED) if figure.value is not None else (None, figure.status)


def _figure(words: str) -> FigureMention | None:
    typed = words.strip()
    found = find_in_cell(typed)
    if len(found) == 1 and found[0].text.strip() == typed:
        return found[0]
    # Marks such as "x" mean a suppressed value only in a table, so they are looked at as a cell among others.
    return _mark(typed)


def _mark(typed: str) -> FigureMention | None:
    if typed.lower() in {"x", "c", "*"}:
        return FigureMention(0, len(typed), typed, None, None, status=Status.SUPPRESSED)
    return None


def read_period(words: str, document: DocumentRef, indicator: Indicator | None) -> Period:
    """The time that typed words mean in a report, as the measure counts it.

    Raises:
        FieldError: If they are no time, or the report does not tell which.
    """
    typed = words.strip()
    try:
        return parse_code(typed.upper() if not typed[:1].isdigit() else typed)
    except ValueError:
        pass
    mentions = [found for found in [find_whole(typed)] if found] or find_periods(typed)
    for mention in mentions:
        made = resolve(mention.expression, anchor_of(document))
        if made is not None:
            told = made.with_basis(made.basis, typed)
            return fit_period(told, indicator) or told
    if mentions:
        raise FieldError(f"{words!r} needs the year here, for the report's own period is not known: Q2 18/19, Dec 18")
    raise FieldError(f"{words!r} is no time; write it as Q2 18/19, Dec 18, YTD Dec 18, 31/12/2018, 2018/19, or a code")


def anchor_of(document: DocumentRef) -> PeriodAnchor:
    """What a report's relative times are counted from."""
    own: Period | None = None
    meeting: date | None = None
    try:
        own = parse_code(document.period.code) if document.period.code else None
        meeting = date.fromisoformat(document.meeting_date) if document.meeting_date else None
    except ValueError:
        pass
    return PeriodAnchor(own, meeting)


def period_key(period: Period) -> dict[str, Any]:
    """A time as the observation's `period`."""
    return {
        "code": period.code,
        "start": period.start.isoformat(),
        "end": period.end.isoformat(),
        "kind": period.kind.value,
        "text": period.text,
        "basis": period.basis.value,
    }


def shown_period(period: Period) -> str:
    """A time for people: its code, and its days."""
    if period.start == period.end:
        return f"{period.code}: {_day(period.end)}"
    return f"{period.code}: {_day(period.start)} to {_day(period.end)}"


def _day(moment: date) -> str:
    return f"{moment.day} {moment:%B %Y}"


def read_area(typed: str, document: DocumentRef, gazetteer: Gazetteer) -> dict[str, Any] | None:
    """A place as the observation's `area`; None for "nobody can tell".

    Args:
        typed: As `AreaHit.value` gives it, `self` for the report's own authority, or a name.
        document: Whose report it is.
        gazetteer: The names known.

    Raises:
        FieldError: If no place is called so.
    """
    words = typed.strip()
    if not words:
        return None
    if words == "self":
        words = f"authority:{document.authority.name or ''}"
    kind, _, name = words.partition(":")
    if kind in {one.value for one in AREA_KINDS} and not (kind == "region" and not name):
        return _area(AreaKind(kind), name.strip() or None, None, own=False)
    if kind == "region":
        return _area(AreaKind.REGION, None, None, own=False)
    name = (name if kind == "authority" else words).strip()
    reporting = document.authority.name
    if reporting and name.casefold() == reporting.casefold():
        return _area(AreaKind.AUTHORITY, reporting, document.authority.gss_code, own=True)
    found = gazetteer.find_name(name)
    if found is not None:
        return _area(AreaKind.AUTHORITY, found.name, found.gss_code, own=found.name == reporting)
    if kind == "authority" and name:
        # A name the gazetteer lacks was chosen on purpose, or is the report's own as it was read.
        return _area(AreaKind.AUTHORITY, name, None, own=False)
    by_label = {label.casefold(): one for one, label in AREA_KINDS.items()}
    if words.casefold() in by_label:
        return _area(by_label[words.casefold()], None, None, own=False)
    raise FieldError(f"no place called {words!r} is known; choose one of the list, or write authority:{words}")


def _area(kind: AreaKind, name: str | None, gss_code: str | None, *, own: bool) -> dict[str, Any]:
    return {
        "kind": kind.value,
        "name": name,
        "gss_code": gss_code,
        "is_reporting_authority": own,
        "basis": Basis.STATED.value,
    }


def read_choice(words: str, choices: type[StrEnum], name: str) -> str | None:
    """One of a closed list; None for nothing.

    Raises:
        FieldError: If it is none of them.
    """
    if not words.strip():
        return None
    try:
        return choices(words.strip()).value
    except ValueError:
        known = ", ".join(choice.value for choice in choices)
        raise FieldError(f"{words!r} is no {name}; it is one of {known}") from None


def read_whole(words: str, name: str, low: int, high: int) -> int | None:
    """A whole number within limits; None for nothing.

    Raises:
        FieldError: If it is none.
    """
    if not words.strip():
        return None
    try:
        number = int(words)
    except ValueError:
        number = low - 1
    if not low <= number <= high:
        raise FieldError(f"{words!r} is no {name}; write a whole number from {low} to {high}")
    return number


def spoken(unit: Unit) -> str:
    """A unit for people."""
    return unit.value.replace("_", " ")
