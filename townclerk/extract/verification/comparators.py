"""A table of authorities against its own average and ranks."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from townclerk.extract.spotting.figures import figures_of
from townclerk.extract.verification.edits import wrong_digits
from townclerk.extract.verification.finding import Finding, Outcome
from townclerk.extract.verification.registry import check
from townclerk.extract.verification.row import Row
from townclerk.extract.verification.rows import is_suppressed, rows_of
from townclerk.extract.verification.tolerance import Interval, around, decimals, half_digit, printed, shown
from townclerk.extract.verification.view import View
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.units import Polarity

_LEAST_NEIGHBOURS = 5
_LEAST_GAPS = 2


@dataclass(slots=True)
class _Tested:
    """What one row came to."""

    row: Row
    about: Candidate
    agrees: bool
    text: str
    parties: tuple[Candidate, ...]

    @property
    def has_gap(self) -> bool:
        """True where a value of the row is hidden or not there."""
        return any(map(is_suppressed, self.parties))


@check("mean")
def mean(view: View) -> Iterator[Finding]:
    """A row's neighbour average is the plain mean of the other authorities' values.

    Tolerance: half the last digit of the average and of the values. A row contradicts only in a table where another
    row's average is that mean (other tables show a choice of neighbours, or another average), and where no cell of the
    row was lost. Where a value of the row is hidden, the average may be of all values: such a row contradicts only
    where a note, or others with hidden values, show that the report's averages are of the values shown.
    """
    for tested in _established(_means(view), shown_only=_averages_what_is_shown(view)):
        yield _finding("mean", tested, "mean_mismatch")


@check("rank")
def rank(view: View) -> Iterator[Finding]:
    """The authority's stated rank is its place among the row's values, best first.

    Tolerance: equal values share a rank, and any place among them agrees. As for `mean`, another row of the table must
    agree before one contradicts.
    """
    for tested in _established(_ranks(view), shown_only=False):
        yield _finding("rank", tested, "rank_mismatch")


def _finding(name: str, tested: _Tested, flag: str) -> Finding:
    outcome = Outcome.SUPPORTS if tested.agrees else Outcome.CONTRADICTS
    return Finding(name, outcome, tested.text, tested.parties, flag, (tested.about,))


def _averages_what_is_shown(view: View) -> bool:
    """True where a note of the report says that its averages leave hidden values out."""
    text = " ".join(view.document.text.lower().split()) if rows_of(view) else ""
    return any(note in text for note in view.identities.shown_notes)


def _established(tested: list[_Tested], *, shown_only: bool) -> Iterator[_Tested]:
    """Agreeing rows, and the disagreeing ones of tables in which more rows agree than not, or at least three do.

    Rows with hidden values only where these are known to be left out, from a note or from other such rows.
    """
    gaps = [one.agrees for one in tested if one.has_gap]
    shown_only = shown_only or (sum(gaps) >= _LEAST_GAPS and sum(gaps) > len(gaps) / 2)
    by_table: defaultdict[int, list[_Tested]] = defaultdict(list)
    for one in tested:
        by_table[one.row.block].append(one)
    for rows in by_table.values():
        agreeing = sum(one.agrees for one in rows)
        trusted = agreeing >= 3 or agreeing > len(rows) - agreeing
        yield from (one for one in rows if one.agrees or (trusted and (shown_only or not one.has_gap)))


def _means(view: View) -> list[_Tested]:
    found: list[_Tested] = []
    rows = rows_of(view)
    widest: defaultdict[int, int] = defaultdict(int)
    for row in rows:
        widest[row.block] = max(widest[row.block], len(row.authorities()))
    columns = _average_columns(rows)
    for row in rows:
        average = _average(row, columns.get(row.block))
        everyone = row.authorities()
        others = [c for c in everyone if not (c.area and c.area.is_reporting_authority)]
        values = [c.value for c in others if not is_suppressed(c) and c.value is not None]
        own = len(everyone) - len(others) == 1
        if average is None or len(values) < _LEAST_NEIGHBOURS or not own or len(everyone) < widest[row.block]:
            continue
        found.append(_mean_of(row, average, others, values))
    return found


@dataclass(slots=True)
class _Average:
    """A printed average: its value and decimals, and its candidate, unless the linker refused a value so unlikely."""

    value: float
    places: int
    text: str
    candidate: Candidate | None


def _average_columns(rows: list[Row]) -> dict[int, int]:
    """The column in which each table's neighbour averages stand, where most rows agree on one."""
    columns: defaultdict[int, Counter[int]] = defaultdict(Counter)
    for row in rows:
        for candidate, cell in row.held:
            if candidate.area is not None and candidate.area.kind is AreaKind.STATISTICAL_NEIGHBOURS:
                columns[row.block][cell.column] += 1
    return {block: counted.most_common(1)[0][0] for block, counted in columns.items()}


