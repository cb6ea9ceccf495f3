"""Right readings in short notation, and whether observations are exactly those.

A reading is `indicator_id | area | period | role | value unit [num/den] {attributes}`. `-` stands for a part that is
not stated, `null` for none. Attributes, divided by `;`: `dir up`, `rag red`, `quartile N`, `rank P/OF`, `status S`,
`change N unit up|down from PERIOD`, `flag F` (a hint, not compared). A reading that begins with `null:` is a figure
without a row in the catalogue; it is not compared.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from townclerk.evaluate.agreement import same_number
from townclerk.evaluate.matching import maximum_matching
from townclerk.evaluate.show import area_name
from townclerk.models.observation import Observation
from townclerk.models.units import Unit

_NUMBER = r"-?\d+(?:\.\d+)?"
_PARTS = rf"\[(?P<num>-|{_NUMBER})/(?P<den>-|{_NUMBER})\]"
_MEASURE = re.compile(rf"(?P<value>null|{_NUMBER}) (?P<unit>\w+)(?: {_PARTS})?(?: \{{(?P<more>.*)\}})?")
_CHANGE = re.compile(rf"(?P<value>{_NUMBER}) (?P<unit>\w+) (?P<way>up|down)(?: from (?P<base>\S+))?")


@dataclass(slots=True, frozen=True)
class Reading:
    """One right reading.

    Attributes:
        text: The notation it was read from.
        indicator_id: The measure.
        area: Gold's word for the place, None where a reader cannot tell.
        period: The period's code, None where the report does not say.
        role: Actual or target.
        value: The number, None where `status` says why.
        unit: Its unit.
        numerator: The part, where stated.
        denominator: The whole, where stated.
        attributes: Attributes that are written, by name.
    """

    text: str
    indicator_id: str
    area: str | None
    period: str | None
    role: str
    value: float | None
    unit: Unit
    numerator: float | None = None
    denominator: float | None = None
    attributes: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Mismatch:
    """How observations differ from the right readings.

    Attributes:
        missing: Readings without an observation.
        unexpected: Observations without a reading.
        wrong: Pairs about one figure, each with the names of the fields that differ.
    """

    missing: list[Reading]
    unexpected: list[Observation]
    wrong: list[tuple[Reading, Observation, list[str]]]

    def __bool__(self) -> bool:
        return bool(self.missing or self.unexpected or self.wrong)


def parse_reading(text: str) -> Reading | None:
    """Read the notation; None for a figure without a row in the catalogue.

    Raises:
        ValueError: If `text` is not in the notation.
    """
    if text.startswith("null:"):
        return None
    parts = [part.strip() for part in text.split(" | ")]
    measure = _MEASURE.fullmatch(parts[-1])
    if len(parts) != 5 or not measure:
        raise ValueError(f"{text!r} is no reading: indicator | area | period | role | value unit [num/den] {{...}}")
    return Reading(
        text=text,
        indicator_id=parts[0],
        area=_stated(parts[1]),
        period=_stated(parts[2]),
        role=parts[3],
        value=_number(measure["value"]),
        unit=Unit(measure["unit"]),
        numerator=_number(measure["num"]),
        denominator=_number(measure["den"]),
        attributes=_attributes(measure["more"] or ""),
    )


def compare_readings(readings: Sequence[Reading], observations: Sequence[Observation]) -> Mismatch:
    """Pair readings and observations one to one; those of equal content first, then those about the same measure."""
    exact = maximum_matching([[i for i, seen in enumerate(observations) if not wrong(r, seen)] for r in readings])
    left = [reading for index, reading in enumerate(readings) if index not in exact]
    taken = set(exact.values())
    free = [seen for index, seen in enumerate(observations) if index not in taken]
    near = maximum_matching([_near(reading, free) for reading in left])
    used = set(near.values())
    return Mismatch(
        missing=[reading for index, reading in enumerate(left) if index not in near],
        unexpected=[seen for index, seen in enumerate(free) if index not in used],
        wrong=[(left[i], free[j], wrong(left[i], free[j])) for i, j in sorted(near.items())],
    )


def wrong(reading: Reading, seen: Observation) -> list[str]:
    """The names of the fields in which an observation differs from a reading, and of written attributes."""
    agrees = {
        "indicator": seen.indicator_id == reading.indicator_id,
        "area": area_name(seen.area).removesuffix(" (unknown)") == (reading.area or "null"),
        "period": seen.period.code == reading.period,
        "role": seen.role.value == reading.role,
        "value": same_number(reading.value, seen.value),
        "unit": seen.unit == reading.unit,
        "numerator": same_number(reading.numerator, seen.numerator),
        "denominator": same_number(reading.denominator, seen.denominator),
    }
    names = [name for name, right in agrees.items() if not right]
    return names + [name for name, value in reading.attributes.items() if not _has(name, value, seen)]


def _near(reading: Reading, observations: Sequence[Observation]) -> list[int]:
    """Observations with the same value or the same measure, fewest differences first."""
    ranked = []
    for index, seen in enumerate(observations):
        names = wrong(reading, seen)
        if not {"value", "indicator"} <= set(names):
            ranked.append((len(names), "value" in names, index))
    return [index for _, _, index in sorted(ranked)]


def _stated(part: str) -> str | None:
    return None if part in {"-", "null"} else part


def _number(text: str | None) -> float | None:
    return None if text in {None, "-", "null"} else float(text or 0)


def _attributes(text: str) -> dict[str, str]:
    """`dir up; rank 4/11` as a mapping; flags are hints and left out, a change implies a direction."""
    attributes: dict[str, str] = {}
    for part in filter(None, (each.strip() for each in text.split(";"))):
        name, _, value = part.partition(" ")
        if name != "flag":
            attributes[name] = value
    if "change" in attributes:
        attributes.setdefault("dir", _change(attributes["change"])["way"])
    return attributes


def _change(text: str) -> re.Match[str]:
    match = _CHANGE.fullmatch(text)
    if not match:
        raise ValueError(f"{text!r} is no change: N unit up|down from PERIOD")
    return match


def _has(name: str, value: str, seen: Observation) -> bool:
    """Whether the observation carries an attribute as it is written."""
    carried = {
        "dir": seen.direction.value if seen.direction else "null",
        "rag": seen.rag and seen.rag.value,
        "quartile": str(seen.quartile),
        "rank": f"{seen.rank.position}/{seen.rank.of or '-'}" if seen.rank else None,
        "status": seen.status.value,
    }
    return _has_change(value, seen) if name == "change" else carried[name] == value


def _has_change(value: str, seen: Observation) -> bool:
    """The size, unit and way of the change; its base where one is written."""
    stated = _change(value)
    if seen.change is None or seen.change.direction is None:
        return False
    same = same_number(float(stated["value"]), seen.change.value) and seen.change.unit == stated["unit"]
    base = stated["base"] is None or seen.change.from_period == stated["base"]
    return same and seen.change.direction.value == stated["way"] and base
