"""Numbers, before their unit is read: digits (with what OCR did to them) and number words."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.spotting.figures.wording import load_wording
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import lower_as_long

_LONGEST = 15
_DIGITS = re.compile(
    r"(?P<number>\d{1,3}(?:,\d{3}){1,3}(?:\.\d{1,6})?(?!,?\d)"
    # The end of a year is no thousands: "In 2014/15 268 children".
    r"|(?<!\d[/–-])\d{1,3}(?:[ \u00a0\u2009\u202f]\d{3}){1,3}(?![\d%]|[.,]\d|\s\d)"
    r"|\d{1,15}\.\d{1,10}|\d{1,15},\d{1,2}(?![\d,])|\d+|(?<![\w.)%\]])\.\d{1,6})"
)
_DIGIT = re.compile(r"\d")
_GROUPED = re.compile(r"[ \u00a0\u2009\u202f]")
_DOUBTFUL_POINT = re.compile(r"[1-9]\d{0,2}\.\d{3}")
_SPLIT = re.compile(r"(?<![\d.,/] )(?<![\d.,/])(\d) (\d) ?%")


@dataclass(slots=True)
class Atom:
    """A number as printed, without sign, currency and unit.

    Attributes:
        start: First character.
        end: End, exclusive.
        value: The number meant.
        decimals: Digits behind the point.
        in_words: It is written in words.
        flags: What was repaired or doubtful.
        alternatives: Other values it could stand for.
        glued: It follows a letter without a blank.
    """

    start: int
    end: int
    value: float
    decimals: int = 0
    in_words: bool = False
    flags: tuple[str, ...] = ()
    alternatives: tuple[float, ...] = ()
    glued: bool = False


def find_atoms(text: str) -> list[Atom]:
    """All numbers of a text, in order, without overlaps."""
    if _DIGIT.search(text) is None:
        return _word_atoms(text)
    shapes, mixed = _damaged()
    damaged = [_repair(found) for found in shapes.finditer(text)] if mixed.search(text) is not None else []
    atoms: list[Atom] = []
    position = index = 0
    while (found := _DIGITS.search(text, position)) is not None:
        while index < len(damaged) and damaged[index].end <= found.start():
            index += 1
        if index < len(damaged) and damaged[index].start <= found.start():
            position = damaged[index].end
            continue
        atom = _digit_atom(text, found)
        position = found.end() if atom is None else atom.end
        if atom is not None:
            atoms.append(atom)
    return sorted([*damaged, *atoms, *_word_atoms(text)], key=lambda atom: atom.start)


def is_damaged_number(text: str) -> bool:
    """True for a cell of nothing but a number in which letters stand for digits: "9l.3%", "8O%"."""
    shapes, mixed = _damaged()
    found = shapes.match(text) if mixed.search(text) is not None else None
    return found is not None and text[found.end() :].strip() in {"", "%"}


@kept
def _damaged() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """A number with letters in it: a decimal or a percentage, since little else is safe to repair.

    The second expression finds quickly what stands in every such number: a digit beside a letter.
    """
    words = load_wording().words
    every = re.escape("".join(words.digit_shapes))
    safe = re.escape(words.safe_digit_shapes)
    damaged = re.compile(
        rf"(?<![\w.,])(?=[\d.]{{0,4}}[{every}])(?=[{every}.]{{0,4}}\d)[\d{every}]{{1,4}}(?:[.,][\d{every}]{{1,2}})?(?=\s?%)"
        rf"|(?<![\w.,])(?=[\d.]{{0,4}}[{safe}])(?=[{safe}]{{0,2}}\d)[\d{safe}]{{1,4}}\.[\d{safe}]{{1,2}}(?![\w.])"
    )
    return damaged, re.compile(rf"\d[.,]?[{every}{safe}]|[{every}{safe}][.,]?\d")


def _repair(found: re.Match[str]) -> Atom:
    shapes = load_wording().words.digit_shapes
    digits = "".join(shapes.get(character, character) for character in found[0]).replace(",", ".")
    decimals = len(digits.partition(".")[2])
    return Atom(found.start(), found.end(), float(digits), decimals, flags=("ocr_repaired",))


def _digit_atom(text: str, found: re.Match[str]) -> Atom | None:
    start, end = found.span()
    printed = found["number"]
    if len(printed) > _LONGEST:
        return None
    split = _SPLIT.match(text, start)
    if split is not None and split[1] != "0":
        value = float(split[1] + split[2])
        return Atom(start, split.end(2), value, 0, False, ("ocr_repaired",), (float(split[2]),), _is_glued(text, start))
    glued = _is_glued(text, start)
    if _GROUPED.search(printed):
        return _spaced_atom(text, start, printed, glued)
    if "," in printed and len(printed.rpartition(",")[2]) < 3:
        return _comma_atom(start, printed, glued)
    plain = printed.replace(",", "")
    decimals = len(plain.partition(".")[2])
    if _DOUBTFUL_POINT.fullmatch(printed):
        whole = float(plain.replace(".", ""))
        return Atom(start, end, float(plain), 3, False, ("thousands_doubtful",), (whole,), glued)
    return Atom(start, end, float(plain), decimals, glued=glued)


def _spaced_atom(text: str, start: int, printed: str, glued: bool) -> Atom:
    """Groups of digits with blanks between: one number, where it can hardly be two."""
    groups = _GROUPED.split(printed)
    hard_blank = " " not in printed
    safe = hard_blank or groups[1].startswith("0")
    alone = len(groups) == 2 and groups[0] != "0" and not re.search(r"\d\s?\Z", text[max(0, start - 2) : start])
    end = start + len(printed)
    if safe or (alone and (_noun_follows(text, end) or _fills_a_cell(text, start, end))):
        flags = () if hard_blank else ("thousands_space",)
        return Atom(start, start + len(printed), float("".join(groups)), flags=flags, glued=glued)
    return Atom(start, start + len(groups[0]), float(groups[0]), glued=glued)


def _fills_a_cell(text: str, start: int, end: int) -> bool:
    """Whether tabs or bars stand on both sides, as in a flattened table."""
    return text[max(0, start - 1) : start] in {"\t", "|"} and text[end : end + 1] in {"\t", "|", "\n", ""}


def _noun_follows(text: str, end: int) -> bool:
    return load_wording().noun.match(text, end) is not None


def _comma_atom(start: int, printed: str, glued: bool) -> Atom:
    """A comma before one or two digits: a decimal point, misread or continental."""
    value = float(printed.replace(",", "."))
    decimals = len(printed.partition(",")[2])
    others = (float(printed.replace(",", "")),) if decimals == 2 else ()
    return Atom(start, start + len(printed), value, decimals, False, ("ocr_repaired",), others, glued)


def _is_glued(text: str, start: int) -> bool:
    return start > 0 and (text[start - 1].isalpha() or text[start - 1] == "_")


def _word_atoms(text: str) -> list[Atom]:
    wording = load_wording()
    atoms = []
    for found in wording.number_word.finditer(lower_as_long(text)):
        tokens = [(m.start() + found.start(), m.end() + found.start(), m[0].lower()) for m in _TOKEN.finditer(found[0])]
        while tokens:
            value, used = _read_words([token[2] for token in tokens], wording.words.number_words)
            if used == 0:
                break
            last = tokens[used - 1]
            atoms.append(Atom(tokens[0][0], last[1], float(value), in_words=True))
            tokens = tokens[used:]
            while tokens and tokens[0][2] in {"and", "a"}:
                tokens = tokens[1:]
    return atoms


_TOKEN = re.compile(r"[a-z]+", re.IGNORECASE)


def _read_words(tokens: list[str], values: dict[str, int]) -> tuple[int, int]:
    """The number that the first words make, and how many words it took."""
    total = current = used = 0
    room = 1000  # the next word must be smaller than this to be added
    index = 0
    while index < len(tokens):
        word = tokens[index]
        if word == "a" and index == 0:
            current, index = 1, index + 1
            continue
        if word == "and":
            if not (used and (total or current >= 100) and index + 1 < len(tokens)):
                break
            index += 1
            room = 100
            continue
        value = values[word]
        if value == 100 and 0 < current < 100:
            current, room = current * 100, 100
        elif value == 1000 and 0 < current < 1000 and not total:
            total, current, room = current * 1000, 0, 1000
        elif value < 100 and value < room and (used == 0 or value > 0):
            current += value
            room = 10 if value >= 20 and value % 10 == 0 else 0
        elif used == 0 and value in {100, 1000}:
            current, room = value, 100
        else:
            break
        index += 1
        used = index
    return total + current, used
