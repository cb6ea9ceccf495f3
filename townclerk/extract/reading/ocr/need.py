"""Whether a page's words can be taken from its text layer, or are a picture."""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

import pymupdf

from townclerk.extract.reading.ocr.knowledge import BadText, ocr_knowledge
from townclerk.extract.reading.pdf.geometry import Word
from townclerk.extract.reading.pdf.glean import Gleaned

_UNMAPPED = re.compile("[\ufffd\ue000-\uf8ff\x00-\x08\x0e-\x1f]")
_LETTERS = re.compile("[A-Za-z]{2,}")
_VOWELS = re.compile("[AEIOUaeiou]")


def is_scan(page: pymupdf.Page, gleaned: Gleaned) -> bool:
    """True where the page's words must be read from its picture: it has none to speak of, or they are garbage."""
    known = ocr_knowledge()
    count = sum(len(segment.words) for segment in gleaned.segments)
    if count > known.most_words_of_a_scan:
        if count <= known.stamp.most_words and _is_stamped(page, gleaned):
            return True
        text = _text(gleaned)
        return (gleaned.behind or not _is_plainly_good(text)) and not is_usable(text, behind=gleaned.behind)
    if count == 0:
        return has_picture(page, 0.02) or len(gleaned.rules) + len(gleaned.fills) > _OUTLINES
    return has_picture(page, known.least_picture_of_a_scan)


def _is_stamped(page: pymupdf.Page, gleaned: Gleaned) -> bool:
    """True where all words stand at the top or bottom of a page that is one picture."""
    stamp = ocr_knowledge().stamp
    if gleaned.behind or gleaned.turn.is_turned_back:
        return False
    top, bottom = stamp.margin * page.rect.height, (1 - stamp.margin) * page.rect.height
    if not all(segment.y1 <= top or segment.y0 >= bottom for segment in gleaned.segments):
        return False
    return has_picture(page, stamp.picture)


# A picture of fewer dots can hold no line of text worth reading.
_LEAST_PIXELS = 60_000
# What differs less from its ground is a shadow; text makes up at least this share of a picture.
_FAINT, _LEAST_INK = 64, 0.004
# Letters drawn as outlines leave a page without words and full of small shapes.
_OUTLINES = 50


def regions(page: pymupdf.Page, gleaned: Gleaned) -> list[pymupdf.Rect]:
    """Pictures among a page's own words that could hold a table or a dashboard."""
    least = ocr_knowledge().least_region
    if gleaned.turn.is_turned_back or not any(one[2] * one[3] > _LEAST_PIXELS for one in page.get_images()):
        return []
    whole = page.rect.width * page.rect.height
    found: list[pymupdf.Rect] = []
    for rect in pictures(page):
        large = rect.width * rect.height >= least.share * whole
        if not (large and rect.width >= least.width and rect.height >= least.height):
            continue
        over = [
            word
            for segment in gleaned.segments
            for word in segment.words
            if rect.x0 <= (word[0] + word[2]) / 2 <= rect.x1 and rect.y0 <= (word[1] + word[3]) / 2 <= rect.y1
        ]
        if len(over) <= least.most_words and _may_hold_words(page, rect, over, least.background):
            found.append(rect)
    return found


def _may_hold_words(page: pymupdf.Page, rect: pymupdf.Rect, own: list[Word], share: float) -> bool:
    """True where one shade makes up a share of a picture, as in drawn charts and tables and never in photographs.

    Where nothing much darker or lighter is on it but the page's `own` words, it is the shadow or ground behind them.
    """
    pixels = page.get_pixmap(matrix=pymupdf.Matrix(0.5, 0.5), clip=rect, colorspace=pymupdf.csGRAY, alpha=False)
    levels = bytearray(pixels.samples)
    shades = Counter(level >> 3 for level in levels)
    if not shades or shades.most_common(1)[0][1] < share * shades.total():
        return False
    if not own:
        return True
    ground = 8 * shades.most_common(1)[0][0] + 4
    for word in own:
        left, right = (min(max(0, round(x / 2) - pixels.x), pixels.width) for x in (word.x0 - 2, word.x1 + 2))
        for y in range(max(0, int(word.y0 / 2) - pixels.y), min(pixels.height, int(word.y1 / 2) + 1 - pixels.y)):
            levels[y * pixels.width + left : y * pixels.width + right] = bytes([ground]) * max(0, right - left)
    return sum(abs(level - ground) > _FAINT for level in levels) > _LEAST_INK * len(levels)


def _is_plainly_good(text: str) -> bool:
    """True for text with common words near its start and no glyph without meaning: nearly every page, told at once."""
    return _common().search(text) is not None and _UNMAPPED.search(text) is None


def is_usable(text: str, *, behind: bool = False) -> bool:
    """True for text that a person could read; the test is told in `patterns/ocr.yaml`.

    Args:
        text: The words of a page.
        behind: They were laid behind a picture by an earlier recognition.
    """
    bad = ocr_knowledge().bad_text
    if len(_UNMAPPED.findall(text)) > bad.unmapped * max(1, len(text)):
        return False
    words = text.split()
    if len(words) < bad.least_words:
        return True
    odd = sum(_odd().fullmatch(word) is not None for word in words)
    return odd <= (bad.odd_behind if behind else bad.odd) * len(words) and not _is_mismapped(text, bad)


def has_picture(page: pymupdf.Page, share: float) -> bool:
    """True where pictures cover at least a share of the page."""
    if not page.get_images():
        return _is_inline(page, share)
    return _covered(page) >= share


def pictures(page: pymupdf.Page) -> list[pymupdf.Rect]:
    """Where the page's pictures stand, as displayed, cut at the page's edges."""
    found = [pymupdf.Rect(one["bbox"]) & page.rect for one in page.get_image_info()]
    return [rect for rect in found if not rect.is_empty]


def _is_inline(page: pymupdf.Page, share: float) -> bool:
    """True where pictures written into the page itself cover a share of it."""
    return _covered(page) >= share


def _covered(page: pymupdf.Page) -> float:
    """The share of the page under pictures; strips of one picture count together."""
    whole = float(page.rect.width * page.rect.height) or 1.0
    return sum([float(rect.width * rect.height) for rect in pictures(page)]) / whole


@lru_cache(maxsize=1)
def _common() -> re.Pattern[str]:
    return re.compile(rf"\b{ocr_knowledge().bad_text.common_word}\b", re.IGNORECASE)


@lru_cache(maxsize=1)
def _odd() -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{one})" for one in _own_groups(ocr_knowledge().bad_text.odd_word)))


def _own_groups(patterns: list[str]) -> list[str]:
    """The expressions with their group references named apart, so that they can stand side by side."""
    out: list[str] = []
    for number, pattern in enumerate(patterns):
        name = f"g{number}"
        out.append(pattern.replace("(.)\\1", f"(?P<{name}>.)(?P={name})"))
    return out


def _is_mismapped(text: str, bad: BadText) -> bool:
    """True for text whose font writes letters as other letters."""
    words = _LETTERS.findall(text)
    if len(words) < bad.least_letter_words:
        return False
    if _common().search(text):
        return False
    letters = "".join(words)
    return len(_VOWELS.findall(letters)) < bad.vowels * len(letters)


def _text(gleaned: Gleaned) -> str:
    return " ".join([word[4] for segment in gleaned.segments for word in segment.words])
