"""Refit the calibration that is part of the program, on made-up reports, fixtures, other hands' and real reports.

    python -m benchmarks.calibration [--gold GOLD REPORTS]... [-o calibration.json] [--plot plot.html]
                                     [--seed 51000] [--text 360] [--ocr 216] [--pdf 144] [--scan 20] [--former 96]
                                     [--held 24] [--samples FOLDER]

Prints reliability cross-validated by document, made-up and real reports apart, each by class of input and method with
bootstrap intervals; the precision of the surest 60% and how many sure readings are wrong; and the same on the held-back
layouts and on the reports of the hands that were never looked at, which are never fitted on.
Without `-o` nothing is written. With `--samples` what was read of the reports is kept in FOLDER, and taken from there
the next time instead of being read again: the weights can then be tried in seconds. Empty the folder after a change in
what is read, linked or gathered as evidence.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import asdict
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from tests.factory.__main__ import main as make_reports
from townclerk.evaluate.calibrating import classes_of, describe, refit_samples, table
from townclerk.evaluate.fitting import Matrix, probabilities
from townclerk.evaluate.gold import read_gold
from townclerk.evaluate.plots import as_html, as_png
from townclerk.evaluate.reliability import interval, reliability
from townclerk.evaluate.report import gold_ids
from townclerk.evaluate.samples import Sample, read_samples
from townclerk.extract.extractors import Extractors
from townclerk.extract.settings import Settings
from townclerk.models.units import Method

FIXTURES = Path(__file__).resolve().parent.parent / "tests" / "fixtures"
HANDS = Path(__file__).resolve().parent / "hands"
UNSEEN_HANDS = ("02", "19", "20")
"""Hands whose reports were never looked at: they are neither mended for nor fitted on."""
FORMS = ("text", "ocr", "pdf", "scan")
KEPT = 0.6
SURE = 0.9
REAL = 5.0
"""How many made-up reports a real one or one by another hand counts for: they are few, and what the program is for."""
_HELD_APART = 7000


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit, print, and write what was asked for."""
    options = _parser().parse_args(arguments)
    made, held, real, unseen = _samples(options)
    samples = made + real
    counts = [len({s.document for s in part}) for part in (made, real)]
    words = f"{counts[0]} made-up reports (text, OCR text, PDF, scans) and {counts[1]} real or hand-written ones"
    found = refit_samples(samples, [], words, dict.fromkeys((sample.document for sample in real), REAL))
    write = sys.stdout.write
    write("\n".join(describe(found)) + "\n\n")
    write(_about("made-up", made, found.confidence[: len(made)]))
    write(_about("real and hand-written", real, found.confidence[len(made) :]))
    for title, apart in (("held back, never fitted on", held), ("other hands', never looked at", unseen)):
        if apart:
            write(_about(title, apart, probabilities(apart, found.calibration)))
    if options.output is not None:
        options.output.write_text(found.calibration.model_dump_json(indent=1) + "\n", encoding="utf-8")
    if options.plot is not None:
        picture = as_png(found) if options.plot.suffix == ".png" else as_html(found).encode("utf-8")
        options.plot.write_bytes(picture)
    return 0


def _samples(options: argparse.Namespace) -> tuple[list[Sample], list[Sample], list[Sample], list[Sample]]:
    """The readings of made-up, held-back and real reports, and of other hands' that were never looked at."""

    def kept(name: str, read: Callable[[], list[Sample]]) -> list[Sample]:
        place = options.samples / f"{name}.jsonl" if options.samples is not None else None
        if place is not None and place.is_file():
            return load_samples(place)
        found = read()
        if place is not None:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text("".join(f"{_as_line(sample)}\n" for sample in found), encoding="utf-8")
        return found

    def made(part: str, form: str, count: int) -> list[Sample]:
        with TemporaryDirectory() as folder:
            name = f"{part}-{form}-{options.seed}-{count}"
            return kept(name, lambda: _made(Path(folder), form, count, options.seed, part))

    real = kept("fixtures", lambda: _read(FIXTURES, [FIXTURES], ()))
    unseen: list[Sample] = []
    for hand in sorted(HANDS.iterdir()):
        read = kept(f"hand-{hand.name}", partial(_read, hand / "gold", [hand / "reports"], ()))
        (unseen if hand.name in UNSEEN_HANDS else real).extend(read)
    for number, (gold, reports) in enumerate(options.gold or []):
        real += kept(f"gold-{number}-{Path(reports).name}", partial(_read, Path(gold), [Path(reports)], ()))
    return (
        [
            *(sample for form in FORMS for sample in made("open", form, getattr(options, form))),
            *(sample for form in FORMS[:3] for sample in made("former", form, options.former)),
        ],
        [sample for form in FORMS[:3] for sample in made("held", form, options.held)],
        real,
        unseen,
    )


