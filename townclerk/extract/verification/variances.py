"""Printed gaps: a value less its target in a tile, the current value less a benchmark's in a small table."""

from __future__ import annotations

from collections.abc import Iterator

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.row import Row
from townclerk.extract.verification.rows import is_suppressed, rows_of
from townclerk.extract.verification.tolerance import Interval, decimals_of, half_digit, printed, shown, span_of
from townclerk.extract.verification.view import View, is_vague
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureMention
from townclerk.models.units import Role

_FEWEST = 2


@check("variance")
def variance(view: View) -> Iterator[Finding]:
    """Actual - target is the variance printed beside them.

    Tolerance: half the last printed digit of each. Some councils turn the sign round for measures where low is good,
    others divide by the target: a variance that fits any of these agrees. In a column of variances the rows tell what
    it means: at least two, and more than half, must agree before one contradicts.
    """
    by_block: dict[int, list[tuple[Candidate, Candidate]]] = {}
    for actual in view.known:
        if actual.variance is None or is_vague(actual):
            continue
        targets = [c for c in view.beside(actual) if c.role is Role.TARGET and _same(c, actual)]
        if len(targets) != 1:
            yield Finding("variance", Outcome.NOT_TESTABLE, "", (actual,))
            continue
        by_block.setdefault(actual.block, []).append((actual, targets[0]))
    for rows in by_block.values():
        fitting = [_fits(actual, target) for actual, target in rows]
        settled = sum(fitting) >= _FEWEST and sum(fitting) > len(rows) / 2
        for (actual, target), agrees in zip(rows, fitting, strict=True):
            exact = shown(_difference(actual, target), 4)
            told = f"{printed(actual)} less the target {printed(target)} is {exact}"
            if agrees:
                yield Finding("variance", Outcome.SUPPORTS, f"{told}, as printed", (actual, target))
            elif _another_value_fits(actual, target, view):
                continue
            elif settled or (len(rows) == 1 and not _another_fits(actual, target, view)):
                text = f"{told}, but a variance of {actual.variance_text} is printed"
                yield Finding("variance", Outcome.CONTRADICTS, text, (actual, target), "variance_mismatch")


def _fits(actual: Candidate, target: Candidate) -> bool:
    said = actual.variance or 0.0
    return _is_gap(actual, target, said, half_digit(decimals_of(said)))


def _another_value_fits(actual: Candidate, target: Candidate, view: View) -> bool:
    """True where another value of the measure and place lies that far from the target: then the variance is of it."""
    said = actual.variance or 0.0
    others = [c for c in view.known if c is not actual and c.role is Role.ACTUAL and _same(c, actual)]
    own = [c for c in others if c.area is not None and c.area.is_reporting_authority and c.value is not None]
    return any(_is_gap(other, target, said, half_digit(decimals_of(said))) for other in own)


@check("gap")
def gap(view: View) -> Iterator[Finding]:
    """In a table of benchmarks the column of gaps is the authority's current value less the row's.

    Tolerance: half the last printed digit of each, either sign. A row contradicts only where another row of its table
    agrees, which shows what the column means. Of several values for the current time, one that fits will do.
    """
    by_block: dict[int, list[tuple[Candidate, FigureMention, Candidate | None]]] = {}
    for row in rows_of(view):
        told = _gap_of(row, view)
        values = [c for c, _ in row.held if not is_suppressed(c) and c.role is Role.ACTUAL]
        if told is not None and len(values) == 1:
            now = _current(values[0], view)
            fitting = next((one for one in now if _agrees(values[0], told, one)), None)
            by_block.setdefault(row.block, []).append((values[0], told, fitting or next(iter(now), None)))
    for rows in by_block.values():
        agreeing = [_agrees(value, told, current) for value, told, current in rows]
        for (value, told, current), agrees in zip(rows, agreeing, strict=True):
            if current is None or not any(agreeing):
                continue
            exact = shown(_difference(current, value), 4)
            text = f"{printed(current)} less {printed(value)} is {exact}"
            if agrees:
                yield Finding("gap", Outcome.SUPPORTS, f"{text}, as printed", (value, current))
            else:
                text += f", but a difference of {told.text} is printed"
                flagged = (current,) if sum(agreeing) < len(agreeing) / 2 else (value,)
                yield Finding("gap", Outcome.CONTRADICTS, text, (value, current), "variance_mismatch", flagged)


def _another_fits(actual: Candidate, target: Candidate, view: View) -> bool:
    """True where another number of the block would make the variance right: then it is the value, or the target."""
    own = [actual.value, target.value]
    for figure in figures_of(view.document.blocks[actual.block].passage.text):
        if figure.value in own:
            own.remove(figure.value)
            continue
        if figure.value is None:
            continue
        said, half = actual.variance or 0.0, half_digit(max(figure.decimals, decimals_of(actual.variance or 0.0)))
        for one in (figure.value - (target.value or 0.0), (actual.value or 0.0) - figure.value):
            if abs(abs(one) - abs(said)) <= half + 1e-9:
                return True
    return False


def _same(first: Candidate, second: Candidate) -> bool:
    return first.indicator_id == second.indicator_id


def _difference(actual: Candidate, target: Candidate) -> float:
    return (actual.value or 0.0) - (target.value or 0.0)


def _is_gap(actual: Candidate, target: Candidate, said: float, half: float) -> bool:
    mine, theirs = span_of(actual), span_of(target)
    low, high = mine.low - theirs.high, mine.high - theirs.low
    stated = Interval(said - half, said + half)
    exact = Interval(_difference(actual, target), _difference(actual, target))
    if any(stated.meets(span) for span in (exact, Interval(-exact.high, -exact.low))):
        return True
    if (actual.figure.decimals, target.figure.decimals) != (0, 0) and decimals_of(said) == 0:
        return stated.meets(Interval(low, high)) or stated.meets(Interval(-high, -low))
    relative = 100.0 * exact.low / target.value if target.value else 0.0
    return relative != 0.0 and stated.meets(Interval(relative - 1e-6, relative + 1e-6))


def _gap_of(row: Row, view: View) -> FigureMention | None:
    """The figure in the row's column of gaps."""
    columns = view.columns_headed(row, "gap", lambda head: _is_gap_head(head, view))
    for cell in row.cells:
        if cell.column in columns:
            figures = figures_of(cell.passage.text)
            return figures[0] if len(figures) == 1 and figures[0].value is not None else None
    return None


def _is_gap_head(head: str, view: View) -> bool:
    text = head.lower()
    return any(words in text for words in view.identities.gap_heads)


def _current(value: Candidate, view: View) -> list[Candidate]:
    """The authority's newest values of the measure, printed before the table, the nearest first."""
    own = [
        c
        for c in view.known
        if c.indicator_id == value.indicator_id and c.is_own_actual and c.block < value.block and c.period is not None
    ]
    newest = max((c.period.end for c in own if c.period is not None), default=None)
    now = [c for c in own if c.period is not None and c.period.end == newest]
    return sorted(now, key=lambda c: -c.block)


def _agrees(value: Candidate, told: FigureMention, current: Candidate | None) -> bool:
    if current is None or told.value is None:
        return False
    return _is_gap(current, value, told.value, half_digit(told.decimals))
