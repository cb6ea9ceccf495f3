"""Change, direction, rank, quartile and colour: what a sentence says about a value without giving another one."""

from __future__ import annotations

import re
from datetime import date

from townclerk.extract.linking.prose.playing import Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence, words_in
from townclerk.extract.linking.prose.told import Told
from townclerk.extract.linking.scene import Scene
from townclerk.models.candidate import Candidate, StatedChange
from townclerk.models.mentions import RoleCue
from townclerk.models.period import Period
from townclerk.models.units import Direction, Polarity, Unit
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.phrasing import phrasing

_TO = re.compile(r"\s*to\b", re.IGNORECASE)
_BUT = re.compile(r"\b(?:but|though|although|yet|however|if)\b", re.IGNORECASE)
_CLAUSE_WORDS = 9
_NEAR_ANCHORS = 6
_MOVES = {"up", "down", "same", "better", "worse"}


def attach_attributes(told: Told, scene: Scene, catalogue: Catalogue) -> None:
    """Attach a sentence's changes, directions, ranks and quartiles to the values they are said of.

    Args:
        told: The sentence with its figures and the candidates linked in it.
        scene: For values of earlier sentences, which a sentence without values goes on about.
        catalogue: Polarities, which turn "improved" into up or down.
    """
    values = {i: c for i, c in told.links.items() if told.parts[i].part is Part.VALUE and c.is_own_actual}
    _changes(told, values, scene, catalogue)
    _directions(told, values, scene, catalogue)
    _standings(told, values, scene)
    _movements(told, values)


def _movements(told: Told, values: dict[int, Candidate]) -> None:
    """Say which way a value moved from the old one that the sentence compares it with: "204, against 221 in June"."""
    old = [c for i, c in told.links.items() if told.parts[i].part is Part.PREVIOUS and c.is_own_actual]
    for value in values.values():
        before = [c for c in old if c.indicator_id == value.indicator_id and c.is_before(value)]
        if value.direction is None and len(before) == 1:
            value.direction = value.moved_since(before[0])


def _changes(told: Told, values: dict[int, Candidate], scene: Scene, catalogue: Catalogue) -> None:
    for index, playing in enumerate(told.parts):
        if playing.part is not Part.CHANGE or playing.figure.value is None:
            continue
        base = scene.resolve(playing.against, _data_period(scene)) if playing.against else None
        levels = {i: c for i, c in values.items() if base is None or c.period is None or c.period.end != base.end}
        ahead = _TO.match(told.sentence.text, playing.figure.end) is not None
        value = _value_for(index, levels, ahead=ahead) or _newest(scene)
        value = value and _follower(value, told.links, scene)
        if value is None or value.change is not None or not _change_fits(playing, value):
            continue
        if base is not None and value.period is not None and value.period.end == base.end:
            continue
        direction = playing.direction or _by_performance(playing, told.sentence, value, catalogue)
        if base is None:
            base = _base_beside(value, told.links)
        value.change = StatedChange(abs(playing.figure.value), _change_unit(playing, value), direction, base)
        value.direction = value.direction or direction


def _value_for(index: int, values: dict[int, Candidate], *, ahead: bool) -> Candidate | None:
    """The value a change is said of: the nearest before it, else the nearest behind; `ahead` for "rose 8% to 81"."""
    before = [i for i in values if i < index]
    if before and not ahead:
        return values[max(before)]
    after = [i for i in values if i > index]
    return values[min(after)] if after else None


def _base_beside(value: Candidate, links: dict[int, Candidate]) -> Period | None:
    """The time of the older value of the same measure that the sentence gives: "rose 8% to 81 (75 in August)"."""
    older = [
        c.period
        for c in links.values()
        if c is not value
        and c.indicator_id == value.indicator_id
        and c.is_own_actual
        and c.period is not None
        and value.period is not None
        and c.period.end < value.period.end
    ]
    return older[0] if len(older) == 1 else None


