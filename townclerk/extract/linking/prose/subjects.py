"""Which indicator a figure in running text is said of: the alternatives, each with its evidence, compete."""

from __future__ import annotations

import re
from dataclasses import replace

from townclerk.extract.linking.agreement import in_bounds
from townclerk.extract.linking.prose.carried import carried, is_of_the_measure
from townclerk.extract.linking.prose.completed import completed, in_time, is_of_timeliness
from townclerk.extract.linking.prose.counted import miscounted
from townclerk.extract.linking.prose.flowing import without_those_passing
from townclerk.extract.linking.prose.naming import is_of_the_next, left_out, narrowed, of_group_beside, up_to_the_next
from townclerk.extract.linking.prose.nearness import near
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.reading import THRESHOLD, Reading, read_phrase, said_as_rate, said_in
from townclerk.extract.linking.prose.restricted import without_some
from townclerk.extract.linking.prose.scores import of_score
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.prose.told import Setting
from townclerk.extract.linking.prose.undone import without_the_done
from townclerk.models.area import LARGER, AreaKind
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureMention, IndicatorMention, MatchKind
from townclerk.models.units import RATES, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words
from townclerk.patterns.topics import topic_words

# A doubt as strong as this says that another service's number is told.
FOREIGN = -2.0
# "On ", "At the end of ": what stands before the day that opens a sentence, a paragraph's number among it.
_LEAD = 12
_TIMES_FEWER = 3
# "Performance fell when nine workers left: it was 58%" goes back to what it opened with.
_RESUMED = re.compile(r"[:;–—]|\s-\s|\bit\b")
_WITH = re.compile(r"with\b", re.IGNORECASE)
_SHARE_OF = re.compile(r"(?:%|per\s?cent)\s+of\s+(?:all\s+)?(?:the|our|these|those)?\s*$", re.IGNORECASE)


def subject_readings(playing: Playing, here: Setting) -> list[Reading]:
    """Every indicator a figure may be said of, best first, each indicator once."""
    sentence, scene, knowledge = here.sentence, here.scene, here.knowledge
    catalogue = knowledge.catalogue
    found: list[Reading] = []
    for mention in sentence.mentions.indicators:
        if left_out(mention, playing.figure, sentence) or _is_passed(mention, playing.figure, sentence):
            continue
        own = up_to_the_next(mention, playing.figure, sentence, knowledge)
        own = of_group_beside(own, playing.figure, sentence) if own is not None else None
        named = narrowed(own, sentence, scene, knowledge) if own is not None else None
        if own is not None and named is not None:
            place = near(playing, own, here.parts, sentence)
            found.extend(read_phrase(playing.figure, named, sentence.where, place, catalogue))
    # What the figure is only said of a part of stays refused, however else its measure could be reached.
    refused = {r.match.indicator_id for r in found if any(f.name == "part_of" for f in r.features)}
    foreign = _foreign_words(sentence, playing.figure, scene.field_words)
    found.extend(r for r in carried(playing, here, foreign) if r.match.indicator_id not in refused)
    found = _without_flows(found, playing.figure, sentence, catalogue)
    timed = in_time(playing, here)
    more = timed or (completed(playing, here) if foreign and not _settled(found) else [])
    more = [r for r in more if r.match.indicator_id not in refused]
    found = [*(() if timed else found), *_without_flows(more, playing.figure, sentence, catalogue)]
    found += _rates_beside_count(playing, found, here)
    if said_as_rate(playing.figure, sentence) or _is_rate_elsewhere(playing, found, here):
        found = [_as_rate(reading, catalogue) for reading in found if _unit_of(reading, catalogue) is not Unit.COUNT]
    found = without_those_passing(found, playing.figure, sentence, catalogue)
    if playing.part is not Part.TARGET:
        # It is the target that was missed.
        found = without_the_done(found, playing.figure, sentence, catalogue)
    found = of_score(found, playing, here)
    found = without_some(found, playing.figure, sentence, scene.field_words, catalogue)
    words = sentence.between(sentence.start, sentence.end)
    best: dict[str, Reading] = {}
    for reading in found:
        if _counts_another(playing.figure, reading, here, words) or _is_of_any_service(reading, here):
            continue
        if _is_bare_sibling(playing, reading, here):
            continue
        doubt = scene.doubt(reading.where.label(reading.mention), words)
        if doubt is not None and doubt.amount <= FOREIGN:
            continue
        if doubt is not None:
            reading.score += doubt.amount
            reading.features.append(doubt)
        held = best.get(reading.match.indicator_id)
        if held is None or reading.score > held.score:
            best[reading.match.indicator_id] = reading
    return sorted(best.values(), key=_rank)


