"""The little language of the rules, and the rules file itself."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.periods.grammar import Kind, Vocabulary, compile_pattern
from townclerk.extract.spotting.periods.readings import READINGS
from townclerk.extract.spotting.periods.spot import engine

MADE_ELSEWHERE = {
    "closing_year",
    "first_quarters",
    "date_range",
    "first_half",
    "term",
    "quarter_range",
    "year_month",
    "date_last_year",
}


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


def test_every_rule_of_the_file_has_a_reading() -> None:
    forms = {rule.form for rule in engine().words.rules}
    assert forms <= set(READINGS) | MADE_ELSEWHERE
