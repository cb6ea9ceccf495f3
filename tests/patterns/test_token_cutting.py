"""Token patterns see the words that spaCy's English tokenizer cuts, contractions apart."""

from __future__ import annotations

import pytest
import spacy

from townclerk.patterns.token_cutting import english_tokens


@pytest.mark.parametrize(
    "text",
    [
        "Of 412 re-referrals (18.4%), 71 came within 12 months.",
        "In Sept. 2019/20, e.g. at St. Bede's, 1,204 children were seen; £3.2m was spent.",
        "Rate/10,000: 54.1 – up from 49.7.",
    ],
)
def test_words_are_cut_as_spacy_cuts_them(text: str) -> None:
    assert [token.text for token in english_tokens()(text)] == [token.text for token in spacy.blank("en")(text)]


def test_a_contraction_is_one_word() -> None:
    assert [token.text for token in english_tokens()("Plans don't end.")] == ["Plans", "don't", "end", "."]
