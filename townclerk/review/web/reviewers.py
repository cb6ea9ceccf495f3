"""Named reviewers and their passwords: a small file of argon2 digests."""

from __future__ import annotations

import json
import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from townclerk.extract.output.atomic import whole_file
from townclerk.models.errors import UsageError, why_unread

LEAST_PASSWORD = 12
"""Characters a password must have."""
LONGEST_NAME = 60
TRIES = 5
WAIT_SECONDS = 60.0
"""After so many wrong passwords a name must wait so long."""


class ReviewersFile(BaseModel):
    """The file as it stands on the disk."""

    model_config = ConfigDict(extra="forbid")
    version: int = Field(default=1, ge=1, le=1)
    reviewers: dict[str, str] = Field(default_factory=dict, description="Name to argon2 digest")


class Reviewers:
    """Who may sign in."""

    def __init__(self, digests: dict[str, str], clock: Callable[[], float] = time.monotonic) -> None:
        self._digests = digests
        self._hasher = PasswordHasher()
        # An unknown name must cost as long as a known one: it is checked against a digest nobody has the password of.
        self._nobody = self._hasher.hash(os.urandom(16).hex())
        self._failed: dict[str, tuple[int, float]] = {}
        self._clock = clock
        self._lock = threading.Lock()

    @property
    def names(self) -> list[str]:
        """All names."""
        return sorted(self._digests)

    def waiting(self, name: str) -> float:
        """Seconds a name has to wait before it is looked at again; 0 where it need not."""
        with self._lock:
            failed, last = self._failed.get(name, (0, 0.0))
        return max(0.0, last + WAIT_SECONDS - self._clock()) if failed >= TRIES else 0.0

    def admits(self, name: str, password: str) -> bool:
        """True where name and password belong together; wrong ones are counted."""
        if self.waiting(name) > 0:
            return False
        known = self._digests.get(name)
        try:
            self._hasher.verify(known or self._nobody, password)
            right = known is not None
        except (Argon2Error, InvalidHashError):
            right = False
        with self._lock:
            if right:
                self._failed.pop(name, None)
            elif known is not None or len(self._failed) < 1000:  # made-up names must not fill the memory
                self._failed[name] = (self._failed.get(name, (0, 0.0))[0] + 1, self._clock())
        return right


def load_reviewers(path: Path) -> Reviewers:
    """The reviewers of a file.

    Raises:
        UsageError: If it cannot be read, is no such file, or names nobody.
    """
    kept = _read(path)
    if not kept.reviewers:
        raise UsageError(f"{path}: names nobody; add a reviewer with: townclerk reviewer {path} NAME")
    return Reviewers(kept.reviewers)


def add_reviewer(path: Path, name: str, password: str) -> bool:
    """Add a reviewer, or give one a new password.

    Returns:
        True where the name is new.

    Raises:
        UsageError: If name or password will not do, or the file is another kind of file.
    """
    name = check_name(name)
    if len(password) < LEAST_PASSWORD:
        raise UsageError(f"the password has {len(password)} characters; give at least {LEAST_PASSWORD}")
    kept = _read(path) if path.exists() else ReviewersFile()
    is_new = name not in kept.reviewers
    kept.reviewers[name] = PasswordHasher().hash(password)
    content = json.dumps(kept.model_dump(), ensure_ascii=False, indent=1, sort_keys=True) + "\n"
    with whole_file(path) as stream:
        stream.write(content.encode())
    path.chmod(0o600)
    return is_new


def check_name(name: str) -> str:
    """A reviewer's name without blanks around it.

    Raises:
        UsageError: If it is empty, long, or holds what cannot be printed.
    """
    name = name.strip()
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise UsageError(f"{name!r} is no reviewer's name; give one of 1 to {LONGEST_NAME} printable characters")
    return name


def _read(path: Path) -> ReviewersFile:
    try:
        return ReviewersFile.model_validate_json(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as fault:
        raise UsageError(
            f"{path}: cannot be read ({why_unread(fault)}); make it with: townclerk reviewer {path} NAME"
        ) from None
    except ValidationError as fault:
        raise UsageError(f"{path}: is no file of reviewers ({fault.errors()[0]['msg']}); name another file") from None
