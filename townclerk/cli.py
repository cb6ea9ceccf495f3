"""The command line: one thin function a command. Whatever is heavy is imported when a command needs it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from townclerk import __version__
from townclerk.console.faults import ended
from townclerk.console.streams import prepare_streams
from townclerk.extract.output.atomic import written
from townclerk.extract.output.formats import AuditFormat, Format
from townclerk.extract.reading.options import Ocr, OcrQuality, ReadOptions
from townclerk.models.errors import ExitCode
from townclerk.models.units import Role
from townclerk.store.vocabulary import ExportFormat, Review

app = typer.Typer(
    name="townclerk",
    help="Read children's services performance reports and turn their figures into observations.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
patterns_app = typer.Typer(help="Work with indicator packs.", no_args_is_help=True)
app.add_typer(patterns_app, name="patterns")

Inputs = Annotated[list[str], typer.Argument(metavar="INPUTS", help="Files, folders, wildcards, or -.")]
Authority = Annotated[str | None, typer.Option(help="Whose reports these are.")]
PeriodCode = Annotated[str | None, typer.Option("--period", help="The reports' period, such as 2018-19-Q3.")]
MeetingDate = Annotated[str | None, typer.Option(help="The day of the meeting, as 2019-03-14.")]
Areas = Annotated[list[Path] | None, typer.Option(help="CSV file of authorities or areas to add.")]
Packs = Annotated[list[Path] | None, typer.Option("--patterns", help="Indicator pack (YAML) to add or replace.")]
Password = Annotated[
    str | None, typer.Option(envvar="TOWNCLERK_PASSWORD", help="Password of encrypted PDF files.", show_envvar=True)
]
OcrWhen = Annotated[Ocr, typer.Option("--ocr", help="Read words from pictures: where needed, on every page, or never.")]
OcrHow = Annotated[
    OcrQuality, typer.Option("--ocr-quality", help="Read pictures once, or their numbers twice with two readers.")
]
Output = Annotated[str | None, typer.Option("-o", "--output", help="File to write (.jsonl, .json, .csv), or -.")]

Into = Annotated[
    str | None,
    typer.Option(
        envvar="TOWNCLERK_DB", help="Store: a file, a folder, or postgresql://user@host/name.", show_envvar=True
    ),
]
Db = Annotated[str | None, typer.Option("--db", envvar="TOWNCLERK_DB", help="The store.", show_envvar=True)]

Repair = Annotated[
    bool, typer.Option("--repair", help="Put in the value that arithmetic shows where one slip in print explains it.")
]

_debug = False


def main(arguments: list[str] | None = None) -> int:
    """Run the command line and return its exit code."""
    prepare_streams()

    def whole() -> ExitCode:
        with written("standard output"):  # the help is printed outside of any command
            app(args=arguments, prog_name="townclerk")
        return ExitCode.OK

    try:
        return ended(whole)
    except SystemExit as end:
        return end.code if isinstance(end.code, int) else ExitCode.FAULT


def _end(action: Callable[[], ExitCode]) -> NoReturn:
    raise typer.Exit(ended(action, debug=_debug))


def _show_version(asked: bool) -> None:
    if asked:
        typer.echo(f"townclerk {__version__}")
        raise typer.Exit


@app.callback()
def _start(
    *,
    debug: Annotated[bool, typer.Option("--debug", help="Show where a fault of Townclerk's own arose.")] = False,
    _version: Annotated[bool, typer.Option("--version", callback=_show_version, is_eager=True)] = False,
) -> None:
    global _debug  # noqa: PLW0603 - the process has one command line
    _debug = debug


@app.command()
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
    repair: Repair = False,
    calibration: Annotated[Path | None, typer.Option(help="Calibration (.json) that calibrate wrote.")] = None,
    accept_at: Annotated[
        str | None, typer.Option(help="Count as accepted what is certified so precise: auto, or such as 0.97.")
    ] = None,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
) -> None:
    """Read reports and write their observations.

    On a screen the observations come as a table, into a pipe as JSON Lines; -o FILE picks the format by suffix.
    """

    def action() -> ExitCode:
        from townclerk.console.extraction import run
        from townclerk.console.options import ExtractOptions, Wanted
        from townclerk.console.settings import stated_settings
        from townclerk.extract.extractors import Extractors

        stated = replace(
            stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality),
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
            debug=_debug,
        )
        extractors = Extractors(stated)
        return run(options, lambda source: extractors.for_folder(source.folder))

    _end(action)


@app.command()
def audit(
    reports: Annotated[list[str], typer.Argument(metavar="REPORTS", help="Files, folders, wildcards, or -.")],
    form: Annotated[AuditFormat, typer.Option("--format", help="How to write it.")] = AuditFormat.TEXT,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="File to write.")] = None,
    authority: Authority = None,
    period: PeriodCode = None,
    meeting_date: MeetingDate = None,
    areas: Areas = None,
    patterns: Packs = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
) -> None:
    """List what does not add up in reports, with quotes, pages and the arithmetic.

    Ends with 0 where all that can be tested adds up, and with 5 where a report contradicts itself.
    """

    def action() -> ExitCode:
        from townclerk.console.auditing import run
        from townclerk.console.settings import stated_settings
        from townclerk.extract.extractors import Extractors

        extractors = Extractors(
            stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality)
        )
        return run(reports, lambda source: extractors.for_folder(source.folder), form, output, quiet=quiet)

    _end(action)


@app.command()
def explain(
    observation_id: Annotated[str, typer.Argument(metavar="OBSERVATION_ID", help="Its id, or the beginning of it.")],
    source: Annotated[Path, typer.Option("--in", help="Observations (.jsonl) that extract wrote.")],
) -> None:
    """Show why an observation has its confidence: each reason with its weight."""

    def action() -> ExitCode:
        from townclerk.console.explaining import explain as run

        return run(observation_id, source)

    _end(action)


@app.command()
def calibrate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file (.jsonl), or a folder of them.")],
    reports: Annotated[list[Path], typer.Argument(metavar="REPORTS", help="Reports, or folders of them.")],
    output: Annotated[Path | None, typer.Option("-o", "--output", help="Calibration file (.json) to write.")] = None,
    plot: Annotated[Path | None, typer.Option(help="Draw reliability and risk to this .html or .png file.")] = None,
    areas: Areas = None,
) -> None:
    """Refit the confidence on your own gold and say how far it can be trusted."""

    def action() -> ExitCode:
        from townclerk.console.calibration import calibrate as run

        return run(gold, reports, output, plot, areas or [])

    _end(action)


@app.command()
def evaluate(
    gold: Annotated[Path, typer.Argument(metavar="GOLD", help="Gold file (.jsonl), or a folder of them.")],
    reports: Annotated[list[str], typer.Argument(metavar="REPORTS", help="Reports, or their observations (.jsonl).")],
    show: Annotated[bool, typer.Option("--show", help="List misses, false observations and near-misses.")] = False,
    machine: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Score observations against gold: precision, recall and F1 at three levels."""

    def action() -> ExitCode:
        from townclerk.console.evaluation import run

        return run(gold, reports, details=show, machine=machine)

    _end(action)


