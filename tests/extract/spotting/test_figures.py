"""Figures in running text, by annotated sentences."""

from __future__ import annotations

import pytest

from tests.extract.spotting.annotated import check, read_sentence
from tests.extract.spotting.figure_sentences import THEMES
from townclerk.extract.spotting.figures import find_figures

CASES = [(theme, sentence) for theme, sentences in THEMES.items() for sentence in sentences]


@pytest.mark.parametrize(("theme", "sentence"), CASES, ids=[f"{theme}: {text[:60]}" for theme, text in CASES])
def test_the_annotated_figures_are_found_and_no_others(theme: str, sentence: str) -> None:
    plain, _ = read_sentence(sentence)
    check(sentence, find_figures(plain))
