"""The time of a tile's target, from the words of its label."""

from __future__ import annotations

from townclerk.extract.linking.scene import Scene
from townclerk.models.period import Period, financial_year, financial_year_of
from townclerk.models.units import Basis
from townclerk.patterns.table_words import table_words


def aim_time(label: str, period: Period | None, scene: Scene) -> Period | None:
    """The time of a tile's target: the year's where its label says so (convention C3), else the value's.

    Args:
        label: The words before the target.
        period: The value's time.
        scene: For the report's time.
    """
    report = period or scene.facts.period.value
    if report is None or not table_words().says("annual", label):
        return period
    return financial_year(financial_year_of(report.end)).with_basis(Basis.INFERRED, label)
