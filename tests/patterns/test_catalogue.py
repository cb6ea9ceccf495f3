"""The catalogue is whole, siblings are told by unit, and user packs add to it."""

from __future__ import annotations

import csv
from pathlib import Path

import pytest

from townclerk.models.errors import PatternError
from townclerk.models.units import Polarity, Unit
from townclerk.patterns.catalogue import load_catalogue, shipped_packs
from townclerk.patterns.checking import check_packs

CATALOGUE = load_catalogue()


def write(folder: Path, text: str, name: str = "local.yaml") -> Path:
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_all_252_measures_of_the_reference_tables_are_there() -> None:
    assert sum(indicator.in_catalogue for indicator in CATALOGUE.indicators.values()) == 252


def test_every_measure_has_bounds_and_wording() -> None:
    for indicator in CATALOGUE.indicators.values():
        assert indicator.plausible_min is not None
        assert indicator.plausible_max is not None
        assert CATALOGUE.wordings[indicator.id]


def test_every_measure_outside_the_tables_says_what_it_is_and_what_it_is_taken_for() -> None:
    for indicator in CATALOGUE.indicators.values():
        if not indicator.in_catalogue:
            assert indicator.population, indicator.id
            assert indicator.numerator, indicator.id
            assert indicator.confusable_with, indicator.id
            assert set(indicator.confusable_with) <= set(CATALOGUE.indicators), indicator.id


def test_a_definition_is_carried_over_whole() -> None:
    indicator = CATALOGUE.indicators["cla_3plus_placements_pct"]
    assert indicator.unit is Unit.PERCENT
    assert indicator.polarity is Polarity.LOWER
    assert indicator.codes[0] == "NI 62"
    assert (indicator.plausible_min, indicator.plausible_max) == (0, 30)
    assert not indicator.is_stock
    assert "cla_long_term_stability_pct" in indicator.confusable_with


@pytest.mark.parametrize(
    ("indicator_id", "unit", "sibling"),
    [
        ("cla_count", Unit.PER_10000, "cla_rate"),
        ("cla_rate", Unit.COUNT, "cla_count"),
        ("cla_count", Unit.COUNT, "cla_count"),
        ("cpp_second_subsequent_count", Unit.PERCENT, "cpp_second_subsequent_pct"),
        ("uasc_count", Unit.PERCENT, "uasc_pct_of_cla"),
        ("yj_fte_count", Unit.PER_100000, "yj_fte_rate"),
        ("yj_reoffending_binary_pct", Unit.RATIO, "yj_reoffences_per_offender"),
        ("cpp_open_2yrs_pct", Unit.COUNT, "cpp_open_2yrs_count"),
        ("cla_dental_pct", Unit.DAYS, None),
        ("gld_pct", Unit.COUNT, None),
    ],
)
def test_the_unit_chooses_between_siblings(indicator_id: str, unit: Unit, sibling: str | None) -> None:
    assert CATALOGUE.sibling(indicator_id, unit) == sibling


def test_shipped_packs_have_no_fault() -> None:
    assert check_packs(shipped_packs()) == []


def test_a_pack_adds_a_measure_and_phrases(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        """
domain: local
indicators:
  - id: walks_count
    name: Welfare walks led
    unit: count
    phrases: [welfare walks]
wording:
  eh_assessments_started_count:
    phrases: [Forward Together plans begun]
""",
    )
    catalogue = load_catalogue([pack])
    assert catalogue.indicators["walks_count"].in_catalogue is False
    assert len(catalogue.wordings["eh_assessments_started_count"]) == 2
    assert catalogue.version.endswith("+local")


def test_a_pack_replaces_a_measure(tmp_path: Path) -> None:
    pack = write(tmp_path, "indicators: [{id: cla_count, name: Our children, unit: count, phrases: [our children]}]")
    catalogue = load_catalogue([pack])
    assert catalogue.indicators["cla_count"].name == "Our children"
    assert [wording.phrases for wording in catalogue.wordings["cla_count"]] == [["our children"]]


