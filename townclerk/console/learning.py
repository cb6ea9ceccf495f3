"""`townclerk learn`: what decisions teach, written for somebody to look at."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.console.streams import put, say
from townclerk.extract.settings import Settings
from townclerk.models.errors import ExitCode
from townclerk.store.database import open_store

if TYPE_CHECKING:
    from townclerk.review.learning import Lesson
    from townclerk.review.learning_trial import Trial


def run(db: str, folder: Path, areas: Sequence[Path], packs: Sequence[Path], *, trial: bool) -> ExitCode:
    """Learn from a store's decisions and say what came of it.

    Returns:
        `PARTIAL` where a report could not be read again.
    """
    from townclerk.review.learning import learn

    store = open_store(db)
    settings = Settings(areas=tuple(areas), packs=tuple(packs))
    lesson = learn(store, folder, settings, trial=trial, tell=lambda name: say(f"townclerk: reading {name}"))
    store.close()
    put("\n".join(describe(lesson)) + "\n")
    for fault in lesson.trial.unread if lesson.trial else ():
        say(f"townclerk: {fault}")
    return ExitCode.PARTIAL if lesson.trial and lesson.trial.unread else ExitCode.OK


def describe(lesson: Lesson) -> list[str]:
    """A lesson as lines of text."""
    from townclerk.review.learning import CASES, GOLD, PACK

    states = ", ".join(f"{number} {state}" for state, number in sorted(lesson.decided.items()))
    lines = [f"learnt from {states or 'no figure'}, {_counted(lesson.marked, 'marked phrase')}", ""]
    contested = len(lesson.proposals) - len(lesson.taken)
    taken = _counted(len(lesson.taken), "phrasing")
    lines.append(f"{lesson.folder / PACK}: {taken}, {contested} more with a conflict")
    for one in lesson.proposals[:20]:
        against = f"  NOT TAKEN: {'; '.join(one.conflicts)}" if one.conflicts else ""
        lines.append(f"  {one.decisions:4} x  {one.phrase}  ->  {one.indicator_id}{against}")
    if len(lesson.proposals) > 20:
        lines.append(f"  and {len(lesson.proposals) - 20} more")
    lines.append(
        f"{lesson.folder / GOLD}: {_counted(lesson.gold, 'gold line')} of {_counted(lesson.reports, 'report')}"
    )
    lines += [f"  left out, for another report has its name: {path}" for path in lesson.unnamed]
    lines.append(f"{lesson.folder / CASES}: {_counted(lesson.cases, 'case')}")
    if lesson.trial is not None:
        lines += ["", *_tried(lesson.trial)]
    lines += [
        "",
        f"Nothing was changed. To use the phrasings: townclerk extract REPORTS --patterns {lesson.folder / PACK}",
    ]
    return lines


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def _tried(trial: Trial) -> list[str]:
    """How the cases came out."""
    lines = ["decided figures read right      before   after"]
    kinds = sorted(trial.cases)
    for kind in kinds:
        count = trial.cases[kind]
        lines.append(f"{kind:20} {count:8} {_share(trial.before[kind], count)} {_share(trial.after[kind], count)}")
    count = trial.cases.total()
    lines.append(f"{'all':20} {count:8} {_share(trial.before.total(), count)} {_share(trial.after.total(), count)}")
    lines.append(
        f"the pack mends {len(trial.mended)} and spoils {len(trial.spoilt)}; of readings nobody decided on it adds"
        f" {trial.others_gained} and takes away {trial.others_lost}"
    )
    for case in trial.spoilt:
        right = case.right.words() if case.right else "no observation"
        lines.append(f"  spoilt: {case.path} page {case.page}: {case.quote!r} is {right}")
    return lines


def _share(right: int, count: int) -> str:
    return f"{right:5} {right / count:4.0%}" if count else "    0    -"
