"""What decisions teach: a pack of phrasings, gold lines and regression cases, and what the pack would change.

Everything is written into a folder for somebody to look at; nothing of the program or the store changes by it.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from townclerk.extract.extractors import Extractors
from townclerk.extract.output.atomic import whole_file
from townclerk.extract.settings import Settings
from townclerk.models.errors import OutputError, PatternError, UsageError
from townclerk.patterns.catalogue import load_catalogue, shipped_packs
from townclerk.patterns.checking import check_packs
from townclerk.review.learning_gold import Case, GoldFile, cases, gold_files
from townclerk.review.learning_phrases import Proposal, as_pack, propose
from townclerk.review.learning_trial import Trial, try_cases
from townclerk.store.database import Store
from townclerk.store.decided import Decided, decided_observations
from townclerk.store.decisions.log import DecisionLog
from townclerk.store.decisions.model import Action, Decision
from townclerk.store.observations import Wanted
from townclerk.store.vocabulary import Review

PACK = "learnt.yaml"
GOLD = "gold"
CASES = "cases.jsonl"
SUMMARY = "summary.json"


@dataclass(slots=True, frozen=True)
class Lesson:
    """What was learnt.

    Attributes:
        folder: Where it was written.
        decided: Observations that stand decided, by state.
        marked: Phrases that reviewers marked.
        proposals: Phrasings, those with a conflict too.
        gold: Gold lines with an indicator.
        reports: Reports that have gold.
        unnamed: Reports left out of the gold, because another has their name.
        cases: Regression cases.
        trial: How the cases come out before and after; None where it was not asked for.
    """

    folder: Path
    decided: Counter[str]
    marked: int
    proposals: tuple[Proposal, ...]
    gold: int
    reports: int
    unnamed: tuple[str, ...]
    cases: int
    trial: Trial | None

    @property
    def taken(self) -> list[Proposal]:
        """The phrasings that are in the pack."""
        return [one for one in self.proposals if not one.conflicts]


def learn(
    store: Store,
    folder: Path,
    settings: Settings | None = None,
    *,
    trial: bool = True,
    tell: Callable[[str], None] = lambda _: None,
) -> Lesson:
    """Write what the decisions of a store teach.

    Args:
        store: The store.
        folder: Where to; made where there is none.
        settings: Packs and areas the reports are read with.
        trial: Read the decided reports again, with and without the learnt pack.
        tell: Called with the name of each report that is read again.

    Raises:
        UsageError: If nothing was decided yet, or the folder holds other things.
        OutputError: If it cannot be written.
    """
    settings = settings or Settings()
    marked = _marked(store)
    found = _of_decided_documents(store)
    decided = [one for one in found if one.review is not Review.UNDECIDED]
    if not decided and not marked:
        raise UsageError(f"{store.name}: nothing was decided yet; decide with: townclerk review {store.name}")
    _prepare(folder)
    proposals = propose(decided, marked, load_catalogue(settings.packs))
    _write(folder / PACK, as_pack(proposals, _unknown(decided), store.name))
    if faults := check_packs([folder / PACK], [*shipped_packs(), *settings.packs]):
        raise PatternError(faults)
    gold, unnamed = _told_apart([file for file in gold_files(found) if file.pages])
    _write_gold(folder / GOLD, gold)
    told = list(cases(decided))
    _write(folder / CASES, "".join(f"{case.as_line()}\n" for case in told))
    lesson = Lesson(
        folder=folder,
        decided=Counter(one.review.value for one in decided),
        marked=len(marked),
        proposals=tuple(proposals),
        gold=sum(line.indicator is not None for file in gold for line in file.lines),
        reports=len(gold),
        unnamed=tuple(unnamed),
        cases=len(told),
        trial=_try(store, told, folder, settings, tell) if trial else None,
    )
    _write(folder / SUMMARY, json.dumps(summary(lesson), indent=2, ensure_ascii=False) + "\n")
    return lesson


def summary(lesson: Lesson) -> dict[str, Any]:
    """A lesson for machines."""
    trial = lesson.trial
    return {
        "decided": dict(sorted(lesson.decided.items())),
        "phrases_marked": lesson.marked,
        "phrasings_taken": len(lesson.taken),
        "phrasings_in_conflict": len(lesson.proposals) - len(lesson.taken),
        "gold_lines": lesson.gold,
        "gold_reports": lesson.reports,
        "gold_left_out": list(lesson.unnamed),
        "cases": lesson.cases,
        "trial": trial
        and {
            "cases": dict(sorted(trial.cases.items())),
            "right_before": dict(sorted(trial.before.items())),
            "right_after": dict(sorted(trial.after.items())),
            "mended": [json.loads(case.as_line()) for case in trial.mended],
            "spoilt": [json.loads(case.as_line()) for case in trial.spoilt],
            "others_gained": trial.others_gained,
            "others_lost": trial.others_lost,
            "unread": trial.unread,
        },
    }


def _try(store: Store, told: list[Case], folder: Path, settings: Settings, tell: Callable[[str], None]) -> Trial:
    learnt = replace(settings, packs=(*settings.packs, folder / PACK))
    return try_cases(store, told, Extractors(settings), Extractors(learnt), tell)


def _marked(store: Store) -> list[Decision]:
    log = DecisionLog(store).all()
    undone = {one.undoes for one in log if one.undoes}
    return [one for one in log if one.action is Action.PHRASE and one.decision_id not in undone]


def _of_decided_documents(store: Store) -> list[Decided]:
    """All observations of the documents on which somebody decided, rejected ones too."""
    digests = {one.document_sha256 for one in DecisionLog(store).all()}
    return [one for one in decided_observations(store, Wanted()) if one.observation.document.sha256 in digests]


def _unknown(decided: list[Decided]) -> Counter[str]:
    """Labels of figures that reviewers settled without an indicator."""
    settled = (one for one in decided if one.review in {Review.ACCEPTED, Review.CORRECTED})
    labels = (one.observation.label for one in settled if one.observation.indicator_id is None)
    return Counter(" ".join(label.split()) for label in labels if label.strip())


def _prepare(folder: Path) -> None:
    """Make the folder, or clear it of what was learnt before.

    Raises:
        UsageError: If it holds something else.
        OutputError: If it cannot be made.
    """
    if folder.exists() and not folder.is_dir():
        raise UsageError(f"{folder} is a file; name a folder")
    if folder.is_dir() and any(folder.iterdir()) and not (folder / PACK).is_file():
        raise UsageError(f"{folder} holds other things; name an empty folder, or one that learn wrote before")
    try:
        shutil.rmtree(folder / GOLD, ignore_errors=True)
        (folder / GOLD).mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise OutputError(f"{folder}: the folder cannot be made ({fault.strerror}); choose another") from None


def _told_apart(gold: list[GoldFile]) -> tuple[list[GoldFile], list[str]]:
    """Gold is named after its report: of those with one name the one with the most lines, and where the others lay."""
    best: dict[str, GoldFile] = {}
    for file in gold:
        if file.stem not in best or len(file.lines) > len(best[file.stem].lines):
            best[file.stem] = file
    return list(best.values()), [file.path for file in gold if best[file.stem] is not file]


def _write_gold(folder: Path, gold: list[GoldFile]) -> None:
    for file in gold:
        lines = (json.dumps(line.model_dump(mode="json"), ensure_ascii=False) for line in file.lines)
        _write(folder / f"{file.stem}.jsonl", "".join(f"{line}\n" for line in lines))
        _write(folder / f"{file.stem}.pages", json.dumps(list(file.pages)) + "\n")


def _write(path: Path, text: str) -> None:
    with whole_file(path) as stream:
        stream.write(text.encode())
