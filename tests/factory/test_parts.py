"""The gold of the parts beside the open one is what it claims, and their words are their own."""

from __future__ import annotations

from pathlib import Path

import pymupdf
import pytest

from tests.factory.check import faults
from tests.factory.grammar import load_pools
from tests.factory.layouts import layouts
from tests.factory.make import make
from tests.factory.measures import load_measures
from tests.factory.test_gold import squeeze

PARTS = [part for part in ("former", "held") if layouts(part)]
LAYOUTS = [(part, layout.name) for part in PARTS for layout in layouts(part)]
_HERE = Path(__file__).parent


def names(part: str) -> set[str]:
    return {layout.name for layout in layouts(part)}


@pytest.mark.parametrize("part", PARTS)
def test_there_are_at_least_four_layouts_and_none_is_another_parts(part: str) -> None:
    assert len(names(part)) >= 4
    assert not any(names(part) & names(other) for other in ("open", "former", "held") if other != part)


@pytest.mark.parametrize("part", PARTS)
@pytest.mark.parametrize("seed", range(24))
def test_gold_of_two_dozen_reports_holds(seed: int, part: str) -> None:
    for form in ("text", "ocr"):
        made = make(seed, form, part)
        assert faults(made) == []
        assert len(made.gold) > 5
        assert made.about["part"] == part


@pytest.mark.parametrize(("part", "layout"), LAYOUTS)
def test_gold_of_every_layout_holds_on_paper(part: str, layout: str) -> None:
    made = make(3, "pdf", part, layout)
    assert faults(made) == []
    document = pymupdf.open(stream=made.data, filetype="pdf")
    pages = [squeeze(document[number].get_text()) for number in range(len(document))]
    for line in made.gold:
        assert squeeze(line["quotes"][0]) in pages[line["page"] - 1]


@pytest.mark.parametrize("part", PARTS)
def test_one_number_gives_one_report(part: str) -> None:
    for form in ("text", "ocr", "pdf"):
        one, other = make(5, form, part), make(5, form, part)
        assert (one.data, one.gold, one.about) == (other.data, other.gold, other.about)


@pytest.mark.parametrize("part", PARTS)
def test_no_sentence_frame_is_shared_with_the_open_part(part: str) -> None:
    theirs = {
        line for pool in load_pools((_HERE / "wording" / "open",)).values() for line in pool if len(line.split()) > 3
    }
    ours = {line for pool in load_pools((_HERE / part / "wording",)).values() for line in pool if len(line.split()) > 3}
    assert len(ours) > 200
    assert not ours & theirs


@pytest.mark.parametrize("part", PARTS)
def test_ninety_measures_have_words_of_their_own(part: str) -> None:
    theirs = load_measures("open")
    different = 0
    for name, measure in load_measures(part).items():
        pairs = (
            (measure.names, theirs[name].names),
            (measure.did, theirs[name].did),
            (measure.np, theirs[name].np),
        )
        different += not any(set(one) & set(other) for one, other in pairs)
    assert different >= 90