def _follower(value: Candidate, links: dict[int, Candidate], scene: Scene) -> Candidate:
    """The newest value of the same measure, in the sentence or above it: a movement is said of it, not of its base."""
    known = [*links.values(), *(anchor.candidate for anchor in scene.anchors[-_NEAR_ANCHORS:])]
    same = [
        c
        for c in known
        if c.indicator_id == value.indicator_id and c.unit is value.unit and c.is_own_actual and c.period
    ]
    if value.period is None or not same:
        return value
    newest = max(same, key=lambda c: c.period.end if c.period else date.min)
    return newest if newest.period and newest.period.end > value.period.end else value


def _data_period(scene: Scene) -> Period | None:
    newest = _newest(scene)
    return newest.period if newest else None


def _newest(scene: Scene) -> Candidate | None:
    return scene.anchors[-1].candidate if scene.anchors else None


def _change_fits(playing: Playing, value: Candidate) -> bool:
    """A change in points or percent suits a percentage; a count's change suits a count only."""
    unit = playing.figure.unit
    if unit in {Unit.POINTS, Unit.PERCENT}:
        return True
    return value.unit is not Unit.PERCENT and (unit in {None, Unit.COUNT} or unit is value.unit)


def _change_unit(playing: Playing, value: Candidate) -> Unit:
    """Points for "percent" on a percentage row (convention of phenomenon P48), relative percent on anything else."""
    if playing.figure.unit is Unit.PERCENT:
        return Unit.POINTS if value.unit is Unit.PERCENT else Unit.PERCENT
    return Unit.POINTS if playing.figure.unit is Unit.POINTS else value.unit


def _by_performance(playing: Playing, sentence: Sentence, value: Candidate, catalogue: Catalogue) -> Direction | None:
    """The movement of the number that "improved by" or "an improvement of" means, by the measure's polarity."""
    cue = next(
        (
            c
            for c in sentence.mentions.cues
            if c.cue in {"better", "worse"} and abs(c.start - playing.figure.start) < 40
        ),
        None,
    )
    return _performed(cue, value, catalogue) if cue else None


def _performed(cue: RoleCue, value: Candidate, catalogue: Catalogue) -> Direction | None:
    if value.indicator_id is None:
        return None
    polarity = catalogue.indicators[value.indicator_id].polarity
    if polarity is Polarity.NEUTRAL:
        return None
    return Direction.UP if (polarity is Polarity.HIGHER) == (cue.cue == "better") else Direction.DOWN


def _directions(told: Told, values: dict[int, Candidate], scene: Scene, catalogue: Catalogue) -> None:
    sentence, parts = told.sentence, told.parts
    cues = [c for c in sentence.mentions.cues if c.cue in _MOVES and not sentence.is_in_name(c)]
    if not cues or not (values or scene.anchors):
        return
    if not values:
        _on_what_went_before(sentence, cues, parts, scene, catalogue)
        return
    for index, value in values.items():
        cue = _cue_of(index, parts, cues, sentence)
        if cue is None and len(values) == 1 and len(cues) == 1:
            cue = _said_of_the_measure(cues[0], parts[index], sentence)
        moved = _follower(value, told.links, scene)
        if cue is not None and moved.direction is None:
            moved.direction = _move(cue, moved, catalogue)


def _said_of_the_measure(cue: RoleCue, playing: Playing, sentence: Sentence) -> RoleCue | None:
    """A sentence's one movement for its one value, where the measure is its subject.

    So in "Re-referrals rose this month and our rate was 27.3%".
    """
    subjects = [m for m in sentence.mentions.indicators if m.end <= cue.start]
    if not subjects or cue.end > playing.figure.start:
        return None
    between = sentence.between(cue.end, playing.figure.start)
    led = len(sentence.plain_words(max(m.end for m in subjects), cue.start)) <= 2
    return cue if led and ";" not in between and len(words_in(between)) <= _CLAUSE_WORDS else None


