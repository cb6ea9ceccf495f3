"""`townclerk review`: the review room's server, and `townclerk reviewer`: who may sign in."""

from __future__ import annotations

import getpass
import sys
import webbrowser
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.console.streams import say
from townclerk.extract.settings import Settings
from townclerk.models.errors import ExitCode, MissingComponentError, UsageError

if TYPE_CHECKING:
    from townclerk.review.web.room import Room
    from townclerk.review.web.serving import Place
    from townclerk.store.database import Store


@dataclass(slots=True, frozen=True)
class ReviewOptions:
    """One start of the review room.

    Attributes:
        database: The store.
        host: Where to listen.
        port: At which port; None for the usual one.
        certfile: Certificate, beyond this machine.
        keyfile: Its key.
        reviewers: Who may sign in.
        reviewer: Under which name decisions are entered.
        browser: Open the browser.
        settings: Packs, areas, password and how scans are read.
    """

    database: str
    host: str = "127.0.0.1"
    port: int | None = None
    certfile: Path | None = None
    keyfile: Path | None = None
    reviewers: Path | None = None
    reviewer: str | None = None
    browser: bool = True
    settings: Settings = field(default_factory=Settings)


def run_review(options: ReviewOptions) -> ExitCode:
    """Serve the review room until it is interrupted.

    Raises:
        MissingComponentError: If the extra is not installed.
        UsageError: If the place to listen at is not safe, or not to be had.
        StoreError: If there is no such store.
    """
    _need_extra()
    from townclerk.review.web.app import create_app
    from townclerk.review.web.serving import Place, bind, check_place, make_server, opening_address
    from townclerk.store.database import open_store

    place = Place(options.host, options.port, options.certfile, options.keyfile, options.reviewers)
    check_place(place)
    store = open_store(options.database)
    listening = bind(place)
    try:
        port = int(listening.getsockname()[1])
        room = _room(options, store, place, port)
        server = make_server(create_app(room), place)
        address = opening_address(place, port, room.sessions.token)
        with suppress(KeyboardInterrupt):  # the way to stop it
            say(f"townclerk: reviewing {store.name} at\n  {address}\ntownclerk: press Ctrl-C to stop")
            if options.browser and options.host == "127.0.0.1" and sys.stderr.isatty():
                webbrowser.open(address)
            server.run(sockets=[listening])
    finally:
        listening.close()
        store.close()
    return ExitCode.OK


def run_reviewer(file: Path, name: str) -> ExitCode:
    """Ask for a password and enter a reviewer into a file.

    Raises:
        MissingComponentError: If the extra is not installed.
        UsageError: If name or password will not do.
    """
    _need_extra()
    from townclerk.review.web.reviewers import add_reviewer, check_name

    check_name(name)
    password = _password(name)
    is_new = add_reviewer(file, name, password)
    say(f"townclerk: {name} {'may now sign in' if is_new else 'has a new password'} ({file})")
    return ExitCode.OK


def _room(options: ReviewOptions, store: Store, place: Place, port: int) -> Room:
    from townclerk.patterns.catalogue import load_catalogue
    from townclerk.patterns.gazetteer import load_gazetteer
    from townclerk.review.corrections import Corrector
    from townclerk.review.paper import Paper
    from townclerk.review.queue import Queue
    from townclerk.review.sources import Sources
    from townclerk.review.web.reviewers import check_name, load_reviewers
    from townclerk.review.web.room import Room
    from townclerk.review.web.serving import doors_of
    from townclerk.review.web.sessions import Sessions
    from townclerk.store.decisions.log import DecisionLog

    settings = options.settings
    return Room(
        store=store,
        queue=Queue(store),
        log=DecisionLog(store),
        corrector=Corrector(load_catalogue(settings.packs), load_gazetteer(settings.areas)),
        paper=Paper(Sources(store), settings.reading()),
        doors=doors_of(place, port),
        sessions=Sessions(),
        reviewer=check_name(options.reviewer or _user()),
        reviewers=load_reviewers(options.reviewers) if options.reviewers else None,
    )


def _user() -> str:
    """The name of whoever started this."""
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):  # no such user, or no way to ask
        return "reviewer"


def _password(name: str) -> str:
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\r\n")
    first = getpass.getpass(f"Password of {name}: ")
    if first != getpass.getpass("Once more: "):
        raise UsageError("the two passwords differ; nothing was written")
    return first


def _need_extra() -> None:
    try:
        import argon2
        import jinja2
        import python_multipart
        import starlette
        import uvicorn
    except ImportError as fault:
        raise MissingComponentError(
            f"the review room needs {fault.name}, which is not installed; run: pip install 'townclerk[review]'"
        ) from None
    del argon2, jinja2, python_multipart, starlette, uvicorn
