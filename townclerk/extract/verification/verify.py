"""Holding a report against itself: every check over every candidate, the outcomes written to the candidates."""

from __future__ import annotations

from townclerk.extract.verification import (
    beside,
    changes,
    cohorts,
    columns,
    comparators,
    extremes,
    plausibility,
    rates,
    ratios,
    repeats,
    shares,
    targets,
    variances,
    wholes,
)
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.folding import fold_computed
from townclerk.extract.verification.registry import CHECKS
from townclerk.extract.verification.repair import propose_repairs
from townclerk.extract.verification.view import View
from townclerk.models.candidate import Candidate, CheckResult
from townclerk.models.document import Document
from townclerk.patterns.catalogue import Catalogue

MODULES = (
    ratios,
    beside,
    shares,
    rates,
    changes,
    columns,
    comparators,
    extremes,
    wholes,
    cohorts,
    variances,
    targets,
    repeats,
    plausibility,
)
"""The modules whose checks are registered; importing them is what registers."""


def verify(candidates: list[Candidate], document: Document, catalogue: Catalogue) -> list[Finding]:
    """Test every identity that the candidates take part in.

    Args:
        candidates: The linked candidates of a document; outcomes and flags are written to them.
        document: The report.
        catalogue: Bounds, polarities and families of the measures.

    Returns:
        Every finding, in the order of the checks and of the report.
    """
    fold_computed(candidates, document)
    view = View.of(candidates, document, catalogue)
    findings = [finding for function in CHECKS.values() for finding in function(view)]
    for finding in findings:
        _record(finding)
    propose_repairs(view, findings)
    return findings


def _record(finding: Finding) -> None:
    """Write a finding to its figures; a contradiction to those in doubt only, not to the witnesses against them."""
    doubted = finding.flagged or finding.parties
    for candidate in doubted if finding.outcome is Outcome.CONTRADICTS else finding.parties:
        if any(held.name == finding.check and held.text == finding.text for held in candidate.checks):
            continue
        candidate.checks.append(CheckResult(finding.check, finding.outcome.value, finding.text))
    if finding.outcome is Outcome.CONTRADICTS and finding.flag:
        for candidate in doubted:
            if finding.flag not in candidate.flags:
                candidate.flags.append(finding.flag)
