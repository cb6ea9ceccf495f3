"""How crowded the sentence of a figure is: what else stands in it that could be meant, as evidence."""

from __future__ import annotations

import re
from collections.abc import Iterator

from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.models.candidate import Feature
from townclerk.models.mentions import FigureMention, IndicatorMention, PeriodMention

_MOST = 6
_ENDS = ".?!"
_BETWEEN = re.compile(r"[\s|,;/–-]*")


def crowding(
    figure: FigureMention, named: IndicatorMention | None, sentence: Sentence, time: PeriodMention | None
) -> Iterator[Feature]:
    """What stands in a figure's sentence beside what was taken for its own.

    Args:
        figure: The figure.
        named: The phrase that names its measure, where it stands in the sentence.
        sentence: The sentence.
        time: The time stated for the figure, if any.
    """
    held = sentence.mentions
    start, end = (named.start, named.end) if named is not None else (sentence.end, sentence.end)
    others = [f for f in held.figures if f is not figure and not start <= f.start < end]
    if others:
        yield _counted("figures_beside", len(others), "another figure stands", "other figures stand")
    row = _run(figure, others, sentence)
    if row:
        yield _counted("bare_row", row, "a figure stands right beside it", "figures stand in a row with it")
    measures = {m.matches[0].indicator_id for m in held.indicators if m.matches and not _meets(m, start, end)}
    if named is not None and named.matches:
        measures.discard(named.matches[0].indicator_id)
    if measures:
        yield _counted("measures_beside", len(measures), "another measure is named", "other measures are named")
    times = {period.text for period in held.periods} - ({time.text} if time is not None else set())
    if times and time is None:
        yield _counted("time_unused", len(times), "a time not taken for its own stands", "times not taken stand")
    elif times:
        yield _counted("times_beside", len(times), "its own time and another stand", "times beside its own stand")
    if sentence.text[sentence.start : sentence.end].rstrip()[-1:] not in _ENDS:
        yield Feature("loose_line", 1.0, "the line is no whole sentence")


def _counted(name: str, count: int, one: str, many: str) -> Feature:
    words = f"{one} in its sentence" if count == 1 else f"{count} {many} in its sentence"
    return Feature(name, float(min(count, _MOST)), words)


def _meets(mention: IndicatorMention, start: int, end: int) -> bool:
    return mention.start < end and start < mention.end


def _run(figure: FigureMention, others: list[FigureMention], sentence: Sentence) -> int:
    """How many figures stand in one row with a figure, with no words between."""
    figures = sorted([*others, figure], key=lambda one: one.start)
    at = figures.index(figure)
    count = 0
    for step in (-1, 1):
        here = at
        while 0 <= here + step < len(figures):
            first, second = sorted((figures[here], figures[here + step]), key=lambda one: one.start)
            if not _BETWEEN.fullmatch(sentence.between(first.end, second.start)):
                break
            count, here = count + 1, here + step
    return count
