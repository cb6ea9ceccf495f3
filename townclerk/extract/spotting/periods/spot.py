"""Finding times in text: the rules of `periods.yaml` tried where a token can begin one, then their surroundings."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from townclerk.extract.spotting.periods.build import build, forms
from townclerk.extract.spotting.periods.context import stands
from townclerk.extract.spotting.periods.glosses import with_glosses
from townclerk.extract.spotting.periods.grammar import Compiled, Kind, Vocabulary, compile_pattern
from townclerk.extract.spotting.periods.lexer import Lexer
from townclerk.extract.spotting.periods.readings import READINGS
from townclerk.extract.spotting.periods.shapes import Token
from townclerk.models.digits import PLAIN_NUMBER
from townclerk.models.errors import PatternError
from townclerk.models.mentions import PeriodExpression, PeriodMention
from townclerk.patterns.kept import kept
from townclerk.patterns.period_words import PeriodRule, PeriodWords, load_period_words
from townclerk.patterns.phrases import branches
from townclerk.patterns.yaml_files import shipped

_LONGEST_REMEMBERED = 400
_LONGEST = 60
"""No wording of a time has more tokens."""


@dataclass(slots=True, frozen=True)
class Engine:
    """The compiled rules."""

    words: PeriodWords
    lexer: Lexer
    trigger: re.Pattern[str]
    by_first: dict[str, list[tuple[PeriodRule, Compiled]]]
    any_of: dict[str, re.Pattern[str]]
    whole: list[tuple[PeriodRule, Compiled]]
    ends_before: list[Compiled]
    starts_before: list[Compiled]
    ends_after: list[Compiled]


@kept
def engine() -> Engine:
    """The rules shipped with the project, compiled once.

    Raises:
        PatternError: With every rule that cannot be read.
    """
    return compile_rules(load_period_words())


def compile_rules(words: PeriodWords) -> Engine:
    """Compile rules.

    Raises:
        PatternError: With every rule that cannot be read.
    """
    classed = {name for names in words.months.values() for name in names} | set(words.numbers) | set(words.ordinals)
    vocabulary = Vocabulary(frozenset(classed))
    for word in (*words.after_year, "r12m"):
        if word not in classed:
            vocabulary.literal(word)
    faults: list[str] = []

    def compiled(pattern: str, suffix: str = "") -> Compiled | None:
        try:
            return compile_pattern(pattern, words.macros, vocabulary, suffix)
        except ValueError as fault:
            faults.append(f"periods.yaml:{_line_of(pattern)}: {pattern!r}: {fault}")
            return None

    known = forms() | set(READINGS)
    faults += [
        f"periods.yaml:{_line_of(rule.pattern)}: no such form {rule.form!r}; use one that another rule has"
        for rule in words.rules
        if rule.form not in known
    ]
    rules = [(rule, made) for rule in words.rules if (made := compiled(rule.pattern))]
    before = [made for pattern in words.ends_before if (made := compiled(pattern, "$"))]
    starts = [made for pattern in words.starts_before if (made := compiled(pattern, "$"))]
    after = [made for pattern in words.ends_after if (made := compiled(pattern))]
    if faults:
        raise PatternError(faults)
    by_first: dict[str, list[tuple[PeriodRule, Compiled]]] = {}
    for rule, made in rules:
        for first in made.firsts if not rule.whole else ():
            by_first.setdefault(first, []).append((rule, made))
    # At most places nothing is told: one expression for all wordings that begin alike says so at once.
    any_of = {
        first: re.compile("|".join(f"(?:{made.expression.pattern})" for _, made in beginning))
        for first, beginning in by_first.items()
    }
    whole = [(rule, made) for rule, made in rules if rule.whole]
    trigger = re.compile(rf"\d|{branches(words.triggers, ' ')}")
    return Engine(words, Lexer(words, vocabulary), trigger, by_first, any_of, whole, before, starts, after)


def _line_of(pattern: str) -> int:
    """The line of `periods.yaml` that holds a pattern."""
    text = shipped("periods.yaml").read_text(encoding="utf-8")
    return text.count("\n", 0, max(0, text.find(pattern))) + 1


def find_periods(text: str) -> list[PeriodMention]:
    """Every time named in a text, in order, without overlaps.

    Words such as "previous quarter" are mentions too: `resolve` turns them into a period once it is known what they
    are counted from. A mention with the flag `maybe_definition` ("in the last 12 months") may be part of an
    indicator's own name; one with `maybe_range` ("18-19", "12/13") may be two ages
    or a fraction.
    """
    # A report's heads and cells repeat the same few times; a paragraph is asked about again while it is in hand.
    return list(_of_short(text) if len(text) <= _LONGEST_REMEMBERED else _of_long(text))


def opening_time(text: str) -> PeriodMention | None:
    """The time that a text begins with; None where it begins with anything else."""
    found = _of_short(text) if len(text) <= _LONGEST_REMEMBERED else _of_long(text)
    return found[0] if found and found[0].start == 0 else None


@lru_cache(maxsize=4096)
def _of_short(text: str) -> tuple[PeriodMention, ...]:
    return _found(text)


@lru_cache(maxsize=64)
def _of_long(text: str) -> tuple[PeriodMention, ...]:
    return _found(text)


def _found(text: str) -> tuple[PeriodMention, ...]:
    rules = engine()
    if PLAIN_NUMBER.fullmatch(text) is not None or not rules.trigger.search(text.lower()):
        return ()
    tokens = rules.lexer.tokens(text)
    shape = "".join([token.kind for token in tokens])
    return tuple(with_glosses(text, _mentions(rules, text, tokens, shape)))


def whole_time(text: str) -> PeriodMention | None:
    """The time that is all of a text; None for any other text."""
    first = opening_time(text)
    return first if first is not None and first.end == len(text) else None


@lru_cache(maxsize=1024)
def find_whole(text: str) -> PeriodMention | None:
    """The time that a table head which is nothing but the word names ("Latest", "Previous", "Cumulative")."""
    rules = engine()
    tokens = rules.lexer.tokens(text)
    while len(tokens) > 2 and tokens[-2].kind in (Kind.OTHER, Kind.COLON, Kind.COMMA):
        del tokens[-2]
    shape = "".join([token.kind for token in tokens])
    for rule, made in rules.whole:
        if made.expression.fullmatch(shape) and (expression := build(rule, tokens)):
            return PeriodMention(tokens[1].start, tokens[-2].end, text[tokens[1].start : tokens[-2].end], expression)
    return None


def _mentions(rules: Engine, text: str, tokens: Sequence[Token], shape: str) -> list[PeriodMention]:
    found: list[PeriodMention] = []
    place = 0
    floor = 0
    any_of, stop = rules.any_of, len(shape)
    while place < stop:
        # At most places no wording begins, or none that goes on.
        opens = any_of.get(shape[place])
        may = opens is not None and opens.match(shape, place, place + _LONGEST) is not None
        best = _longest(rules, tokens, shape, place) if may else None
        if best is None:
            place += 1
            continue
        rule, expression, end = best
        first, last, expression = _with_neighbours(rules, shape, floor, place, end, expression)
        flags = _flags(rule, expression, tokens, place, end, rules.words)
        begun, ended = tokens[first].start, tokens[last - 1].end
        found.append(PeriodMention(begun, ended, text[begun:ended], expression, flags))
        place = floor = last
    return found


def _longest(
    rules: Engine, tokens: Sequence[Token], shape: str, place: int
) -> tuple[PeriodRule, PeriodExpression, int] | None:
    """The longest wording at a place whose numbers make sense and whose surroundings allow it."""
    options = []
    for order, (rule, made) in enumerate(rules.by_first[shape[place]]):
        if match := made.expression.match(shape, place, place + _LONGEST):
            options.append((-match.end(), order, rule))
    for negative_end, _, rule in sorted(options, key=lambda option: option[:2]):
        end = _trimmed(shape, place, -negative_end)
        if end <= place:
            continue
        expression = build(rule, tokens[place:end])
        if expression is not None and stands(rule, expression, tokens, place, end, rules.words):
            return rule, expression, end
    return None


def _trimmed(shape: str, place: int, end: int) -> int:
    """A wording's end without marks that nothing followed, and with its brackets in pairs."""
    while end > place and shape[end - 1] in (Kind.OPEN, Kind.COMMA, Kind.COLON, Kind.DASH):
        end -= 1
    opened = shape.count(Kind.OPEN, place, end) - shape.count(Kind.CLOSE, place, end)
    if opened > 0 and shape[end] == Kind.CLOSE:
        return end + 1
    if opened < 0 and shape[end - 1] == Kind.CLOSE:
        return end - 1
    return end