def _is_passed(mention: IndicatorMention, figure: FigureMention, sentence: Sentence) -> bool:
    """True for a measure named for the next figure, or one that the sentence has left where it tells this one."""
    if is_of_the_next(mention, figure, sentence):
        return True
    return is_of_the_measure(sentence) and _RESUMED.search(sentence.between(mention.end, figure.start)) is not None


def _rank(reading: Reading) -> tuple[float, bool, str]:
    """Best first; of readings equally good the one that a pack spells out."""
    spelt = reading.match.kind in {MatchKind.EXACT, MatchKind.PATTERN}
    return (-reading.score, not spelt, reading.match.indicator_id)


def _unit_of(reading: Reading, catalogue: Catalogue) -> Unit:
    return catalogue.indicators[reading.match.indicator_id].unit


def _as_rate(reading: Reading, catalogue: Catalogue) -> Reading:
    """A reading with what "rate" right before the number adds to it."""
    if _unit_of(reading, catalogue) not in RATES:
        return reading
    return reading.plus(Feature("said_as_rate", 1.2, "the words before the number call it a rate"))


def _without_flows(
    found: list[Reading], figure: FigureMention, sentence: Sentence, catalogue: Catalogue
) -> list[Reading]:
    """The readings without those that a number of one day cannot be of: what a year or quarter brought."""
    if phrasing().closing_number.search(sentence.between(sentence.start, figure.start)):
        return [one for one in found if not _is_flow(one, catalogue)]
    if _is_of_a_day(figure, sentence):
        return [one for one in found if said_in(one, sentence) or not _is_flow(one, catalogue)]
    return found


