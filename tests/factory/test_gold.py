"""The factory's gold is what it claims. The thousand-report run is `python -m tests.factory.check --n 1000`."""

from __future__ import annotations

import re
from collections import Counter

import pymupdf
import pytest

from tests.factory.check import faults, shows
from tests.factory.layouts import layouts
from tests.factory.make import compose, make
from tests.factory.measures import load_measures
from tests.factory.speaker import Speaker
from tests.factory.statements import Statement
from tests.factory.world import World, round_half_up
from townclerk.patterns.catalogue import load_catalogue

LAYOUTS = [layout.name for layout in layouts("open")]


def test_there_are_the_layouts_that_were_asked_for() -> None:
    asked = {
        "prose", "bullets", "slides", "dashboard", "scorecard", "comparator", "multiperiod", "minutes", "agenda_pack",
        "inspection", "milestones", "breakdown", "questions", "keyfacts", "cards",
        "exception_list", "portfolio", "council_plan", "board_months", "benchmark_years",
        "plan_tracker", "annual_chapter", "data_notes",
    }  # fmt: skip
    assert asked <= set(LAYOUTS)


@pytest.mark.parametrize("form", ["text", "ocr"])
@pytest.mark.parametrize("layout", LAYOUTS)
def test_gold_of_every_layout_holds(layout: str, form: str) -> None:
    for seed in range(4):
        made = make(seed, form, layout=layout)
        assert faults(made) == []
        assert len(made.gold) > 5


@pytest.mark.parametrize("layout", LAYOUTS)
def test_quotes_stand_on_the_pages_of_the_pdf(layout: str) -> None:
    made = make(5, "pdf", layout=layout)
    assert faults(made) == []
    document = pymupdf.open(stream=made.data, filetype="pdf")
    pages = [squeeze(document[number].get_text()) for number in range(len(document))]
    for line in made.gold:
        assert squeeze(line["quotes"][0]) in pages[line["page"] - 1]


def squeeze(text: str) -> str:
    """Text without white space and without the glyphs that paper shows in another font."""
    return re.sub(r"[\s▪■◦o⬆↑⬇↓►→✗✘]", "", text)


def test_one_number_gives_one_report() -> None:
    for form in ("text", "ocr", "pdf"):
        one, other = make(7, form), make(7, form)
        assert (one.data, one.gold, one.about) == (other.data, other.gold, other.about)
    assert make(7, "text").text != make(18, "text").text


def test_a_scan_has_pictures_and_no_text() -> None:
    made = make(4, "scan", layout="inspection")
    page = pymupdf.open(stream=made.data, filetype="pdf")[0]
    assert page.get_text().strip() == ""
    assert len(page.get_images()) == 1
    assert "dpi" in made.about["damage"]


def test_planted_errors_are_noted_and_nothing_else_is() -> None:
    planted, noted = 0, 0
    for seed in range(1, 60):
        made = make(seed, "text")
        planted += len(made.about["planted"])
        noted += sum("planted" in line.get("note", "") for line in made.gold)
    assert planted > 10
    assert noted >= planted


def test_two_reports_rarely_share_a_sentence() -> None:
    sentences = [_sentences(make(seed, "text", layout="prose").text) for seed in range(30)]
    shared = [
        len(one & other) / len(one) for i, one in enumerate(sentences) for j, other in enumerate(sentences) if i != j
    ]
    assert sum(shared) / len(shared) < 0.03


def _sentences(text: str) -> set[str]:
    blanked = re.sub(r"\d[\d,.]*", "N", text)
    return {s.strip() for line in blanked.splitlines() for s in re.split(r"(?<=[.;:])\s", line) if len(s) > 35}


def test_the_world_adds_up() -> None:
    for seed in range(20):
        world = World.invent(f"sums/{seed}")
        year, month = world.end.year, world.end.month
        for name in ("cla", "cpp"):
            stock, came, went = (
                world.catalogue[f"{name}_{part}_count"] if part else world.catalogue[f"{name}_count"]
                for part in ("", "started", "ceased")
            )
            now, before = world.reading(stock, world.period), world.reading(stock, world.shifted(-world.step))
            entered, left = world.reading(came, world.period).value, world.reading(went, world.period).value
            assert now.value == before.value + entered - left
        rate, count = world.catalogue["cla_rate"], world.catalogue["cla_count"]
        per = world.reading(rate, world.period).value
        assert per == pytest.approx(world.reading(count, world.period).value * 10_000 / world.population)
        referrals = world.catalogue["referrals_count"]
        months = [world.reading(referrals, f"R12-{year:04d}-{month:02d}").value]
        quarters = [world.reading(referrals, world.quarter_code(world.end)).value]
        assert months[0] > quarters[0]


def test_the_average_of_the_neighbours_is_their_mean() -> None:
    world = World.invent("mean/1")
    for measure in world.measures.values():
        if measure.unit.value in {"percent", "per_10000"}:
            values = world.comparators(measure, world.last_year_code())
            mean = sum(values[name] for name in world.home.neighbours) / 10
            assert values["statistical_neighbours"] == round_half_up(mean, world.printed(measure))


def test_a_sentence_keeps_the_gold_of_what_it_says() -> None:
    speaker = Speaker(World.invent("sentence/3"), "open")
    statement = Statement(speaker, speaker.world.catalogue["rereferrals_pct"], before=speaker.world.step)
    statement.say("np_prev_target")
    roles = Counter(figure.role for figure in statement.figures)
    assert roles == {"actual": 2, "target": 1}
    assert statement.owner().period == speaker.world.period


def test_a_planted_wrong_value_would_be_caught_without_its_note() -> None:
    made = next(
        made
        for made in (make(seed, "text", layout="prose") for seed in range(200))
        if any(line["numerator"] and line["denominator"] and "planted" in line.get("note", "") for line in made.gold)
    )
    assert faults(made) == []
    for line in made.gold:
        line.pop("note", None)
    assert any("nobody planted that" in fault for fault in faults(made))


def test_ids_and_units_are_those_of_the_catalogue() -> None:
    known = load_catalogue().indicators
    for measure in load_measures().values():
        assert measure.id in known
        assert measure.unit == known[measure.id].unit


@pytest.mark.parametrize(
    ("quote", "value", "there"),
    [
        ("was 14,3% in", 14.3, True),
        ("of 5O.2% of", 50.2, True),
        ("4,977 referrals", 4977, True),
        ("was 83% in the summary", 83.1, True),
        ("was 41.2% in", 14.3, False),
        ("nine adoptions", 9, True),
    ],
)
def test_a_value_is_found_in_a_quote_as_a_person_would(quote: str, value: float, there: bool) -> None:
    assert shows(quote, value) is there


def test_an_unknown_layout_is_named() -> None:
    with pytest.raises(ValueError, match="no layout nonsense"):
        compose(1, "open", "nonsense")
