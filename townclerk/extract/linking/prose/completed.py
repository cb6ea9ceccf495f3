"""A sentence's words and those above it read together, where neither names the measure alone."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.prose.carried import said_before
from townclerk.extract.linking.prose.naming import narrowed, of_group_beside
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.reading import Reading, read_phrase
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.prose.told import Setting
from townclerk.extract.linking.sentences import sentences
from townclerk.models.candidate import Feature
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureMention, IndicatorMatch, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words
from townclerk.patterns.table_words import table_words
from townclerk.patterns.topics import groups_named, topic_words

# More words than these are no name of a measure.
_LONGEST_OWN = 14
# Words behind a share, "and" among them, that can name a measure.
_FEWEST_OWN = 2
# Cues behind which a sentence has left the words of its figure for a comparison.
_COMPARING = frozenset({"target", "gap_to", "from", "up", "down", "same", "better", "worse"})
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+")
_LONGEST_TITLE = 6
_OF_THESE = re.compile(r"\s+of\s+(?:these|those|them)\b", re.IGNORECASE)
_NEVER = 1e9
# A subject and "in time" name a measure at least so well, or not at all.
_SURE = 0.8
# What parts a second statement from the figure's own.
_WITH = re.compile(r"[,)]\s+(?:with|while|whilst)\s+", re.IGNORECASE)
# A determiner, a word and the noun that it may tell apart from others.
_KIND = re.compile(r"\b(?:of|the|our|all|their|an?)\s+(?P<kind>[a-z]{5,})\s+(?P<what>[a-z]{4,})")


def completed(playing: Playing, here: Setting) -> list[Reading]:
    """Readings of the sentence's words together with those above: "Placement stability" over "three or more: 9.4%"."""
    sentence, scene, knowledge = here.sentence, here.scene, here.knowledge
    own = role_words().no_measure.sub(" ", role_words().holds.sub(" ", _own_words(sentence, playing.figure)))
    if not 1 <= len(own.split()) <= _LONGEST_OWN or "£" in sentence.between(sentence.start, sentence.end):
        return []
    whole = len(_without_mentions(sentence, sentence.start, sentence.end).split()) <= _LONGEST_OWN
    best: tuple[float, list[IndicatorMatch], Feature] | None = None
    statement = _statement_start(sentence, playing.figure)
    for label, known, feature in _contexts(statement, here, whole, _is_of_another_kind(own, knowledge)):
        matches = knowledge.spotter.read_label([*label, own], playing.figure.unit)
        if matches:
            # What the words above name alone completes nothing: the sentence must add words of the measure, and
            # the number of a group or subject spoken of is no news.
            alone = {m.indicator_id: m.score for m in knowledge.spotter.read_label(label, playing.figure.unit)}
            matches = [m for m in matches if m.score > (_NEVER if known else 0.0) + alone.get(m.indicator_id, -_NEVER)]
        if matches and (best is None or matches[0].score + feature.amount > best[0]):
            best = matches[0].score + feature.amount, matches, feature
    if best is None:
        return []
    mention = narrowed(IndicatorMention(sentence.start, sentence.end, tuple(best[1])), sentence, scene, knowledge)
    mention = of_group_beside(mention, playing.figure, sentence) if mention is not None else None
    if mention is None:
        return []
    return read_phrase(playing.figure, mention, sentence.where, [best[2]], knowledge.catalogue)


def in_time(playing: Playing, here: Setting) -> list[Reading]:
    """Readings of a share so much of which was in time, by the subject named last: "95% of them were on time".

    What was named alone ("2,316 reviews were held") is no share; with the share's own words it is one of those in time.
    """
    figure, sentence, knowledge = playing.figure, here.sentence, here.knowledge
    said = phrasing().in_time.match(sentence.text, figure.end, sentence.end) if figure.unit is Unit.PERCENT else None
    if said is None:
        return []
    held = [m for m in sentence.mentions.indicators if m.start < said.end() and figure.end < m.end]
    if held and not (held[0].start >= figure.end and _OF_THESE.match(said[0])):
        return []
    before = [(sentence.where, m) for m in sentence.mentions.indicators if m.end <= figure.start]
    if before and ";" not in sentence.between(before[-1][1].end, figure.start):
        return []
    for where, mention in reversed((before or said_before(sentence, here.scene))[-1:]):
        label = where.label(mention)
        if phrasing().in_time.match(label) is not None:
            continue
        matches = knowledge.spotter.read_label([label, said[0]], figure.unit)
        matches = [m for m in matches if m.score >= _SURE and is_of_timeliness(m.indicator_id, knowledge.catalogue)]
        if matches:
            feature = Feature("completed", -0.3, f"“{said[0].strip()}” is said of “{label}”, named before")
            named = IndicatorMention(figure.end, said.end(), tuple(matches))
            return read_phrase(figure, named, sentence.where, [feature], knowledge.catalogue)
    return []


def is_of_timeliness(indicator_id: str, catalogue: Catalogue) -> bool:
    """True for a measure of what was in time."""
    return _tells_in_time(catalogue.indicators[indicator_id].name)


@lru_cache(maxsize=1024)
def _tells_in_time(name: str) -> bool:
    return phrasing().in_time.search(name) is not None and " not " not in name


