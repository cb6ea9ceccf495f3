"""How well the reports that other hands wrote are read, a line a hand.

    python -m benchmarks.other_hands [--hand 02]...

The reports stand in `benchmarks/hands`, with the gold that their writers recorded before anything read them. Prints
mean F1 found and full over a hand's reports, how many lines of gold they have, and what the confidence of their
readings was worth: how many are sure (.95 and more), and how many of these are right.
"""

from __future__ import annotations

import argparse
import sys

from benchmarks.calibration import HANDS, UNSEEN_HANDS
from townclerk.evaluate.agreement import Level
from townclerk.evaluate.report import Report, evaluate

SURE = 0.95


def main() -> int:
    """Print the table; returns the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--hand", action="append", help="only this hand")
    asked = parser.parse_args()
    sys.stdout.write("| hand | reports | gold lines | found | full | sure | of them right |\n")
    sys.stdout.write("| --- | --- | --- | --- | --- | --- | --- |\n")
    for hand in sorted(HANDS.iterdir()):
        if not asked.hand or hand.name in asked.hand:
            name = f"{int(hand.name)}{', never looked at' if hand.name in UNSEEN_HANDS else ''}"
            sys.stdout.write(f"| {name} | {_row(evaluate(hand / 'gold', [hand / 'reports']))} |\n")
    return 0


def _row(report: Report) -> str:
    """The cells of one hand's line."""
    sure = [right for confidence, right in report.outcomes() if confidence >= SURE]
    found, full = (_short(report.macro(level).f1) for level in (Level.FOUND, Level.FULL))
    lines = report.pooled(Level.FULL).expected
    share = _short(sum(sure) / len(sure)) if sure else "-"
    return " | ".join((str(len(report.scores)), str(lines), found, full, str(len(sure)), share))


def _short(value: float | None) -> str:
    return "-" if value is None else f"{value:.3f}".removeprefix("0")


if __name__ == "__main__":
    sys.exit(main())
