"""Made-up gold lines and observations for the tests of evaluation."""

from __future__ import annotations

from typing import Any

from townclerk.evaluate.gold import GoldLine
from townclerk.models.area import AreaKind
from townclerk.models.observation import (
    Change,
    DocumentAuthority,
    DocumentPeriod,
    DocumentRef,
    Evidence,
    Observation,
    ObservedArea,
    ObservedPeriod,
    Rank,
    Snippet,
)
from townclerk.models.period import parse_code
from townclerk.models.units import Basis, Method


def line(**said: Any) -> GoldLine:
    """A gold line: 72.4% of initial conferences on time in quarter 2, but for what `said` says."""
    usual: dict[str, Any] = {
        "doc": "wexcombe-q2",
        "n": 1,
        "indicator": "icpc_15_days_pct",
        "label": "initial conferences on time",
        "value": 72.4,
        "unit": "percent",
        "role": "actual",
        "area": "self",
        "period": "2021-22-Q2",
        "quotes": ["72.4% of initial conferences were on time"],
    }
    return GoldLine.model_validate(usual | said)


def area(gold: str | None, basis: Basis = Basis.STATED) -> ObservedArea | None:
    """The area that gold's word stands for, as the tool writes it."""
    if gold is None:
        return None
    own = gold == "self"
    kind = next((kind for kind in AreaKind if kind.value == gold), AreaKind.AUTHORITY)
    name = "Wexcombe" if own else gold if kind is AreaKind.AUTHORITY else None
    return ObservedArea(kind=kind, name=name, gss_code=None, is_reporting_authority=own, basis=basis)


def period(code: str | None, basis: Basis = Basis.STATED) -> ObservedPeriod:
    """The period of a code, as the tool writes it."""
    if code is None:
        return ObservedPeriod(code=None, start=None, end=None, kind=None, text=None, basis=Basis.UNKNOWN)
    read = parse_code(code)
    return ObservedPeriod(
        code=code, start=read.start.isoformat(), end=read.end.isoformat(), kind=read.kind, text=None, basis=basis
    )


def seen(gold: GoldLine | None = None, **otherwise: Any) -> Observation:
    """An observation that says what the gold line says, but for what `otherwise` says."""
    gold = gold or line()
    usual: dict[str, Any] = {
        "observation_id": f"{gold.doc}-{gold.n}",
        "document": document(gold.doc),
        "indicator_id": gold.indicator,
        "indicator_name": None,
        "label": gold.label,
        "area": area(gold.area),
        "period": period(gold.period),
        "role": gold.role,
        "value": gold.value,
        "value_text": "" if gold.value is None else f"{gold.value:g}",
        "status": gold.status,
        "unit": gold.unit,
        "numerator": gold.numerator,
        "denominator": gold.denominator,
        "change": gold.change and Change.model_validate(gold.change.model_dump()),
        "rank": gold.rank and Rank.model_validate(gold.rank.model_dump()),
        "quartile": gold.quartile,
        "rag": gold.rag,
        "direction": gold.direction,
        "polarity": None,
        "commentary": [Snippet(text=gold.commentary, page=1, start=0, end=1)] if gold.commentary else [],
        "confidence": None,
        "reasons": [],
        "checks": [],
        "alternatives": [],
        "evidence": [evidence(quote, gold.page or 1) for quote in gold.quotes],
        "method": Method.PROSE,
        "flags": [],
        "extractor_version": "0",
        "pattern_version": "0",
    }
    return Observation.model_validate(usual | otherwise)


def document(stem: str) -> DocumentRef:
    """A report of the made-up authority Wexcombe."""
    return DocumentRef(
        sha256="0" * 64,
        name=f"{stem}.txt",
        title=None,
        authority=DocumentAuthority(name="Wexcombe", gss_code=None, basis=Basis.STATED),
        committee=None,
        meeting_date=None,
        period=DocumentPeriod(code="2021-22-Q2", basis=Basis.STATED),
    )


def evidence(quote: str, page: int = 1) -> Evidence:
    """A place in a text without geometry."""
    return Evidence(page=page, boxes=[], start=0, end=len(quote), quote=quote)
