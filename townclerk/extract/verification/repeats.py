"""One figure stated twice: a tile and its commentary, a summary and its detail."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from itertools import combinations

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.changes import slip_between
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.tolerance import decimals, printed
from townclerk.extract.verification.view import View, is_vague, place_of
from townclerk.models.candidate import Candidate, Span
from townclerk.models.units import Basis, Method
from townclerk.patterns.table_words import table_words

_A_SENTENCE = 7
_SENTENCE_END = re.compile(r"[.;]\s")
_WORDS = 4
_NEAR = 300
_BEFORE = 20
_OF_SOME = re.compile(r"\bof (?:whom|which|these|those|them),?\s+\Z", re.IGNORECASE)
"""What is told of some of those just counted is no second value of their measure."""
_FEW = 10
"""Any two small numbers are one slip apart."""
_CAPTION = 1
"""Blocks above a table or tile that may hold its name."""


@check("repeat")
def repeat(view: View) -> Iterator[Finding]:
    """A figure said of one measure, place, time and role is the same wherever it stands.

    Tolerance: a print with fewer decimals agrees if it is the other one rounded. Two different values contradict only
    where one slip in a print makes one of the other (otherwise they are likelier to be of two groups of children), and
    where both are printed with as many decimals and told with the measure's own words beside them, in two blocks or in
    two sentences that state the time.
    """
    for candidate in view.known:
        if len(candidate.evidence) > 1:
            told = f"the report says {printed(candidate)} in {len(candidate.evidence)} places"
            yield Finding("repeat", Outcome.SUPPORTS, told, (candidate,))
    for first, second in _pairs(view):
        one_block = first.block == second.block
        if one_block and any(_says_both(*pair, view) for pair in ((first, second), (second, first))):
            continue
        apart = one_block or not (_prints_both(first, second, view) or _prints_both(second, first, view))
        apart = apart and decimals(first) == decimals(second)
        if apart and (slip_between(first, second) or slip_between(second, first)):
            text = f"{printed(first)} in one place, {printed(second)} in another, of one measure and time"
            yield Finding("repeat", Outcome.CONTRADICTS, text, (first, second), "conflict")


@check("stretch")
def stretch(view: View) -> Iterator[Finding]:
    """A figure that its heading gives for the year to date is not told of some weeks or months beside it.

    Tolerance: none. Only a sentence that repeats the figure is asked, and one that speaks of the year to date agrees.
    """
    for candidate in view.known:
        heads = (candidate.label, candidate.period.text if candidate.period is not None else None)
        headed = next((head for head in heads if head and table_words().says("cumulative", head)), None)
        if headed is None or len(candidate.evidence) < 2:
            continue
        for span in candidate.evidence:
            words = _said_before(span, view)
            told = re.search(view.identities.stretch, words, re.IGNORECASE)
            if told is not None and not table_words().says("cumulative", words):
                text = f"{printed(candidate)} is headed “{headed}” in one place, and told of “{told[0]}” in another"
                other = replace(candidate, figure_span=span)
                yield Finding("stretch", Outcome.CONTRADICTS, text, (candidate, other), "", (candidate,))
                break


def _said_before(span: Span, view: View) -> str:
    """The words of a figure's own paragraph up to it."""
    text = view.document.text
    start = max(0, span.start - _NEAR)
    lines = text[start : span.start].rpartition("\n\n")[2]
    return " ".join((lines + text[span.start : span.end]).split())


def _says_both(first: Candidate, second: Candidate, view: View) -> bool:
    """True where the first one's sentence prints the second's value, too ("were 54 and 53 respectively")."""
    return any(figure.value == second.value for figure in figures_of(view.sentence(first)))


def _prints_both(first: Candidate, second: Candidate, view: View) -> bool:
    """True where the first one's block prints the second's value, too: then it tells of two things.

    Not where that print is known to be another thing: the target of the measure, or its value at another time.
    """
    if not view.prints_near(first, second.value or 0.0, decimals(second)):
        return False
    others = [c for c in view.beside(first) if c.indicator_id == first.indicator_id and c.value == second.value]
    return not any(c.role is not first.role or _is_of_another_time(c, first) for c in others)


