"""Tables of one measure that lost their grid: times one below the other, and then their values."""

from __future__ import annotations

import math
import re
from collections.abc import Callable

from townclerk.extract.reading.text.lines import Line
from townclerk.extract.reading.text.tables import PER_SO_MANY, Row
from townclerk.extract.reading.text.unrolled import is_cell_value
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.digits import has_digit
from townclerk.models.steps import even_step

_LONGEST_TIME = 60
_FEWEST, _MOST = 2, 12
_NUMBER = re.compile(r"\d+(?:\.\d+)?")
# "8,412 (up from 8,017)": what stands in brackets is left out, unless it is a rate ("8,412 (241.3 per 10,000)").
_RATE = re.compile(rf"\(\s*\d[\d,.]*\s*{PER_SO_MANY}")
_BRACKETED = re.compile(r"(?P<value>[^\s(]+)\s*\([^()]{1,60}\)\.?")


def stacked_times(lines: list[Line], index: int) -> list[Row]:
    """The rows of a table of times from a line on, each time and each value on a line of its own.

    There must be as many values as times: where one is missing, nobody can tell which.

    Args:
        lines: All lines.
        index: The line that may be its first time.

    Returns:
        The times and the values, two rows; nothing where the lines are no such table.
    """
    if not all(_may_be_time(line) for line in lines[index : index + _FEWEST]):
        return []
    if not _is_time(lines[index]) or (index and _is_time(lines[index - 1]) and lines[index].gap <= 1):
        return []
    times = _run(lines, index, _is_time)
    values = _run(lines, index + len(times), _is_value)
    if not _FEWEST <= len(times) == len(values) <= _MOST or len({line.text for line in times}) < len(times):
        return []
    if _is_scale([line.text for line in values]):
        return []
    spans = [(line.start, line.start + len(_cell_in(line.text))) for line in values]
    return [_row([(line.start, line.end) for line in times], heads=True), _row(spans)]


def _run(lines: list[Line], first: int, is_one: Callable[[Line], bool]) -> list[Line]:
    """The lines of one kind from one on, on one page and at most one blank line apart."""
    run: list[Line] = []
    for line in lines[first : first + _MOST + 1]:
        if line.furniture or (line.gap > 1 and run) or line.page != lines[first].page or not is_one(line):
            break
        run.append(line)
    return run


def _may_be_time(line: Line) -> bool:
    return len(line.text) <= _LONGEST_TIME and has_digit(line.text)


def _is_time(line: Line) -> bool:
    """True for a line that is a time and nothing else."""
    if not _may_be_time(line):
        return False
    found = find_periods(line.text)
    return len(found) == 1 and not (line.text[: found[0].start] + line.text[found[0].end :]).strip(" .:*_")


def _is_value(line: Line) -> bool:
    """True for a line that is a value, with or without something in brackets behind it."""
    return is_cell_value(_value_in(line.text))


def _cell_in(text: str) -> str:
    """The value of a line, with the rate in brackets behind it."""
    return text.rstrip(".") if _RATE.search(text) else _value_in(text)


def _value_in(text: str) -> str:
    bracketed = _BRACKETED.fullmatch(text)
    return bracketed["value"] if bracketed else text


def _is_scale(values: list[str]) -> bool:
    """True for the marks of a chart's scale, which begin at nothing or stand at equal steps."""
    found = [_NUMBER.search(value.replace(",", "")) for value in values]
    numbers = [float(number[0]) if number else math.nan for number in found]
    return numbers[0] == 0 or (len(numbers) > _FEWEST and even_step(numbers) != 0)


def _row(spans: list[tuple[int, int]], *, heads: bool = False) -> Row:
    return Row({place: [span] for place, span in enumerate(spans, 1)}, len(spans) + 1, heads=heads)
