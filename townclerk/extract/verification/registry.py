"""The list of checks, filled by the decorator when their modules are imported."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from townclerk.extract.verification.finding import Finding
from townclerk.extract.verification.view import View

Check = Callable[[View], Iterator[Finding]]

CHECKS: dict[str, Check] = {}
"""Every check by name, in the order of registration."""


def check(name: str) -> Callable[[Check], Check]:
    """Register a check.

    Args:
        name: The name it is told by in `checks` and in the audit.

    Raises:
        ValueError: If the name is taken.
    """

    def register(function: Check) -> Check:
        if name in CHECKS:
            raise ValueError(f"two checks are called {name!r}")
        CHECKS[name] = function
        return function

    return register
