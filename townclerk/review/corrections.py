"""What an analyst types, checked: searching measures and places, reading periods and values, saying what is wrong."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from townclerk.models.observation import DocumentRef, Evidence, Observation
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.gazetteer import Gazetteer


@dataclass(slots=True, frozen=True)
class IndicatorHit:
    """A measure found by its words.

    Attributes:
        indicator_id: Its id.
        name: What it measures.
        unit: What it is counted in.
        domain: Its chapter of the catalogue.
        matched: The wording that was found, where it is not the name.
        score: 0 to 100.
    """

    indicator_id: str
    name: str
    unit: str
    domain: str
    matched: str
    score: float


@dataclass(slots=True, frozen=True)
class AreaHit:
    """A place found by its name.

    Attributes:
        value: What the form sends back (`england`, `authority:Wexcombe`).
        label: How a person reads it.
        gss_code: Its code, where known.
        score: 0 to 100.
    """

    value: str
    label: str
    gss_code: str | None
    score: float


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


FIELDS = (
    "indicator_id", "label", "area", "period", "role", "value", "status", "unit", "numerator", "denominator",
    "rag", "direction", "rank", "rank_of", "quartile", "change", "change_unit", "change_direction", "change_from",
)  # fmt: skip
"""Names of the form's fields. A field that is not sent is left as it is; one sent empty means "unknown" (null)."""


class Corrector:
    """Reads what analysts type."""

    def __init__(self, catalogue: Catalogue, gazetteer: Gazetteer) -> None:
        self.catalogue = catalogue
        self.gazetteer = gazetteer

    def indicators(self, words: str, unit: str | None = None, limit: int = 8) -> list[IndicatorHit]:
        """Measures whose id, name or wording is like the words, best first; those counted in `unit` go before."""
        raise NotImplementedError

    def areas(self, words: str, reporting: str | None = None, limit: int = 8) -> list[AreaHit]:
        """Places whose name is like the words, best first; `reporting` is the report's own authority."""
        raise NotImplementedError

    def period(self, words: str, document: DocumentRef, *, stock: bool = False) -> PeriodHit:
        """What "Q2 18/19", "Dec 19", "YTD Dec", "last quarter" or a code means in a report.

        Args:
            words: As typed.
            document: Whose period and meeting "last quarter" and "YTD Dec" are counted from.
            stock: Whether the measure holds at a moment: a quarter is then its last day.
        """
        raise NotImplementedError

    def form_of(self, observation: Observation) -> dict[str, str]:
        """An observation as the form's fields, to be changed and handed to `correct`."""
        raise NotImplementedError

    def correct(self, observation: Observation, form: Mapping[str, str]) -> Correction:
        """Read a form over an observation: what changes, what is wrong, what is unusual."""
        raise NotImplementedError

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
        raise NotImplementedError
