"""`townclerk calibrate`, and what `--accept-at` accepts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from townclerk.console.faults import tell
from townclerk.console.streams import guarded_stdout, put, say
from townclerk.extract.confidence.calibration import Calibration, load_calibration, shipped_calibration
from townclerk.extract.output.atomic import whole_file
from townclerk.models.errors import ExitCode, UnreadableError, UsageError

REJECTED_BELOW = 0.3
_AUTO = "auto"


def calibrate(
    gold: Path, reports: Sequence[Path], output: Path | None, plot: Path | None, areas: Sequence[Path]
) -> ExitCode:
    """Refit the calibration, print how good it is, and write it and its plot where asked.

    Raises:
        UsageError: If the plot's file name asks for no known format.
        UnreadableError: If there is too little to fit on.
    """
    from townclerk.evaluate.calibrating import describe, refit
    from townclerk.evaluate.plots import as_html, as_png
    from townclerk.extract.extractors import Extractors
    from townclerk.extract.settings import Settings

    if plot is not None and plot.suffix.lower() not in {".html", ".png"}:
        raise UsageError(f"--plot {plot}: name a .html or .png file")
    with guarded_stdout():
        found = refit(gold, reports, Extractors(Settings(areas=tuple(areas))))
    for fault in found.faults:
        tell(UnreadableError(fault))
    if output is not None:
        _write(output, (found.calibration.model_dump_json(indent=1) + "\n").encode("utf-8"))
    if plot is not None:
        _write(plot, as_png(found) if plot.suffix.lower() == ".png" else as_html(found).encode("utf-8"))
    put("\n".join(describe(found)) + "\n")
    say(
        f"written to {output}; use it with extract or convert --calibration {output}"
        if output is not None
        else "not written; name a file with -o to keep it"
    )
    return ExitCode.PARTIAL if found.faults else ExitCode.OK


def _write(path: Path, content: bytes) -> None:
    with whole_file(path) as stream:
        stream.write(content)


@dataclass(slots=True, frozen=True)
class Acceptance:
    """From which confidence on observations are accepted, and why that is safe.

    Attributes:
        threshold: Least confidence; above 1 where nothing can be accepted.
        why: Method, level, n and clusters in a sentence, or why nothing can be certified.
    """

    threshold: float
    why: str


def calibration_in_use(path: Path | None) -> Calibration:
    """The user's own calibration, or the shipped one."""
    return shipped_calibration() if path is None else load_calibration(path)


def acceptance(asked: str, calibration: Calibration) -> Acceptance:
    """What `--accept-at auto` or `--accept-at 0.97` accepts.

    Args:
        asked: `auto` for the highest precision that is certified, or a precision.
        calibration: The calibration in use.

    Raises:
        UsageError: If it is neither.
    """
    if asked == _AUTO:
        held = calibration.certificates[:1]
        asked_words = "a precision"
    else:
        try:
            precision = float(asked)
        except ValueError:
            raise UsageError(f"--accept-at: {asked!r} is neither auto nor a precision such as 0.97") from None
        if not 0.5 <= precision < 1:
            raise UsageError(f"--accept-at: {asked} is no precision from 0.5 to below 1")
        held = tuple(c for c in reversed(calibration.certificates) if c.precision >= precision)[:1]
        asked_words = f"a precision of {precision:g}"
    if not held:
        most = max((c.precision for c in calibration.certificates), default=0.0)
        rest = f"; the most it can is {most:.0%}" if most else ""
        why = (
            f"the calibration data ({calibration.fitted_on}) cannot certify {asked_words}{rest}; all are left to review"
        )
        return Acceptance(2.0, why)
    best = held[0]
    why = (
        f"accepted: confidence {best.threshold:g} or more; at least {best.precision:.0%} of these are right (sure to"
        f" {best.level:.0%}), if your reports are like the calibration's; rejected: below {REJECTED_BELOW:g}\n"
        f"  known from n = {best.observations:,} readings in {best.documents} documents as clusters, of"
        f" {calibration.fitted_on}\n"
        f"  by {best.method}"
    )
    return Acceptance(best.threshold, why)
