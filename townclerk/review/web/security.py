"""The doors of the review room: which requests are let in, and what every answer carries.

In the order a request meets them: the name it calls this server by (a page elsewhere that points its own name at this
machine is turned away), the page it comes from, the session behind its cookie, and for whatever changes something the
token of that session.
"""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from townclerk.review.web.sessions import Session, Sessions

CSRF_FIELD = "csrf"
CSRF_HEADER = "x-csrf-token"
MOST_BODY = 1 << 20
"""Bytes a form may have."""
_SAFE = frozenset({"GET", "HEAD"})
_ALLOWED = frozenset({"GET", "HEAD", "POST"})
_OPEN_PATHS = ("/open", "/sign-in", "/static/")
_ANSWERS: dict[str, str] = {
    # Scripts, styles and pictures of this server only; nothing inline, no frames, no plug-ins, no other address.
    "Content-Security-Policy": (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
        "font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    # Not "no-referrer": browsers then send forms of these very pages without their origin.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}


@dataclass(slots=True, frozen=True)
class Doors:
    """What the server answers to.

    Attributes:
        hosts: The names it may be called by, each with the port where it is not the scheme's own.
        scheme: `http` or `https`.
        cookie: Name of the session's cookie.
        signs_in: True where reviewers sign in with a password.
    """

    hosts: frozenset[str]
    scheme: str = "http"
    cookie: str = "townclerk"
    signs_in: bool = False

    @property
    def origins(self) -> frozenset[str]:
        """The origins its own pages have."""
        return frozenset(f"{self.scheme}://{host}" for host in self.hosts)


def doors_for(names: Sequence[str], port: int, *, secure: bool, signs_in: bool) -> Doors:
    """The doors of a server at a port that answers to some names."""
    usual = 443 if secure else 80
    written = [f"[{name}]" if ":" in name else name.lower() for name in names]
    hosts = {f"{name}:{port}" for name in written} | ({*written} if port == usual else set())
    # Cookies are shared by all ports of a machine; the port in the name keeps two servers apart.
    cookie = f"__Host-townclerk-{port}" if secure else f"townclerk-{port}"
    return Doors(frozenset(hosts), "https" if secure else "http", cookie, signs_in)


class Guard:
    """Lets requests in, or answers why not."""

    def __init__(self, app: ASGIApp, doors: Doors, sessions: Sessions) -> None:
        self.app = app
        self.doors = doors
        self.sessions = sessions

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Handle one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        if scope["type"] != "http":  # no web sockets here
            return

        async def answer(message: Message) -> None:
            if message["type"] == "http.response.start":
                _dress(MutableHeaders(scope=message))
            await send(message)

        refused = self._refusal(scope)
        if refused is not None:
            await refused(scope, receive, answer)
            return
        await self.app(scope, receive, answer)

    def _refusal(self, scope: Scope) -> Response | None:
        """Why a request is not let in; None lets it in, its session in the scope's state."""
        headers = Headers(scope=scope)
        method, path = scope["method"], scope["path"]
        if headers.get("host", "").lower() not in self.doors.hosts or len(headers.getlist("host")) != 1:
            return _refuse(421, "This server is not called by that name. Open the address that townclerk printed.")
        if method not in _ALLOWED:
            return _refuse(405, "This server answers GET and POST only.")
        if _is_foreign(headers, method, self.doors):
            return _refuse(403, "The request came from another page. Nothing was changed.")
        if method == "POST" and not _is_small(headers):
            return _refuse(413, "The form is too large, or does not say how large it is.")
        session = self.sessions.find(Request(scope).cookies.get(self.doors.cookie))
        scope.setdefault("state", {})["session"] = session
        if session is None and not path.startswith(_OPEN_PATHS):
            return self._stranger(headers)
        return None

    def _stranger(self, headers: Headers) -> Response:
        """The answer to a browser without a session."""
        if not self.doors.signs_in:
            return _refuse(
                401, "This page needs the address that townclerk printed when it started: open that address once more."
            )
        if "hx-request" in headers:
            return Response(status_code=401, headers={"HX-Redirect": "/sign-in"})
        return RedirectResponse("/sign-in", status_code=303)


def _is_foreign(headers: Headers, method: str, doors: Doors) -> bool:
    """True for a request that a page of another origin made."""
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if method in _SAFE:
        # A link from elsewhere may open a page, but nothing else may be fetched from there.
        navigates = headers.get("sec-fetch-mode") == "navigate"
        return site in {"cross-site", "same-site"} and not navigates
    if origin is None or origin.lower() not in doors.origins:
        return True
    # Its own pages only: another name of this very server is another origin too.
    return site not in {None, "same-origin"} or urlsplit(origin).netloc.lower() != headers.get("host", "").lower()


def _is_small(headers: Headers) -> bool:
    """True for a form that says how long it is, and is not too long: the server itself sets no bound."""
    length = headers.get("content-length", "")
    return length.isascii() and length.isdigit() and int(length) <= MOST_BODY


def _dress(headers: MutableHeaders) -> None:
    for name, value in _ANSWERS.items():
        headers[name] = value
    headers.setdefault("Cache-Control", "no-store")
    if "server" in headers:
        del headers["server"]


def _refuse(status: int, why: str) -> Response:
    return PlainTextResponse(why + "\n", status_code=status)


def session_of(request: Request) -> Session:
    """The session of a request that was let in."""
    session = request.scope["state"]["session"]
    if not isinstance(session, Session):
        raise TypeError("a page without a session asked for one")
    return session


def is_forged(session: Session, given: str | None) -> bool:
    """True where a form does not bring its session's token."""
    return not secrets.compare_digest((given or "").encode(), session.csrf.encode())


def put_cookie(response: Response, doors: Doors, secret: str) -> None:
    """Give the browser its session."""
    response.set_cookie(
        doors.cookie, secret, httponly=True, samesite="strict", secure=doors.scheme == "https", path="/"
    )


def take_cookie(response: Response, doors: Doors) -> None:
    """Take the session from the browser."""
    response.delete_cookie(doors.cookie, httponly=True, samesite="strict", secure=doors.scheme == "https", path="/")
