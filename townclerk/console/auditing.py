"""`townclerk audit`: what in these reports does not add up."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from townclerk.console.faults import tell, tell_skipped
from townclerk.console.sinks import check_places
from townclerk.console.streams import guarded_stdout, put, say
from townclerk.extract.audit import AuditEntry, AuditFigure, AuditTally, audit, tally
from townclerk.extract.inputs import Source, find_sources
from townclerk.extract.output.atomic import whole_file
from townclerk.extract.output.formats import AuditFormat
from townclerk.extract.output.records import as_json
from townclerk.extract.pipeline import Extractor
from townclerk.extract.reading.demanding import demand_text
from townclerk.models.errors import ExitCode, MissingComponentError, UnreadableError

_NAMES = {
    "ratio": "a percentage and its own counts",
    "whole_number": "a percentage and its own count",
    "parts_beside": "a percentage and the counts beside it",
    "printed_share": "a percentage and the counts printed with it",
    "whole_beside": "a percentage and the counts beside it",
    "quotient": "a percentage and the counts reported for it",
    "base": "a percentage and the count it is of",
    "cohort": "a percentage and the group it is of",
    "population": "a count and its rate",
    "change": "a stated change and its two values",
    "change_column": "a change in a table and its two values",
    "direction": "a stated movement and its two values",
    "mean": "an average and the values it is of",
    "rank": "a rank and the values it is among",
    "extremes": "a range and the values it is of",
    "cells": "the cells of a row and their heads",
    "complement": "parts of one whole",
    "order": "a part and its whole",
    "sum_over_time": "a total and its parts",
    "variance": "a variance and its two values",
    "target_distance": "a value and how far it is said to be from its target",
    "gap": "a difference and its two values",
    "repeat": "one figure stated twice",
    "stretch": "one figure and the times it is said of",
    "rag": "a colour and its target",
    "bounds": "a value outside what authorities report",
}


def format_for(form: AuditFormat | None, output: Path | None) -> AuditFormat:
    """The format that was asked for, or else that of the output's name."""
    if form is not None:
        return form
    suffixes = {".json": AuditFormat.JSON, ".html": AuditFormat.HTML, ".htm": AuditFormat.HTML}
    return suffixes.get(output.suffix.lower() if output is not None else "", AuditFormat.TEXT)


def run(
    given: Sequence[str],
    extractor_for: Callable[[Source], Extractor],
    form: AuditFormat,
    output: Path | None,
    *,
    quiet: bool,
) -> ExitCode:
    """Read the reports and tell what contradicts itself.

    Args:
        given: Files, folders, wildcards, "-".
        extractor_for: Gives the extractor for an input.
        form: How to write it.
        output: Where to; None for standard output.
        quiet: Leave out the summary.

    Returns:
        CONTRADICTIONS where a report contradicts itself, OK where all adds up; PARTIAL or NOTHING_READ where reports
        could not be read and no contradiction was found in the others.
    """
    found = find_sources(given)
    check_places(output, None, [source.path for source in found.sources if source.path])
    for _, why in found.faults:
        tell(UnreadableError(why))
    audited: list[Audited] = []
    unread = len(found.faults)
    with guarded_stdout():
        for source in found.sources:
            try:
                audited.append(_audit(source, extractor_for(source)))
            except (UnreadableError, MissingComponentError) as fault:
                tell(fault)
                unread += 1
    partial = sum(one.partial for one in audited)
    _write(_WRITERS[form](audited), output)
    contradictions = sum(entry.kind == "contradiction" for one in audited for entry in one.entries)
    if not quiet:
        say(_summary(audited, unread, partial, contradictions))
    if contradictions:
        return ExitCode.CONTRADICTIONS
    return ExitCode.NOTHING_READ if not audited else ExitCode.PARTIAL if unread or partial else ExitCode.OK


class Audited(NamedTuple):
    """What came of one report, and whether some of its pages were not read."""

    tally: AuditTally
    entries: list[AuditEntry]
    partial: bool


def _audit(source: Source, extractor: Extractor) -> Audited:
    document = extractor.read(source.read(), source.name)
    demand_text(document)
    extraction = extractor.extract(document)
    entries = audit(extraction, extractor.knowledge.catalogue)
    return Audited(tally(extraction), entries, tell_skipped(source.given, document))


def _write(text: str, output: Path | None) -> None:
    if output is None:
        put(text)
        return
    with whole_file(output) as stream:
        stream.write(text.encode("utf-8"))


