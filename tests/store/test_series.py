"""Series over several reports: which figure counts, what was restated, and the picture."""

from __future__ import annotations

import re
from pathlib import Path

import pymupdf
import pytest

from tests.store.samples import add, full_observation
from townclerk.cli import main
from townclerk.models.errors import UsageError
from townclerk.models.observation import Observation
from townclerk.models.units import Role
from townclerk.store.database import Store, open_store
from townclerk.store.observations import Wanted, stored_observations
from townclerk.store.plotting import draw, write_plot
from townclerk.store.series import read_series
from townclerk.store.tables import decisions, near_duplicates


def observed(value: float, period: str, meeting: str, **changes: object) -> Observation:
    """A figure for the end of a quarter, from the report of a meeting."""
    base = full_observation()
    year, _, number = period.rpartition("-Q")
    month = {"1": "06-30", "2": "09-30", "3": "12-31", "4": "03-31"}[number]
    end = f"{int(year[:4]) + (number == '4')}-{month}"
    return base.model_copy(
        update={
            "observation_id": f"{value}{period}{meeting}",
            "value": value,
            "document": base.document.model_copy(update={"meeting_date": meeting, "name": f"{meeting}.pdf"}),
            "period": base.period.model_copy(update={"code": period, "end": end}),
        }
        | changes
    )


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """Three meetings: the second restates the first quarter's value, the third does so with much doubt."""
    made = open_store(str(tmp_path / "x.db"), create=True)
    add(made, [observed(60.0, "2019-20-Q1", "2019-08-01")], "a" * 16, sha256="a")
    add(made, [observed(62.5, "2019-20-Q1", "2019-11-01"), observed(70.0, "2019-20-Q2", "2019-11-01")], "b" * 16)
    add(made, [observed(6.25, "2019-20-Q1", "2020-02-01", confidence=0.3)], "c" * 16, sha256="c")
    return made


def test_the_later_report_counts_unless_it_is_doubtful(store: Store) -> None:
    first, second = read_series(store, "visits_on_time_pct", "wexcombe").points
    assert (first.slot.period_code, first.observation.value, first.reports) == ("2019-20-Q1", 62.5, 3)
    assert [one.observation.value for one in first.restated] == [60.0, 6.25]
    assert (second.observation.value, second.restated) == (70.0, ())


def test_what_a_reviewer_decided_goes_before_everything(store: Store) -> None:
    with store.writing() as connection:
        entry = {"decided_at": "2020-03-01T09:00:00.000000+00:00", "reviewer": "A", "before": None}
        chosen = observed(6.25, "2019-20-Q1", "2020-02-01").observation_id
        rejected = observed(70.0, "2019-20-Q2", "2019-11-01").observation_id
        for number, (action, about, after) in enumerate(
            [("correct", chosen, {"value": 62.6}), ("reject", rejected, None)]
        ):
            sha256 = "c" if about == chosen else "5" * 64
            row: dict[str, object] = {"decision_id": str(number), "number": number, "action": action}
            row["observation_id"] = about
            row["document_sha256"] = sha256
            connection.execute(decisions.insert(), entry | row | {"after": after})
    (point,) = read_series(store, "visits_on_time_pct").points
    assert (point.observation.value, point.chosen.review.value) == (62.6, "corrected")


def test_a_near_duplicate_is_counted_once(store: Store) -> None:
    with store.writing() as connection:
        row = {"document_id": "a" * 16, "kept_id": "b" * 16, "kind": "draft", "likeness": 0.9}
        connection.execute(near_duplicates.insert(), row)
    first, _ = read_series(store, "visits_on_time_pct").points
    assert (first.reports, [one.observation.value for one in first.restated]) == (2, [6.25])


def test_a_month_and_a_year_that_end_on_one_day_stay_apart(store: Store) -> None:
    month = observed(50.0, "2019-20-Q2", "2019-11-01")
    period = month.period.model_copy(update={"code": "YTD-2019-09"})
    add(store, [month.model_copy(update={"period": period})], "d" * 16, sha256="d")
    codes = [point.slot.period_code for point in read_series(store, "visits_on_time_pct").points]
    assert codes == ["2019-20-Q1", "2019-20-Q2", "YTD-2019-09"]


