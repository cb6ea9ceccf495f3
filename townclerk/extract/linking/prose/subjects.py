"""Which indicator a figure in running text is said of: the alternatives, each with its evidence, compete."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import in_bounds, readings
from townclerk.extract.linking.prose.counted import miscounted
from townclerk.extract.linking.prose.naming import is_a_part, left_out, narrowed, of_another_age
from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.extract.linking.sentences import clause_starts, sentences
from townclerk.models.candidate import Feature
from townclerk.models.document import BlockKind
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMatch, IndicatorMention, MatchKind
from townclerk.models.units import RATES, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.roles import role_words
from townclerk.patterns.table_words import table_words
from townclerk.patterns.topics import groups_named, topic_words

# A link weaker than this is not made: an honest "not linked" beats a guess.
THRESHOLD = 1.9
# A doubt as strong as this says that another service's number is told.
FOREIGN = -2.0
_SHORT_TITLE = 3
# "On ", "At the end of ": what stands before the day that opens a sentence, a paragraph's number among it.
_LEAD = 12
# More words than these are no name of a measure.
_LONGEST_OWN = 14
# Cues behind which a sentence has left the words of its figure for a comparison.
_COMPARING = frozenset({"target", "gap_to", "from", "up", "down", "same", "better", "worse"})
_NUMBER = re.compile(r"^\W*\d+(?:\.\d+)*[.)]?\s+")
_LONGEST_TITLE = 6
# Groups of young people that a sentence may go on about without naming them again.
_PEOPLE = frozenset({"care leavers", "children looked after"})
_AGES = re.compile(r"\b(?:1[6-9]|2[0-5])\s*(?:[-–]|to|and|or|,)\s*(?:1[6-9]|2[0-5])[\s-]*year[\s-]olds?", re.IGNORECASE)

_OF = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|of all|of the|of our|of these|for)?\s*(?:all|the|our|new|these)?\s*", re.IGNORECASE
)
# What divides the items of a list in which each figure stands before its words.
_LISTED = re.compile(
    r"(?:\s+(?:in|over) the (?:last|past) (?:year|12 months))?\s*(?:\([^)]*\)\s*)?(?:,\s*(?:and\s+)?|\s+and\s+)"
    r"(?:only\s+|just\s+|a (?:further|total of)\s+|another\s+)?",
    re.IGNORECASE,
)
_OPENS_ITEM = re.compile(
    r"(?:\s+(?:of|them|the|were|was|are|is|had|have|has|been|made|subject|children|young|people|new|our))*\s*",
    re.IGNORECASE,
)
# "547 of the referrals" are not the referrals.
_OF_ALL = re.compile(r"\s*of\s+(?:all\s+)?(?:the|our|these|those)(?:\s+(?:new|open))?\s*", re.IGNORECASE)
_RATE_OF = re.compile(
    r"\brate\s+(?:(?:of|is|was|at|now|in|for|stood|stands|had|has|been|fell|rose|to|england|nationally|the|our)\s+){0,5}$",
    re.IGNORECASE,
)
# "Of the stage 1 complaints received, 14 went further": some of them.
_OF_THE = re.compile(r"(?:^|[.;:]\s+)Of (?:the|all|our|these|those)(?:\s+[\w-]+){0,2}\s+$")
_JOINED = re.compile(r"(?:\band|,|;)\s+(?:a further\s+|only\s+|just\s+)?$", re.IGNORECASE)
_VERB = re.compile(r"\s+(?:had|have|has|of)\b", re.IGNORECASE)
# "Children looked after accounted for 402 of the episodes": the figure counts episodes.
_OF_OTHERS = re.compile(
    r"\s+of\s+(?:all\s+)?(?:the|these|those)\s+(?!\d|total\b|year\b|quarter\b|month\b|target\b)[a-z]", re.IGNORECASE
)
_OTHER_SHARE = re.compile(r"\d[\d.,]*\s*(?:%|per\s*cent)", re.IGNORECASE)
_ASIDE = re.compile(r"\([^()]*\)")
_NEW_CLAUSE = re.compile(r",\s+(?:and|but|while|whilst|whereas|with)\b", re.IGNORECASE)
OF_WHOM = re.compile(r"\bof (?:whom|which|these|those|them)\b", re.IGNORECASE)


@dataclass(slots=True)
class Reading:
    """One indicator reading of a figure with the evidence for it.

    Attributes:
        match: The indicator.
        score: Sum of the features, comparable between readings of one figure.
        mention: The phrase.
        where: The block the phrase stands in.
        features: What spoke for and against it.
    """

    match: IndicatorMatch
    score: float
    mention: IndicatorMention
    where: SpottedBlock
    features: list[Feature]


def subject_readings(
    playing: Playing, parts: list[Playing], sentence: Sentence, scene: Scene, knowledge: Knowledge
) -> list[Reading]:
    """Every indicator a figure may be said of, best first, each indicator once.

    Args:
        playing: The figure and its part.
        parts: All figures of the sentence.
        sentence: Where it stands.
        scene: What is in force there.
        knowledge: Definitions, for units, bounds and siblings, and the reader of labels.
    """
    catalogue = knowledge.catalogue
    found: list[Reading] = []
    for mention in sentence.mentions.indicators:
        if left_out(mention, playing.figure, sentence):
            continue
        place = _near(playing, mention, parts, sentence)
        named = narrowed(mention, sentence, scene, knowledge)
        if named is not None:
            found.extend(_read(playing.figure, named, sentence.where, place, catalogue))
    foreign = _foreign_words(sentence, playing.figure)
    found.extend(_carried(playing, sentence, scene, knowledge, foreign))
    if _is_of_a_day(playing.figure, sentence):
        # What a year brought, told before, has no number of one day.
        found = [one for one in found if said_in(one, sentence) or not _is_flow(one, catalogue)]
    if foreign and not _settled(found):
        found.extend(_completed(playing, sentence, scene, knowledge))
    if said_as_rate(playing.figure, sentence):
        found = [_as_rate(reading, catalogue) for reading in found if _unit_of(reading, catalogue) is not Unit.COUNT]
    near = sentence.between(sentence.start, sentence.end)
    best: dict[str, Reading] = {}
    for reading in found:
        if miscounted(playing.figure, catalogue.indicators[reading.match.indicator_id], sentence):
            continue
        doubt = scene.doubt(reading.where.label(reading.mention), near)
        if doubt is not None and doubt.amount <= FOREIGN:
            continue
        if doubt is not None:
            reading.score += doubt.amount
            reading.features.append(doubt)
        held = best.get(reading.match.indicator_id)
        if held is None or reading.score > held.score:
            best[reading.match.indicator_id] = reading
    return sorted(best.values(), key=_rank)


def _rank(reading: Reading) -> tuple[float, bool, str]:
    """Best first; of readings equally good the one that a pack spells out."""
    return (-reading.score, reading.match.kind is not MatchKind.EXACT, reading.match.indicator_id)


def said_as_rate(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the bare number of "the national rate of 60", which is no count."""
    if figure.unit is not None or figure.noun:
        return False
    if _RATE_OF.search(sentence.between(max(sentence.start, figure.start - 60), figure.start)):
        return True
    said = {"rate", "rates"} & set(words_in(sentence.between(sentence.start, sentence.end)))
    return bool(said) and not sentence.mentions.indicators


