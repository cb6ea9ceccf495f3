"""The knowledge file of the text reader: checked when loaded, and at one with itself."""

import pytest

from townclerk.extract.reading.text.dashboard import tile_phrases
from townclerk.extract.reading.text.knowledge import ReadingFile, knowledge
from townclerk.models.errors import PatternError
from townclerk.patterns.yaml_files import parse_yaml, shipped


def test_all_faults_of_the_file_are_told_with_their_lines() -> None:
    sound = shipped("reading.yaml").read_text(encoding="utf-8")
    broken = sound.replace("\nbullets: ", "\nbullet_list: ", 1)
    with pytest.raises(PatternError) as caught:
        parse_yaml(f"{broken}\nmore: 1\n", "reading.yaml", ReadingFile)
    faults = " | ".join(caught.value.faults)
    assert len(caught.value.faults) == 3
    assert "bullets: Field required" in faults
    assert f"reading.yaml:{broken.count(chr(10)) + 2}: more" in faults


def test_an_expression_that_does_not_compile_is_a_fault() -> None:
    sound = shipped("reading.yaml").read_text(encoding="utf-8")
    with pytest.raises(PatternError, match="no regular expression"):
        parse_yaml(sound.replace("furniture:\n", "furniture:\n  - '(('\n", 1), "reading.yaml", ReadingFile)


@pytest.mark.parametrize(
    ("said", "meaning"),
    [
        ("Target", "target"),
        ("Variance", "variance"),
        ("Difference to target", "variance"),
        ("Previous moath", "previous"),
        ("Last quarter 4", "previous"),
        ("Change in performanc", "change"),
        ("Smaller is better", "polarity"),
        ("Good to be high", "polarity"),
        ("Aim to minimise", "polarity"),
        ("Direction of Travel", "travel"),
        ("YTD", "year_to_date"),
        ("RAG rating", "status"),
        ("Actual 4", "actual"),
        ("This month 4", "actual"),
        ("Current rate vs", "benchmark"),
        ("Service standard 95", "target"),
        ("the standard: 95", "target"),
        ("the threshold 5", "aside"),
        ("the limit < 5", "aside"),
        ("12 months ago", "year_ago"),
        ("405\nlast month 398", "previous"),
    ],
)
def test_every_tile_phrase_is_found(said: str, meaning: str) -> None:
    assert [match.lastgroup for match in tile_phrases(said, knowledge())] == [meaning]
