"""What in a report does not add up, as records that can be used without the report."""

from __future__ import annotations

from collections.abc import Iterator

from pydantic import Field

from townclerk.extract.pipeline import Extraction
from townclerk.extract.verification import Finding, Outcome
from townclerk.models.area import Area
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import Document
from townclerk.models.observation import Record
from townclerk.patterns.catalogue import Catalogue

_MOST_FIGURES = 4
_WHOLE_ROW = 12
"""Figures shown of a row of authorities, any of which may be the wrong one."""
_CONTEXT = 60
UNLIKELY = frozenset({"bounds"})
"""Checks whose outcome is no contradiction within the report, only an unlikely value: listed, but the report stands."""


class AuditFigure(Record):
    """One figure of a contradiction, with the words it stands in."""

    page: int
    start: int
    end: int
    quote: str
    value_text: str
    indicator_id: str | None
    indicator_name: str | None
    period: str | None
    area: str | None
    doubtful: bool = Field(description="This figure is the one in doubt")


class AuditEntry(Record):
    """Something that does not add up."""

    document: str
    check: str
    kind: str = Field(description="`contradiction`, or `unlikely` for a value outside what authorities report")
    text: str = Field(description="The arithmetic, in one sentence")
    figures: list[AuditFigure]
    repairs: list[str] = Field(description="The one small slip in print that would make the figures agree, if any")


class AuditTally(Record):
    """How much of a report could be tested."""

    document: str
    figures: int = Field(description="Figures read of a known measure")
    held: int = Field(description="Of these, held against other figures of the report or their own counts")
    agreements: int = Field(description="Identities that hold")

    @property
    def alone(self) -> int:
        """Figures that nothing in the report could be held against."""
        return self.figures - self.held


def tally(extraction: Extraction) -> AuditTally:
    """Count what of a report could be tested.

    Args:
        extraction: The report as it was read.
    """
    known = {id(c) for c in extraction.candidates if c.indicator_id is not None and c.value is not None}
    tested = [f for f in extraction.findings if f.outcome is not Outcome.NOT_TESTABLE and f.check not in UNLIKELY]
    return AuditTally(
        document=extraction.document.name,
        figures=len(known),
        held=len(known & {id(party) for finding in tested for party in finding.parties}),
        agreements=sum(finding.outcome is Outcome.SUPPORTS for finding in tested),
    )


def audit(extraction: Extraction, catalogue: Catalogue) -> list[AuditEntry]:
    """List the contradictions of a report, in reading order.

    Args:
        extraction: The report as it was read.
        catalogue: Names of the measures.

    Returns:
        Contradictions first, then unlikely values.
    """
    entries = [_entry(finding, extraction.document, catalogue) for finding in _told(extraction.findings)]
    return sorted(entries, key=lambda entry: (entry.kind != "contradiction", entry.figures[0].start))


def _told(findings: list[Finding]) -> Iterator[Finding]:
    """Contradictions, each set of figures once; a value that is merely unlikely hides none."""
    seen: set[frozenset[int]] = set()
    for finding in sorted(findings, key=lambda finding: finding.check in UNLIKELY):
        key = frozenset(id(candidate) for candidate in (*finding.parties[:2], *finding.flagged))
        if finding.outcome is Outcome.CONTRADICTS and key not in seen:
            seen.add(key)
            yield finding


def _entry(finding: Finding, document: Document, catalogue: Catalogue) -> AuditEntry:
    flagged = {id(candidate) for candidate in finding.flagged or finding.parties}
    parties = sorted(finding.parties, key=lambda candidate: id(candidate) not in flagged)
    parties = parties[: _WHOLE_ROW if finding.check == "mean" else _MOST_FIGURES]
    return AuditEntry(
        document=document.name,
        check=finding.check,
        kind="unlikely" if finding.check in UNLIKELY else "contradiction",
        text=finding.text,
        figures=[_figure(candidate, document, catalogue, id(candidate) in flagged) for candidate in parties],
        repairs=[repair.reason for candidate in finding.parties for repair in candidate.repairs],
    )


def _figure(candidate: Candidate, document: Document, catalogue: Catalogue, doubtful: bool) -> AuditFigure:
    span = candidate.figure_span
    indicator = catalogue.indicators[candidate.indicator_id] if candidate.indicator_id else None
    area = candidate.area
    return AuditFigure(
        page=span.page,
        start=span.start,
        end=span.end,
        quote=_quote(span, document),
        value_text=candidate.value_text,
        indicator_id=candidate.indicator_id,
        indicator_name=indicator.name if indicator else None,
        period=candidate.period.code if candidate.period else None,
        area=_named(area) if area else None,
        doubtful=doubtful,
    )


def _named(area: Area) -> str:
    return area.name or ("the report's authority" if area.is_reporting_authority else area.kind.value.replace("_", " "))


def _quote(span: Span, document: Document) -> str:
    """The figure with the whole words round it, on its page."""
    page = document.page_at(span.start)
    start, end = max(page.start, span.start - _CONTEXT), min(page.end, span.end + _CONTEXT)
    text = document.text
    while start > page.start and not text[start - 1].isspace():
        start -= 1
    while end < page.end and not text[end].isspace():
        end += 1
    return " ".join(text[start:end].split())
