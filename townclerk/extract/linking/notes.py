"""What a paper says once of the times of all its comparisons: "Comparator figures are for 2022/23"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.scene import Scene
from townclerk.extract.spotting.periods import find_periods
from townclerk.models.area import AreaKind
from townclerk.models.candidate import Candidate
from townclerk.models.digits import has_digit
from townclerk.models.mentions import PeriodMention
from townclerk.models.units import Basis, Role
from townclerk.patterns.catalogue import Catalogue
from townclerk.patterns.period_bases import Note, base_note, comparator_note

# A time in brackets is part of what is said: "Benchmarks are the latest published (2021/22)".
_SENTENCE = re.compile(r"(?:[^.\n()\[\]]|\([^()\n]{4,30}\))+")
_PLACES = frozenset(AreaKind) - {AreaKind.OTHER}


def date_by_notes(candidates: Sequence[Candidate], texts: Sequence[str], scene: Scene, catalogue: Catalogue) -> None:
    """Give comparators and old values without a time of their own the one that a note gives all of them.

    What all figures are compared with ("Comparisons are with 2022/23") is the comparators' time where no other is told.

    Args:
        candidates: The figures of a paper; their periods are changed in place.
        texts: The texts of its blocks.
        scene: The paper's facts.
        catalogue: Definitions, which say how a measure counts its time.
    """
    base = _noted(texts, base_note())
    for time, are_comparators in ((_noted(texts, comparator_note()) or base, True), (base, False)):
        period = scene.resolve(time) if time is not None else None
        if period is None:
            continue
        for candidate in candidates:
            if candidate.role is Role.ACTUAL and _lacks_time(candidate, scene, are_comparators):
                indicator = catalogue.indicators.get(candidate.indicator_id or "")
                candidate.period = fit_period(period.with_basis(Basis.INFERRED, period.text), indicator)


def _noted(texts: Sequence[str], note: Note) -> PeriodMention | None:
    """The time of the first note, a sentence that holds no figures but times."""
    for text in texts:
        if note.anywhere.search(text) is None:
            continue
        for said in _SENTENCE.finditer(text):
            times = find_periods(said[0]) if has_digit(said[0]) else []
            starts = [0, *(time.end for time in times)]
            leads = [said[0][start : time.start] for start, time in zip(starts, times, strict=False)]
            if has_digit("".join((*leads, said[0][starts[-1] :]))):
                continue
            for lead, time in zip(leads, times, strict=True):
                if note.lead.search(lead):
                    return time
    return None


def _lacks_time(candidate: Candidate, scene: Scene, are_comparators: bool) -> bool:
    area, period, report = candidate.area, candidate.period, scene.facts.period.value
    if area is None or area.is_reporting_authority is are_comparators or area.kind not in _PLACES:
        return False
    if not are_comparators:
        return period is None
    return period is None or (period.basis is not Basis.STATED and report is not None and period.end == report.end)
