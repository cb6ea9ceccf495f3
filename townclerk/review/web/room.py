"""What all pages of one server share."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from starlette.requests import Request

from townclerk.review.corrections import Corrector
from townclerk.review.paper import Paper
from townclerk.review.queue import Queue
from townclerk.review.sources import Sources
from townclerk.review.web.security import Doors
from townclerk.review.web.sessions import Sessions
from townclerk.store.database import Store
from townclerk.store.decisions.log import DecisionLog

if TYPE_CHECKING:
    from townclerk.review.web.reviewers import Reviewers


@dataclass(slots=True, frozen=True)
class Room:
    """A review room.

    Attributes:
        store: The store under review.
        queue: What to look at next.
        log: Where decisions go.
        corrector: Reads what analysts type.
        paper: Draws and reads the documents' pages.
        doors: What the server answers to.
        sessions: Who is at work.
        reviewer: The name of whoever opens the printed address.
        reviewers: Who may sign in; None where the printed address is enough.
    """

    store: Store
    queue: Queue
    log: DecisionLog
    corrector: Corrector
    paper: Paper
    doors: Doors
    sessions: Sessions
    reviewer: str
    reviewers: Reviewers | None = None

    @property
    def sources(self) -> Sources:
        """The store's documents."""
        return self.paper.sources


def room_of(request: Request) -> Room:
    """The room a request is made in."""
    room = request.app.state.room
    if not isinstance(room, Room):
        raise TypeError("the application was made without a room")
    return room
