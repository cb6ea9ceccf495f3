"""Figures that are written without a number: fractions, "no child", "none", "both"."""

from __future__ import annotations

import re

from townclerk.extract.spotting.figures.context import read_before
from townclerk.extract.spotting.figures.wording import Wording, load_wording
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Unit

# Without one of these no word for nothing, both or all stands in a text.
_NONE_AND_ALL = (*(f"no{blank}" for blank in " \n\t\r\f\u00a0\u2009\u202f"), "none", "both", "all")


def find_phrases(text: str) -> list[FigureMention]:
    """Fractions and words for nothing and both, in order."""
    wording = load_wording()
    lowered = text.lower()
    figures: list[FigureMention] = []
    if any(word in lowered for word in _NONE_AND_ALL):
        figures += [figure for found in wording.none.finditer(text) if (figure := _none(text, found)) is not None]
    for found in (
        wording.fraction.finditer(text) if any(name in lowered for name in wording.words.fraction_words) else ()
    ):
        figure = _fraction(wording, text, found)
        if figure is not None:
            figures.append(figure)
    return sorted(figures, key=lambda figure: figure.start)


def _none(text: str, found: re.Match[str]) -> FigureMention | None:
    start, end = found.span()
    if found["both"]:
        pair = FigureMention(start, end, text[start:end], None, None, FigureForm.ALL, numerator=2, denominator=2)
        pair.noun = (found["pair"] or "").lower()
        return pair
    if found["every"]:
        end = found.end("every")
        return FigureMention(start, end, text[start:end], 100.0, Unit.PERCENT, FigureForm.ALL)
    noun = re.sub(r"\s+", " ", (found["noun"] or "").lower())
    return FigureMention(start, end, text[start:end], 0.0, None, FigureForm.NONE, noun=noun)


def _fraction(wording: Wording, text: str, found: re.Match[str]) -> FigureMention | None:
    """Read "one-fifth", "two thirds", "nearly a quarter", "half of"; not "a third placement", "the first half"."""
    name, top = found["name"].lower(), (found["top"] or "").lower()
    bottom = wording.words.fraction_words[name]
    is_half = name == "half"
    plural = bool(found["many"]) or name == "halves"
    if not is_half and not top:
        return None
    upper = 1 if top in {"", "a", "an"} else wording.words.number_words[top]
    if upper >= bottom or upper == 0 or (upper > 1) != plural:
        return None
    said, _ = read_before(wording, text, found.start())
    if wording.fraction_time.match(text, found.end()):
        return None
    if wording.fraction_blockers.search(text, max(0, found.start() - 14), found.start()):
        return None
    certain = upper > 1 or top == "one" or bool(said)
    if not certain and not wording.fraction_followers.match(text, found.end()):
        return None
    value = round(100 * upper / bottom, 1)
    start, end = found.span()
    figure = FigureMention(start, end, text[start:end], value, Unit.PERCENT, FigureForm.WORDS)
    figure.decimals = 0 if value == int(value) else 1
    figure.parts = (float(upper), float(bottom))
    figure.approximate = True
    figure.flags = ("approximate",)
    if said and said not in wording.approximations:
        figure.bound = "more" if said in wording.more else "less"
    return figure