def test_all_faults_are_told_at_once_with_file_and_line(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        """indicators:
  - id: one_count
    name: One thing
    unit: count
    bounds: [5, 1]
    confusable_with: [nothing_pct]
    phrases: [a thing]
  - id: two_count
    name: Another thing
    unit: count
    phrases: [A thing]
    rules:
      - needs: [no_such_concept]
  - id: one_count
    name: One thing again
    unit: count
wording:
  gone_count:
    phrases: [gone]
""",
    )
    faults = check_packs([pack], shipped_packs())
    assert [fault.removeprefix(f"{pack}:").split(":")[0] for fault in faults] == [
        "5",
        "6",
        "11",
        "13",
        "14",
        "14",
        "18",
    ]
    assert "no concept is called 'no_such_concept'" in "\n".join(faults)
    assert any("names one_count too" in fault for fault in faults)
    with pytest.raises(PatternError) as told:
        load_catalogue([pack])
    assert told.value.faults == faults


def test_a_fault_of_shape_hides_no_other(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        "indicators:\n  - id: one_count\n    name: One thing\n    unit: counts\n    bounds: [9, 1]\n"
        "    phrases: [one]\n    confusable_with: [no_such_count]\n",
    )
    assert [fault.removeprefix(f"{pack}:").split(":")[0] for fault in check_packs([pack])] == ["4", "5", "7"]


def test_a_misspelt_key_is_told(tmp_path: Path) -> None:
    pack = write(tmp_path, "indicators:\n  - id: one_count\n    name: One thing\n    unit: count\n    phrase: [x]\n")
    assert check_packs([pack]) == [f"{pack}:5: indicators.0.phrase: Extra inputs are not permitted"]


def test_a_shared_phrase_is_no_fault_where_it_is_meant(tmp_path: Path) -> None:
    pack = write(
        tmp_path,
        """shared: [the rate]
indicators:
  - {id: one_pct, name: One thing, unit: percent, phrases: [the rate]}
  - {id: two_pct, name: Two things, unit: percent, phrases: [the rate]}
""",
    )
    assert check_packs([pack]) == []


def test_phrases_of_the_packs_are_written_once_in_any_file() -> None:
    names = [source.name for source in shipped_packs()]
    assert names == sorted(names)
    assert len(names) == len(set(names))


def test_ids_are_those_of_the_reference_tables(request: pytest.FixtureRequest) -> None:
    table = request.path.parent / "catalogue_ids.csv"
    with table.open(encoding="utf-8", newline="") as lines:
        listed = {row["id"]: row["unit"] for row in csv.DictReader(lines)}
    assert {i.id: str(i.unit) for i in CATALOGUE.indicators.values() if i.in_catalogue} == listed


@pytest.mark.parametrize(
    ("anchor", "tokens", "fault"),
    [
        ("plans", "[{LOWR: plans}, {LOWER: plans}]", "spaCy refuses the token pattern: [pattern -> 0 -> LOWR]"),
        ("plans", "[{LOWER: plans}, {LEMMA: end}]", "spaCy refuses the token pattern: [E155]"),
        ("plans", "[{LOWER: plans}, {LOWER: {REGEX: '('}}]", "unterminated subpattern"),
        ("re-plans", "[{LOWER: plans}, {LOWER: re-plans}]", "not one word to spaCy ('re', '-', 'plans')"),
        ("plans", "[{LOWER: visits}]", "no token of the pattern asks for its anchor 'plans'"),
        ("plans", "[{LOWER: plans, OP: '?'}]", "it would stand everywhere"),
    ],
)
def test_a_faulty_token_pattern_is_told_in_spacys_words(tmp_path: Path, anchor: str, tokens: str, fault: str) -> None:
    wording = f"wording:\n  cla_count:\n    patterns:\n      - anchor: {anchor}\n        tokens: {tokens}\n"
    (told,) = check_packs([write(tmp_path, wording)], shipped_packs())
    assert ":4: " in told
    assert fault in told


def test_the_shipped_packs_stand_the_full_check() -> None:
    assert check_packs(shipped_packs()) == []
