"""A row of authorities against the lowest and highest value printed beside it, and its cells against its heads."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.row import Row
from townclerk.extract.verification.rows import SHORT_ROW, is_suppressed, rows_of
from townclerk.extract.verification.tolerance import decimals, half_digit, printed
from townclerk.extract.verification.view import View, is_vague
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureMention

_LEAST_VALUES = 4
_SHIFTS = (0, -1, 1, -2)


@dataclass(slots=True)
class _Tested:
    """A row held against the extremes printed in it.

    Attributes:
        row: The row.
        wrong: The values that lie outside the extremes; where none does, those that come nearest to a missing one.
        text: What was found, in words.
        agrees: Both ends of the row are the extremes printed.
    """

    row: Row
    wrong: tuple[Candidate, ...]
    text: str
    agrees: bool


@check("extremes")
def extremes(view: View) -> Iterator[Finding]:
    """The top and bottom of the range printed in a row are its greatest and its least value.

    Tolerance: half the last printed digit, where one of the two is printed with fewer decimals. Which of the two is the
    better one is local, so their order is not tested. As for `mean`, a row contradicts only in a table where more rows
    agree than not, and where none of its values is hidden.
    """
    by_table: defaultdict[int, list[Row]] = defaultdict(list)
    for row in rows_of(view):
        by_table[row.block].append(row)
    for rows in by_table.values():
        tested = list(_tested(rows, view))
        trusted = sum(one.agrees for one in tested) > len(tested) / 2
        for one in tested:
            values = tuple(_values(one.row))
            if one.agrees:
                yield Finding("extremes", Outcome.SUPPORTS, one.text, values)
            elif trusted and not any(map(is_suppressed, one.row.authorities())):
                parties = (*one.wrong, *(c for c in values if c not in one.wrong))
                yield Finding("extremes", Outcome.CONTRADICTS, one.text, parties, "outside_range", one.wrong)


@check("cells")
def cells(view: View) -> Iterator[Finding]:
    """A row of a table has as many values as its table has heads for them.

    Tolerance: none. Only rows whose worded cells stand left of their own heads are short for certain; the places that
    stay open are left open.
    """
    by_table: defaultdict[tuple[int, str], list[Row]] = defaultdict(list)
    for row in rows_of(view):
        short = next((f for c, _ in row.held for f in c.features if f.name == SHORT_ROW), None)
        if short is not None:
            by_table[row.block, short.text].append(row)
    for (_, told), rows in by_table.items():
        parties = [c for row in rows for c, _ in row.held]
        open_ones = tuple(c for c in parties if "columns_unclear" in c.flags)
        count = f" ({len(rows)} rows of this table)" if len(rows) > 1 else ""
        yield Finding("cells", Outcome.CONTRADICTS, told + count, open_ones or tuple(parties), "", open_ones)


def _values(row: Row) -> list[Candidate]:
    return [c for c in row.authorities() if not is_suppressed(c) and not is_vague(c)]


def _tested(rows: list[Row], view: View) -> Iterator[_Tested]:
    """The rows of a table that print extremes. A short row's stand some columns beside their heads.

    Two cells that are no extremes would hardly hold one of the row's ends: at least one of the two must be one.
    """
    meeting = [{shift: _meeting(row, shift, view) for shift in _SHIFTS} for row in rows]
    usual = {shift: sum(met[shift] for met in meeting) for shift in _SHIFTS}
    for row, met in zip(rows, meeting, strict=True):
        shift = max(_SHIFTS, key=lambda one: (met[one], usual[one]))
        if met[shift]:
            yield _test(row, _printed_ends(row, shift, view))


def _test(row: Row, ends: list[FigureMention]) -> _Tested:
    values = _values(row)
    least, most = (min(values, key=_value), max(values, key=_value))
    missing = [end for end in ends if not any(_same(c, end) for c in (least, most))]
    told = f"the range printed is {ends[0].text} to {ends[1].text}"
    if not missing:
        return _Tested(row, (), f"{told}, the least and the greatest value of the row", agrees=True)
    low, high = min(end.value or 0.0 for end in ends), max(end.value or 0.0 for end in ends)
    outside = tuple(c for c in (least, most) if not any(_same(c, end) for end in ends) and not low < _value(c) < high)
    if outside:
        return _Tested(row, outside, f"{told}, but {printed(outside[0])} in its row lies outside", agrees=False)
    nearest = min((least, most), key=lambda c: abs(_value(c) - (missing[0].value or 0.0)))
    text = f"{told}, but no value of its row is {missing[0].text}: the nearest is {printed(nearest)}"
    return _Tested(row, (nearest,), text, agrees=False)


def _printed_ends(row: Row, shift: int, view: View) -> list[FigureMention]:
    """The two extremes printed in a row whose cells stand `shift` columns from their heads; none where they lack."""
    columns = view.columns_headed(row, "extreme", lambda head: _is_end(head, view))
    found = [figure for column in columns if (figure := _figure_at(row, column + shift)) is not None]
    return found if len(columns) == len(found) == 2 else []


def _meeting(row: Row, shift: int, view: View) -> int:
    """How many of the two extremes printed are ends of the row."""
    values = _values(row)
    if len(values) < _LEAST_VALUES:
        return 0
    ends = (min(values, key=_value), max(values, key=_value))
    return sum(any(_same(end, figure) for end in ends) for figure in _printed_ends(row, shift, view))


def _is_end(head: str, view: View) -> bool:
    return " ".join(head.lower().split()) in view.identities.extreme_heads


def _figure_at(row: Row, column: int) -> FigureMention | None:
    for cell in row.cells:
        if cell.column == column and not any(cell is taken for _, taken in row.held):
            figures = figures_of(cell.passage.text)
            return figures[0] if len(figures) == 1 and figures[0].value is not None else None
    return None


def _value(candidate: Candidate) -> float:
    return candidate.value or 0.0


def _same(candidate: Candidate, figure: FigureMention) -> bool:
    mine, theirs = decimals(candidate), figure.decimals
    slack = 0.0 if mine == theirs else half_digit(min(mine, theirs))
    return abs(_value(candidate) - (figure.value or 0.0)) <= slack + 1e-9
