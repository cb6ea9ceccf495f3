from __future__ import annotations

from functools import cache

import pytest

from tests.extract.spotting.test_indicator_phrasings import catalogue, labels, spotter
from townclerk.extract.spotting.indicators.neighbours import Neighbours
from townclerk.extract.spotting.indicators.tokens import UNKNOWN, Vocabulary
from townclerk.models.mentions import MatchKind
from townclerk.patterns.concepts import load_concepts

NOTHING = (UNKNOWN, UNKNOWN)


@cache
def neighbours() -> tuple[Vocabulary, Neighbours]:
    """Neighbours of two phrases, "foster carer" and "formal carer"."""
    vocabulary = Vocabulary(load_concepts())
    phrases = ("foster carer", "formal meeting", "carer of panel")
    keys = [tuple(vocabulary.learn(phrase.split())) for phrase in phrases]
    made = Neighbours(vocabulary, {"t": "fr", "b": "h", "o": "a", "a": "o"}, ["of"], ["faster"])
    made.learn(keys)
    return vocabulary, made


def test_a_doubtful_word_is_read_only_beside_a_word_that_bears_it_out() -> None:
    vocabulary, made = neighbours()
    carer, meeting = vocabulary.number("carer"), vocabulary.number("meeting")
    assert made.read("toster", NOTHING, (carer, UNKNOWN)) == vocabulary.number("foster")
    assert made.read("toster", NOTHING, (meeting, UNKNOWN)) == UNKNOWN
    assert made.read("toster", NOTHING, NOTHING) == UNKNOWN


def test_two_doubtful_words_bear_each_other_out() -> None:
    vocabulary, made = neighbours()
    assert made.read_two("toster", "corer") == (vocabulary.number("foster"), vocabulary.number("carer"))
    assert made.read_two("toster", "meefing") is None


def test_common_words_bear_out_nothing_but_a_bridge_to_the_word_beyond() -> None:
    vocabulary, made = neighbours()
    of, panel = vocabulary.number("of"), vocabulary.number("panel")
    assert made.read("corer", NOTHING, (of, panel)) == vocabulary.number("carer")
    assert made.read("corer", NOTHING, (vocabulary.number("of"), UNKNOWN)) == UNKNOWN


def test_good_english_is_left_alone() -> None:
    vocabulary, made = neighbours()
    assert made.read("faster", NOTHING, (vocabulary.number("carer"), UNKNOWN)) == UNKNOWN


def test_two_words_that_ran_together_are_parted_where_a_phrase_has_them_so() -> None:
    _, made = neighbours()
    assert made.part("fostercarer", UNKNOWN) == ("foster", "carer")
    assert made.part("formalcarer", UNKNOWN) is None


@pytest.mark.parametrize(
    ("damaged", "indicator_id"),
    [
        ("Placement orders grantod", "placement_orders_count"),
        ("Lookcd after childten reviewed on time", "cla_reviews_timely_pct"),
        ("Care leavers in higher educotion", "care_leavers_he_pct"),
        ("Numberof missing episodes", "missing_episodes_count"),
        ("Earlyhelp assessments started", "eh_assessments_started_count"),
        ("5pecial guardianship ordets made", "sgo_count"),
    ],
)
def test_labels_with_a_misread_letter_in_several_words(damaged: str, indicator_id: str) -> None:
    match = spotter().read_label([damaged], catalogue().indicators[indicator_id].unit)[0]
    assert match.indicator_id == indicator_id


def test_what_was_read_by_its_neighbours_is_trusted_less() -> None:
    sound, damaged = (
        spotter().read_label([text])[0] for text in ("Foster carers recruited", "Fostet carers recruited")
    )
    assert damaged.indicator_id == sound.indicator_id
    assert damaged.kind is not MatchKind.EXACT or damaged.score <= sound.score


@pytest.mark.parametrize(
    "sentence",
    [
        "Children seem to enjoy the library.",
        "Faster placement of orders saved money.",
        "The home was adapted for an adult.",
        "Childcare places were taken up by many parents.",
    ],
)
def test_sentences_of_good_english_words_name_nothing(sentence: str) -> None:
    sure = [m for m in spotter().find(sentence) if m.matches and not m.matches[0].needs_context]
    assert sure == []


def test_most_labels_survive_a_misread_letter() -> None:
    look = {"e": "c", "o": "c", "t": "f", "n": "u", "r": "t", "a": "o", "l": "1", "s": "5", "h": "b"}
    right = tried = 0
    for number, (indicator_id, known) in enumerate(labels().items()):
        label = max(known, key=len)
        places = [place for place, letter in enumerate(label) if letter in look]
        place = places[number % len(places)]
        damaged = label[:place] + look[label[place]] + label[place + 1 :]
        matches = spotter().read_label([damaged], catalogue().indicators[indicator_id].unit)
        tried += 1
        right += bool(matches) and matches[0].indicator_id == indicator_id
    assert right / tried > 0.8