def _is_of_another_time(candidate: Candidate, than: Candidate) -> bool:
    if candidate.period is None or than.period is None or candidate.period.basis is not Basis.STATED:
        return False
    return candidate.period.end != than.period.end


def _pairs(view: View) -> Iterator[tuple[Candidate, Candidate]]:
    """Two values of one thing in two blocks. Several in one block are misread or of several groups, and skipped."""
    groups = list(_groups(view))
    apart = _blocks_apart(groups)
    for group in groups:
        if len({one.block for one in group}) == 2 and frozenset(one.block for one in group) in apart:
            continue
        if max(candidate.value or 0.0 for candidate in group) < _FEW and not all(
            candidate.is_dated for candidate in group
        ):
            continue
        blocks = [candidate.block for candidate in group]
        if len({candidate.value for candidate in group}) != 2 or len(blocks) != 2:
            continue
        if len(set(blocks)) == 2 and all(_is_named(candidate, view) for candidate in group):
            yield group[0], group[1]
        if len(set(blocks)) == 1 and all(_is_told(candidate) for candidate in group) and _in_two_sentences(group, view):
            yield group[0], group[1]


def _blocks_apart(groups: list[list[Candidate]]) -> set[frozenset[int]]:
    """Pairs of blocks that disagree on all they both tell, several things: one of the two is of something else."""
    told: defaultdict[frozenset[int], list[bool]] = defaultdict(list)
    for group in groups:
        values: defaultdict[int, set[float | None]] = defaultdict(set)
        for one in group:
            values[one.block].add(one.value)
        for first, second in combinations(sorted(values), 2):
            told[frozenset((first, second))].append(values[first] == values[second])
    return {pair for pair, agrees in told.items() if len(agrees) > 1 and not any(agrees)}


def _is_named(candidate: Candidate, view: View) -> bool:
    """True where the words that name the measure stand in the figure's own block, or above its table, chart or tile.

    So does a figure that two places of the report agree on.
    """
    if "chart" in candidate.flags or len(candidate.evidence) > 1:
        return True
    blocks = view.document.blocks
    above = 0 if candidate.method is Method.PROSE else _CAPTION
    for block in blocks[max(0, candidate.block - above) : candidate.block + 1]:
        pieces = block.passage.pieces
        if pieces and _names(candidate, min(p.source_start for p in pieces), max(p.source_end for p in pieces), view):
            return True
    return False


def _names(candidate: Candidate, low: int, high: int, view: View) -> bool:
    if candidate.label_span is not None:
        return low <= candidate.label_span.start < high
    label = candidate.label.split()[:_WORDS]
    return bool(label) and " ".join(label) in " ".join(view.document.text[low:high].split())


def _in_two_sentences(group: list[Candidate], view: View) -> bool:
    first, last = sorted(candidate.figure_span.start for candidate in group)
    return _SENTENCE_END.search(view.document.text[first:last]) is not None


def _is_told(candidate: Candidate) -> bool:
    """True for a figure of running text whose time is stated."""
    return candidate.method is Method.PROSE and candidate.is_dated


def _is_fragment(candidate: Candidate, view: View) -> bool:
    """True for a figure in a few loose words: a piece of a tile or chart, whose time is a guess."""
    if candidate.method is not Method.PROSE or candidate.is_dated:
        return False
    return len(view.document.blocks[candidate.block].passage.text.split(None, _A_SENTENCE)) < _A_SENTENCE


def _groups(view: View) -> Iterator[list[Candidate]]:
    groups: defaultdict[tuple[object, ...], list[Candidate]] = defaultdict(list)
    for candidate in view.known:
        place, period = place_of(candidate), candidate.period
        if place is None or period is None or is_vague(candidate) or candidate.area is None:
            continue
        if Basis.UNKNOWN in {candidate.area.basis, period.basis} or _is_fragment(candidate, view):
            continue
        if _OF_SOME.search(
            view.document.text[max(0, candidate.figure_span.start - _BEFORE) : candidate.figure_span.start]
        ):
            continue
        if "row_number_like" in candidate.flags or any(f.name == "time_unused" for f in candidate.features):
            continue
        start = None if view.is_stock(candidate) else period.start
        groups[candidate.indicator_id, place, candidate.role, period.end, start].append(candidate)
    yield from (group for group in groups.values() if len(group) > 1)
