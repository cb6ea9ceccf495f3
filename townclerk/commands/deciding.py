"""Commands about what reviewers decided."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from townclerk.commands.arguments import Areas, Db, Packs
from townclerk.commands.running import end
from townclerk.models.errors import ExitCode

decisions_app = typer.Typer(help="Take reviewers' decisions out of a store, or in; list them.", no_args_is_help=True)


@decisions_app.command("list")
def list_decisions(
    db: Db = None,
    reviewer: Annotated[str | None, typer.Option(help="Only this reviewer's.")] = None,
    document: Annotated[str | None, typer.Option(help="Only on documents whose name holds these words.")] = None,
    last: Annotated[int | None, typer.Option(min=1, help="Only so many, the latest ones.")] = None,
    machine: Annotated[bool, typer.Option("--json", help="Print JSON Lines for machines.")] = False,
) -> None:
    """List decisions: who decided what, when, and why."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.deciding import list_log

        return list_log(store_option(db, "--db"), reviewer, document, last, machine=machine)

    end(action)


@decisions_app.command("conflicts")
def conflicts(
    db: Db = None,
    machine: Annotated[bool, typer.Option("--json", help="Print JSON Lines for machines.")] = False,
) -> None:
    """List decisions that a new reading of the report contradicts, and figures on which reviewers disagree."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.deciding import list_conflicts

        return list_conflicts(store_option(db, "--db"), machine=machine)

    end(action)


@decisions_app.command("export")
def export_decisions(
    db: Db = None,
    output: Annotated[str, typer.Option("-o", "--output", help="File (.jsonl) to write, or -.")] = "-",
) -> None:
    """Write the whole log as JSON Lines."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.deciding import export_log

        return export_log(store_option(db, "--db"), None if output == "-" else Path(output))

    end(action)


@decisions_app.command("import")
def import_decisions(
    files: Annotated[list[Path], typer.Argument(metavar="FILES", help="Logs (.jsonl) that export wrote.")],
    db: Db = None,
) -> None:
    """Add the decisions of other logs; what the store has already is passed over."""

    def action() -> ExitCode:
        from townclerk.console.conversion import store_option
        from townclerk.console.deciding import import_logs

        return import_logs(store_option(db, "--db"), files)

    end(action)


def learn(
    database: Annotated[
        str,
        typer.Argument(
            metavar="DATABASE",
            envvar="TOWNCLERK_DB",
            help="The store: a file, a folder, or postgresql://user@host/name.",
        ),
    ],
    output: Annotated[Path, typer.Option("-o", "--output", help="Folder to write into.")],
    trial: Annotated[
        bool, typer.Option("--trial/--no-trial", help="Read the decided reports again to compare.")
    ] = True,
    areas: Areas = None,
    patterns: Packs = None,
) -> None:
    """Turn decisions into a pack of phrasings, gold and regression cases, and show what the pack would change.

    Nothing changes by it: look through the folder and keep what is good.
    """

    def action() -> ExitCode:
        from townclerk.console.learning import run

        return run(database, output, areas or [], patterns or [], trial=trial)

    end(action)
