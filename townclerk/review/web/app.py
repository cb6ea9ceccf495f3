"""The application: its pages, behind its doors."""

from __future__ import annotations

import logging
from importlib.resources import files

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from townclerk.models.errors import StoreError, UsageError
from townclerk.review.web import adding, correcting, entry, listing, overlooking, reviewing, showing
from townclerk.review.web.room import Room
from townclerk.review.web.security import Guard

_log = logging.getLogger("townclerk.review")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}


def create_app(room: Room) -> ASGIApp:
    """The application of a room."""
    app = Starlette(
        routes=[
            Route("/", lambda _: RedirectResponse("/review", status_code=303)),
            Route("/static/{name:str}", static),
            *entry.ROUTES,
            *showing.ROUTES,
            *correcting.ROUTES,
            *adding.ROUTES,
            *reviewing.ROUTES,
            *listing.ROUTES,
            *overlooking.ROUTES,
        ],
        exception_handlers={StoreError: _store_fault, UsageError: _misuse, Exception: _own_fault},
    )
    app.state.room = room
    # Around everything, so that even the answer to a fault of its own is dressed.
    return Guard(app, room.doors, room.sessions)


def static(request: Request) -> Response:
    """One of the package's own files, by its exact name."""
    name = request.path_params["name"]
    for entry_ in files("townclerk.review.web").joinpath("static").iterdir():
        kind = _KINDS.get("." + entry_.name.rsplit(".", 1)[-1])
        if entry_.name == name and kind:
            return Response(entry_.read_bytes(), media_type=kind, headers={"Cache-Control": "no-cache"})
    return PlainTextResponse("There is no such file.\n", 404)


def _store_fault(request: Request, fault: Exception) -> Response:
    del request
    return PlainTextResponse(f"{fault}\n", 503)


def _misuse(request: Request, fault: Exception) -> Response:
    del request
    return PlainTextResponse(f"{fault}\n", 422)


def _own_fault(request: Request, fault: Exception) -> Response:
    _log.error("%s %s", request.method, request.url.path, exc_info=fault)
    return PlainTextResponse(
        "A fault of Townclerk's own. What was decided before is kept; the terminal says more.\n", 500
    )
