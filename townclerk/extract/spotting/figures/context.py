"""What the words round a number say of it: sign, unit, approximation, bound, the counted thing, limits."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, field

from townclerk.extract.spotting.figures.atoms import Atom
from townclerk.extract.spotting.figures.shields import shielded
from townclerk.extract.spotting.figures.wording import Wording, load_wording
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import DURATIONS, Unit

_MINUS = "-−–—‑"
_DASHES = "–—"
_RATE_REACH = 80
_SHORTEST_GLUED_WORD = 3
_SENTENCE_END = re.compile(r"[.;!?]\s|\n")
_BRACKETS = re.compile(r"\([^()]{1,300}\)|\[[^\[\]]{1,300}\]")
_SCALE = re.compile(r"\s?(k|thousand|million|mn|m|billion|bn)\b", re.IGNORECASE)
_IN_OR_FOR = re.compile(r"\b(?:in|for)\s+(?:the\s+)?\Z", re.IGNORECASE)
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_GLUED_WORD = re.compile(r"[A-Z][a-z]{2,}|[a-z]{4,}|FTEs?\b")
_LETTERS_BEFORE = re.compile(r"[^\W\d_]+\Z")
_WHITE_OR_MARK = re.compile(r"[\s*_]+\Z")


@dataclass(slots=True)
class Surroundings:
    """A text with the spans that are looked up for every figure in it.

    Attributes:
        text: The text.
        wording: The compiled words.
        in_cell: The text is a table cell's.
        shield_starts: Starts of the spans that hold no figure, in order.
        shield_ends: Their ends.
        bracket_starts: Starts of the spans inside round or square brackets, in order.
        bracket_ends: Their ends.
        bases: Ends of "per 10,000" in the text with their units.
    """

    text: str
    wording: Wording
    in_cell: bool = False
    shield_starts: list[int] = field(default_factory=list)
    shield_ends: list[int] = field(default_factory=list)
    bracket_starts: list[int] = field(default_factory=list)
    bracket_ends: list[int] = field(default_factory=list)
    bases: list[tuple[int, Unit]] = field(default_factory=list)

    @classmethod
    def of(cls, text: str, *, in_cell: bool = False) -> Surroundings:
        """Look the spans up once for a text."""
        wording = load_wording()
        made = cls(text, wording, in_cell, *shielded(wording.shields, text))
        if "(" in text or "[" in text:
            for found in _BRACKETS.finditer(text):
                made.bracket_starts.append(found.start())
                made.bracket_ends.append(found.end())
        units = {"t100": Unit.PER_100000, "t10": Unit.PER_10000, "t1": Unit.PER_1000}
        lowered = text.lower()
        if "per" in lowered or "/" in lowered or "every" in lowered:
            made.bases = [(found.end(), units[found.lastgroup or ""]) for found in wording.rate_base.finditer(text)]
        return made

    def is_shielded(self, start: int, end: int) -> bool:
        """Whether a part of the span is something that is never a figure."""
        index = bisect_right(self.shield_starts, end - 1) - 1
        return index >= 0 and self.shield_ends[index] > start

    def is_bracketed(self, start: int) -> bool:
        """Whether the place is inside round or square brackets."""
        index = bisect_right(self.bracket_starts, start) - 1
        return index >= 0 and self.bracket_ends[index] > start

    def rate_said_before(self, start: int) -> Unit | None:
        """The rate whose base is said right before a number: "per 10,000 of 366"."""
        index = bisect_right(self.bases, start, key=lambda base: base[0]) - 1
        if index < 0:
            return None
        end, unit = self.bases[index]
        if start - end <= _RATE_REACH and self.wording.rate_connecting.fullmatch(self.text, end, start):
            return unit
        return None


def read_sign(text: str, start: int, *, in_cell: bool = False) -> tuple[str, int]:
    """The sign printed before a number and where the expression then starts.

    A dash that begins a line of running text is a bullet; one that begins a cell is a minus.
    """
    if start == 0:
        return "", start
    mark = text[start - 1]
    before = text[start - 2] if start > 1 else "\n"
    if mark == "+":
        return "+", start - 1
    if mark not in _MINUS:
        return "", start
    if before in "\n\r" and mark in _DASHES and not in_cell:
        return "", start
    if before.isspace() or before in "([{|*:=/" or start == 1:
        return "-", start - 1
    return "", start


def read_unit(wording: Wording, text: str, end: int, value: float) -> tuple[Unit | None, int]:
    """The unit printed right behind a number, and where it ends."""
    if end == len(text):  # as in most cells
        return None, end
    for unit, pattern in wording.units:
        found = pattern.match(text, end)
        if found is not None:
            return unit, found.end()
    if value == 1:
        for unit, pattern in wording.single_units:
            found = pattern.match(text, end)
            if found is not None:
                return unit, found.end()
    return None, end


def read_scale(text: str, end: int) -> tuple[int, int]:
    """What "k", "m", "million" behind a number multiply it by (1 if absent), and where the word ends."""
    found = _SCALE.match(text, end)
    if found is None:
        return 1, end
    return load_wording().words.scales[found[1].lower()], found.end()


def read_before(wording: Wording, text: str, start: int) -> tuple[str, int]:
    """The approximation or bound said right before a number, in lower case, and where it starts."""
    left = max(0, start - 32)
    prefix = text[left:start]
    found = wording.before.search(_WHITE_OR_MARK.sub(" ", prefix))
    if found is None:
        return "", start
    return re.sub(r"\s+", " ", found[1].lower()), left + found.start(1)


def read_noun(wording: Wording, text: str, end: int, *, one: bool = False) -> str:
    """The counted thing right behind a number, lower case, or nothing; `one` allows a singular."""
    found = wording.noun_of_one.match(text, end) if one else None
    found = found or wording.noun.match(text, end) or wording.any_noun.match(text, end)
    return found[1].lower() if found is not None else ""


def is_part_of_a_word(wording: Wording, text: str, atom: Atom) -> bool:
    """Whether the digits belong to a code, a footnote mark or a version rather than being a number."""
    before = text[atom.start - 1] if atom.start else " "
    before_that = text[atom.start - 2] if atom.start > 1 else " "
    after = text[atom.end] if atom.end < len(text) else " "
    if before == "/" and before_that.isalpha():
        return True
    if before in "@\\_" or (before in ".," and before_that.isalnum()) or (before == "#" and before_that != "#"):
        return True
    if after == "." and text[atom.end + 1 : atom.end + 2].isdigit():
        return True
    has_shape_of_value = bool(atom.decimals) or after == "%"
    closes_quote = before in "\"'”’" and not before_that.isspace()
    behind_value = before in ")]" or closes_quote or (before == "%" and before_that.isdigit())
    if behind_value and atom.value < 100 and not has_shape_of_value:
        return True  # a footnote mark
    if before in _MINUS and before_that.isalpha():
        return not has_shape_of_value
    return (atom.glued and not _may_be_glued(text, atom)) or (
        after.isalpha() and not _may_end_here(wording, text, atom)
    )


def _may_be_glued(text: str, atom: Atom) -> bool:
    """Whether a blank was lost ("Variance67.5", "good373"), as it was not in "leavers2" and "A10"."""
    letters = _LETTERS_BEFORE.search(text, max(0, atom.start - 12), atom.start)
    if letters is None or len(letters[0]) < 2 or letters[0].isupper():
        return False
    has_sign = text[atom.end : atom.end + 1] == "%"
    if len(letters[0]) < _SHORTEST_GLUED_WORD:
        return has_sign
    return has_sign or bool(atom.decimals) or atom.value >= 10


def _may_end_here(wording: Wording, text: str, atom: Atom) -> bool:
    if _ORDINAL.match(text, atom.end):
        return False
    if read_unit(wording, text, atom.end, atom.value)[0] is not None or read_scale(text, atom.end)[0] > 1:
        return True
    return _GLUED_WORD.match(text, atom.end) is not None


def mention(around: Surroundings, start: int, end: int, value: float | None, form: FigureForm) -> FigureMention:
    """A record for a span of the text, with what stands round it."""
    return FigureMention(
        start,
        end,
        around.text[start:end],
        value,
        None,
        form,
        bracketed=around.is_bracketed(start),
        noun=read_noun(around.wording, around.text, end, one=value == 1),
    )


def judge_duration(around: Surroundings, figure: FigureMention, atom: Atom) -> str:
    """Whether a stretch of time is a value: `value`, `doubtful` or `limit`. Other units are always values."""
    if figure.unit not in DURATIONS:
        return "value"
    text, wording = around.text, around.wording
    left = text[max(0, figure.start - 90) : figure.start]
    ends = [found.end() for found in _SENTENCE_END.finditer(left)]
    left = left[ends[-1] :] if ends else left
    if wording.duration_hard_limit.search(left):
        return "limit"
    if atom.decimals or atom.value > wording.words.limit_ceilings.get(figure.unit, 0):
        return "value"
    if wording.duration_bound.search(left):
        return "doubtful"
    if wording.duration_average.search(left) or wording.duration_after.match(text[figure.end : figure.end + 20]):
        return "value"
    if wording.duration_limit.search(left) is not None:
        return "limit" if _IN_OR_FOR.search(left) else "doubtful"
    return "value" if wording.duration_near.search(left) or not left.strip() else "doubtful"
