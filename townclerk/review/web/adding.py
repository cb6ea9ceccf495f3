"""Adding what the machine missed: a figure selected on the page, or a phrase that names an indicator."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from townclerk.models.observation import Evidence
from townclerk.review.corrections import FIELDS
from townclerk.review.paper import Sheet
from townclerk.review.queue import Item
from townclerk.review.sources import SourceError
from townclerk.review.web.correcting import CHOICES, shown_names, unchosen
from townclerk.review.web.filtering import as_query, read_filters
from townclerk.review.web.reviewing import details, show
from townclerk.review.web.room import Room, room_of
from townclerk.review.web.security import session_of
from townclerk.review.web.views import page, posted

_BEFORE, _BEHIND = "([“‘*", ".,;:)]”’*"
MOST_WORDS = 300
"""Characters a figure or a phrase may have."""


class _SelectionError(Exception):
    """What was selected cannot be used; the message says why."""


def add_form(request: Request) -> Response:
    """The form for a figure that was selected, with what the item beside it suggests."""
    room = room_of(request)
    try:
        item, sheet, start, end = _selected(request, room, dict(request.query_params))
        start, end = _trimmed(sheet, start, end)
    except (_SelectionError, SourceError) as fault:
        return PlainTextResponse(f"{fault}\n", 422)
    one = room.corrector.form_of(item.settled)
    words = _words(sheet, start, end)
    given = {name: one.get(name, "") for name in ("indicator_id", "label", "area", "period", "role", "unit")}
    given |= {"value": words, "status": "reported", "numerator": "", "denominator": "", "rag": "", "direction": ""}
    return _form(request, room, item, (start, end, words), given)


def add(request: Request, form: dict[str, str]) -> Response:
    """Keep a figure that the machine missed."""
    room, reviewer = room_of(request), session_of(request).reviewer
    try:
        item, sheet, start, end = _selected(request, room, form)
        start, end = _trimmed(sheet, start, end)
    except (_SelectionError, SourceError) as fault:
        return PlainTextResponse(f"{fault}\n", 422)
    given = {name: form[name] for name in FIELDS if name in form}
    evidence = _evidence(sheet, request.path_params["number"], start, end)
    made, read = room.corrector.add(item.observation.document, evidence, (start, end), given)
    problems = read.problems | unchosen(given)
    if made is None or problems or (read.warnings and form.get("sure") != "1"):
        return _form(request, room, item, (start, end, evidence.quote), given, problems, read.warnings)
    more = details(item, form) | {"figure": (start, end)}
    room.log.add(made, reviewer, **more)
    added = room.queue.item(made.observation_id)
    said = f"Added: {made.value_text}, {made.indicator_name or made.label}"
    return show(request, added or item, read_filters(request.query_params), said=said)


def phrase_form(request: Request) -> Response:
    """The form for a phrase that was selected."""
    room = room_of(request)
    try:
        item, sheet, start, end = _selected(request, room, dict(request.query_params))
    except (_SelectionError, SourceError) as fault:
        return PlainTextResponse(f"{fault}\n", 422)
    return _phrase(request, item, (start, end, _words(sheet, start, end)), "")


def phrase(request: Request, form: dict[str, str]) -> Response:
    """Keep that a phrase names an indicator."""
    room, reviewer, filters = room_of(request), session_of(request).reviewer, read_filters(request.query_params)
    try:
        item, sheet, start, end = _selected(request, room, form)
    except (_SelectionError, SourceError) as fault:
        return PlainTextResponse(f"{fault}\n", 422)
    words, chosen = _words(sheet, start, end), form.get("indicator_id", "")
    if chosen not in room.corrector.catalogue.indicators:
        return _phrase(request, item, (start, end, words), "Choose the indicator that the phrase names.")
    note = {"note": form["note"].strip()[:2000]} if form.get("note", "").strip() else {}
    room.log.phrase(words, chosen, item.observation.document.sha256, start, end, reviewer, **note)
    name = room.corrector.catalogue.indicators[chosen].name
    return show(request, item, filters, said=f"Kept: “{words}” names {name}")


def _selected(request: Request, room: Room, given: dict[str, str]) -> tuple[Item, Sheet, int, int]:
    """The item a selection was made beside, the page, and the span in the document's text."""
    item = room.queue.item(given.get("item", ""))
    document, number = request.path_params["document"], request.path_params["number"]
    if item is None or item.document_id != document:
        raise _SelectionError("The figure beside this page is no longer there; load the page anew.")
    try:
        start, end = int(given.get("start", "")), int(given.get("end", ""))
    except ValueError:
        raise _SelectionError("Nothing is selected.") from None
    sheet = room.paper.sheet(room.sources.source(document), number)
    first, last = sheet.start + sheet.shift, sheet.end + sheet.shift
    if not (first <= start < end <= last and end - start <= MOST_WORDS and sheet.faithful):
        raise _SelectionError("Select a few words of this page.")
    return item, sheet, start, end


def _trimmed(sheet: Sheet, start: int, end: int) -> tuple[int, int]:
    """A figure's span without the marks of the sentence around it: words are selected whole."""
    text = sheet.document.text[start - sheet.shift : end - sheet.shift]
    left = len(text) - len(text.lstrip(_BEFORE))
    right = len(text) - len(text.rstrip(_BEHIND))
    return (start + left, end - right) if left + right < len(text) else (start, end)


def _words(sheet: Sheet, start: int, end: int) -> str:
    return " ".join(sheet.document.text[start - sheet.shift : end - sheet.shift].split())


def _evidence(sheet: Sheet, number: int, start: int, end: int) -> Evidence:
    inside = start - sheet.shift, end - sheet.shift
    boxes = [(box.x0, box.y0, box.x1, box.y1) for box in sheet.document.boxes(*inside)]
    return Evidence(page=number, boxes=boxes, start=start, end=end, quote=sheet.document.text[inside[0] : inside[1]])


def _form(
    request: Request,
    room: Room,
    item: Item,
    selected: tuple[int, int, str],
    given: dict[str, str],
    problems: dict[str, str] | None = None,
    warnings: dict[str, str] | None = None,
) -> Response:
    query = as_query(read_filters(request.query_params))
    told: dict[str, Any] = {
        "item": item, "query": query, "given": given, "shown": shown_names(room, given, item.settled),
        "choices": CHOICES, "problems": problems or {}, "warnings": warnings or {}, "note": "",
        "selected": selected, "action": request.url.path + query, "leave": f"/review/{item.key}/panel{query}",
    }  # fmt: skip
    answer = page(request, "add.html", status=422 if problems or warnings else 200, **told)
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#panel", "innerHTML"
    return answer


def _phrase(request: Request, item: Item, selected: tuple[int, int, str], problem: str) -> Response:
    query = as_query(read_filters(request.query_params))
    answer = page(
        request, "phrase.html", status=422 if problem else 200, item=item, query=query, selected=selected,
        problem=problem, action=request.url.path + query, leave=f"/review/{item.key}/panel{query}",
    )  # fmt: skip
    answer.headers["HX-Retarget"], answer.headers["HX-Reswap"] = "#panel", "innerHTML"
    return answer


ROUTES = [
    Route("/document/{document:str}/page/{number:int}/add", add_form, methods=["GET"]),
    Route("/document/{document:str}/page/{number:int}/add", posted(add), methods=["POST"]),
    Route("/document/{document:str}/page/{number:int}/phrase", phrase_form, methods=["GET"]),
    Route("/document/{document:str}/page/{number:int}/phrase", posted(phrase), methods=["POST"]),
]
