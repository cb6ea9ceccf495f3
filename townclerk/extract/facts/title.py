"""The report's title, and the committee it goes to."""

from __future__ import annotations

import re

from townclerk.extract.facts.front import LABELLED_LINE, Front, span_of
from townclerk.extract.facts.words import FactWords
from townclerk.extract.spotting.periods import find_periods, is_complete
from townclerk.models.document import BlockKind, Fact
from townclerk.models.passage import Passage
from townclerk.models.units import Basis
from townclerk.patterns.table_words import table_words

_TRIM = re.compile(r"[\s,–—-]*(?:\d{1,2}(?:st|nd|rd|th)?\s+\w+\s+\d{4})?[\s.,;:–—-]*$")
_MOST_WORDS = 45
_OPENING_BLOCKS = 15
# No line behind these is a title unless it is a heading.
_LAST_LINE = 8
_TIMED_WORDS = 14
_FEWEST_HEADS, _MOSTLY = 4, 0.6


def read_title(front: Front, words: FactWords) -> Fact[str]:
    """The title: a labelled one, else the front heading that reads most like one (the first, where several do)."""
    for passage in front.labels["title"]:
        if len(passage.text.split()) > 1:
            return Fact(passage.text, Basis.STATED, passage.text, span_of(passage))
    best: tuple[float, Passage] | None = None
    for place, block in enumerate(front.front):
        is_heading = block.kind is BlockKind.HEADING
        if not is_heading and (block.kind is not BlockKind.PARAGRAPH or block.marker or place > _LAST_LINE):
            continue
        passage = _undated(block.passage, words)
        text = passage.text
        fewest = 1 if is_heading and words.title_words.search(text) else 2
        if not fewest <= len(text.split()) <= _MOST_WORDS or (not is_heading and text.endswith((".", ":"))):
            continue
        if _is_labelled(text, words) or _heads_columns(text):
            continue
        score = _title_score(text, place, words) + (2 if is_heading else 0)
        if best is None or score > best[0]:
            best = (score, passage)
    if best is None or best[0] <= 0:
        return Fact()
    return Fact(best[1].text, Basis.STATED, best[1].text, span_of(best[1]))


def _undated(passage: Passage, words: FactWords) -> Passage:
    """A title without the dates of inspection or publication that were printed below it."""
    dated = words.date_lines.search(passage.text)
    if dated is None or dated.start() == 0:
        return passage
    return passage.slice(0, len(passage.text[: dated.start()].rstrip(" -–—|")))


def _title_score(text: str, place: int, words: FactWords) -> float:
    """How much a front line reads like the report's title; earlier lines win among equals."""
    score = 2.0 - place * 0.25
    if len(text.split()) == 1:
        # "Performance" heads a part of many a report.
        score -= 2
    if words.title_words.search(text):
        score += 3
    if _names_its_time(text):
        score += -3.0 if _only_tells_time(text) else 1.5
    if words.author_words.search(text):
        score -= 4
    if words.date_lines.search(text) or words.council.fullmatch(text):
        score -= 3
    if words.committee.search(text) and not words.title_words.search(text):
        score -= 3
    return score


def _is_labelled(text: str, words: FactWords) -> bool:
    """True for a line that gives another fact behind its label ("Report to: ...")."""
    labelled = LABELLED_LINE.fullmatch(text)
    if labelled is None:
        return False
    return any(key != "title" and pattern.fullmatch(labelled["label"]) for key, pattern in words.labels.items())


def _heads_columns(text: str) -> bool:
    """True for a line of heads of columns ("Code Description Target Actual RAG"): a table's, no report's."""
    found = table_words().columns.find(text)
    spans = {(start, end) for _, start, end in found}
    covered = {place for start, end in spans for place in range(start, end)}
    return len(spans) >= _FEWEST_HEADS and len(covered) >= _MOSTLY * len(text)


def _names_its_time(text: str) -> bool:
    """True where a line says of which quarter, month or year it is, and not only a day."""
    if len(text.split()) > _TIMED_WORDS:
        return False
    return any(m.expression.form != "date" and is_complete(m.expression) for m in find_periods(text))


def _only_tells_time(text: str) -> bool:
    """True for a line that is a month or year and nothing else: a title page's date of issue."""
    found = find_periods(text)
    rest = text[: found[0].start] + text[found[0].end :] if len(found) == 1 else text
    return not any(char.isalnum() for char in rest)


def read_committee(front: Front, words: FactWords) -> Fact[str]:
    """The committee: a labelled one, else a front line that is one's name, else one named in the first prose."""
    for passage in front.labels["committee"]:
        match = words.committee.search(passage.text) or words.committee_alone.fullmatch(passage.text)
        if match and not words.not_committee.search(passage.text):
            return _committee(passage, match)
    lines = [
        block
        for block in front.front
        if block.kind in (BlockKind.HEADING, BlockKind.FURNITURE) or _is_short(block.passage)
    ]
    for block in lines:
        text = block.passage.text
        match = words.committee.match(text) or words.committee_alone.fullmatch(text)
        if match and not words.not_committee.search(text) and not _TRIM.sub("", text[match.end() :]):
            return _committee(block.passage, match)
    return _addressed_committee(front, words)


def _addressed_committee(front: Front, words: FactWords) -> Fact[str]:
    """A committee that the first paragraphs speak to ("to update the ... Committee")."""
    for block in front.front[:_OPENING_BLOCKS]:
        text = block.passage.text
        for match in words.committee.finditer(text):
            named = match[0].removeprefix("The ").removeprefix("the ")
            to_it = match[0] != named or words.addressed.search(text[max(0, match.start() - 40) : match.start()])
            if to_it and "," not in named and _reads_as_name(named) and not words.not_committee.search(match[0]):
                return _committee(block.passage, match)
    return Fact()


def _is_short(passage: Passage) -> bool:
    """True for a line of a few words that is no sentence."""
    return len(passage.text.split()) <= 14 and not passage.text.endswith(".")


def _reads_as_name(text: str) -> bool:
    """True where a name in running text has two words, begins with a capital and has two capitals at least."""
    return len(text.split()) >= 2 and text[0].isupper() and sum(word[0].isupper() for word in text.split()) >= 2


def _committee(passage: Passage, match: re.Match[str]) -> Fact[str]:
    """The fact, without an article before the name."""
    start = match.start()
    for article in ("The ", "the "):
        if match[0].startswith(article):
            start += len(article)
    name = passage.text[start : match.end()].strip()
    return Fact(name, Basis.STATED, name, span_of(passage, start, match.end()))
