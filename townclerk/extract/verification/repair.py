"""Repair proposals: the one small slip in one print that makes the failing identities of a figure hold.

Digit confusions, lost points and lost digits are tried first; any other single wrong digit only where none of them
helps. A proposal is made only if exactly one slip in all the figures of a contradiction mends it and breaks nothing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import replace

from townclerk.extract.verification.edits import misreadings, wrong_digits
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import CHECKS
from townclerk.extract.verification.tolerance import decimals, shown
from townclerk.extract.verification.view import View
from townclerk.models.candidate import Candidate, Repair
from townclerk.models.units import Status, Unit

_MOST_PARTIES = 14
_MOST_CONTRADICTIONS = 40
_KEPT_FLAG = "arithmetic_repaired"
_SLIPS: tuple[Callable[[float, int], dict[float, str]], ...] = (misreadings, wrong_digits)


def propose_repairs(view: View, findings: list[Finding]) -> None:
    """Write proposals to the candidates that contradictions are about.

    Args:
        view: The document's candidates.
        findings: What the checks found.
    """
    contradictions = [f for f in findings if f.outcome is Outcome.CONTRADICTS and f.check != "bounds"]
    for finding in contradictions[:_MOST_CONTRADICTIONS]:
        if len(finding.parties) > _MOST_PARTIES or any(c.status is not Status.REPORTED for c in finding.parties):
            continue
        near = _near(view, finding)
        before = _contradictions(view, near)
        for slips in _SLIPS:
            found = list(_mending(view, finding, near, before, slips))
            if len(found) == 1:
                candidate, repair = found[0]
                if repair not in candidate.repairs:
                    candidate.repairs.append(repair)
            if found:
                break


def apply_repairs(candidates: Iterable[Candidate]) -> None:
    """Put proposed values in the place of the printed ones, where a figure has just one proposal."""
    for candidate in candidates:
        if len(candidate.repairs) != 1:
            continue
        repair = candidate.repairs[0]
        setattr(candidate, repair.field, repair.value)
        candidate.flags.append(_KEPT_FLAG)


def _near(view: View, finding: Finding) -> list[Candidate]:
    """The candidates that can take part in an identity with the finding's figures."""
    blocks = {c.block for c in finding.parties}
    names = {c.indicator_id for c in finding.parties}
    return [c for c in view.candidates if c.block in blocks or c.indicator_id in names]


def _mending(
    view: View,
    finding: Finding,
    near: list[Candidate],
    before: int,
    slips: Callable[[float, int], dict[float, str]],
) -> Iterator[tuple[Candidate, Repair]]:
    for candidate in finding.parties:
        for field, number, places in _numbers(candidate):
            for value, reason in slips(number, places).items():
                changed = _changed(candidate, field, value)
                tried = [changed if c is candidate else c for c in near]
                after = _findings(view, tried)
                if _is_mended(after, finding, candidate, changed, before):
                    told = f"{shown(number, places)} may be {shown(value, max(places, 2))} ({reason})"
                    yield candidate, Repair(field, value, f"{told}: then {_then(after, finding, changed)}")


def _is_mended(after: list[Finding], finding: Finding, old: Candidate, new: Candidate, before: int) -> bool:
    """True where the contradiction is gone, its identity holds for the changed figure, and nothing else broke."""
    if any(_is_same(found, finding, old, new) for found in after):
        return False
    return sum(f.outcome is Outcome.CONTRADICTS for f in after) < before and _then(after, finding, new) is not None


def _numbers(candidate: Candidate) -> Iterator[tuple[str, float, int]]:
    """The printed numbers of a figure: its value, and the counts behind it."""
    if candidate.value is not None and candidate.value >= 0 and "computed" not in candidate.flags:
        yield "value", candidate.value, decimals(candidate)
    if candidate.unit is Unit.PERCENT:
        for field, number in (("numerator", candidate.numerator), ("denominator", candidate.denominator)):
            if number is not None:
                yield field, number, 0


def _changed(candidate: Candidate, field: str, value: float) -> Candidate:
    """A copy of a candidate with another number, its figure along with it."""
    fresh = replace(candidate, checks=[], flags=list(candidate.flags), repairs=[])
    setattr(fresh, field, value)
    if field == "value":
        fresh.figure = replace(candidate.figure, value=value)
    return fresh


def _findings(view: View, candidates: list[Candidate]) -> list[Finding]:
    smaller = View.of(candidates, view.document, view.catalogue)
    return [finding for function in CHECKS.values() for finding in function(smaller)]


def _contradictions(view: View, candidates: list[Candidate]) -> int:
    return sum(finding.outcome is Outcome.CONTRADICTS for finding in _findings(view, candidates))


def _is_same(found: Finding, finding: Finding, old: Candidate, new: Candidate) -> bool:
    """True where the old contradiction is still there after the change."""
    if found.check != finding.check or found.outcome is not Outcome.CONTRADICTS:
        return False
    return {id(old if c is new else c) for c in found.parties} == {id(c) for c in finding.parties}


_ALSO = {"whole_beside": ("ratio", "cohort"), "whole_number": ("cohort",), "direction": ("direction", "change")}
"""Checks that tell the same identity under another name."""


def _then(after: list[Finding], finding: Finding, changed: Candidate) -> str | None:
    """What holds for the changed figure in the place of the contradiction; None where the identity was merely lost."""
    names = _ALSO.get(finding.check, (finding.check,))
    for found in after:
        if found.check in names and found.outcome is Outcome.SUPPORTS and any(c is changed for c in found.parties):
            return found.text
    return None
