"""Reading the decided reports again, as things are and with the learnt pack: how many cases come out right."""

from __future__ import annotations

import hashlib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from sqlalchemy import select

from townclerk.convert.places import local_path, read_place
from townclerk.extract.extractors import Extractors
from townclerk.models.errors import TownclerkError
from townclerk.models.observation import Observation
from townclerk.review.learning_gold import Case
from townclerk.store.database import Store
from townclerk.store.decisions.readings import Reading, reading_of
from townclerk.store.tables import documents

_MOST_BYTES = 1 << 30


@dataclass(slots=True)
class Trial:
    """How the cases came out.

    Attributes:
        cases: How many were tried, by what was decided.
        before: How many of these are right as things are.
        after: How many are right with the learnt pack.
        mended: Cases that the pack makes right.
        spoilt: Cases that the pack makes wrong.
        others_gained: Readings of these reports that nobody decided on and that come only with the pack.
        others_lost: Readings that nobody decided on and that the pack takes away.
        unread: Reports that could not be read again, each with the reason.
    """

    cases: Counter[str] = field(default_factory=Counter)
    before: Counter[str] = field(default_factory=Counter)
    after: Counter[str] = field(default_factory=Counter)
    mended: list[Case] = field(default_factory=list)
    spoilt: list[Case] = field(default_factory=list)
    others_gained: int = 0
    others_lost: int = 0
    unread: list[str] = field(default_factory=list)


def is_right(case: Case, readings: Iterable[Reading]) -> bool:
    """Whether a report's readings meet a case: the right reading is there, and the wrong one is not."""
    there = {one.said for one in readings if _is_the_figure(one, case)}
    return (case.right is None or case.right in there) and (case.wrong is None or case.wrong not in there)


def try_cases(
    store: Store,
    cases: Sequence[Case],
    before: Extractors,
    after: Extractors,
    tell: Callable[[str], None] = lambda _: None,
) -> Trial:
    """Read every report that has cases twice.

    Args:
        store: Names where the reports lie.
        cases: What was decided.
        before: Extractors as things are.
        after: Extractors with the learnt pack.
        tell: Called with each report's name before it is read.
    """
    trial = Trial()
    by_document: defaultdict[str, list[Case]] = defaultdict(list)
    for case in cases:
        by_document[case.document_id].append(case)
    for document_id, own in sorted(by_document.items()):
        try:
            uri, data = _bytes(store, document_id, own[0])
            tell(own[0].path)
            folder = local_path(uri).parent if uri.startswith("file:") else Path()
            first, second = (_readings(one, folder, data, own[0].path) for one in (before, after))
        except (TownclerkError, OSError) as fault:
            trial.unread.append(str(fault))
            continue
        _count(trial, own, first, second)
    return trial


def _bytes(store: Store, document_id: str, case: Case) -> tuple[str, bytes]:
    """Where a report lies and what it holds.

    Raises:
        UnreadableError: If it is not there.
        TownclerkError: If it is no longer what was decided on.
    """
    with store.reading() as connection:
        uri = connection.execute(select(documents.c.uri).where(documents.c.document_id == document_id)).scalar()
    if uri is None:
        raise TownclerkError(f"{case.path or case.document_sha256}: the store no longer names this document")
    data = read_place(uri, _MOST_BYTES)
    if hashlib.sha256(data).hexdigest() != case.document_sha256:
        raise TownclerkError(f"{case.path}: its content has changed since it was decided on; convert it again")
    return uri, data


def _readings(extractors: Extractors, folder: Path, data: bytes, path: str) -> list[Reading]:
    extractor = extractors.for_folder(folder)
    document = extractor.read(data, Path(path).name)
    return [_reading(one) for one in extractor.extract(document).observations]


def _reading(observation: Observation) -> Reading:
    return reading_of(observation.model_dump(mode="json"))


def _count(trial: Trial, cases: Sequence[Case], before: Sequence[Reading], after: Sequence[Reading]) -> None:
    for case in cases:
        first, second = is_right(case, before), is_right(case, after)
        trial.cases[case.review] += 1
        trial.before[case.review] += first
        trial.after[case.review] += second
        if second and not first:
            trial.mended.append(case)
        if first and not second:
            trial.spoilt.append(case)
    was, now = _others(before, cases), _others(after, cases)
    trial.others_gained += len(now - was)
    trial.others_lost += len(was - now)


def _others(readings: Iterable[Reading], cases: Sequence[Case]) -> set[tuple[object, ...]]:
    """The readings that no case is about."""
    return {
        (one.page, one.start, one.end, one.said)
        for one in readings
        if not any(_is_the_figure(one, case) for case in cases)
    }


def _is_the_figure(reading: Reading, case: Case) -> bool:
    return reading.page == case.page and reading.start < case.end and case.start < reading.end
