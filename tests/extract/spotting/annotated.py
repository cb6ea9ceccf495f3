"""Annotated sentences: `Rose to [29.4%|29.4 %] from [20.8%|20.8 %]` names every figure to be found, and no other.

Behind the bar stand the value (`-`: none), the unit (`%`, `pp`, `/1k`, `/10k`, `/100k`, `days`, `weeks`, `months`,
`hours`, `£`, `#`: none printed) and, where they apply:
`words`, `odds`, `none`, `all`, `suppressed`, `not_available`, `unreadable` (how it is printed); `11/132` (parts);
`84..88` (range); `~` (approximate); `>`, `<` (bound); `s+`, `s-` (sign); `()` (bracketed); `noun=children`;
`alt=30` (an alternative); `!flag` (a flag). What is not named must not hold, but flags and nouns are free.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Status, Unit

_ANNOTATION = re.compile(r"\[([^\[\]|]+)\|([^\[\]|]+)\]")
_UNITS = {
    "%": Unit.PERCENT,
    "pp": Unit.POINTS,
    "/1k": Unit.PER_1000,
    "/10k": Unit.PER_10000,
    "/100k": Unit.PER_100000,
    "days": Unit.DAYS,
    "weeks": Unit.WEEKS,
    "months": Unit.MONTHS,
    "hours": Unit.HOURS,
    "£": Unit.CURRENCY,
    "#": None,
}
_FORMS = {form.value: form for form in FigureForm}
_STATUSES = {status.value: status for status in Status}


@dataclass
class Wanted:
    """One annotated figure."""

    start: int
    text: str
    value: float | None
    unit: Unit | None
    form: FigureForm = FigureForm.NUMBER
    numerator: float | None = None
    denominator: float | None = None
    ends: tuple[float, ...] = ()
    status: Status = Status.REPORTED
    approximate: bool = False
    bound: str = ""
    sign: str = ""
    bracketed: bool | None = None
    noun: str | None = None
    alternatives: tuple[float, ...] = ()
    flags: tuple[str, ...] = field(default=())


def read_sentence(sentence: str) -> tuple[str, list[Wanted]]:
    """The plain sentence and the figures annotated in it."""
    plain, wanted, end = "", [], 0
    for found in _ANNOTATION.finditer(sentence):
        plain += sentence[end : found.start()]
        wanted.append(_wanted(len(plain), found[1], found[2].split()))
        plain += found[1]
        end = found.end()
    return plain + sentence[end:], wanted


def _wanted(start: int, text: str, words: list[str]) -> Wanted:
    value = None if words[0] == "-" else float(words[0])
    figure = Wanted(start, text, value, _UNITS[words[1]])
    for word in words[2:]:
        _apply(figure, word)
    return figure


def _apply(figure: Wanted, word: str) -> None:
    if word in _FORMS:
        figure.form = _FORMS[word]
    elif word in _STATUSES:
        figure.form, figure.status = FigureForm.MARK, _STATUSES[word]
    elif word == "~":
        figure.approximate = True
    elif word in {"<", ">"}:
        figure.bound = "less" if word == "<" else "more"
    elif word in {"s+", "s-"}:
        figure.sign = word[1]
    elif word == "()":
        figure.bracketed = True
    elif word.startswith("!"):
        figure.flags += (word[1:],)
    elif word.startswith("noun="):
        figure.noun = word[5:].replace("_", " ")
    elif word.startswith("alt="):
        figure.alternatives += (float(word[4:]),)
    elif ".." in word:
        first, _, last = word.partition("..")
        figure.form, figure.ends = FigureForm.RANGE, (float(first), float(last))
    else:
        first, _, last = word.partition("/")
        figure.numerator, figure.denominator = float(first), float(last)
        if figure.form is FigureForm.NUMBER:
            figure.form = FigureForm.PARTS


def describe(figure: FigureMention | Wanted) -> tuple[object, ...]:
    """What is compared of a figure, in the order a failing test shows it."""
    return (
        figure.start,
        figure.text,
        figure.value,
        figure.unit,
        figure.form,
        figure.numerator,
        figure.denominator,
        figure.status,
        figure.approximate,
        figure.bound,
        figure.sign,
    )


def check(sentence: str, figures: list[FigureMention]) -> None:
    """Assert that exactly the annotated figures were found."""
    _, wanted = read_sentence(sentence)
    assert [describe(figure) for figure in figures] == [describe(figure) for figure in wanted]
    for figure, want in zip(figures, wanted, strict=True):
        if want.ends:
            assert figure.parts == want.ends
        if want.bracketed is not None:
            assert figure.bracketed is want.bracketed
        if want.noun is not None:
            assert figure.noun == want.noun
        assert set(want.alternatives) <= set(figure.alternatives)
        assert set(want.flags) <= set(figure.flags), figure.flags
