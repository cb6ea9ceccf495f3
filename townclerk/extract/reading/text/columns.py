"""Two columns of running text read straight across: split at the gutter, left column first."""

from __future__ import annotations

import re
from itertools import pairwise

from townclerk.extract.reading.text.joining import is_open, is_terminated, starts_lower
from townclerk.extract.reading.text.knowledge import Knowledge
from townclerk.extract.reading.text.lines import Line

_GUTTER = re.compile(r"(?<=\S) {3,}(?=\S)")
_WORD = re.compile(r"[^\W\d_]{2,}")
_DRIFT = 2


def split_columns(lines: list[Line], known: Knowledge) -> list[Line]:
    """The lines with runs of two-column text put in reading order.

    A run is two or more lines, no blank line between, whose right part begins at one place behind a gutter of three or
    more blanks, where both parts are running text: more than one word, and a sentence that carries on below.
    """
    gutters = [_only_gutter(line) for line in lines]
    if not any(gutters):
        return lines
    result: list[Line] = []
    index = 0
    while index < len(lines):
        last = _run_end(lines, gutters, index)
        if last - index >= 2 and (split := _split_run(lines[index:last], gutters[index:last], known)):
            result.extend(split)
        else:
            result.extend(lines[index:last])
        index = last
    return result


def _only_gutter(line: Line) -> tuple[int, int] | None:
    """Start and end of a line's one wide gap, as offsets in the line's text; None for none or several."""
    if "   " not in line.text:
        return None
    found = list(_GUTTER.finditer(line.text))
    return found[0].span() if len(found) == 1 else None


def _run_end(lines: list[Line], gutters: list[tuple[int, int] | None], index: int) -> int:
    """Behind the last line of the run that begins at `index`; the run is one line where there is no gutter."""
    first = gutters[index]
    if first is None:
        return index + 1
    column = lines[index].indent + first[1]
    last = index + 1
    while last < len(lines) and lines[last].gap == 0 and lines[last].page == lines[index].page:
        gutter = gutters[last]
        if gutter is None:
            one_side = lines[last].indent >= column - _DRIFT or lines[last].indent + len(lines[last].text) < column
            if not one_side or "   " in lines[last].text:
                break
        elif abs(lines[last].indent + gutter[1] - column) > _DRIFT:
            break
        last += 1
    while last > index + 1 and gutters[last - 1] is None and lines[last - 1].indent < column - _DRIFT:
        last -= 1
    return last


def _split_run(lines: list[Line], gutters: list[tuple[int, int] | None], known: Knowledge) -> list[Line] | None:
    """The run's left lines, then its right ones; None where it is a table after all."""
    left: list[Line] = []
    right: list[Line] = []
    column = lines[0].indent + (gutters[0] or (0, 0))[1]
    for line, gutter in zip(lines, gutters, strict=True):
        if gutter is None:
            (right if line.indent >= column - _DRIFT else left).append(line)
            continue
        left.append(_part(line, 0, gutter[0], line.gap))
        right.append(_part(line, gutter[1], len(line.text), 0))
    if not (_is_running(left, known) and _is_running(right, known)):
        return None
    right[0].gap = 1
    return left + right


def _part(line: Line, start: int, end: int, gap: int) -> Line:
    """The part of a line between two offsets, as a line."""
    return Line(line.text[start:end], line.start + start, line.start + end, line.raw_start, line.page, gap)


def _is_running(lines: list[Line], known: Knowledge) -> bool:
    """True for running text: most lines have words, and at least one carries on below."""
    if len(lines) < 2:
        return False
    wordy = sum(len(_WORD.findall(line.text)) >= 2 for line in lines)
    carries = sum(
        is_open(above.text, known) or (not is_terminated(above.text) and _flows(above.text, below.text))
        for above, below in pairwise(lines)
    )
    return wordy * 3 >= len(lines) * 2 - 1 and carries * 2 >= len(lines) - 1


def _flows(above: str, below: str) -> bool:
    """True where the line below begins in small letters, or with a number that ends a sentence begun above."""
    return starts_lower(below) or (below[0].isdigit() and is_terminated(below) and len(_WORD.findall(above)) >= 3)
