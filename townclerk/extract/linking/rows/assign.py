"""Which column each token of a row stands under, by order and kind; what the order leaves open stays open."""

from __future__ import annotations

from functools import cache

from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.rows.tokens import Token, TokenKind
from townclerk.extract.linking.tables.columns import Column
from townclerk.patterns.table_words import ColumnKind

_TAKES = {
    TokenKind.COLOUR: {ColumnKind.RAG},
    TokenKind.ARROW: {ColumnKind.DIRECTION},
    TokenKind.POLARITY: {ColumnKind.POLARITY},
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
_SKIPPED_VALUE = 1.0
_SKIPPED_OTHER = 0.2


def assign(tokens: list[Token], header: Header) -> list[int | None] | None:
    """Put tokens under columns.

    Args:
        tokens: The tokens of a row, label left out, in order.
        header: The columns; the first is the label's.

    Returns:
        The column of each token, None for a token that could stand under several; None where the row does not fit.
    """
    columns = header.columns[1:]
    least, _ = _cheapest(tuple(tokens), tuple(range(len(columns))), columns)
    if least == float("inf"):
        return None
    return [_only_place(number, tokens, columns, least) for number in range(len(tokens))]


def _cheapest(
    tokens: tuple[Token, ...], places: tuple[int, ...], columns: list[Column], forced: tuple[int, int] | None = None
) -> tuple[float, int]:
    """The least cost of a full assignment, one token optionally forced into one place."""

    @cache
    def cost(token: int, place: int) -> float:
        if token == len(tokens):
            return sum(_skip(columns[rest]) for rest in places[place:])
        if place == len(places):
            return float("inf")
        skipped = _skip(columns[place]) + cost(token, place + 1)
        if not takes(tokens[token], columns[place]):
            return skipped
        if forced is not None and (token == forced[0]) != (place == forced[1]):
            return skipped
        return min(skipped, cost(token + 1, place + 1))

    return cost(0, 0), len(tokens)


def takes(token: Token, column: Column) -> bool:
    """True where a column can hold a token."""
    if token.kind is TokenKind.VALUE:
        if column.holds_values or column.kind in _NUMERIC:
            return True
        # An empty attribute is often printed as a dash or "n/a".
        return not token.is_number and column.kind not in {ColumnKind.UNIT, ColumnKind.COMMENT}
    return column.kind in _TAKES.get(token.kind, set())


def _skip(column: Column) -> float:
    return _SKIPPED_VALUE if column.holds_values else _SKIPPED_OTHER


def _only_place(number: int, tokens: list[Token], columns: list[Column], least: float) -> int | None:
    """The one column a token has in every cheapest assignment; None where there are several."""
    possible: list[int] = []
    for place, column in enumerate(columns):
        if not takes(tokens[number], column):
            continue
        cost, _ = _cheapest(tuple(tokens), tuple(range(len(columns))), columns, (number, place))
        if cost <= least + 1e-9:
            possible.append(place)
    return possible[0] + 1 if len(possible) == 1 else None
