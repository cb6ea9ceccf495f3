"""Figures said of some only of those a measure is about, or of nobody: the words around them say so."""

from __future__ import annotations

import re

from townclerk.extract.linking.prose.counted import counts_unknown, described, kinds_counted
from townclerk.extract.linking.prose.reading import Reading, counts_stock, said_in
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.models.indicator import Indicator
from townclerk.models.mentions import FigureForm, FigureMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.restricting import restricting_words, said_of_group, said_of_some
from townclerk.patterns.roles import role_words

# "62 young care leavers are parents": words that may stand between a number and the group it counts.
_WORDS_BETWEEN = 2
# How many characters before and behind a figure tell what it is about.
_BESIDE = 60
# The words that name a scheme and what it did.
_SCHEME = 90
_OF_THEM = re.compile(r"\s+of\s+(?:them|these|those|whom|which)\b(?!\s+(?:who|that)\b)", re.IGNORECASE)
# "Completion of the workbook by foster carers", "Reviewing officers raised 64": those who do a thing.
_DOERS = (["by"], ["from"], ["for"], ["former"])
_DID = re.compile(r"\s+(?:\w+ly\s+)?\w{3,}ed\b", re.IGNORECASE)
# A measure of some ages says so.
_AGED = re.compile(r"\b1[0-9](?:th)?\s?(?:-|–|to)\s?[12][0-9]")
_THE = re.compile(r"\b(?:the|our|all)\s+$", re.IGNORECASE)
_SHARES = frozenset({FigureForm.PARTS, FigureForm.ODDS})


def without_some(
    found: list[Reading], figure: FigureMention, sentence: Sentence, field_words: frozenset[str], catalogue: Catalogue
) -> list[Reading]:
    """The readings of a figure without those whose measure counts more than what it is said of, or something else.

    Args:
        found: The readings.
        figure: The figure.
        sentence: Where it stands.
        field_words: The words of all measures' names.
        catalogue: For the measures' definitions.
    """
    share = figure.unit is Unit.PERCENT and not figure.bracketed
    if share and restricting_words().or_more.match(sentence.text, figure.end, sentence.end):
        return []
    if not found or restricting_words().supposed.search(sentence.between(sentence.start, figure.start)):
        # "If 20 more came into care", "research shows that 38% of care leavers".
        return []
    if restricting_words().samples.search(sentence.text, sentence.start, sentence.end):
        found = [one for one in found if _is_of_samples(one, catalogue)]
    lead = sentence.between(max(sentence.start, figure.start - _SCHEME), figure.start)
    if figure.unit in {None, Unit.COUNT} and restricting_words().by_one_scheme.search(lead):
        found = [one for one in found if not counts_stock(one, catalogue)]
    # "168 came into care, 51 of them aged 16 or over".
    counts = figure.unit in {None, Unit.COUNT} and figure.form is FigureForm.NUMBER
    some = counts and _OF_THEM.match(sentence.text, figure.end) is not None
    kinds = _other_kinds(figure, sentence)
    if kinds:
        named = {one.match.indicator_id: described(catalogue.indicators[one.match.indicator_id]) for one in found}
        found = [one for one in found if any(kind in named[one.match.indicator_id] for kind in kinds)]
    return [
        one
        for one in found
        if not _is_of_some(figure, one, sentence, catalogue)
        and not (some and one.mention.start < figure.start)
        and not _counts_unknown(figure, one, sentence, field_words, catalogue)
    ]


def _other_kinds(figure: FigureMention, sentence: Sentence) -> set[str]:
    """What the assessments or enquiries beside a figure are about, where few measures are about that."""
    start, end = sentence.clause_at(figure.start)
    found = restricting_words().other_kinds.finditer(
        sentence.text, max(start, figure.start - _BESIDE), min(end, figure.end + _BESIDE)
    )
    return {(kind["kind"] or kind["about"] or kind["against"]).lower() for kind in found}


def _is_of_samples(reading: Reading, catalogue: Catalogue) -> bool:
    """True for a measure that is about samples itself ("Case audits graded good or better")."""
    said = described(catalogue.indicators[reading.match.indicator_id])
    return any(word in said for word in restricting_words().sampled_measures)


