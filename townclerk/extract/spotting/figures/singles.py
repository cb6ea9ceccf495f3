"""One number with its sign, currency, scale, unit and the words that qualify it."""

from __future__ import annotations

import re

from townclerk.extract.spotting.figures.atoms import Atom
from townclerk.extract.spotting.figures.context import (
    Surroundings,
    judge_duration,
    mention,
    read_before,
    read_scale,
    read_sign,
    read_unit,
)
from townclerk.extract.spotting.figures.doubts import doubts_of, is_item_number, is_year
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Status, Unit

_CURRENCY = re.compile(r"[£€$]\s?\Z")
_PERCENT_BEFORE = re.compile(r"(?<![\d\w%])%\Z")
_ALL = re.compile(r"\ball\s+(?:of\s+)?(?:the\s+|our\s+|these\s+|those\s+)?\Z", re.IGNORECASE)
_ALL_REACH = 20
_MINUS = "-−–"


def read_single(around: Surroundings, atom: Atom, before: Atom | None) -> FigureMention | None:
    """The figure of one number, or None where it turns out to be none.

    Args:
        around: The text.
        atom: The number.
        before: The number that stands before it in the text.
    """
    figure = _with_unit(around, atom, before)
    if figure.unit is None and (is_year(around, atom) or is_item_number(around, atom)):
        return None
    verdict = judge_duration(around, figure, atom)
    if verdict == "limit":
        return None
    if verdict == "doubtful":
        figure.flags += ("threshold_like",)
    figure.unit = figure.unit or around.rate_said_before(figure.start)
    _settle_thousands(figure)
    figure = _qualified(around, figure)
    if figure.form is FigureForm.MARK:
        return figure
    figure.flags += doubts_of(around, figure, atom)
    # "One" alone is a pronoun or an article far more often than a number.
    return None if figure.value == 1 and "bare_word" in figure.flags else figure


def _with_unit(around: Surroundings, atom: Atom, before: Atom | None) -> FigureMention:
    text, start, end, value = around.text, atom.start, atom.end, atom.value
    unit: Unit | None = None
    sign = ""
    if not atom.in_words:
        if found := _CURRENCY.search(text, max(0, start - 2), start):
            start, unit = found.start(), Unit.CURRENCY
        sign, start = read_sign(text, start, in_cell=around.in_cell)
        if not sign and _falls_from(text, start, atom, before):
            sign, start = "-", start - 1
        scale, end = read_scale(text, end)
        value *= scale
        if unit is None and not sign and _PERCENT_BEFORE.search(text, max(0, start - 2), start):
            start, unit = start - 1, Unit.PERCENT
    if unit is None and end == atom.end:
        unit, end = read_unit(around.wording, text, end, value)
    form = FigureForm.WORDS if atom.in_words else FigureForm.NUMBER
    figure = mention(around, start, end, -value if sign == "-" else value, form)
    figure.unit = unit
    figure.sign = sign
    figure.decimals = atom.decimals
    figure.alternatives = atom.alternatives
    figure.flags = atom.flags
    return figure


def _falls_from(text: str, start: int, atom: Atom, before: Atom | None) -> bool:
    """In "67.5-3.9" the smaller number behind the dash is a variance, not the end of a range."""
    if start == 0 or text[start - 1] not in _MINUS or before is None:
        return False
    return atom.start - before.end in {1, 2} and before.value > atom.value


def _settle_thousands(figure: FigureMention) -> None:
    """In "12.406 contacts" the point stands for a comma, since nobody counts in thousandths."""
    if "thousands_doubtful" in figure.flags and figure.unit is None and figure.noun and figure.value is not None:
        figure.alternatives, figure.value = (figure.value,), figure.alternatives[0]
        figure.decimals = 0
        figure.flags = (*figure.flags, "ocr_repaired")


def _qualified(around: Surroundings, figure: FigureMention) -> FigureMention:
    """Read approximation and bounds; a hidden small number becomes a mark, "all 18" part and whole."""
    wording, text = around.wording, around.text
    said, said_start = read_before(wording, text, figure.start)
    if said in wording.approximations:
        figure.approximate = True
        figure.flags += ("approximate",)
    elif said:
        if _hides_a_small_number(around, said, figure):
            return _suppressed(around, figure, said_start)
        figure.bound = "more" if said in wording.more else "less"
    elif (after := wording.bound_after.match(text, figure.end)) is not None:
        figure.bound = after.lastgroup or ""
    if figure.unit is None and not figure.decimals and not said:
        found = _ALL.search(text, max(0, figure.start - _ALL_REACH), figure.start)
        if found is not None:
            return _all(around, figure, found.start())
    return figure


def _hides_a_small_number(around: Surroundings, said: str, figure: FigureMention) -> bool:
    words = around.wording.words
    if figure.unit is not None or figure.value is None or said not in words.suppression_signs:
        return False
    if said == "<":
        return figure.value in words.suppression_limits
    return figure.value in words.suppression_limits_in_words and (said != "under" or bool(figure.noun))


def _suppressed(around: Surroundings, figure: FigureMention, start: int) -> FigureMention:
    mark = mention(around, start, figure.end, None, FigureForm.MARK)
    mark.status = Status.SUPPRESSED
    mark.parts = (figure.value or 0.0,)
    return mark


def _all(around: Surroundings, figure: FigureMention, start: int) -> FigureMention:
    whole = mention(around, start, figure.end, None, FigureForm.ALL)
    whole.numerator = whole.denominator = figure.value
    whole.flags = figure.flags
    return whole
