"""The figure words are data that can be wrong; they are checked before they are used."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.figures.wording import FigureWords, alternation, expand, load_wording
from townclerk.models.errors import PatternError
from townclerk.patterns.yaml_files import parse_yaml, shipped


def test_macros_are_put_in_inside_macros_too() -> None:
    assert expand("{A}{2}", {"A": "x{B}", "B": "y"}) == "xy{2}"


def test_an_unknown_macro_is_named() -> None:
    with pytest.raises(ValueError, match=r"unknown macro \{C\}; known are A"):
        expand("{C}", {"A": "x"})


def test_macros_that_contain_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="contain each other"):
        expand("{A}", {"A": "{B}", "B": "{A}"})


def test_an_alternation_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="at least one"):
        alternation([])


def test_the_longest_phrase_comes_first_and_blanks_are_any_white_space() -> None:
    assert alternation(["over", "just over"]) == r"just\s+over|over"


def test_a_misspelt_unit_is_reported_with_its_line() -> None:
    text = shipped("figures.yaml").read_text(encoding="utf-8").replace("unit: per_10000\n", "unit: per_1000O\n")
    line = text[: text.index("per_1000O")].count("\n") + 1
    with pytest.raises(PatternError, match=rf"figures\.yaml:{line}: units\.\d\.unit"):
        parse_yaml(text, "figures.yaml", FigureWords)


def test_every_shield_compiles_and_none_matches_nothing() -> None:
    assert load_wording().shield.search("") is None
    assert load_wording().shield.search("plain words only") is None
