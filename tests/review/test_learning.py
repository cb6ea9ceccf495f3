"""What decisions teach: phrasings, gold, cases, and a trial of what they would change."""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from tests.store.samples import add
from townclerk.console.learning import describe
from townclerk.evaluate.gold import read_gold
from townclerk.extract.pipeline import Extractor
from townclerk.models.errors import UsageError
from townclerk.models.observation import Observation
from townclerk.patterns.catalogue import load_catalogue, shipped_packs
from townclerk.patterns.checking import check_packs
from townclerk.review.learning import Lesson, learn
from townclerk.review.learning_phrases import Proposal, as_pack
from townclerk.review.queue import Filters, Queue
from townclerk.store.database import Store, open_store
from townclerk.store.decided import decided_observations
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.observations import Wanted

REPORT = """# Harlowshire Council: Children's Performance, Quarter 3 2018/19

At the end of December 2018 there were 512 children looked after.

The share of kestrel reviews held in time was 88.2% in the quarter.
"""


@cache
def extracted() -> tuple[Observation, ...]:
    """What is really read from it."""
    extractor = Extractor()
    return tuple(extractor.extract(extractor.read(REPORT.encode(), "harlowshire.txt")).observations)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    """The report in a store; nobody but this council speaks of kestrel reviews."""
    report = tmp_path / "reports" / "harlowshire.txt"
    report.parent.mkdir()
    report.write_bytes(REPORT.encode())
    made = open_store(str(tmp_path / "x.db"), create=True)
    place = {"uri": report.as_uri(), "path": str(report), "name": report.name}
    add(made, extracted(), "d1", sha256=hashlib.sha256(REPORT.encode()).hexdigest(), **place)
    return made


def looked_after(store: Store) -> Observation:
    return next(
        one.observation for one in decided_observations(store, Wanted()) if one.observation.indicator_id == "cla_count"
    )


def missed(store: Store) -> tuple[Observation, tuple[int, int]]:
    """The figure that the catalogue has no words for, as a reviewer adds it."""
    start = REPORT.index("88.2%")
    sentence = REPORT.index("The share")
    plain: dict[str, Any] = looked_after(store).model_dump(mode="json")
    indicator = load_catalogue().indicators["cla_reviews_timely_pct"]
    plain |= {
        "indicator_id": indicator.id, "indicator_name": indicator.name, "label": "kestrel reviews held in time",
        "value": 88.2, "value_text": "88.2%", "unit": "percent", "numerator": None, "denominator": None, "checks": [],
        "evidence": [{"page": 1, "boxes": [], "start": sentence, "end": start + 5,
                      "quote": REPORT[sentence : start + 5]}],
        "period": {"code": "2018-19-Q3", "start": "2018-10-01", "end": "2018-12-31", "kind": "quarter",
                   "text": "the quarter", "basis": "inferred"},
    }  # fmt: skip
    return Observation.model_validate(plain), (start, start + 5)


@pytest.fixture
def lesson(store: Store, tmp_path: Path) -> Lesson:
    log = DecisionLog(store)
    log.accept(looked_after(store), "Ann", None, seconds=3.0)
    observation, figure = missed(store)
    log.add(observation, "Ann", figure=figure, note="their own word")
    digest = observation.document.sha256
    log.phrase("kestrel reviews held in time", "cla_reviews_timely_pct", digest, 0, 1, "Bob")
    log.undo(log.phrase("quarter", "cla_count", digest, 0, 1, "Bob").decision_id, "Bob")
    return learn(store, tmp_path / "learnt")


def test_a_phrasing_that_the_catalogue_lacks_is_proposed_with_its_decisions(lesson: Lesson) -> None:
    assert lesson.proposals == (Proposal("kestrel reviews held in time", "cla_reviews_timely_pct", 2, 1),)
    text = lesson.folder.joinpath("learnt.yaml").read_text(encoding="utf-8")
    assert '- "kestrel reviews held in time"  # 2 decisions, 1 marked the phrase itself' in text


def test_the_pack_is_sound_and_can_be_loaded(lesson: Lesson) -> None:
    pack = lesson.folder / "learnt.yaml"
    assert check_packs([pack], shipped_packs()) == []
    catalogue = load_catalogue([pack])
    added = catalogue.wordings["cla_reviews_timely_pct"][-1].phrases
    assert added == ["kestrel reviews held in time"]


def test_the_trial_shows_what_the_pack_mends(lesson: Lesson) -> None:
    trial = lesson.trial
    assert trial is not None
    assert (trial.cases["accepted"], trial.before["accepted"], trial.after["accepted"]) == (2, 1, 2)
    assert [case.quote for case in trial.mended] == ["The share of kestrel reviews held in time was 88.2%"]
    assert (trial.spoilt, trial.unread) == ([], [])
    told = "\n".join(describe(lesson))
    assert "mends 1 and spoils 0" in told
    assert "Nothing was changed." in told


def test_gold_can_be_evaluated_against(lesson: Lesson) -> None:
    gold = read_gold(lesson.folder / "gold")["harlowshire"]
    assert gold.pages == frozenset({1})
    lines = {line.indicator: line for line in gold.lines}
    assert (lines["cla_count"].value, lines["cla_count"].area) == (512, "self")
    assert lines["cla_reviews_timely_pct"].note == "accepted by a reviewer: their own word"


