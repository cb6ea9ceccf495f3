"""Counts that stand beside a percentage without being joined to it: in its brackets, its sentence, its comment."""

from __future__ import annotations

import re
from collections.abc import Iterator

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.ratios import agrees, another_agrees, slip_mends
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import decimals, printed, shown, with_unit
from townclerk.extract.verification.view import View, is_vague, place_of
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureForm
from townclerk.models.units import Method, Role, Unit

_FEW = 10
_LONG_COMMENT = 10
_SHORT_COMMENT = 6
"""Words of "This is 391 out of 590": a longer line is about something of its own."""
_FURTHER = re.compile(r"\b(?:further|another|additional|other)\s+$", re.IGNORECASE)
_BRACKET = re.compile(r"\s*\(([^()]{3,40})\)")
_NEXT = re.compile(r"[^.;]*(?:\d\.\d[^.;]*)*[.;](?!\s*\n\s*\n)\s+([A-Zt][^.;]{3,100}?)(?:\.\s|\.\Z|\s*\Z)")
_COMMENT = re.compile(
    r"[^\n]*\n\s*[|*_\s]*(?:[A-Z][A-Za-z ]{3,24}[:–-][*_\s]*)?([^\n|]{3,120}?)(?:\. |\.?\s*(?:\||\n|\Z))"
)


@check("whole_beside")
def whole_beside(view: View) -> Iterator[Finding]:
    """A percentage with its numerator fits the greater count that its sentence names: "of the 842, 805 (95.6%)".

    Tolerance: half the last printed digit. The sentence must name one such count only, and one slip in the percentage
    must mend it: else the count is of something else.
    """
    for candidate in view.known:
        top, value = candidate.numerator, candidate.value
        if not top or not value or candidate.denominator is not None or candidate.unit is not Unit.PERCENT:
            continue
        wholes = {n for n in counts_beside(candidate, view) if n > top}
        if is_vague(candidate) or len(wholes) != 1:
            continue
        whole = wholes.pop()
        expected, places = 100.0 * top / whole, decimals(candidate)
        if agrees(value, expected, places) or not slip_mends(value, expected, places):
            continue
        exact = with_unit(expected, Unit.PERCENT, places + 1)
        text = f"{shown(top)} of {shown(whole)} is {exact}, but {printed(candidate)} is printed"
        yield Finding("whole_beside", Outcome.CONTRADICTS, text, (candidate,), "ratio_mismatch")


@check("parts_beside")
def parts_beside(view: View) -> Iterator[Finding]:
    """A percentage fits the one "N of D" of its brackets, its sentence or its comment, though not joined to it.

    Tolerance: half the last printed digit. But for brackets right behind the percentage, the words must hold one such
    pair and no other percentage, and one slip in the percentage must mend it: else the pair is of something else.
    """
    for candidate in view.known:
        if candidate.numerator is not None or candidate.unit is not Unit.PERCENT or is_vague(candidate):
            continue
        if not candidate.is_own_actual:
            continue
        for words, sure in _places(candidate, view):
            finding = _parts_in(words, candidate, view, sure=sure)
            if finding is not None:
                yield finding
                break


def _places(candidate: Candidate, view: View) -> Iterator[tuple[str, bool]]:
    """Words in which the counts behind a percentage may stand, and whether they are surely its own."""
    behind = view.document.text[candidate.figure_span.end :][:400]
    if bracket := _BRACKET.match(behind.removeprefix("%")):
        yield bracket[1], True
    if (candidate.value or 0.0) < _FEW and not decimals(candidate):
        return
    if candidate.method is not Method.TABLE:
        yield view.sentence(candidate), False
        following = _NEXT.match(behind)
        if following is not None and len(following[1].split()) <= _LONG_COMMENT:
            yield following[1], False
    if not _is_newest(candidate, view):
        return
    if candidate.method is not Method.PROSE:
        yield view.explanation(candidate), False
    comment = _COMMENT.match(behind) if candidate.method is Method.TABLE else None
    if comment is not None and len(comment[1].split()) <= _SHORT_COMMENT:
        yield comment[1], False


def _is_newest(candidate: Candidate, view: View) -> bool:
    """True for the newest value of its measure in its block, where all times are known: what a comment is about."""
    same = view.together.get((candidate.block, candidate.indicator_id), ())
    rivals = [c for c in same if c is not candidate and c.role is Role.ACTUAL and place_of(c) == place_of(candidate)]
    if not rivals:
        return True
    if candidate.period is None:
        return False
    return all(c.period is not None and c.period.end < candidate.period.end for c in rivals)


def _parts_in(words: str, candidate: Candidate, view: View, *, sure: bool) -> Finding | None:
    figures = figures_of(words)
    pairs = [f for f in figures if f.form is FigureForm.PARTS and f.numerator and f.denominator]
    percentages = {f.value for f in figures if f.unit is Unit.PERCENT and f.value is not None}
    if len(pairs) != 1 or percentages - {candidate.value} or (sure and len(figures) != 1):
        return None
    top, bottom = pairs[0].numerator or 0.0, pairs[0].denominator or 1.0
    expected, places, value = 100.0 * top / bottom, decimals(candidate), candidate.value or 0.0
    if agrees(value, expected, places) or not (sure or slip_mends(value, expected, places)):
        return None
    if another_agrees(candidate, expected, view):
        return None
    candidate.numerator, candidate.denominator = top, bottom
    exact = with_unit(expected, Unit.PERCENT, places + 1)
    text = f"{shown(top)} of {shown(bottom)} is {exact}, but {printed(candidate)} is printed"
    return Finding("parts_beside", Outcome.CONTRADICTS, text, (candidate,), "ratio_mismatch")


def counts_beside(candidate: Candidate, view: View) -> Iterator[float]:
    """The whole numbers in the candidate's clause, those that add to it left out ("and a further 19")."""
    clause = view.clause(candidate)
    for figure in figures_of(clause):
        if figure.value is None or figure.unit not in {None, Unit.COUNT} or figure.decimals or figure.sign:
            continue
        if _FURTHER.search(clause[: figure.start]) is None:
            yield figure.value