def _average(row: Row, column: int | None) -> _Average | None:
    held = [c for c in row.of_kind(AreaKind.STATISTICAL_NEIGHBOURS) if not is_suppressed(c) and c.value is not None]
    if len(held) == 1:
        return _Average(held[0].value or 0.0, decimals(held[0]), printed(held[0]), held[0])
    cell = next((cell for cell in row.cells if cell.column == column), None)
    if held or cell is None or any(cell is taken for _, taken in row.held):
        return None
    figures = figures_of(cell.passage.text)
    if len(figures) != 1 or figures[0].value is None:
        return None
    return _Average(figures[0].value, figures[0].decimals, figures[0].text, None)


def _mean_of(row: Row, average: _Average, others: list[Candidate], values: list[float]) -> _Tested:
    middle = sum(values) / len(values)
    places = max(decimals(c) for c in others if not is_suppressed(c))
    half = half_digit(places)
    agrees = around(average.value, average.places).meets(Interval(middle - half, middle + half))
    text = f"the mean of the {len(values)} other authorities' values is {shown(middle, places + 1)}, "
    text += "as printed" if agrees else f"but {average.text} is printed as their average"
    about = average.candidate or others[0]
    rest = [c for c in others if c is not about]
    if not agrees:
        missing = average.value * len(values) - sum(values)
        rest.sort(key=lambda c: not _mends(c, missing, half_digit(average.places) * len(values)))
    return _Tested(row, about, agrees, text, (about, *rest))


def _mends(candidate: Candidate, missing: float, slack: float) -> bool:
    """True where another digit in a value makes up for what the sum of the values lacks."""
    value = candidate.value
    if value is None:
        return False
    return any(abs(other - value - missing) <= slack for other in wrong_digits(value, decimals(candidate)))


def _ranks(view: View) -> list[_Tested]:
    found: list[_Tested] = []
    for row in rows_of(view):
        everyone = row.authorities()
        own = [c for c in everyone if c.area and c.area.is_reporting_authority and c.rank and not is_suppressed(c)]
        if len(own) != 1 or len(everyone) < _LEAST_NEIGHBOURS or own[0].rank is None:
            continue
        position, of = own[0].rank
        if of is not None and of != len(everyone):
            continue
        places = _places(own[0], [c.value for c in everyone if c.value is not None], view)
        if places is None:
            continue
        agrees = any(position in span for span in places)
        best = " or ".join(str(span[0]) for span in places)
        text = f"by the values of its row {printed(own[0])} ranks {best}, "
        text += "as printed" if agrees else f"but rank {position} is printed"
        found.append(_Tested(row, own[0], agrees, text, (own[0], *(c for c in everyone if c is not own[0]))))
    return found


def _places(own: Candidate, values: list[float], view: View) -> list[range] | None:
    """The ranks the authority can have: one run of ranks, or two where no way round is agreed to be the better."""
    value = own.value
    if value is None:
        return None
    above, equal = sum(v > value for v in values), sum(v == value for v in values)
    below = len(values) - above - equal
    high, low = range(above + 1, above + equal + 1), range(below + 1, below + equal + 1)
    polarity = view.indicator(own).polarity
    return [high] if polarity is Polarity.HIGHER else [low] if polarity is Polarity.LOWER else [low, high]
