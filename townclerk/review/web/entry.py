"""Coming in and going out."""

from __future__ import annotations

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.routing import Route

from townclerk.models.errors import UsageError
from townclerk.review.web.reviewers import check_name
from townclerk.review.web.room import room_of
from townclerk.review.web.security import put_cookie, session_of, take_cookie
from townclerk.review.web.views import plain, posted, render


def open_room(request: Request) -> Response:
    """The opening address: its token becomes a cookie, and the browser is sent on to an address without it."""
    room = room_of(request)
    if room.reviewers is not None:
        return RedirectResponse("/sign-in", status_code=303)
    if not room.sessions.is_token(request.query_params.get("token", "")):
        return PlainTextResponse("That address is of another start of townclerk. Open the one it printed last.\n", 401)
    answer = RedirectResponse("/review", status_code=303)
    put_cookie(answer, room.doors, room.sessions.start(room.reviewer))
    return answer


async def sign_in(request: Request) -> Response:
    """The form for name and password, and what it sends."""
    room = room_of(request)
    if room.reviewers is None:
        return RedirectResponse("/review", status_code=303)
    if request.method != "POST":
        return HTMLResponse(render("sign_in.html", name="", problem=""))
    given = plain(await request.form(max_files=0, max_fields=5))
    name, password = given.get("name", "").strip(), given.get("password", "")
    if await run_in_threadpool(room.reviewers.admits, name, password):
        room.sessions.end(request.cookies.get(room.doors.cookie))
        answer: Response = RedirectResponse("/review", status_code=303)
        put_cookie(answer, room.doors, room.sessions.start(name))
        return answer
    wait = room.reviewers.waiting(name)
    problem = (
        f"Too many wrong passwords for this name. Try again in {wait:.0f} seconds."
        if wait
        else "Name and password do not belong together. Check both and try again."
    )
    return HTMLResponse(render("sign_in.html", name=name, problem=problem), status_code=403)


def sign_out(request: Request, form: dict[str, str]) -> Response:
    """Close the session."""
    del form
    room = room_of(request)
    room.sessions.end(request.cookies.get(room.doors.cookie))
    answer: Response = (
        RedirectResponse("/sign-in", status_code=303)
        if room.reviewers is not None
        else PlainTextResponse("You are signed out. Open the address that townclerk printed to come in again.\n")
    )
    take_cookie(answer, room.doors)
    return answer


def rename(request: Request, form: dict[str, str]) -> Response:
    """Say who is at the browser, where the printed address is all that is asked for."""
    room = room_of(request)
    if room.reviewers is not None:
        return PlainTextResponse("Sign out and in again under the other name.\n", 403)
    try:
        session_of(request).reviewer = check_name(form.get("name", ""))
    except UsageError as fault:
        return PlainTextResponse(f"{fault}\n", 422)
    back = form.get("back", "")
    return RedirectResponse(back if _is_own(back) else "/review", status_code=303)


def _is_own(path: str) -> bool:
    """True for a path of this server."""
    return path.startswith("/") and not path.startswith(("//", "/\\")) and path.isprintable()


ROUTES = [
    Route("/open", open_room),
    Route("/sign-in", sign_in, methods=["GET", "POST"]),
    Route("/sign-out", posted(sign_out), methods=["POST"]),
    Route("/name", posted(rename), methods=["POST"]),
]
