"""`townclerk extract`: from inputs to observations, one input's failure never stopping the others."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from townclerk import __version__
from townclerk.console.calibration import REJECTED_BELOW, acceptance, calibration_in_use
from townclerk.console.faults import as_told, tell, tell_internal, tell_skipped
from townclerk.console.options import ExtractOptions, Wanted
from townclerk.console.settings import check_indicators
from townclerk.console.sinks import Sink, check_places, choose_format, open_sink
from townclerk.console.streams import progress, say
from townclerk.extract.inputs import Source, find_sources
from townclerk.extract.output.atomic import whole_file, written
from townclerk.extract.output.documents import DocumentRecord, UnlinkedRecord, read_record, unread_record
from townclerk.extract.output.records import as_json
from townclerk.extract.reading.demanding import demand_text
from townclerk.models.errors import ExitCode, MissingComponentError, UnreadableError

if TYPE_CHECKING:
    from townclerk.extract.pipeline import Extraction, Extractor
    from townclerk.models.observation import Observation

DOUBTFUL = 0.5


@dataclass(slots=True)
class Tally:
    """What a run came to."""

    read: int = 0
    unread: int = 0
    partial: int = 0
    missing_component: bool = False
    internal_fault: bool = False
    interrupted: bool = False
    observations: int = 0
    doubtful: int = 0
    accepted: int = 0
    rejected: int = 0
    unlinked: int = 0

    @property
    def exit_code(self) -> ExitCode:
        """The most serious of what happened."""
        if self.interrupted:
            return ExitCode.INTERRUPTED
        if self.internal_fault:
            return ExitCode.FAULT
        if self.missing_component:
            return ExitCode.MISSING_COMPONENT
        if not self.read:
            return ExitCode.NOTHING_READ
        return ExitCode.PARTIAL if self.unread or self.partial else ExitCode.OK

    def summary(self) -> str:
        """The run in one line."""
        parts = [_counted(self.read, "report") + " read"]
        if self.unread:
            parts.append(f"{self.unread} not")
        if self.partial:
            parts.append(f"{self.partial} only in part")
        found = _counted(self.observations, "observation")
        doubtful = f" ({self.doubtful} less than {DOUBTFUL:.0%} sure)" if self.doubtful else ""
        unlinked = f", {_counted(self.unlinked, 'figure')} without an indicator" if self.unlinked else ""
        return f"{', '.join(parts)}: {found}{doubtful}{unlinked}"


@dataclass(slots=True, frozen=True)
class _Records:
    """Where the record of each input goes, if anywhere."""

    path: Path | None
    stream: BinaryIO | None

    def add(self, record: DocumentRecord) -> None:
        """Write one record; a fault names this file and not the observations'."""
        if self.stream is not None:
            with written(str(self.path)):
                self.stream.write(as_json(record).encode() + b"\n")


class _NothingReadError(UnreadableError):
    """Ends a run in which no input was read, so that no output is left; each reason has been told."""


def run(options: ExtractOptions, extractor_for: Callable[[Source], Extractor]) -> ExitCode:
    """Read every input and write its observations.

    Args:
        options: What was asked for.
        extractor_for: Gives the extractor for an input; raises where its settings are faulty.

    Returns:
        The exit code of the most serious thing that happened.

    Raises:
        TownclerkError: If the run as a whole cannot go on: wrong use, faulty settings, output that cannot be written.
    """
    found = find_sources(options.inputs)
    tally = Tally(unread=len(found.faults))
    for _, why in found.faults:
        tell(UnreadableError(why))
    form = choose_format(options.output, options.form)
    check_places(options.output, options.documents, [one.path for one in found.sources if one.path])
    # Faulty packs and project files are told before the first report is read.
    extractors = [extractor_for(source) for source in found.sources]
    if options.wanted.indicators and extractors:
        known = {name for extractor in extractors for name in extractor.knowledge.catalogue.indicators}
        check_indicators(options.wanted.indicators, known)
    with ExitStack() as stack:
        stream = stack.enter_context(whole_file(options.documents)) if options.documents else None
        records = _Records(options.documents, stream)
        for given, why in found.faults:
            records.add(unread_record(given, given, why, __version__))
        try:
            with open_sink(options.output, form) as sink:
                _run_over(list(zip(found.sources, extractors, strict=True)), sink, records, options, tally)
                _demand_something_read(tally)
        except _NothingReadError:
            if not tally.interrupted:
                say("townclerk: nothing could be read, so no output was written")
    if tally.read and not options.quiet:
        say(tally.summary())
        if options.accept_at is not None:
            review = tally.observations - tally.accepted - tally.rejected
            say(f"{tally.accepted:,} accepted, {review:,} to review, {tally.rejected:,} rejected")
            say(acceptance(options.accept_at, calibration_in_use(options.calibration)).why)
    return tally.exit_code


