"""The words of `patterns/figures.yaml`, checked and compiled once."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import BaseModel, ConfigDict, field_validator

from townclerk.extract.spotting.figures.shields import Shield
from townclerk.models.units import Unit
from townclerk.patterns.kept import kept
from townclerk.patterns.phrases import branches
from townclerk.patterns.yaml_files import load_yaml, shipped

_SMALL = frozenset({"number", "digit"})
"""Openings that are looked for in lower case."""
_MACRO = re.compile(r"\{([A-Z_]+)\}")


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class UnitWords(_Strict):
    """A unit and the expression that follows its number."""

    unit: Unit
    pattern: str


class ShieldWords(_Strict):
    """Something that looks like a figure and is none, and lower-case bits of which a text that holds it holds one."""

    name: str
    pattern: str
    needs: list[str] = []
    opens: Literal["number", "digit", "capital", "label"] | None = None


class RateBefore(_Strict):
    """How a rate's base, said first, is joined to its number."""

    connecting: str


class Marks(_Strict):
    """Marks in place of a number, by what they mean."""

    suppressed: list[str]
    not_available: list[str]


class FigureWords(_Strict):
    """The content of `figures.yaml`."""

    number_words: dict[str, int]
    fraction_words: dict[str, int]
    fraction_followers: str
    fraction_blockers: str
    fraction_time: str
    digit_shapes: dict[str, str]
    safe_digit_shapes: str
    units: list[UnitWords]
    single_units: dict[Unit, str]
    rate_before: RateBefore
    scales: dict[str, int]
    approximate: list[str]
    bound_more: list[str]
    bound_less: list[str]
    bound_more_after: str
    bound_less_after: str
    suppression_limits: list[int]
    suppression_signs: list[str]
    suppression_limits_in_words: list[int]
    marks: Marks
    marks_in_text: list[str]
    letters_in_list: str
    unreadable: str
    zero_words: list[str]
    nouns: list[str]
    singular_nouns: list[str]
    noun_stops: list[str]
    none_nouns: list[str]
    none_between: list[str]
    parts_of: str
    parts_of_bracketed: str
    whole_leads: str
    wholes_behind: str
    duration_cues_before: str
    duration_cues_after: str
    duration_average: str
    duration_limits: str
    duration_hard_limits: str
    duration_bounds: str
    limit_ceilings: dict[Unit, float]
    year_prefixes: str
    value_prefixes: str
    item_lead: str
    cell_trim_left: str
    cell_trim_right: str
    provisional: list[str]
    revised: list[str]
    macros: dict[str, str]
    openings: dict[Literal["number", "digit", "capital", "label"], str]
    shields: list[ShieldWords]

    @field_validator("shields", "units")
    @classmethod
    def _not_empty(cls, value: list[ShieldWords]) -> list[ShieldWords]:
        if not value:
            raise ValueError("give at least one entry: an empty alternation would match everywhere")
        return value


