"""What the indicators of an export mean, from the catalogue."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from townclerk.patterns.catalogue import load_catalogue
from townclerk.store.database import Store
from townclerk.store.decided import Decisions
from townclerk.store.observations import Wanted, conditions
from townclerk.store.tables import observations


@dataclass(slots=True, frozen=True)
class Definition:
    """One indicator; what the catalogue does not say is ""."""

    indicator_id: str
    name: str
    unit: str
    polarity: str
    numerator: str
    denominator: str

    def cells(self) -> tuple[str, ...]:
        """As a row of cells."""
        return (self.indicator_id, self.name, self.unit, self.polarity, self.numerator, self.denominator)


def definitions_of(store: Store, wanted: Wanted, packs: Sequence[Path] = ()) -> list[Definition]:
    """The indicators that the wanted observations have, as read or as decided, in order of their ids."""
    asked = (
        select(observations.c.indicator_id)
        .where(observations.c.indicator_id.is_not(None), *conditions(wanted))
        .distinct()
        .order_by(observations.c.indicator_id)
    )
    with store.reading() as connection:
        ids = {str(one) for one in connection.execute(asked).scalars()}
    ids |= {one for one in Decisions(store).indicator_ids() if not wanted.indicators or one in wanted.indicators}
    return list(_defined(sorted(ids), packs))


def _defined(ids: Iterable[str], packs: Sequence[Path]) -> Iterable[Definition]:
    known = load_catalogue(packs).indicators
    for one in ids:
        found = known.get(one)
        if found is None:
            yield Definition(one, "", "", "", "", "")
        else:
            yield Definition(
                one, found.name, found.unit.value, found.polarity.value, found.numerator or "", found.denominator or ""
            )
