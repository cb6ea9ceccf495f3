"""One measure a page: a tile, a sentence or two, charts, a benchmark box with a year of its own, commentary."""

from __future__ import annotations

from tests.factory.gold import Figure
from tests.factory.layouts._parts import choose, main_title, report
from tests.factory.layouts.scorecard import colour
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Chart, Heading, Page, Para, Report, Table, Tile, TilePart
from tests.factory.periods import MONTHS
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.telling import tell
from tests.factory.world import round_half_up
from townclerk.models.period import parse_code
from townclerk.models.units import Unit


def compose(speaker: Speaker) -> Report:
    """A cover and a page for each measure."""
    rng = speaker.rng
    title = main_title(speaker)
    cover: list[Block] = [Heading(title, 1), Para(speaker.world.home.title), Para(speaker.calendar.report_title())]
    units = (Unit.PERCENT, Unit.PER_10000, Unit.COUNT, Unit.DAYS, Unit.WEEKS)
    pages = [Page(cover, landscape=True)]
    for number, measure in enumerate(choose(speaker, rng.randint(7, 11), units=units), 1):
        pages.append(Page(measure_page(speaker, measure, number), landscape=True))
    return report(speaker, "dashboard", pages, title)


def measure_page(speaker: Speaker, measure: Measure, number: int) -> list[Block]:
    """The blocks of one measure's page; which of them there are, and their order, differ."""
    rng = speaker.rng
    statement = Statement(speaker, measure, before=speaker.world.step)
    numbered = f"{number} " if rng.random() < 0.5 else ""
    blocks: list[Block] = [Heading(f"{numbered}{speaker.names(measure).title}", 2)]
    box, value = tile(speaker, statement)
    blocks.append(box)
    if rng.random() < 0.7:
        blocks.append(Para(tell(statement)))
    if rng.random() < 0.85:
        blocks.append(trend(speaker, measure))
    if rng.random() < 0.5 and measure.unit is not Unit.COUNT:
        blocks += benchmarks(speaker, statement)
    if rng.random() < 0.3:
        blocks.append(variances(speaker))
    if rng.random() < 0.9:
        words = speaker.passage(speaker.comment(rng.choice(["passage2", "passage3", "passage4"])), value)
        blocks += [Heading(speaker.say("commentary_title"), 3), Para(words)]
    return blocks


def tile(speaker: Speaker, statement: Statement) -> tuple[Tile, Figure]:
    """Value, target, variance, earlier value and polarity; the variance is arithmetic and no figure of its own."""
    rng, world, measure = speaker.rng, speaker.world, statement.measure
    now = _own(statement, 0)
    parts = []
    if measure.better != "none":
        aim = world.target(measure)
        places = 1 if aim != int(aim) else 0
        annual = rng.random() < 0.15
        period = world.year_code if annual else now.period
        target = speaker.figure(measure, aim, period, role="target", places=places, difficulty="medium")
        label = speaker.say("tile_year_target" if annual else "tile_target")
        parts.append(TilePart(label, _shown(speaker, measure, target)))
        if rng.random() < 0.8:
            gap = round_half_up(statement.rounded() - aim, max(places, world.printed(measure)))
            digits = f"{gap:+,.{max(places, world.printed(measure))}f}"
            parts.append(TilePart(speaker.say("tile_variance"), digits + "%" * (measure.unit is Unit.PERCENT)))
    before = _own(statement, world.step)
    parts.append(TilePart(speaker.say(f"tile_prev_{world.kind}"), _shown(speaker, measure, before)))
    if rng.random() < 0.7:
        parts.append(TilePart(speaker.say(f"tile_good_{measure.better}"), ""))
    rng.shuffle(parts)
    main = TilePart("", _shown(speaker, measure, now), big=True)
    parts.insert(rng.choice([0, len(parts)]), main)
    head = f"{speaker.calendar.head(world.period)} {speaker.names(measure).short}"
    return Tile(head, parts, colour(statement) if rng.random() < 0.7 else None), now


