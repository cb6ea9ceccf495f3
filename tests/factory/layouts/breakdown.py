"""Volumes split by locality, team, age or sex beside their totals: only the totals are the indicators (C9)."""

from __future__ import annotations

from tests.factory.layouts._parts import choose, front, intro, main_title, report
from tests.factory.layouts.prose import paragraph
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Rule, Table
from tests.factory.speaker import Speaker
from townclerk.models.units import Unit

_RULES: tuple[Rule, ...] = ("full", "rows", "none")


def compose(speaker: Speaker) -> Report:
    """Paragraphs on some measures and one or two tables of parts and totals."""
    rng = speaker.rng
    title = main_title(speaker)
    blocks: list[Block] = [*front(speaker, title), Para(intro(speaker))]
    blocks += [Para(paragraph(speaker, measure)) for measure in choose(speaker, rng.randint(4, 8))]
    for _ in range(rng.randint(1, 2)):
        blocks += split_table(speaker)
    return report(speaker, "breakdown", [Page(blocks)], title)


def split_table(speaker: Speaker) -> list[Block]:
    """A table of counts by parts, the totals last or first, and a sentence on one of the parts."""
    rng = speaker.rng
    names = speaker.say("parts_names").split("|")
    by = "age" if "5" in names[0] else "sex" if "Male" in names else "team" if "Team A" in names else "locality"
    total = speaker.say("parts_total", {"home": speaker.world.home.name})
    last = rng.random() < 0.75
    columns = [*names, total] if last else [total, *names]
    head = [Cell(speaker.say("head_measure")), *(Cell(name) for name in columns)]
    rows, note = [], ""
    for measure in choose(speaker, rng.randint(4, 9), units=(Unit.COUNT,)):
        shares = _split(speaker, measure, len(names))
        cells = [Cell(f"{share:,}") for share in shares]
        value = speaker.world.reading(measure, speaker.world.period).value
        figure = speaker.figure(measure, value, speaker.code(measure), difficulty="medium")
        whole = Cell(speaker.in_cell(measure, figure, False))
        rows.append([Cell(speaker.names(measure).title), *([*cells, whole] if last else [whole, *cells])])
        note = speaker.say("parts_say", {"part": names[0], "n": f"{shares[0]:,}"})
    widths = [3.0] + [1.0] * len(columns)
    table = Table([head], rows, widths=widths, rule=rng.choice(_RULES))
    return [
        Heading(speaker.say("parts_title", {"by": by})),
        Para(speaker.say("parts_intro", {"by": by})),
        table,
        Para(note),
    ]


def _split(speaker: Speaker, measure: Measure, parts: int) -> list[int]:
    """The measure's value in whole parts that add up to it."""
    left = int(speaker.world.reading(measure, speaker.world.period).value)
    shares = []
    for waiting in range(parts, 1, -1):
        share = round(left * min(0.9, speaker.rng.uniform(0.8, 1.25) / waiting))
        shares.append(share)
        left -= share
    return [*shares, left]