def test_gold_passes_over_what_nobody_decided_on_a_page_that_was(store: Store, tmp_path: Path) -> None:
    observation, figure = missed(store)
    DecisionLog(store).add(observation, "Ann", figure=figure)
    lesson = learn(store, tmp_path / "learnt", trial=False)
    lines = read_gold(lesson.folder / "gold")["harlowshire"].lines
    assert [(line.indicator, line.value, line.note) for line in lines] == [
        (None, 512, "nobody decided on it"),
        ("cla_reviews_timely_pct", 88.2, "accepted by a reviewer"),
    ]


def test_of_two_reports_of_one_name_one_has_gold_and_the_other_is_told(store: Store, tmp_path: Path) -> None:
    log = DecisionLog(store)
    log.accept(looked_after(store), "Ann", None)
    observation, figure = missed(store)
    other = observation.document.model_copy(update={"sha256": "7" * 64})
    add(store, [], "d2", sha256="7" * 64, path="/zzz/harlowshire.txt", name="harlowshire.txt")
    twin = observation.model_copy(update={"document": other})
    log.add(twin, "Ann", figure=figure)
    lesson = learn(store, tmp_path / "learnt", trial=False)
    assert (lesson.reports, lesson.unnamed) == (1, ("/zzz/harlowshire.txt",))
    assert "  left out, for another report has its name: /zzz/harlowshire.txt" in describe(lesson)


def test_cases_and_summary_are_for_machines(lesson: Lesson) -> None:
    lines = lesson.folder.joinpath("cases.jsonl").read_text(encoding="utf-8").splitlines()
    assert sorted(json.loads(line)["right"]["value"] for line in lines) == [88.2, 512]
    summary = json.loads(lesson.folder.joinpath("summary.json").read_text(encoding="utf-8"))
    assert (summary["decided"], summary["cases"], summary["gold_lines"]) == ({"accepted": 2}, 2, 2)


def test_learning_changes_nothing_and_can_be_done_again(store: Store, lesson: Lesson) -> None:
    before = [one.observation for one in decided_observations(store, Wanted())]
    again = learn(store, lesson.folder, trial=False)
    assert again.proposals == lesson.proposals
    assert [one.observation for one in decided_observations(store, Wanted())] == before


def test_a_report_that_changed_since_is_told_and_not_tried(store: Store, tmp_path: Path) -> None:
    DecisionLog(store).accept(looked_after(store), "Ann", None)
    report = tmp_path / "reports" / "harlowshire.txt"
    report.write_text(REPORT.replace("512", "513"), encoding="utf-8")
    trial = learn(store, tmp_path / "learnt").trial
    assert trial is not None
    assert "has changed since" in trial.unread[0]
    assert trial.cases.total() == 0


def test_a_rejected_reading_must_not_come_back(store: Store, tmp_path: Path) -> None:
    DecisionLog(store).reject(looked_after(store), "Ann", None)
    lesson = learn(store, tmp_path / "learnt")
    assert lesson.trial is not None
    assert (lesson.trial.cases["rejected"], lesson.trial.after["rejected"]) == (1, 0)
    case = json.loads(lesson.folder.joinpath("cases.jsonl").read_text(encoding="utf-8"))
    assert (case["right"], case["wrong"]["value"]) == (None, 512)


def test_words_that_name_another_measure_are_not_taken(store: Store, tmp_path: Path) -> None:
    log = DecisionLog(store)
    observation, figure = missed(store)
    digest = observation.document.sha256
    log.phrase("re-referrals within 12 months", "cla_count", digest, 0, 1, "Ann")
    log.add(observation, "Ann", figure=figure)
    other = {"indicator_id": "cpp_reviews_timely_pct", "indicator_name": "x", "value": 88.3}
    log.add(observation.model_copy(update=other), "Bob", figure=figure)
    lesson = learn(store, tmp_path / "learnt", trial=False)
    assert lesson.taken == []
    conflicts = {one.indicator_id: one.conflicts for one in lesson.proposals}
    assert conflicts["cla_reviews_timely_pct"] == ("1 decision decided as cpp_reviews_timely_pct",)
    assert any("the catalogue reads it as rereferrals_pct" in one for one in conflicts["cla_count"])
    text = lesson.folder.joinpath("learnt.yaml").read_text(encoding="utf-8")
    assert "# Not taken, because something speaks against them:" in text
    assert check_packs([lesson.folder / "learnt.yaml"], shipped_packs()) == []


def test_any_words_make_a_pack_that_loads(tmp_path: Path) -> None:
    """Quotes, hashes, colons and line ends in a label are words, not YAML."""
    odd = ['# "quoted": yes', "children's: [care] & more", "- a list, {a map}", "50% \u2013 \u201cready\u201d"]
    pack = as_pack([Proposal(words, "cla_count", 1, 0) for words in odd], Counter(), 'a "store"\n')
    tmp_path.joinpath("p.yaml").write_text(pack, encoding="utf-8")
    assert load_catalogue([tmp_path / "p.yaml"]).wordings["cla_count"][-1].phrases == odd


def test_there_must_be_something_to_learn_from_and_room_for_it(store: Store, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="nothing was decided yet"):
        learn(store, tmp_path / "learnt")
    DecisionLog(store).accept(looked_after(store), "Ann", None)
    with pytest.raises(UsageError, match="holds other things"):
        learn(store, tmp_path / "reports")
    assert Queue(store).progress(Filters(), "Ann").decided == 1
