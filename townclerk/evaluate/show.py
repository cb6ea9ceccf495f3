"""What went wrong, figure by figure, in a form a developer can act on."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from townclerk.evaluate.agreement import Level, squeezed
from townclerk.evaluate.gold import GoldLine
from townclerk.evaluate.report import Report
from townclerk.evaluate.scoring import Pair, Score
from townclerk.models.observation import Observation, ObservedArea

if TYPE_CHECKING:
    from townclerk.extract.pipeline import UnlinkedFigure

_QUOTE_LENGTH = 160
_NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?")


def show(report: Report) -> Iterator[str]:
    """The lines of a list of near-misses, misses and false observations, report by report."""
    for each in report.scores:
        yield from show_score(each, report.unlinked.get(each.name, ()))


def show_score(score: Score, unlinked: Sequence[UnlinkedFigure] = ()) -> Iterator[str]:
    """The lines for one report; only its name where nothing went wrong.

    Args:
        score: The report's score.
        unlinked: Figures that were seen in it and linked to no indicator: they tell why a gold line was missed.
    """
    short = [pair for pair in score.pairs if pair.level < Level.FULL]
    near_gold = {id(pair.gold) for pair in score.near}
    near_seen = {id(pair.seen) for pair in score.near}
    misses = [line for line in score.misses if id(line) not in near_gold]
    false = [seen for seen in score.false if id(seen) not in near_seen]
    yield f"== {score.name}"
    if not (short or score.near or misses or false):
        yield "   everything agrees"
    for title, pairs in (("wrong field", short), ("near miss", score.near)):
        for pair in pairs:
            yield from _pair(title, pair)
    for line in misses:
        yield f"-- missed #{line.n} ({line.difficulty.value}): {gold_reading(line)}"
        yield f"   {_cut(line.quotes[0])}" + (f" (page {line.page})" if line.page else "")
        yield from _why(line, unlinked)
        if line.note:
            yield f"   note: {line.note}"
    for seen in false:
        yield f"-- false: {reading(seen)}"
        yield f"   {place(seen)}"


def _why(line: GoldLine, unlinked: Sequence[UnlinkedFigure]) -> Iterator[str]:
    """The figures of the missed value that were seen and not linked."""
    for figure in unlinked:
        numbers = {float(number.replace(",", "")) for number in _NUMBER.findall(figure.text)}
        if line.value in numbers and line.page in {None, figure.page}:
            yield f"   seen and not linked: {figure.text!r} at {figure.start} (page {figure.page}): {figure.reason}"


def gold_reading(line: GoldLine) -> str:
    """A gold line as `indicator | area | period | role | value unit`."""
    value = line.status.value if line.value is None else f"{line.value:g}"
    parts = (line.indicator or f"null:{line.label}", line.area or "null", line.period or "null", line.role.value)
    return " | ".join((*parts, f"{value} {line.unit.value}"))


def reading(seen: Observation) -> str:
    """An observation as `indicator | area | period | role | value unit`."""
    value = seen.status.value if seen.value is None else f"{seen.value:g}"
    period = seen.period.code or "null"
    basis = "" if seen.period.basis.value == "stated" or seen.period.code is None else f" ({seen.period.basis.value})"
    parts = (seen.indicator_id or f"null:{seen.label}", area_name(seen.area), period + basis, seen.role.value)
    return " | ".join((*parts, f"{value} {seen.unit.value}"))


def area_name(area: ObservedArea | None) -> str:
    """An observed area as gold names it."""
    if area is None:
        return "null"
    if area.is_reporting_authority:
        return "self"
    name = area.name or "?" if area.kind.value == "authority" else area.kind.value
    return name if area.basis.value != "unknown" else f"{name} (unknown)"


def _pair(title: str, pair: Pair) -> Iterator[str]:
    yield f"-- {title} #{pair.gold.n} ({pair.gold.difficulty.value}): {', '.join(pair.wrong)}"
    yield f"   gold {gold_reading(pair.gold)}"
    yield f"   seen {reading(pair.seen)}"
    yield f"   gold {_cut(pair.gold.quotes[0])}"
    yield f"   seen {place(pair.seen)}"


def place(seen: Observation) -> str:
    """Where an observation stands: quote, page, linker, confidence and flags."""
    quote = _cut(seen.evidence[0].quote) if seen.evidence else "(no evidence)"
    page = f"page {seen.evidence[0].page}, " if seen.evidence else ""
    confidence = "no confidence" if seen.confidence is None else f"confidence {seen.confidence:.2f}"
    flags = f", flags {' '.join(seen.flags)}" if seen.flags else ""
    return f"{quote} ({page}{seen.method.value}, {confidence}{flags})"


def _cut(quote: str) -> str:
    """A quote on one line, shortened in the middle."""
    line = squeezed(quote)
    half = _QUOTE_LENGTH // 2
    return f"{line!r}" if len(line) <= _QUOTE_LENGTH else f"{line[:half] + ' ... ' + line[-half:]!r}"
