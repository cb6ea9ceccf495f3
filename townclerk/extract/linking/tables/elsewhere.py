"""Values of the country, the region and neighbours in a row that prints the authority's own count and its rate."""

from __future__ import annotations

from collections.abc import Sequence
from math import log

from townclerk.models.area import LARGER
from townclerk.models.candidate import Candidate
from townclerk.models.units import RATES, Unit
from townclerk.patterns.catalogue import Catalogue


def tell_rates_elsewhere(found: Sequence[Candidate], catalogue: Catalogue) -> None:
    """Take other places' values for rates where they are of the rate's size: "498 | 46.2 | England 60".

    Args:
        found: The values of a row, changed in place.
        catalogue: The measures.
    """
    own = {one.indicator_id: one.value for one in found if one.is_own_actual and one.value}
    for one in found:
        if one.unit is not Unit.COUNT or one.match is None or one.area is None or one.area.kind not in LARGER:
            continue
        counted = own.get(one.indicator_id)
        for unit in sorted(RATES):
            rate = catalogue.sibling(one.match.indicator_id, unit)
            level = own.get(rate)
            if rate is None or not one.value or counted is None or level is None or one.value >= counted:
                continue
            if abs(log(one.value / level)) < abs(log(one.value / counted)):
                one.match, one.unit = one.match._replace(indicator_id=rate), unit
                break