@dataclass(frozen=True)
class Wording:
    """The words of `figures.yaml` as compiled expressions; each is anchored where its name says.

    Attributes:
        words: The file's content.
        shields: Find what is never a figure.
        number_word: Finds a run of number words in lower case.
        units: Expressions to match right behind a number, with their units, in order.
        single_units: The same for the number 1.
        noun: Matches a blank, up to three words and a counted plural (group 1) behind a number.
        noun_of_one: The same with singulars.
        any_noun: Matches a blank and any plural-looking word (group 1) behind a number.
        immediate_noun: Matches a counted noun.
        before: Searches the end of the text before a number for an approximation or bound.
        bound_after: Matches "or more", "or less" behind a number.
        rate_base: Finds "per 10,000" said before its number.
        rate_connecting: Matches all of the words between that base and the number.
        none: Finds "no child", "none of the", "both children".
        fraction: Finds "one-fifth", "a quarter", "two thirds", "half".
        fraction_followers: Matches what makes "a third" a share, right behind it.
        fraction_blockers: Matches, at the end of the text before it, what makes "half" a stretch of time.
        fraction_time: Matches what does so right behind it.
        parts_of: Matches all of the words between a part and its whole.
        parts_of_bracketed: The same for the two in brackets of their own.
        whole_lead: Searches the end of the text before a number for what makes it the whole of a share told next.
        whole_behind: The same for the whole of a share told before it.
        duration_near: Searches the sentence before a stretch of time for what makes it a value.
        duration_after: Matches "on average" behind it.
        duration_average: Searches for an average or a time taken.
        duration_limit: Searches the end of the text before it for what makes it a limit.
        duration_hard_limit: The same for what makes it one whatever else is said.
        duration_bound: The same for "more than", "under".
        year_prefix: Searches the end of the text before a number for what makes it a year.
        value_prefix: The same for what makes it a value.
        item_lead: Searches for a line that holds nothing but bullets and marks so far.
        cell_trim_left: Matches glyphs and colours at the start of a cell.
        cell_trim_right: The same at its end.
        approximations: "around", "nearly", ...
        more: "more than", "over", ...
    """

    words: FigureWords
    shields: tuple[Shield, ...]
    number_word: re.Pattern[str]
    units: tuple[tuple[Unit, re.Pattern[str]], ...]
    single_units: tuple[tuple[Unit, re.Pattern[str]], ...]
    noun: re.Pattern[str]
    noun_of_one: re.Pattern[str]
    any_noun: re.Pattern[str]
    immediate_noun: re.Pattern[str]
    before: re.Pattern[str]
    bound_after: re.Pattern[str]
    rate_base: re.Pattern[str]
    rate_connecting: re.Pattern[str]
    none: re.Pattern[str]
    fraction: re.Pattern[str]
    fraction_followers: re.Pattern[str]
    fraction_blockers: re.Pattern[str]
    fraction_time: re.Pattern[str]
    parts_of: re.Pattern[str]
    parts_of_bracketed: re.Pattern[str]
    whole_lead: re.Pattern[str]
    whole_behind: re.Pattern[str]
    duration_near: re.Pattern[str]
    duration_after: re.Pattern[str]
    duration_average: re.Pattern[str]
    duration_limit: re.Pattern[str]
    duration_hard_limit: re.Pattern[str]
    duration_bound: re.Pattern[str]
    year_prefix: re.Pattern[str]
    value_prefix: re.Pattern[str]
    item_lead: re.Pattern[str]
    cell_trim_left: re.Pattern[str]
    cell_trim_right: re.Pattern[str]
    approximations: frozenset[str]
    more: frozenset[str]


def alternation(phrases: Iterable[str]) -> str:
    """One expression for any of the phrases, the longest first; blanks match any white space.

    Raises:
        ValueError: If there are none (not an assert: an empty alternation would match everywhere).
    """
    return branches(phrases)


@kept
def load_wording() -> Wording:
    """Read and compile the shipped `figures.yaml`.

    Raises:
        PatternError: If the file is faulty.
    """
    return compile_wording(load_yaml(shipped("figures.yaml"), FigureWords))


