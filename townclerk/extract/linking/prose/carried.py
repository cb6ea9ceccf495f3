"""What a figure may be said of that its own sentence does not name: the value or sentence before, the heading."""

from __future__ import annotations

from dataclasses import replace
from itertools import takewhile

from townclerk.extract.linking.agreement import in_bounds, readings
from townclerk.extract.linking.prose.naming import of_another_age
from townclerk.extract.linking.prose.nearness import is_of_these
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.reading import Reading, read_phrase, said_as_rate, unit_words
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.prose.told import Setting
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.extract.linking.sentences import sentences
from townclerk.models.candidate import Feature
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing
from townclerk.patterns.roles import role_words

_SHORT_TITLE = 3
# What a sentence that only names a measure has over the headings above it.
_ANNOUNCED = 0.9


def anchor_reading(anchor: Anchor, playing: Playing, catalogue: Catalogue) -> Reading | None:
    """The measure of a value linked before, for a figure that hangs on it; None where it cannot be its value."""
    candidate = anchor.candidate
    if candidate.match is None:
        return None
    fits = readings(playing.figure, candidate.match, candidate.label, catalogue)
    hangs_on = playing.part is Part.PREVIOUS or playing.area is not None or playing.figure.bracketed
    whole = not playing.figure.decimals or catalogue.indicators[candidate.match.indicator_id].unit is not Unit.COUNT
    if playing.figure.unit is None and not playing.figure.noun and hangs_on and whole:
        fits = [(candidate.match, 0.5)]
    fits = [(match, fit) for match, fit in fits if match.indicator_id == candidate.match.indicator_id]
    if not fits:
        return None
    fit = fits[0][1]
    if not in_bounds(playing.figure.value, catalogue.indicators[candidate.match.indicator_id]):
        fit = min(fit, -2.0)
    features = [
        *candidate.features[:1],
        Feature("unit_fit", fit, unit_words(playing.figure, fit)),
        Feature("follows_value", 0.4, "goes on from the value before it"),
    ]
    score = 2.0 * candidate.match.score + fit + 0.4
    return Reading(candidate.match, score, anchor.mention, anchor.where, features)


def carried(playing: Playing, here: Setting, foreign: list[str]) -> list[Reading]:
    """Readings from outside the sentence: the value or sentence before, lead-ins, headings.

    Args:
        playing: The figure and its part.
        here: Where it stands.
        foreign: Words of its clause that may name a subject of their own.
    """
    sentence, scene, catalogue = here.sentence, here.scene, here.knowledge.catalogue
    penalty = 0.0
    if sentence.mentions.indicators:
        penalty -= 0.7
    if playing.figure.form in {FigureForm.NONE, FigureForm.WORDS}:
        penalty -= 0.8
    found: list[Reading] = []
    figure = playing.figure
    if foreign and (_ends_a_title(sentence, figure) or _counts_some(sentence, figure) or is_of_these(figure, sentence)):
        return found
    if _counts_those_done(playing, here, foreign):
        return found
    unread = follows_unread(playing.figure, sentence, scene)
    if not unread and is_of_the_measure(sentence) and (told := _continued(playing, sentence, scene, catalogue, [])):
        return told
    if not unread and not foreign and not sentence.mentions.indicators:
        found.extend(_continued(playing, sentence, scene, catalogue, _named_since(here)))
    for distance, (where, mention) in enumerate(reversed(said_before(sentence, scene)[-3:])):
        if _are_apart(where, sentence) and _says_own(sentence, playing.figure):
            continue
        if unread and where is not sentence.where:
            continue
        amount = 0.9 - 0.5 * distance + penalty + _strangeness(foreign, where.label(mention), scene)
        amount += _ANNOUNCED if where is sentence.where and _announces(mention, sentence) else 0.0
        place = [Feature("said_before", amount, "an earlier sentence names the measure")]
        of_age = of_another_age(playing, sentence, where.label(mention), here.knowledge)
        named = replace(mention, matches=of_age) if of_age else mention
        found.extend(read_phrase(playing.figure, named, where, place, catalogue))
    for distance, above in enumerate(scene.above()):
        for mention in above.mentions.indicators:
            # Of "Visits, reviews and PEPs" each name stands for itself alone.
            subject = above.label(mention) if _lists_subjects(above.text) else above.text
            amount = 1.3 - 0.35 * distance + penalty + _strangeness(foreign, subject, scene)
            place = [Feature("heading", amount, "the heading above names the measure")]
            found.extend(read_phrase(playing.figure, mention, above, place, catalogue))
    return found


