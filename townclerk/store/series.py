"""One indicator over time and from report to report, with the values that were restated."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from townclerk.models.observation import Observation
from townclerk.models.units import Role
from townclerk.store.choosing import Figure, Slot, figures, ordered
from townclerk.store.database import Store
from townclerk.store.observations import Wanted

SAME = 1e-9


@dataclass(slots=True, frozen=True)
class Point:
    """One value of a series.

    Attributes:
        slot: What it is a value of.
        chosen: The figure that counts.
        restated: Other reports' figures with another value, one a report, the latest first.
        reports: How many reports give this slot a value.
    """

    slot: Slot
    chosen: Figure
    restated: tuple[Figure, ...]
    reports: int

    @property
    def observation(self) -> Observation:
        """The observation that counts."""
        return self.chosen.observation


@dataclass(slots=True, frozen=True)
class Series:
    """The points of one indicator in one authority's reports, by area and role, oldest first."""

    indicator_id: str
    name: str
    points: tuple[Point, ...]

    def lines(self) -> dict[tuple[str, Role, str], list[Point]]:
        """Points that may be joined by a line: of one place in one authority's reports, one role and kind of period."""
        found: defaultdict[tuple[str, Role, str], list[Point]] = defaultdict(list)
        several = len({point.slot.authority for point in self.points}) > 1
        for point in self.points:
            period, slot = point.observation.period, point.slot
            # The neighbours of one authority are not those of another.
            is_others = several and slot.area != slot.authority
            place = f"{slot.area} ({slot.authority or 'unknown'})" if is_others else slot.area
            found[place, slot.role, period.kind.value if period.kind else ""].append(point)
        return dict(found)


def read_series(store: Store, indicator_id: str, authority: str | None = None, min_confidence: float = 0.0) -> Series:
    """The series of an indicator.

    Args:
        store: The store.
        indicator_id: Its id in the catalogue.
        authority: Whose reports; None for all.
        min_confidence: Leave out what is less sure.
    """
    wanted = Wanted(
        indicators=(indicator_id,),
        authorities=(authority,) if authority else (),
        min_confidence=min_confidence,
        once=True,
    )
    by_slot: defaultdict[Slot, list[Figure]] = defaultdict(list)
    for figure in figures(store, wanted):
        if figure.slot is not None:
            by_slot[figure.slot].append(figure)
    points = [_point(slot, found) for slot, found in by_slot.items()]
    points.sort(key=_order)
    name = next((point.observation.indicator_name for point in points if point.observation.indicator_name), None)
    return Series(indicator_id, name or indicator_id, tuple(points))


def _point(slot: Slot, found: list[Figure]) -> Point:
    chosen, *others = ordered(found)
    best_of_report: dict[str, Figure] = {chosen.path: chosen}
    for one in others:
        best_of_report.setdefault(one.path, one)
    restated = tuple(one for one in best_of_report.values() if _differs(one, chosen))
    return Point(slot, chosen, restated, len(best_of_report))


def _differs(one: Figure, chosen: Figure) -> bool:
    """True where two figures have two values."""
    return abs((one.observation.value or 0.0) - (chosen.observation.value or 0.0)) > SAME


def _order(point: Point) -> tuple[str, bool, str, str, str, str]:
    period, area = point.observation.period, point.observation.area
    own = area is not None and area.is_reporting_authority
    return (
        point.slot.authority, not own, point.slot.area, point.slot.role.value, period.end or "", point.slot.period_code,
    )  # fmt: skip
