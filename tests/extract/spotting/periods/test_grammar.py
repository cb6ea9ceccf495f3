"""The little language of the rules, and the rules file itself."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.periods.grammar import Kind, Vocabulary, compile_pattern
from townclerk.extract.spotting.periods.spot import compile_rules
from townclerk.models.errors import PatternError
from townclerk.patterns.period_words import PeriodRule, load_period_words


def matches(pattern: str, words: str) -> bool:
    vocabulary = Vocabulary()
    made = compile_pattern(pattern, {"END": "( end | close )"}, vocabulary)
    shape = "".join(
        vocabulary.literals.get(word, Kind.NUMBER if word.isdigit() else Kind.WORD) for word in words.split()
    )
    return made.expression.fullmatch(shape) is not None


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("last quarter", "last quarter"),
        ("( last | previous ) quarter", "previous quarter"),
        ("the? last quarter", "last quarter"),
        ("{END} of <n> quarters", "close of 4 quarters"),
        ("( of | the )* year", "of the of year"),
        ("last &( quarter ) quarter", "last quarter"),
    ],
)
def test_a_pattern_matches_its_wording(pattern: str, words: str) -> None:
    assert matches(pattern, words)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [("last quarter", "quarter last"), ("last !( quarter ) quarter", "last quarter"), ("a ~( a ) last", "a last")],
)
def test_a_pattern_does_not_match_another(pattern: str, words: str) -> None:
    assert not matches(pattern, words)


def test_what_a_pattern_can_begin_with_is_known() -> None:
    vocabulary = Vocabulary()
    made = compile_pattern("the? ( last | <n> ) quarter", {}, vocabulary)
    assert made.firsts == {vocabulary.literals["the"], vocabulary.literals["last"], str(Kind.NUMBER)}


@pytest.mark.parametrize(
    ("pattern", "told"),
    [
        ("( last", "not closed"),
        ("last )", "closing bracket too many"),
        ("<nonsense>", "no such class"),
        ("{NONE} year", "no such macro"),
        ("three months", "belongs to a class"),
        ("last ! quarter", "needs a bracket"),
        ("| * x", "stands where a word should"),
        ("last % year", "cannot read"),
    ],
)
def test_a_faulty_pattern_says_why(pattern: str, told: str) -> None:
    with pytest.raises(ValueError, match=told):
        compile_pattern(pattern, {}, Vocabulary(frozenset({"three"})))


def test_faulty_rules_are_told_all_at_once() -> None:
    words = load_period_words()
    faulty = [PeriodRule(form="someday", pattern="<month>"), PeriodRule(form="month", pattern="( last")]

    with pytest.raises(PatternError) as fault:
        compile_rules(words.model_copy(update={"rules": faulty}))

    assert [line.partition(": ")[2] for line in fault.value.faults] == [
        "no such form 'someday'; use one that another rule has",
        "'( last': a bracket is not closed",
    ]
    assert all(line.startswith("periods.yaml:") for line in fault.value.faults)
