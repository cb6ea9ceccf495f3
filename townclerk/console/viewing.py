"""`townclerk show`: what the reader saw."""

from __future__ import annotations

from pathlib import Path

from townclerk.console.sinks import check_places
from townclerk.console.streams import guarded_stdout, put, say
from townclerk.extract.drawing import draw_page
from townclerk.extract.inputs import Source
from townclerk.extract.outline import block_outline
from townclerk.extract.output.atomic import whole_file
from townclerk.extract.reading.dispatch import read_bytes
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.settings import Settings
from townclerk.models.errors import ExitCode, UsageError


def show_report(
    given: str, *, text: bool, raw: bool, page: int | None, output: Path | None, options: ReadOptions
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
    check_places(output, None, [source.path] if source.path else [])
    if output is not None and output.suffix.lower() != ".png":
        raise UsageError(f"{output}: a page is drawn as PNG; end the name in .png")
    data = source.read()
    if page is not None and output is not None:
        return _draw(source, data, page, output, options)
    with guarded_stdout():
        document = read_bytes(data, source.name, options)
    put(document.text if raw else block_outline(document))
    return ExitCode.OK


def _draw(source: Source, data: bytes, page: int, output: Path, options: ReadOptions) -> ExitCode:
    """Write a picture of a page with the observations found in the report."""
    from townclerk.extract.extractors import Extractors

    with guarded_stdout():
        stated = Settings(
            password=options.password,
            ocr=options.ocr,
            ocr_quality=options.ocr_quality,
            max_seconds_per_page=options.max_seconds_per_page,
            max_megabytes_per_page=options.max_megabytes_per_page,
        )
        extractor = Extractors(stated).for_folder(source.folder)
        document = extractor.read(data, source.name)
        observations = extractor.extract(document).observations
        picture = draw_page(
            document, data, page, observations, spot=extractor.knowledge.mentions, password=options.password
        )
    with whole_file(output) as stream:
        stream.write(picture)
    say(f"townclerk: page {page} drawn into {output}")
    return ExitCode.OK
