"""What layouts of the former held-back part share: sentences, short values, furniture."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factory.asides import aside
from tests.factory.former.layouts._voice import OwnSpeaker, Said
from tests.factory.gold import Figure
from tests.factory.layouts._parts import report as open_report
from tests.factory.layouts.scorecard import value_cell
from tests.factory.measures import Measure
from tests.factory.page import Page, Report
from tests.factory.telling import can_pair, comes_late, lagged, pair, tell, tell_lagged

ARROWS = {
    "up": ["↑", "▲", "Rising", "Up"],
    "down": ["↓", "▼", "Falling", "Down"],
    "same": ["→", "►", "Steady", "Level"],
}


def finished(speaker: OwnSpeaker, layout: str, pages: list[Page], title: str) -> Report:
    """The report, with furniture, in the former held-back part."""
    made = open_report(speaker, layout, pages, title)
    made.part = "former"
    return made


def sentences(speaker: OwnSpeaker, measures: Sequence[Measure], more: float = 0.25) -> list[str]:
    """One or two sentences on each measure; now and then two measures share one."""
    rng = speaker.rng
    out: list[str] = []
    waiting = list(measures)
    while waiting:
        measure = waiting.pop(0)
        if waiting and can_pair(measure, waiting[0]) and rng.random() < 0.15:
            out.append(pair(speaker, measure, waiting.pop(0)))
        else:
            out.append(sentence(speaker, measure, more))
    return out


def sentence(speaker: OwnSpeaker, measure: Measure, more: float = 0.25, explained: float = 0.5) -> str:
    """A sentence with figures on one measure, often with a second one and an explanation."""
    rng = speaker.rng
    if comes_late(measure) and rng.random() < 0.2 and (late := lagged(speaker, measure)) is not None:
        return tell_lagged(late)
    statement = Said(speaker, measure)
    text = tell(statement)
    if rng.random() < more:
        text = f"{text} {aside(statement)}".strip()
    if statement.figure is not None and rng.random() < explained:
        text = f"{text} {speaker.passage(speaker.comment('passage2'), statement.figure)}"
    return text


def own(speaker: OwnSpeaker, measure: Measure, code: str, difficulty: str = "medium") -> Figure:
    """The measure's value for a period, as a figure not yet in print."""
    value = speaker.world.reading(measure, code).value
    return speaker.figure(measure, value, speaker.dated(measure, code), difficulty=difficulty)


def goal(speaker: OwnSpeaker, measure: Measure) -> Figure:
    """The measure's target for the report's period."""
    value = speaker.world.target(measure)
    period = speaker.code(measure)
    return speaker.figure(
        measure, value, period, role="target", places=0 if value == int(value) else 1, difficulty="medium"
    )


def open_cell(speaker: OwnSpeaker, measure: Measure, figure: Figure) -> str:
    """The same, but now and then missing or withheld."""
    return value_cell(speaker, measure, figure, True).text


def cell(speaker: OwnSpeaker, measure: Measure, figure: Figure) -> str:
    """A figure as cells and cards have it."""
    return speaker.in_cell(measure, figure, True)