def _run_over(
    jobs: Sequence[tuple[Source, Extractor]],
    sink: Sink,
    records: _Records,
    options: ExtractOptions,
    tally: Tally,
) -> None:
    """Do the inputs one after another; an interrupt keeps what was finished."""
    done = 0
    try:
        for source, extractor in progress(jobs, quiet=options.quiet):
            record, kept = _convert(source, extractor, options, tally)
            for observation in kept:
                sink.write(observation)
            records.add(record)
            done += 1
    except KeyboardInterrupt:
        tally.interrupted = True
        say(f"townclerk: interrupted; {done} of {len(jobs)} inputs were finished and are kept")


def _convert(
    source: Source, extractor: Extractor, options: ExtractOptions, tally: Tally
) -> tuple[DocumentRecord, list[Observation]]:
    """Read one input; whatever fails in it is told, recorded and stays in it."""
    try:
        document = extractor.read(source.read(), source.name)
        demand_text(document)
        extraction = extractor.extract(document)
    except Exception as fault:  # one broken report must not lose the others; it is told as what it is
        tally.unread += 1
        return unread_record(source.given, source.name, _tell_unread(fault, source, options, tally), __version__), []
    kept = [observation for observation in extraction.observations if _is_wanted(observation, options.wanted)]
    return _count(source, extraction, kept, tally, options), kept


def _tell_unread(fault: Exception, source: Source, options: ExtractOptions, tally: Tally) -> str:
    """Say why an input was not read, and return the reason for its record.

    Raises:
        TownclerkError: A fault that is not this input's, such as a faulty pack.
    """
    told = as_told(fault)
    if told is None:
        tally.internal_fault = True
        tell_internal(fault, options.debug, source.given)
        return f"{source.given}: {type(fault).__name__} inside Townclerk"
    if not isinstance(told, UnreadableError | MissingComponentError):
        raise told
    tally.missing_component |= isinstance(told, MissingComponentError)
    why = _with_path(str(told), source)
    tell(type(told)(why))
    return why


def _count(
    source: Source, extraction: Extraction, kept: Sequence[Observation], tally: Tally, options: ExtractOptions
) -> DocumentRecord:
    """Enter a report that was read into the tally, tell of skipped pages, and make its record."""
    unlinked = [
        UnlinkedRecord(page=figure.page, start=figure.start, end=figure.end, text=figure.text, reason=figure.reason)
        for figure in extraction.unlinked
    ]
    tally.read += 1
    tally.observations += len(kept)
    tally.doubtful += sum(o.confidence is not None and o.confidence < DOUBTFUL for o in kept)
    if options.accept_at is not None:
        threshold = acceptance(options.accept_at, calibration_in_use(options.calibration)).threshold
        tally.accepted += sum(o.confidence is not None and o.confidence >= threshold for o in kept)
        tally.rejected += sum(o.confidence is None or o.confidence < REJECTED_BELOW for o in kept)
    tally.unlinked += len(unlinked)
    record = read_record(source.given, extraction.document, len(extraction.observations), unlinked, __version__)
    if record.pages_skipped:
        tally.partial += 1
        tell_skipped(source.given, extraction.document)
    return record


def _is_wanted(observation: Observation, wanted: Wanted) -> bool:
    if wanted.indicators and observation.indicator_id not in wanted.indicators:
        return False
    if wanted.role is not None and observation.role is not wanted.role:
        return False
    return wanted.min_confidence <= 0 or (observation.confidence or 0.0) >= wanted.min_confidence


def _with_path(message: str, source: Source) -> str:
    """The message with the input named as the user named it, so that files of one name can be told apart."""
    if message.startswith(source.given):
        return message
    rest = message.removeprefix(f"{source.name}: ")
    return f"{source.given}: {rest}"


def _demand_something_read(tally: Tally) -> None:
    if not tally.read:
        raise _NothingReadError


def _counted(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number:,} {noun}s"
