"""An indicator: a defined measure of the catalogue."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.models.units import Polarity, Unit


@dataclass(slots=True, frozen=True)
class Indicator:
    """One measure, as the catalogue defines it.

    Attributes:
        id: Its stable id, `cpp_rate`.
        name: What it measures, in a sentence.
        domain: The catalogue's chapter, `child_protection`.
        unit: What its values are counted in.
        polarity: Which way is better, nationally.
        population: The population it is about.
        numerator: What is counted, for a share or a rate.
        denominator: What it is divided by, if anything.
        period_kind: The usual kind of period; `point_in_time` makes it a stock.
        plausible_min: No authority's figure since 2008 is below this, in `unit`.
        plausible_max: Nor above this.
        least_whole: A share of fewer than so many is of a part of an authority, such as one team.
        codes: National codes it carries or carried (`NI 64`).
        confusable_with: Ids of measures it is often mistaken for.
        family: Name shared by the measures of one subject in different units (`cla_count` and `cla_rate` share `cla`),
            through which a figure's unit chooses; None where it has no siblings.
        source: Who publishes it, or where authorities take it from.
        in_catalogue: True for the rows of the two reference tables, false for what packs add.
    """

    id: str
    name: str
    domain: str
    unit: Unit
    polarity: Polarity
    population: str
    numerator: str | None
    denominator: str | None
    period_kind: str
    plausible_min: float | None
    plausible_max: float | None
    least_whole: int = 0
    codes: tuple[str, ...] = ()
    confusable_with: frozenset[str] = field(default_factory=frozenset)
    family: str | None = None
    source: str = ""
    in_catalogue: bool = True

    @property
    def is_stock(self) -> bool:
        """True where a value holds at a moment, false where it is gathered over a period."""
        return self.period_kind == "point_in_time"

    @property
    def may_be_negative(self) -> bool:
        """True for a score that runs below zero; of all others a signed figure is a change."""
        return self.unit is Unit.SCORE if self.plausible_min is None else self.plausible_min < 0
