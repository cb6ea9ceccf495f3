"""Figures dated later than their report can know are never likely right."""

from __future__ import annotations

import pytest

from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings

FRONT = (
    "Wexcombe Borough Council\n\nChildren's Scrutiny Committee, 18 November 2021\n\nPerformance, quarter 2 2021/22\n\n"
)


@pytest.fixture(scope="module")
def extractor() -> Extractor:
    return Extractor(Settings(authority="Wexcombe"))


def confidence_of(extractor: Extractor, sentence: str) -> float:
    report = extractor.read((FRONT + sentence).encode(), "report.txt")
    (one,) = extractor.extract(report).observations
    return one.confidence or 0.0


def test_a_value_dated_after_the_meeting_is_doubted(extractor: Extractor) -> None:
    told = confidence_of(extractor, "The re-referral rate was 21.4% in August 2021.")
    ahead = confidence_of(extractor, "The re-referral rate was 21.4% in August 2022.")
    assert ahead < 0.5 < told


def test_a_level_of_the_running_year_is_not(extractor: Extractor) -> None:
    assert confidence_of(extractor, "In 2021/22 there were 212 children on child protection plans.") > 0.5
