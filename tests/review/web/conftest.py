"""Rooms to try."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.review.web.rooms import Visit, make_archive, make_room, visit
from townclerk.review.web.room import Room


@pytest.fixture
def room(tmp_path: Path) -> Iterator[Room]:
    store, _, _ = make_archive(tmp_path)
    yield make_room(store)
    store.close()


@pytest.fixture
def inside(room: Room) -> Visit:
    """A browser in the room."""
    return visit(room)
