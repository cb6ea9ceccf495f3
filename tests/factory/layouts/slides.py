"""Slides: the title is the subject of every bullet below it."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.grammar import capital
from tests.factory.layouts._parts import choose, main_title, report
from tests.factory.layouts.dashboard import trend
from tests.factory.measures import Measure
from tests.factory.page import Block, Bullet, Heading, Page, Para, Report
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from townclerk.models.period import add_months
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """A title slide, one slide a measure, a last slide."""
    rng, world = speaker.rng, speaker.world
    title = main_title(speaker)
    name, post = speaker.person()
    cover: list[Block] = [Heading(title, 1), Para(name), Para(post), Para(world.home.title)]
    pages = [Page(cover, landscape=True)]
    glyph = rng.choice(["•", "•", "▪", "–", "➔"])
    chosen = choose(speaker, rng.randint(10, 16))
    pages += [Page(slide(speaker, measure, glyph), landscape=True) for measure in chosen]
    pages.append(Page([Heading(speaker.say("slide_thanks"), 2), Para(speaker.decoy("contact"))], landscape=True))
    return report(speaker, "slides", pages, title)


def slide(speaker: Speaker, measure: Measure, glyph: str) -> list[Block]:
    """A slide's title and bullets."""
    rng = speaker.rng
    title = speaker.names(measure).title if rng.random() < 0.7 else speaker.names(measure).short
    statement = Statement(speaker, measure)
    lines = [statement.say(_first_pool(statement))]
    value = statement.owner()
    if rate := _rate(speaker, measure):
        lines.append(f"{Statement(speaker, rate).now()}")
    elif measure.unit is not Unit.COUNT and rng.random() < 0.5:
        lines.append(statement.say("bullet_comp"))
    if measure.better != "none" and measure.unit is not Unit.COUNT:
        lines += _standing(speaker, value)
    if rng.random() < 0.12 and measure.kind == "stock":
        lines[0] = f"{lines[0]}. {later(speaker, measure)}"
    if rng.random() < 0.2:
        lines.append(speaker.decoy("hypothetical").rstrip("."))
    blocks: list[Block] = [Heading(title, 2), *(Bullet(line, glyph) for line in lines)]
    if rng.random() < 0.3 and measure.rate_of is None:
        blocks.append(trend(speaker, measure))
    if rng.random() < 0.5:
        sentences = speaker.comment("passage2").split(". ")[: rng.randint(1, 2)]
        blocks += [Bullet(capital(sentence.rstrip(".")), glyph) for sentence in sentences]
    return blocks


def _first_pool(statement: Statement) -> str:
    if statement.movement() == "same":
        return "bullet_level"
    return statement.speaker.rng.choice(["bullet_level", "bullet_value", "bullet_value", "bullet_target"])


def _rate(speaker: Speaker, measure: Measure) -> Measure | None:
    """The rate that goes with a stock count, in half the slides."""
    rates = [m for m in speaker.world.catalogue.values() if m.rate_of == measure.id and m.kind == "stock"]
    return rates[0] if rates and speaker.rng.random() < 0.5 else None


def _standing(speaker: Speaker, figure: Figure) -> list[str]:
    """Bullets of rank and quartile, which belong to the value above them (P28)."""
    rng = speaker.rng
    lines = []
    if rng.random() < 0.2:
        position = rng.randint(1, 11)
        figure.rank = {"position": position, "of": 11}
        slots = {"ordinal": capital(speaker.ordinal(position)), "position": str(position)}
        lines.append(speaker.say("slide_rank", slots))
    if rng.random() < 0.2:
        figure.quartile = rng.randint(1, 4)
        words = speaker.say(f"quart_{figure.quartile}")
        lines.append(capital(speaker.say("slide_quartile", {"quart": words})))
    return lines


def later(speaker: Speaker, measure: Measure) -> str:
    """A figure of the month after the report's period, typed in afterwards (P29)."""
    end = speaker.world.end
    year, month = add_months(end.year, end.month, 1)
    code = f"{year:04d}-{month:02d}"
    figure = speaker.figure(measure, speaker.world.reading(measure, code).value, code, difficulty="medium")
    return speaker.say("slide_later", {"v": speaker.print(measure, figure), "month": MONTHS[month - 1]})
