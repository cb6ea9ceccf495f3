"""A real server, in a thread or in a process of its own, for a real browser to be put before it."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from threading import Thread

from tests.review.web.rooms import make_room
from townclerk.review.web.app import create_app
from townclerk.review.web.serving import Place, bind, doors_of, make_server, opening_address
from townclerk.store.database import Store

CHROMIUM = next((found for name in ("chromium", "chromium-browser") if (found := shutil.which(name))), None)
"""Debian's browser; Playwright's own is not downloaded."""
AXE = Path(os.environ.get("TOWNCLERK_AXE", "/nowhere"))
"""The accessibility checker's script, which `.ci/run` fetches."""


@contextmanager
def served(store: Store) -> Iterator[str]:
    """The opening address of a review room over a store, served by a thread: its catalogue is loaded already."""
    place = Place(port=0)
    listening = bind(place)
    port = int(listening.getsockname()[1])
    room = replace(make_room(store), doors=doors_of(place, port))
    server = make_server(create_app(room), place)
    thread = Thread(target=server.run, kwargs={"sockets": [listening]})
    thread.start()
    try:
        yield opening_address(place, port, room.sessions.token)
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()


@contextmanager
def served_by_command(store: Path, *options: str) -> Iterator[str]:
    """The opening address of a review room that the command line serves."""
    command = [sys.executable, "-m", "townclerk", "review", str(store), "--port", "0", "--no-browser", *options]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True, encoding="utf-8") as server:
        assert server.stderr is not None
        try:
            for line in server.stderr:
                if found := re.search(r"https?://\S+", line):
                    yield found[0]
                    break
            else:
                raise RuntimeError("the server ended before it said where it listens")
        finally:
            server.terminate()
            server.wait(timeout=120)
