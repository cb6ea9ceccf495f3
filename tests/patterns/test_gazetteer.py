"""Printed names traced to authorities."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from townclerk.models.errors import PatternError
from townclerk.patterns.gazetteer import load_gazetteer, normalise_name


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Derbyshire County Council", "Derbyshire"),
        ("DERBY CITY COUNCIL", "Derby"),
        ("Bristol City Council", "Bristol, City of"),
        ("City of Wolverhampton Council", "Wolverhampton"),
        ("London Borough of Sutton", "Sutton"),
        ("LB Camden", "Camden"),
        ("Royal Borough of Windsor & Maidenhead", "Windsor and Maidenhead"),
        ("Barnsley Metropolitan Borough Council", "Barnsley"),
        ("Sandwell Children's Trust", "Sandwell"),
        ("Together for Children", "Sunderland"),
        ("Hull City Council", "Kingston upon Hull, City of"),
        ("St Helens Borough Council", "St. Helens"),
        ("Stoke on Trent", "Stoke-on-Trent"),
        ("B&NES", "Bath and North East Somerset"),
        ("Durham County Council", "County Durham"),
        ("County Durham", "County Durham"),
    ],
)
def test_a_name_is_found_with_whatever_stands_around_it(printed: str, name: str) -> None:
    found = load_gazetteer().find_name(printed)
    assert found is not None
    assert found.name == name


@pytest.mark.parametrize(
    "text", ["Harlowshire County Council", "County Council", "", "the Council", "Yorkshire", "Children's Services"]
)
def test_what_is_no_name_is_not_found(text: str) -> None:
    assert load_gazetteer().find_name(text) is None


def test_a_code_is_the_one_of_its_day() -> None:
    gazetteer = load_gazetteer()
    then, now = gazetteer.find_name("Sheffield", date(2019, 5, 1)), gazetteer.find_name("Sheffield")
    assert then is not None
    assert now is not None
    assert (then.gss_code, now.gss_code) == ("E08000019", "E08000039")


def test_every_authority_is_found_by_its_own_name() -> None:
    gazetteer = load_gazetteer()
    for one in gazetteer.authorities:
        found = gazetteer.find_name(one.name)
        assert found is not None
        assert found.name == one.name


def test_a_full_name_wins_over_a_short_one() -> None:
    """ "Bournemouth" is an authority of its own until 2019; "Durham" is only a short name."""
    found = load_gazetteer().find_name("Bournemouth", date(2018, 1, 1))
    assert found is not None
    assert found.name == "Bournemouth"


def test_a_users_file_adds_authorities(tmp_path: Path) -> None:
    path = tmp_path / "areas.csv"
    path.write_text(
        "name,short_names,gss_code\nHarlowshire,Harlows;HWC,E99000001\nSeaborough,,\n", encoding="utf-8-sig"
    )

    gazetteer = load_gazetteer([path])

    found = gazetteer.find_name("Harlowshire County Council")
    assert found is not None
    assert found.gss_code == "E99000001"
    assert gazetteer.find_name("Harlows") == found
    assert gazetteer.find_name("Leeds City Council") is not None


def test_all_faults_are_told_with_file_and_line(tmp_path: Path) -> None:
    rows = tmp_path / "rows.csv"
    rows.write_text("name,valid_from\nSeaborough,April 2019\n,\nA,2019-04-01,more\n", encoding="utf-8")
    heads = tmp_path / "heads.csv"
    heads.write_text("authority\nSeaborough\n", encoding="utf-8")

    with pytest.raises(PatternError) as fault:
        load_gazetteer([rows, heads, tmp_path / "none.csv"])

    told = [line.split(":", 1)[1] if ":" in line else line for line in fault.value.faults]
    assert len(told) == 5
    assert "rows.csv:2: " in fault.value.faults[0]
    assert "rows.csv:3: the name is empty" in fault.value.faults[1]
    assert "rows.csv:4: has more values" in fault.value.faults[2]
    assert "heads.csv:1: has no `name` column" in fault.value.faults[3]
    assert "none.csv:1: cannot be read" in fault.value.faults[4]


def test_a_name_is_normalised_to_plain_words() -> None:
    assert normalise_name("Hammersmith & Fulham") == "hammersmith and fulham"
    assert normalise_name("St. Helen’s") == "st helens"
