"""Arguments and options that several commands share."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from townclerk.extract.reading.options import Ocr, OcrQuality

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
PageTime = Annotated[float, typer.Option("--limit-page-time", min=0, help="Seconds a page may take; 0 for no limit.")]
PageMemory = Annotated[
    float, typer.Option("--limit-page-memory", min=0, help="MB that reading a page may take; 0 for no limit.")
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
