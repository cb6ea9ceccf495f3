"""The evaluation gate: measures on the project's own data, held against pinned floors.

    python -m tests.gate                                    fails if a measure is below its floor
    python -m tests.gate --update                           raises the floors to what is measured
    python -m tests.gate --update --allow-regression WHY    lowers them, too, and keeps the reason

Suites: the reports of `tests/fixtures`, those of them without an indicator, made-up reports of the factory, the rows of
`tests/data/periods.csv` and the examples of `tests/data/phenomena.md`.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.phenomena import Runner, parse_catalogue
from tests.factory.__main__ import main as write_factory_reports
from townclerk.evaluate.agreement import Level
from townclerk.evaluate.gate import Suite, check, fingerprint, load_floors, save_floors, update
from townclerk.evaluate.report import Report, evaluate
from townclerk.extract.spotting.periods import read_period_file
from townclerk.models.errors import UsageError

TESTS = Path(__file__).parent
FLOORS = TESTS / "floors.json"
FIXTURES = TESTS / "fixtures"
PERIODS = TESTS / "data" / "periods.csv"
PHENOMENA = TESTS / "data" / "phenomena.md"
FACTORY_REPORTS = 24
SURE = 0.5


def measure_fixtures() -> tuple[Suite, Suite]:
    """The reports with indicators by mean F1, and those without by the share that no false observation spoils."""
    outcome = evaluate(FIXTURES, [FIXTURES])
    full = Report([each for each in outcome.scores if each.expected])
    empty = [each for each in outcome.scores if not each.expected]
    spoilt = sum(any((seen.confidence or 0.0) >= SURE for seen in each.reported) for each in empty)
    data = [path for path in FIXTURES.iterdir() if path.is_file()]
    return (
        Suite(fingerprint=fingerprint(data, FIXTURES), measures=_f1(full)),
        Suite(fingerprint=fingerprint(data, FIXTURES), measures={"clean_share": 1 - spoilt / max(1, len(empty))}),
    )


def measure_factory() -> Suite:
    """Made-up text reports by mean F1; they are made anew, and the digest of what was made is the fingerprint."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        write_factory_reports(["--n", str(FACTORY_REPORTS), "--out", folder, "--seed", "1"])
        (out / "reports" / "townclerk.toml").write_text('areas = "../areas.csv"\n', encoding="utf-8")
        outcome = evaluate(out / "gold", [out / "reports"])
        made = [path for part in ("gold", "reports") for path in (out / part).iterdir()]
        return Suite(fingerprint=fingerprint(made, out), measures=_f1(outcome))


def measure_periods() -> Suite:
    """Rows read right, code and dates; and rows that name no time and are read as none."""
    with PERIODS.open(encoding="utf-8", newline="") as file:
        expected = list(csv.DictReader(file))
    right = {True: [0, 0], False: [0, 0]}
    for row, read in zip(expected, read_period_file(PERIODS), strict=True):
        made = read.period
        seen = (made.code, made.start.isoformat(), made.end.isoformat()) if made else ("", "", "")
        counts = right[bool(row["code"])]
        counts[0] += seen == (row["code"], row["start"], row["end"])
        counts[1] += 1
    shares = {"periods": right[True][0] / right[True][1], "no_periods": right[False][0] / right[False][1]}
    return Suite(fingerprint=fingerprint([PERIODS], PERIODS.parent), measures=shares)


def measure_phenomena() -> Suite:
    """The share of the phenomena whose example is read exactly."""
    examples = parse_catalogue(PHENOMENA.read_text(encoding="utf-8"))
    with tempfile.TemporaryDirectory() as folder:
        runner = Runner(Path(folder, "areas.csv"))
        passed = sum(not runner.run(example) for example in examples)
    return Suite(
        fingerprint=fingerprint([PHENOMENA], PHENOMENA.parent), measures={"read_exactly": passed / len(examples)}
    )


def measure() -> dict[str, Suite]:
    """Every suite, measured now."""
    fixtures, negatives = measure_fixtures()
    return {
        "fixtures": fixtures,
        "negatives": negatives,
        "factory": measure_factory(),
        "periods": measure_periods(),
        "phenomena": measure_phenomena(),
    }


def _f1(report: Report) -> dict[str, float]:
    return {f"{level.name.lower()}_f1": report.macro(level).f1 for level in (Level.FOUND, Level.CORE, Level.FULL)}


def main(arguments: Sequence[str] | None = None, measured: Callable[[], dict[str, Suite]] = measure) -> int:
    """Check or update; returns the exit code."""
    parser = argparse.ArgumentParser(prog="python -m tests.gate", description="Hold the measures against their floors.")
    parser.add_argument("--update", action="store_true", help="raise the floors to what is measured")
    parser.add_argument("--allow-regression", metavar="REASON", help="lower floors, too, and keep the reason")
    options = parser.parse_args(arguments)
    suites = measured()
    for name, suite in suites.items():
        values = ", ".join(f"{measure} {value:.4f}" for measure, value in suite.measures.items())
        sys.stdout.write(f"{name}: {values}\n")
    if not options.update:
        faults = check(suites, load_floors(FLOORS))
        sys.stderr.writelines(f"{fault}\n" for fault in faults)
        return int(bool(faults))
    try:
        save_floors(update(suites, load_floors(FLOORS), options.allow_regression), FLOORS)
    except UsageError as fault:
        sys.stderr.write(f"{fault}\n")
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
