"""Numbers that may be something else: years, item numbers, references; and the flags that say so."""

from __future__ import annotations

import re

from townclerk.extract.spotting.figures.atoms import Atom
from townclerk.extract.spotting.figures.context import Surroundings
from townclerk.models.mentions import FigureMention
from townclerk.models.units import Unit

_SAMPLE = re.compile(r"\bn\s?=\s?\Z", re.IGNORECASE)
_RESTATED = re.compile(r"days \(\Z")
_CAPITAL_NEXT = re.compile(r"[.:]?\s+[A-Z(%\"'‘“]")
_SENTENCE_BEFORE = re.compile(r"[\w)’'\"%\]][.!?:;]\s+\Z|\)\s+\Z|\s{3}\Z")
_TITLE_NEXT = re.compile(r"[.:)]?\s+(?:%\s|[A-Z][a-z]{2,}\s)")
_LETTER_NEXT = re.compile(r"\s+[A-Z]")
_LIST_STOP_AND_CAPITAL = re.compile(r"\.\s+[A-Z]")
_LIST_STOP = re.compile(r"[.)]\s")
_SPACED_PERCENT = re.compile(r"\s%(?=\s)")
_GLUED_NEXT = re.compile(r"[A-Z][a-z]{2}")
_BLANK = re.compile(r"\s+")
_REFERENCES = re.compile(r"\((?:\d{1,2}\.\d{1,2}[a-z]?(?:\s?(?:,|&|/|and|to|-)\s?(?=\d))?)+\)[\s*_#:]*\Z")
_VALUE_IN_LINE = re.compile(r"\d[%.]\d?|\bper\s?cent\b")
_FIRST_YEAR, _AFTER_YEARS = 1950, 2050
_WHOLE_REACH = 40
_LAST_ITEM, _LAST_SECTION, _LAST_ROW = 400, 25, 100


def doubts_of(around: Surroundings, figure: FigureMention, atom: Atom) -> tuple[str, ...]:
    """Flags for what the linker may want to weigh or drop; see `find_figures` for their meaning."""
    text, bare = around.text, figure.unit is None
    flags = {
        "bare_word": bare and atom.in_words and not figure.noun,
        "row_number_like": _may_be_row_number(around, figure, atom),
        "spaced_percent": _is_first_with_blank(around, atom),
        "reference_like": bare and (_closes_a_title(around, figure, atom) or _numbers_a_section(around, atom)),
        "year_like": bare and _has_year_shape(atom),
        "glued": atom.glued,
        "sample": _SAMPLE.search(text, max(0, figure.start - 4), figure.start) is not None,
        "whole": around.wording.whole_lead.search(text, max(0, figure.start - _WHOLE_REACH), figure.start) is not None,
        "whole_behind": around.wording.whole_behind.search(text, max(0, figure.start - _WHOLE_REACH), figure.start)
        is not None,
        "restates": figure.unit is Unit.MONTHS
        and _RESTATED.search(text, max(0, figure.start - 6), figure.start) is not None,
    }
    return tuple(flag for flag, holds in flags.items() if holds)


def is_year(around: Surroundings, atom: Atom) -> bool:
    """Whether a bare 1950 to 2049 is a year: no word near it makes it a count."""
    text = around.text
    if not _has_year_shape(atom):
        return False
    if around.in_cell and text.strip() == text[atom.start : atom.end]:
        return False
    before = text[max(0, atom.start - 16) : atom.start]
    if around.wording.value_prefix.search(before):
        return False
    if around.wording.year_prefix.search(before):
        return True
    blank = _BLANK.match(text, atom.end)
    return blank is None or around.wording.immediate_noun.match(text, blank.end()) is None


def is_item_number(around: Surroundings, atom: Atom) -> bool:
    """Whether a number at the start of a line, or alone between two sentences, counts a paragraph or list item."""
    if atom.in_words:
        return False
    first = _stands_first(around, atom)
    if first and not atom.decimals and _GLUED_NEXT.match(around.text, atom.end) is not None:
        # "14Rate of children in care": the number of a row that ran into its label.
        return True
    if around.in_cell:
        return False
    if not first:
        return (
            not atom.decimals
            and atom.value < _LAST_ITEM
            and _LIST_STOP_AND_CAPITAL.match(around.text, atom.end) is not None
            # "Enquiries started in the month: 71. The rate ..." tells a value; a list behind a colon begins with 1.
            and _opens_a_sentence(around, atom, after_colon=atom.value == 1)
        )
    if not atom.decimals:
        return atom.value < _LAST_ITEM and _LIST_STOP.match(around.text, atom.end) is not None
    return atom.value < _LAST_SECTION and atom.decimals <= 2 and _CAPITAL_NEXT.match(around.text, atom.end) is not None


def _opens_a_sentence(around: Surroundings, atom: Atom, *, after_colon: bool = True) -> bool:
    found = _SENTENCE_BEFORE.search(around.text, max(0, atom.start - 6), atom.start)
    return found is not None and (after_colon or not {":", ";"} & set(found[0]))


def _numbers_a_section(around: Surroundings, atom: Atom) -> bool:
    """Whether "5.6" opens a sentence that goes on with a capital: "... on time. 5.6 In June ..."."""
    if around.in_cell or atom.decimals not in {1, 2} or atom.value >= _LAST_SECTION:
        return False
    return _LETTER_NEXT.match(around.text, atom.end) is not None and _opens_a_sentence(around, atom, after_colon=False)


def _has_year_shape(atom: Atom) -> bool:
    return (
        not atom.in_words
        and not atom.decimals
        and atom.end - atom.start == 4
        and _FIRST_YEAR <= atom.value < _AFTER_YEARS
    )


def _stands_first(around: Surroundings, atom: Atom) -> bool:
    left = around.text.rfind("\n", 0, atom.start) + 1
    if atom.start - left > 12:
        return False
    return around.wording.item_lead.search(around.text[left : atom.start]) is not None


def _is_first_with_blank(around: Surroundings, atom: Atom) -> bool:
    """In "14 % of referrals" at the start of a line the number may count the row, the sign may name its unit."""
    if around.in_cell or atom.decimals or _SPACED_PERCENT.match(around.text, atom.end) is None:
        return False
    return _stands_first(around, atom)


def _may_be_row_number(around: Surroundings, figure: FigureMention, atom: Atom) -> bool:
    """In "12 Care leavers in suitable accommodation" the number may count the row; so may "4.2" in a cell."""
    if atom.in_words or atom.value >= _LAST_ROW or not _stands_first(around, atom):
        return False
    if around.in_cell:
        return figure.unit is None and _TITLE_NEXT.match(around.text, figure.end) is not None
    if atom.decimals:
        return False
    if figure.unit is None:
        return _CAPITAL_NEXT.match(around.text, figure.end) is not None
    return _SPACED_PERCENT.match(around.text, atom.end) is not None


def _closes_a_title(around: Surroundings, figure: FigureMention, atom: Atom) -> bool:
    """Whether "(7.2)" ends a line that holds no value: the number of a section, not a figure."""
    if not (figure.bracketed and atom.decimals in {1, 2} and atom.value < _LAST_SECTION):
        return False
    text = around.text
    stop = text.find("\n", figure.end)
    line = text[text.rfind("\n", 0, figure.start) + 1 : len(text) if stop < 0 else stop]
    found = _REFERENCES.search(line[-60:])
    if found is None:
        return False
    return _VALUE_IN_LINE.search(line[: max(0, len(line) - 60) + found.start()]) is None
