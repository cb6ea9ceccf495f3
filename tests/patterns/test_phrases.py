"""Lists of phrases as one expression."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from townclerk.patterns.phrases import PhraseSet, any_phrase, lower_as_long


def _found(phrases: list[str], text: str) -> list[str]:
    lowered = lower_as_long(text)
    return [text[match.start() : match.end()] for match in any_phrase(phrases).finditer(lowered)]


def test_the_longest_phrase_at_a_place_is_found() -> None:
    assert _found(["down", "down from", "up"], "It went Down  from 12, then up.") == ["Down  from", "up"]


def test_a_star_stands_for_any_ending_and_its_absence_for_none() -> None:
    assert _found(["improv*", "fall"], "improving after a fall, falling no more") == ["improving", "fall"]


def test_a_phrase_of_signs_needs_no_word_end() -> None:
    assert _found([">=", "vs."], "9>=8 vs.7") == [">=", "vs."]


def test_no_phrases_are_found_nowhere() -> None:
    assert _found([], "anything") == []


def test_lower_case_keeps_places_even_where_a_letter_grows() -> None:
    assert lower_as_long("İSTANBUL Up") == "İstanbul up"


_WORDS = st.lists(st.sampled_from(["a", "ab", "abc", "b", "ba", "c-a", "="]), min_size=1, max_size=3).map(" ".join)


@given(st.lists(_WORDS, min_size=1, max_size=6), st.lists(st.sampled_from("ab c=-"), max_size=30).map("".join))
def test_it_finds_what_a_plain_list_of_branches_finds(phrases: list[str], text: str) -> None:
    def branch(phrase: str) -> str:
        body = r"\s+".join(map(re.escape, phrase.split()))
        before = r"(?<!\w)" if phrase[0].isalnum() else ""
        return before + body + (r"(?!\w)" if phrase[-1].isalnum() else "")

    plain = re.compile("|".join(branch(phrase) for phrase in sorted(phrases, key=len, reverse=True)))
    spans = [match.span() for match in any_phrase(phrases).finditer(text)]
    assert spans == [match.span() for match in plain.finditer(text)]


def test_a_phrase_set_finds_phrases_inside_one_another() -> None:
    text = "Rate of  change"
    found = PhraseSet(["rate of change", "change", "rate"]).find(text)
    assert [(place, text[start:end]) for place, start, end in found] == [(0, text), (1, "change"), (2, "Rate")]


def test_a_phrase_set_finds_whole_words_but_lets_a_word_be_glued_to_a_number() -> None:
    found = PhraseSet(["per 10,000", "end"]).find("Ending per 10,000Target, per 10,0005")
    assert found == [(0, 7, 17)]


@given(st.lists(_WORDS, min_size=1, max_size=6), st.lists(st.sampled_from("ab c=-  "), max_size=30).map("".join))
def test_a_phrase_set_finds_what_each_phrase_by_itself_finds(phrases: list[str], text: str) -> None:
    expected = []
    for place, phrase in enumerate(phrases):
        body = r"\s+".join(map(re.escape, phrase.split()))
        before = r"(?<!\w)" if phrase[0].isalnum() else ""
        after = r"(?!\w)" if phrase[-1].isalnum() else ""
        overlapping = re.compile(f"(?=({before}{body}{after}))")
        expected += [(place, *match.span(1)) for match in overlapping.finditer(text)]
    assert PhraseSet(phrases).find(text) == sorted(expected)
