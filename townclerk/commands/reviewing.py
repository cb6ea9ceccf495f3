"""Commands of the review room."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from townclerk.commands.arguments import Areas, OcrHow, OcrWhen, Packs, Password
from townclerk.commands.running import end
from townclerk.models.errors import ExitCode


def review(
    database: Annotated[
        str,
        typer.Argument(
            metavar="DATABASE",
            envvar="TOWNCLERK_DB",
            help="The store: a file, a folder, or postgresql://user@host/name.",
        ),
    ],
    port: Annotated[int | None, typer.Option(min=0, max=65535, help="Port to listen at; 0 for any free one.")] = None,
    host: Annotated[str, typer.Option(help="Where to listen; beyond this machine only with --certfile.")] = "127.0.0.1",
    certfile: Annotated[Path | None, typer.Option(help="Certificate (PEM) for listening beyond this machine.")] = None,
    keyfile: Annotated[Path | None, typer.Option(help="Its key, where it is in a file of its own.")] = None,
    reviewers: Annotated[Path | None, typer.Option(help="File of reviewers who sign in with a password.")] = None,
    reviewer: Annotated[str | None, typer.Option(help="Name under which decisions are entered.")] = None,
    no_browser: Annotated[bool, typer.Option("--no-browser", help="Only print the address.")] = False,
    areas: Areas = None,
    patterns: Packs = None,
    password: Password = None,
    ocr: OcrWhen = "auto",
    ocr_quality: OcrHow = "fast",
) -> None:
    """Settle in the browser what the machine was unsure of."""

    def action() -> ExitCode:
        from townclerk.console.reviewing import ReviewOptions, run_review
        from townclerk.console.settings import stated_settings

        settings = stated_settings(None, None, None, areas, patterns, password, ocr, ocr_quality)
        options = ReviewOptions(
            database, host, port, certfile, keyfile, reviewers, reviewer, browser=not no_browser, settings=settings
        )
        return run_review(options)

    end(action)


def reviewer(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="File of reviewers; made where there is none.")],
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name to sign in with.")],
) -> None:
    """Let a reviewer sign in: asks for a password and keeps its argon2 digest."""

    def action() -> ExitCode:
        from townclerk.console.reviewing import run_reviewer

        return run_reviewer(file, name)

    end(action)
