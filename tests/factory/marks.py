"""Figures and passages marked inside strings, so that any rendering of the string still knows where they stand.

A mark is an opening character, one character that carries its number, the marked words, and a closing character, all
from Unicode's private areas, which no report uses. Marks may nest: a passage holds figures.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

OPEN = "\ue000"
CLOSE = "\ue001"
_BASE = 0xF0000
_MARK = re.compile(f"{OPEN}.|{CLOSE}")


@dataclass(slots=True, frozen=True)
class Place:
    """Where a mark's words stand in the stripped text, end exclusive."""

    number: int
    start: int
    end: int


def mark(words: str, number: int) -> str:
    """`words` as mark `number`."""
    return f"{OPEN}{chr(_BASE + number)}{words}{CLOSE}"


def strip(text: str) -> tuple[str, list[Place]]:
    """The text without marks, and where each mark's words stand in it, inner marks before outer ones."""
    out: list[str] = []
    places: list[Place] = []
    stack: list[tuple[int, int]] = []
    length = 0
    position = 0
    while position < len(text):
        character = text[position]
        if character == OPEN:
            stack.append((ord(text[position + 1]) - _BASE, length))
            position += 2
            continue
        if character == CLOSE:
            number, start = stack.pop()
            places.append(Place(number, start, length))
        else:
            out.append(character)
            length += 1
        position += 1
    return "".join(out), places


def plain(text: str) -> str:
    """The text without marks."""
    return strip(text)[0]


def without(text: str) -> str:
    """The text without marks, where their places do not matter."""
    return _MARK.sub("", text)


def columns(text: str, width: int) -> list[str]:
    """Lines of a narrow column; a figure is never divided."""
    lines, now = [], ""
    for word in re.findall(f"(?:{OPEN}[^{CLOSE}]*{CLOSE}|\\S)+", text):
        if now and len(without(f"{now} {word}")) > width:
            lines.append(now)
            now = word
        else:
            now = f"{now} {word}".strip()
    return [*lines, now]
