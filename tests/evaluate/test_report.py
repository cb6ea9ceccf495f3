"""Several reports together: inputs, sums, attributes, and what is printed."""

from __future__ import annotations

import json
from io import StringIO
from pathlib import Path

import pytest
from rich.console import Console

from tests.evaluate.making import document, evidence, line, period, seen
from townclerk.evaluate.agreement import Level
from townclerk.evaluate.command import present
from townclerk.evaluate.gold import GoldLine
from townclerk.evaluate.report import Report, evaluate
from townclerk.evaluate.scoring import score
from townclerk.evaluate.show import show_score
from townclerk.extract.pipeline import UnlinkedFigure
from townclerk.models.errors import ExitCode, UnreadableError
from townclerk.models.observation import Change, Observation, Snippet

IDS = {"icpc_15_days_pct", "cla_rate"}


def run(folder: Path, gold: list[GoldLine], observations: list[Observation]) -> Report:
    gold_path, seen_path = folder / "all.jsonl", folder / "observations.jsonl"
    gold_path.write_text("\n".join(each.model_dump_json() for each in gold), encoding="utf-8")
    seen_path.write_text("\n".join(each.model_dump_json() for each in observations), encoding="utf-8")
    return evaluate(gold_path, [seen_path], known_ids=IDS)


def printed(report: Report, *, details: bool = False, machine: bool = False) -> str:
    console = Console(width=250, file=StringIO())
    present(report, console, details=details, machine=machine)
    assert isinstance(console.file, StringIO)
    return console.file.getvalue()


def test_every_report_weighs_the_same_in_the_mean(tmp_path: Path) -> None:
    long = [line(doc="long", n=n, value=float(n)) for n in range(9)]
    short = line(doc="short")
    report = run(tmp_path, [*long, short], [*(seen(each) for each in long), seen(short, value=1.0)])
    assert report.macro(Level.FULL).f1 == 0.5
    assert report.pooled(Level.FULL).f1 == 0.9


def test_a_report_without_observations_has_found_nothing(tmp_path: Path) -> None:
    silent = line(doc="silent")
    report = run(tmp_path, [line(), silent], [seen()])
    assert [each.tallies[Level.FULL].recall for each in report.scores] == [0.0, 1.0]
    assert report.missing == ["silent"]


def test_observations_of_other_reports_only_are_a_mistake(tmp_path: Path) -> None:
    with pytest.raises(UnreadableError, match="stems must be the same"):
        run(tmp_path, [line(doc="another")], [seen()])


def test_a_faulty_line_of_observations_is_told(tmp_path: Path) -> None:
    (tmp_path / "gold.jsonl").write_text(line().model_dump_json(), encoding="utf-8")
    output = tmp_path / "out.jsonl"
    output.write_text(f"{seen().model_dump_json()}\n{{}}\n", encoding="utf-8")
    with pytest.raises(UnreadableError, match=r"out\.jsonl:2: is no observation"):
        evaluate(tmp_path / "gold.jsonl", [output], known_ids=IDS)


def test_commentary_needs_both_ends_white_space_aside(tmp_path: Path) -> None:
    gold = [line(n=n, value=float(n), commentary="The fall follows two ... groups in August.") for n in range(3)]
    texts = ["The fall follows\ntwo large sibling groups  in August.", "The fall follows two large families.", None]
    observations = [
        seen(each, commentary=[] if text is None else [Snippet(text=text, page=1, start=0, end=9)])
        for each, text in zip(gold, texts, strict=True)
    ]
    share = run(tmp_path, gold, observations).commentary()
    assert (share.right, share.total) == (1, 3)


def test_attributes_are_counted_where_gold_states_them_and_where_it_does_not(tmp_path: Path) -> None:
    change = {"value": -8.2, "unit": "percentage_points", "direction": "down", "from_period": "2021-22-Q1"}
    gold = [line(n=1, numerator=50, denominator=69, rank={"position": 4, "of": 11}, change=change), line(n=2, value=1)]
    told = Change.model_validate(change | {"value": 8.2, "from_period": "2021-06-30"})
    observations = [seen(gold[0], denominator=70, change=told), seen(gold[1], quartile=2)]
    shares = run(tmp_path, gold, observations).attributes()
    counts = {name: (share.right, share.total, share.invented) for name, share in shares.items()}
    assert counts == {
        "numerator": (1, 1, 0),
        "denominator": (0, 1, 0),
        "change": (1, 1, 0),
        "rank": (1, 1, 0),
        "quartile": (0, 0, 1),
        "rag": (0, 0, 0),
        "direction": (0, 0, 0),
    }


