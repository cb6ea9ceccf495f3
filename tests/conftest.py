"""Rules for all tests: no network, and (in CI) no test skipped because a component is missing."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from typing import Any

import pytest
from hypothesis import settings

from townclerk.patterns.kept import PLACE

# A busy machine's first example loads what the later ones find in memory: time is no test of one example.
settings.register_profile("townclerk", deadline=None)
settings.load_profile("townclerk")

_FORBID_SKIPS = os.environ.get("TOWNCLERK_FORBID_SKIPS") == "1"
PLATFORM = "platform:"
"""A skip whose reason begins so is about the operating system, not about a missing component, and stands in CI too."""

_NETWORK = frozenset({"socket.connect", "socket.bind", "socket.getaddrinfo", "socket.gethostbyname", "socket.sendto"})
_network_allowed = False


class NetworkUsedError(RuntimeError):
    """A test tried to reach the network without the `network` mark."""


def _watch(event: str, arguments: tuple[Any, ...]) -> None:
    if event in _NETWORK and not _network_allowed:
        raise NetworkUsedError(f"{event}{arguments[1:]}: tests must not use the network (mark: @pytest.mark.network)")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line("markers", "network: the test opens sockets (of this machine) on purpose")
    sys.addaudithook(_watch)
    # What the program keeps ready-made belongs to this checkout, not to the user's own folder.
    cache = getattr(config, "cache", None)
    os.environ.setdefault(PLACE, str(cache.mkdir("townclerk")) if cache is not None else "off")


@pytest.fixture(autouse=True)
def _network_rule(request: pytest.FixtureRequest) -> Iterator[None]:
    """Sockets are open only during a test that is marked for it."""
    global _network_allowed  # noqa: PLW0603 - an audit hook cannot be taken away, only told
    _network_allowed = request.node.get_closest_marker("network") is not None
    yield
    _network_allowed = False


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Any:
    report = yield
    return _unskipped(report)


@pytest.hookimpl(wrapper=True)
def pytest_make_collect_report() -> Any:
    report = yield
    return _unskipped(report)


def _unskipped(report: Any) -> Any:
    """In CI a skipped test is a failed one: everything tests need is installed there."""
    expected_to_fail = hasattr(report, "wasxfail")
    if not (_FORBID_SKIPS and report.outcome == "skipped") or expected_to_fail:
        return report
    reason = report.longrepr[2] if isinstance(report.longrepr, tuple) else str(report.longrepr)
    if not reason.removeprefix("Skipped: ").startswith(PLATFORM):
        report.outcome = "failed"
        report.longrepr = f"skipped although TOWNCLERK_FORBID_SKIPS=1: {reason}"
    return report
