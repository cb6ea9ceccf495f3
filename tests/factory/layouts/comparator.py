"""A comparator table: authorities as columns, then averages, rank and polarity, in the order this council likes."""

from __future__ import annotations

from tests.factory.layouts._parts import choose, front, main_title, report
from tests.factory.measures import Measure
from tests.factory.page import Block, Cell, Heading, Page, Para, Report, Table
from tests.factory.speaker import Speaker
from tests.factory.world import round_half_up
from townclerk.models.units import Unit

_UNITS = (Unit.PERCENT, Unit.PER_10000, Unit.DAYS, Unit.SCORE, Unit.WEEKS)
_GOOD = {"high": "High", "low": "Low", "none": "-"}


def compose(speaker: Speaker) -> Report:
    """One table of the last published year; the authority itself stands among its neighbours or first."""
    rng, world = speaker.rng, speaker.world
    code = world.last_year_code()
    year = speaker.calendar.head(code)
    title = main_title(speaker)
    own = world.home.name
    names = sorted([*world.home.neighbours, own]) if rng.random() < 0.5 else [own, *sorted(world.home.neighbours)]
    after = ["statistical_neighbours", "england"]
    if rng.random() < 0.5:
        after.insert(rng.randint(0, 1), "region")
    if rng.random() < 0.25:
        after.append("good_outstanding")
    tail = [c for c in ("good", "rank") if rng.random() < 0.7]
    heads = {
        "statistical_neighbours": rng.choice(["SN average", "Stat neighbour avg", "Statistical neighbour average", "SN avg."]),
        "england": rng.choice(["England", "England average", "National", "Eng."]), "region": rng.choice([world.home.region, "Region", "Regional average"]),
        "good_outstanding": rng.choice(["Good and outstanding LAs", "G/O LAs"]), "good": rng.choice(["Good is", "Polarity"]),
        "rank": rng.choice([f"{own} rank", "Our rank (of 11)", "Rank"]),
    }  # fmt: skip
    columns = ["measure", *names, *after, *tail]
    head = [Cell(f"Statistical neighbours {year}" if c == "measure" else heads.get(c, c)) for c in columns]
    rows = []
    for number, measure in enumerate(choose(speaker, rng.randint(8, 16), units=_UNITS, rates_of_flows=True), 1):
        rows.append(_row(speaker, measure, code, columns, f"{number}. " if len(tail) == 1 else ""))
    table = Table(
        [head], rows, widths=[3.2 if c == "measure" else 1.0 for c in columns], rule=rng.choice(["full", "rows"])
    )
    blocks: list[Block] = [
        *front(speaker, title),
        Para(speaker.say("background")),
        Heading(rng.choice(["Statistical neighbours", "Benchmarking", "How we compare", f"Appendix: comparison with statistical neighbours, {year}"])),
        table,
        Para(rng.choice(["x = suppressed or not available. The average leaves the authority itself out.", "SN average excludes the authority. c: suppressed.", f"Source: published national returns for {year}."])),
    ]  # fmt: skip
    return report(speaker, "comparator", [Page(blocks, landscape=True)], title)


def _row(speaker: Speaker, measure: Measure, code: str, columns: list[str], number: str) -> list[Cell]:
    rng, world = speaker.rng, speaker.world
    values = world.comparators(measure, code)
    places = world.printed(measure)
    own = world.home.name
    values[own] = round_half_up(world.reading(measure, code).value, places)
    hidden = {n for n in world.home.neighbours if rng.random() < 0.025}
    shown = [values[n] for n in world.home.neighbours if n not in hidden]
    values["statistical_neighbours"] = round_half_up(sum(shown) / len(shown), places)
    label = number + speaker.names(measure).title
    unit = measure.unit is Unit.PERCENT and rng.random() < 0.8
    period = speaker.dated(measure, code)
    better = sorted(
        (values[n] for n in [*world.home.neighbours, own] if n not in hidden), reverse=measure.better == "high"
    )
    cells = []
    for column in columns:
        if column == "measure":
            cells.append(Cell(label))
        elif column == "good":
            cells.append(Cell(_GOOD[measure.better]))
        elif column == "rank":
            cells.append(Cell("" if measure.better == "none" else str(better.index(values[own]) + 1)))
        else:
            area = "self" if column == own else column
            figure = speaker.figure(measure, values[column], period, area=area, label=label, difficulty="medium")
            if area == "self" and "rank" in columns and measure.better != "none":
                figure.rank = {"position": better.index(values[own]) + 1, "of": len(better)}
            if column in hidden:
                figure.value, figure.status = None, "suppressed"
                cells.append(Cell(speaker.print_words(figure, rng.choice(["x", "c"]))))
            else:
                cells.append(
                    Cell(
                        speaker.print(measure, figure, unit=unit).replace(" per cent", "%")
                        if unit
                        else speaker.print(measure, figure, unit=False)
                    )
                )
    return cells