def test_the_kind_of_period_is_compared_apart(tmp_path: Path) -> None:
    report = run(tmp_path, [line()], [seen(period=period("2021-09-30"))])
    assert report.pooled(Level.FULL).f1 == 1.0
    assert report.period_kind().accuracy == 0.0


def test_recall_by_difficulty_and_precision_by_method(tmp_path: Path) -> None:
    gold = [line(n=1, difficulty="easy"), line(n=2, value=2, difficulty="hard")]
    observations = [seen(gold[0], method="table"), seen(gold[1], value=9.0, evidence=[evidence("9")])]
    content = json.loads(printed(run(tmp_path, gold, observations), machine=True))
    assert content["recall_by_difficulty"]["easy"]["full"]["share"] == 1.0
    assert content["recall_by_difficulty"]["hard"]["found"]["share"] == 0.0
    assert content["precision_by_method"]["table"]["full"]["share"] == 1.0
    assert content["precision_by_method"]["prose"]["full"] == {"right": 0, "total": 1, "share": 0.0}
    assert content["documents"]["wexcombe-q2"]["misses"] == [2]


def test_confidence_is_held_against_the_truth(tmp_path: Path) -> None:
    gold = [line(n=1), line(n=2, value=2)]
    observations = [seen(gold[0], confidence=0.9), seen(gold[1], role="target", confidence=0.6)]
    calibration = run(tmp_path, gold, observations).calibration()
    assert calibration is not None
    assert calibration.accuracy == 0.5
    assert calibration.brier == pytest.approx((0.01 + 0.36) / 2)
    assert calibration.ece == pytest.approx((0.1 + 0.6) / 2)


def test_the_list_says_what_is_wrong_and_where(tmp_path: Path) -> None:
    gold = [
        line(n=1),
        line(n=2, indicator="cla_rate", value=70, unit="per_10000", quotes=["70 per 10,000 in care"], note="glued"),
        line(n=3, value=55.1, quotes=["dropped to 55.1%"]),
    ]
    observations = [
        seen(gold[0], role="target", flags=["approximate"], confidence=0.4),
        seen(gold[2], indicator_id="cla_rate"),
        seen(gold[2], observation_id="x", value=3.0, evidence=[evidence("3 [b]things[/b]", page=8)]),
    ]
    text = printed(run(tmp_path, gold, observations), details=True)
    assert "-- wrong field #1 (medium): role" in text
    assert "gold icpc_15_days_pct | self | 2021-22-Q2 | actual | 72.4 percent" in text
    assert "seen icpc_15_days_pct | self | 2021-22-Q2 | target | 72.4 percent" in text
    assert "confidence 0.40, flags approximate" in text
    assert "-- missed #2 (medium): cla_rate | self | 2021-22-Q2 | actual | 70 per_10000" in text
    assert "note: glued" in text
    assert "-- near miss #3 (medium): indicator" in text
    assert "'3 [b]things[/b]' (page 8, prose" in text


def test_a_miss_shows_the_figure_that_was_seen_and_not_linked() -> None:
    figures = [UnlinkedFigure(1, 40, 45, "72.4%", "no indicator near"), UnlinkedFigure(1, 60, 63, "12%", "a change")]
    shown = list(show_score(score([line()], []), figures))
    assert "   seen and not linked: '72.4%' at 40 (page 1): no indicator near" in shown
    assert not any("12%" in each for each in shown)


def test_the_exit_code_tells_of_unread_reports() -> None:
    console = Console(quiet=True)
    assert present(Report([]), console) is ExitCode.OK
    assert present(Report([], faults=["a.pdf: is locked"]), console) is ExitCode.PARTIAL


def test_names_of_reports_are_matched_without_their_suffix(tmp_path: Path) -> None:
    report = run(tmp_path, [line(doc="q2.final")], [seen(document=document("q2.final"))])
    assert report.pooled(Level.FULL).f1 == 1.0
