"""Which indicator a figure in running text is said of: the alternatives, each with its evidence, compete."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.linking.agreement import in_bounds, readings
from townclerk.extract.linking.prose.parts import Part, Playing, Sentence, words_in
from townclerk.extract.linking.scene import Anchor, Scene, SpottedBlock
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureForm, FigureMention, IndicatorMatch, IndicatorMention
from townclerk.models.units import Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.roles import role_words

# A link weaker than this is not made: an honest "not linked" beats a guess.
THRESHOLD = 1.6

_OF = re.compile(
    r"\s*(?:\([^)]*\)\s*)?(?:of|of all|of the|of our|of these|for)?\s*(?:all|the|our|new|these)?\s*", re.IGNORECASE
)


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
    playing: Playing, parts: list[Playing], sentence: Sentence, scene: Scene, catalogue: Catalogue
) -> list[Reading]:
    """Every indicator a figure may be said of, best first, each indicator once.

    Args:
        playing: The figure and its part.
        parts: All figures of the sentence.
        sentence: Where it stands.
        scene: What is in force there.
        catalogue: Definitions, for units, bounds and siblings.
    """
    found: list[Reading] = []
    for mention in sentence.mentions.indicators:
        found.extend(
            _read(playing.figure, mention, sentence.where, _near(playing, mention, parts, sentence), catalogue)
        )
    found.extend(_carried(playing, sentence, scene, catalogue))
    best: dict[str, Reading] = {}
    for reading in found:
        held = best.get(reading.match.indicator_id)
        if held is None or reading.score > held.score:
            best[reading.match.indicator_id] = reading
    return sorted(best.values(), key=lambda reading: (-reading.score, reading.match.indicator_id))


def direct_readings(
    playing: Playing, where: SpottedBlock, mention: IndicatorMention, catalogue: Catalogue
) -> list[Reading]:
    """The readings of one given phrase for a figure, wherever the phrase stands, best first."""
    found = _read(playing.figure, mention, where, [], catalogue)
    return sorted(found, key=lambda reading: (-reading.score, reading.match.indicator_id))


def anchor_reading(anchor: Anchor, playing: Playing, catalogue: Catalogue) -> Reading | None:
    """The measure of a value linked before, for a figure that hangs on it; None where the figure cannot be its value."""
    candidate = anchor.candidate
    if candidate.match is None:
        return None
    fits = readings(playing.figure, candidate.match, candidate.label, catalogue)
    bare = playing.figure.unit is None and not playing.figure.noun
    if bare:
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
    found: list[Reading] = []
    for match in mention.matches:
        for read, fit in readings(figure, match, label, catalogue):
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
    others = _figures_between(mention.end, figure.start, parts)
    rivals = sum(
        1 for other in sentence.mentions.indicators if mention.end <= other.start and other.end <= figure.start
    )
    amount = 1.6 - 0.06 * len(words_in(gap)) - 0.45 * others - 0.6 * rivals
    if ";" in gap:
        amount -= 2.0
    return [Feature("before", max(amount, -3.0), "the measure's name stands before the figure")]


def _figures_between(start: int, end: int, parts: list[Playing]) -> int:
    """How many values and targets stand between two offsets."""
    return sum(
        1
        for other in parts
        if start <= other.figure.start and other.figure.end <= end and other.part in {Part.VALUE, Part.TARGET}
    )


def _carried(playing: Playing, sentence: Sentence, scene: Scene, catalogue: Catalogue) -> list[Reading]:
    """Readings from outside the sentence: the sentence before, lead-ins, headings."""
    foreign = _foreign_words(sentence)
    penalty = -0.55 * max(0, foreign - 1)
    if sentence.mentions.indicators:
        penalty -= 0.7
    if playing.figure.form in {FigureForm.NONE, FigureForm.WORDS}:
        penalty -= 0.8
    found: list[Reading] = []
    for distance, subject in enumerate(reversed(_said_before(sentence, scene))):
        amount = 0.9 - 0.5 * distance + penalty
        place = [Feature("said_before", amount, "an earlier sentence names the measure")]
        found.extend(_read(playing.figure, subject[1], subject[0], place, catalogue))
        if distance == 2:
            break
    for distance, above in enumerate(scene.above()):
        amount = 1.3 - 0.35 * distance + penalty
        place = [Feature("heading", amount, "the heading above names the measure")]
        for mention in above.mentions.indicators:
            found.extend(_read(playing.figure, mention, above, place, catalogue))
    return found


def _said_before(sentence: Sentence, scene: Scene) -> list[tuple[SpottedBlock, IndicatorMention]]:
    """Phrases named before this sentence in its own block, and at the end of the text before, oldest first."""
    own = [(sentence.where, m) for m in sentence.where.mentions.indicators if m.end <= sentence.start]
    earlier = [(subject.where, subject.mention) for subject in scene.subjects[-2:]]
    return own or earlier


def _foreign_words(sentence: Sentence) -> int:
    """How many words of a sentence belong to no mention and are not the stock of elliptical sentences.

    A sentence with a subject of its own ("Girls made better progress") does not take the heading's.
    """
    held = sentence.mentions
    covered = [(m.start, m.end) for group in (held.figures, held.periods, held.areas, held.cues) for m in group]
    text = list(sentence.between(sentence.start, sentence.end))
    for start, end in covered:
        for index in range(max(0, start - sentence.start), min(len(text), end - sentence.start)):
            text[index] = " "
    stock = role_words().elliptical
    return sum(1 for word in words_in("".join(text)) if word not in stock and len(word) > 1)
