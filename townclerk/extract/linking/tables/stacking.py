"""Stacked heads whose upper row names years: which year stands over which quarter or month.

A year printed in the middle of the columns it spans, or over the first of them, says by its place alone only where it
begins or lies. The order of quarters or months below says where one year ends: after the fourth quarter comes the
first of the next year.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from townclerk.extract.spotting.periods import find_periods
from townclerk.models.period import add_months


def year_sources(heads: Sequence[Sequence[str]]) -> dict[int, int]:
    """Which column's upper head belongs over each column, where the order of quarters or months tells.

    Args:
        heads: The texts over each column, top first, as their places give them.

    Returns:
        For columns whose upper head is settled by order, the column that head is printed over.
    """
    found: dict[int, int] = {}
    parts = [_part_of_year(texts[-1]) if len(texts) > 1 or _lone_part(texts) else None for texts in heads]
    for told, columns in itertools.groupby(range(len(heads)), lambda column: parts[column] is not None):
        if told:
            found.update(_settle(list(columns), heads, parts))
    return found


def _lone_part(texts: Sequence[str]) -> bool:
    return len(texts) == 1 and _part_of_year(texts[0]) is not None


def _part_of_year(text: str) -> int | None:
    """The place of a quarter or month in the financial year, where that is all a head says."""
    found = find_periods(text)
    if len(found) != 1 or found[0].expression.year is not None or found[0].end - found[0].start < len(text.strip()) - 2:
        return None
    expression = found[0].expression
    if expression.form == "quarter" and expression.quarter:
        return expression.quarter
    if expression.form == "month" and expression.month:
        return add_months(0, expression.month, -3)[1]
    return None


def _settle(columns: list[int], heads: Sequence[Sequence[str]], parts: list[int | None]) -> dict[int, int]:
    runs: list[list[int]] = []
    last = 99
    for column in columns:
        part = parts[column] or 0
        if part <= last:
            runs.append([])
        runs[-1].append(column)
        last = part
    years: dict[str, int] = {}
    for column in columns:
        if len(heads[column]) > 1 and _is_year(heads[column][-2]):
            years.setdefault(heads[column][-2], column)
    if len(runs) < 2 or len(runs) != len(years):
        return {}
    return {column: source for run, source in zip(runs, years.values(), strict=True) for column in run}


def _is_year(text: str) -> bool:
    return any(found.expression.year is not None for found in find_periods(text))
