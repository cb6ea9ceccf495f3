"""The command line: which commands there are. They stand in `commands/`, their bodies in `console/`."""

from __future__ import annotations

from typing import Annotated

import typer

from townclerk import __version__
from townclerk.commands import archive, deciding, judging, reading, reviewing
from townclerk.commands.running import start_debugging
from townclerk.console.faults import ended
from townclerk.console.streams import abandon_stdout, prepare_streams
from townclerk.extract.output.atomic import written
from townclerk.models.errors import ExitCode

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
        if isinstance(end.__context__, BrokenPipeError):  # rich ends the process so when nobody reads the help
            abandon_stdout()
            return ExitCode.OK
        return end.code if isinstance(end.code, int) else ExitCode.FAULT


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
    start_debugging(debug)


# In the order in which --help lists them.
app.command()(reading.extract)
app.command()(judging.audit)
app.command()(judging.explain)
app.command()(judging.calibrate)
app.command()(judging.evaluate)
app.command()(reading.schema)
app.command()(reading.show)
app.command("period")(reading.period_command)
patterns_app.command("check")(judging.patterns_check)
app.command()(judging.diff)
app.command()(archive.convert)
app.command()(archive.runs)
app.command()(archive.export)
app.command()(archive.series)
app.command()(reviewing.review)
app.command()(reviewing.reviewer)
app.add_typer(deciding.decisions_app, name="decisions")
app.command()(deciding.learn)
