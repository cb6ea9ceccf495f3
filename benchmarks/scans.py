"""Measure the reading of scans on made-up reports: each is printed, scanned at stated settings, and read both ways.

    python -m benchmarks.scans [--n 8] [--seed 500] [--quality fast accurate] [--layout prose]
                               [--dpi 200 --skew 1 --noise 10 --jpeg 40] [--colour] [--keep FOLDER]

For each quality: the share of the printed page's numbers that were read exactly (multisets a page), the share of the
numbers two readers agreed on that were right, seconds a page, and the F1 at the "full" level beside the F1 of the
printed (born-digital) page. With `--colour` the scans are in colour, and the status colours (red, amber, green) of
the figures are held against the gold: right, and other than printed. "tesseract" is the recogniser alone on the
picture as drawn, without straightening, with its own search for columns; "one column" is the same with the search for
lines that the reader asks for. Seconds of both hold the drawing.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path
from typing import cast

import pymupdf
import tesserocr

from tests.factory.chance import chance
from tests.factory.gold import gold_lines
from tests.factory.make import compose
from tests.factory.marks import plain, strip
from tests.factory.render_pdf import render_pdf
from tests.factory.render_scan import ScanSettings, render_scan
from townclerk.evaluate.agreement import Level
from townclerk.evaluate.gold import GoldLine
from townclerk.evaluate.scoring import score
from townclerk.evaluate.tally import Tally
from townclerk.extract.pipeline import Extractor
from townclerk.extract.reading.ocr.tesseract import data_folder
from townclerk.extract.reading.options import OcrQuality
from townclerk.extract.settings import Settings
from townclerk.models.document import Document
from townclerk.models.observation import Observation

_NUMBER = re.compile(r"\d[\d,./:]*\d|\d")


@dataclass(slots=True)
class Made:
    """One report on paper and as a scan, with its gold."""

    name: str
    printed: bytes
    scan: bytes
    gold: list[GoldLine]


@dataclass(slots=True)
class Outcome:
    """Counts over all reports."""

    right: int = 0
    numbers: int = 0
    agreed: int = 0
    agreed_right: int = 0
    disagreed: int = 0
    seconds: float = 0.0
    pages: int = 0
    tally: Tally = field(default_factory=Tally)
    wrong: Counter[str] = field(default_factory=Counter)
    colours: int = 0
    colours_right: int = 0
    colours_wrong: int = 0


def make(seed: int, settings: ScanSettings, layout: str | None) -> Made:
    """One report, its paper and its scan."""
    report = compose(seed, "open", layout)
    key = f"open/{seed}/scan"
    printed = render_pdf(report, key)
    starts, position = [], 0
    for page in printed.pages:
        starts.append(position)
        position += len(plain(page)) + 1
    text, places = strip("\f".join(printed.pages))
    name = f"{report.layout}-{seed:05d}"
    if settings.grey:  # such a scan has no colours to be measured by
        for figure in report.book.figures:
            figure.rag = None
    gold = [GoldLine.model_validate(line) for line in gold_lines(name, report.book.figures, text, places, starts)]
    scan, _ = render_scan(printed.data, str(chance(key, "scan").random()), settings)
    return Made(name, printed.data, scan, gold)


def numbers(text: str) -> Counter[str]:
    """The numbers of a text."""
    return Counter(_NUMBER.findall(text))


def measure(made: Made, data: bytes, extractor: Extractor, truth: list[Counter[str]], out: Outcome) -> None:
    """Read one file and add what came of it."""
    began = time.process_time()
    document = extractor.read(data, f"{made.name}.pdf")
    out.seconds += time.process_time() - began
    out.pages += len(document.pages)
    extraction = extractor.extract(document)
    out.tally += score(made.gold, extraction.observations, text=document.text).tallies[Level.FULL]
    for page, printed in zip(document.pages, truth, strict=True):
        seen = numbers(document.text[page.start : page.end])
        out.right += (seen & printed).total()
        out.numbers += printed.total()
        out.wrong.update({f"-{one}": count for one, count in (printed - seen).items()})
        out.wrong.update({f"+{one}": count for one, count in (seen - printed).items()})
    _count_agreement(document, truth, out)
    _count_colours(made, extraction.observations, out)


def _count_colours(made: Made, observations: Iterable[Observation], out: Outcome) -> None:
    """Colours of figures that were found, by indicator, value, period and role: a target may be met to the digit."""
    printed = {(one.indicator, one.value, one.period, str(one.role)): one.rag for one in made.gold}
    out.colours += sum(colour is not None for colour in printed.values())
    for one in observations:
        place = (one.indicator_id, one.value, one.period.code, str(one.role))
        if one.rag is not None and place in printed:
            right = printed[place] == one.rag
            out.colours_right += right
            out.colours_wrong += not right


def _count_agreement(document: Document, truth: list[Counter[str]], out: Outcome) -> None:
    for page, printed in zip(document.pages, truth, strict=True):
        words = page.words
        if words is None or not words.agreed:
            continue
        agreed: Counter[str] = Counter()
        for start, end, same in zip(words.starts, words.ends, words.agreed, strict=True):
            found = numbers(document.text[start:end])
            if same == 1:
                agreed += found
            elif same == 0:
                out.disagreed += found.total()
        out.agreed += agreed.total()
        out.agreed_right += (agreed & printed).total()


@lru_cache(maxsize=2)
def bare_engine(segmentation: int) -> tesserocr.PyTessBaseAPI:
    """The recogniser as it comes."""
    return tesserocr.PyTessBaseAPI(path=data_folder(), lang="eng", psm=segmentation, oem=tesserocr.OEM.LSTM_ONLY)


def alone(scan: bytes, segmentation: int, truth: list[Counter[str]], out: Outcome) -> None:
    """Tesseract alone on the page drawn at 300 dpi, looking for lines in one way."""
    engine = bare_engine(segmentation)
    began = time.process_time()
    with pymupdf.open(stream=scan, filetype="pdf") as pdf:
        for page, printed in zip(pdf, truth, strict=True):
            pixels = page.get_pixmap(dpi=300, colorspace=pymupdf.csGRAY, alpha=False)
            engine.SetImageBytes(pixels.samples, pixels.width, pixels.height, 1, pixels.stride)
            engine.SetSourceResolution(300)
            seen = numbers(str(engine.GetUTF8Text()))
            out.right += (seen & printed).total()
            out.numbers += printed.total()
            out.pages += 1
    out.seconds += time.process_time() - began


def _report(name: str, out: Outcome) -> None:
    line = f"{name:10} numbers {out.right}/{out.numbers} = {out.right / max(1, out.numbers):.4f}"
    if out.tally.expected:
        line += f"  full F1 {out.tally.f1:.3f}"
    if out.agreed:
        line += f"  agreed {out.agreed_right}/{out.agreed} right, {out.disagreed} disagreed"
    if out.colours:
        line += f"  colours {out.colours_right} of {out.colours}, {out.colours_wrong} wrong"
    sys.stdout.write(f"{line}  {out.seconds / max(1, out.pages):.2f} CPU s a page\n")
    if out.wrong and name != "printed":
        shown = ", ".join(f"{one} x{count}" for one, count in sorted(out.wrong.items())[:80])
        sys.stdout.write(f"           missing (-) and extra (+): {shown}\n")


def main(arguments: Iterable[str] | None = None) -> int:
    """Measure and print; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks.scans", description=__doc__.split("\n")[0])
    parser.add_argument("--n", type=int, default=8)
    parser.add_argument("--seed", type=int, default=500)
    parser.add_argument("--layout")
    parser.add_argument("--quality", nargs="*", default=["fast", "accurate"])
    parser.add_argument("--dpi", type=int, default=200)
    parser.add_argument("--skew", type=float, default=1.0)
    parser.add_argument("--noise", type=float, default=10.0)
    parser.add_argument("--blur", type=float, default=0.0)
    parser.add_argument("--jpeg", type=int, default=40)
    parser.add_argument("--colour", action="store_true", help="scan in colour, and measure status colours")
    parser.add_argument("--no-alone", action="store_true", help="leave out the recogniser alone")
    parser.add_argument("--keep", type=Path, help="write the scans here")
    options = parser.parse_args(list(arguments) if arguments is not None else None)
    settings = ScanSettings(
        options.dpi, options.skew, options.blur, options.noise, options.jpeg, 0.0, grey=not options.colour
    )
    reports = [make(seed, settings, options.layout) for seed in range(options.seed, options.seed + options.n)]
    truths = []
    printed = Outcome()
    bare = {"tesseract": Outcome(), "one column": Outcome()}
    ways = {"tesseract": int(tesserocr.PSM.AUTO), "one column": int(tesserocr.PSM.SINGLE_COLUMN)}
    extractor = Extractor(Settings(ocr="never"))
    for made in reports:
        if options.keep:
            options.keep.mkdir(parents=True, exist_ok=True)
            (options.keep / f"{made.name}-scan.pdf").write_bytes(made.scan)
            (options.keep / f"{made.name}-print.pdf").write_bytes(made.printed)
        with pymupdf.open(stream=made.printed, filetype="pdf") as pdf:
            truth = [numbers(" ".join(str(word[4]) for word in page.get_text("words"))) for page in pdf]
        truths.append(truth)
        measure(made, made.printed, extractor, truth, printed)
        if not options.no_alone:
            for name, out in bare.items():
                alone(made.scan, ways[name], truth, out)
    _report("printed", printed)
    for name, out in bare.items():
        if out.pages:
            _report(name, out)
    for quality in options.quality:
        out = Outcome()
        reader = Extractor(Settings(ocr_quality=cast(OcrQuality, quality)))
        for made, truth in zip(reports, truths, strict=True):
            measure(made, made.scan, reader, truth, out)
        _report(quality, out)
    return 0


if __name__ == "__main__":
    sys.exit(main())
