"""Correcting a reading: the form, and the searches behind its fields."""

from __future__ import annotations

from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from townclerk.models.observation import Observation
from townclerk.models.units import Direction, Rag, Role, Status, Unit
from townclerk.review.corrections import FIELDS
from townclerk.review.queue import Item
from townclerk.review.web.filtering import as_query, read_filters
from townclerk.review.web.reading import reading
from townclerk.review.web.reviewing import details, settle
from townclerk.review.web.room import Room, room_of
from townclerk.review.web.security import session_of
from townclerk.review.web.views import page, posted
from townclerk.review.web.wording import area, plainly

CHOICES = {
    "role": [one.value for one in Role],
    "status": [one.value for one in Status],
    "unit": [one.value for one in Unit],
    "rag": ["", *(one.value for one in Rag)],
    "direction": ["", *(one.value for one in Direction)],
}
"""The fields with few values."""


def form_page(request: Request) -> Response:
    """The form over the reading as it stands."""
    room, filters = room_of(request), read_filters(request.query_params)
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=filters)
    return _form(request, room, item, room.corrector.form_of(item.settled))


def correct(request: Request, form: dict[str, str]) -> Response:
    """What the form sends: kept, or shown again with what must be mended."""
    room, filters, reviewer = room_of(request), read_filters(request.query_params), session_of(request).reviewer
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=filters)
    given = {name: form[name] for name in FIELDS if name in form}
    read = room.corrector.correct(item.observation, given)
    problems = read.problems | unchosen(given)
    if not problems and not read.after:
        problems = {"": "Nothing was changed. Accept the reading if it is right."}
    if problems or (read.warnings and form.get("sure") != "1"):
        return _form(request, room, item, given, problems, read.warnings, form)
    more = details(item, form)
    write = partial(room.log.correct, item.observation, read.after, reviewer, form.get("seen") or None, **more)
    return settle(request, item, filters, write)


def back_to_panel(request: Request) -> Response:
    """The reading again, in place of the form."""
    room, filters, reviewer = room_of(request), read_filters(request.query_params), session_of(request).reviewer
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=filters)
    return page(
        request, "panel.html", item=item, query=as_query(filters), said="", problem="",
        others=room.queue.page_items(item.document_id, item.page, filters.__class__()),
        reading=reading(item, room.corrector.catalogue), last=room.log.last_of(reviewer),
    )  # fmt: skip


def unchosen(given: dict[str, str]) -> dict[str, str]:
    """Problems of searched fields in which words stand that were not chosen from the list."""
    return {
        name: f"Choose one from the list; {given[name][1:]!r} is none of them."
        for name in ("indicator_id", "area")
        if given.get(name, "").startswith("?")
    }


def shown_names(room: Room, given: dict[str, str], one: Observation | None) -> dict[str, str]:
    """What the searched fields show for the ids they hold."""
    indicator = room.corrector.catalogue.indicators.get(given.get("indicator_id", ""))
    value = given.get("area", "")
    shown = value.partition(":")[2] or value.replace("_", " ").capitalize()
    if one is not None and one.area is not None and value == room.corrector.form_of(one).get("area"):
        shown = area(one.area)
    return {
        "indicator_id": indicator.name if indicator else given.get("indicator_id", "").removeprefix("?"),
        "area": shown.removeprefix("?") if value else "",
    }


def _form(
    request: Request,
    room: Room,
    item: Item,
    given: dict[str, str],
    problems: dict[str, str] | None = None,
    warnings: dict[str, str] | None = None,
    form: dict[str, str] | None = None,
) -> Response:
    query = as_query(read_filters(request.query_params))
    told: dict[str, Any] = {
        "item": item,
        "document": item.document_id,
        "query": query,
        "given": given,
        "shown": shown_names(room, given, item.settled),
        "choices": CHOICES,
        "problems": problems or {},
        "warnings": warnings or {},
        "note": (form or {}).get("note", ""),
        "action": f"/review/{item.key}/correct{query}",
        "leave": f"/review/{item.key}/panel{query}",
    }
    answer = page(request, "correct.html", status=422 if problems or warnings else 200, **told)
    # What must be mended is shown in the form's own place, not in that of the next figure.
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#panel", "innerHTML"
    return answer


def find_indicators(request: Request) -> Response:
    """Measures like the words typed."""
    asked = request.query_params
    hits = room_of(request).corrector.indicators(asked.get("q", ""), asked.get("unit") or None)
    options = [
        (hit.indicator_id, hit.name, " · ".join(filter(None, [hit.indicator_id, plainly(hit.unit), hit.matched])))
        for hit in hits
    ]
    return page(request, "options.html", options=options, name="indicator")


def find_areas(request: Request) -> Response:
    """Places like the words typed."""
    asked = request.query_params
    hits = room_of(request).corrector.areas(asked.get("q", ""), asked.get("reporting") or None)
    return page(
        request, "options.html", options=[(hit.value, hit.label, hit.gss_code or "") for hit in hits], name="area"
    )


def read_period(request: Request) -> Response:
    """What the typed words mean as a time."""
    room, asked = room_of(request), request.query_params
    words = asked.get("period", "").strip()
    item = room.queue.item(asked.get("item", ""))
    if not words or item is None:
        return page(request, "period.html", hit=None)
    indicator = room.corrector.catalogue.indicators.get(asked.get("indicator_id", ""))
    stock = indicator.is_stock if indicator else False
    return page(request, "period.html", hit=room.corrector.period(words, item.observation.document, stock=stock))


ROUTES = [
    Route("/review/{key:str}/correct", form_page, methods=["GET"]),
    Route("/review/{key:str}/correct", posted(correct), methods=["POST"]),
    Route("/review/{key:str}/panel", back_to_panel),
    Route("/search/indicators", find_indicators),
    Route("/search/areas", find_areas),
    Route("/search/period", read_period),
]