def test_the_picture_shows_values_targets_and_restated_ones(store: Store, tmp_path: Path) -> None:
    targets = [observed(80.0, f"2019-20-Q{number}", "2019-08-01", role=Role.TARGET) for number in (1, 2)]
    add(store, targets, "e" * 16, sha256="e")
    series = read_series(store, "visits_on_time_pct")
    picture = draw(series)
    pieces = [line.count("M") for line in picture.splitlines() if line.startswith("<path") and 'fill="none"' in line]
    assert pieces[:2] == [1, 1]  # values: one stroke, and its sample in the key
    assert min(pieces[2:]) > 1  # targets: dashes
    assert picture.count("restated") == 2
    write_plot(series, tmp_path / "visits.html")
    page = tmp_path.joinpath("visits.html").read_text(encoding="utf-8")
    assert picture in page
    assert "http" not in page.replace("http://www.w3.org/2000/svg", "")
    write_plot(series, tmp_path / "visits.png")
    shown = pymupdf.Pixmap(str(tmp_path / "visits.png"))
    assert (shown.width, shown.height) == (2160, 960)
    assert shown.color_count() > 10  # not a blank sheet
    with pytest.raises(UsageError, match=r"in \.svg, \.png or \.html"):
        write_plot(series, tmp_path / "visits.bmp")


@pytest.mark.parametrize(("values", "marks"), [((60.0, 62.5), 6), ((0.0, 0.0), 2), ((5.0, 5000.0), 6)])
def test_the_axis_has_round_marks_that_hold_every_value(tmp_path: Path, values: tuple[float, ...], marks: int) -> None:
    made = open_store(str(tmp_path / "y.db"), create=True)
    add(made, [observed(value, f"2019-20-Q{n + 1}", "2020-01-01") for n, value in enumerate(values)], "a" * 16)
    picture = draw(read_series(made, "visits_on_time_pct"))
    axis = [float(one.replace(",", "")) for one in re.findall(r'text-anchor="end">([^<]+)<', picture)]
    assert axis[0] <= min(values) <= max(values) < axis[-1]
    assert len(axis) >= marks / 2


def test_a_narrow_screen_cuts_no_period_and_no_name(
    store: Store, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    monkeypatch.setenv("COLUMNS", "80")
    store.close()
    assert main(["series", "visits_on_time_pct", "--db", str(tmp_path / "x.db")]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 80
    assert any(line.split()[:2] == ["2019-20-Q1", "62.5"] and "wexcombe-q2.pdf" in line for line in lines)
    assert "…" not in "".join(lines)


def test_the_neighbours_of_two_authorities_are_two_lines(store: Store) -> None:
    base = observed(50.0, "2019-20-Q2", "2019-11-01")
    other = base.document.authority.model_copy(update={"name": "Harlowshire"})
    document = base.document.model_copy(update={"authority": other})
    add(store, [base.model_copy(update={"document": document})], "f" * 16, sha256="f")
    places = [place for place, _, _ in read_series(store, "visits_on_time_pct").lines()]
    assert places == ["Wexcombe (Harlowshire)", "Wexcombe"]
    assert "Wexcombe (Harlowshire)" in draw(read_series(store, "visits_on_time_pct"))


def test_a_picture_of_many_lines_holds_its_whole_key(tmp_path: Path) -> None:
    made = open_store(str(tmp_path / "y.db"), create=True)
    place = full_observation().area
    assert place is not None
    areas = [place.model_copy(update={"name": f"Place {n}", "is_reporting_authority": False}) for n in range(30)]
    add(made, [observed(50.0 + n, "2019-20-Q2", f"{n}", area=area) for n, area in enumerate(areas)], "a" * 16)
    picture = draw(read_series(made, "visits_on_time_pct"))
    height = int(re.findall(r'viewBox="0 0 \d+ (\d+)"', picture)[0])
    assert "Place 29" in picture
    assert max(float(y) for y in re.findall(r' y="([\d.]+)"', picture)) < height


def test_nothing_less_than_certain_is_shown_as_certain(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    made = open_store(str(tmp_path / "y.db"), create=True)
    sure = observed(62.0, "2019-20-Q1", "2020-01-01").model_copy(update={"confidence": 0.9962})
    add(made, [sure], "a" * 16)
    assert main(["series", "visits_on_time_pct", "--db", str(tmp_path / "y.db")]) == 0
    said = capsys.readouterr().out
    assert " 99% " in said
    assert "restated" not in said, "a column that would be empty only takes room"


def test_filters_hold_for_periods_too(store: Store) -> None:
    found = stored_observations(store, Wanted(period_from="2019-09-01"))
    assert [one.value for one in found] == [70.0]
