"""Levels told in one order: "71% and 90%, compared with national averages of 76% and 89%"."""

from __future__ import annotations

from collections.abc import Iterator

from townclerk.extract.linking.prose.datable import PAST
from townclerk.extract.linking.prose.listed import only_joined
from townclerk.extract.linking.prose.playing import ASIDE, Part, Playing
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.mentions import IndicatorMention
from townclerk.models.units import RATES, Unit

_UNITS = RATES | {Unit.PERCENT}
# A measure's name so near behind the last of them is that one's own.
_OWN = 30


def alike(parts: list[Playing], sentence: Sentence) -> None:
    """Take each of "national averages of 76% and 89%" or "targets of 85% and 90%" for what the first of them is."""
    for values, run in in_order(parts, sentence):
        first = parts[run[0]]
        named = {m.start for m in _names_before(first, sentence)}
        if not values and (sentence.mentions.indicators or len(run) < _figures(parts)):
            continue
        if values and len(named) < len(run):
            continue
        for index in run[1:]:
            parts[index].part, parts[index].why, parts[index].area = first.part, first.why, first.area


def in_order(parts: list[Playing], sentence: Sentence) -> Iterator[tuple[list[int], list[int]]]:
    """The runs of figures that set others of a sentence beside our own values, and those values, as many or none."""
    for run in _runs(parts, sentence):
        first = parts[run[0]]
        if not (first.of_elsewhere or first.part in {Part.TARGET, Part.PREVIOUS} or _is_past(run, parts, sentence)):
            continue
        values = [i for i in range(run[0]) if _is_own(parts[i]) and parts[i].figure.unit is first.figure.unit]
        if len(values) in {0, len(run)} and not _named_behind(parts[run[-1]], sentence):
            yield values, run


def _runs(parts: list[Playing], sentence: Sentence) -> Iterator[list[int]]:
    """Figures of one unit with nothing but a comma or "and" between them, two or more."""
    run: list[int] = []
    for index in range(len(parts)):
        joined = run and (
            parts[index].figure.unit is parts[run[-1]].figure.unit
            and parts[index].part not in ASIDE | {Part.CHANGE}
            and only_joined(parts[run[-1]].figure.end, parts[index].figure.start, sentence)
        )
        if joined:
            run.append(index)
            continue
        if len(run) > 1:
            yield run
        run = [index] if parts[index].figure.unit in _UNITS else []
    if len(run) > 1:
        yield run


def _is_own(playing: Playing) -> bool:
    return playing.part is Part.VALUE and not playing.of_elsewhere


def _figures(parts: list[Playing]) -> int:
    return sum(playing.part not in ASIDE for playing in parts)


def _is_past(run: list[int], parts: list[Playing], sentence: Sentence) -> bool:
    """True for "a year ago it was 90% and 93%", behind our own values of today."""
    if not run[0]:
        return False
    start, end = parts[run[0] - 1].figure.end, parts[run[0]].figure.start
    return any(start <= p.start and p.end <= end and p.expression.form in PAST for p in sentence.mentions.periods)


def _names_before(playing: Playing, sentence: Sentence) -> list[IndicatorMention]:
    return [m for m in sentence.mentions.indicators if m.end <= playing.figure.start]


def _named_behind(playing: Playing, sentence: Sentence) -> bool:
    """True where a measure's name follows the last figure with nothing to part them: it is named by that."""
    for mention in sentence.mentions.indicators:
        if 0 <= mention.start - playing.figure.end <= _OWN:
            return not set(sentence.between(playing.figure.end, mention.start)) & set(".,;:()")
    return False
