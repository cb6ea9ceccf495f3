"""`townclerk show` and `townclerk schema`: what the reader saw, and the shape of what it writes."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

from townclerk.console.streams import guarded_stdout, put
from townclerk.extract.inputs import Source
from townclerk.extract.output.formats import json_schema
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.models.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from townclerk.models.document import Block, Document


def print_schema(*, documents: bool) -> ExitCode:
    """Print the JSON Schema of an observation, or of a `--documents` record."""
    from townclerk.extract.output.documents import DocumentRecord
    from townclerk.models.observation import Observation

    schema = json_schema(DocumentRecord if documents else Observation)
    put(json.dumps(schema, indent=2, ensure_ascii=False) + "\n")
    return ExitCode.OK


def show_report(
    given: str, *, text: bool, raw: bool, page: int | None, output: Path | None, password: str | None
) -> ExitCode:
    """Print a report's text or blocks, or draw one of its pages.

    Raises:
        UsageError: If the options do not go together.
        UnreadableError: If the report cannot be read.
    """
    if page is not None and text:
        raise UsageError("choose one: --text, or --page N -o page.png")
    if page is None and output is not None:
        raise UsageError("-o is for a drawing; add --page N")
    if page is not None and output is None:
        raise UsageError("name the picture to draw, such as -o page.png")
    if raw and not text:
        raise UsageError("--raw goes with --text")
    source = Source(given, None if given == "-" else Path(given))
    data = source.read()
    with guarded_stdout():
        document = read_bytes(data, source.name, ReadOptions(password=password))
    if page is not None and output is not None:
        return _draw(document, data, page, output, password)
    put(document.text if raw else _blocks(document))
    return ExitCode.OK


def _draw(document: Document, data: bytes, page: int, output: Path, password: str | None) -> ExitCode:
    if page > len(document.pages):
        raise UsageError(f"{document.name}: has {len(document.pages)} pages; there is no page {page}")
    from townclerk.extract.drawing import draw_page

    output.write_bytes(draw_page(document, data, page, password=password))
    return ExitCode.OK


def _blocks(document: Document) -> str:
    """Page by page the blocks in reading order with kind and depth, and why a page was not read."""
    lines: list[str] = []
    for page in document.pages:
        lines.append(f"── page {page.number} ──" + (f" not read: {page.skipped}" if page.skipped else ""))
        lines += [_block(block) for block in document.blocks if block.page == page.number]
    return "\n".join(lines) + "\n"


def _block(block: Block) -> str:
    kind = block.kind.value + (f" {block.level}" if block.level else "")
    marker = f"{block.marker} " if block.marker else ""
    body = block.passage.text.replace("\n", "\n" + " " * 16).replace("\t", " │ ")
    return f"{kind:<14}  {marker}{body}"
