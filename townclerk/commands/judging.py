"""Commands that judge: reports against themselves, readings against gold, packs against their rules."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from townclerk.commands.arguments import Areas, Authority, Db, MeetingDate, OcrHow, OcrWhen, Packs, Password, PeriodCode
from townclerk.commands.running import end
from townclerk.extract.output.formats import AuditFormat
from townclerk.models.errors import ExitCode


def audit(
    reports: Annotated[list[str], typer.Argument(metavar="REPORTS", help="Files, folders, wildcards, or -.")],
    form: Annotated[
        AuditFormat | None, typer.Option("--format", help="Format, where the file name does not say; else text.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="File to write (.html, .json, or text).")
    ] = None,
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
        from townclerk.console.auditing import format_for, run
        from townclerk.console.settings import stated_settings
        from townclerk.extract.extractors import Extractors

        extractors = Extractors(
            stated_settings(authority, period, meeting_date, areas, patterns, password, ocr, ocr_quality)
        )
        return run(
            reports, lambda source: extractors.for_folder(source.folder), format_for(form, output), output, quiet=quiet
        )

    end(action)


def explain(
    observation_id: Annotated[str, typer.Argument(metavar="OBSERVATION_ID", help="Its id, or the beginning of it.")],
    source: Annotated[Path | None, typer.Option("--in", help="Observations (.jsonl) that extract wrote.")] = None,
    db: Db = None,
) -> None:
    """Show why an observation has its confidence: each reason with its weight."""

    def action() -> ExitCode:
        from townclerk.console.explaining import explain as run

        return run(observation_id, source, db)

    end(action)


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

    end(action)


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

    end(action)


def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="Observations of an earlier run (.jsonl).")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="Observations of a later run (.jsonl).")],
    machine: Annotated[bool, typer.Option("--json", help="Print JSON for machines.")] = False,
) -> None:
    """Compare two runs over the same reports."""

    def action() -> ExitCode:
        from townclerk.console.evaluation import compare

        return compare(old, new, machine=machine)

    end(action)


def patterns_check(
    packs: Annotated[
        list[Path] | None, typer.Argument(metavar="[PACKS]", help="Packs; none checks the shipped ones.")
    ] = None,
) -> None:
    """Check indicator packs and tell every fault with file and line."""

    def action() -> ExitCode:
        from townclerk.console.packs import check

        return check(packs or [])

    end(action)