def _unit_of(reading: Reading, catalogue: Catalogue) -> Unit:
    return catalogue.indicators[reading.match.indicator_id].unit


def _as_rate(reading: Reading, catalogue: Catalogue) -> Reading:
    """A reading with what "rate" right before the number adds to it."""
    if _unit_of(reading, catalogue) not in RATES:
        return reading
    feature = Feature("said_as_rate", 1.0, "the words before the number call it a rate")
    return replace(reading, score=reading.score + 1.0, features=[*reading.features, feature])


def said_in(reading: Reading, sentence: Sentence) -> bool:
    """True where the phrase that names a reading's measure stands in the sentence itself."""
    return reading.where is sentence.where and sentence.start <= reading.mention.start < sentence.end


def _is_of_a_day(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a number or rate that the sentence tells of one day: "On 31 March there were 378"."""
    days = [p for p in sentence.mentions.periods if p.expression.form == "date" and p.end <= figure.start]
    return bool(days) and figure.unit in {None, Unit.COUNT, *RATES} and days[0].start - sentence.start <= _LEAD


def _is_flow(reading: Reading, catalogue: Catalogue) -> bool:
    indicator = catalogue.indicators[reading.match.indicator_id]
    return not indicator.is_stock and indicator.unit in {Unit.COUNT, *RATES}


def direct_readings(
    playing: Playing, where: SpottedBlock, mention: IndicatorMention, catalogue: Catalogue
) -> list[Reading]:
    """The readings of one given phrase for a figure, wherever the phrase stands, best first."""
    found = _read(playing.figure, mention, where, [], catalogue)
    return sorted(found, key=lambda reading: (-reading.score, reading.match.indicator_id))


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
        Feature("unit_fit", fit, _unit_words(playing.figure, fit)),
        Feature("follows_value", 0.4, "goes on from the value before it"),
    ]
    score = 2.0 * candidate.match.score + fit + 0.4
    return Reading(candidate.match, score, anchor.mention, anchor.where, features)


def _read(
    figure: FigureMention,
    mention: IndicatorMention,
    where: SpottedBlock,
    place: list[Feature],
    catalogue: Catalogue,
) -> list[Reading]:
    """The readings of one phrase for one figure."""
    label = where.label(mention)
    # "Referral rate", "% of referrals": the words of the unit may stand beside the phrase.
    around = where.text[max(0, mention.start - 16) : mention.end + 6]
    # The sign of another figure inside a long name says nothing of this one.
    around = _OTHER_SHARE.sub(" ", around) if figure.unit is None else around
    figure = _with_unit_of(figure, mention, where)
    found: list[Reading] = []
    for match in mention.matches:
        for read, fit in readings(figure, match, around, catalogue):
            features = [
                Feature("match_" + match.kind.value, match.score, f"“{label}” names the measure ({match.kind.value})"),
                Feature("unit_fit", fit, _unit_words(figure, fit)),
                *place,
            ]
            if match.needs_context:
                supported = figure.unit is not None and figure.unit is not Unit.COUNT
                features.append(Feature("needs_context", -0.3 if supported else -0.9, "an everyday phrase on its own"))
            score = 2.0 * match.score + fit + sum(f.amount for f in features[2:])
            found.append(Reading(read, score, mention, where, features))
    return found


def _with_unit_of(figure: FigureMention, mention: IndicatorMention, where: SpottedBlock) -> FigureMention:
    """A bare number with the unit that stands right behind the phrase: "Looked after per 10,000: Penworth 54"."""
    if figure.unit is not None or figure.noun:
        return figure
    behind = where.text[mention.end : mention.end + 16]
    for place, start, _ in table_words().units.find(behind):
        unit = table_words().units_of[place]
        if start <= 3:
            return replace(figure, unit=unit) if unit in RATES or unit is Unit.PERCENT else figure
    return figure


def _unit_words(figure: FigureMention, fit: float) -> str:
    if fit >= 1.0:
        return "the unit printed is the measure's own"
    if fit >= 0:
        return "a bare number that suits the measure"
    return f"{figure.text} suits the measure poorly in unit or size"


def _near(playing: Playing, mention: IndicatorMention, parts: list[Playing], sentence: Sentence) -> list[Feature]:
    """How close a phrase of the same sentence stands to a figure, and what lies between."""
    figure = playing.figure
    if mention.start <= figure.start and figure.end <= mention.end:
        return [Feature("inside", 1.6, "the figure stands inside the phrase")]
    if mention.start >= figure.end:
        return _behind(figure, mention, parts, sentence)
    return _before(figure, mention, parts, sentence)


def _behind(
    figure: FigureMention, mention: IndicatorMention, parts: list[Playing], sentence: Sentence
) -> list[Feature]:
    """A phrase behind the figure: "186 children on a plan", "83% of assessments were on time"."""
    gap = sentence.between(figure.end, mention.start)
    words = words_in(gap)
    others = _figures_between(figure.end, mention.start, parts)
    if _OF_ALL.fullmatch(gap) and figure.unit in {None, Unit.COUNT} and not figure.noun:
        return [Feature("part_of", -3.0, "the figure counts some of what the words name")]
    if _OF.fullmatch(gap) and is_a_part(mention, sentence):
        return [Feature("part_of", -3.0, "the figure is a share of what the words name")]
    if _OF.fullmatch(gap):
        return [Feature("directly_behind", 1.7, "the measure's name follows the figure at once")]
    amount = 1.3 - 0.22 * len(words) - 1.2 * others
    if ";" in gap or ": " in gap:
        amount -= 2.0
    if "," in gap and others == 0:
        amount -= 0.5
    return [Feature("behind", max(amount, -3.0), "the measure's name follows the figure")]


def _before(
    figure: FigureMention, mention: IndicatorMention, parts: list[Playing], sentence: Sentence
) -> list[Feature]:
    """A phrase before the figure: "the agency rate was 13.2%"."""
    gap = sentence.between(mention.end, figure.start)
    asides = [(m.start() + mention.end, m.end() + mention.end) for m in _ASIDE.finditer(gap)]
    others = _figures_between(mention.end, figure.start, [p for p in parts if not _inside(p.figure.start, asides)])
    rivals = sum(
        1
        for other in sentence.mentions.indicators
        if mention.end <= other.start and other.end <= figure.start and not _inside(other.start, asides)
    )
    amount = 1.6 - 0.06 * len(words_in(_ASIDE.sub(" ", gap))) - 0.45 * others - 0.6 * rivals
    if _LISTED.fullmatch(gap) and _follows_its_figure(mention, figure, parts, sentence):
        amount -= 1.6
    if ";" in gap:
        amount -= 0.0 if _goes_on(figure, sentence) else 2.0
    if figure.unit in {None, Unit.COUNT} and _OF_OTHERS.match(sentence.text, figure.end):
        amount -= 2.5
    if _NEW_CLAUSE.search(gap):
        amount -= 0.8
    if OF_WHOM.search(gap):
        amount -= 3.0 if figure.unit in {None, Unit.COUNT} else 1.5
    if _opens_clause(figure, sentence):
        amount -= 0.6
    if "," in gap and _OF_THE.search(sentence.between(max(sentence.start, mention.start - 40), mention.start)):
        return [Feature("part_of", -3.0, "the figure counts some of what the words name")]
    if ")" in gap and gap.rfind("(") < gap.rfind(")"):
        amount -= 1.0 if gap.find(")") < gap.find("(") or "(" not in gap else 0.0
    return [Feature("before", max(amount, -3.0), "the measure's name stands before the figure")]


def _follows_its_figure(
    mention: IndicatorMention, figure: FigureMention, parts: list[Playing], sentence: Sentence
) -> bool:
    """True for a phrase that tells what the figure before it counts: "9 were adopted (14.5%), 8 ..."."""
    for other in reversed(parts):
        if other.figure.end > mention.start or other.figure is figure:
            continue
        if other.figure.bracketed or other.part not in {Part.VALUE, Part.NUMERATOR, Part.PIECE}:
            return False
        return _OPENS_ITEM.fullmatch(sentence.between(other.figure.end, mention.start)) is not None
    return False


def _opens_clause(figure: FigureMention, sentence: Sentence) -> bool:
    """True for the subject of a clause whose measure stands behind it: "... and 82% had dental checks"."""
    return (
        _JOINED.search(sentence.between(max(sentence.start, figure.start - 12), figure.start)) is not None
        and _VERB.match(sentence.text, figure.end) is not None
        and any(mention.start >= figure.end for mention in sentence.mentions.indicators)
    )


def _inside(position: int, spans: list[tuple[int, int]]) -> bool:
    return any(start <= position < end for start, end in spans)


def _goes_on(figure: FigureMention, sentence: Sentence) -> bool:
    """True for a clause that names nothing itself and goes on about the first one ("; by 31 October it was 471")."""
    start = sentence.text.rfind(";", sentence.start, figure.start) + 1
    clause = sentence.between(start, figure.start)
    for period in sentence.mentions.periods:
        clause = clause.replace(sentence.between(period.start, period.end), " ")
    return set(words_in(clause)) <= role_words().elliptical


def _figures_between(start: int, end: int, parts: list[Playing]) -> int:
    """How many values and targets stand between two offsets."""
    return sum(
        1
        for other in parts
        if start <= other.figure.start
        and other.figure.end <= end
        and other.part in {Part.VALUE, Part.TARGET}
        and not (other.figure.bracketed and start < other.figure.start <= start + 3)
    )


def _settled(found: list[Reading]) -> bool:
    """True where a phrase of the sentence itself names the measure well enough."""
    return any(reading.score >= THRESHOLD + 1.0 and not reading.match.needs_context for reading in found)


def _completed(playing: Playing, sentence: Sentence, scene: Scene, knowledge: Knowledge) -> list[Reading]:
    """Readings of the sentence's words together with those above: "Placement stability" over "three or more: 9.4%"."""
    own = _own_words(sentence, playing.figure)
    if not 1 <= len(own.split()) <= _LONGEST_OWN or "£" in sentence.between(sentence.start, sentence.end):
        return []
    whole = len(_without_mentions(sentence, sentence.start, sentence.end).split()) <= _LONGEST_OWN
    best: tuple[float, list[IndicatorMatch], Feature] | None = None
    for label, feature in _contexts(sentence, scene, whole):
        matches = knowledge.spotter.read_label([*label, own], playing.figure.unit)
        if len(label) == 1 and label[0] in topic_words().groups:
            # The group's own number is no news: the sentence must add words of the measure.
            alone = {match.indicator_id for match in knowledge.spotter.read_label(label, playing.figure.unit)}
            matches = [match for match in matches if match.indicator_id not in alone]
        if matches and (best is None or matches[0].score + feature.amount > best[0]):
            best = matches[0].score + feature.amount, matches, feature
    if best is None:
        return []
    mention = narrowed(IndicatorMention(sentence.start, sentence.end, tuple(best[1])), sentence, scene, knowledge)
    if mention is None:
        return []
    return _read(playing.figure, mention, sentence.where, [best[2]], knowledge.catalogue)


def _contexts(sentence: Sentence, scene: Scene, whole: bool) -> Iterator[tuple[list[str], Feature]]:
    """What may complete a sentence's words, the nearest first: the headings, the sentence before, the section.

    A section completes only what is `whole`, a line or short sentence: a long one has a subject of its own.
    """
    above = [held for held in scene.above() if held.block.level != 1 or len(scene.headings) == 1]
    said = "heading and sentence together name the measure"
    if above:
        yield [held.text for held in reversed(above[:2])], Feature("completed", -0.3, said)
    before = [span for span in sentences(sentence.text) if span[1] <= sentence.start]
    if before:
        # "4. Initial conferences. 93% were on time": the paragraph's own title.
        title = _NUMBER.sub("", sentence.text[before[0][0] : before[0][1]]).strip(" .:")
        if 1 <= len(title.split()) <= _LONGEST_TITLE and not any(char.isdigit() for char in title):
            yield [title], Feature("completed", -0.3, f"“{title}” opens the paragraph and completes the measure's name")
    for start, end in reversed(before[-2:]):
        said_before = sentence.text[start:end]
        ages = [found[0] for found in _AGES.finditer(said_before)]
        for group in (*ages, *(name for name in groups_named(said_before) if name in _PEOPLE)):
            yield [group], Feature("completed", -0.4, f"“{group}” in the sentence before completes the measure's name")
    for group in scene.section if whole else ():
        yield [group], Feature("completed", -0.5, f"the section on {group} completes the measure's name")


def _own_words(sentence: Sentence, figure: FigureMention) -> str:
    """A sentence without its figures, times and places; of a long one the words that belong to the figure."""
    start, end = sentence.start, sentence.end
    whole = _without_mentions(sentence, start, end)
    if len(whole.split()) <= _LONGEST_OWN:
        return whole
    figures = sentence.mentions.figures
    compared = [cue.start for cue in sentence.mentions.cues if cue.cue in _COMPARING and cue.start > figure.end]
    end = min([*compared, *(other.start for other in figures if other.start > figure.start), end])
    start = max([*(other.end for other in figures if other.end <= figure.start), start])
    behind = _without_mentions(sentence, figure.end, end)
    return behind if len(behind.split()) > 1 else _without_mentions(sentence, start, figure.start)


def _without_mentions(sentence: Sentence, start: int, end: int) -> str:
    held = sentence.mentions
    text = sentence.between(start, end)
    for group in (held.figures, held.periods, held.areas):
        for mention in group:
            if start <= mention.start and mention.end <= end:
                text = text.replace(sentence.between(mention.start, mention.end), " ", 1)
    return " ".join(text.split()).strip(" .,;:()")


def _carried(
    playing: Playing, sentence: Sentence, scene: Scene, knowledge: Knowledge, foreign: list[str]
) -> list[Reading]:
    """Readings from outside the sentence: the value or sentence before, lead-ins, headings."""
    catalogue = knowledge.catalogue
    penalty = 0.0
    if sentence.mentions.indicators:
        penalty -= 0.7
    if playing.figure.form in {FigureForm.NONE, FigureForm.WORDS}:
        penalty -= 0.8
    found: list[Reading] = []
    if foreign and (_ends_a_title(sentence, playing.figure) or _counts_some(sentence, playing.figure)):
        return found
    if not foreign and not sentence.mentions.indicators:
        found.extend(_continued(playing, sentence, scene, catalogue))
    for distance, (where, mention) in enumerate(reversed(_said_before(sentence, scene)[-3:])):
        if _are_apart(where, sentence) and _says_own(sentence, playing.figure):
            continue
        amount = 0.9 - 0.5 * distance + penalty + _strangeness(foreign, where.label(mention), scene)
        place = [Feature("said_before", amount, "an earlier sentence names the measure")]
        of_age = of_another_age(playing, sentence, where.label(mention), knowledge)
        named = replace(mention, matches=of_age) if of_age else mention
        found.extend(_read(playing.figure, named, where, place, catalogue))
    for distance, above in enumerate(scene.above()):
        for mention in above.mentions.indicators:
            # Of "Visits, reviews and PEPs" each name stands for itself alone.
            subject = above.label(mention) if _lists_subjects(above.text) else above.text
            amount = 1.3 - 0.35 * distance + penalty + _strangeness(foreign, subject, scene)
            place = [Feature("heading", amount, "the heading above names the measure")]
            found.extend(_read(playing.figure, mention, above, place, catalogue))
    return found


def _lists_subjects(heading: str) -> bool:
    """True for a heading that names three things or more."""
    return "," in heading and (" and " in heading or " & " in heading)


def _counts_some(sentence: Sentence, figure: FigureMention) -> bool:
    """True for the count of "Of these, nine have disabilities": some of those counted before, by words of its own."""
    if figure.unit not in {None, Unit.COUNT}:
        return False
    return any(cue.cue == "carried_on" and cue.start - sentence.start <= 2 for cue in sentence.mentions.cues)


def _ends_a_title(sentence: Sentence, figure: FigureMention) -> bool:
    """True for the bare number behind a few words of a line ("Sensitivity analysis 8"): a section or a page."""
    words = words_in(sentence.between(sentence.start, figure.start))
    bare = figure.unit is None and not figure.noun and not figure.decimals
    return bare and 0 < len(words) <= _SHORT_TITLE and not sentence.between(figure.end, sentence.end).strip()


def _says_own(sentence: Sentence, figure: FigureMention) -> bool:
    """True where a sentence has words of its own before a figure, more than the stock of elliptical ones."""
    stock = role_words().elliptical
    lead = sentence.between(sentence.start, figure.start)
    for area in sentence.mentions.areas:
        lead = lead.replace(sentence.between(area.start, area.end), " ")
    words = [word.removesuffix("'s").removesuffix("’s") for word in words_in(lead)]
    return any(word not in stock and len(word) > _SHORT_TITLE and not word.isdigit() for word in words)


def _are_apart(where: SpottedBlock, sentence: Sentence) -> bool:
    """True for two items of a list: one that has words of its own does not go on from another."""
    items = {where.block.kind, sentence.where.block.kind} == {BlockKind.LIST_ITEM}
    return items and where is not sentence.where and where.block.level >= sentence.where.block.level


def _continued(playing: Playing, sentence: Sentence, scene: Scene, catalogue: Catalogue) -> list[Reading]:
    """The measure of the value before, for a line that says nothing of its own ("221 in December")."""
    for anchor in anchors_for(playing.figure, scene.anchors[-2:], sentence):
        reading = anchor_reading(anchor, playing, catalogue)
        if reading is not None:
            return [replace(reading, score=reading.score + 1.0)]
    return []


def anchors_for(figure: FigureMention, anchors: list[Anchor], sentence: Sentence) -> list[Anchor]:
    """The values a figure can go on from, newest first, those printed in its unit before the others."""
    newest = list(reversed(anchors))
    if said_as_rate(figure, sentence):
        return [anchor for anchor in newest if anchor.candidate.unit is not Unit.COUNT]
    bare = {None, Unit.COUNT}
    units = [
        a.candidate.unit if a.candidate.figure.form is FigureForm.PARTS else a.candidate.figure.unit for a in newest
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


def _said_before(sentence: Sentence, scene: Scene) -> list[tuple[SpottedBlock, IndicatorMention]]:
    """Phrases named before this sentence in its own block, and at the end of the text before, oldest first."""
    own = [(sentence.where, m) for m in sentence.where.mentions.indicators if m.end <= sentence.start]
    return own or [(subject.where, subject.mention) for subject in scene.subjects(2)]


def _foreign_words(sentence: Sentence, figure: FigureMention) -> list[str]:
    """The words of a figure's clause that belong to no mention and are not the stock of elliptical sentences.

    A clause with a subject of its own ("Girls made better progress") does not take the heading's.
    """
    starts = clause_starts(sentence.text, sentence.start, sentence.end)
    start = max(cut for cut in starts if cut <= figure.start)
    end = min((cut for cut in starts if cut > figure.start), default=sentence.end)
    if start == sentence.start and (told := role_words().reporting.match(sentence.text, start, figure.start)):
        start = told.end()
    held = sentence.mentions
    covered = [(m.start, m.end) for group in (held.figures, held.periods, held.areas, held.cues) for m in group]
    text = list(sentence.between(start, end))
    for first, last in covered:
        for index in range(max(0, first - start), min(len(text), last - start)):
            text[index] = " "
    stock = role_words().elliptical
    return [word for word in words_in("".join(text)) if word not in stock and len(word) > 1]
