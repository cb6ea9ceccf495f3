"""`townclerk convert` and `townclerk runs`: the store's side of the command line."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.console.calibration import REJECTED_BELOW, Acceptance, acceptance, calibration_in_use
from townclerk.console.faults import tell
from townclerk.console.progressing import open_watcher, several
from townclerk.console.streams import guarded_stdout, put, say, stdout_console
from townclerk.convert.archive import convert_archive, look_only
from townclerk.convert.conversion import Conversion, ConvertOptions
from townclerk.convert.places import readable
from townclerk.models.errors import ExitCode, UnreadableError, UsageError
from townclerk.store.database import open_store
from townclerk.store.observations import confidences

if TYPE_CHECKING:
    from rich.console import Console

REASONS_SHOWN = 12


def store_option(given: str | None, option: str) -> str:
    """The store named by an option or by TOWNCLERK_DB.

    Raises:
        UsageError: If neither names one.
    """
    if not given:
        raise UsageError(f"name the store: {option} archive.db, or set TOWNCLERK_DB")
    return given


def run(
    sources: Sequence[str],
    into: str,
    options: ConvertOptions,
    *,
    dry_run: bool,
    accept_at: str | None = None,
    quiet: bool,
) -> ExitCode:
    """Convert archives into a store and say what it came to.

    Raises:
        UsageError: If `accept_at` is neither `auto` nor a precision.
    """
    accepted = None if accept_at is None else acceptance(accept_at, calibration_in_use(options.settings.calibration))
    if dry_run:
        return _dry(sources, into, options)
    with guarded_stdout(), open_watcher(quiet=quiet) as watcher:
        conversion = convert_archive(sources, into, options, watcher)
    for _, why in conversion.faults:
        tell(UnreadableError(why))
    for line in _by_reason(conversion) if quiet else summary(conversion, sources):
        say(line)
    if accepted is not None and conversion.run_id and not quiet:
        for line in _accepted(into, conversion.run_id, accepted):
            say(line)
    return exit_code(conversion)


def _accepted(into: str, run_id: int, accepted: Acceptance) -> list[str]:
    """How many of a run's observations are accepted, to review and rejected, and why that is safe."""
    store = open_store(into)
    sure, kept, written = confidences(store, run_id, (accepted.threshold, REJECTED_BELOW))
    store.close()
    sure = min(sure, kept)
    return [f"{sure:,} accepted, {kept - sure:,} to review, {written - kept:,} rejected", accepted.why]


def exit_code(conversion: Conversion) -> ExitCode:
    """The most serious of what happened."""
    looked = conversion.looked
    if conversion.interrupted:
        return ExitCode.INTERRUPTED
    if not (conversion.read or looked.unchanged or looked.copies):
        return ExitCode.NOTHING_READ
    partial = conversion.lost or looked.left or conversion.faults or conversion.states.get("partial")
    return ExitCode.PARTIAL if partial else ExitCode.OK


def summary(conversion: Conversion, sources: Sequence[str] = ()) -> list[str]:
    """The run in a few lines, failures by reason.

    Args:
        conversion: What it came to.
        sources: Where it looked.
    """
    looked = conversion.looked
    lines = []
    if looked.found:
        what = f"{several(conversion.read, 'document')} read, {several(conversion.pages, 'page')}"
        lines.append(f"{what}: {several(conversion.observations, 'observation')}")
    rest = (
        (looked.unchanged, "unchanged"),
        (looked.copies, "copies of others"),
        (conversion.states.get("skipped", 0), "that are no reports"),
        (conversion.states.get("partial", 0), "only in part"),
        (conversion.lost, "failed"),
    )
    if told := ", ".join(f"{count:,} {what}" for count, what in rest if count):
        lines.append(told)
    if conversion.near_duplicates:
        twins = several(conversion.near_duplicates, "near-duplicate")
        lines.append(f"{twins} in the store: series count each figure once")
    if looked.left:
        lines.append(f"{looked.left} that failed before were left alone (--retry-failed tries them again)")
    if not (looked.found or conversion.faults or conversion.interrupted):
        where = ", ".join(map(readable, sources)) or "the sources"
        lines.append(f"no file was found in {where}; name the folder or the files that hold the reports")
    if conversion.interrupted:
        lines.append("interrupted; what was finished is kept, and the same command goes on from here")
    return ["townclerk: " + line for line in lines] + _by_reason(conversion)


