"""Minutes of a panel: the performance item among others, in reported speech, with members' questions."""

from __future__ import annotations

from collections.abc import Sequence

from tests.factory.grammar import capital
from tests.factory.held.layouts._frame import finish, period_words
from tests.factory.held.layouts._voice import Told
from tests.factory.layouts._parts import choose
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.place import load_names
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """Who was there, some other items, the performance item, some more, the end."""
    rng, world = speaker.rng, speaker.world
    period = period_words(speaker)
    date = speaker.calendar.date(world.meeting.isoformat())
    title = speaker.say("notes_title", {"committee": world.committee})
    names = rng.sample(load_names().last, 6)
    person, post = speaker.person()
    who = {**dict(zip("abcd", names, strict=False)), "person": person, "post": post}
    when = speaker.say("notes_meta", {"date": date, "small": str(rng.randint(1, 4))})
    blocks: list[Block] = [Para(world.home.title), Heading(title, 1), Para(when)]
    blocks.append(Para(speaker.say("notes_present", who)))
    others = rng.sample(speaker.grammar.pools["notes_other"], rng.randint(2, 4))
    place = rng.randint(1, len(others))
    for number, line in enumerate([*others[:place], "", *others[place:]], 1):
        if line:
            blocks += _other(speaker, line, number)
        else:
            blocks.append(Heading(speaker.say("notes_item", {"n": str(number), "period": period}), 2))
            blocks += _Item(speaker, post, names).blocks(period)
    blocks.append(Para(speaker.say("notes_close", {"digit": str(rng.randint(1, 5))})))
    return finish(speaker, "panel_notes", [Page(blocks)], title, period)


def _other(speaker: Speaker, line: str, number: int) -> list[Block]:
    """An item that has nothing to do with performance, though it may have numbers."""
    rng = speaker.rng
    slots = {
        "n": str(number), "small": str(rng.randint(2, 9)), "n2": str(rng.randint(11, 40)),
        "money": speaker.decoy("money"), "inspection": speaker.decoy("inspection2"),
        "training": speaker.decoy("training"), "consult": speaker.decoy("consult2"),
    }  # fmt: skip
    heading, text = speaker.fill(line, slots).split("|")
    return [Heading(heading, 2), Para(text)]


class _Item:
    """The minutes of the performance item."""

    def __init__(self, speaker: Speaker, post: str, names: Sequence[str]) -> None:
        self.speaker = speaker
        self.post = post
        self.names = names
        self.glyph = speaker.rng.choice(["•", "–", "a)", "•"])

    def blocks(self, period: str) -> list[Block]:
        """Opening, points, questions, resolution."""
        speaker, rng = self.speaker, self.speaker.rng
        chosen = choose(speaker, rng.randint(10, 16))
        rng.shuffle(chosen)
        asked = [chosen.pop() for _ in range(rng.randint(2, 4))]
        blocks: list[Block] = [Para(speaker.say("notes_open", {"post": self.post, "period": period}))]
        points = [self._point(measure) for measure in chosen]
        if rng.random() < 0.6:
            blocks.append(Para(speaker.say("notes_lead")))
            blocks += self._listed(points)
        else:
            blocks += [Para(" ".join(self._whole(p) for p in points[i : i + 3])) for i in range(0, len(points), 3)]
        blocks += [Para(self._question(measure)) for measure in asked]
        if rng.random() < 0.6:
            blocks.append(Para(self._plain()))
        blocks.append(Para(speaker.say("notes_tail")))
        return blocks

    def _listed(self, points: list[str]) -> list[Block]:
        """Points as a list; lettered where this clerk letters them."""
        if self.glyph != "a)":
            return [Bullet(point, self.glyph) for point in points]
        return [Bullet(point, f"{chr(97 + number)})") for number, point in enumerate(points)]

    @staticmethod
    def _whole(point: str) -> str:
        return capital(point.rstrip(";")) + "."

    def _point(self, measure: Measure) -> str:
        """A point in reported speech."""
        told = Told(self.speaker, measure)
        return told.say(self._pool(told, "said"), start_small=True)

    def _pool(self, told: Told, verb: str) -> str:
        """The pool of a point or question that the measure and its numbers allow."""
        kind = "count" if told.measure.unit is Unit.COUNT else "level"
        if kind == "level" and told.measure.better != "none" and self.speaker.rng.random() < 0.25:
            return f"{verb}_target"
        return f"{verb}_{kind}_same" if verb == "said" and told.movement() == "same" else f"{verb}_{kind}"

    def _question(self, measure: Measure) -> str:
        told = Told(self.speaker, measure)
        asker = self.speaker.rng.choice(self.names)
        return told.say(self._pool(told, "ask")).replace("WHO", asker).replace("POST", self.post)

    def _plain(self) -> str:
        """A question whose answer has no figures."""
        slots = {"who_asks": self.speaker.rng.choice(self.names), "text": self.speaker.comment("passage2")}
        return self.speaker.say("ask_plain", slots)
