"""Putting the values of a row under the columns of the heads in force."""

from __future__ import annotations

from dataclasses import dataclass

from townclerk.extract.linking.rows.assign import assign
from townclerk.extract.linking.rows.building import GatheredRow
from townclerk.extract.linking.rows.fitting import ends_label
from townclerk.extract.linking.rows.heads import Header
from townclerk.extract.linking.rows.tokens import Token, TokenKind, tokens_of
from townclerk.extract.linking.tables.torn import may_be_torn
from townclerk.models.passage import Passage
from townclerk.patterns.table_words import ColumnKind

_RUN_OF_TIMES = 3
_MOST_DROPPED = 2


@dataclass(slots=True)
class OpenRow:
    """A row that is still being read.

    Attributes:
        label: The words that name it, so far.
        values: Its values.
        blocks: The blocks they stand in.
        comment: The sentence behind its values.
        over: How many numbers at the end of its label no column is left for.
    """

    label: list[Passage]
    values: list[Passage]
    blocks: list[int]
    comment: Passage | None = None
    over: int = 0


def placed_row(row: OpenRow, header: Header, group: Passage | None) -> GatheredRow | None:
    """A row with its values under columns; None where they do not fit the heads.

    Args:
        row: Its label and values.
        header: The heads in force.
        group: The group label that stands above it, if any.
    """
    if not row.label or not row.values:
        return None
    tokens = [_token_of(part, header) for part in row.values]
    fit = _summed(row.values, header) or fit_columns(tokens, header)
    if fit is None:
        return None
    dropped, placed = fit
    if not all(ends_label(part.text) for part in row.values[:dropped]):
        return None
    if not dropped and None in placed and _only_lacks_target(placed, header):
        placed = [column.index for column in header.columns[1:-1]]
    cells = [(c, part) for c, part in zip(placed, row.values[dropped:], strict=True) if c is not None]
    if not cells or (len(tokens) == 1 and _value_columns(header) > 1):
        # One value alone may stand under any of several heads.
        return None
    if row.comment is not None:
        place = next(column.index for column in header.columns if column.kind is ColumnKind.COMMENT)
        cells.append((place, row.comment))
    label = [*row.label[:1], *row.values[:dropped], *row.label[1:]]
    return GatheredRow(Passage.join(label), cells, row.blocks, group, row.over + dropped)


def fit_columns(tokens: list[Token], header: Header) -> tuple[int, list[int | None]] | None:
    """How many of a row's tokens end its label, since more are printed than fit, and the columns of the others."""
    for dropped in range(min(_MOST_DROPPED + 1, len(tokens))):
        placed = assign(tokens[dropped:], header)
        if placed is not None:
            return dropped, placed
    return None


def _summed(values: list[Passage], header: Header) -> tuple[int, list[int | None]] | None:
    """The columns of a row that ends with the sum of its parts, behind which columns are left empty."""
    if not header.parts or len(values) != header.parts + 1:
        return None
    counts = [part.text.replace(",", "") for part in values]
    summed = all(count.isdecimal() for count in counts) and sum(map(int, counts[:-1])) == int(counts[-1])
    return (0, list(range(1, len(values) + 1))) if summed else None


def most_values(tokens: list[Token], header: Header | None) -> int:
    """How many of a run's tokens can be cells: a number too many at the front is the end of the label."""
    return min(len(tokens), len(header.columns) - 1) if header else 0


def _only_lacks_target(placed: list[int | None], header: Header) -> bool:
    """True for a row one value short, where the last column is the target and all before it are times that are over.

    They are where another row fills every column.
    """
    *times, last = header.columns[1:]
    over = header.full and len(times) >= _RUN_OF_TIMES and all(column.period is not None for column in times)
    return over and last.kind is ColumnKind.TARGET and len(placed) == len(times)


def _token_of(part: Passage, header: Header) -> Token:
    tokens = tokens_of(part.text, header)
    if len(tokens) == 1:
        return tokens[0]
    # A number that was torn apart is one value.
    torn = may_be_torn(part.text)
    return tokens[-1]._replace(start=0) if torn else Token(0, len(part.text), TokenKind.TEXT)


def _value_columns(header: Header) -> int:
    return sum(column.holds_values for column in header.columns[1:])