@app.command()
def schema(
    documents: Annotated[bool, typer.Option("--documents", help="The schema of --documents records.")] = False,
) -> None:
    """Print the JSON Schema of an observation."""

    def action() -> ExitCode:
        from townclerk.console.schemas import print_schema

        return print_schema(documents=documents)

    _end(action)


@app.command()
def show(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="The report, or - for standard input.")],
    text: Annotated[bool, typer.Option("--text", help="Print the report's blocks as they were understood.")] = False,
    raw: Annotated[bool, typer.Option("--raw", help="With --text: the text all offsets point into, as it is.")] = False,
    page: Annotated[int | None, typer.Option(min=1, help="Draw this page with what was understood on it.")] = None,
    output: Annotated[Path | None, typer.Option("-o", "--output", help="PNG file for the drawing.")] = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
) -> None:
    """Show what the reader saw in a report."""

    def action() -> ExitCode:
        from townclerk.console.viewing import show_report

        options = ReadOptions(password=password, ocr=ocr, ocr_quality=ocr_quality)
        return show_report(report, text=text, raw=raw, page=page, output=output, options=options)

    _end(action)


@app.command(name="period")
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

    _end(action)


@patterns_app.command("check")
def patterns_check(
    packs: Annotated[
        list[Path] | None, typer.Argument(metavar="[PACKS]", help="Packs; none checks the shipped ones.")
    ] = None,
) -> None:
    """Check indicator packs and tell every fault with file and line."""

    def action() -> ExitCode:
        from townclerk.console.packs import check

        return check(packs or [])

    _end(action)


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Observations of an earlier run (.jsonl).")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Observations of a later run (.jsonl).")],
    machine: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Compare two runs over the same reports."""

    def action() -> ExitCode:
        from townclerk.console.evaluation import compare

        return compare(old, new, machine=machine)

    _end(action)


@app.command()
def convert(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCES", help="Folders, files, zip archives, or addresses such as s3://….")
    ],
    into: Into = None,
    jobs: Annotated[int, typer.Option(min=0, help="Worker processes; 0 for one a core.")] = 0,
    limit_time: Annotated[float, typer.Option(min=1, help="Seconds a document may take.")] = 900,
    limit_memory: Annotated[int, typer.Option(min=256, help="MB a worker may hold.")] = 2048,
    limit_size: Annotated[int, typer.Option(min=1, help="MB a document may have.")] = 1024,
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
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but faults.")] = False,
) -> None:
    """Convert whole archives into a store, safely; the same command goes on where it stopped."""

    def action() -> ExitCode:
        from dataclasses import replace

        from townclerk.console.conversion import run, store_option
        from townclerk.console.settings import stated_settings
        from townclerk.convert.archive import ConvertOptions
        from townclerk.convert.limits import MB, Limits

        stated = stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality)
        options = ConvertOptions(
            settings=replace(stated, repair=repair),
            limits=Limits(limit_time, limit_memory * MB, limit_size * MB),
            jobs=jobs,
            retry_failed=retry_failed,
            wait_seconds=wait,
            cluster=cluster,
        )
        return run(sources, store_option(into, "--into"), options, dry_run=dry_run, quiet=quiet)

    _end(action)


@app.command()
def runs(
    db: Db = None,
    run: Annotated[int | None, typer.Option("--run", help="Only this run.")] = None,
) -> None:
    """Show a store's runs and the documents that failed."""

    def action() -> ExitCode:
        from townclerk.console.conversion import show_runs, store_option

        return show_runs(store_option(db, "--db"), run)

    _end(action)


@app.command()
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

        for day in (since, until):
            date_option(day)
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

    _end(action)


@app.command()
def series(
    indicator: Annotated[str, typer.Argument(metavar="INDICATOR", help="Its id in the catalogue.")],
    db: Db = None,
    authority: Annotated[str | None, typer.Option(help="Only this authority's reports.")] = None,
    min_confidence: Annotated[float, typer.Option(min=0, max=1, help="Only what is at least this sure.")] = 0.0,
    plot: Annotated[Path | None, typer.Option(help="Draw it into this .svg or .html file.")] = None,
    machine: Annotated[bool, typer.Option("--json", help="Print JSON Lines for machines.")] = False,
) -> None:
    """Show one indicator over time and from report to report, with restated values."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.exporting import run_series

        return run_series(store_option(db, "--db"), indicator, authority, min_confidence, plot, machine=machine)

    _end(action)
