"""Comments on a table row that tell a series of its times and values: "Monthly figures: Jul 158, Aug 160, Sep 163"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from townclerk.extract.knowledge import Knowledge
from townclerk.extract.linking.agreement import IMPOSSIBLE, agreement
from townclerk.extract.linking.conventions import fit_period
from townclerk.extract.linking.evidence import time_told
from townclerk.extract.linking.scene import Scene
from townclerk.extract.spotting.figures import read_cell
from townclerk.extract.spotting.periods import whole_time
from townclerk.models.candidate import Candidate, Span
from townclerk.models.digits import has_digit
from townclerk.models.mentions import FigureForm, FigureMention, PeriodMention
from townclerk.models.passage import Passage

_PART = re.compile(r"(?:[^,;|]|,(?=\d{3}(?!\d)))+")
_AND = re.compile(r"\s+and\s+", re.IGNORECASE)
# Words that lead a series in: "Monthly figures: Jul 158".
_LEAD = re.compile(r"\D*[:(]\s*(?=[^\W\d_])")
_PAIR = re.compile(r"(?P<time>\S.*?)\s*(?:[:=(]|\s[–-])?\s+\(?(?P<value>\d[\d,]*(?:\.\d+)?%?)\)?(?P<tail>[.)\s]\D*)?")
_FEWEST, _FEWEST_ALONE = 3, 2


@dataclass(slots=True)
class _Told:
    """A time and the value behind it."""

    time: PeriodMention
    figure: FigureMention
    printed: Passage
    ends: bool


def series_of(
    row: list[Candidate], comment: Passage, index: int, scene: Scene, knowledge: Knowledge
) -> list[Candidate]:
    """The values of other times that the comment on a table row tells of its measure.

    Args:
        row: What was read from the row.
        comment: The words right below it.
        index: The comment's block.
        scene: For times.
        knowledge: For the measure.

    Returns:
        Nothing for words that are no series and nothing else but plain words.
    """
    own = [one for one in row if one.is_own_actual and one.match is not None]
    if not own or len({one.indicator_id for one in own}) > 1:
        return []
    said = own[-1]
    indicator = knowledge.catalogue.indicators[said.indicator_id or ""]
    found: list[Candidate] = []
    for told in _series(comment):
        period = fit_period(scene.resolve(told.time), indicator)
        if period is None or agreement(told.figure, indicator, said.label) == IMPOSSIBLE:
            return []
        span = Span(said.figure_span.page, *told.printed.source_span(0, len(told.printed.text)))
        timeless = [feature for feature in said.features if not feature.name.startswith("period_")]
        found.append(
            Candidate(
                figure=told.figure,
                match=said.match,
                rivals=said.rivals,
                label=said.label,
                unit=said.unit,
                value=told.figure.value,
                value_text=told.figure.text,
                role=said.role,
                area=said.area,
                period=period.with_basis(period.basis, told.time.text),
                evidence=[span],
                figure_span=span,
                method=said.method,
                block=index,
                features=[*timeless, time_told(period, "a head states the time")],
                flags=list(told.figure.flags),
            )
        )
    return found


def _series(comment: Passage) -> list[_Told]:
    """The times and values of a text in which no other number stands: three, or two that are all of it."""
    text = comment.text
    found: list[_Told] = []
    for start, end in _parts(text):
        told = _told(comment.slice(start, end)) if not found or not found[-1].ends else None
        if told is None and has_digit(text[start:end]):
            return []
        if told is not None:
            found.append(told)
    enough = len(found) >= _FEWEST or (len(found) >= _FEWEST_ALONE and not found[-1].ends)
    return found if enough and len({told.time.text for told in found}) == len(found) else []


def _parts(text: str) -> list[tuple[int, int]]:
    """The stretches between commas and semicolons; the last "Oct 309 and Nov 311" is two."""
    spans: list[tuple[int, int]] = []
    for part in _PART.finditer(text):
        start = part.start()
        for link in _AND.finditer(text, *part.span()):
            spans.append((start, link.start()))
            start = link.end()
        spans.append((start, part.end()))
    return spans


def _told(part: Passage) -> _Told | None:
    """The time and the value of a stretch, with words to lead in or out at most."""
    text = part.text
    start = len(text) - len(text.lstrip())
    lead = _LEAD.match(text, start)
    start = lead.end() if lead is not None else start
    pair = _PAIR.fullmatch(text, start)
    if pair is None:
        return None
    time = pair["time"].strip(" :=(–-")
    whole = whole_time(time)
    figures = read_cell(pair["value"])
    if whole is None or len(figures) != 1 or figures[0].form is not FigureForm.NUMBER:
        return None
    ends = any(char.isalpha() for char in pair["tail"] or "")
    return _Told(whole, figures[0], part.slice(*pair.span("value")), ends)
