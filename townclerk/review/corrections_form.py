"""The form over a reading: every field that changed, read and held against the others."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from townclerk.models.indicator import Indicator
from townclerk.models.observation import DocumentRef, Observation
from townclerk.models.units import Direction, Rag, Role, Status, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer
from townclerk.review.corrections_fields import (
    UNKNOWN_PERIOD,
    FieldError,
    period_key,
    read_area,
    read_choice,
    read_number,
    read_period,
    read_value,
    read_whole,
    spoken,
)


class FormReader:
    """One form being read.

    Attributes:
        problems: What must be mended, by field.
        warnings: What is unusual, by field.
    """

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer, document: DocumentRef, form: dict[str, str]) -> None:
        self._catalogue = catalogue
        self._gazetteer = gazetteer
        self._document = document
        self._form = form
        self.problems: dict[str, str] = {}
        self.warnings: dict[str, str] = {}

    def read(self, changed: set[str], observation: Observation) -> dict[str, Any]:
        """The keys of the observation that the changed fields make."""
        form = self._form
        after: dict[str, Any] = {}
        indicator = self._indicator(changed, after)
        unit = self._unit(changed, after, observation.unit)
        if "label" in changed:
            after["label"] = form["label"]
        if "role" in changed:
            after["role"] = self._try("role", lambda: read_choice(form["role"], Role, "role") or Role.ACTUAL.value)
        if "area" in changed:
            after["area"] = self._try("area", lambda: read_area(form["area"], self._document, self._gazetteer))
        if "period" in changed:
            after["period"] = self._try("period", lambda: self._period(indicator))
        self._value(changed, after, unit)
        for name in ("numerator", "denominator"):
            if name in changed:
                after[name] = self._number(name)
        for name, choices in (("rag", Rag), ("direction", Direction)):
            if name in changed:
                after[name] = self._try(name, partial(read_choice, form[name], choices, name))
        if "quartile" in changed:
            after["quartile"] = self._try("quartile", lambda: read_whole(form["quartile"], "quartile", 1, 4))
        if "rank" in changed:
            after["rank"] = self._rank()
        if "change" in changed:
            after["change"] = self._change(unit)
        self._look_odd(indicator, unit, observation, after)
        return after

    def _try(self, name: str, read: Callable[[], Any]) -> Any:
        try:
            return read()
        except FieldError as fault:
            self.problems[name] = str(fault)
            return None

    def _indicator(self, changed: set[str], after: dict[str, Any]) -> Indicator | None:
        named = self._form["indicator_id"]
        found = self._catalogue.indicators.get(named)
        if "indicator_id" in changed:
            if named and found is None:
                self.problems["indicator_id"] = f"no indicator has the id {named!r}; choose one of the list"
            after["indicator_id"] = named or None
            after["indicator_name"] = found.name if found else None
            after["polarity"] = found.polarity.value if found else None
            if found is not None and "unit" not in changed:
                self._form["unit"] = found.unit.value
                changed.add("unit")
        return found

    def _unit(self, changed: set[str], after: dict[str, Any], now: Unit) -> Unit:
        if "unit" not in changed:
            return now
        chosen = self._try("unit", lambda: read_choice(self._form["unit"], Unit, "unit"))
        if chosen is None:
            self.problems.setdefault("unit", "an observation has a unit; choose one")
            return now
        after["unit"] = chosen
        return Unit(chosen)

    def _period(self, indicator: Indicator | None) -> dict[str, Any]:
        words = self._form["period"]
        return period_key(read_period(words, self._document, indicator)) if words else dict(UNKNOWN_PERIOD)

    def _value(self, changed: set[str], after: dict[str, Any], unit: Unit) -> None:
        form = self._form
        if "value" in changed and form["value"]:
            read = self._try("value", lambda: read_value(form["value"], unit))
            if read is not None:
                after["value"], after["status"] = read[0], read[1].value
        elif {"value", "status"} & changed:
            status = self._try("status", lambda: read_choice(form["status"], Status, "status"))
            if not form["value"] and status in {None, Status.REPORTED.value}:
                self.problems.setdefault("value", "give a value, or choose why there is none (suppressed, ...)")
            after["status"] = status or Status.REPORTED.value
            if status not in {None, Status.REPORTED.value}:
                after["value"] = None

    def _number(self, name: str) -> float | None:
        words = self._form[name]
        found: float | None = self._try(name, lambda: read_number(words, f"the {name}")) if words else None
        return found

    def _rank(self) -> dict[str, Any] | None:
        form = self._form
        position = self._try("rank", lambda: read_whole(form["rank"], "rank", 1, 999))
        among = self._try("rank_of", lambda: read_whole(form["rank_of"], "number of places", 1, 999))
        if among is not None and position is not None and position > among:
            self.problems["rank"] = f"rank {position} of {among} cannot be; the first number is the smaller one"
        return None if position is None else {"position": position, "of": among}

    def _change(self, unit: Unit) -> dict[str, Any] | None:
        form = self._form
        value = self._number("change")
        if value is None:
            return None
        usual = Unit.POINTS if unit is Unit.PERCENT else unit
        chosen = self._try("change_unit", lambda: read_choice(form["change_unit"], Unit, "unit")) or usual.value
        direction = self._try("change_direction", lambda: read_choice(form["change_direction"], Direction, "direction"))
        if direction is None and value < 0:
            direction = Direction.DOWN.value
        since = form["change_from"]
        before = self._try("change_from", lambda: read_period(since, self._document, None)) if since else None
        return {
            "value": abs(value),
            "unit": chosen,
            "direction": direction,
            "from_period": before.code if before else None,
        }

    def _look_odd(
        self, indicator: Indicator | None, unit: Unit, observation: Observation, after: dict[str, Any]
    ) -> None:
        """Warn of what is unusual; of what cannot be, say so."""
        value = after.get("value", observation.value)
        top = after.get("numerator", observation.numerator)
        bottom = after.get("denominator", observation.denominator)
        if indicator is not None and unit is not indicator.unit:
            self.warnings["unit"] = f"{indicator.id} is counted in {spoken(indicator.unit)}, not in {spoken(unit)}"
        elif indicator is not None and value is not None:
            low, high = indicator.plausible_min, indicator.plausible_max
            if low is not None and value < low:
                self.warnings["value"] = f"{value:g} is below {low:g}, the usual least of {indicator.id}"
            if high is not None and value > high:
                self.warnings["value"] = f"{value:g} is above {high:g}, the usual most of {indicator.id}"
        if top is not None and bottom is not None and top > bottom:
            self.warnings["numerator"] = f"{top:g} of {bottom:g}: the part is greater than the whole"
        elif unit is Unit.PERCENT and value is not None and top is not None and bottom:
            worked_out = 100.0 * top / bottom
            if abs(worked_out - value) > 0.6:
                self.warnings["value"] = f"{top:g} of {bottom:g} is {worked_out:.1f}%, not {value:g}%"
