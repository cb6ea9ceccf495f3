"""What a recogniser said twice: a line, a few lines, or a sentence looped on the spot."""

from __future__ import annotations

import re
from itertools import pairwise

from townclerk.extract.reading.text.lines import Line

_BLANKS = re.compile(r"\s+")
# Shorter lines come back for good reason (cells, values, headings).
_SHORTEST = 25
_FEWEST_WORDS = 5
_LONGEST_LOOP = 4

_STOP = re.compile(r"[.!?]+(?:\s+|$)")


def mark_loops(lines: list[Line]) -> None:
    """Mark as furniture the lines that repeat the one, two, three or four lines right before them."""
    shapes = [_BLANKS.sub(" ", line.text) for line in lines]
    for index in range(1, len(lines)):
        for back in range(1, min(_LONGEST_LOOP, index) + 1):
            if shapes[index] != shapes[index - back] or not _long(shapes[index]):
                continue
            if back == 1 or lines[index - 1].furniture or _loop_starts(shapes, index, back):
                lines[index].furniture = True
            break


def _long(text: str) -> bool:
    """True where a line is too long to come back by chance."""
    return len(text) >= _SHORTEST and text.count(" ") >= _FEWEST_WORDS - 1


def _loop_starts(shapes: list[str], index: int, back: int) -> bool:
    """True where the `back` lines from `index` on are the `back` lines before it."""
    return shapes[index : index + back] == shapes[index - back : index]


def repeated_sentences(text: str) -> list[tuple[int, int]]:
    """The spans of sentences in one text that repeat the sentence (or the two) right before them."""
    if len(text) < 2 * _SHORTEST:
        return []
    spans = list(pairwise([0, *(match.end() for match in _STOP.finditer(text))]))
    said = [text[start:end].strip() for start, end in spans]
    found: list[tuple[int, int]] = []
    pair_ends = -1
    for index in range(1, len(spans)):
        if not _long(said[index]):
            continue
        # The first of a loop may carry a paragraph number that its copies lack.
        if said[index - 1].endswith(said[index]):
            found.append(spans[index])
        elif index <= pair_ends or (index >= 2 and _loop_starts(said, index, 2)):
            found.append(spans[index])
            pair_ends = max(pair_ends, index if index <= pair_ends else index + 1)
    return found
