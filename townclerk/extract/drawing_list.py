"""The observations of a drawn page: numbered where they stand, listed beside the page."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import pymupdf

from townclerk.models.document import Box, Document
from townclerk.models.units import Role

if TYPE_CHECKING:
    from townclerk.models.observation import Evidence, Observation

Colour = tuple[float, float, float]

OBSERVED: Colour = (0.00, 0.55, 0.15)
DOUBTFUL: Colour = (0.85, 0.05, 0.05)
SURE = 0.5
"""Observations less sure than this are drawn as doubtful."""
PANEL_WIDTH = 300.0
"""Of the list beside the page, in points."""
_LARGEST, _SMALLEST = 7.5, 3.0
_HEAD = "measure = value, place, time, how sure"
_PITCH = 1.3


def list_observations(
    sheet: pymupdf.Page, document: Document, page: int, observations: Sequence[Observation], left: float
) -> None:
    """Number the observations on a page where their figures stand, and list them from `left` on.

    Args:
        sheet: What is drawn on.
        document: The document.
        page: The page's number.
        observations: Those with evidence on the page.
        left: Where the list begins.
    """
    texts = [f"{number}  {_said(one)}" for number, one in enumerate(observations, start=1)]
    widest = max(pymupdf.get_text_length(text, fontsize=1.0) for text in (_HEAD, *texts))
    high, wide = (sheet.rect.height - 20) / (_PITCH * (len(texts) + 1)), (PANEL_WIDTH - 10) / widest
    size = max(_SMALLEST, min(_LARGEST, high, wide))
    sheet.insert_text((left + 6, 8 + _PITCH * size), _HEAD, fontsize=size, color=(0.4, 0.4, 0.4))
    for number, one in enumerate(observations, start=1):
        colour = OBSERVED if is_sure(one) else DOUBTFUL
        for place in one.evidence:
            if place.page == page:
                _mark(sheet, document, place, one.value_text, str(number), colour)
        y = 8 + _PITCH * size * (number + 1)
        sheet.insert_text((left + 6, y), texts[number - 1], fontsize=size, color=colour)


def is_sure(one: Observation) -> bool:
    """True for an observation that is drawn as sure."""
    return (one.confidence or 0.0) >= SURE


def _mark(
    sheet: pymupdf.Page, document: Document, place: Evidence, value_text: str, number: str, colour: Colour
) -> None:
    """A thin line around the words that show a figure, a thick one and a number at the figure."""
    for box in place.boxes:
        sheet.draw_rect(pymupdf.Rect(box), color=colour, width=0.3)
    boxes = _figure_boxes(document, place, value_text)
    for box in boxes:
        sheet.draw_rect(pymupdf.Rect(box), color=colour, width=1.1)
    if boxes:
        put_label(sheet, boxes[0].x0, boxes[0].y0 - 2, number, colour)


def _figure_boxes(document: Document, place: Evidence, value_text: str) -> list[Box]:
    """Where the figure stands in its evidence: at the end, as in rows of tables, else nearest to the middle."""
    quote = place.quote
    if not value_text or value_text not in quote:
        return [Box(*box) for box in place.boxes[-1:]]
    if quote.endswith(value_text):
        at = len(quote) - len(value_text)
    else:
        starts = [at for at in range(len(quote)) if quote.startswith(value_text, at)]
        at = min(starts, key=lambda one: abs(2 * one + len(value_text) - len(quote)))
    return document.boxes(place.start + at, place.start + at + len(value_text))


def _said(one: Observation) -> str:
    """An observation in a line: measure, value, role, place, time, how sure."""
    what = one.indicator_id or f'"{one.label[:30]}"'
    role = " target" if one.role is Role.TARGET else ""
    area = one.area.name or one.area.kind.value if one.area and not one.area.is_reporting_authority else ""
    parts = [
        f"{what} = {' '.join(one.value_text.split())[:16]}{role}",
        area,
        one.period.code or "time unknown",
        f"{one.confidence or 0:.2f}",
    ]
    return ", ".join(part for part in parts if part)


def put_label(sheet: pymupdf.Page, x: float, y: float, text: str, colour: Colour) -> None:
    """Write a small label left of a place, or on it where the page ends."""
    size = 5.5
    width = pymupdf.get_text_length(text, fontsize=size) + 2
    x = max(0.0, min(x - width - 1 if x > width else x, sheet.rect.width - width))
    sheet.draw_rect(pymupdf.Rect(x, y - 1, x + width, y + size), color=None, fill=(1, 1, 1), fill_opacity=0.8)
    sheet.insert_text((x + 1, y + size - 1), text, fontsize=size, color=colour)