def _is_of_a_day(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a number or rate that the sentence tells of one day: "On 31 March there were 378"."""
    days = [p for p in sentence.mentions.periods if p.expression.form == "date" and p.end <= figure.start]
    return bool(days) and figure.unit in {None, Unit.COUNT, *RATES} and days[0].start - sentence.start <= _LEAD


def _is_bare_elsewhere(playing: Playing) -> bool:
    """True for a bare number of the country or of a group of authorities."""
    figure, area = playing.figure, playing.area
    larger = area is not None and not area.is_own and area.kind in LARGER
    return larger and figure.unit is None and not figure.noun


def _is_rate_elsewhere(playing: Playing, found: list[Reading], here: Setting) -> bool:
    """True for the bare number of "Regional LAC: 58": the country and groups of authorities are told by their rates."""
    figure = playing.figure
    if not _is_bare_elsewhere(playing):
        return False
    sentence, catalogue = here.sentence, here.knowledge.catalogue
    if not {"number", "numbers"}.isdisjoint(words_in(sentence.between(sentence.start, sentence.end))):
        return False
    measures = [catalogue.indicators[reading.match.indicator_id] for reading in found]
    return any(one.unit in RATES and in_bounds(figure.value, one) for one in measures)


def _rates_beside_count(playing: Playing, found: list[Reading], here: Setting) -> list[Reading]:
    """Readings as rates of "England 70" below our own count of 431: the whole has no fewer than a part of it."""
    figure, area, catalogue = playing.figure, playing.area, here.knowledge.catalogue
    if not _is_bare_elsewhere(playing) or area is None or figure.value is None:
        return []
    # Neighbours are each of about our size.
    fewest = figure.value * (_TIMES_FEWER if area.kind is AreaKind.STATISTICAL_NEIGHBOURS else 1)
    own = {a.candidate.indicator_id: a.candidate.value for a in here.scene.anchors if a.candidate.is_own_actual}
    rates: list[Reading] = []
    for reading in found:
        counted = own.get(reading.match.indicator_id) if _unit_of(reading, catalogue) is Unit.COUNT else None
        rate = catalogue.sibling(reading.match.indicator_id, Unit.PER_10000)
        if counted is not None and counted > fewest and rate is not None:
            rates.append(replace(reading, match=reading.match._replace(indicator_id=rate)))
    return rates


def _counts_another(figure: FigureMention, reading: Reading, here: Setting, words: str) -> bool:
    sentence, catalogue = here.sentence, here.knowledge.catalogue
    indicator = catalogue.indicators[reading.match.indicator_id]
    if miscounted(figure, indicator, sentence) or _is_whole(figure, reading, sentence, catalogue):
        return True
    return _is_untimed(reading, here, words)


def _is_untimed(reading: Reading, here: Setting, words: str) -> bool:
    """True for the number of "2,316 reviews were held", which says nothing of how many were in time."""
    catalogue = here.knowledge.catalogue
    if _unit_of(reading, catalogue) is not Unit.COUNT or not is_of_timeliness(reading.match.indicator_id, catalogue):
        return False
    said = (words, reading.where.label(reading.mention), *(held.text for held in here.scene.above()))
    return not any(phrasing().of_time.search(text) for text in said)


def _is_bare_sibling(playing: Playing, reading: Reading, here: Setting) -> bool:
    """True for a rate read from a name of its count and a whole number of ours: "51 started and 64 stopped"."""
    figure, catalogue = playing.figure, here.knowledge.catalogue
    if figure.unit is not None or figure.decimals or playing.of_elsewhere or _unit_of(reading, catalogue) not in RATES:
        return False
    if not {"rate", "rates", "per"}.isdisjoint(words_in(here.sentence.between(here.sentence.start, here.sentence.end))):
        return False
    best = reading.mention.matches[0].indicator_id if reading.mention.matches else reading.match.indicator_id
    counted = catalogue.indicators[best].unit is Unit.COUNT and reading.match.indicator_id != best
    return counted and said_in(reading, here.sentence) and here.scene.unit_above() not in RATES


def _is_of_any_service(reading: Reading, here: Setting) -> bool:
    """True for "Turnover was 14%" in a paper that says nothing of children or social work."""
    if not here.scene.topic.is_silent or not reading.match.needs_context:
        return False
    domain = here.knowledge.catalogue.indicators[reading.match.indicator_id].domain
    return domain in topic_words().every_service


def _is_whole(figure: FigureMention, reading: Reading, sentence: Sentence, catalogue: Catalogue) -> bool:
    """True for the number of "3.7% of the 398 plans that ended had lasted two years": it is no number of these."""
    if figure.unit not in {None, Unit.COUNT} or _unit_of(reading, catalogue) is not Unit.COUNT:
        return False
    if _SHARE_OF.search(sentence.between(max(sentence.start, figure.start - _LEAD - _LEAD), figure.start)) is None:
        return False
    return any(catalogue.indicators[match.indicator_id].unit is Unit.PERCENT for match in reading.mention.matches[:1])


def _is_flow(reading: Reading, catalogue: Catalogue) -> bool:
    indicator = catalogue.indicators[reading.match.indicator_id]
    return not indicator.is_stock and indicator.unit in {Unit.COUNT, *RATES}


def _settled(found: list[Reading]) -> bool:
    """True where a phrase of the sentence itself names the measure well enough."""
    return any(reading.score >= THRESHOLD + 1.0 and not reading.match.needs_context for reading in found)


def _foreign_words(sentence: Sentence, figure: FigureMention, field_words: frozenset[str]) -> list[str]:
    """The words of a figure's clause that belong to no mention and are not the stock of elliptical sentences.

    A clause with a subject of its own ("Girls made better progress") does not take the heading's.
    """
    start, end = sentence.clause_at(figure.start)
    if start == sentence.start and (told := role_words().reporting.match(sentence.text, start, figure.start)):
        start = told.end()
    own = sentence.unmarked(start, end)
    if start > sentence.start and _WITH.match(sentence.text, start):
        # "Family meetings are growing, with 34 held": the subject stands in the clause before.
        own += [word for word in sentence.unmarked(sentence.start, start) if word in field_words]
    return own
