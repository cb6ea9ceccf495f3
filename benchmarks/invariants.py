"""Hold what must be true of every observation against real inputs.

    python -m benchmarks.invariants PATH...

`PATH` are reports, or folders of them, read under the project file of their folder. Prints the breaches, counted by law
with a few examples of each; the exit code is 1 where there is one.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from jsonschema import Draft202012Validator

from townclerk.extract.extractors import Extractors
from townclerk.extract.inputs import find_sources
from townclerk.extract.output.formats import json_schema
from townclerk.extract.output.records import as_json
from townclerk.extract.pipeline import Extraction
from townclerk.extract.spotting.figures import find_figures
from townclerk.models.document import Document
from townclerk.models.errors import TownclerkError
from townclerk.models.mentions import FigureMention
from townclerk.models.observation import Observation
from townclerk.models.period import parse_code
from townclerk.models.units import Status

_SCHEMA = Draft202012Validator(json_schema(Observation))
_SLACK = 1.0
"""Points by which a word's box may stand out of its page: italics and accents do."""


@dataclass(slots=True, frozen=True)
class Breach:
    """An observation that breaks a law, and how."""

    law: str
    observation_id: str
    told: str


def breaches(extraction: Extraction) -> list[Breach]:
    """Every breach of a law in what was read from one document."""
    document = extraction.document
    found = [
        Breach(law, observation.observation_id, told)
        for observation in extraction.observations
        for law, told in _broken_by(observation, document)
    ]
    times = Counter(observation.observation_id for observation in extraction.observations)
    found += [Breach("identity", name, f"{count} observations") for name, count in times.items() if count > 1]
    for figure in extraction.unlinked:
        stands = document.text[figure.start : figure.end].split()
        words = figure.text.split()
        # Words of another column may stand between those of a torn figure; its first and last word are its own.
        if not words or not stands or (stands[0], stands[-1]) != (words[0], words[-1]):
            found.append(Breach("unlinked", "", f"{figure.text!r} is not what stands there: {stands!r}"))
    return found


def _broken_by(observation: Observation, document: Document) -> Iterator[tuple[str, str]]:
    yield from _shape(observation)
    yield from _places(observation, document)
    yield from _value(observation)
    yield from _period(observation)


def _shape(observation: Observation) -> Iterator[tuple[str, str]]:
    for fault in _SCHEMA.iter_errors(json.loads(as_json(observation))):
        yield "schema", f"{list(fault.path)}: {fault.message[:120]}"
    if observation.confidence is None or not 0 <= observation.confidence <= 1:
        yield "confidence", str(observation.confidence)
    if observation.change is not None and observation.change.value < 0:
        yield "change", f"negative: {observation.change.value}"


def _places(observation: Observation, document: Document) -> Iterator[tuple[str, str]]:
    if not observation.evidence:
        yield "evidence", "none"
    shown = [(place.page, place.start, place.end, place.quote) for place in observation.evidence]
    told = [(snippet.page, snippet.start, snippet.end, snippet.text) for snippet in observation.commentary]
    for number, start, end, text in shown + told:
        if document.text[start:end] != text or not text.strip():
            yield "offsets", f"{start}-{end}: {text[:60]!r} is not {document.text[start:end][:60]!r}"
        page = document.pages[number - 1] if 1 <= number <= len(document.pages) else None
        if page is None or page.number != number or not page.start <= start < page.end:
            yield "page", f"{start} is not on page {number}: {text[:60]!r}"
    for place in observation.evidence:
        page = document.page_at(place.start)
        if page.words is not None and not place.boxes:
            yield "boxes", f"none: {place.quote[:60]!r}"
        for x0, y0, x1, y1 in place.boxes:
            inside = -_SLACK <= x0 < x1 <= page.width + _SLACK and -_SLACK <= y0 < y1 <= page.height + _SLACK
            if not inside:
                yield "boxes", f"{(x0, y0, x1, y1)} on a page of {page.width:.0f} by {page.height:.0f}"


def _value(observation: Observation) -> Iterator[tuple[str, str]]:
    if (observation.value is None) == (observation.status is Status.REPORTED):
        yield "status", f"{observation.status.value} with value {observation.value}"
    quotes = [place.quote for place in observation.evidence]
    printed = observation.value_text
    if printed and any(printed in quote for quote in quotes):
        return
    parts = [part for part in (observation.numerator, observation.denominator) if part is not None]
    if "computed" in observation.flags and parts and all(_stands_in(part, quotes) for part in parts):
        return
    yield "value_text", f"{printed!r} (value {observation.value}) is not in {[quote[:100] for quote in quotes]}"


def _stands_in(number: float, quotes: Sequence[str]) -> bool:
    return any(number in _numbers(figure) for quote in quotes for figure in find_figures(quote))


def _numbers(figure: FigureMention) -> set[float | None]:
    return {figure.value, figure.numerator, figure.denominator, *figure.parts}


def _period(observation: Observation) -> Iterator[tuple[str, str]]:
    period = observation.period
    if period.code is None:
        if period.start or period.end:
            yield "period", "dates without a code"
        return
    read = parse_code(period.code)
    if (read.start.isoformat(), read.end.isoformat()) != (period.start, period.end):
        yield "period", f"{period.code} is not {period.start} to {period.end}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Read every report and tell the breaches; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.invariants", description=__doc__)
    parser.add_argument("paths", nargs="+", metavar="PATH")
    parser.add_argument("--examples", type=int, default=5, help="how many breaches of a law are shown")
    options = parser.parse_args(arguments)
    extractors = Extractors()
    broken: dict[str, list[str]] = defaultdict(list)
    reports = observations = 0
    for source in find_sources(options.paths).sources:
        extractor = extractors.for_folder(source.folder)
        try:
            extraction = extractor.extract(extractor.read(source.read(), source.name))
        except TownclerkError as fault:
            sys.stderr.write(f"{source.given}: not read: {fault}\n")
            continue
        reports += 1
        observations += len(extraction.observations)
        for breach in breaches(extraction):
            broken[breach.law].append(f"{source.name} {breach.observation_id}: {breach.told}")
    for law, told in sorted(broken.items()):
        print(f"{law}: {len(told)}")
        print("".join(f"    {line}\n" for line in told[: options.examples]), end="")
    print(f"{reports} reports, {observations} observations, {sum(map(len, broken.values()))} breaches")
    return int(bool(broken))


if __name__ == "__main__":
    sys.exit(main())
