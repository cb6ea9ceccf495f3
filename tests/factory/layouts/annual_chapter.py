"""A chapter of an annual report (reviewing officers, virtual school, fostering): whole years compared in prose."""

from __future__ import annotations

from collections.abc import Callable

from tests.factory.gold import Figure
from tests.factory.grammar import Slots, capital
from tests.factory.layouts._facts import actual, aim, elsewhere, whole_years, with_counts, yearly
from tests.factory.layouts._parts import by_domain, domain_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.COUNT, Unit.DAYS, Unit.WEEKS)
_BODY = {
    "looked_after": "review", "stability": "review", "health": "review", "voice": "review",
    "child_protection": "review", "care_leavers": "review", "placements": "fostering", "adoption": "fostering",
    "education": "school", "send": "send",
}  # fmt: skip


def compose(speaker: Speaker) -> Report:
    """The year in the title, sections by domain, paragraphs that speak of this year, last year and the one before."""
    rng, world = speaker.rng, speaker.world
    codes = whole_years(world, 3)
    chosen = yearly(speaker, rng.randint(12, 18), 3, units=_UNITS)
    bodies = [_BODY[m.domain] for m in chosen if m.domain in _BODY]
    body = max(sorted(set(bodies)), key=bodies.count, default="review")
    slots = {"fy": speaker.calendar.head(codes[2]), "home": world.home.name, "end": codes[2][2:4] + codes[2][7:9]}
    title = speaker.say(f"annual_title_{body}", slots)
    blocks: list[Block] = [Heading(title, 1), Para(world.home.title), Para(speaker.say("annual_intro", slots))]
    year = _Year(speaker, codes)
    for domain, group in by_domain(chosen):
        blocks.append(Heading(domain_title(speaker, domain), 2))
        blocks += [Para(year.paragraph(measure)) for measure in group]
    blocks.append(Para(speaker.say("annual_next")))
    return report(speaker, "annual_chapter", [Page(blocks)], title)


class _Year:
    """Sentences on the year of the report, the year before and the one before that."""

    def __init__(self, speaker: Speaker, codes: list[str]) -> None:
        self.speaker = speaker
        self.codes = codes

    def paragraph(self, measure: Measure) -> str:
        """A sentence of figures, sometimes a second with a comparison, and the explanation."""
        speaker, rng = self.speaker, self.speaker.rng
        slots, figures = self._slots(measure)
        kind = "stock" if measure.kind == "stock" else "flow"
        unit = "count" if measure.unit is Unit.COUNT else "level"
        text = capital(speaker.say(f"annual_{kind}_{unit}", slots))
        if unit == "level" and rng.random() < 0.3:
            text += " " + speaker.say("annual_england", slots)
        if rng.random() < 0.5:
            text += " " + speaker.passage(speaker.comment("passage2"), *figures[:1])
        return text

    def _slots(self, measure: Measure) -> tuple[Slots, list[Figure]]:
        speaker, world = self.speaker, self.speaker.world
        figures: list[Figure] = []
        things = speaker.words(speaker.rng.choice(measure.things)) if measure.things else ""
        subject = speaker.names(measure).subject
        label = things or subject

        def printed(back: int) -> Callable[[], str]:
            def say() -> str:
                figure, words = actual(speaker, measure, self.codes[2 - back], prose=True, label=label)
                if back == 0:
                    figures.append(figure)
                return words

            return say

        def counts() -> str:
            words = with_counts(speaker, measure, figures[0], self.codes[2]) if speaker.rng.random() < 0.35 else ""
            return f" ({words})" if words else ""

        def change(words: dict[str, str]) -> Callable[[], str]:
            def say() -> str:
                which = self._which(measure)
                figures[0].direction = which
                return speaker.say(words[which])

            return say

        head = speaker.calendar.head
        years = {f"y{back}": head(self.codes[2 - back]) for back in range(3)}
        ends = {f"e{back}": f"31 March {int(self.codes[2 - back][2:6]) + 1}" for back in range(3)}
        return {
            **years, **ends, "things": things, "s": subject, "nd": counts,
            "v": printed(0), "p": printed(1), "p2": printed(2),
            "more": change({"up": "more_up", "down": "more_down", "same": "annual_equal"}),
            "higher": change({"up": "higher", "down": "lower", "same": "annual_equal"}),
            "t": lambda: aim(speaker, measure, self.codes[2], prose=True)[1],
            "eng": lambda: elsewhere(speaker, measure, "england", world.last_year_code(), dated=False, prose=True)[1],
        }, figures  # fmt: skip

    def _which(self, measure: Measure) -> str:
        places = self.speaker.world.printed(measure)
        old, new = (
            round_half_up(self.speaker.world.reading(measure, code).value, places) for code in self.codes[1:]
        )  # fmt: skip
        return "up" if new > old else "down" if new < old else "same"
