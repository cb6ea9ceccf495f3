"""What stands beside a figure and was not taken for its own, and how it stands among the others of its measure."""

from __future__ import annotations

from datetime import date

from tests.extract.verification.reports import read
from townclerk.extract.confidence import gather
from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings

TABLE = (
    "| Measure | {head} | Target |\n|---|---|---|\n| Re-referrals within 12 months | 21.4% | 18% |\n"
    "| Children in need visited on time | 88.2% | 95% |\n"
)
ROW = "| Measure | Apr 2021 | May 2021 | Jun 2021 | Jul 2021 | Aug 2021 | Sep 2021 |\n|---|---|---|---|---|---|---|\n"
PLANS = "| Child protection plans ending that had lasted two years or more | 6.1% | 5.8% | {} | 5.9% | 6.3% | 6.0% |\n"


def _evidence(text: str) -> dict[str, dict[str, float]]:
    """Names and amounts of the evidence of each value, by its words."""
    found = read(text)
    return {
        seen.value_text: {feature.name: feature.amount for feature in gather(candidate, found.document)}
        for candidate, seen in zip(found.candidates, found.observations, strict=True)
    }


def test_a_plain_sentence_has_nothing_beside_its_figure() -> None:
    plain = _evidence("Re-referrals within 12 months were 21.4% in Q2 2021/22.")["21.4%"]
    beside = {"figures_beside", "bare_row", "measures_beside", "time_unused", "times_beside", "loose_line"}
    assert beside.isdisjoint(plain)


def test_other_figures_measures_and_times_of_the_sentence_are_counted() -> None:
    crowded = _evidence(
        "Re-referrals within 12 months were 21.4% in Q2 2021/22 and 20.3% in Q1 2021/22, and visits to children in need"
        " were on time for 88.2%."
    )
    assert crowded["21.4%"]["figures_beside"] == 2.0
    assert crowded["21.4%"]["measures_beside"] == 1.0
    assert crowded["21.4%"]["times_beside"] == 1.0


def test_figures_in_a_row_without_words_between_are_told() -> None:
    row = _evidence("Re-referrals within 12 months 21.4% 20.3% 19.9%\n")
    assert row
    assert all(names["bare_row"] == 2.0 and "loose_line" in names for names in row.values())


def test_a_head_that_tells_nothing_is_told() -> None:
    clear, silent = _evidence(TABLE.format(head="Q2 2021/22")), _evidence(TABLE.format(head="Blimpson"))
    assert {"head_silent", "head_unknown", "heads_silent"}.isdisjoint(clear["21.4%"])
    assert silent["21.4%"]["head_silent"] == 1.0
    assert silent["21.4%"]["head_unknown"] == 1.0
    assert silent["18%"]["heads_silent"] == 0.5


def test_two_columns_of_one_meaning_are_told() -> None:
    text = "| Measure | Q2 2021/22 | Q2 2021/22 |\n|---|---|---|\n| Re-referrals within 12 months | 21.4% | 24.4% |\n"
    seen = _evidence(text)
    assert set(seen) == {"21.4%", "24.4%"}
    assert all("heads_alike" in names for names in seen.values())


def test_a_value_printed_unlike_its_row_is_told() -> None:
    assert "print_alike" in _evidence(ROW + PLANS.format("6.2%"))["6.2%"]
    assert "point_lost" in _evidence(ROW + PLANS.format("62%"))["62%"]
    assert "decimals_more" in _evidence(ROW + PLANS.format("6.28%"))["6.28%"]
    rounded = _evidence(ROW + PLANS.format("6%"))["6%"]
    assert "decimals_fewer" in rounded
    assert "point_lost" not in rounded


def test_values_that_claim_one_thing_are_counted() -> None:
    said = "Re-referrals within 12 months were {}% in Q2 2021/22.\n\n"
    twice = _evidence(said.format(21.4) + said.format(37.8))
    assert "claims" not in twice["21.4%"]
    assert "claims_beside" not in twice["21.4%"]
    thrice = _evidence(said.format(21.4) + said.format(37.8) + said.format(11.2))
    assert thrice["21.4%"]["claims"] == 2.0


def _dated(text: str, meeting: date | None = None) -> dict[str, set[str]]:
    settings = Settings(authority="Wexcombe Council", period="2021-22-Q2", meeting_date=meeting)
    extractor = Extractor(settings)
    found = extractor.extract(extractor.read(text.encode(), "wexcombe.txt"))
    return {
        seen.value_text: {feature.name for feature in gather(candidate, found.document)}
        for candidate, seen in zip(found.candidates, found.observations, strict=True)
    }


def test_times_that_figures_state_are_held_against_the_report_s() -> None:
    said = (
        "Re-referrals within 12 months were 21.4%.\n\nVisits to children in need were on time for 88.2% in Q{0}"
        " 2021/22.\n\nInitial health assessments were on time for 71.3% in Q{0} 2021/22.\n"
    )
    later = _dated(said.format(4))
    assert "times_later" in later["21.4%"]
    assert "later_period" in later["88.2%"]
    assert "times_agree" in _dated(said.format(2))["21.4%"]
    assert "times_earlier" in _dated(said.format(1))["21.4%"]


def test_a_time_behind_the_meeting_is_told() -> None:
    text = "Re-referrals within 12 months were 21.4% in Q4 2021/22 and 20.3% in Q1 2021/22."
    found = _dated(text, date(2021, 11, 4))
    assert "ahead_of_meeting" in found["21.4%"]
    assert "ahead_of_meeting" not in found["20.3%"]


def test_a_value_without_a_time_beside_one_that_is_not_taken_is_told() -> None:
    found = _dated("Re-referrals stood at 21.4% at the end of August 2021, against 22.6% across the region.")
    assert "time_left" in found["22.6%"]
    assert "time_left" not in found["21.4%"]
    assert "time_left" not in _dated("Re-referrals stood at 21.4%, against 22.6% across the region.")["22.6%"]
