"""`townclerk audit`: what in these reports does not add up."""

from __future__ import annotations

import html
from collections.abc import Callable, Sequence
from pathlib import Path

from townclerk.console.faults import tell
from townclerk.console.sinks import check_places
from townclerk.console.streams import guarded_stdout, put, say
from townclerk.extract.audit import AuditEntry, audit
from townclerk.extract.inputs import Source, find_sources
from townclerk.extract.output.atomic import whole_file
from townclerk.extract.output.formats import AuditFormat
from townclerk.extract.output.records import as_json
from townclerk.extract.pipeline import Extractor
from townclerk.models.errors import ExitCode, MissingComponentError, UnreadableError

_NAMES = {
    "ratio": "a percentage and its own counts",
    "whole_number": "a percentage and its own count",
    "parts_beside": "a percentage and the counts beside it",
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
    "gap": "a difference and its two values",
    "repeat": "one figure stated twice",
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
    entries: list[AuditEntry] = []
    read, unread = 0, len(found.faults)
    with guarded_stdout():
        for source in found.sources:
            try:
                entries += _audit(source, extractor_for(source))
                read += 1
            except (UnreadableError, MissingComponentError) as fault:
                tell(fault)
                unread += 1
    _write(_WRITERS[form](entries, read), output)
    contradictions = [entry for entry in entries if entry.kind == "contradiction"]
    if not quiet:
        say(_summary(read, unread, len(contradictions), len(entries) - len(contradictions)))
    if contradictions:
        return ExitCode.CONTRADICTIONS
    return ExitCode.NOTHING_READ if not read else ExitCode.PARTIAL if unread else ExitCode.OK


def _audit(source: Source, extractor: Extractor) -> list[AuditEntry]:
    extraction = extractor.extract(extractor.read(source.read(), source.name))
    return audit(extraction, extractor.knowledge.catalogue)


def _write(text: str, output: Path | None) -> None:
    if output is None:
        put(text)
        return
    with whole_file(output) as stream:
        stream.write(text.encode("utf-8"))


def _summary(read: int, unread: int, contradictions: int, unlikely: int) -> str:
    told = f"{read} {'report' if read == 1 else 'reports'} read"
    if unread:
        told += f", {unread} not"
    if not read:
        return told
    verdict = "all that could be tested adds up" if not contradictions else f"{contradictions} things do not add up"
    verdict = "1 thing does not add up" if contradictions == 1 else verdict
    doubted = f"; {unlikely} unlikely {'value' if unlikely == 1 else 'values'}" if unlikely else ""
    return f"{told}: {verdict}{doubted}"


def _as_text(entries: list[AuditEntry], _: int) -> str:
    """The readable list."""
    lines: list[str] = []
    document = None
    for number, entry in enumerate(entries, 1):
        if entry.document != document:
            lines += [entry.document, ""]
            document = entry.document
        lines.append(f"{number}. {_NAMES.get(entry.check, entry.check)}: {entry.text}")
        for figure in entry.figures:
            mark = "?" if figure.doubtful else " "
            about = ", ".join(part for part in (figure.indicator_name, figure.area, figure.period) if part)
            lines += [f"   {mark} page {figure.page}: “{figure.quote}”", f"     {figure.value_text}: {about}"]
        lines += [f"     perhaps: {reason}" for reason in entry.repairs]
        lines.append("")
    return "\n".join(lines)


def _as_json(entries: list[AuditEntry], read: int) -> str:
    body = ",\n".join(as_json(entry) for entry in entries)
    return f'{{"reports": {read}, "entries": [\n{body}\n]}}\n'


_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
h2{margin-top:2rem}li{margin:1rem 0}blockquote{margin:.3rem 0 .3rem 1rem;padding-left:.7rem;border-left:3px solid #bbb}
blockquote.doubtful{border-color:#b00020}.note{color:#555}"""


def _as_html(entries: list[AuditEntry], read: int) -> str:
    """One page that needs nothing else."""
    parts = [
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Audit</title>',
        f"<style>{_STYLE}</style></head><body><h1>What does not add up</h1>",
        f"<p>{read} {'report was' if read == 1 else 'reports were'} read.</p>",
    ]
    documents = list(dict.fromkeys(entry.document for entry in entries))
    if not documents:
        parts.append("<p>All that could be tested adds up.</p>")
    for document in documents:
        parts.append(f"<h2>{html.escape(document)}</h2><ol>")
        parts += [_html_entry(entry) for entry in entries if entry.document == document]
        parts.append("</ol>")
    return "\n".join([*parts, "</body></html>", ""])


def _html_entry(entry: AuditEntry) -> str:
    lines = [f"<li><strong>{html.escape(_NAMES.get(entry.check, entry.check))}</strong>: {html.escape(entry.text)}"]
    for figure in entry.figures:
        kind = ' class="doubtful"' if figure.doubtful else ""
        about = ", ".join(part for part in (figure.indicator_name, figure.area, figure.period) if part)
        lines.append(
            f"<blockquote{kind}>Page {figure.page}: {html.escape(figure.quote)}"
            f'<br><span class="note">{html.escape(figure.value_text)}: {html.escape(about)}</span></blockquote>'
        )
    lines += [f'<p class="note">Perhaps: {html.escape(reason)}</p>' for reason in entry.repairs]
    return "\n".join([*lines, "</li>"])


_WRITERS: dict[AuditFormat, Callable[[list[AuditEntry], int], str]] = {
    AuditFormat.TEXT: _as_text,
    AuditFormat.JSON: _as_json,
    AuditFormat.HTML: _as_html,
}
