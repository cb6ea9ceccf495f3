"""Refitting the calibration on a user's own gold, and saying how good it is and what it can certify."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from townclerk.evaluate.fitting import Matrix, cross_validated, fit
from townclerk.evaluate.gold import read_gold
from townclerk.evaluate.reliability import LEAST_DOCUMENTS, Reliability, certify, interval, reliability
from townclerk.evaluate.report import gold_ids
from townclerk.evaluate.samples import Sample, read_samples
from townclerk.extract.confidence.calibration import Calibration, Certificate
from townclerk.extract.extractors import Extractors
from townclerk.extract.inputs import find_sources
from townclerk.models.errors import UnreadableError

Intervals = dict[str, tuple[float, float]]
LEAST_TO_FIT = 8
LEAST_READINGS = 200


@dataclass(slots=True)
class Refit:
    """A new calibration and how it does on documents it never saw.

    Attributes:
        calibration: Fitted on everything, with what it can certify.
        confidence: Of each reading, from weights that never saw its document.
        whole: Cross-validated by document, over everything.
        intervals: 95% bootstrap intervals of its measures.
        classes: The same for each class of input and method that has enough readings.
        class_intervals: 95% bootstrap intervals of each class, documents drawn.
        faults: Reports that could not be read.
        refusals: What the data is too little for, in sentences.
    """

    calibration: Calibration
    confidence: Matrix
    whole: Reliability
    intervals: Intervals
    classes: dict[str, Reliability]
    class_intervals: dict[str, Intervals]
    faults: list[str]
    refusals: list[str]


def refit(gold: Path, reports: Sequence[Path], extractors: Extractors) -> Refit:
    """Fit the weights of all evidence anew.

    Args:
        gold: A gold file, or a folder of them.
        reports: Reports, or folders of them.
        extractors: Extractors by folder.

    Raises:
        UnreadableError: If there are too few documents or readings to fit on.
    """
    sources = find_sources([str(report) for report in reports])
    paths = [source.path for source in sources.sources if source.path is not None]
    samples, faults = read_samples(read_gold(gold), paths, extractors, gold_ids())
    faults += [why for _, why in sources.faults]
    return refit_samples(samples, faults, f"{len({sample.document for sample in samples})} reports with gold")


def refit_samples(
    samples: Sequence[Sample], faults: list[str], fitted_on: str, weights: Mapping[str, float] | None = None
) -> Refit:
    """Fit the weights of all evidence anew on readings that are at hand.

    Args:
        samples: Readings with their truth.
        faults: Reports that could not be read.
        fitted_on: The data, in words, for the record.
        weights: How many times a document counts; once where it is not named.

    Raises:
        UnreadableError: If there are too few documents or readings to fit on.
    """
    documents = [sample.document for sample in samples]
    if len(set(documents)) < LEAST_TO_FIT or len(samples) < LEAST_READINGS:
        count = len(set(documents))
        raise UnreadableError(
            f"{_counted(len(samples), 'reading')} of {_counted(count, 'report')} with gold are too few to fit on:"
            f" {LEAST_READINGS} readings of {LEAST_TO_FIT} reports are the least; the calibration that comes with"
            " the program stays in use"
        )
    right = [sample.right for sample in samples]
    if all(right) or not any(right):
        raise UnreadableError("the readings are all right, or all wrong: nothing can be learnt from them")
    confidence = cross_validated(samples, weights)
    calibration = fit(samples, weights, fitted_on)
    certificates = certify(confidence, right, documents)
    classes = dict(classes_of(samples, confidence))
    return Refit(
        calibration=calibration.model_copy(update={"certificates": certificates}),
        confidence=confidence,
        whole=reliability(confidence, right, documents),
        intervals=interval(confidence, right, documents),
        classes={name: one for name, (one, _) in classes.items()},
        class_intervals={name: spans for name, (_, spans) in classes.items()},
        faults=faults,
        refusals=list(_refusals(documents, bool(certificates))),
    )


def _counted(count: int, thing: str) -> str:
    return f"{count:,} {thing}" if count == 1 else f"{count:,} {thing}s"


def classes_of(samples: Sequence[Sample], confidence: Matrix) -> Iterator[tuple[str, tuple[Reliability, Intervals]]]:
    """Each class of input and each method with readings enough to speak of, with its intervals.

    Args:
        samples: Readings with their truth.
        confidence: The confidence of each.
    """
    keys = sorted({sample.origin for sample in samples}) + sorted({sample.method.value for sample in samples})
    for key in keys:
        rows = [i for i, sample in enumerate(samples) if key in {sample.origin, sample.method.value}]
        if len(rows) >= LEAST_READINGS // 4:
            chosen = [samples[i] for i in rows]
            right, documents = [s.right for s in chosen], [s.document for s in chosen]
            yield (
                key,
                (reliability(confidence[rows], right, documents), interval(confidence[rows], right, documents)),
            )


def _refusals(documents: Sequence[str], certified: bool) -> Iterator[str]:
    count = len(set(documents))
    if count < LEAST_DOCUMENTS:
        yield f"{count} documents are too few to certify a precision; at least {LEAST_DOCUMENTS} are needed"
    elif not certified:
        yield "no precision of 0.9 or more can be certified on this data"


def table(rows: Mapping[str, Reliability], intervals: Mapping[str, Intervals]) -> list[str]:
    """Reliability by row, with the 95% bootstrap intervals of ECE and AUROC, documents drawn."""
    lines = [
        f"{'cross-validated by document':28} reports readings  right   ECE  (95%)          Brier  AUROC (95%)",
    ]
    for name, one in rows.items():
        order = "    -" if one.auroc is None else f"{one.auroc:.3f}"
        spans = {key: f"{low:.3f}-{high:.3f}" for key, (low, high) in intervals[name].items()}
        lines.append(
            f"{name:28} {one.documents:7} {one.count:8} {one.accuracy:6.3f} {one.ece:.3f}  {spans.get('ece', ''):13}"
            f"  {one.brier:.3f}  {order} {spans.get('auroc', '')}"
        )
    return lines


NAMES = {
    "text": "text files",
    "born_digital": "PDFs with text",
    "scan": "scans",
    "prose": "in running text",
    "table": "in tables",
    "tile": "in tiles",
}
"""What the classes of input and the methods are called for a reader."""
GLOSSARY = (
    "ECE: how far confidence and share right lie apart, on average; 0 is best.",
    "Brier: mean squared distance of the confidence from the truth; 0 is best.",
    "AUROC: how often a right reading has the greater confidence than a wrong one; 1 is best, 0.5 is chance.",
    "(95%): where the figure lies 95 times in 100 when the reports are drawn anew.",
)


def describe(found: Refit) -> list[str]:
    """The outcome as lines of text."""
    lines = [f"fitted on {found.calibration.fitted_on}, {found.calibration.observations:,} readings", ""]
    named = {NAMES.get(name, name): one for name, one in found.classes.items()}
    spans = {NAMES.get(name, name): one for name, one in found.class_intervals.items()}
    lines += table({"all": found.whole, **named}, {"all": found.intervals, **spans})
    lines += ["", *GLOSSARY, "", "confidence     readings  mean  right"]
    lines += [
        f"{b.low:.1f} to {b.low + 0.1:.1f}     {b.count:8} {b.confidence:.3f}  {b.accuracy:.3f}"
        for b in found.whole.bins
    ]
    lines += ["", "kept   least confidence  wrong"]
    lines += [f"{p.kept:4.0%}   {p.threshold:16.3f}  {p.risk:.3f}" for p in found.whole.curve]
    return [*lines, "", *certified(found)]


def certified(found: Refit) -> list[str]:
    """What the data can certify, the strictest first, and what it cannot."""
    held: dict[float, Certificate] = {}
    for certificate in found.calibration.certificates:
        held.setdefault(certificate.threshold, certificate)
    lines = [
        f"{c.kept:.0%} of readings have a confidence of {c.threshold} or more: at least {c.precision:.0%} of them are"
        f" right (sure to {c.level:.0%}; {c.observations:,} readings of {c.documents} reports)"
        for c in held.values()
    ]
    if held:
        lines.append(f"method: {found.calibration.certificates[0].method}")
    return [*lines, *found.refusals]
