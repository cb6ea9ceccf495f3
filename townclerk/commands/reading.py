"""Commands that read reports: what they hold, and what the reader saw."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from townclerk.commands.arguments import (
    Areas,
    Authority,
    Inputs,
    MeetingDate,
    OcrHow,
    OcrWhen,
    Output,
    Packs,
    PageMemory,
    PageTime,
    Password,
    PeriodCode,
    Repair,
)
from townclerk.commands.running import debugging, end
from townclerk.extract.output.formats import Format
from townclerk.extract.reading.options import PAGE_MEGABYTES, PAGE_SECONDS, ReadOptions
from townclerk.models.errors import ExitCode
from townclerk.models.units import Role


def extract(
    inputs: Inputs,
    output: Output = None,
    form: Annotated[Format | None, typer.Option("--format", help="Format, where the file name does not say.")] = None,
    documents: Annotated[Path | None, typer.Option(help="Write one record an input to this .jsonl file.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Keep what is at least this sure.")] = 0.0,
    indicator: Annotated[list[str] | None, typer.Option(help="Keep these indicators (ids); repeatable.")] = None,
    role: Annotated[Role | None, typer.Option(help="Keep actual values or targets only.")] = None,
    authority: Authority = None,
    period: PeriodCode = None,
    meeting_date: MeetingDate = None,
    areas: Areas = None,
    patterns: Packs = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
    limit_page_time: PageTime = PAGE_SECONDS,
    limit_page_memory: PageMemory = PAGE_MEGABYTES,
    repair: Repair = False,
    calibration: Annotated[Path | None, typer.Option(help="Calibration (.json) that calibrate wrote.")] = None,
    accept_at: Annotated[
        str | None, typer.Option(help="Count as accepted what is certified so precise: auto, or such as 0.97.")
    ] = None,
    profile: Annotated[bool, typer.Option("--profile", help="Tell how much of the time each stage took.")] = False,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
) -> None:
    """Read reports and write their observations.

    On a screen the observations come as a table, into a pipe as JSON Lines; -o FILE picks the format by suffix.
    """

    def action() -> ExitCode:
        from townclerk.console.extraction import run
        from townclerk.console.options import ExtractOptions, Wanted
        from townclerk.console.profiling import profiled
        from townclerk.console.settings import stated_settings
        from townclerk.extract.extractors import Extractors

        stated = replace(
            stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality),
            max_seconds_per_page=limit_page_time,
            max_megabytes_per_page=limit_page_memory,
            repair=repair,
            calibration=calibration,
        )
        options = ExtractOptions(
            inputs=tuple(inputs),
            output=None if output in {None, "-"} else Path(str(output)),
            form=form or (Format.JSONL if output == "-" else None),
            documents=documents,
            wanted=Wanted(min_confidence, frozenset(indicator or ()), role),
            accept_at=accept_at,
            calibration=calibration,
            quiet=quiet,
            debug=debugging(),
        )
        extractors = Extractors(stated)
        with profiled(profile):
            return run(options, lambda source: extractors.for_folder(source.folder))

    end(action)


def show(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report, or - for standard input.")],
    text: Annotated[bool, typer.Option("--text", help="Print the report's blocks as they were understood.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --text: the text all offsets point into, as it is.")] = False,
    page: Annotated[int | None, typer.Option(min=1, help="Draw this page with what was understood on it.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="PNG file for the drawing.")] = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
    limit_page_time: PageTime = PAGE_SECONDS,
    limit_page_memory: PageMemory = PAGE_MEGABYTES,
) -> None:
    """Show what the reader saw in a report."""

    def action() -> ExitCode:
        from townclerk.console.viewing import show_report

        options = ReadOptions(password, limit_page_time, limit_page_memory, ocr, ocr_quality)
        return show_report(report, text=text, raw=raw, page=page, output=output, options=options)

    end(action)


def period_command(
    text: Annotated[
        str | None, typer.Argument(metavar="[TEXT]", help="Words such as 'same quarter last year'.")
    ] = None,
    period: PeriodCode = None,
    meeting_date: MeetingDate = None,
    file: Annotated[Path | None, typer.Option(help="CSV file of many such rows.")] = None,
) -> None:
    """Resolve words that name a time to a period's code and dates."""

    def action() -> ExitCode:
        from townclerk.console.periods import run

        return run(text, period, meeting_date, file)

    end(action)


def schema(
    documents: Annotated[bool, typer.Option("--documents", help="The schema of --documents records.")] = False,
) -> None:
    """Print the JSON Schema of an observation."""

    def action() -> ExitCode:
        from townclerk.console.schemas import print_schema

        return print_schema(documents=documents)

    end(action)
