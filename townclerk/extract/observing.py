"""The last step: checked candidates become observations with stable ids."""

from __future__ import annotations

import hashlib
from functools import lru_cache

from townclerk import __version__
from townclerk.extract.confidence import Calibration, gather, probability, weigh
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Document, Item
from townclerk.models.mentions import IndicatorMatch, MatchKind
from townclerk.models.observation import (
    Alternative,
    Change,
    Check,
    DocumentAuthority,
    DocumentItem,
    DocumentPeriod,
    DocumentRef,
    Evidence,
    Observation,
    ObservedArea,
    ObservedPeriod,
    Rank,
    Snippet,
)
from townclerk.models.period import Period
from townclerk.models.units import Basis
from townclerk.patterns.catalogue import Catalogue


def observe(
    candidate: Candidate,
    document: Document,
    item: Item | None,
    catalogue: Catalogue,
    calibration: Calibration | None = None,
    about: DocumentRef | None = None,
) -> Observation:
    """Write a candidate down as an observation.

    Args:
        candidate: Linked and checked.
        document: The report.
        item: The paper it stands in, where the document is an agenda pack.
        catalogue: Names and polarities.
        calibration: What evidence is worth; None for the shipped calibration.
        about: What is said of the report, where it has been put together before.
    """
    indicator = catalogue.indicators[candidate.indicator_id] if candidate.indicator_id else None
    reasons = weigh(gather(candidate, document), calibration)
    confidence = probability(reasons)
    return Observation(
        observation_id=_identity(candidate, document),
        document=about or document_ref(document, item),
        indicator_id=candidate.indicator_id,
        indicator_name=indicator.name if indicator else None,
        label=candidate.label,
        area=_area(candidate.area),
        period=_period(candidate.period),
        role=candidate.role,
        value=candidate.value,
        value_text=_as_printed(candidate, document),
        status=candidate.status,
        unit=candidate.unit,
        numerator=candidate.numerator,
        denominator=candidate.denominator,
        change=_change(candidate),
        rank=Rank(position=candidate.rank[0], of=candidate.rank[1]) if candidate.rank else None,
        quartile=candidate.quartile,
        rag=candidate.rag,
        direction=candidate.direction,
        polarity=indicator.polarity if indicator else None,
        commentary=[_snippet(span, document) for span in candidate.commentary],
        confidence=confidence,
        reasons=reasons,
        checks=[
            Check(name=c.name, outcome=c.outcome, text=c.text) for c in candidate.checks if c.outcome != "not testable"
        ],
        alternatives=_alternatives(candidate, confidence, catalogue),
        evidence=[_evidence(span, document) for span in candidate.evidence],
        method=candidate.method,
        flags=list(dict.fromkeys(candidate.flags)),
        extractor_version=__version__,
        pattern_version=catalogue.version,
    )


def document_ref(document: Document, item: Item | None = None) -> DocumentRef:
    """What an observation says of its report, or of the paper of a pack it stands in."""
    facts = item.facts if item else document.facts
    authority, period = facts.authority, facts.period
    return DocumentRef(
        sha256=document.sha256,
        name=document.name,
        title=facts.title.value,
        authority=DocumentAuthority(
            name=authority.value.name if authority.value else None,
            gss_code=authority.value.gss_code if authority.value else None,
            basis=authority.basis,
        ),
        committee=facts.committee.value,
        meeting_date=facts.meeting_date.value.isoformat() if facts.meeting_date.value else None,
        period=DocumentPeriod(code=period.value.code if period.value else None, basis=period.basis),
        item=DocumentItem(number=item.number or None, title=item.title) if item else None,
    )


def _identity(candidate: Candidate, document: Document) -> str:
    """Sixteen hex digits of the document, the place and the reading."""
    parts = (
        document.sha256,
        candidate.figure_span.start,
        candidate.figure_span.end,
        candidate.indicator_id,
        candidate.role.value,
        candidate.area,
        candidate.period.code if candidate.period else None,
        candidate.value,
    )
    return hashlib.sha256(repr(parts).encode()).hexdigest()[:16]


def _as_printed(candidate: Candidate, document: Document) -> str:
    """The value as it stands in the document, so that it is found in its quote even where a line ends inside it."""
    span = candidate.figure_span
    stands = document.text[span.start : span.end]
    return stands if "".join(stands.split()) == "".join(candidate.value_text.split()) else candidate.value_text


@lru_cache(maxsize=512)
def _area(area: Area | None) -> ObservedArea | None:
    """A place; a report's figures share a few."""
    if area is None:
        return None
    return ObservedArea(
        kind=area.kind,
        name=area.name,
        gss_code=area.gss_code,
        is_reporting_authority=area.is_reporting_authority,
        basis=area.basis,
    )


@lru_cache(maxsize=2048)
def _period(period: Period | None) -> ObservedPeriod:
    """A time; a report's figures share a few."""
    if period is None:
        return ObservedPeriod(code=None, start=None, end=None, kind=None, text=None, basis=Basis.UNKNOWN)
    return ObservedPeriod(
        code=period.code,
        start=period.start.isoformat(),
        end=period.end.isoformat(),
        kind=period.kind,
        text=period.text,
        basis=period.basis,
    )


def _change(candidate: Candidate) -> Change | None:
    change = candidate.change
    if change is None:
        return None
    return Change(
        value=change.value,
        unit=change.unit,
        direction=change.direction,
        from_period=change.from_period.code if change.from_period else None,
    )


def _snippet(span: Span, document: Document) -> Snippet:
    return Snippet(text=document.text[span.start : span.end], page=span.page, start=span.start, end=span.end)


def _lacking(rival: IndicatorMatch, candidate: Candidate, catalogue: Catalogue) -> str:
    """What a reading that lost lacked, in words."""
    best = candidate.match.score if candidate.match is not None else 0.0
    # Those who read it know phrases and codes, but no rules of concepts.
    ruled = rival.kind in {MatchKind.PATTERN, MatchKind.CONCEPT}
    name = catalogue.indicators[rival.indicator_id].name if ruled else rival.phrase
    if rival.score < best:
        return f"its name “{name}” fits the words less well ({rival.score:.2f} against {best:.2f})"
    return f"its name “{name}” fits the words as well, but unit, size or heading do not"


def _alternatives(candidate: Candidate, confidence: float, catalogue: Catalogue) -> list[Alternative]:
    """The readings that lost, sharing the rest of the probability by their match."""
    total = sum(match.score for match in candidate.rivals) or 1.0
    rest = (1.0 - confidence) * 0.5
    rivals = [
        Alternative(
            indicator_id=match.indicator_id,
            confidence=round(rest * match.score / total, 3),
            reason=_lacking(match, candidate, catalogue),
        )
        for match in candidate.rivals
    ]
    repairs = [
        Alternative(indicator_id=candidate.indicator_id, confidence=None, value=repair.value, reason=repair.reason)
        for repair in candidate.repairs
        if repair.field == "value"
    ]
    return repairs + rivals


def _evidence(span: Span, document: Document) -> Evidence:
    return Evidence(
        page=span.page,
        boxes=[
            (round(b.x0, 2), round(b.y0, 2), round(b.x1, 2), round(b.y1, 2))
            for b in document.boxes(span.start, span.end)
        ],
        start=span.start,
        end=span.end,
        quote=document.text[span.start : span.end],
    )
