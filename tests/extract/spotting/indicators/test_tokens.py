"""Phrases are cut into the same words as the texts they are looked for in."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from townclerk.extract.spotting.indicators.tokens import Vocabulary, plain
from townclerk.patterns.concepts import ConceptFile

VOCABULARY = Vocabulary(ConceptFile(compounds=["a level", "a levels"], concepts={}))


@given(st.text(st.sampled_from("a level s 45 %,'-XÉ"), max_size=24))
def test_the_quick_way_cuts_as_the_careful_one_does(text: str) -> None:
    assert VOCABULARY.words(text) == [word for word, _, _ in VOCABULARY.split(plain(text))]


@pytest.mark.parametrize(
    ("phrase", "words"),
    [
        ("average a level points", ["average", "a level", "points"]),
        ("care leavers", ["care", "leavers"]),
        ("Children's homes, 2 +", ["children's", "homes", ",", "2", "+"]),
    ],
)
def test_compounds_and_signs_are_words(phrase: str, words: list[str]) -> None:
    assert VOCABULARY.words(phrase) == words
