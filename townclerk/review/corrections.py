"""What an analyst types, checked: searching measures and places, reading periods and values, saying what is wrong."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from functools import partial
from typing import Any

from pydantic import ValidationError

from townclerk import __version__
from townclerk.models.indicator import Indicator
from townclerk.models.observation import DocumentRef, Evidence, Observation
from townclerk.models.units import Direction, Method, Rag, Role, Status, Unit
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
    shown_period,
    spoken,
)
from townclerk.review.corrections_search import AreaHit, AreaSearch, IndicatorHit, IndicatorSearch
from townclerk.store.decisions.log import added_id

__all__ = ["FIELDS", "AreaHit", "Correction", "Corrector", "IndicatorHit", "PeriodHit"]

FIELDS = (
    "indicator_id", "label", "area", "period", "role", "value", "status", "unit", "numerator", "denominator",
    "rag", "direction", "rank", "rank_of", "quartile", "change", "change_unit", "change_direction", "change_from",
)  # fmt: skip
"""Names of the form's fields. A field that is not sent is left as it is; one sent empty means "unknown" (null)."""

_TOGETHER = ({"rank", "rank_of"}, {"change", "change_unit", "change_direction", "change_from"})


@dataclass(slots=True, frozen=True)
class PeriodHit:
    """What typed words mean as a time: the observation's `period`, and how to show it; or why it is not understood."""

    period: dict[str, Any] | None
    shown: str
    problem: str = ""


@dataclass(slots=True, frozen=True)
class Correction:
    """A form, read.

    Attributes:
        after: The observation's keys that change, each whole, for `DecisionLog.correct`; empty where nothing changes.
        problems: What must be mended before it can be kept, by the form's field, each a sentence.
        warnings: What is unusual but may be kept ("outside 0 to 100, the usual bounds").
    """

    after: dict[str, Any] = field(default_factory=dict)
    problems: dict[str, str] = field(default_factory=dict)
    warnings: dict[str, str] = field(default_factory=dict)


