"""Marks that stand where a number would: suppressed, not available, unreadable."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache

from townclerk.extract.spotting.figures.wording import alternation, load_wording
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Status
from townclerk.patterns.kept import kept


def find_marks(text: str) -> list[FigureMention]:
    """Marks in running text: only where a separator or the line's end stands on both sides."""
    lowered = text.lower()
    for word in _telling_words():
        if word in lowered:
            break
    else:
        return []
    return [_mark(found.start(), found[0]) for found in _in_text().finditer(text)]


def read_mark(text: str) -> Status | None:
    """What a whole cell that is a mark stands for; None for any other cell."""
    printed = " ".join(text.lower().split())
    if _unreadable().fullmatch(printed):
        return Status.UNREADABLE
    return _statuses().get(printed)


def whole_marks() -> Collection[str]:
    """The texts, in lower case, of cells that are marks; what a spreadsheet could not work out is one word besides."""
    return _statuses()


def _mark(start: int, printed: str) -> FigureMention:
    status = read_mark(printed) or Status.NOT_AVAILABLE
    return FigureMention(start, start + len(printed), printed, None, None, FigureForm.MARK, status=status)


@kept
def _unreadable() -> re.Pattern[str]:
    return re.compile(load_wording().words.unreadable)


@cache
def _statuses() -> dict[str, Status]:
    marks = load_wording().words.marks
    return {
        **dict.fromkeys(marks.not_available, Status.NOT_AVAILABLE),
        **dict.fromkeys(marks.suppressed, Status.SUPPRESSED),
    }


@cache
def _telling_words() -> tuple[str, ...]:
    """Words and signs of which a text with a mark in it must hold one."""
    marks = load_wording().words.marks_in_text
    return ("#", ";", *dict.fromkeys(max(mark.lower().split(), key=len) for mark in marks))


@kept
def _in_text() -> re.Pattern[str]:
    """Long marks between separators; a lone letter only in a list of places ("Harlowshire c; Penworth 7")."""
    words = load_wording().words
    letters = re.escape(words.letters_in_list)
    long = (
        rf"(?:(?<=[:;|=(\t\n])|(?<=  )|(?<=[:;|=(\t] )|(?<=, )|\A)(?i:{alternation(words.marks_in_text)})"
        r"(?=\s*(?:[;|)\t\n,]|\.(?:\s|\Z)|\Z)|  )"
    )
    return re.compile(rf"{long}|(?<!#)(?i:{words.unreadable})|(?<=[A-Za-z] )[{letters}](?=\s*;)")
