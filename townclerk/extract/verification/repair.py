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
from townclerk.extract.verification.tolerance import decimals, half_digit, shown
from townclerk.extract.verification.view import View
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate, Repair
from townclerk.models.units import Status, Unit

_MOST_CONTRADICTIONS = 40
_KEPT_FLAG = "arithmetic_repaired"
_Slips = Callable[[float, int], dict[float, str]]
_SLIPS: tuple[_Slips, ...] = (misreadings, wrong_digits)
_ALSO = {
    "whole_beside": ("whole_beside", "ratio", "cohort"),
    "parts_beside": ("parts_beside", "ratio"),
    "direction": ("direction", "change"),
}
"""Checks that tell the same identity under another name."""
_MENDED = frozenset(
    {
        "ratio",
        "whole_beside",
        "parts_beside",
        "quotient",
        "complement",
        "cohort",
        "population",
        "change",
        "direction",
        "variance",
    }
)
"""Checks whose parties are all that the identity needs. `mean` is mended on its own; the others say too little."""


def propose_repairs(view: View, findings: list[Finding]) -> None:
    """Write proposals to the candidates that contradictions are about.

    Args:
        view: The document's candidates.
        findings: What the checks found.
    """
    contradictions = [f for f in findings if f.outcome is Outcome.CONTRADICTS]
    for finding in contradictions[:_MOST_CONTRADICTIONS]:
        if any(c.status is not Status.REPORTED for c in finding.parties):
            continue
        for slips in _SLIPS:
            found = list(_mending(view, finding, slips))
            if len(found) == 1 and not _breaks(view, *found[0]):
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


def _mending(view: View, finding: Finding, slips: _Slips) -> Iterator[tuple[Candidate, Repair]]:
    """Every single slip in a figure of the contradiction that makes its identity hold."""
    if finding.check == "mean":
        yield from _mending_mean(finding, slips)
    if finding.check not in _MENDED:
        return
    for candidate in finding.parties:
        for field, number, places in _numbers(candidate):
            for value, reason in slips(number, places).items():
                changed = _changed(candidate, field, value)
                tried = [changed if c is candidate else c for c in finding.parties]
                holds = _holding(view, finding, tried, changed)
                if holds is not None:
                    yield candidate, _repair(field, number, value, places, reason, holds)


def _holding(view: View, finding: Finding, tried: list[Candidate], changed: Candidate) -> str | None:
    """What holds for the changed figure in the place of the contradiction; None where something still contradicts."""
    smaller = View.of(tried, view.document, view.catalogue)
    found = [f for name in _ALSO.get(finding.check, (finding.check,)) for f in CHECKS[name](smaller)]
    if any(f.outcome is Outcome.CONTRADICTS for f in found):
        return None
    held = [f.text for f in found if f.outcome is Outcome.SUPPORTS and any(c is changed for c in f.parties)]
    return held[0] if held else None


def _mending_mean(finding: Finding, slips: _Slips) -> Iterator[tuple[Candidate, Repair]]:
    """Slips in the printed average or in one of the values that make the average the mean."""
    average, others = finding.parties[0], finding.parties[1:]
    values = [c.value or 0.0 for c in others]
    if average.area is None or average.area.kind is not AreaKind.STATISTICAL_NEIGHBOURS or not values:
        return
    said, total, half = average.value or 0.0, sum(values), half_digit(max(decimals(c) for c in others))
    slack = half + half_digit(decimals(average)) + 1e-9
    for candidate in finding.parties:
        for value, reason in slips(candidate.value or 0.0, decimals(candidate)).items():
            is_average = candidate is average
            middle = (total if is_average else total + value - (candidate.value or 0.0)) / len(values)
            if abs(middle - (value if is_average else said)) <= slack:
                holds = f"the average is the mean of the {len(values)} values, {shown(middle, decimals(average) + 1)}"
                yield candidate, _repair("value", candidate.value or 0.0, value, decimals(candidate), reason, holds)


def _repair(field: str, number: float, value: float, places: int, reason: str, holds: str) -> Repair:
    told = f"{shown(number, places)} may be {shown(value, max(places, 2))} ({reason})"
    return Repair(field, value, f"{told}: then {holds}")


def _breaks(view: View, candidate: Candidate, repair: Repair) -> bool:
    """True where the figure as repaired contradicts others that it agreed with as printed."""
    near = [c for c in view.candidates if c.block == candidate.block or c.indicator_id == candidate.indicator_id]
    changed = _changed(candidate, repair.field, repair.value)
    before = _contradictions(view, near)
    return _contradictions(view, [changed if c is candidate else c for c in near]) > before


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


def _contradictions(view: View, candidates: list[Candidate]) -> int:
    smaller = View.of(candidates, view.document, view.catalogue)
    return sum(f.outcome is Outcome.CONTRADICTS for function in CHECKS.values() for f in function(smaller))
