"""A page whose words are a picture: drawn straight, recognised, and handed on like any page."""

from __future__ import annotations

from dataclasses import dataclass, field

import pymupdf

from townclerk.extract.reading.ocr.areas import (
    GROUND_SHRINK,
    clear_areas,
    edges_of,
    fills_of,
    find_areas,
    set_ground,
)
from townclerk.extract.reading.ocr.bullets import part_bullets
from townclerk.extract.reading.ocr.fitting import drop_pieces, fit_words
from townclerk.extract.reading.ocr.gleaning import askew, to_segments
from townclerk.extract.reading.ocr.ink import (
    erase_rules,
    find_fills,
    find_ground,
    find_rules,
    flatten,
    paper_level,
    stroke_weight,
    triangle,
)
from townclerk.extract.reading.ocr.missed import find_missed, read_small_again
from townclerk.extract.reading.ocr.picture import Picture, shrink, take_picture
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.tesseract import find_turn, read_lines
from townclerk.extract.reading.options import ReadOptions
from townclerk.extract.reading.pdf.geometry import Word
from townclerk.extract.reading.pdf.glean import Gleaned
from townclerk.extract.reading.pdf.vectors import Fill, Rule, join_rules

# A page turned on its side gives few words that the recogniser is sure of.
_SURE = 0.7
_MOSTLY_SURE = 0.55
_LEAST_WORDS = 5
# A page whose middle level is darker than this is printed light on dark.
_DARK_PAGE = 110.0


@dataclass(slots=True)
class _Reading:
    """A picture and the lines read from it."""

    picture: Picture
    rules: list[Rule]
    fills: list[Fill]
    lines: list[SeenLine] = field(default_factory=list)

    @property
    def sure(self) -> int:
        """Letters of the words that are likely right."""
        return sum(
            len(word.text)
            for line in self.lines
            for word in line.words
            if word.certainty >= _SURE and any(letter.isalnum() for letter in word.text)
        )

    @property
    def is_poor(self) -> bool:
        """True where most of what was read is doubtful."""
        letters = sum(len(word.text) for line in self.lines for word in line.words)
        return self.sure < _MOSTLY_SURE * letters or letters < 20


def read_scan(page: pymupdf.Page, options: ReadOptions) -> Gleaned:
    """Read a page from its picture.

    Args:
        page: The page.
        options: Quality and limits.

    Raises:
        MissingComponentError: If a recogniser is not installed.
        TookTooLongError: If it took longer than the options allow.
    """
    reading = _read(page, 0, options)
    if reading.is_poor and (turns := find_turn(reading.picture)):
        other = _read(page, turns, options)
        reading = max(reading, other, key=lambda one: one.sure)
    picture = reading.picture
    _finish(picture, reading.lines, reading.rules, options)
    turn = askew(picture.back, picture.width, picture.height, page.rect.width, page.rect.height)
    gleaned = Gleaned(picture.width, picture.height, turn)
    gleaned.segments, gleaned.seen = to_segments(reading.lines)
    gleaned.rules, gleaned.fills = reading.rules, reading.fills
    return gleaned


def add_region(page: pymupdf.Page, region: pymupdf.Rect, gleaned: Gleaned, options: ReadOptions) -> bool:
    """Read a picture among a page's own words and add what it says; False where it holds no text.

    Raises:
        MissingComponentError: If a recogniser is not installed.
        TookTooLongError: If it took longer than the options allow.
    """
    reading = _read(page, 0, options, region)
    picture = reading.picture
    reading.lines = lines = _without_own(reading.lines, gleaned, (picture.back[4], picture.back[5]))
    sure = [word for line in lines for word in line.words if word.certainty >= _SURE and len(word.text) > 1]
    if len(sure) < _LEAST_WORDS or reading.is_poor:
        return False
    _finish(picture, lines, reading.rules, options)
    move = (picture.back[4], picture.back[5])
    segments, seen = to_segments(lines, move)
    gleaned.segments.extend(segments)
    gleaned.seen = {**(gleaned.seen or {}), **seen}
    dx, dy = move
    for rule in reading.rules:
        along, across = (dx, dy) if rule.horizontal else (dy, dx)
        gleaned.rules.append(rule._replace(at=rule.at + across, start=rule.start + along, end=rule.end + along))
    for fill in reading.fills:
        gleaned.fills.append(fill._replace(x0=fill.x0 + dx, y0=fill.y0 + dy, x1=fill.x1 + dx, y1=fill.y1 + dy))
    return True


