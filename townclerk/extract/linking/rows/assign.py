"""Which column each token of a row stands under, by order and kind; what the order leaves open stays open."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.rows.tokens import Token, TokenKind
from townclerk.extract.linking.tables.columns import Column
from townclerk.patterns.table_words import ColumnKind, table_words

_TAKES = {
    # "A" and "Q" may be colour and arrow, or say that a measure is told once a year or quarter.
    TokenKind.COLOUR: {ColumnKind.RAG, ColumnKind.FREQUENCY},
    TokenKind.ARROW: {ColumnKind.DIRECTION, ColumnKind.FREQUENCY},
    # "Higher" in a column of changes says how it moved.
    TokenKind.POLARITY: {ColumnKind.POLARITY, ColumnKind.DIRECTION, ColumnKind.IGNORED},
    TokenKind.UNIT: {ColumnKind.UNIT},
    TokenKind.TIME: {ColumnKind.DATE},
    TokenKind.FREQUENCY: {ColumnKind.FREQUENCY},
}
_NUMERIC = {
    ColumnKind.RANK,
    ColumnKind.QUARTILE,
    ColumnKind.NUMERATOR,
    ColumnKind.DENOMINATOR,
    ColumnKind.IGNORED,
}
_CHANGES = {ColumnKind.IGNORED, ColumnKind.DIRECTION}
# Neither a rank nor one of the counts behind a share is a percentage.
_NO_SHARE = {ColumnKind.RANK, ColumnKind.QUARTILE, ColumnKind.NUMERATOR, ColumnKind.DENOMINATOR}
_NEVER = float("inf")
# Beside times of the authority, its target and what other places did are left out more often than what it did; which of
# the two nobody can tell. Places are left out together.
_RUN_OF_TIMES = 2
_SKIPPED_TARGET, _SKIPPED_PLACE, _SKIPPED_NEXT_PLACE = 0.9, 0.86, 0.5
_SKIPPED_VALUE = 1.0
_SKIPPED_OTHER = 0.2
# Ways to put a row under its heads that cost so little more than the best are as likely.
_AS_LIKELY = 0.07
# A digit is an arrow only where it fills no column of values.
_ARROW_DIGIT = 0.3
# A sum of so many counts is so many times larger than each.
_FEWEST_SUMMED, _LARGER = 3, 2
# A whole number among percentages stands under a head of values only where no other column takes it; a target may.
_COUNT_AMONG_SHARES, _WHOLE_TARGET = 1.0, 0.2
# A number with a sign stands under a head of changes sooner than it leaves that column empty.
_SIGNED_LEVEL = 1.0


class _Row(NamedTuple):
    """What holds for all tokens of a row.

    Attributes:
        of_changes: Its heads know changes.
        of_shares: Some of its values are percentages.
        total: A count so much larger than the others that it is their sum so far; -1 where none is, or none has a head.
    """

    of_changes: bool
    of_shares: bool
    total: int


class _Skip(NamedTuple):
    """What it costs to leave a column empty, and whether it is another place's, which are left out together."""

    first: float
    of_place: bool


def assign(tokens: list[Token], header: Header) -> list[int | None] | None:
    """Put tokens under columns.

    Args:
        tokens: The tokens of a row, label left out, in order.
        header: The columns; the first is the label's.

    Returns:
        The column of each token, None for a token that could stand under several; None where the row does not fit.
    """
    columns = header.columns[1:]
    row = _Row(
        any(column.kind in _CHANGES for column in columns),
        any(token.is_percent for token in tokens),
        _total(tokens, columns),
    )
    fits = [[_misfit(token, column, row) for column in columns] for token in tokens]
    if len(tokens) == len(columns):
        return list(range(1, len(columns) + 1)) if _NEVER not in (fits[at][at] for at in range(len(columns))) else None
    skips = _skips(columns, sure=header.full)
    before, after = _costs(fits, skips), _costs([row[::-1] for row in fits[::-1]], skips[::-1])
    least = before[len(tokens)][len(columns)]
    if least == _NEVER:
        return None
    placed: list[int | None] = []
    for number in range(len(tokens)):
        possible = [
            place
            for place in range(len(columns))
            if before[number][place] + fits[number][place] + after[len(tokens) - number - 1][len(columns) - place - 1]
            <= least + _AS_LIKELY
        ]
        placed.append(possible[0] + 1 if len(possible) == 1 else None)
    return placed