def _with_neighbours(
    rules: Engine, shape: str, floor: int, place: int, end: int, expression: PeriodExpression
) -> tuple[int, int, PeriodExpression]:
    """Take in "at the end of" before, and "end" after, a time that has a last day."""
    first = _before(rules.ends_before, shape, floor, place)
    if first < place:
        return first, end, replace(expression, at_end=True)
    first = _before(rules.starts_before, shape, floor, place)
    if first < place:
        return first, end, replace(expression, at_start=True)
    for made in rules.ends_after:
        if (match := made.expression.match(shape, end)) and match.end() > end:
            return place, match.end(), replace(expression, at_end=True)
    return place, end, expression


def _before(patterns: Sequence[Compiled], shape: str, floor: int, place: int) -> int:
    """Where a leading wording that ends right before `place` begins; `place` where there is none."""
    for made in patterns:
        for start in range(max(floor, place - 6), place):
            if shape[start] in made.firsts and made.expression.match(shape[:place], start):
                return start
    return place


def _flags(
    rule: PeriodRule,
    expression: PeriodExpression,
    tokens: Sequence[Token],
    place: int,
    end: int,
    words: PeriodWords,
) -> tuple[str, ...]:
    """The doubts a mention carries: the rule's own (definitions speak of twelve months), damage, a lone short pair."""
    flags = [flag for flag in rule.flags if flag != "maybe_definition" or expression.count in (None, 12)]
    if any(token.repaired for token in tokens[place:end]):
        flags.append("ocr_repaired")
    told = tokens[place - 1].word in words.year_leaders or tokens[end].word in words.year_nouns
    if rule.form == "short_year" and not told:
        flags.append("maybe_range")
    return tuple(flags)
