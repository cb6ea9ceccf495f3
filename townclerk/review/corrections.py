"""What an analyst types, checked: searching measures and places, reading periods and values, saying what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from pydantic import ValidationError

from townclerk import __version__
from townclerk.models.observation import DocumentRef, Evidence, Observation
from townclerk.models.units import Method, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer
from townclerk.review.corrections_fields import (
    UNKNOWN_PERIOD,
    FieldError,
    period_key,
    read_period,
    shown_period,
)
from townclerk.review.corrections_form import FormReader
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
        reader = FormReader(self.catalogue, self.gazetteer, observation.document, shown | sent)
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
