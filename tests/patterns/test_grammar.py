"""The grammar of phrasings."""

from __future__ import annotations

import pytest

from townclerk.patterns.grammar import spell_out


def test_groups_are_alternatives_and_brackets_may_be_missing() -> None:
    assert spell_out("(held|done) [fully] on time") == [
        "held fully on time",
        "held on time",
        "done fully on time",
        "done on time",
    ]


def test_a_plain_phrase_is_its_own_spelling() -> None:
    assert spell_out("children  looked after") == ["children looked after"]


def test_too_many_spellings_are_refused() -> None:
    with pytest.raises(ValueError, match="10000 spellings"):
        spell_out(" ".join(["(a|b|c|d|e|f|g|h|i|j)"] * 4))