def _counts_unknown(
    figure: FigureMention, reading: Reading, sentence: Sentence, field_words: frozenset[str], catalogue: Catalogue
) -> bool:
    if catalogue.indicators[reading.match.indicator_id].unit is not Unit.COUNT:
        return False
    apart = said_in(reading, sentence) and reading.mention.start > figure.start
    return counts_unknown(figure, sentence, reading.mention if apart else None, field_words)


def _is_of_some(figure: FigureMention, reading: Reading, sentence: Sentence, catalogue: Catalogue) -> bool:
    """Whether a figure is said of some of those that a measure is about, by the words around the measure's name."""
    indicator = catalogue.indicators[reading.match.indicator_id]
    counts = indicator.unit is Unit.COUNT and figure.unit in {None, Unit.COUNT}
    if counts and _is_part_of_unknown(figure, sentence) and catalogue.sibling(indicator.id, Unit.PERCENT) is None:
        return True
    if not said_in(reading, sentence):
        return False
    mention, words = reading.mention, restricting_words()
    if _names_others(reading, sentence, indicator):
        return True
    if words.single_cases.search(sentence.between(sentence.start, mention.start)):
        return True
    if figure.unit in {None, Unit.COUNT} and phrasing().aged.match(sentence.text, mention.end, sentence.end):
        return _AGED.search(described(indicator)) is None
    if mention.start < figure.end or len(words_in(sentence.between(figure.end, mention.start))) > _WORDS_BETWEEN:
        return False
    if indicator.unit is Unit.PERCENT and words.marks.match(sentence.text, mention.end, sentence.end):
        return True
    return (counts or figure.form in _SHARES) and _is_of_some_named(figure, mention.end, indicator, sentence)


def _is_of_some_named(figure: FigureMention, end: int, indicator: Indicator, sentence: Sentence) -> bool:
    """True where a group is named behind a count, and what some of it are or do stands behind its name."""
    words = restricting_words()
    share = indicator.unit is not Unit.COUNT
    if share and words.said_twice.search(sentence.text, figure.end, sentence.end):
        return True
    if said_of_some().match(sentence.text, end, sentence.end):
        return True
    # "The 147 children educated at home are visited" are all of them.
    all_of_them = _THE.search(sentence.text, sentence.start, figure.start) is not None
    return (indicator.is_stock or share) and not all_of_them and _has_predicate_of_some(end, sentence)


def _names_others(reading: Reading, sentence: Sentence, indicator: Indicator) -> bool:
    """True for words that name those who do a thing ("foster carers"), or whose own number is not told.

    So in "the number of notifications of private fostering", of a measure that says no word of notifications.
    """
    mention = reading.mention
    said = words_in(sentence.between(mention.start, mention.end))
    kind = role_words().kinds.get(said[-1]) if said and len(said) <= _WORDS_BETWEEN else None
    lead = sentence.between(sentence.start, mention.start)
    doing = words_in(lead)[-1:] in _DOERS or (not words_in(lead) and _DID.match(sentence.text, mention.end))
    if kind is not None and doing and kind not in kinds_counted(indicator):
        return True
    thing = restricting_words().things_of.search(lead)
    return thing is not None and not _is_said(thing["thing"].lower(), indicator)


def _is_said(thing: str, indicator: Indicator) -> bool:
    """True for people, cases and levels, which any measure may count, and for what a measure's definition says."""
    plural = thing + "s"
    return plural in role_words().people or plural in role_words().elliptical or thing in described(indicator)


def _is_part_of_unknown(figure: FigureMention, sentence: Sentence) -> bool:
    """True for "6,204 families, 812 of them in need": the number of all is that of no measure."""
    if not _OF_THEM.match(sentence.text, figure.end):
        return False
    return not any(mention.end <= figure.start for mention in sentence.where.mentions.indicators)


def _has_predicate_of_some(end: int, sentence: Sentence) -> bool:
    """True for "12 care leavers are in lodgings", where "142 care leavers are supported" tells the number of all."""
    words = restricting_words()
    found = said_of_group().match(sentence.text, end, sentence.end)
    if found is None:
        return False
    known = words.whole if found["verb"].lower() in {"are", "were"} else words.moved
    return found["next"].lower() not in known
