"""Vectors of a page as rules (lines that divide) and fills (areas of colour)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from operator import itemgetter
from typing import Any, NamedTuple

from townclerk.extract.reading.pdf.turning import Turn
from townclerk.models.document import Box

# A box thinner than this is a rule.
_THIN = 3.0
_SHORTEST_RULE = 6.0
_LEAST_FILL, _LEAST_BOX = (4.0, 4.0), (40.0, 25.0)
# Rules within this distance, one behind the other, are one rule.
_JOIN = 2.5
_MOST_VECTORS = 60_000


class Rule(NamedTuple):
    """A horizontal or vertical line, at height (or place) `at`, from `start` to `end`; `edge` marks a fill's edge."""

    horizontal: bool
    at: float
    start: float
    end: float
    edge: bool = False


_PLACE, _START = itemgetter(1), itemgetter(2)
# Made as a bare tuple, which takes half the time: every shaded cell has four.
_make_rule = partial(tuple.__new__, Rule)


class Fill(NamedTuple):
    """An area of one colour (0xRRGGBB)."""

    x0: float
    y0: float
    x1: float
    y1: float
    colour: int


def sort_vectors(vectors: list[Any], turn: Turn) -> tuple[list[Rule], list[Fill], list[Fill], list[Box]]:
    """Sort a page's vectors into rules, fills, all areas and boxes; frames over most of the page are no rules.

    Fills are rectangles; the areas are these and other shapes (rounded boxes, circles, arrows) by the boxes around
    them, in the order in which they are drawn. Boxes are what may frame a part of the page: areas and frames large
    enough to hold words.
    """
    rules: list[Rule] = []
    fills: list[Fill] = []
    areas: list[Fill] = []
    boxes: list[Box] = []
    whole = 0.5 * turn.width * turn.height
    plain = turn.plain
    for vector in vectors[:_MOST_VECTORS]:
        x0, y0, x1, y1 = vector["bbox"] if plain else turn.box(*vector["bbox"])
        width, height = x1 - x0, y1 - y0
        if height < _THIN:
            if width >= _SHORTEST_RULE and width > 2 * height and _is_ink(vector):
                rules.append(Rule(True, (y0 + y1) / 2, x0, x1))
            continue
        if width < _THIN:
            if height >= _SHORTEST_RULE and _is_ink(vector):
                rules.append(Rule(False, (x0 + x1) / 2, y0, y1))
            continue
        if width > _LEAST_BOX[0] and height > _LEAST_BOX[1] and (not vector["stroked"] or vector["isrect"]):
            boxes.append(Box(x0, y0, x1, y1))
        if width >= _LEAST_FILL[0] and height >= _LEAST_FILL[1] and not vector["stroked"] and vector["alpha"] > 12:
            areas.append(Fill(x0, y0, x1, y1, vector["color"]))
            if vector["isrect"]:
                fills.append(areas[-1])
        if not vector["isrect"]:
            continue
        if width * height > whole or (not vector["stroked"] and not _is_ink(vector)):
            continue
        edge = not vector["stroked"]
        sides = (
            (True, y0, x0, x1, edge),
            (True, y1, x0, x1, edge),
            (False, x0, y0, y1, edge),
            (False, x1, y0, y1, edge),
        )
        rules.extend(map(_make_rule, sides))
    return join_rules(rules), fills, areas, boxes


def _is_ink(vector: Any) -> bool:
    """True unless it is drawn in white (or not at all)."""
    colour = vector["color"]
    return vector["alpha"] > 12 and not (colour >> 16 > 250 and (colour >> 8) & 255 > 250 and colour & 255 > 250)


def join_rules(rules: Iterable[Rule]) -> list[Rule]:
    """Join rules that lie on each other or go on where another ends."""
    joined: list[Rule] = []
    for horizontal in (True, False):
        ranks: list[list[Rule]] = []
        for rule in sorted([rule for rule in rules if rule.horizontal is horizontal], key=_PLACE):
            if ranks and rule.at - ranks[-1][0].at <= _JOIN:
                ranks[-1].append(rule)
            else:
                ranks.append([rule])
        for rank in ranks:
            joined.extend(_join_rank(rank) if len(rank) > 1 else rank)
    return joined


def _join_rank(rank: list[Rule]) -> list[Rule]:
    """Join the rules at one place end to end."""
    rank.sort(key=_START)
    out = [rank[0]]
    for rule in rank[1:]:
        last = out[-1]
        if rule.start <= last.end + _JOIN:
            end = rule.end if rule.end > last.end else last.end
            out[-1] = _make_rule((last.horizontal, last.at, last.start, end, last.edge and rule.edge))
        else:
            out.append(rule)
    return out


def places_of_long(rules: Iterable[Rule], apart: float, least: float) -> list[float]:
    """The places of parallel rules that are long enough together with those beside them.

    Args:
        rules: All level or all upright.
        apart: How far from the first of them rules at one place may lie.
        least: How long they must be together.
    """
    places: list[float] = []
    lengths: list[float] = []
    for rule in sorted(rules, key=_PLACE):
        if places and rule.at - places[-1] <= apart:
            lengths[-1] += rule.end - rule.start
        else:
            places.append(rule.at)
            lengths.append(rule.end - rule.start)
    return [place for place, length in zip(places, lengths, strict=True) if length >= least]
