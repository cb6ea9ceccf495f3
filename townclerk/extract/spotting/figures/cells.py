"""Reading a whole table cell or tile part, where bare marks and bare numbers mean something."""

from __future__ import annotations

import re
from functools import lru_cache

from townclerk.extract.spotting.figures.context import read_before
from townclerk.extract.spotting.figures.finder import find_figures, find_in_cell
from townclerk.extract.spotting.figures.marks import read_mark
from townclerk.extract.spotting.figures.wording import load_wording
from townclerk.models.digits import PLAIN_NUMBER
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Status, Unit

_ACCOUNTING = re.compile(r"\(\s*([£$€]?\s?\d[\d,]*(?:\.\d+)?\s?%?)\s*\)")
_SPACED = re.compile(r"\d{1,3}(?: \d{3}){1,3}")
_SLASHED = re.compile(r"(\d[\d,]*)\s*/\s*(\d[\d,]*)")
_YEAR_PAIR = re.compile(r"(?:19|20)\d\d\s?[/–-]\s?\d\d(?:\d\d)?")
_TAIL = re.compile(r"(?<=[\d%)])\s*(\(?[a-z]+\)?)\Z", re.IGNORECASE)
_NUMBER_BEHIND = re.compile(r"(\d+)\Z")
_LABEL_WORDS = 6
_LONGEST_REMEMBERED = 200
_WORD = re.compile(r"[^\W\d_]{2,}")


def read_cell(text: str) -> list[FigureMention]:
    """The figures of a cell.

    A cell may be a bare mark ("x", "-", "..", "<5", "n/a"), a number that running text would take for a year or an
    item number, an accounting negative ("(5)"), or a number with arrows, symbol leaks and colour letters round it. A
    cell with many words is read as running text.

    Returns:
        Figures with offsets into `text`; empty for an empty cell and for words.
    """
    if len(text) > _LONGEST_REMEMBERED:
        return _figures(text)
    return [figure.copy() for figure in _remembered(text)]


@lru_cache(maxsize=8192)
def _remembered(text: str) -> tuple[FigureMention, ...]:
    """The figures of a cell; a report's tables are read more than once, and repeat their values."""
    return tuple(_figures(text))


def _figures(text: str) -> list[FigureMention]:
    if (plain := PLAIN_NUMBER.fullmatch(text)) is not None:
        return [_plain(plain)]
    left, right = _core(text)
    core = text[left:right]
    if not core:
        return []
    status = read_mark(core) or read_mark(text)
    if status is not None:
        if read_mark(core) is None:
            left, right = _stripped(text)
        return [_mention(text, left, right, None, form=FigureForm.MARK, status=status)]
    if len(_WORD.findall(core)) > _LABEL_WORDS:
        return find_figures(text)
    figures = _special(text, left, right)
    extra: tuple[str, ...] = ()
    if not figures:
        end, extra = _without_tail(text, left, right)
        figures = find_in_cell(text[left:end])
        for figure in figures:
            figure.start += left
            figure.end += left
    for figure in figures:
        figure.flags += extra
    return figures


def _plain(found: re.Match[str]) -> FigureMention:
    """A number with nothing by it but its percent sign."""
    unit = Unit.PERCENT if found["percent"] else None
    figure = _mention(found[0], 0, found.end(), float(found["number"].replace(",", "")), unit=unit)
    figure.decimals = len(found["decimals"] or "")
    return figure


def _stripped(text: str) -> tuple[int, int]:
    left = len(text) - len(text.lstrip())
    return left, max(left, len(text.rstrip()))


def _core(text: str) -> tuple[int, int]:
    """The cell without arrows, leaks and colours at its ends; a minus or bullet mark alone is kept."""
    wording = load_wording()
    left, right = 0, len(text)
    if (found := wording.cell_trim_left.match(text)) is not None:
        left = found.end()
    if (found := wording.cell_trim_right.search(text, left)) is not None:
        right = found.start()
    return left, max(left, right)


def _without_tail(text: str, left: int, right: int) -> tuple[int, tuple[str, ...]]:
    """Where the cell ends without a mark of provisional or revised data, and the flag it gives."""
    words = load_wording().words
    found = _TAIL.search(text[left:right])
    if found is None:
        return right, ()
    mark = found[1].lower()
    for flag, marks in (("provisional", words.provisional), ("revised", words.revised)):
        if mark in marks:
            return left + found.start(), (flag,)
    return right, ()


def _special(text: str, left: int, right: int) -> list[FigureMention]:
    """Readings that hold only for a whole cell."""
    core = text[left:right]
    if core.lower() in load_wording().words.zero_words and not core.isdigit():
        return [_mention(text, left, right, 0.0, form=FigureForm.NONE)]
    if (found := _ACCOUNTING.fullmatch(core)) is not None:
        return _accounting(text, left, right, found)
    if _SPACED.fullmatch(core):
        spaced = _mention(text, left, right, float(core.replace(" ", "")))
        spaced.flags = () if core.partition(" ")[2].startswith("0") else ("thousands_space",)
        return [spaced]
    if (found := _SLASHED.fullmatch(core)) is not None and not _YEAR_PAIR.fullmatch(core):
        upper, lower = (float(part.replace(",", "")) for part in found.groups())
        if lower > 0 and upper <= lower:
            parts = _mention(text, left, right, None, form=FigureForm.PARTS)
            parts.numerator, parts.denominator = upper, lower
            return [parts]
    return _bounded(text, left, right)


def _bounded(text: str, left: int, right: int) -> list[FigureMention]:
    """Read "<5", "< 6", "fewer than 5": a hidden small number."""
    words = load_wording().words
    found = _NUMBER_BEHIND.search(text[left:right])
    if found is None or float(found[1]) not in words.suppression_limits:
        return []
    said, start = read_before(load_wording(), text, left + found.start())
    if said not in words.suppression_signs or start != left:
        return []
    mark = _mention(text, left, right, None, form=FigureForm.MARK, status=Status.SUPPRESSED)
    mark.parts = (float(found[1]),)
    return [mark]


def _accounting(text: str, left: int, right: int, found: re.Match[str]) -> list[FigureMention]:
    """Read "(5)" as minus five, keeping the bracketed count as the alternative."""
    inner = found[1]
    amount = float(re.sub(r"[^\d.]", "", inner))
    unit = Unit.PERCENT if "%" in inner else Unit.CURRENCY if inner[0] in "£$€" else None
    figure = _mention(text, left, right, -amount, unit=unit)
    figure.sign = "-"
    figure.alternatives = (amount,)
    figure.flags = ("accounting_negative",)
    figure.decimals = len(inner.partition(".")[2].rstrip("% "))
    figure.bracketed = True
    return [figure]


def _mention(
    text: str,
    start: int,
    end: int,
    value: float | None,
    *,
    unit: Unit | None = None,
    form: FigureForm = FigureForm.NUMBER,
    status: Status = Status.REPORTED,
) -> FigureMention:
    return FigureMention(start, end, text[start:end], value, unit, form, status=status)
