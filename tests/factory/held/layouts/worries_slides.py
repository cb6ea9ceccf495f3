"""Slides by theme: what is working well, what is a worry, volumes, next steps; bullets in note form."""

from __future__ import annotations

from tests.factory.held.layouts._frame import finish, period_words, the_body
from tests.factory.held.layouts._voice import Told
from tests.factory.layouts._parts import by_domain, choose, domain_title
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """A first slide with the period, slides by theme, a last one."""
    rng, world = speaker.rng, speaker.world
    period = period_words(speaker)
    what = speaker.say("held_what_month")
    title = speaker.say("slide_title", {"what": what, "period": period, "thebody": the_body(speaker)})
    title = title[:1].upper() + title[1:]
    person, post = speaker.person()
    date = speaker.calendar.date(world.meeting.isoformat())
    first: list[Block] = [Heading(title, 1), Para(world.home.title), Para(f"{person}, {post}"), Para(date)]
    pages = [Page(first, landscape=True)]
    show = _Show(speaker)
    for domain, group in by_domain(choose(speaker, rng.randint(16, 26), domains=rng.randint(4, 8))):
        pages.append(Page(show.slide(domain_title(speaker, domain), group), landscape=True))
    last: list[Block] = [Heading(speaker.say("slide_close"), 2), Para(speaker.decoy("contact"))]
    pages.append(Page(last, landscape=True))
    return finish(speaker, "worries_slides", pages, title, period)


class _Show:
    """The headings of this presentation and how its bullets are made."""

    def __init__(self, speaker: Speaker) -> None:
        self.speaker = speaker
        self.heads = {name: speaker.say(f"slide_{name}") for name in ("good", "bad", "vol", "next")}
        self.glyph = speaker.rng.choice(["•", "•", "▪", "–", "➔"])
        self.volumes_first = speaker.rng.random() < 0.5
        self.nexts = speaker.rng.choice([0.0, 0.4, 0.9])

    def slide(self, title: str, measures: list[Measure]) -> list[Block]:
        """A slide: bullets under the headings that have any."""
        speaker, rng = self.speaker, self.speaker.rng
        groups: dict[str, list[str]] = {"vol": [], "good": [], "bad": []}
        for measure in measures:
            told = Told(speaker, measure, before=speaker.world.step if rng.random() < 0.8 else 12)
            groups[self._group(told)].append(self._bullet(told))
        order = ["vol", "good", "bad"] if self.volumes_first else ["good", "bad", "vol"]
        blocks: list[Block] = [Heading(title, 2)]
        for name in order:
            if not groups[name]:
                continue
            blocks.append(Heading(self.heads[name], 3))
            lines = groups[name]
            if name != "vol" and rng.random() < 0.4:
                lines.append(speaker.comment("sentence_").rstrip("."))
            blocks += [Bullet(line, self.glyph) for line in lines]
        if rng.random() < self.nexts:
            blocks.append(Heading(self.heads["next"], 3))
            blocks += [Bullet(speaker.say("tel_do"), self.glyph) for _ in range(rng.randint(1, 3))]
        return blocks

    @staticmethod
    def _group(told: Told) -> str:
        """Volumes, good news or a worry: what got better, and what meets its target, is good news."""
        if told.measure.better == "none":
            return "vol"
        return "good" if told.met() or told.improved() else "bad"

    def _bullet(self, told: Told) -> str:
        """A note of the figure; what it holds depends on what can be said of the measure."""
        rng, measure = self.speaker.rng, told.measure
        still = told.movement() == "same"
        if measure.unit is Unit.COUNT:
            return told.say("count_same" if still else "tel_count").rstrip(".")
        if measure.better == "none":
            pool = rng.choice(["np_level", "tel_comp", "np_same" if still else "np_prev"])
            return told.say(pool).rstrip(".")
        pools = ["tel_level" if measure.pop else "tel_np", "tel_comp"]
        if not still and (told.improved() or not told.met()):
            pools = ["tel_move", "tel_move", *pools]
        return told.say(rng.choice(pools)).rstrip(".")
