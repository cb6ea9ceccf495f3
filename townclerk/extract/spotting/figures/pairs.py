"""Two numbers that make one figure: parts of a whole, odds, ranges."""

from __future__ import annotations

import re

from townclerk.extract.spotting.figures.atoms import Atom
from townclerk.extract.spotting.figures.context import Surroundings, judge_duration, mention, read_noun, read_unit
from townclerk.extract.spotting.figures.doubts import is_item_number, is_year
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Unit

_IN = re.compile(r"\s+(?:in\s+(?:every\s+)?|(?:out\s+)?of\s+every\s+)", re.IGNORECASE)
_RANGE_DASH = re.compile(r"\s?[-–—]\s?")
_RANGE_WORD = re.compile(r"\s+(?:to|and)\s+")
_RANGE_LEAD = re.compile(
    r"\b(?:between|rang(?:e|es|ed|ing)(?:\s+(?:of|is|was))?(?:\s+(?:from|between))?)\s+\Z", re.IGNORECASE
)
# "Above the 50 to 70 that is recommended", "(handbook: 50 to 70)": a span that somebody laid down.
_LAID_DOWN = re.compile(
    r"\b(?:the|recommended|suggested|advised|ideal|usual|(?:band|limits?|norm|guideline)\s+of"
    r"|(?:handbook|guidance|guidelines?|recommended|recommendation|norm|ideal)\s*[:–-]|(?:handbook|guidance)\s+(?:says|of))\s+\Z",
    re.IGNORECASE,
)
_RANGE_TO = re.compile(r"\s+to\s+")
_RANGE_REACH = 40
_OPENED = re.compile(r"[(\[]\s*(?:n\s*=\s*)?\Z", re.IGNORECASE)
_BRACKET_REACH = 8
_LARGEST_ODDS = 1000
_LARGEST_SHARE = 10


def read_pair(around: Surroundings, atom: Atom, other: Atom) -> FigureMention | None:
    """The figure that two neighbouring numbers make together, if they do."""
    if is_item_number(around, atom):
        return None
    return _odds(around, atom, other) or _parts(around, atom, other) or _range(around, atom, other)


def _odds(around: Surroundings, atom: Atom, other: Atom) -> FigureMention | None:
    """Read "1 in 38", "one in eight" as a share, rounded to one decimal."""
    if atom.decimals or other.decimals or not 0 < atom.value < other.value <= _LARGEST_ODDS:
        return None
    if atom.value > 1 and other.value > _LARGEST_SHARE:
        return None
    if not _IN.fullmatch(around.text, atom.end, other.start) or is_year(around, other):
        return None
    if read_unit(around.wording, around.text, other.end, other.value)[0] is not None:
        return None
    return _share(around, (atom.start, other.end), (atom.value, other.value), FigureForm.ODDS)


def _share(around: Surroundings, span: tuple[int, int], parts: tuple[float, float], form: FigureForm) -> FigureMention:
    """A percentage worked out of its parts, with one decimal."""
    figure = mention(around, span[0], span[1], round(100 * parts[0] / parts[1], 1), form)
    figure.unit = Unit.PERCENT
    figure.parts = parts
    figure.decimals = 0 if figure.value == int(figure.value or 0) else 1
    figure.approximate = True
    figure.flags = ("approximate",)
    return figure


def _parts(around: Surroundings, atom: Atom, other: Atom) -> FigureMention | None:
    """Read "166 of 201", "11/132", "45 children out of 57"."""
    if atom.decimals or other.decimals or other.value == 0 or atom.value > other.value:
        return None
    if not _joined_by_of(around, atom, other) or is_year(around, other):
        return None
    unit, _ = read_unit(around.wording, around.text, other.end, other.value)
    if unit is not None or around.text[other.end : other.end + 1] == "/":
        return None
    figure = mention(around, atom.start, other.end, None, FigureForm.PARTS)
    figure.numerator, figure.denominator = atom.value, other.value
    return figure


def _joined_by_of(around: Surroundings, atom: Atom, other: Atom) -> bool:
    wording, text = around.wording, around.text
    if wording.parts_of.fullmatch(text, atom.end, other.start):
        return True
    opened = _OPENED.search(text, max(0, atom.start - _BRACKET_REACH), atom.start)
    closed = text[other.end : other.end + 1] in {")", "]", ","}
    return bool(opened and closed and wording.parts_of_bracketed.fullmatch(text, atom.end, other.start))


def _range(around: Surroundings, atom: Atom, other: Atom) -> FigureMention | None:
    """Read "between 84% and 88%", "84-88%", "14-16"."""
    text, wording = around.text, around.wording
    first_unit, first_end = read_unit(wording, text, atom.end, atom.value)
    unit, end = read_unit(wording, text, other.end, other.value)
    if atom.value >= other.value or first_unit not in {None, unit} or first_end > other.start:
        return None
    dash = _RANGE_DASH.fullmatch(text, first_end, other.start)
    counted = unit is not None or bool(read_noun(wording, text, end))
    joined = dash is not None and _joins(dash[0], counted=counted)
    if not joined and not _is_led(text, atom.start, first_end, other.start):
        return None
    figure = mention(around, atom.start, end, None, FigureForm.RANGE)
    figure.unit = unit
    figure.parts = (atom.value, other.value)
    figure.decimals = max(atom.decimals, other.decimals)
    if judge_duration(around, figure, other) != "value":
        figure.flags = ("threshold_like",)
    return figure


def _is_led(text: str, start: int, end: int, second: int) -> bool:
    """True where words before the first of two numbers and a word between them make a range of the two.

    Args:
        text: The text.
        start: Where the first number begins.
        end: Where it ends, with its unit.
        second: Where the second begins.
    """
    return any(
        word.fullmatch(text, end, second) and lead.search(text, max(0, start - _RANGE_REACH), start)
        for lead, word in ((_RANGE_LEAD, _RANGE_WORD), (_LAID_DOWN, _RANGE_TO))
    )


def _joins(dash: str, *, counted: bool) -> bool:
    """A dash without blanks joins; one with a blank before it may be a minus sign or a dash between clauses."""
    return len(dash) == 1 or not dash[0].isspace() or (dash[-1].isspace() and (counted or dash.strip() == "–"))
