"""Token patterns name measures whose words stand apart, and are tried only where their anchor word stands."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy

from townclerk.extract.spotting.indicators import IndicatorSpotter, token_patterns
from townclerk.extract.spotting.indicators.token_patterns import PatternHit, TokenPatterns
from townclerk.models.mentions import MatchKind
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.packs import TokenPattern

OWN_PACK = """
indicators:
  - id: harbour_walks_count
    name: Harbour walks led by young people
    unit: count
    patterns:
      - anchor: harbour
        tokens:
          - {LOWER: led}
          - {LOWER: {NOT_IN: [., ;]}, OP: '{0,4}'}
          - {LOWER: harbour}
          - {LOWER: {IN: [walk, walks]}}
"""


@pytest.fixture(scope="module")
def spotter() -> IndicatorSpotter:
    return IndicatorSpotter(load_catalogue())


@pytest.mark.parametrize(
    ("sentence", "indicator_id", "words"),
    [
        (
            "Of the 31 plans that closed in May, 4 had run for 2 years or longer.",
            "cpp_ceased_2yrs_pct",
            "plans that closed in May, 4 had run for 2 years or longer",
        ),
        (
            "Since April 23 children have lived in three or more homes.",
            "cla_3plus_placements_pct",
            "three or more homes",
        ),
        (
            "52 of the 61 assessments finished in June took no longer than 45 working days.",
            "assessments_45_days_pct",
            "assessments finished in June took no longer than 45 working days",
        ),
        (
            "Of 190 children looked after all year, 171 had seen a dentist.",
            "cla_dental_pct",
            "children looked after all year, 171 had seen a dentist",
        ),
        (
            "9 of the 14 children back from a missing episode had an interview inside 72 hours.",
            "rhi_72h_pct",
            "missing episode had an interview inside 72 hours",
        ),
        (
            "Of 402 referrals received, 71 concerned children known to us within the previous twelve months.",
            "rereferrals_pct",
            "referrals received, 71 concerned children known to us within the previous twelve months",
        ),
    ],
)
def test_a_shipped_pattern_reads_words_that_figures_and_dates_part(
    spotter: IndicatorSpotter, sentence: str, indicator_id: str, words: str
) -> None:
    found = {sentence[m.start : m.end]: m.matches[0] for m in spotter.find(sentence) if m.matches}
    assert found[words].indicator_id == indicator_id
    assert found[words].kind is MatchKind.PATTERN
    assert not found[words].needs_context


def test_a_pattern_stops_at_the_end_of_a_sentence(spotter: IndicatorSpotter) -> None:
    found = spotter.find("Six plans ended in June. Two years or more is a long time.")
    assert [mention.matches[0].indicator_id for mention in found] == ["cpp_ceased_count"]


def test_a_doc_at_hand_is_used_as_it_is(spotter: IndicatorSpotter) -> None:
    sentence = "Of the 31 plans that closed in May, 4 had run for two years or more."
    assert spotter.find(sentence, spacy.blank("en")(sentence)) == spotter.find(sentence)


def test_the_component_runs_a_users_pattern(tmp_path: Path) -> None:
    pack = tmp_path / "harbour.yaml"
    pack.write_text(OWN_PACK, encoding="utf-8")
    nlp = spacy.blank("en")
    nlp.add_pipe("townclerk_indicators", config={"packs": [str(pack)]})
    doc = nlp("In May the council led 14 long harbour walks.")
    (span,) = doc.spans["townclerk_indicators"]
    assert (span.label_, span.text) == ("harbour_walks_count", "led 14 long harbour walks")
    assert doc._.townclerk.indicators[0].matches[0].phrase == "pattern on 'harbour'"


def test_no_doc_is_made_where_no_anchor_stands(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = TokenPatterns()
    patterns.add(TokenPattern(anchor="plans", tokens=[{"LOWER": "plans"}]), 7)

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("spaCy was asked for tokens")

    monkeypatch.setattr(token_patterns, "english_tokens", refuse)
    assert patterns.find("A plan was drawn up.") == []


def test_an_anchor_inside_another_word_is_no_anchor() -> None:
    patterns = TokenPatterns()
    patterns.add(TokenPattern(anchor="plan", tokens=[{"LOWER": {"REGEX": "^plan"}}]), 7)
    assert patterns.find("All planning ended.") == []
    assert patterns.find("The Plan ended.") == [PatternHit(7, 4, 8)]


def test_no_doc_is_made_where_a_word_lacks_that_no_pattern_can_do_without(monkeypatch: pytest.MonkeyPatch) -> None:
    patterns = TokenPatterns()
    tokens: list[dict[str, object]] = [
        {"LOWER": "plans"},
        {"LOWER": {"NOT_IN": ["."]}, "OP": "{0,3}"},
        {"LOWER": {"IN": ["closed", "ended"]}},
        {"LOWER": "early", "OP": "?"},
    ]
    patterns.add(TokenPattern(anchor="plans", tokens=tokens), 7)
    assert patterns.find("Plans that ENDED") == [PatternHit(7, 0, 16)]
    assert patterns.find("the plans ended early") == [PatternHit(7, 4, 21)]

    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("spaCy was asked for tokens")

    monkeypatch.setattr(token_patterns, "english_tokens", refuse)
    assert patterns.find("The plans were drawn up early.") == []