def _total(tokens: Sequence[Token], columns: Sequence[Column]) -> int:
    """The count that is larger than all others by far, where one column holds sums so far and several hold times."""
    if sum(map(_is_so_far, columns)) != 1 or sum(c.period is not None for c in columns) <= _FEWEST_SUMMED:
        return -1
    counts = sorted(token.size for token in tokens if token.is_whole)
    apart = len(counts) == len(tokens) > _FEWEST_SUMMED and counts[-1] >= _LARGER * counts[-2] > 0
    return counts[-1] if apart else -1


def _is_so_far(column: Column) -> bool:
    return column.period is not None and column.period.expression.form == "year_to_date"


def _misfit(token: Token, column: Column, row: _Row) -> float:
    """What it costs to put a token under a column."""
    if not takes(token, column):
        return _NEVER
    if row.total >= 0 and token.is_whole and (token.size == row.total) != _is_so_far(column):
        return _NEVER
    cost = _SIGNED_LEVEL if row.of_changes and token.is_signed and column.kind not in _CHANGES else 0.0
    if row.of_shares and token.is_whole and column.holds_values and column.kind is not ColumnKind.COUNT:
        cost += _WHOLE_TARGET if column.kind is ColumnKind.TARGET else _COUNT_AMONG_SHARES
    return cost + _ARROW_DIGIT if column.kind is ColumnKind.DIRECTION and token.is_whole else cost


def _costs(fits: list[list[float]], skips: list[_Skip]) -> list[list[float]]:
    """The least cost of putting the first tokens under the first columns, for every pair of counts."""
    costs = [[_NEVER] * (len(skips) + 1) for _ in range(len(fits) + 1)]
    # The same where the last column is a place's and was left out.
    without = [[_NEVER] * (len(skips) + 1) for _ in range(len(fits) + 1)]
    costs[0][0] = 0.0
    for token in range(len(fits) + 1):
        for place, skip in enumerate(skips):
            left_out = costs[token][place] + skip.first
            if skip.of_place:
                left_out = without[token][place + 1] = min(left_out, without[token][place] + _SKIPPED_NEXT_PLACE)
            taken = costs[token - 1][place] + fits[token - 1][place] if token else _NEVER
            costs[token][place + 1] = min(left_out, taken)
    return costs


def takes(token: Token, column: Column) -> bool:
    """True where a column can hold a token."""
    if token.kind is TokenKind.VALUE:
        if token.is_percent and column.kind in _NO_SHARE:
            return False
        if column.holds_values or column.kind in _NUMERIC:
            return True
        if column.kind is ColumnKind.DIRECTION and token.is_whole:
            return token.size in table_words().arrow_digits
        # An empty attribute is often printed as a dash or "n/a".
        return not token.is_number and column.kind not in {ColumnKind.UNIT, ColumnKind.COMMENT}
    return column.kind in _TAKES.get(token.kind, set())


def _skips(columns: Sequence[Column], *, sure: bool) -> list[_Skip]:
    """What it costs to leave each column empty; a target is left out sooner than a time where the heads are sure."""
    authorities = sum(column.is_authority for column in columns)
    of_places = [c.area is not None and not (c.is_authority and authorities == 1) for c in columns]
    times = sum(c.period is not None and not placed for c, placed in zip(columns, of_places, strict=True))
    timed = times >= _RUN_OF_TIMES
    return [_skip(column, placed, timed=timed, sure=sure) for column, placed in zip(columns, of_places, strict=True)]


def _skip(column: Column, of_place: bool, *, timed: bool, sure: bool) -> _Skip:
    if not column.holds_values:
        return _Skip(_SKIPPED_OTHER, False)
    if timed and of_place:
        return _Skip(_SKIPPED_PLACE, True)
    if timed and sure and (column.kind is ColumnKind.TARGET or _is_so_far(column)):
        return _Skip(_SKIPPED_TARGET, False)
    return _Skip(_SKIPPED_VALUE, False)