def _cue_of(index: int, parts: list[Playing], cues: list[RoleCue], sentence: Sentence) -> RoleCue | None:
    """The movement word of a value: the last before it since the value before, else one right behind it."""
    figure = parts[index].figure
    earlier = [p.figure.end for p in parts[:index] if p.part is Part.VALUE]
    floor = max(earlier, default=sentence.start)
    before = [c for c in cues if floor <= c.start and c.end <= figure.start]
    before = [c for c in before if ";" not in sentence.between(c.end, figure.start)]
    if before and _words_besides_times(sentence, before[-1].end, figure.start) <= 4:
        return before[-1]
    behind = [c for c in cues if c.start >= figure.end]
    later = [p.figure.start for p in parts[index + 1 :] if p.part is Part.VALUE]
    if behind and behind[0].start < min(later, default=sentence.end):
        gap = sentence.between(figure.end, behind[0].start)
        if ";" not in gap and "." not in gap and len(words_in(gap)) <= 6:
            return behind[0]
    return None


def _words_besides_times(sentence: Sentence, start: int, end: int) -> int:
    """How many words stand between two offsets that are part of no measure and of no time."""
    times = [p for p in sentence.mentions.periods if start <= p.start and p.end <= end]
    return len(sentence.plain_words(start, end)) - sum(len(words_in(sentence.between(p.start, p.end))) for p in times)


def _move(cue: RoleCue, value: Candidate, catalogue: Catalogue) -> Direction | None:
    if cue.cue in {"better", "worse"}:
        return _performed(cue, value, catalogue)
    return {"up": Direction.UP, "down": Direction.DOWN, "same": Direction.SAME}[cue.cue]


def _on_what_went_before(
    sentence: Sentence, cues: list[RoleCue], parts: list[Playing], scene: Scene, catalogue: Catalogue
) -> None:
    """A sentence such as "This is lower than quarter 1." speaks of the value before it."""
    lead = words_in(sentence.between(sentence.start, sentence.end))[:1]
    if not scene.anchors or lead not in (["this"], ["which"], ["it"], ["although"], ["both"]):
        return
    if sentence.mentions.indicators:
        return
    newest = scene.anchors[-1].candidate
    held = [
        a.candidate for a in scene.anchors if a.where is scene.anchors[-1].where and a.candidate.block == newest.block
    ]
    for value in held if lead == ["both"] or parts else [newest]:
        if value.direction is None:
            value.direction = _move(_weightiest(cues, sentence), value, catalogue)


def _weightiest(cues: list[RoleCue], sentence: Sentence) -> RoleCue:
    """The movement from the report before, where a comparison has two.

    It ends "similar, but slightly lower" and "lower than a year ago but higher than the quarter before"; it begins
    "lower than the quarter before but higher than a year ago".
    """
    chosen = cues[0]
    for cue in cues[1:]:
        between = sentence.between(chosen.end, cue.start)
        if _BUT.search(between) and (chosen.cue == "same" or phrasing().elsewhere_or_before.search(between)):
            chosen = cue
    return chosen


def _standings(told: Told, values: dict[int, Candidate], scene: Scene) -> None:
    """Ranks and quartiles belong to the nearest value before them, else the one behind, else the sentence before's.

    A slide may rank first and give the value in the next bullet: then the cue waits for it.
    """
    for cue in told.sentence.mentions.cues:
        if cue.cue not in {"rank", "quartile"} or cue.number is None:
            continue
        before = [c for i, c in values.items() if told.parts[i].figure.end <= cue.start]
        after = [c for i, c in values.items() if told.parts[i].figure.start >= cue.end]
        value = before[-1] if before else after[0] if after else _ranked_above(scene)
        if value is None:
            scene.standings.append(cue)
        else:
            stand(value, cue)


def _ranked_above(scene: Scene) -> Candidate | None:
    """The value above that a rank is about: of a count and a share or rate of one measure, the latter."""
    if not scene.anchors:
        return None
    newest = scene.anchors[-1].candidate
    for anchor in reversed(scene.anchors[-4:]):
        candidate = anchor.candidate
        if newest.unit is Unit.COUNT and candidate.unit is not Unit.COUNT and candidate.block >= newest.block - 2:
            return candidate
    return newest


def stand(value: Candidate, cue: RoleCue) -> None:
    """Give a value a rank or quartile, unless it has one."""
    if cue.number is None:
        return
    if cue.cue == "quartile" and value.quartile is None and 1 <= cue.number <= 4:
        value.quartile = int(cue.number)
    if cue.cue == "rank" and value.rank is None:
        value.rank = (int(cue.number), int(cue.of) if cue.of else None)
