"""The queue at work: one item after the other, decided by a key."""

from __future__ import annotations

import math
from collections.abc import Callable
from functools import partial
from typing import Any

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from townclerk.models.errors import UsageError
from townclerk.review.queue import Filters, Item
from townclerk.review.web.filtering import as_query, read_filters
from townclerk.review.web.listed import document_names
from townclerk.review.web.reading import reading
from townclerk.review.web.room import Room, room_of
from townclerk.review.web.security import session_of
from townclerk.review.web.showing import page_pane
from townclerk.review.web.views import page, posted
from townclerk.store.decisions.model import Action, Decision, DecisionConflictError

MOST_SECONDS = 3600.0
MOST_NOTE = 2000
_DONE = {
    Action.ACCEPT: "Accepted",
    Action.CORRECT: "Corrected",
    Action.REJECT: "Rejected",
    Action.SKIP: "Skipped",
    Action.ADD: "Added",
    Action.PHRASE: "Phrase kept",
}


def review(request: Request) -> Response:
    """The next item of the queue."""
    filters = read_filters(request.query_params)
    item = room_of(request).queue.next(filters, session_of(request).reviewer)
    return show(request, item, filters)


def one(request: Request) -> Response:
    """One item, wherever it stands."""
    item = room_of(request).queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=read_filters(request.query_params))
    return show(request, item, read_filters(request.query_params))


def after(request: Request) -> Response:
    """The item after another one, of its document or of the next."""
    room, filters = room_of(request), read_filters(request.query_params)
    reviewer, key = session_of(request).reviewer, request.path_params["key"]
    by_document = request.url.path.endswith("/next-document")
    following = room.queue.next_document if by_document else room.queue.next
    return show(request, following(filters, reviewer, key), filters)


def show(
    request: Request, item: Item | None, filters: Filters, *, said: str = "", problem: str = "", status: int = 200
) -> Response:
    """An item with its page, or that nothing is left."""
    room, reviewer = room_of(request), session_of(request).reviewer
    told: dict[str, Any] = {
        "filters": filters,
        "query": as_query(filters),
        "progress": room.queue.progress(filters, reviewer),
        "said": said,
        "problem": problem,
        "item": item,
        "last": room.log.last_of(reviewer),
        # The form of the filters stays as it is where only the workspace is sent.
        "choices": {} if "hx-request" in request.headers else room.queue.choices(),
        "documents": [] if "hx-request" in request.headers else document_names(room.store),
    }
    if item is None:
        answer = page(request, "review.html", status=status, **told)
        answer.headers["HX-Push-Url"] = "/review" + as_query(filters)
        return answer
    # The state a filter asks for is that of the queue, not of the page around the item.
    others = room.queue.page_items(item.document_id, item.page, Filters())
    told |= {
        "others": others,
        "reading": reading(item, room.corrector.catalogue),
        **page_pane(room, item, item.page, others),
    }
    answer = page(request, "review.html", status=status, **told)
    answer.headers["HX-Push-Url"] = f"/review/{item.key}" + as_query(filters)
    return answer


def decide(request: Request, form: dict[str, str]) -> Response:
    """Accept, reject or skip an item, or take one of its other readings."""
    room, filters = room_of(request), read_filters(request.query_params)
    item = room.queue.item(request.path_params["key"])
    if item is None:
        return page(request, "missing.html", status=404, filters=filters)
    reviewer, log = session_of(request).reviewer, room.log
    seen, more = form.get("seen") or None, details(item, form)
    match form.get("action"):
        case "accept" if corrected := _corrected(item):
            # What is accepted is what the reviewer saw: the correction, not what the machine read.
            write = partial(log.correct, item.observation, corrected, reviewer, seen, **more)
        case "accept":
            write = partial(log.accept, item.settled, reviewer, seen, **more)
        case "reject":
            write = partial(log.reject, item.settled, reviewer, seen, **more)
        case "skip":
            write = partial(log.skip, item.settled, reviewer, seen, **more)
        case "choose" if (chosen := _chosen(room, item, form.get("alternative", ""))) is not None:
            write = partial(log.correct, item.observation, _corrected(item) | chosen, reviewer, seen, **more)
        case _:
            return PlainTextResponse("There is no such decision.\n", 422)
    return settle(request, item, filters, write)


