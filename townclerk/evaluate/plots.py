"""The reliability diagram and the risk-coverage curve as one self-contained page or picture."""

from __future__ import annotations

import html
from collections.abc import Iterator, Sequence

import pymupdf

from townclerk.evaluate.calibrating import Refit, describe

_SIDE, _EDGE = 320, 40
_INK, _LINE, _BAR = "#222222", "#b0b0b0", "#3b6ea5"


def as_html(found: Refit) -> str:
    """One page that needs nothing else."""
    table = html.escape("\n".join(describe(found)))
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Calibration</title>'
        "<style>body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}</style>"
        f"</head><body><h1>Calibration</h1>{as_svg(found)}<pre>{table}</pre></body></html>\n"
    )


def as_png(found: Refit) -> bytes:
    """The two diagrams as a picture."""
    with pymupdf.open(stream=as_svg(found).encode("utf-8"), filetype="svg") as drawing:
        picture: bytes = drawing[0].get_pixmap(dpi=144).tobytes("png")
    return picture


def as_svg(found: Refit) -> str:
    """Both diagrams beside each other."""
    width, height = 2 * (_SIDE + 2 * _EDGE), _SIDE + 2 * _EDGE
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}">',
        f'<rect width="{width}" height="{height}" fill="#ffffff"/>',
        *_reliability(found),
        *_risk(found),
        "</svg>",
    ]
    return "".join(parts)


def _reliability(found: Refit) -> Iterator[str]:
    yield from _axes(0, "confidence", "share right", 1.0)
    yield _path([(0, 0), (1, 1)], 0, 1.0, _LINE)
    for one in found.whole.bins:
        x, y = _place(one.confidence, one.accuracy, 0, 1.0)
        size = 3 + 9 * (one.count / found.whole.count) ** 0.5
        yield f'<circle cx="{x:.1f}" cy="{y:.1f}" r="{size:.1f}" fill="{_BAR}"/>'


def _risk(found: Refit) -> Iterator[str]:
    top = max(0.05, *(point.risk for point in found.whole.curve))
    left = _SIDE + 2 * _EDGE
    yield from _axes(left, "share kept, the surest first", "share wrong", top)
    yield _path([(point.kept, point.risk) for point in found.whole.curve], left, top, _BAR)


def _axes(left: int, across: str, up: str, top: float) -> Iterator[str]:
    yield _path([(0, top), (0, 0), (1, 0)], left, top, _INK)
    x, y = _place(0.5, 0, left, top)
    yield _words(x, y + 30, across)
    yield _words(left + _EDGE + 40, _EDGE - 14, f"{up} (to {top:.2f})")
    for tick in (0.0, 0.5, 1.0):
        x, y = _place(tick, 0, left, top)
        yield _words(x, y + 15, f"{tick:.1f}")


def _words(x: float, y: float, text: str) -> str:
    return (
        f'<text x="{x:.1f}" y="{y:.1f}" text-anchor="middle" font-family="sans-serif" font-size="12"'
        f' fill="{_INK}">{html.escape(text)}</text>'
    )


def _path(points: Sequence[tuple[float, float]], left: int, top: float, colour: str) -> str:
    places = " L".join("{:.1f} {:.1f}".format(*_place(x, y, left, top)) for x, y in points)
    return f'<path d="M{places}" fill="none" stroke="{colour}" stroke-width="2"/>'


def _place(x: float, y: float, left: int, top: float) -> tuple[float, float]:
    return left + _EDGE + x * _SIDE, _EDGE + (1 - y / top) * _SIDE
