"""The fixtures of six report styles laid out as PDF: the page reader finds in them what the text reader finds."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.make_sample import make_pdf
from townclerk.evaluate.agreement import Level
from townclerk.evaluate.gold import read_gold
from townclerk.evaluate.report import gold_ids
from townclerk.evaluate.scoring import score
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings

FOLDER = Path(__file__).parent / "fixtures"

# Found F1 that each style keeps on paper; the flattened dashboard is text only by its nature.
STYLES = {
    "harlowshire-prose-q3": 0.8,
    "marlby-scorecard-2022": 0.6,
    "thornbridge-bullets-q1": 0.8,
    "wexcombe-neighbours-2021": 0.6,
    "wexcombe-slides-q2": 0.6,
}


@pytest.mark.parametrize(("stem", "floor"), STYLES.items(), ids=list(STYLES))
def test_a_fixture_is_read_from_paper(stem: str, floor: float) -> None:
    data = make_pdf((FOLDER / f"{stem}.txt").read_text(encoding="utf-8"))
    extractor = Extractor(Settings(areas=(FOLDER / "areas.csv",)))
    document = extractor.read(data, f"{stem}.pdf")
    (gold,) = read_gold(FOLDER / f"{stem}.gold.jsonl").values()
    seen = extractor.extract(document).observations
    scored = score(gold.lines, seen, known_ids=gold_ids(), name=stem)
    assert scored.tallies[Level.FOUND].f1 >= floor
