"""One sentence as the linker takes it up, and what it made of it."""

from __future__ import annotations

from dataclasses import dataclass, field

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.prose.playing import Playing
from townclerk.extract.linking.prose.sentence import Sentence
from townclerk.extract.linking.scene import Scene
from townclerk.models.candidate import Candidate
from townclerk.models.mentions import FigureMention, PeriodMention


@dataclass(slots=True, frozen=True)
class Setting:
    """All that decides what the figures of one sentence are said of.

    Attributes:
        sentence: The sentence.
        parts: Its figures and the parts they play.
        scene: What is in force there.
        knowledge: Definitions, for units, bounds and siblings, and the reader of labels.
    """

    sentence: Sentence
    parts: list[Playing]
    scene: Scene
    knowledge: Knowledge


@dataclass(slots=True)
class Told:
    """What one sentence told.

    Attributes:
        sentence: The sentence.
        parts: Its figures.
        links: The candidate of each linked figure, by its place in `parts`.
        unlinked: Figures that found no measure, with the reason.
        shared: Further candidates of figures said of several places or roles.
        stated: The time stated for a figure, by its place in `parts`.
        time: The one time of its newest values, which the statement strung behind it goes on from.
    """

    sentence: Sentence
    parts: list[Playing]
    links: dict[int, Candidate] = field(default_factory=dict)
    unlinked: list[tuple[FigureMention, str]] = field(default_factory=list)
    shared: list[Candidate] = field(default_factory=list)
    stated: dict[int, PeriodMention] = field(default_factory=dict)
    time: PeriodMention | None = None
