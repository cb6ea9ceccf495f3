"""The reliability diagram and the risk-coverage curve as one self-contained page or picture."""

from __future__ import annotations

import html
import math
from collections.abc import Iterator, Sequence

import pymupdf

from townclerk.evaluate.calibrating import GLOSSARY, NAMES, Intervals, Refit, certified
from townclerk.evaluate.reliability import Reliability

_SIDE, _EDGE = 320, 56
_INK, _LINE, _GRID, _BAR = "#222222", "#9a9a9a", "#e4e4e4", "#2f6299"
_TICKS = 5
_SURE = 1.96
"""Standard errors either side that a proportion lies within 95 times in 100."""


def as_html(found: Refit) -> str:
    """One page that needs nothing else."""
    fitted = f"Fitted on {found.calibration.fitted_on}, {found.calibration.observations:,} readings."
    rows = {"all": (found.whole, found.intervals)}
    rows |= {NAMES.get(name, name): (one, found.class_intervals[name]) for name, one in found.classes.items()}
    return "".join(
        (
            '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Calibration</title>',
            '<meta name="viewport" content="width=device-width">',
            f"<style>{_STYLE}</style></head><body><h1>Calibration</h1><p>{html.escape(fitted)}</p>{as_svg(found)}",
            f"<p>{_LEGEND}</p>",
            "<h2>What can be relied on</h2>",
            _list(certified(found)),
            "<h2>By kind of report and place of the figure</h2>",
            _table(_CLASS_HEADS, [_class_row(name, *one) for name, one in rows.items()]),
            "<p>No report is judged by weights that saw it.</p>",
            _list(GLOSSARY),
            "<h2>By confidence</h2>",
            _table(
                ("confidence", "readings", "mean", "right"),
                [
                    (f"{b.low:.1f} to {b.low + 0.1:.1f}", f"{b.count:,}", f"{b.confidence:.3f}", f"{b.accuracy:.3f}")
                    for b in found.whole.bins
                ],
            ),
            "<h2>By share kept</h2>",
            _table(
                ("kept", "least confidence", "wrong"),
                [(f"{p.kept:.0%}", f"{p.threshold:.3f}", f"{p.risk:.3f}") for p in found.whole.curve],
            ),
            "</body></html>\n",
        )
    )


_STYLE = """body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem;color:#222}
svg{max-width:100%;height:auto}table{border-collapse:collapse;margin:1rem 0;font-variant-numeric:tabular-nums}
th,td{padding:.15rem .7rem;text-align:right;border-bottom:1px solid #ddd}th:first-child,td:first-child{text-align:left}
.wide{overflow-x:auto}"""
_LEGEND = (
    "Left: of readings with about the same confidence, how many were right. On the line the confidence means what it "
    "says; larger dots stand for more readings, bars for what chance allows. Right: how many readings are wrong among "
    "the surest ones, by the share of all readings that is kept."
)
_CLASS_HEADS = ("", "reports", "readings", "right", "ECE", "(95%)", "Brier", "AUROC", "(95%)")


def _class_row(name: str, one: Reliability, spans: Intervals) -> tuple[str, ...]:
    told = {key: f"{low:.3f} to {high:.3f}" for key, (low, high) in spans.items()}
    order = "" if one.auroc is None else f"{one.auroc:.3f}"
    counts = (name, f"{one.documents:,}", f"{one.count:,}", f"{one.accuracy:.3f}")
    return (*counts, f"{one.ece:.3f}", told.get("ece", ""), f"{one.brier:.3f}", order, told.get("auroc", ""))


def _table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    head = "".join(f"<th>{html.escape(one)}</th>" for one in heads)
    body = "".join("<tr>" + "".join(f"<td>{html.escape(one)}</td>" for one in row) + "</tr>" for row in rows)
    return f'<div class="wide"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _list(lines: Sequence[str]) -> str:
    return "<ul>" + "".join(f"<li>{html.escape(line)}</li>" for line in lines) + "</ul>"


def as_png(found: Refit) -> bytes:
    """The two diagrams as a picture."""
    with pymupdf.open(stream=as_svg(found).encode("utf-8"), filetype="svg") as drawing:
        picture: bytes = drawing[0].get_pixmap(dpi=144).tobytes("png")
    return picture


def as_svg(found: Refit) -> str:
    """Both diagrams beside each other."""
    width, height = 2 * (_SIDE + 2 * _EDGE), _SIDE + 2 * _EDGE
    told = (
        f"Reliability and risk against coverage of {found.whole.count:,} readings in {found.whole.documents} reports:"
        f" expected calibration error {found.whole.ece:.3f}"
    )
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" ',
        f'role="img" aria-label="{html.escape(told)}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_reliability(found),
        *_risk(found),
        "</svg>",
    ]
    return "".join(parts)


def _reliability(found: Refit) -> Iterator[str]:
    yield from _axes(0, "confidence (line: as it should be)", "Share right", 1.0, "{:.1f}")
    yield _path([(0, 0), (1, 1)], 0, 1.0, _LINE)
    for one in found.whole.bins:
        low, high = _within(one.accuracy, one.count)
        yield _path([(one.confidence, low), (one.confidence, high)], 0, 1.0, _BAR)
        x, y = _place(one.confidence, one.accuracy, 0, 1.0)
        size = 3 + 7 * (one.count / found.whole.count) ** 0.5
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{_BAR}"/>'


def _within(share: float, count: int) -> tuple[float, float]:
    """Where a share of so many readings lies 95 times in 100, were they independent (Wilson 1927)."""
    square = _SURE**2 / count
    middle = (share + square / 2) / (1 + square)
    half = _SURE / (1 + square) * (share * (1 - share) / count + square / (4 * count)) ** 0.5
    return max(0.0, middle - half), min(1.0, middle + half)


def _risk(found: Refit) -> Iterator[str]:
    top = math.ceil(20 * max(point.risk for point in found.whole.curve)) / 20 or 0.05
    left = _SIDE + 2 * _EDGE
    yield from _axes(left, "share of readings kept, the surest first", "Share wrong", top, "{:.0%}")
    yield _path([(point.kept, point.risk) for point in found.whole.curve], left, top, _BAR)


def _axes(left: int, across: str, up: str, top: float, ticks: str) -> Iterator[str]:
    for number in range(_TICKS + 1):
        share = number / _TICKS
        yield _path([(0, share * top), (1, share * top)], left, top, _GRID, 1)
        x, y = _place(share, 0, left, top)
        yield _words(x, y + 16, ticks.format(share))
        x, y = _place(0, share * top, left, top)
        yield _words(x - 6, y + 4, f"{share * top:.0%}" if top > 0.2 else f"{share * top:.1%}", "end")
    yield _path([(0, top), (0, 0), (1, 0)], left, top, _INK)
    x, y = _place(0.5, 0, left, top)
    yield _words(x, y + 36, across)
    x, y = _place(0, top, left, top)
    yield _words(x, y - 16, up, "start")


def _words(x: float, y: float, text: str, anchor: str = "middle") -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="{anchor}" font-family="sans-serif" font-size="12"'
        f' fill="{_INK}">{html.escape(text)}</text>'
    )


def _path(points: Sequence[tuple[float, float]], left: int, top: float, colour: str, width: int = 2) -> str:
    places = " L".join("{:.1f} {:.1f}".format(*_place(x, y, left, top)) for x, y in points)
    return f'<path d="M{places}" fill="none" stroke="{colour}" stroke-width="{width}"/>'


def _place(x: float, y: float, left: int, top: float) -> tuple[float, float]:
    return left + _EDGE + x * _SIDE, _EDGE + (1 - y / top) * _SIDE
