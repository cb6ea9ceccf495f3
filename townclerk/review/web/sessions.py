"""Who is at the browser: the opening token, and the sessions behind the cookie."""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

IDLE_SECONDS = 12 * 3600.0
"""A session that was not used for so long is closed: a working day's length."""
MOST_SESSIONS = 200
_SECRET_BYTES = 32


@dataclass(slots=True)
class Session:
    """One browser at work.

    Attributes:
        reviewer: The name its decisions are entered under.
        csrf: What every form of it must bring along.
        used: When it was last used, in seconds of the monotonic clock.
    """

    reviewer: str
    csrf: str = field(default_factory=lambda: secrets.token_urlsafe(_SECRET_BYTES))
    used: float = 0.0


class Sessions:
    """The sessions of one server. They live in memory: a restart closes them all."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self.token = secrets.token_urlsafe(_SECRET_BYTES)
        self._clock = clock
        self._open: dict[str, Session] = {}
        self._lock = threading.Lock()

    def is_token(self, given: str) -> bool:
        """True for the token of the opening address; takes as long for every wrong one."""
        return secrets.compare_digest(given.encode(), self.token.encode())

    def start(self, reviewer: str) -> str:
        """Begin a session and return the secret that goes into its cookie; only a digest of it is kept."""
        secret = secrets.token_urlsafe(_SECRET_BYTES)
        with self._lock:
            self._close_idle()
            while len(self._open) >= MOST_SESSIONS:
                del self._open[min(self._open, key=lambda key: self._open[key].used)]
            self._open[_digest(secret)] = Session(reviewer, used=self._clock())
        return secret

    def find(self, secret: str | None) -> Session | None:
        """The session of a cookie, which counts as used now; None where there is none."""
        if not secret:
            return None
        with self._lock:
            self._close_idle()
            session = self._open.get(_digest(secret))
            if session is not None:
                session.used = self._clock()
        return session

    def end(self, secret: str | None) -> None:
        """Close a session; the cookie is worth nothing from then on."""
        with self._lock:
            self._open.pop(_digest(secret or ""), None)

    def _close_idle(self) -> None:
        oldest = self._clock() - IDLE_SECONDS
        for key in [key for key, session in self._open.items() if session.used < oldest]:
            del self._open[key]


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
