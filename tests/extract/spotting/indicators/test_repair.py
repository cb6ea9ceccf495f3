"""Damaged words are brought back only where one known word can be meant."""

from __future__ import annotations

import pytest

from townclerk.extract.spotting.indicators.repair import Repairer

REPAIRER = Repairer(["assessment", "excluded", "timescale"], {})


@pytest.mark.parametrize("word", ["assessmeht", "assesment", "asessment"])
def test_one_wrong_letter_is_read_through(word: str) -> None:
    assert REPAIRER.repair(word) == "assessment"


@pytest.mark.parametrize("word", ["excludes", "assessments", "timescaled", "reassessment", "harbourside"])
def test_another_form_of_a_word_is_no_damage(word: str) -> None:
    assert REPAIRER.repair(word) is None