def compile_wording(words: FigureWords) -> Wording:
    """Compile the expressions of a checked file."""
    macros = _macros(words)

    def build(pattern: str) -> re.Pattern[str]:
        return re.compile(expand(pattern, macros), re.IGNORECASE)

    stops = alternation(words.noun_stops)
    # A line's end, a tab or a gap is where another cell or line begins, not the counted thing.
    blank = r"(?:[ \u00a0]|(?=[a-zA-Z]))(?:\*\*)?"
    plain = r"(?!['’])"
    between = rf"(?:(?!(?:{stops})\b)[a-z][a-z'’/-]*[ \u00a0]){{0,3}}?"
    lead_in = [*words.approximate, *words.bound_more, *words.bound_less]
    # A tree of words is found a hundred times as quickly where case need not be ignored.
    openings = {
        name: re.compile(expand(pattern, macros)) if name in _SMALL else build(pattern)
        for name, pattern in words.openings.items()
    }
    more_after, less_after = words.bound_more_after, words.bound_less_after
    return Wording(
        words=words,
        shields=tuple(
            Shield(
                build(shield.pattern),
                tuple(shield.needs),
                openings.get(shield.opens) if shield.opens else None,
                shield.opens in _SMALL,
            )
            for shield in words.shields
        ),
        number_word=re.compile(
            expand(
                r"(?<![\w-])(?:a\s+(?=hundred|thousand))?{WORD}(?:(?:[\s-]+(?:and\s+)?){WORD}){0,12}\b(?!-\w)", macros
            )
        ),
        units=tuple((entry.unit, build(entry.pattern)) for entry in words.units),
        single_units=tuple((unit, build(pattern)) for unit, pattern in words.single_units.items()),
        noun=build(rf"{blank}{between}({alternation(words.nouns)})\b{plain}"),
        noun_of_one=build(rf"{blank}{between}({{NOUN}})\b{plain}"),
        any_noun=build(rf"{blank}(?!(?:{stops})\b)([a-z]{{3,}}(?<!s)s)\b{plain}"),
        immediate_noun=build(r"(?:{NOUN})\b"),
        before=build(rf"(?:(?<=\W)|\A)({alternation(lead_in)})\s*(?:\Z|(?:the|a)\s+\Z)"),
        bound_after=build(rf"\s*(?:(?P<more>{more_after})|(?P<less>{less_after}))"),
        rate_base=build(
            r"(?:\bper|/|\bevery)\s*(?:(?P<t100>100[, ]?000|100\s?k)|(?P<t10>10[,. ]?000|10\s?k|ten thousand)"
            r"|(?P<t1>1[, ]?000|thousand))(?!\d)"
        ),
        rate_connecting=build(words.rate_before.connecting),
        none=build(
            rf"\b(?P<no>no)\s+(?:(?:{alternation(words.none_between)}|(?-i:\(?[A-Z]{{2,5}}\)?))\s+){{0,5}}(?P<noun>{alternation(words.none_nouns)})\b"
            r"(?!\s+(?:social|data)|['’]s)"
            r"|\b(?P<none>none)\b(?:\s+of\s+(?:the|these|them|those|our))?"
            r"|\b(?P<both>both)\s+(?:(?:of the\s+)?(?P<pair>{NOUN})|of (?:whom|them|these|which))\b"
            r"|(?:(?<=[.;:] )|(?<=\n)|\A)(?P<every>all)\s+(?=(?:were|are|had|have been|of them|of these)\b)"
        ),
        fraction=build(
            rf"(?<![\w-])(?:(?P<top>{alternation(words.number_words)}|an?)[\s-]+)?"
            rf"(?P<name>{alternation(words.fraction_words)})(?P<many>s?)\b(?!-)"
        ),
        fraction_followers=build(rf"\s*(?:{words.fraction_followers}|\()"),
        fraction_blockers=build(rf"\b(?:{words.fraction_blockers})\s+\Z"),
        fraction_time=build(rf"[\s-]*(?:{words.fraction_time})"),
        parts_of=build(words.parts_of),
        parts_of_bracketed=build(words.parts_of_bracketed),
        whole_lead=build(words.whole_leads),
        whole_behind=build(words.wholes_behind),
        duration_near=build(words.duration_cues_before),
        duration_after=build(words.duration_cues_after),
        duration_average=build(words.duration_average),
        duration_limit=build(rf"\b{words.duration_limits}\s+(?:the\s+)?\Z"),
        duration_hard_limit=build(rf"\b{words.duration_hard_limits}\s+(?:the\s+)?\Z"),
        duration_bound=build(rf"\b{words.duration_bounds}\s+\Z"),
        year_prefix=build(rf"\b(?:{words.year_prefixes})\s+\Z"),
        value_prefix=build(rf"\b(?:{words.value_prefixes})\s+\Z"),
        item_lead=build(rf"(?:\A|\n)(?:{words.item_lead})*\Z"),
        cell_trim_left=re.compile(rf"\A(?:{words.cell_trim_left})+"),
        cell_trim_right=re.compile(rf"(?:{words.cell_trim_right})+\Z"),
        approximations=frozenset(words.approximate),
        more=frozenset(words.bound_more),
    )


def expand(pattern: str, macros: dict[str, str]) -> str:
    """Put the macros into a pattern, macros inside macros too.

    Raises:
        ValueError: If a macro is unknown or they contain each other.
    """
    for _ in range(5):
        if not _MACRO.search(pattern):
            return pattern
        pattern = _MACRO.sub(lambda found: _macro(found[1], macros), pattern)
    raise ValueError("macros contain each other")


def _macro(name: str, macros: dict[str, str]) -> str:
    if name not in macros:
        raise ValueError(f"unknown macro {{{name}}}; known are {', '.join(sorted(macros))}")
    return macros[name]


def _macros(words: FigureWords) -> dict[str, str]:
    """The file's own macros and those made of its lists."""
    word = f"(?:{alternation(words.number_words)})"
    return {
        **words.macros,
        "WORD": word,
        "N": rf"(?:\b\d{{1,4}}|\b{word}(?:[\s-]{word})?)",
        "NOUN": alternation([*words.nouns, *words.singular_nouns]),
    }