def show_runs(db: str, number: int | None) -> ExitCode:
    """Print the runs of a store, or one run's failures by reason.

    Raises:
        StoreError: If the store cannot be read.
        UsageError: If there is no such run.
    """
    from townclerk.store.database import open_store
    from townclerk.store.history import failures, list_runs, skips, states

    store = open_store(db)
    entered = list_runs(store)
    if number is not None:
        entered = [one for one in entered if one.run_id == number]
        if not entered:
            raise UsageError(f"{store.name}: has no run {number}; townclerk runs --db lists them")
    from rich.table import Table

    table = Table("run", "started", "took", "state", "documents", "observations", "failed", box=None)
    for one in entered:
        table.add_row(
            str(one.run_id), one.started_at[:16].replace("T", " "), _took(one.started_at, one.ended_at), one.state,
            str(one.counts.get("found", "")), str(one.counts.get("observations", "")), str(one.failed),
        )  # fmt: skip
    with stdout_console() as console:
        console.print(table)
        for one in entered:
            for why in one.faults:
                console.print(f"run {one.run_id}: {why}", soft_wrap=True, markup=False)
        console.print("documents: " + ", ".join(f"{count} {state}" for state, count in states(store).items()))
        for why, count in skips(store, number):
            console.print(f"  {count:>7,} skipped: {why}", soft_wrap=True, markup=False)
        _print_failures(console, failures(store, number))
    store.close()
    return ExitCode.OK


def _took(started: str, ended: str | None) -> str:
    """How long a run took, in hours, minutes and seconds; "" where it has not ended."""
    if ended is None:
        return ""
    seconds = datetime.fromisoformat(ended) - datetime.fromisoformat(started)
    return str(timedelta(seconds=int(seconds.total_seconds())))


def _print_failures(console: Console, failed: Sequence[tuple[str, str, str]]) -> None:
    for path, state, reason in failed:
        console.print(f"{state:<9}  {path}", soft_wrap=True, markup=False)
        console.print(f"           {bare_reason(reason, path)}", soft_wrap=True, markup=False)


def bare_reason(reason: str, where: str) -> str:
    """A reason without the document's name, which stands beside it: some begin with its name, some with its address."""
    member, _, archive = where.partition(" in ")
    names = (where, member, archive, Path(member).name, Path(where).name)
    return next((reason.removeprefix(f"{name}: ") for name in names if name and reason.startswith(f"{name}: ")), reason)


def _dry(sources: Sequence[str], into: str, options: ConvertOptions) -> ExitCode:
    conversion, todo = look_only(sources, into, options)
    for _, why in conversion.faults:
        tell(UnreadableError(why))
    put("".join(f"{path}\n" for path in todo))
    looked = conversion.looked
    say(
        f"townclerk: {looked.found} documents found, {len(todo)} to convert, {looked.unchanged} unchanged, "
        f"{looked.left} failed before, {looked.failed} cannot be read; nothing was written"
    )
    return ExitCode.OK if looked.found else ExitCode.NOTHING_READ


def _by_reason(conversion: Conversion) -> list[str]:
    """The failures, alike ones together, the most frequent first."""
    by_reason: dict[str, list[str]] = {}
    for uri, state, reason in (*conversion.looked.failures, *conversion.failures):
        where = readable(uri)
        by_reason.setdefault(f"{state}: {bare_reason(reason, where)}", []).append(where)
    ordered = sorted(by_reason.items(), key=lambda item: -len(item[1]))
    lines = [f"  {len(paths):>5} {why} (such as {paths[0]})" for why, paths in ordered[:REASONS_SHOWN]]
    if len(ordered) > REASONS_SHOWN:
        lines.append(f"  and {len(ordered) - REASONS_SHOWN} reasons more: townclerk runs --db STORE lists them")
    return lines
