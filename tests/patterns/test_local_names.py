from __future__ import annotations

import pytest

from townclerk.extract.pipeline import Extractor
from townclerk.extract.settings import Settings
from townclerk.patterns.catalogue import load_catalogue
from townclerk.patterns.local_names import ColumnNames, with_local_names

REPORT = """Marlby Council

Children's Services Performance Report, Quarter 2 2021/22

Harbour Steps plans: 64 in quarter 2.

Measure\tQuarter 2 2021/22\tOur lode star
Re-referrals within 12 months\t17.3%\t15.0%
Children looked after\t412\t400
"""


def read(settings: Settings) -> set[tuple[str | None, str, float | None]]:
    extractor = Extractor(settings)
    found = extractor.extract(extractor.read(REPORT.encode(), "marlby.txt")).observations
    return {(one.indicator_id, one.role, one.value) for one in found}


def test_a_project_files_names_are_read_and_without_it_they_are_not() -> None:
    names = {"Harbour Steps plans": "eh_assessments_started_count"}
    told = read(Settings(local_names=names, column_aliases={"Our  lode STAR": "Target"}))
    assert {
        ("eh_assessments_started_count", "actual", 64),
        ("rereferrals_pct", "actual", 17.3),
        ("rereferrals_pct", "target", 15.0),
    } <= told
    untold = {(indicator, role) for indicator, role, _ in read(Settings())}
    assert ("eh_assessments_started_count", "actual") not in untold
    assert ("rereferrals_pct", "target") not in untold


@pytest.mark.parametrize(
    "said",
    [
        "Harbour Steps plans started: 64",
        "64 Harbour Steps plans were started in quarter 2.",
        "| Measure | Quarter 2 |\n|---|---|\n| Harbour Steps plans started | 64 |",
    ],
)
def test_an_own_name_goes_before_what_its_last_words_say(said: str) -> None:
    extractor = Extractor(Settings(local_names={"Harbour Steps plans": "eh_assessments_started_count"}))
    found = extractor.extract(extractor.read(f"{REPORT.partition('Harbour')[0]}{said}\n".encode(), "marlby.txt"))
    assert {(one.indicator_id, one.value) for one in found.observations} == {("eh_assessments_started_count", 64)}


def test_the_shipped_catalogue_is_left_as_it_is() -> None:
    catalogue = load_catalogue()
    before = len(catalogue.wordings["cpp_count"])
    local = with_local_names(catalogue, {"children with a safety plan": "cpp_count"})
    assert len(local.wordings["cpp_count"]) == before + 1
    assert len(catalogue.wordings["cpp_count"]) == before
    with pytest.raises(KeyError):
        with_local_names(catalogue, {"plans": "no_such_indicator"})


def test_heads_are_told_apart_by_words_not_by_case_or_blanks() -> None:
    columns = ColumnNames({"Our Aim": "Target"})
    assert columns.usual(" our\n aim ") == "Target"
    assert columns.usual("Aim") == "Aim"