def _without_own(lines: list[SeenLine], gleaned: Gleaned, move: tuple[float, float]) -> list[SeenLine]:
    """The lines without the words that the page prints over the picture, as over the shadow of a box."""
    own = [word for segment in gleaned.segments for word in segment.words]
    for line in lines:
        line.words = [word for word in line.words if not any(_is_over(word, one, move) for one in own)]
    return [line for line in lines if line.words]


def _is_over(word: SeenWord, own: Word, move: tuple[float, float]) -> bool:
    x, y = (word.x0 + word.x1) / 2 + move[0], (word.y0 + word.y1) / 2 + move[1]
    return own.x0 <= x <= own.x1 and own.y0 <= y <= own.y1


def _read(page: pymupdf.Page, turns: int, options: ReadOptions, region: pymupdf.Rect | None = None) -> _Reading:
    """Draw a page or a region of it, clean the picture, and recognise its words."""
    picture = take_picture(page, region, turns)
    fills = _clean(picture)
    rules = find_rules(picture)
    erase_rules(picture.grey, rules, picture.scale)
    half = picture.width * picture.height / 2
    edges = [edge for fill in fills if _size(fill) < half for edge in edges_of(fill)]
    coloured = [fill for fill in find_fills(picture) if not any(_lies_in(fill, area) for area in fills)]
    reading = _Reading(picture, join_rules([*rules, *edges]), [*fills, *coloured])
    reading.lines = read_lines(picture, options.max_seconds_per_page)
    return reading


def _clean(picture: Picture) -> list[Fill]:
    """Bring a picture to dark letters on white, in place; returns the tinted areas that were on it."""
    if paper_level(picture.grey) < _DARK_PAGE:
        picture.grey = 255 - picture.grey
    small = shrink(picture.grey, GROUND_SHRINK)
    areas = find_areas(picture.grey, small, picture.scale)
    ground = find_ground(small, picture.scale)
    set_ground(ground, areas)
    grey, picture.grey = picture.grey, flatten(picture.grey, ground)
    clear_areas(picture.grey, grey, areas)
    return fills_of(areas, picture)


def _size(fill: Fill) -> float:
    return (fill.x1 - fill.x0) * (fill.y1 - fill.y0)


def _lies_in(piece: Fill, area: Fill) -> bool:
    """True for a coloured piece of an area that was found as a whole."""
    width = min(piece.x1, area.x1) - max(piece.x0, area.x0)
    height = min(piece.y1, area.y1) - max(piece.y0, area.y0)
    return width > 0 and height > 0 and width * height > 0.5 * _size(piece) and 2 * _size(piece) > _size(area)


def _finish(picture: Picture, lines: list[SeenLine], rules: list[Rule], options: ReadOptions) -> None:
    """Look for figures that were passed over, measure strokes and, where asked, read numbers a second time."""
    read_small_again(picture, lines)
    fit_words(picture, lines)
    part_bullets(picture, lines)
    missed = find_missed(picture, lines)
    part_bullets(picture, missed)
    lines.extend(missed)
    drop_pieces(lines, rules)
    for line in lines:
        for word in line.words:
            crop = picture.part(word.x0, word.y0, word.x1, word.y1)
            word.weight = stroke_weight(crop) / picture.scale
            if len(word.text) == 1:
                word.text = triangle(crop) or word.text
    if options.ocr_quality == "accurate":
        from townclerk.extract.reading.ocr.second import read_numbers_again  # noqa: PLC0415 - optional and heavy

        read_numbers_again(picture, lines)