def _announces(mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for "Members often ask about placement orders." right before "There were 11": it names what comes next."""
    start, end = sentence.last_before()
    return start <= mention.start < end and not any(start <= f.start < end for f in sentence.where.mentions.figures)


def _lists_subjects(heading: str) -> bool:
    """True for a heading that names three things or more."""
    return "," in heading and (" and " in heading or " & " in heading)


def _counts_some(sentence: Sentence, figure: FigureMention) -> bool:
    """True for the count of "Of these, nine have disabilities": some of those counted before, by words of its own."""
    if figure.unit not in {None, Unit.COUNT}:
        return False
    return any(cue.cue == "carried_on" and cue.start - sentence.start <= 2 for cue in sentence.mentions.cues)


def _counts_those_done(playing: Playing, here: Setting, foreign: list[str]) -> bool:
    """True for "268 young people had been spoken to (51%)": those of whom something is told that the words above lack.

    The share in brackets is theirs, too.
    """
    told, figure = playing.figure, playing.figure
    if told.bracketed and told.unit is Unit.PERCENT:
        figure = next((p.figure for p in reversed(here.parts) if p.figure.end <= told.start), told)
    if figure.unit not in {None, Unit.COUNT}:
        return False
    done = phrasing().done_with.match(here.sentence.text, figure.end, here.sentence.end)
    return done is not None and done["verb"].lower() in foreign


def _ends_a_title(sentence: Sentence, figure: FigureMention) -> bool:
    """True for the bare number behind a few words of a line ("Sensitivity analysis 8"): a section or a page."""
    words = words_in(sentence.between(sentence.start, figure.start))
    bare = figure.unit is None and not figure.noun and not figure.decimals
    return bare and 0 < len(words) <= _SHORT_TITLE and not sentence.between(figure.end, sentence.end).strip()


def _says_own(sentence: Sentence, figure: FigureMention) -> bool:
    """True where a sentence has words of its own before a figure, more than the stock of elliptical ones."""
    stock = role_words().elliptical
    lead = sentence.without(sentence.start, figure.start, sentence.mentions.areas)
    words = [word.removesuffix("'s").removesuffix("’s") for word in words_in(lead)]
    return any(word not in stock and len(word) > _SHORT_TITLE and not word.isdigit() for word in words)


def _are_apart(where: SpottedBlock, sentence: Sentence) -> bool:
    """True for two items of a list: one that has words of its own does not go on from another."""
    items = {where.block.kind, sentence.where.block.kind} == {BlockKind.LIST_ITEM}
    return items and where is not sentence.where and where.block.level >= sentence.where.block.level


def _named_since(here: Setting) -> list[IndicatorMention]:
    """What a sentence's block names before it, which ends what was told above.

    What is named beside numbers of another kind is a reason more often than a subject: "... with three vacancies out
    of nine. The national average was 82%" is of no vacancies. A sentence without numbers names what comes next.
    """
    sentence = here.sentence
    own = [m for m in sentence.where.mentions.indicators if m.matches and m.end <= sentence.start]
    return own if own and (_announces(own[-1], sentence) or _valued(own[-1], here)) else []


def _valued(mention: IndicatorMention, here: Setting) -> bool:
    """True where the sentence that names a measure prints a number of the kind that is now told."""
    where, kinds = here.sentence.where, {playing.figure.unit for playing in here.parts}
    start, end = next(((a, b) for a, b in sentences(where.text) if a <= mention.start < b), (0, 0))
    return any(start <= one.start < end and one.unit in kinds for one in where.mentions.figures)


def is_of_the_measure(sentence: Sentence) -> bool:
    """True for a sentence that opens with "Performance was" or "The measure fell": it is of the measure told before.

    What it names behind "when" or "because" is no subject of its.
    """
    if role_words().of_the_measure.match(sentence.text, sentence.start) is None:
        return False
    return all(
        role_words().led_aside.search(sentence.between(sentence.start, mention.start)) is not None
        for mention in sentence.mentions.indicators
    )


def _continued(
    playing: Playing, sentence: Sentence, scene: Scene, catalogue: Catalogue, own: list[IndicatorMention]
) -> list[Reading]:
    """The measure of the value before, for a line that says nothing of its own ("221 in December").

    Args:
        playing: The figure and its part.
        sentence: Its sentence.
        scene: The values told before.
        catalogue: The measures.
        own: What its block names before it, which ends what was told above.
    """
    anchors = [anchor for anchor in scene.anchors[-2:] if not _is_announced_since(anchor, sentence, scene)]
    if own:
        # "Repeat plans. 23.6% against 16%": the subject named last comes before a value of a sentence above it.
        anchors = [anchor for anchor in anchors if not _is_above(anchor, own[-1], sentence)]
    for anchor in anchors_for(playing.figure, anchors, sentence):
        reading = anchor_reading(anchor, playing, catalogue)
        if reading is not None:
            return [replace(reading, score=reading.score + 1.0)]
    return []


def _is_announced_since(anchor: Anchor, sentence: Sentence, scene: Scene) -> bool:
    """True where the block right above, of no figures, names a measure behind the value: it names what comes next."""
    above = scene.passed[-1] if scene.passed else None
    if above is None or above is sentence.where or above.mentions.figures or above.index <= anchor.candidate.block:
        return False
    return bool(above.mentions.indicators) and above.index == sentence.where.index - 1


def follows_unread(figure: FigureMention, sentence: Sentence, scene: Scene) -> bool:
    """True where the sentence before tells a figure of this one's unit that found no measure: this goes with that."""
    if figure.unit in {None, Unit.COUNT}:
        return False
    start, end = sentence.last_before()
    alike = [f for f in sentence.where.mentions.figures if start <= f.start < end and f.unit is figure.unit]
    here = takewhile(lambda anchor: anchor.candidate.block == sentence.where.index, reversed(scene.anchors))
    if not alike or any(start <= anchor.candidate.figure.start < end for anchor in here):
        return False
    # "Last year it was 12.5%" is of the measure before it, too.
    return bool(Sentence.cut(sentence.where, start, end).unmarked(start, end))


def _is_above(anchor: Anchor, mention: IndicatorMention, sentence: Sentence) -> bool:
    """True for a value of the block before, or of a sentence before the one in which a measure was named last."""
    if anchor.candidate.block != sentence.where.index:
        return True
    return ". " in sentence.between(anchor.candidate.figure.end, mention.start)


def anchors_for(figure: FigureMention, anchors: list[Anchor], sentence: Sentence) -> list[Anchor]:
    """The values a figure can go on from, newest first, those printed in its unit before the others."""
    newest = list(reversed(anchors))
    if said_as_rate(figure, sentence):
        return [anchor for anchor in newest if anchor.candidate.unit is not Unit.COUNT]
    bare = {None, Unit.COUNT}
    units = [
        a.candidate.unit if a.candidate.figure.form in {FigureForm.PARTS, FigureForm.NONE} else a.candidate.figure.unit
        for a in newest
    ]
    alike = [a for a, unit in zip(newest, units, strict=True) if unit == figure.unit or {unit, figure.unit} <= bare]
    return [*alike, *(a for a in newest if a not in alike and same_kind(figure, a.candidate.figure))]


def same_kind(one: FigureMention, other: FigureMention) -> bool:
    """True where two figures can be values of one measure, by their units."""
    bare = {None, Unit.COUNT}
    if one.unit == other.unit or (one.unit in bare and other.unit in bare):
        return True
    return (one.unit is None and not one.noun) or (other.unit is None and not other.noun)


def _strangeness(foreign: list[str], subject: str, scene: Scene) -> float:
    """How much a sentence's own words speak against taking its subject from elsewhere.

    Words of the field ("placements", "reviews") that the other subject lacks name another subject; other words only
    may.
    """
    known = set(words_in(subject))
    field = scene.field_words
    strange = [
        word for word in foreign if word not in known and word.rstrip("s") not in known and word + "s" not in known
    ]
    return -1.6 * sum(word in field for word in strange) - 0.5 * sum(word not in field for word in strange)


def said_before(sentence: Sentence, scene: Scene) -> list[tuple[SpottedBlock, IndicatorMention]]:
    """Phrases named before this sentence in its own block, and at the end of the text before, oldest first."""
    own = [(sentence.where, m) for m in sentence.where.mentions.indicators if m.end <= sentence.start]
    return own or [(subject.where, subject.mention) for subject in scene.subjects()]
