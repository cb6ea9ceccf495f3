"""A server that goes away for a while: what was to be written is tried again until it is back, or time is up."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec, Protocol, TypeVar

from townclerk.models.errors import StoreError

P = ParamSpec("P")
T = TypeVar("T")
_PAUSE_SECONDS = 1.0


class ServerLostError(StoreError):
    """The connection to the server broke; the transaction under way came to nothing."""


class Patient(Protocol):
    """What tries again: for how long, and what it makes sure of before it does."""

    patience: float

    def still_ours(self) -> None:
        """Raise if another conversion took the store over meanwhile."""


S = TypeVar("S", bound=Patient)


def patiently(action: Callable[Concatenate[S, P], T]) -> Callable[Concatenate[S, P], T]:
    """Let a method that is one transaction, and may be done twice without harm, outlast a restart of the server."""

    @wraps(action)
    def tried(self: S, /, *arguments: P.args, **named: P.kwargs) -> T:
        until = time.monotonic() + self.patience
        lost = False
        while True:
            try:
                if lost:
                    self.still_ours()
                return action(self, *arguments, **named)
            except ServerLostError:
                if time.monotonic() > until:
                    raise
                lost = True
                time.sleep(_PAUSE_SECONDS)

    return tried