def _contexts(statement: int, here: Setting, whole: bool, another: bool) -> Iterator[tuple[list[str], bool, Feature]]:
    """What may complete the words of a statement, which begins at a place of its sentence, the nearest first.

    The headings, the sentence before, the section.

    Each comes with whether it is a subject spoken of before, whose own number would be no news.

    A section completes only what is `whole`, a line or short sentence: a long one has a subject of its own. What is of
    `another` kind is no subject's that was named before.
    """
    sentence, scene = here.sentence, here.scene
    above = [held for held in scene.above() if held.block.level != 1 or len(scene.headings) == 1]
    said = "heading and sentence together name the measure"
    if above:
        yield [held.text for held in reversed(above[:2])], False, Feature("completed", -0.3, said)
    before = sentence.before()
    if before:
        # "4. Initial conferences. 93% were on time": the paragraph's own title.
        title = _NUMBER.sub("", sentence.text[before[0][0] : before[0][1]]).strip(" .:")
        if 1 <= len(title.split()) <= _LONGEST_TITLE and not has_digit(title):
            yield (
                [title],
                False,
                Feature("completed", -0.3, f"“{title}” opens the paragraph and completes the measure's name"),
            )
    # A statement strung behind a semicolon goes on about the people of the one before it.
    own = next((span[0] for span in sentences(sentence.text) if span[0] <= sentence.start < span[1]), sentence.start)
    before = [*before, (own, statement)] if own < statement else before
    for start, end in reversed(before[-2:]):
        told = sentence.text[start:end]
        ages = [found[0] for found in phrasing().young_adults.finditer(told)]
        for group in (*ages, *(name for name in groups_named(told) if name in phrasing().lasting_groups)):
            yield (
                [group],
                group in topic_words().groups,
                Feature("completed", -0.4, f"“{group}” in the sentence before completes the measure's name"),
            )
    for where, mention in () if another else reversed(said_before(sentence, scene)[-2:]):
        label = where.label(mention)
        yield [label], True, Feature("completed", -0.5, f"“{label}” named before completes the measure's name")
    for group in scene.section if whole else ():
        yield [group], True, Feature("completed", -0.5, f"the section on {group} completes the measure's name")


def _is_of_another_kind(own: str, knowledge: Knowledge) -> bool:
    """True where a word that no measure is named with says which ones are meant: "the share of kestrel reviews"."""
    for found in _KIND.finditer(own.lower()):
        kind, what = found["kind"], found["what"]
        known = kind in knowledge.field_words or kind in table_words().vocabulary
        if not known and not kind.endswith("ly") and what in knowledge.field_words:
            return True
    return False


def _statement_start(sentence: Sentence, figure: FigureMention) -> int:
    """Where the statement of a figure begins: behind the last semicolon before it, or with its sentence."""
    return sentence.text.rfind(";", sentence.start, figure.start) + 1 or sentence.start


def _own_words(sentence: Sentence, figure: FigureMention) -> str:
    """A sentence without its figures, times and places; of a long one the words that belong to the figure."""
    start = _statement_start(sentence, figure)
    end = sentence.text.find(";", figure.end, sentence.end)
    end = end if end > 0 else sentence.end
    for parted in _WITH.finditer(sentence.text, start, end):
        # "Suitable accommodation stands at 91%, with nine young people in custody" says two things.
        if parted.start() >= figure.end:
            end = parted.start()
            break
        start = parted.end() if parted.end() <= figure.start else start
    if (cause := phrasing().cause.search(sentence.text, figure.end, end)) is not None:
        end = cause.start()
    whole = _without_mentions(sentence, start, end)
    figures = sentence.mentions.figures
    if len(whole.split()) <= _LONGEST_OWN and not _each_leads(figures, sentence):
        return whole
    compared = [cue.start for cue in sentence.mentions.cues if cue.cue in _COMPARING and cue.start > figure.end]
    end = min([*compared, *(other.start for other in figures if other.start > figure.start), end])
    start = max([*(other.end for other in figures if other.end <= figure.start), start])
    behind = _without_mentions(sentence, figure.end, end)
    if behind and _opens_with_share(figures, sentence):
        # "91% keeping in touch, 54% EET": each share stands before its words.
        return behind
    return behind if len(behind.split()) > 1 else _without_mentions(sentence, start, figure.start)


def _each_leads(figures: list[FigureMention], sentence: Sentence) -> bool:
    """True where each of several shares has words of its own behind it: "57% are in work and 90% in good homes"."""
    shares = [figure for figure in figures if figure.unit is Unit.PERCENT]
    ends = [*(figure.start for figure in shares[1:]), sentence.end]
    tails = [_without_mentions(sentence, one.end, end) for one, end in zip(shares, ends, strict=False)]
    fewest = 0 if _opens_with_share(figures, sentence) else _FEWEST_OWN
    return len(shares) > 1 and all(len(tail.split()) > fewest for tail in tails)


def _opens_with_share(figures: list[FigureMention], sentence: Sentence) -> bool:
    """True for a list of shares with nothing before the first of them."""
    first = next(iter(figures), None)
    return (
        first is not None and first.unit is Unit.PERCENT and not words_in(sentence.between(sentence.start, first.start))
    )


def _without_mentions(sentence: Sentence, start: int, end: int) -> str:
    held = sentence.mentions
    text = sentence.between(start, end)
    for group in (held.figures, held.periods, held.areas):
        for mention in group:
            if start <= mention.start and mention.end <= end:
                text = text.replace(sentence.between(mention.start, mention.end), " ", 1)
    return " ".join(text.split()).strip(" .,;:()")
