"""Turning pages of templates into answers."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, Response

from townclerk import __version__
from townclerk.review.web import filtering, wording
from townclerk.review.web.security import CSRF_FIELD, CSRF_HEADER, is_forged, session_of

Posted = Callable[[Request, dict[str, str]], Response]
MOST_FIELDS = 100


@cache
def _environment() -> Environment:
    made = Environment(
        loader=PackageLoader("townclerk.review.web", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(wording.FILTERS | {"told": filtering.told})
    made.globals["version"] = __version__
    return made


def render(name: str, /, **context: Any) -> str:
    """A template as text."""
    return _environment().get_template(name).render(**context)


def page(request: Request, name: str, /, *, status: int = 200, **context: Any) -> Response:
    """A page, or a part of one, for the request's session."""
    session = session_of(request)
    told = {"session": session, "here": request.url.path, "is_part": "hx-request" in request.headers}
    return HTMLResponse(render(name, **told, **context), status_code=status)


def posted(handler: Posted) -> Callable[[Request], Awaitable[Response]]:
    """An endpoint for a form: it is read, its token is checked, and the work is done away from the event loop."""

    async def endpoint(request: Request) -> Response:
        form = await request.form(max_files=0, max_fields=MOST_FIELDS)
        given = request.headers.get(CSRF_HEADER) or str(form.get(CSRF_FIELD) or "")
        if is_forged(session_of(request), given):
            return PlainTextResponse(
                "The form has expired or came from elsewhere; nothing was changed. Load the page anew.\n", 403
            )
        return await run_in_threadpool(handler, request, plain(form))

    return endpoint


def plain(form: FormData) -> dict[str, str]:
    """A form's fields without files."""
    return {key: value for key, value in form.items() if isinstance(value, str)}
