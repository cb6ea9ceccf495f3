"""Decisions as gold lines for `evaluate` and `calibrate`, and as regression cases."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from townclerk.evaluate.gold import GoldChange, GoldLine, GoldRank
from townclerk.models.area import AreaKind
from townclerk.models.observation import Observation, ObservedArea
from townclerk.store.decided import Decided
from townclerk.store.decisions.readings import Said, reading_of, said_of
from townclerk.store.decisions.standing import reading_in
from townclerk.store.vocabulary import Review


@dataclass(slots=True, frozen=True)
class GoldFile:
    """The gold of one report.

    Attributes:
        stem: The report's file stem, after which gold is named.
        path: Where the report lay.
        lines: What was decided on its pages; readings there that nobody decided are lines without an indicator, which
            the score neither rewards nor punishes.
        pages: The pages somebody decided on.
    """

    stem: str
    path: str
    lines: tuple[GoldLine, ...]
    pages: tuple[int, ...]


@dataclass(slots=True, frozen=True)
class Case:
    """One figure of one report, and what it must be read as.

    Attributes:
        document_sha256: The report's bytes.
        document_id: The report in the store.
        path: Where it lay.
        page: The figure's page.
        start: Its first character in the document's text.
        end: Its end, exclusive.
        quote: The words that show it.
        review: What was decided: accepted, corrected, rejected.
        right: The right reading; None where the figure is no observation of what was read.
        wrong: A reading that was rejected or corrected, and must not come back; None for an accepted one.
    """

    document_sha256: str
    document_id: str
    path: str
    page: int
    start: int
    end: int
    quote: str
    review: str
    right: Said | None
    wrong: Said | None

    def as_line(self) -> str:
        """As one line of JSON."""
        plain: dict[str, Any] = asdict(self)
        for name in ("right", "wrong"):
            said: Said | None = getattr(self, name)
            plain[name] = None if said is None else said._asdict()
        del plain["document_id"]
        return json.dumps(plain, ensure_ascii=False)


def gold_files(found: Iterable[Decided]) -> list[GoldFile]:
    """The gold of every report on which somebody decided.

    Args:
        found: All observations of these reports, decided or not.
    """
    by_report: defaultdict[tuple[str, str, str], list[Decided]] = defaultdict(list)
    for one in found:
        document = one.observation.document
        by_report[Path(document.name).stem, one.path, document.sha256].append(one)
    return [_gold_file(stem, path, own) for (stem, path, _), own in sorted(by_report.items())]


def _gold_file(stem: str, path: str, found: Sequence[Decided]) -> GoldFile:
    pages = sorted({_page(one.observation) for one in found if one.review is not Review.UNDECIDED})
    lines: list[GoldLine] = []
    for one in sorted(found, key=lambda one: _place(one.observation)):
        if _page(one.observation) not in pages or one.review is Review.REJECTED:
            continue
        if one.observation.evidence:
            lines.append(_line(one, stem, len(lines) + 1))
    return GoldFile(stem, path, tuple(lines), tuple(pages))


def _line(one: Decided, stem: str, number: int) -> GoldLine:
    seen, undecided = one.observation, one.review is Review.UNDECIDED
    change, rank = seen.change, seen.rank
    return GoldLine(
        doc=stem,
        n=number,
        page=_page(seen),
        indicator=None if undecided else seen.indicator_id,
        label=seen.label,
        value=seen.value,
        status=seen.status,
        unit=seen.unit,
        role=seen.role,
        area=_area(seen.area),
        period=seen.period.code,
        numerator=seen.numerator,
        denominator=seen.denominator,
        change=change
        and GoldChange(
            value=change.value, unit=change.unit, direction=change.direction, from_period=change.from_period
        ),
        rank=rank and GoldRank(position=rank.position, of=rank.of),
        quartile=seen.quartile,
        rag=seen.rag,
        direction=seen.direction,
        quotes=list(dict.fromkeys(place.quote for place in seen.evidence)),
        note=_note(one),
    )


def _note(one: Decided) -> str:
    if one.review is Review.UNDECIDED:
        return "nobody decided on it"
    why = one.standing.holds.note if one.standing.holds else None
    return f"{one.review.value} by a reviewer" + (f": {why}" if why else "")


def _area(area: ObservedArea | None) -> str | None:
    if area is None:
        return None
    if area.kind is AreaKind.AUTHORITY:
        return "self" if area.is_reporting_authority else area.name
    return area.kind.value


def cases(decided: Iterable[Decided]) -> Iterator[Case]:
    """What was decided, as cases that a later version must still read so."""
    for one in decided:
        if one.review is Review.UNDECIDED or not one.observation.evidence or one.standing.holds is None:
            continue
        plain = one.observation.model_dump(mode="json")
        reading = reading_of(plain, one.standing.figure)
        seen = reading_in(one.standing.holds)
        rejected = one.review is Review.REJECTED
        right = None if rejected else said_of(plain)
        wrong = seen.said if seen is not None and seen.said != right else None
        first = one.observation.evidence[0]
        yield Case(
            document_sha256=one.observation.document.sha256,
            document_id=one.document_id,
            path=one.path,
            page=reading.page,
            start=reading.start,
            end=reading.end,
            quote=first.quote,
            review=one.review.value,
            right=right,
            wrong=reading.said if rejected and wrong is None else wrong,
        )


def _page(observation: Observation) -> int:
    return observation.evidence[0].page if observation.evidence else 0


def _place(observation: Observation) -> tuple[int, int, str]:
    first = observation.evidence[0] if observation.evidence else None
    return (first.page if first else 0, first.start if first else 0, observation.observation_id)
