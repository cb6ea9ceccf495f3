"""What the report around a reading says of it."""

from __future__ import annotations

import pytest

from tests.extract.verification.reports import read
from townclerk.extract.confidence.company import damage_of
from townclerk.extract.confidence.evidence import gather, with_settings


@pytest.mark.parametrize(
    "text", ["", "In Q3 21.4% of the 2nd group (NI65, 16a) were seen.", "Report CS17, page 4 of 11: 1,284 referrals"]
)
def test_ordinals_and_codes_are_no_damage(text: str) -> None:
    assert damage_of(text) == 0.0


def test_letters_read_in_figures_and_figures_read_in_letters_are() -> None:
    assert damage_of("The Bor0ugh of Eastbridqe l9 and 2O children " + "were seen " * 200) > 0.3
    assert damage_of("Bor0ugh l9ter 2O") == 1.0


def _names(text: str) -> dict[str, set[str]]:
    found = read(text)
    return {
        seen.value_text: {feature.name for feature in gather(candidate, found.document)}
        for candidate, seen in zip(found.candidates, found.observations, strict=True)
    }


def test_a_figure_among_doubtful_ones_shares_their_doubt() -> None:
    quiet = _names("Re-referrals within 12 months were 21.4% in Q2, 20.3% in Q1 and 19.9% in June 2020.")
    assert all("doubts_beside" not in names for names in quiet.values())
    loud = _names(
        "Re-referrals within 12 months were 21.4% in Q2 2021/22. Re-referrals within 12 months were 37.8% in Q2 2021/22"
        " and 19.9% in Q2 2020/21."
    )
    assert "doubts_beside" in loud["19.9%"]


def test_what_counts_either_way_counts_once_more_in_its_setting() -> None:
    evidence = [("method_tile", 1.0), ("period_inferred", 1.0), ("ratio_supports", 1.0)]
    assert list(with_settings(evidence)) == [*evidence, ("period_inferred@method_tile", 1.0)]