def _own(statement: Statement, months_back: int) -> Figure:
    speaker, measure = statement.speaker, statement.measure
    code = speaker.world.shifted(-months_back)
    value = speaker.world.reading(measure, code).value
    return speaker.figure(measure, value, speaker.dated(measure, code), difficulty="medium")


def _shown(speaker: Speaker, measure: Measure, figure: Figure) -> str:
    return speaker.in_cell(measure, figure, True)


def trend(speaker: Speaker, measure: Measure) -> Chart:
    """A chart of the last months or quarters. Bar labels count only where each bar has one (P22)."""
    rng, world = speaker.rng, speaker.world
    codes = [world.shifted(-world.step * back) for back in range(rng.randint(5, 9), -1, -1)]
    values = [world.reading(measure, code).value for code in codes]
    axis = [_axis(code) for code in codes]
    title = speaker.say("chart_title", {"short": speaker.names(measure).short})
    kind = rng.choice(["bar", "bar", "line"])
    ticks = _ticks(measure, max(values))
    if kind == "line" or rng.random() < 0.4:
        return Chart(title, axis, [], values, ticks, "line" if kind == "line" else "bar")
    labels = []
    for code, value in zip(codes, values, strict=True):
        figure = speaker.figure(measure, value, speaker.dated(measure, code), difficulty="hard")
        figure.notes.append("bar label of a chart")
        labels.append(_shown(speaker, measure, figure))
    return Chart(title, axis, labels, values, ticks)


def variances(speaker: Speaker) -> Chart:
    """A chart of gaps to the target: no values."""
    rng, world = speaker.rng, speaker.world
    codes = [world.shifted(-world.step * back) for back in range(rng.randint(4, 7), -1, -1)]
    gaps = [rng.randint(-14, 9) for _ in codes]
    labels = [f"{gap:+d}" for gap in gaps]
    return Chart(speaker.say("variance_chart"), [_axis(c) for c in codes], labels, [float(gap) for gap in gaps], [])


def benchmarks(speaker: Speaker, statement: Statement) -> list[Block]:
    """A box of comparators in a year of their own, the authority's row too (P62)."""
    rng, world, measure = speaker.rng, speaker.world, statement.measure
    code = world.last_year_code()
    places = world.printed(measure)
    values = world.comparators(measure, code)
    values["self"] = round_half_up(world.reading(measure, code).value, places)
    slots = {"home": world.home.name, "region": world.home.region}
    names = {"self": "own", "statistical_neighbours": "sn", "region": "region", "england": "england"}
    with_gap = rng.random() < 0.5
    head = [Cell(""), Cell(speaker.calendar.head(code))] + [Cell(speaker.say("bench_gap"))] * with_gap
    rows = []
    for area, name in names.items():
        if rng.random() < 0.15:
            continue
        figure = speaker.figure(measure, values[area], speaker.dated(measure, code), area=area, difficulty="medium")
        row = [Cell(speaker.say(f"bench_{name}", slots)), Cell(_shown(speaker, measure, figure))]
        if with_gap:
            row.append(Cell(f"{statement.rounded() - values[area]:+.{places}f}" + "%" * (measure.unit is Unit.PERCENT)))
        rows.append(row)
    table = Table([head], rows, widths=[2.0, 1.0, 1.4][: len(head)])
    return [Heading(speaker.say("bench_head"), 3), table] if rows else []


def _axis(code: str) -> str:
    period = parse_code(code)
    if "Q" in code:
        return f"{code[-2:]} {code[2:4]}/{code[5:7]}"
    return f"{MONTHS[period.end.month - 1][:3]}-{period.end.year % 100:02d}"


def _ticks(measure: Measure, top: float) -> list[str]:
    if measure.unit is Unit.PERCENT:
        return ["0%", "20%", "40%", "60%", "80%", "100%"] if top > 30 else ["0%", "10%", "20%", "30%"]
    size = 10 ** max(0, len(str(int(top))) - 1)
    return [f"{size * n:,}" for n in range(int(top // size) + 2)]
