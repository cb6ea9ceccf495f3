"""Where several reports give a figure for one thing, the rule that chooses.

One thing is an indicator of an authority's reports, for one area, role and period code: a month, a quarter, a year to
date and a rolling year are never taken for each other because they end on one day. Of several figures for it the
first is chosen, in this order:

1. one that a reviewer accepted or corrected,
2. one that is at least `DOUBTFUL` sure,
3. the one of the later report (by its meeting, else by the end of its period): a restated value takes the place of
   the first one,
4. the surer one,
5. the one whose document comes first by address, and stands first in it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from townclerk.models.observation import Observation
from townclerk.models.period import parse_code
from townclerk.models.units import Role, Status
from townclerk.store.database import Store
from townclerk.store.decided import decided_observations
from townclerk.store.observations import Wanted
from townclerk.store.vocabulary import Review

DOUBTFUL = 0.5
_LAST = 2**31
"""The place of what stands only in the log of decisions: behind all that its document gives."""

RULE = (
    "Where several reports give a figure, the chosen one is: decided by a reviewer; else at least 50% sure; else of "
    "the later report; else the surer one; else of the first document by address. Near-duplicates are left out."
)


@dataclass(slots=True, frozen=True)
class Slot:
    """What a figure is a figure of."""

    indicator_id: str
    authority: str
    area: str
    role: Role
    period_code: str


@dataclass(slots=True, frozen=True)
class Figure:
    """One report's figure for a slot."""

    observation: Observation
    review: Review
    path: str
    position: int
    decided_by: str | None = None

    @property
    def slot(self) -> Slot | None:
        """What it is a figure of; None where indicator, value, area or period is not known."""
        one = self.observation
        if one.indicator_id is None or one.value is None or one.area is None or one.period.code is None:
            return None
        if one.status is not Status.REPORTED:
            return None
        authority = one.document.authority.name or ""
        return Slot(one.indicator_id, authority, area_words(one), one.role, one.period.code)


def area_words(observation: Observation) -> str:
    """An area as a table names it: its name, or what kind of place it is."""
    area = observation.area
    return "" if area is None else area.name or area.kind.value


def figures(store: Store, wanted: Wanted) -> Iterator[Figure]:
    """The wanted figures as decided; rejected ones are left out."""
    for one in decided_observations(store, wanted):
        if one.review is not Review.REJECTED:
            holds = one.standing.holds
            by = holds.reviewer if holds and one.review is not Review.UNDECIDED else None
            yield Figure(one.observation, one.review, one.path, _LAST if one.position is None else one.position, by)


def ordered(found: Iterable[Figure]) -> list[Figure]:
    """Figures for one slot, the chosen one first."""
    by_place = sorted(found, key=lambda one: (one.path, one.position))
    by_sureness = sorted(by_place, key=lambda one: -(one.observation.confidence or 0.0))
    by_report = sorted(by_sureness, key=lambda one: report_date(one.observation), reverse=True)
    return sorted(by_report, key=lambda one: (one.review is Review.UNDECIDED, _is_doubtful(one.observation)))


def report_date(observation: Observation) -> str:
    """When a report was put before its committee, or the end of its period; "" where neither is known."""
    document = observation.document
    if document.meeting_date:
        return document.meeting_date
    if document.period.code is None:
        return ""
    try:
        return parse_code(document.period.code).end.isoformat()
    except ValueError:
        return ""


def _is_doubtful(observation: Observation) -> bool:
    return observation.confidence is not None and observation.confidence < DOUBTFUL
