"""What a run is asked for, what it comes to, and who is told meanwhile."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol

from townclerk.convert.discovery import Looked
from townclerk.convert.limits import Limits
from townclerk.convert.one_worker import Initializer
from townclerk.convert.worker import start_worker
from townclerk.extract.settings import Settings
from townclerk.store.outcome import LOST, READ


@dataclass(slots=True, frozen=True)
class ConvertOptions:
    """What a run is asked for.

    Attributes:
        settings: What is stated of every document.
        limits: What a document may cost.
        jobs: Worker processes; 0 for one a core.
        retry_failed: Try again what failed before.
        wait_seconds: How long to wait for another conversion into the same store.
        cluster: A Dask scheduler's address, or "local"; None to work on this machine alone.
        prepare: Prepares each worker process; called there with the limits, the settings and the coordinator's id.
    """

    settings: Settings = field(default_factory=Settings)
    limits: Limits = field(default_factory=Limits)
    jobs: int = 0
    retry_failed: bool = False
    wait_seconds: float = 0.0
    cluster: str | None = None
    prepare: Initializer = start_worker


@dataclass(slots=True)
class Conversion:
    """What a run came to.

    Attributes:
        run_id: Its number in the store.
        looked: What was found.
        states: Documents worked on, by state.
        pages: Pages read.
        observations: Observations written.
        failures: Documents that came to nothing, as (address, state, reason); the first thousand.
        faults: Sources and folders that came to nothing, as (what, why).
        near_duplicates: Documents in the store that say what another one says.
        interrupted: True where it was stopped; what was finished is kept.
    """

    run_id: int = 0
    looked: Looked = field(default_factory=Looked)
    states: dict[str, int] = field(default_factory=dict)
    pages: int = 0
    observations: int = 0
    failures: list[tuple[str, str, str]] = field(default_factory=list)
    faults: list[tuple[str, str]] = field(default_factory=list)
    near_duplicates: int = 0
    interrupted: bool = False

    @property
    def read(self) -> int:
        """Documents read, wholly or in part."""
        return sum(self.states.get(state, 0) for state in READ)

    @property
    def lost(self) -> int:
        """Documents that came to nothing."""
        return self.looked.failed + sum(self.states.get(state, 0) for state in LOST)


class Watcher(Protocol):
    """Is told how a run goes."""

    def looking(self, looked: Looked) -> None:
        """While places are looked at."""

    def converting(self, conversion: Conversion) -> None:
        """While documents are converted; called at least twice a second."""

    def comparing(self, compared: int) -> None:
        """While near-duplicates are looked for: so many documents were compared with all others."""

    def waiting(self) -> None:
        """Another conversion holds the store."""


class Nobody:
    """A watcher that looks away."""

    def looking(self, looked: Looked) -> None:
        """Not of interest."""

    def converting(self, conversion: Conversion) -> None:
        """Not of interest."""

    def comparing(self, compared: int) -> None:
        """Not of interest."""

    def waiting(self) -> None:
        """Not of interest."""