def _summary(audited: Sequence[Audited], unread: int, partial: int, contradictions: int) -> str:
    told = f"{len(audited)} {'report' if len(audited) == 1 else 'reports'} read"
    if unread:
        told += f", {unread} not"
    if partial:
        told += f", {partial} only in part"
    if not audited:
        return told
    held, figures = sum(one.tally.held for one in audited), sum(one.tally.figures for one in audited)
    told += f"; {held:,} of {figures:,} figures could be tested"
    unlikely = sum(len(one.entries) for one in audited) - contradictions
    verdict = "they add up" if not contradictions else f"{contradictions} things do not add up"
    verdict = "1 thing does not add up" if contradictions == 1 else verdict
    verdict = "nothing to add up" if not held and not contradictions else verdict
    doubted = f"; {unlikely} unlikely {'value' if unlikely == 1 else 'values'}" if unlikely else ""
    return f"{told}: {verdict}{doubted}"


def _tested(of: AuditTally) -> str:
    """How much of a report could be tested, in a sentence."""
    if not of.figures:
        return "No figure of a known measure was found, so nothing could be tested."
    figures = f"{of.figures:,} {'figure' if of.figures == 1 else 'figures'}"
    if not of.held:
        return f"{figures} read; nothing in the report could be held against {'it' if of.figures == 1 else 'them'}."
    rest = f"; {of.alone:,} {'stands' if of.alone == 1 else 'stand'} alone" if of.alone else ""
    return f"{of.held:,} of {figures} could be held against others or against their own counts{rest}."


def _as_text(audited: Sequence[Audited]) -> str:
    """The readable list."""
    lines: list[str] = []
    number = 0
    for tested, entries, _ in audited:
        lines += [tested.document, _tested(tested), ""]
        for entry in entries:
            number += 1
            lines.append(f"{number}. {_NAMES.get(entry.check, entry.check)}: {entry.text}")
            for figure in entry.figures:
                mark = "?" if figure.doubtful else " "
                lines += [
                    f"   {mark} page {figure.page}: “{figure.quote}”",
                    f"     {figure.value_text}: {_about(figure)}",
                ]
            lines += [f"     perhaps: {reason}" for reason in entry.repairs]
            lines.append("")
    return "\n".join(lines)


def _about(figure: AuditFigure) -> str:
    """What a figure is said of."""
    known = ", ".join(part for part in (figure.indicator_name, figure.area, figure.period) if part)
    return known or "no known measure"


def _as_json(audited: Sequence[Audited]) -> str:
    tested = ",\n".join(as_json(one.tally) for one in audited)
    body = ",\n".join(as_json(entry) for one in audited for entry in one.entries)
    return f'{{"reports": {len(audited)}, "tested": [\n{tested}\n], "entries": [\n{body}\n]}}\n'


_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{margin-top:2rem}li{margin:1rem 0}blockquote{margin:.3rem 0 .3rem 1rem;padding-left:.7rem;border-left:3px solid #bbb}
blockquote.doubtful{border-color:#b00020}.note{color:#555}"""


def _as_html(audited: Sequence[Audited]) -> str:
    """One page that needs nothing else."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Audit</title>',
        '<meta name="viewport" content="width=device-width">',
        f"<style>{_STYLE}</style></head><body><h1>What does not add up</h1>",
        f"<p>{len(audited)} {'report was' if len(audited) == 1 else 'reports were'} read.</p>",
    ]
    for tested, entries, _ in audited:
        parts += [f"<h2>{html.escape(tested.document)}</h2>", f'<p class="note">{_tested(tested)}</p>']
        if entries:
            parts += ["<ol>", *(_html_entry(entry) for entry in entries), "</ol>"]
        elif tested.held:
            parts.append("<p>All that could be tested adds up.</p>")
    return "\n".join([*parts, "</body></html>", ""])


def _html_entry(entry: AuditEntry) -> str:
    lines = [f"<li><strong>{html.escape(_NAMES.get(entry.check, entry.check))}</strong>: {html.escape(entry.text)}"]
    for figure in entry.figures:
        kind = ' class="doubtful"' if figure.doubtful else ""
        lines.append(
            f"<blockquote{kind}>Page {figure.page}: {html.escape(figure.quote)}"
            f'<br><span class="note">{html.escape(f"{figure.value_text}: {_about(figure)}")}</span></blockquote>'
        )
    lines += [f'<p class="note">Perhaps: {html.escape(reason)}</p>' for reason in entry.repairs]
    return "\n".join([*lines, "</li>"])


_WRITERS: dict[AuditFormat, Callable[[Sequence[Audited]], str]] = {
    AuditFormat.TEXT: _as_text,
    AuditFormat.JSON: _as_json,
    AuditFormat.HTML: _as_html,
}
