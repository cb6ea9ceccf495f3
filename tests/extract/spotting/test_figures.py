"""Figures in running text, by annotated sentences."""

from __future__ import annotations

import pytest

from tests.extract.spotting.annotated import check, read_sentence
from tests.extract.spotting.figure_sentences import THEMES
from townclerk.extract.spotting.figures import figures_of, find_figures

CASES = [(theme, sentence) for theme, sentences in THEMES.items() for sentence in sentences]


@pytest.mark.parametrize(("theme", "sentence"), CASES, ids=[f"{theme}: {text[:60]}" for theme, text in CASES])
def test_the_annotated_figures_are_found_and_no_others(theme: str, sentence: str) -> None:
    plain, _ = read_sentence(sentence)
    check(sentence, find_figures(plain))


def test_what_one_asker_does_to_a_figure_is_not_seen_by_the_next() -> None:
    text = "Of these, 61 were closed within 45 days."
    (first, *_) = find_figures(text)
    first.value, first.flags = 0.0, ("touched",)
    assert find_figures(text)[0].value == figures_of(text)[0].value == 61
    assert not find_figures(text)[0].flags
