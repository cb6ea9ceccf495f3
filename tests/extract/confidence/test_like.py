"""What the report's other figures say of one: how they came out of the checks, and how great they are."""

from __future__ import annotations

from tests.extract.verification.reports import read
from townclerk.extract.confidence.evidence import gather
from townclerk.models.candidate import Feature

ROWS = (
    "42.9% (33 of 77)",
    "50.0% (40 of 80)",
    "25.0% (20 of 80)",
    "75.0% (60 of 80)",
    "{} (72 of 80)",
    "20.0% (16 of 80)",
)
NAMES = (
    "Initial conferences within 15 working days",
    "Re-referrals within 12 months",
    "Health assessments up to date",
    "Dental checks up to date",
    "Pathway plans up to date",
    "Care leavers in suitable accommodation",
)


def evidence(text: str, indicator_id: str) -> dict[str, Feature]:
    extraction = read(text)
    one = next(c for c in extraction.candidates if c.indicator_id == indicator_id)
    return {feature.name: feature for feature in gather(one, extraction.document)}


def test_figures_that_agree_by_arithmetic_speak_for_their_neighbours() -> None:
    lines = "".join(f"- {name}: {row}\n" for name, row in zip(NAMES, ROWS, strict=True))
    right = evidence(lines.format("90.0%"), "icpc_15_days_pct")
    assert right["borne_out_beside"].amount == 1.0
    assert "faulted_beside" not in right
    wrong = evidence(lines.format("60.0%"), "icpc_15_days_pct")
    assert wrong["borne_out_beside"].amount == 0.8
    assert "20% of the report's other figures in running text contradict each other" in wrong["faulted_beside"].text


def test_a_value_is_held_against_the_size_of_its_like() -> None:
    text = "At 30 September 2021, {} children were on a child protection plan. At 30 June 2021 it was 220.\n"
    assert "size_alike" in evidence(text.format(209), "cpp_count")
    assert "size_apart" in evidence(text.format(23), "cpp_count")
    alone = evidence("At 30 September 2021, 209 children were on a child protection plan.\n", "cpp_count")
    assert not {"size_alike", "size_apart"} & alone.keys()