class Corrector:
    """Reads what analysts type."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        self.catalogue = catalogue
        self.gazetteer = gazetteer
        self._indicators = IndicatorSearch(catalogue)
        self._areas = AreaSearch(gazetteer)

    def indicators(self, words: str, unit: str | None = None, limit: int = 8) -> list[IndicatorHit]:
        """Measures whose id, name or wording is like the words, best first; those counted in `unit` go before."""
        return self._indicators.find(words, unit, limit)

    def areas(self, words: str, reporting: str | None = None, limit: int = 8) -> list[AreaHit]:
        """Places whose name is like the words, best first; `reporting` is the report's own authority."""
        return self._areas.find(words, reporting, limit)

    def period(self, words: str, document: DocumentRef, *, stock: bool = False) -> PeriodHit:
        """What "Q2 18/19", "Dec 19", "YTD Dec", "last quarter" or a code means in a report.

        Args:
            words: As typed.
            document: Whose period and meeting "last quarter" and "YTD Dec" are counted from.
            stock: Whether the measure holds at a moment: a quarter is then its last day.
        """
        if not words.strip():
            return PeriodHit(None, "", "")
        try:
            found = read_period(words, document, None)
        except FieldError as fault:
            return PeriodHit(None, "", str(fault))
        if stock and found.text:
            found = found.as_stock()
        return PeriodHit(period_key(found), shown_period(found))

    def form_of(self, observation: Observation) -> dict[str, str]:
        """An observation as the form's fields, to be changed and handed to `correct`."""
        area, change, rank = observation.area, observation.change, observation.rank
        place = "" if area is None else area.kind.value + (f":{area.name}" if area.name else "")
        return {
            "indicator_id": observation.indicator_id or "",
            "label": observation.label,
            "area": place,
            "period": observation.period.code or "",
            "role": observation.role.value,
            "value": _typed(observation.value),
            "status": observation.status.value,
            "unit": observation.unit.value,
            "numerator": _typed(observation.numerator),
            "denominator": _typed(observation.denominator),
            "rag": observation.rag.value if observation.rag else "",
            "direction": observation.direction.value if observation.direction else "",
            "rank": str(rank.position) if rank else "",
            "rank_of": str(rank.of) if rank and rank.of else "",
            "quartile": str(observation.quartile or ""),
            "change": _typed(change.value) if change else "",
            "change_unit": change.unit.value if change else "",
            "change_direction": change.direction.value if change and change.direction else "",
            "change_from": change.from_period or "" if change else "",
        }

    def correct(self, observation: Observation, form: Mapping[str, str]) -> Correction:
        """Read a form over an observation: what changes, what is wrong, what is unusual."""
        shown = self.form_of(observation)
        sent = {name: str(form[name]).strip() for name in FIELDS if name in form}
        changed = {name for name, words in sent.items() if words != shown[name]}
        for group in _TOGETHER:
            if changed & group:
                changed |= group
        reader = _FormReader(self, observation.document, shown | sent)
        after = reader.read(changed, observation)
        plain = observation.model_dump(mode="json")
        after = {key: value for key, value in after.items() if plain[key] != value}
        if not reader.problems:
            try:
                Observation.model_validate(plain | after)
            except ValidationError as fault:
                for error in fault.errors():
                    reader.problems[str(error["loc"][0])] = f"{error['msg']}"
        return Correction(after, reader.problems, reader.warnings)

    def add(
        self, document: DocumentRef, evidence: Evidence, figure: tuple[int, int], form: Mapping[str, str]
    ) -> tuple[Observation | None, Correction]:
        """An observation from selected words and a form; None where something must be mended first.

        Args:
            document: The report, as its other observations name it.
            evidence: Page, boxes, span and words that were selected.
            figure: The figure's own span in the document's text.
            form: As for `correct`; `indicator_id` may be empty if `label` is given.
        """
        printed = evidence.quote[figure[0] - evidence.start : figure[1] - evidence.start] or evidence.quote
        blank = _blank(document, evidence, printed, self.catalogue.version)
        sent = {name: str(form[name]).strip() for name in FIELDS if name in form}
        sent.setdefault("value", printed)
        indicator = self.catalogue.indicators.get(sent.get("indicator_id", ""))
        if not sent.get("unit"):
            sent["unit"] = indicator.unit.value if indicator else Unit.COUNT.value
        if not sent.get("label"):
            sent["label"] = indicator.name if indicator else ""
        correction = self.correct(blank, sent)
        problems = dict(correction.problems)
        if not sent["label"]:
            problems.setdefault("indicator_id", "choose an indicator, or give the words that name the measure")
        if problems:
            return None, Correction(correction.after, problems, correction.warnings)
        plain = blank.model_dump(mode="json") | correction.after
        plain["observation_id"] = added_id(plain, figure)
        return Observation.model_validate(plain), correction


class _FormReader:
    """One form being read."""

    def __init__(self, corrector: Corrector, document: DocumentRef, form: dict[str, str]) -> None:
        self._corrector = corrector
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
            after["area"] = self._try(
                "area", lambda: read_area(form["area"], self._document, self._corrector.gazetteer)
            )
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
        found = self._corrector.catalogue.indicators.get(named)
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


def _typed(value: float | None) -> str:
    return "" if value is None else f"{value:.10g}"


def _blank(document: DocumentRef, evidence: Evidence, printed: str, pattern_version: str) -> Observation:
    """An observation that says nothing yet, of the words selected."""
    authority = document.authority
    area = {
        "kind": "authority", "name": authority.name, "gss_code": authority.gss_code,
        "is_reporting_authority": True, "basis": "inferred",
    }  # fmt: skip
    return Observation.model_validate(
        {
            "observation_id": "new", "document": document, "indicator_id": None, "indicator_name": None, "label": "",
            "area": area if authority.name else None, "period": UNKNOWN_PERIOD, "role": "actual", "value": None,
            "value_text": printed, "status": "unreadable", "unit": "count", "numerator": None, "denominator": None,
            "change": None, "rank": None, "quartile": None, "rag": None, "direction": None, "polarity": None,
            "commentary": [], "confidence": None, "reasons": [], "checks": [], "alternatives": [],
            "evidence": [evidence], "method": Method.PROSE.value, "flags": ["added_by_reviewer"],
            "extractor_version": __version__, "pattern_version": pattern_version,
        }
    )  # fmt: skip
