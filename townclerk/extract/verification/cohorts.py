"""Several percentages of one group of children: each with its numerator implies the same whole number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.edits import wrong_digits
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.ratios import agrees, fitting_wholes, slip_mends
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import decimals, half_digit, printed, shown, with_unit
from townclerk.extract.verification.view import Place, View, is_vague, place_of, stand_in
from townclerk.models.candidate import Candidate, Span
from townclerk.models.document import BlockKind
from townclerk.models.units import Role, Unit

_FEW = 5
_VAGUE = 30
_WITNESSES = 3
_EXACT = 1e-9


@check("cohort")
def cohort(view: View) -> Iterator[Finding]:
    """Percentages of one population, each with its numerator, imply one whole number of children.

    Tolerance: half the last printed digit of each. At least three others near it (two for support) must agree on one
    whole number before one contradicts, and a slip in its percentage or its numerator must mend it: else it is of
    another population. One that is cut off, not rounded, contradicts where the others are rounded.
    """
    groups: defaultdict[tuple[Place | None, bool], list[Candidate]] = defaultdict(list)
    for candidate in view.known:
        if candidate.unit is not Unit.PERCENT or not candidate.numerator or candidate.numerator < _FEW:
            continue
        if candidate.role is Role.ACTUAL and not is_vague(candidate):
            groups[place_of(candidate), view.document.blocks[candidate.block].table is None].append(candidate)
    for group in groups.values():
        members = {id(member) for member in group}
        for candidate in group:
            others = [c for c in view.near(candidate) if c is not candidate and id(c) in members]
            yield from _cohort(candidate, others, _counts_near(candidate, view))
        yield from _of_unlinked(group, view)


def _of_unlinked(group: list[Candidate], view: View) -> Iterator[Finding]:
    """Items of the group's lists that found no measure: "497 (84%) were accommodated" among shares of one count."""
    members, blocks = {id(member) for member in group}, view.document.blocks
    lists = {member.block for member in group if blocks[member.block].kind is BlockKind.LIST_ITEM}
    for index in sorted({index + step for index in lists for step in (-1, 1)} - lists):
        item = _unlinked_item(index, view)
        others = [c for c in view.near(item) if id(c) in members] if item is not None else []
        if item is not None and len(others) >= _WITNESSES:
            findings = _cohort(item, others, _counts_near(others[0], view))
            yield from (finding for finding in findings if finding.outcome is Outcome.CONTRADICTS)


def _unlinked_item(index: int, view: View) -> Candidate | None:
    """The count and percentage of a list's item whose percentage found no measure."""
    block = view.document.blocks[index] if 0 <= index < len(view.document.blocks) else None
    if block is None or block.kind is not BlockKind.LIST_ITEM:
        return None
    if any(c.unit is Unit.PERCENT for c in view.standing.get(index, [])):
        return None
    figures = figures_of(block.passage.text)
    shares = [figure for figure in figures if figure.unit is Unit.PERCENT and figure.value is not None]
    counts = [
        figure for figure in figures if figure.unit in {None, Unit.COUNT} and not figure.decimals and figure.value
    ]
    if len(figures) != 2 or len(shares) != 1 or len(counts) != 1 or not (shares[0].bracketed or counts[0].bracketed):
        return None
    start, end = block.passage.source_span(shares[0].start, shares[0].end)
    item = stand_in(shares[0], Span(block.page, start, end), index)
    item.numerator = counts[0].value
    return item


def _counts_near(candidate: Candidate, view: View) -> set[int]:
    """The counts of the candidate's place that are reported near it."""
    return {
        int(c.value or 0.0) for c in view.near(candidate) if c.unit is Unit.COUNT and place_of(c) == place_of(candidate)
    }


def _cohort(candidate: Candidate, others: list[Candidate], reported: set[int]) -> Iterator[Finding]:
    """Hold one percentage against the whole that most of the others imply, a reported count before other wholes."""
    counts: defaultdict[int, list[Candidate]] = defaultdict(list)
    for other in others:
        wholes = fitting_wholes(other.numerator or 0.0, other)
        for whole in wholes if len(wholes) <= _VAGUE else ():
            counts[whole].append(other)
    base, witnesses = max(counts.items(), key=lambda item: (len(item[1]), -item[0]), default=(0, []))
    named = _reported_wholes(others, reported)
    if named:
        base = min(named)
        witnesses = [other for other in others if base in fitting_wholes(other.numerator or 0.0, other)]
    if len(witnesses) < 2 or candidate.denominator not in {None, float(base)}:
        return
    told = f"{shown(candidate.numerator or 0.0)} at {printed(candidate)}"
    tied = named or {whole for whole, held in counts.items() if len(held) == len(witnesses)}
    expected = 100.0 * (candidate.numerator or 0.0) / base
    if tied == {base} and len(witnesses) >= _WITNESSES and _is_cut(candidate, base) and _are_rounded(witnesses, base):
        exact = with_unit(expected, Unit.PERCENT, decimals(candidate) + 1)
        text = f"{told} is not rounded as the other percentages of the {base:,} are ({exact} would be rounded up)"
        yield Finding("cohort", Outcome.CONTRADICTS, text, (candidate, *witnesses), "ratio_mismatch", (candidate,))
    elif tied & set(fitting_wholes(candidate.numerator or 0.0, candidate)):
        text = f"{told} fits the {base:,} that the other percentages are of"
        yield Finding("cohort", Outcome.SUPPORTS, text, (candidate, *witnesses))
    elif len(witnesses) >= _WITNESSES and any(_slip_mends(candidate, whole) for whole in tied):
        exact = with_unit(expected, Unit.PERCENT, decimals(candidate) + 1)
        text = f"{told} does not fit the {base:,} that the other percentages are of ({exact} would)"
        yield Finding("cohort", Outcome.CONTRADICTS, text, (candidate, *witnesses), "ratio_mismatch", (candidate,))


def _is_cut(candidate: Candidate, base: int) -> bool:
    """True where a percentage is that of its numerator only with the last digit cut off instead of rounded."""
    expected = 100.0 * (candidate.numerator or 0.0) / base
    past = expected - (candidate.value or 0.0) - half_digit(decimals(candidate))
    return past > _EXACT and agrees(candidate.value or 0.0, expected, decimals(candidate))


def _are_rounded(witnesses: list[Candidate], base: int) -> bool:
    """True where at least one of some percentages is rounded up and none is cut off."""
    up = [
        (other.value or 0.0) - 100.0 * (other.numerator or 0.0) / base > _EXACT
        for other in witnesses
        if not _is_cut(other, base)
    ]
    return len(up) == len(witnesses) and any(up)


def _reported_wholes(others: list[Candidate], reported: set[int]) -> set[int]:
    """The reported counts that at least three of the others are percentages of, and more than of any other count."""
    fitting = {
        whole: sum(whole in fitting_wholes(other.numerator or 0.0, other) for other in others) for whole in reported
    }
    most = max(fitting.values(), default=0)
    return {whole for whole, count in fitting.items() if count == most} if most >= _WITNESSES else set()


def _slip_mends(candidate: Candidate, base: int) -> bool:
    """True where one slip in the percentage, or one digit of the numerator, makes the numerator that share of it."""
    value, top, places = candidate.value or 0.0, candidate.numerator or 0.0, decimals(candidate)
    if top <= base and slip_mends(value, 100.0 * top / base, places):
        return True
    return any(agrees(value, 100.0 * v / base, places) for v in wrong_digits(top, 0))
