"""The held-back part's gold is what it claims, and its words are its own."""

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

LAYOUTS = [layout.name for layout in layouts("held")]
_OPEN = Path(__file__).parent.parent / "wording" / "open"
_HELD = Path(__file__).parent / "wording"


def test_there_are_at_least_four_layouts_and_none_is_an_open_one() -> None:
    assert len(LAYOUTS) >= 4
    assert not set(LAYOUTS) & {layout.name for layout in layouts("open")}


@pytest.mark.parametrize("seed", range(24))
def test_gold_of_two_dozen_reports_holds(seed: int) -> None:
    for form in ("text", "ocr"):
        made = make(seed, form, "held")
        assert faults(made) == []
        assert len(made.gold) > 5
        assert made.about["part"] == "held"


@pytest.mark.parametrize("layout", LAYOUTS)
def test_gold_of_every_layout_holds_on_paper(layout: str) -> None:
    made = make(3, "pdf", "held", layout)
    assert faults(made) == []
    document = pymupdf.open(stream=made.data, filetype="pdf")
    pages = [squeeze(document[number].get_text()) for number in range(len(document))]
    for line in made.gold:
        assert squeeze(line["quotes"][0]) in pages[line["page"] - 1]


def test_one_number_gives_one_report() -> None:
    for form in ("text", "ocr", "pdf"):
        one, other = make(5, form, "held"), make(5, form, "held")
        assert (one.data, one.gold, one.about) == (other.data, other.gold, other.about)


def test_no_sentence_frame_is_shared_with_the_open_part() -> None:
    theirs = {line for pool in load_pools((_OPEN,)).values() for line in pool if len(line.split()) > 3}
    ours = {line for pool in load_pools((_HELD,)).values() for line in pool if len(line.split()) > 3}
    assert len(ours) > 200
    assert not ours & theirs


def test_ninety_measures_have_words_of_their_own() -> None:
    theirs = load_measures("open")
    different = 0
    for name, measure in load_measures("held").items():
        pairs = (
            (measure.names, theirs[name].names),
            (measure.did, theirs[name].did),
            (measure.np, theirs[name].np),
        )
        different += not any(set(one) & set(other) for one, other in pairs)
    assert different >= 90