def settle(request: Request, item: Item, filters: Filters, write: Callable[[], Decision]) -> Response:
    """Write a decision and go on; where somebody else was first, show what they decided instead."""
    room, reviewer = room_of(request), session_of(request).reviewer
    try:
        made = write()
    except DecisionConflictError as fault:
        return show(
            request, room.queue.item(item.key), filters,
            problem=f"{_who(fault.latest, reviewer)} this figure since you opened it. Nothing was overwritten: "
            "look at it as it stands now, and decide again if you see it otherwise.",
            status=409,
        )  # fmt: skip
    said = f"{_DONE[made.action]}: {item.observation.value_text}, {item.settled.indicator_name or item.settled.label}"
    return show(request, room.queue.next(filters, reviewer, item.key), filters, said=said)


def undo(request: Request, form: dict[str, str]) -> Response:
    """Take a decision back: the one named, or the reviewer's last."""
    room, filters, reviewer = room_of(request), read_filters(request.query_params), session_of(request).reviewer
    last = room.log.last_of(reviewer)
    named = form.get("decision") or (last.decision_id if last else None)
    if named is None:
        return show(request, room.queue.next(filters, reviewer), filters, problem="There is nothing to undo.")
    key = form.get("key") or (last.observation_id if last and last.decision_id == named else None)
    try:
        room.log.undo(named, reviewer)
    except DecisionConflictError as fault:
        return show(request, room.queue.item(key) if key else None, filters, problem=str(fault), status=409)
    item = room.queue.item(key) if key else None
    said = "Taken back; the figure is open again" if item else "Taken back"
    return show(request, item or room.queue.next(filters, reviewer), filters, said=said)


def details(item: Item, form: dict[str, str]) -> dict[str, Any]:
    """What every decision carries: where the figure stands, why, and how long it took."""
    more: dict[str, Any] = {"figure": (item.figure_start, item.figure_end)}
    if note := form.get("note", "").strip()[:MOST_NOTE]:
        more["note"] = note
    try:
        seconds = float(form.get("seconds", ""))
    except ValueError:
        return more
    if math.isfinite(seconds) and 0 <= seconds <= MOST_SECONDS:
        more["seconds"] = round(seconds, 1)
    return more


def _corrected(item: Item) -> dict[str, Any]:
    """The fields in which an item as decided differs from what the machine read."""
    machine, now = (one.model_dump(mode="json") for one in (item.observation, item.settled))
    return {name: value for name, value in now.items() if value != machine[name]}


def _chosen(room: Room, item: Item, given: str) -> dict[str, Any] | None:
    """What changes with the alternative of a number; None where there is none of it.

    Raises:
        UsageError: If it names an indicator that the packs of this review do not have.
    """
    if not given.isascii() or not given.isdigit() or int(given) >= len(item.observation.alternatives):
        return None
    other = item.observation.alternatives[int(given)]
    if other.value is not None:
        return {"value": other.value}
    indicator = room.corrector.catalogue.indicators.get(other.indicator_id or "")
    if indicator is None and other.indicator_id is not None:
        raise UsageError(
            f"no indicator has the id {other.indicator_id!r}; start the review with the --patterns of the conversion"
        )
    if indicator is None:
        return {"indicator_id": None, "indicator_name": None, "polarity": None}
    return {"indicator_id": indicator.id, "indicator_name": indicator.name, "polarity": indicator.polarity.value}


def _who(latest: Decision | None, reviewer: str) -> str:
    if latest is None:
        return "Somebody took back the decision on"
    did = {"undo": "took back the decision on"}.get(latest.action.value, f"{_DONE.get(latest.action, '').lower()}")
    return f"{'You' if latest.reviewer == reviewer else latest.reviewer} {did}"


ROUTES = [
    Route("/review", review),
    Route("/review/{key:str}", one),
    Route("/review/{key:str}/next", after),
    Route("/review/{key:str}/next-document", after),
    Route("/review/{key:str}/decide", posted(decide), methods=["POST"]),
    Route("/undo", posted(undo), methods=["POST"]),
]
