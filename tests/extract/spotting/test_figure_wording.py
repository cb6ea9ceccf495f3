"""The figure words are data that can be wrong; they are checked before they are used."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from tests.extract.spotting import figure_sentences
from townclerk.extract.spotting.figures.shields import Shield, shielded
from townclerk.extract.spotting.figures.wording import FigureWords, alternation, expand, load_wording
from townclerk.models.errors import PatternError
from townclerk.patterns.phrases import lower_as_long
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
    found = re.compile(alternation(["over", "just over", "just"])).findall("just  over, over and just")
    assert found == ["just  over", "over", "just"]


def test_a_misspelt_unit_is_reported_with_its_line() -> None:
    text = shipped("figures.yaml").read_text(encoding="utf-8").replace("unit: per_10000\n", "unit: per_1000O\n")
    line = text[: text.index("per_1000O")].count("\n") + 1
    with pytest.raises(PatternError, match=rf"figures\.yaml:{line}: units\.\d\.unit"):
        parse_yaml(text, "figures.yaml", FigureWords)


def test_every_shield_compiles_and_none_matches_nothing() -> None:
    assert shielded(load_wording().shields, "") == ([], [])
    assert shielded(load_wording().shields, "plain words only") == ([], [])


def test_the_first_of_two_shields_at_one_place_counts_and_none_overlaps_another() -> None:
    shields = [Shield(re.compile("b+")), Shield(re.compile("bbc")), Shield(re.compile("ab"), needs=("ab",))]
    assert shielded(shields, "abbc bbc") == ([0, 2, 5], [2, 3, 7])


def _printed() -> Iterator[str]:
    """Every sentence of the figure tests."""
    for name in dir(figure_sentences):
        if name.isupper():
            yield from (one if isinstance(one, str) else one[0] for one in getattr(figure_sentences, name))


def test_what_a_shield_needs_and_where_it_opens_only_spare_time() -> None:
    shields = load_wording().shields
    found = 0
    for text in _printed():
        for shield in shields:
            for match in shield.expression.finditer(text):
                found += 1
                openings = shield.openings(text, lower_as_long(text))
                assert shield.opens is None or match.start() in openings, (shield, text)
                assert not shield.needs or any(need in text.lower() for need in shield.needs), (shield, text)
    assert found > 50
