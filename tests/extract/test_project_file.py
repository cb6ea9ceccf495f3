from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from townclerk.extract.project_file import find_project_file, load_project_file, settings_for
from townclerk.extract.settings import Settings
from townclerk.models.errors import PatternError


def write(folder: Path, text: str) -> Path:
    path = folder / "townclerk.toml"
    path.write_text(text, encoding="utf-8")
    return path


def faults_of(path: Path) -> list[str]:
    with pytest.raises(PatternError) as caught:
        settings_for(path.parent)
    return [fault.removeprefix(f"{path}:") for fault in caught.value.faults]


def test_the_nearest_project_file_holds(tmp_path: Path) -> None:
    inner = tmp_path / "2019" / "july"
    inner.mkdir(parents=True)
    outer = write(tmp_path, 'authority = "Marlby"')
    assert find_project_file(inner) == outer
    nearer = write(tmp_path / "2019", 'authority = "Penworth"')
    assert find_project_file(inner) == nearer


def test_a_full_project_file_becomes_settings(tmp_path: Path) -> None:
    (tmp_path / "areas.csv").write_text("name\nMarlby\n", encoding="utf-8")
    write(
        tmp_path,
        """
authority = "Marlby"
period = "2018-19-Q3"
meeting_date = 2019-02-14
areas = "areas.csv"

[indicators]
"Step Together plans" = "eh_assessments_started_count"

[columns]
"Our aim" = "Target"
""",
    )
    assert settings_for(tmp_path) == Settings(
        authority="Marlby",
        period="2018-19-Q3",
        meeting_date=date(2019, 2, 14),
        areas=(tmp_path / "areas.csv",),
        local_names={"Step Together plans": "eh_assessments_started_count"},
        column_aliases={"Our aim": "Target"},
    )


def test_the_users_word_goes_before_the_files(tmp_path: Path) -> None:
    write(tmp_path, 'authority = "Marlby"\nperiod = "FY2018-19"')
    settings = settings_for(tmp_path, Settings(authority="Penworth"))
    assert (settings.authority, settings.period) == ("Penworth", "FY2018-19")


def test_an_empty_file_changes_nothing(tmp_path: Path) -> None:
    write(tmp_path, "# nothing yet\n")
    assert settings_for(tmp_path) == Settings()


def test_every_fault_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, 'authority = ""\n\nperoid = "2018-19-Q3"\nperiod = "Q3 18/19"\n\n[indicators]\nplans = 7\n')
    assert [fault.split(": ")[:2] for fault in faults_of(path)] == [
        ["1", "authority"],
        ["4", "period"],
        ["7", "indicators.plans"],
        ["3", "peroid"],
    ]


def test_an_unknown_indicator_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, '[indicators]\n"plans" = "cpp_count"\n"Step Together" = "no_such_indicator"\n')
    assert faults_of(path) == ["3: Step Together: 'no_such_indicator' is no indicator of the catalogue"]


@pytest.mark.parametrize(("text", "line"), [("authority = Marlby\n", 1), ('\n\nperiod = "x\n', 3), ("[indicators", 1)])
def test_broken_toml_is_told_with_its_line(tmp_path: Path, text: str, line: int) -> None:
    (fault,) = faults_of(write(tmp_path, text))
    assert fault.startswith(f"{line}: not valid TOML")


def test_a_missing_pack_is_told_with_its_line(tmp_path: Path) -> None:
    path = write(tmp_path, '\npatterns = ["local.yaml"]\n')
    (fault,) = faults_of(path)
    assert fault.startswith("2: patterns: there is no file")


def test_a_file_of_another_encoding_is_told(tmp_path: Path) -> None:
    path = tmp_path / "townclerk.toml"
    path.write_bytes(b'authority = "Caf\xe9"')
    with pytest.raises(PatternError, match="save it as UTF-8"):
        load_project_file(path)
