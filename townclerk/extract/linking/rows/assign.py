"""Which column each token of a row stands under, by order and kind; what the order leaves open stays open."""

from __future__ import annotations

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.rows.tokens import Token, TokenKind
from townclerk.extract.linking.tables.columns import Column
from townclerk.patterns.table_words import ColumnKind

_TAKES = {
    TokenKind.COLOUR: {ColumnKind.RAG},
    TokenKind.ARROW: {ColumnKind.DIRECTION},
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
_NEVER = float("inf")
# Behind a run of times, what other places did is left out more often than what the authority did.
_SKIPPED_PLACE, _RUN_OF_TIMES = 0.9, 3
_SKIPPED_VALUE = 1.0
_SKIPPED_OTHER = 0.2
# A number with a sign stands under a head of changes sooner than it leaves that column empty.
_SIGNED_LEVEL = 1.0


def assign(tokens: list[Token], header: Header) -> list[int | None] | None:
    """Put tokens under columns.

    Args:
        tokens: The tokens of a row, label left out, in order.
        header: The columns; the first is the label's.

    Returns:
        The column of each token, None for a token that could stand under several; None where the row does not fit.
    """
    columns = header.columns[1:]
    of_changes = any(column.kind in _CHANGES for column in columns)
    fits = [[_misfit(token, column, of_changes) for column in columns] for token in tokens]
    timed = sum(column.period is not None for column in columns) >= _RUN_OF_TIMES
    skips = [_skip(column, timed) for column in columns]
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
            <= least + 1e-9
        ]
        placed.append(possible[0] + 1 if len(possible) == 1 else None)
    return placed


def _misfit(token: Token, column: Column, of_changes: bool) -> float:
    """What it costs to put a token under a column."""
    if not takes(token, column):
        return _NEVER
    return _SIGNED_LEVEL if of_changes and token.is_signed and column.kind not in _CHANGES else 0.0


def _costs(fits: list[list[float]], skips: list[float]) -> list[list[float]]:
    """The least cost of putting the first tokens under the first columns, for every pair of counts."""
    costs = [[_NEVER] * (len(skips) + 1) for _ in range(len(fits) + 1)]
    costs[0][0] = 0.0
    for place, skip in enumerate(skips):
        costs[0][place + 1] = costs[0][place] + skip
    for token, row in enumerate(fits):
        for place, skip in enumerate(skips):
            skipped = costs[token + 1][place] + skip
            taken = costs[token][place] + row[place]
            costs[token + 1][place + 1] = min(skipped, taken)
    return costs


def takes(token: Token, column: Column) -> bool:
    """True where a column can hold a token."""
    if token.kind is TokenKind.VALUE:
        if column.holds_values or column.kind in _NUMERIC:
            return True
        # An empty attribute is often printed as a dash or "n/a".
        return not token.is_number and column.kind not in {ColumnKind.UNIT, ColumnKind.COMMENT}
    return column.kind in _TAKES.get(token.kind, set())


def _skip(column: Column, timed: bool) -> float:
    if not column.holds_values:
        return _SKIPPED_OTHER
    return _SKIPPED_PLACE if timed and column.area is not None else _SKIPPED_VALUE
