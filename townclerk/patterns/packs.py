"""Indicator packs: the YAML files that define measures and the ways people name them."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from townclerk.models.units import Polarity, Unit

PeriodKindName = Literal["point_in_time", "flow_month", "flow_quarter", "year_to_date", "rolling_12m", "annual"]


class PackModel(BaseModel):
    """A part of a pack: refuses keys it does not know, so that a misspelt one is told."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class Rule(PackModel):
    """Concepts that together name a measure.

    Each entry of `needs` is a concept of `concepts.yaml`, or several divided by `|` of which one is enough. A concept
    of `misprints` may meet a need, but shows that the threshold in the name was misprinted ("within 46 days"). An
    `everyday` rule is met by words of any service: it needs a unit or a heading that agrees.
    """

    needs: list[str] = Field(min_length=1)
    may: list[str] = Field(default_factory=list)
    without: list[str] = Field(default_factory=list)
    misprints: list[str] = Field(default_factory=list)
    everyday: bool = False
    weight: float = Field(default=1.0, gt=0, le=1)


class TokenPattern(PackModel):
    """A spaCy token pattern, tried only in passages that hold its anchor word.

    Attributes:
        anchor: A single word as printed, in any case; `plans` is not found in "plan".
        tokens: One entry a token, as spaCy's `Matcher` takes them. There is no statistical model: only what the words
            themselves show can be asked for (LOWER, TEXT, REGEX, IS_DIGIT, LIKE_NUM, IS_PUNCT, LENGTH, OP ...).
    """

    anchor: str = Field(min_length=2)
    tokens: list[dict[str, Any]] = Field(min_length=1)


class Wording(PackModel):
    """The ways a measure is named.

    Attributes:
        phrases: Phrases that name it wherever they stand.
        everyday: Phrases that are everyday or shared on their own; they need a unit or a heading that agrees.
        rules: Concepts that must, may and must not stand together.
        patterns: Token patterns.
    """

    phrases: list[str] = Field(default_factory=list)
    everyday: list[str] = Field(default_factory=list)
    rules: list[Rule] = Field(default_factory=list)
    patterns: list[TokenPattern] = Field(default_factory=list)


class IndicatorEntry(Wording):
    """One measure of a pack; the fields are those of `townclerk.models.indicator.Indicator`."""

    id: str = Field(pattern=r"^[a-z][a-z0-9_]*$")
    name: str = Field(min_length=3)
    unit: Unit
    polarity: Polarity = Polarity.NEUTRAL
    population: str = ""
    numerator: str | None = None
    denominator: str | None = None
    period_kind: PeriodKindName = "flow_quarter"
    bounds: tuple[float, float] | None = None
    least_whole: int = Field(default=0, ge=0)
    codes: list[str] = Field(default_factory=list)
    confusable_with: list[str] = Field(default_factory=list)
    family: str | None = None
    source: str = ""
    in_catalogue: bool = False


class Pack(PackModel):
    """One pack file.

    Attributes:
        domain: The chapter its measures belong to.
        shared: Phrases that more than one measure may carry on purpose.
        indicators: Measures it adds, or replaces where the id exists.
        wording: More wording for measures that exist elsewhere, by id.
    """

    domain: str = "local"
    shared: list[str] = Field(default_factory=list)
    indicators: list[IndicatorEntry] = Field(default_factory=list)
    wording: dict[str, Wording] = Field(default_factory=dict)
