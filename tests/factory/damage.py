"""What recognisers do to characters: lookalike letters, lost blanks, commas for points. Marks are left whole.

Damage to a figure is only of a kind that a reader can undo, and the gold says so.
"""

from __future__ import annotations

from collections.abc import Container
from random import Random

from tests.factory.gold import Figure
from tests.factory.marks import CLOSE, OPEN

_LETTERS = {
    "l": "1I", "i": "l1", "I": "l1", "o": "0", "e": "co", "c": "e", "h": "b", "n": "h", "m": "rn", "u": "n", "t": "f",
    "f": "t", "a": "o", "g": "q", "r": "t", "s": "a", "S": "5", "B": "8", "O": "0", "v": "y", "w": "vv",
}  # fmt: skip
_DIGITS = {"0": "O", "1": "l", "5": "S", "8": "B"}
_BASE = 0xF0000


def damage_words(text: str, figures: Container[int], rng: Random, rate: float) -> str:
    """Change letters outside figures at a rate per letter, and lose a blank now and then."""
    out: list[str] = []
    marks: list[int] = []
    position = 0
    while position < len(text):
        character = text[position]
        if character == OPEN:
            out.append(text[position : position + 2])
            marks.append(ord(text[position + 1]) - _BASE)
            position += 2
            continue
        if character == CLOSE:
            marks.pop()
        elif not marks or marks[-1] not in figures:
            character = _one(character, text, position, rng, rate)
        out.append(character)
        position += 1
    return "".join(out)


def _one(character: str, text: str, position: int, rng: Random, rate: float) -> str:
    neighbours = text[max(0, position - 4) : position + 5]
    if any(c.isdigit() for c in neighbours):
        return character
    if character in _LETTERS and rng.random() < rate:
        return rng.choice(_LETTERS[character])
    if character == " " and rng.random() < rate * 0.5:
        return ""
    return character


def damage_figures(text: str, figures: dict[int, Figure], rng: Random, rate: float) -> str:
    """Damage the digits of some figures in ways that can be undone: O for 0, a comma for the point, a blank inside.

    Args:
        text: Marked text.
        figures: The figure of each mark's number.
        rng: Source of chance.
        rate: Share of the prints that are damaged.
    """
    out = []
    position = 0
    while (opened := text.find(OPEN, position)) >= 0:
        number = ord(text[opened + 1]) - _BASE
        close = text.find(CLOSE, opened)
        inner = text[opened + 2 : close]
        figure = figures.get(number)
        if figure is None or OPEN in inner or rng.random() >= rate:
            out.append(text[position : opened + 2])
            position = opened + 2
            continue
        changed = _damaged(inner, rng)
        if changed != inner:
            figure.harder("hard")
            figure.notes.append(f"recognised as {changed}")
        out.append(text[position : opened + 2] + changed)
        position = close
    return "".join(out) + text[position:]


def _damaged(printed: str, rng: Random) -> str:
    kind = rng.choice(["letter", "comma", "blank"])
    digits = [i for i, c in enumerate(printed) if c in _DIGITS]
    if kind == "letter" and digits and sum(c.isdigit() for c in printed) >= 3:
        at = rng.choice(digits)
        return printed[:at] + _DIGITS[printed[at]] + printed[at + 1 :]
    point = printed.find(".")
    if kind == "comma" and point > 0:
        return printed[:point] + "," + printed[point + 1 :]
    if kind == "blank" and printed.endswith("%") and printed[:2].isdigit() and point != 1:
        return printed[0] + " " + printed[1:]
    return printed


def glue(text: str) -> str:
    """The text without its blanks, as when a recogniser loses the gaps."""
    return text.replace(" ", "")