def _as_line(sample: Sample) -> str:
    return json.dumps({**asdict(sample), "method": sample.method.value})


def load_samples(place: Path) -> list[Sample]:
    """The readings that `--samples` kept."""
    lines = [json.loads(line) for line in place.read_text(encoding="utf-8").splitlines()]
    for line in lines:
        line["method"], line["evidence"] = Method(line["method"]), tuple((n, a) for n, a in line["evidence"])
    return [Sample(**line) for line in lines]


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--gold", nargs=2, action="append", metavar=("GOLD", "REPORTS"), help="real reports with gold")
    parser.add_argument("-o", "--output", type=Path, help="calibration file to write")
    parser.add_argument("--plot", type=Path, help=".html or .png file to draw")
    parser.add_argument("--seed", type=int, default=51000, help="the first made-up report's number")
    for form, count in zip(FORMS, (360, 216, 144, 20), strict=True):
        parser.add_argument(f"--{form}", type=int, default=count, help=f"made-up reports as {form}")
    parser.add_argument("--samples", type=Path, help="folder to keep what was read in, and to take it from")
    parser.add_argument("--former", type=int, default=96, help="reports of the former part in each of three forms")
    parser.add_argument("--held", type=int, default=24, help="held-back reports in each of three forms")
    return parser


def _made(folder: Path, form: str, count: int, seed: int, part: str) -> list[Sample]:
    if not count:
        return []
    place, first = folder / f"{part}-{form}", seed + 1000 * FORMS.index(form) + _HELD_APART * (part == "held")
    make_reports(["--n", str(count), "--out", str(place), "--seed", str(first), "--form", form, "--part", part])
    return _read(place / "gold", [place / "reports"], (place / "areas.csv",))


def _read(gold: Path, folders: Sequence[Path], areas: tuple[Path, ...]) -> list[Sample]:
    lines = read_gold(gold)
    paths = [path for folder in folders for path in sorted(folder.rglob("*")) if path.is_file() and path.stem in lines]
    samples, faults = read_samples(lines, paths, Extractors(Settings(areas=areas)), gold_ids())
    sys.stderr.write("".join(f"{fault}\n" for fault in faults))
    return samples


def _about(title: str, samples: Sequence[Sample], confidence: Matrix) -> str:
    """The table of one part of the data, and the precision of its surest readings."""
    right, documents = [s.right for s in samples], [s.document for s in samples]
    classes = dict(classes_of(samples, confidence))
    ocr = [i for i, s in enumerate(samples) if "-ocr-" in s.document]
    rows = {"all": reliability(confidence, right, documents), **{name: one for name, (one, _) in classes.items()}}
    spans = {"all": interval(confidence, right, documents), **{name: one for name, (_, one) in classes.items()}}
    if ocr:
        chosen = [samples[i] for i in ocr]
        held = confidence[ocr], [s.right for s in chosen], [s.document for s in chosen]
        rows["OCR text"], spans["OCR text"] = reliability(*held), interval(*held)
    order = np.argsort(-confidence, kind="stable")[: max(1, round(KEPT * len(samples)))]
    kept = float(np.mean([right[i] for i in order]))
    sure = [held for held, how in zip(right, confidence, strict=True) if how >= SURE]
    lines = [
        f"right among the surest {KEPT:.0%}: {kept:.3f}",
        f"wrong with a confidence of {SURE} or more: {sure.count(False):,} of {len(sure):,}",
    ]
    return "\n".join([title, *table(rows, spans), *lines, "", ""])


if __name__ == "__main__":
    sys.exit(main())
