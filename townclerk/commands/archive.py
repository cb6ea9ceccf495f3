"""Commands of a whole archive: into a store, and out of it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from townclerk.commands.arguments import (
    Areas,
    Authority,
    Db,
    Into,
    MeetingDate,
    OcrHow,
    OcrWhen,
    Packs,
    PageMemory,
    PageTime,
    Password,
    PeriodCode,
    Repair,
)
from townclerk.commands.running import end
from townclerk.extract.reading.options import PAGE_MEGABYTES, PAGE_SECONDS
from townclerk.models.errors import ExitCode
from townclerk.models.units import Role
from townclerk.store.vocabulary import ExportFormat, Review


def convert(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCES", help="Folders, files, zip archives, or addresses such as s3://….")
    ],
    into: Into = None,
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for one a core.")] = 0,
    limit_time: Annotated[float, typer.Option(min=1, help="Seconds a document may take.")] = 900,
    limit_memory: Annotated[int, typer.Option(min=256, help="MB a worker may hold.")] = 2048,
    limit_size: Annotated[int, typer.Option(min=1, help="MB a document may have.")] = 1024,
    limit_page_time: PageTime = PAGE_SECONDS,
    limit_page_memory: PageMemory = PAGE_MEGABYTES,
    cluster: Annotated[
        str | None, typer.Option(help="Dask scheduler to work on (tcp://host:8786), or local to try it.")
    ] = None,
    retry_failed: Annotated[bool, typer.Option("--retry-failed", help="Try again what failed before.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would be converted; write nothing.")] = False,
    wait: Annotated[float, typer.Option(min=0, help="Seconds to wait for another conversion into the store.")] = 0,
    authority: Authority = None,
    period: PeriodCode = None,
    meeting_date: MeetingDate = None,
    areas: Areas = None,
    patterns: Packs = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
    repair: Repair = False,
    accept_at: Annotated[
        str | None, typer.Option(help="Count as accepted what is certified so precise: auto, or such as 0.97.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
) -> None:
    """Convert whole archives into a store, safely; the same command goes on where it stopped."""

    def action() -> ExitCode:
        from dataclasses import replace

        from townclerk.console.conversion import run, store_option
        from townclerk.console.settings import stated_settings
        from townclerk.convert.conversion import ConvertOptions
        from townclerk.convert.limits import MB, Limits

        stated = stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality)
        options = ConvertOptions(
            settings=replace(
                stated,
                repair=repair,
                max_seconds_per_page=limit_page_time,
                max_megabytes_per_page=limit_page_memory,
            ),
            limits=Limits(limit_time, limit_memory * MB, limit_size * MB),
            jobs=jobs,
            retry_failed=retry_failed,
            wait_seconds=wait,
            cluster=cluster,
        )
        return run(sources, store_option(into, "--into"), options, dry_run=dry_run, accept_at=accept_at, quiet=quiet)

    end(action)


def runs(
    db: Db = None,
    run: Annotated[int | None, typer.Option("--run", help="Only this run.")] = None,
) -> None:
    """Show a store's runs and the documents that failed."""

    def action() -> ExitCode:
        from townclerk.console.conversion import show_runs, store_option

        return show_runs(store_option(db, "--db"), run)

    end(action)


def export(
    output: Annotated[
        Path,
        typer.Option("-o", "--output", help="File (.csv, .jsonl, .parquet, .xlsx), or a folder for a data package."),
    ],
    db: Db = None,
    form: Annotated[ExportFormat | None, typer.Option("--format", help="Format, where the name does not say.")] = None,
    wide: Annotated[
        bool, typer.Option("--wide", help="A row an authority, area, role and period; a column an indicator.")
    ] = False,
    indicator: Annotated[list[str] | None, typer.Option(help="Only these indicators (ids); repeatable.")] = None,
    authority: Annotated[list[str] | None, typer.Option(help="Only reports of these authorities.")] = None,
    since: Annotated[str | None, typer.Option(help="Periods that end on this day (2019-03-31) or later.")] = None,
    until: Annotated[str | None, typer.Option(help="Periods that end on this day or earlier.")] = None,
    role: Annotated[Role | None, typer.Option(help="Only actual values or targets.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only what is at least this sure.")] = 0.0,
    review: Annotated[list[Review] | None, typer.Option(help="Only what stands so in the review; repeatable.")] = None,
    duplicates: Annotated[bool, typer.Option("--duplicates", help="With figures of near-duplicate documents.")] = False,
    licence: Annotated[str | None, typer.Option(help="Licence a data package names, such as OGL-UK-3.0.")] = None,
    patterns: Packs = None,
) -> None:
    """Export a store's observations: a tidy long table, or a wide one."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.exporting import run_export
        from townclerk.console.options import date_option
        from townclerk.store.exporting.export import ExportOptions
        from townclerk.store.exporting.tables import Shape
        from townclerk.store.observations import Wanted

        date_option(since, "--since")
        date_option(until, "--until")
        wanted = Wanted(
            indicators=tuple(indicator or ()),
            authorities=tuple(authority or ()),
            role=role,
            min_confidence=min_confidence,
            period_from=since,
            period_to=until,
            once=not duplicates,
        )
        shape = Shape.WIDE if wide else Shape.LONG
        options = ExportOptions(wanted, tuple(review or ()), shape, licence, tuple(patterns or ()))
        return run_export(store_option(db, "--db"), output, options, form)

    end(action)


def series(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its id in the catalogue.")],
    db: Db = None,
    authority: Annotated[str | None, typer.Option(help="Only this authority's reports.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only what is at least this sure.")] = 0.0,
    plot: Annotated[Path | None, typer.Option(help="Draw it into this .png, .svg or .html file.")] = None,
    machine: Annotated[bool, typer.Option("--json", help="Print JSON Lines for machines.")] = False,
) -> None:
    """Show one indicator over time and from report to report, with restated values."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.exporting import run_series

        return run_series(store_option(db, "--db"), indicator, authority, min_confidence, plot, machine=machine)

    end(action)
