"""The page beside the reading: its picture or its text, and what is marked on it."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import Route

from townclerk.review.marks import Mark, MarkKind, page_marks, stored_marks
from townclerk.review.paper import Sheet
from townclerk.review.queue import Filters, Item
from townclerk.review.sources import Source, SourceError
from townclerk.review.web.filtering import as_query, read_filters
from townclerk.review.web.room import Room, room_of
from townclerk.review.web.views import page

WIDTHS = (600, 900, 1200, 1600, 2000, 2600, 3200, 4000)
"""Widths in pixels in which pages are drawn: few, so that a picture is drawn once and kept."""


@dataclass(slots=True, frozen=True)
class Segment:
    """A run of a text page under the same marks."""

    text: str
    start: int
    kinds: tuple[str, ...]
    key: str
    words: str


def page_pane(room: Room, item: Item, number: int, others: Sequence[Item]) -> dict[str, Any]:
    """What the template of the page needs for one page of an item's document.

    A page that has a picture comes with the places the store keeps, and asks for its other marks once it stands: they
    take reading the page. A text page is read at once.
    """
    told: dict[str, Any] = {
        "source": None, "number": number, "fault": "", "size": (0.0, 0.0), "marks": [], "segments": [], "label": "",
        "widths": WIDTHS, "before": None, "behind": None, "stored": stored_marks(item), "is_own": number == item.page,
    }  # fmt: skip
    try:
        source = room.sources.source(item.document_id)
        told |= {"source": source, "label": source.page(number).label, **_neighbours(source, number)}
        if source.has_picture:
            told["size"] = room.paper.size(source, number)
            told["marks"] = stored_marks(item) if number == item.page else []
        else:
            sheet = room.paper.sheet(source, number)
            told["marks"] = page_marks(sheet, item, others) if number == item.page else []
            told["segments"] = segments(sheet, told["marks"])
    except SourceError as fault:
        told["fault"] = str(fault)
    return told


def segments(sheet: Sheet, marks: Sequence[Mark]) -> list[Segment]:
    """A page's text cut where marks begin and end."""
    first, last = sheet.start + sheet.shift, sheet.end + sheet.shift
    text = sheet.document.text
    # Every line is cut too: browsers count the two characters that end a line of Windows as one.
    cuts = {match.end() + first for match in re.finditer("\n", text[sheet.start : sheet.end])}
    cuts |= {at for mark in marks for at in (mark.start, mark.end)}
    places = [first, *sorted(at for at in cuts if first < at < last), last]
    found = []
    for start, end in pairwise(places):
        over = [mark for mark in marks if mark.start <= start and end <= mark.end]
        kinds = tuple(dict.fromkeys(mark.kind.value for mark in over))
        top = over[-1] if over else None
        found.append(
            Segment(
                text[start - sheet.shift : end - sheet.shift],
                start,
                kinds,
                top.key if top else "",
                top.words if top else "",
            )
        )
    return found


def _neighbours(source: Source, number: int) -> dict[str, int | None]:
    numbers = [one.number for one in source.pages]
    at = numbers.index(number)
    return {
        "before": numbers[at - 1] if at else None,
        "behind": numbers[at + 1] if at + 1 < len(numbers) else None,
    }


def other_page(request: Request) -> Response:
    """Another page of an item's document."""
    room, filters = room_of(request), read_filters(request.query_params)
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=filters)
    number = request.path_params["number"]
    others = room.queue.page_items(item.document_id, number, Filters())
    return page(request, "page.html", item=item, query=as_query(filters), **page_pane(room, item, number, others))


def marked(request: Request) -> Response:
    """Everything that is marked on the picture of an item's page."""
    room = room_of(request)
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return PlainTextResponse("There is no such item.\n", 404)
    try:
        source = room.sources.source(item.document_id)
        others = room.queue.page_items(item.document_id, item.page, Filters())
        marks = page_marks(room.paper.sheet(source, item.page), item, others)
        size = room.paper.size(source, item.page)
    except SourceError:
        return Response(status_code=204)  # the marks that stand there already are all there is
    if not any(mark.boxes for mark in marks if mark.kind is MarkKind.FIGURE):
        marks = [*marks, *stored_marks(item)]
    return page(request, "overlay.html", marks=marks, size=size, item=item, query=as_query(Filters()))


def picture(request: Request) -> Response:
    """A page as a picture, in one of a few widths."""
    room = room_of(request)
    try:
        asked = int(request.query_params.get("w", WIDTHS[1]))
    except ValueError:
        asked = WIDTHS[1]
    width = min(WIDTHS, key=lambda one: (one < asked, abs(one - asked)))
    try:
        source = room.sources.source(request.path_params["document"])
        if not source.has_picture:
            return PlainTextResponse("This document has no picture.\n", 404)
        drawn = room.paper.picture(source, request.path_params["number"], width)
    except SourceError as fault:
        return PlainTextResponse(f"{fault}\n", 404)
    return Response(drawn, media_type="image/png", headers={"Cache-Control": "private, max-age=3600"})


def words(request: Request) -> Response:
    """The words of a page with their places: what a reviewer can select."""
    room = room_of(request)
    try:
        source = room.sources.source(request.path_params["document"])
        sheet = room.paper.sheet(source, request.path_params["number"])
    except SourceError as fault:
        return PlainTextResponse(f"{fault}\n", 404)
    found = sheet.document.pages[sheet.number - 1].words
    if found is None or not sheet.faithful:
        return JSONResponse({"words": []})
    text = sheet.document.text
    return JSONResponse(
        {
            "words": [
                [start + sheet.shift, end + sheet.shift, text[start:end], *(round(edge, 2) for edge in box)]
                for start, end, box in zip(found.starts, found.ends, found.boxes, strict=True)
            ]
        }
    )


ROUTES = [
    Route("/review/{key:str}/page/{number:int}", other_page),
    Route("/review/{key:str}/marks", marked),
    Route("/document/{document:str}/page/{number:int}.png", picture),
    Route("/document/{document:str}/page/{number:int}/words", words),
]
