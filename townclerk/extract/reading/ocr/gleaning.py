"""Recognised lines as the page reader wants them: segments in upright coordinates, with even sizes and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.sizes import even_sizes, size_of
from townclerk.extract.reading.pdf.geometry import Segment, Word, cut_words
from townclerk.extract.reading.pdf.glean import Gleaned, Seen
from townclerk.extract.reading.pdf.turning import Matrix, Turn
from townclerk.models.document import Box

_SEGMENT_GAP = 0.9
# Strokes so much thicker than the page's usual ones, for their size, are bold.
_BOLD = 1.27
_BOLD_OF_FEW, _FEW = 1.36, 8
_RULING = "|_[]{}¦"


@dataclass(slots=True, frozen=True)
class Askew(Turn):
    """The way back from a picture that was straightened: turned by any angle, not only by a quarter."""

    def shown(self, box: Box) -> Box:
        """The box around a word's middle line, as high as the word."""
        a, b, c, d, e, f = self.back
        corners = [
            (a * x + c * y + e, b * x + d * y + f)
            for x, y in ((box.x0, box.y0), (box.x1, box.y0), (box.x0, box.y1), (box.x1, box.y1))
        ]
        xs, ys = [x for x, _ in corners], [y for _, y in corners]
        return Box(min(xs), min(ys), max(xs), max(ys))


def askew(back: Matrix, width: float, height: float, shown_width: float, shown_height: float) -> Askew:
    """The turn of a straightened picture."""
    return Askew((1.0, 0.0, 0.0, 1.0, 0.0, 0.0), back, width, height, shown_width, shown_height)


def to_segments(lines: Sequence[SeenLine], move: tuple[float, float] = (0.0, 0.0)) -> tuple[list[Segment], Seen]:
    """Segments of recognised lines, and how sure each word is, by its box.

    Args:
        lines: As recognised.
        move: What to add to each place, for a picture that is part of a page.
    """
    pieces = [(line, piece) for line in lines for piece in _pieces(line)]
    sizes = even_sizes([(size_of(words, line.size), sum(len(word.text) for word in words)) for line, words in pieces])
    usual = _usual_weight([(words, size) for (_, words), size in zip(pieces, sizes, strict=True)])
    segments: list[Segment] = []
    seen: Seen = {}
    for (line, words), size in zip(pieces, sizes, strict=True):
        placed = [_place(word, line, size, move) for word in words]
        seen.update({box[:4]: (word.certainty, word.agreed) for box, word in zip(placed, words, strict=True)})
        bold = usual > 0 and _weight(words) / max(1.0, size) > usual * (
            _BOLD if sum(len(word.text) for word in words) >= _FEW else _BOLD_OF_FEW
        )
        whole = Segment(
            placed,
            min(word.x0 for word in placed),
            min(word.y0 for word in placed),
            max(word.x1 for word in placed),
            max(word.y1 for word in placed),
            size,
            bold,
        )
        segments.extend(cut_words(whole, _SEGMENT_GAP * size))
    return segments, seen


def _pieces(line: SeenLine) -> list[list[SeenWord]]:
    """The words of a line that stand together: what stands further apart may be of another size."""
    words = [part for word in map(_clean, line.words) if word is not None for part in _unglued(word)]
    if not words:
        return []
    cuts = [at for at in range(1, len(words)) if words[at].x0 - words[at - 1].x1 > _SEGMENT_GAP * line.size]
    return [words[first:last] for first, last in pairwise([0, *cuts, len(words)])]


def _clean(word: SeenWord) -> SeenWord | None:
    """The word without pieces of ruling lines read as letters; None where nothing else is left."""
    text = word.text
    bare = text.strip(_RULING) if text.strip("()") != text or any(sign in text for sign in "|_¦") else text
    if not bare:
        return None
    if bare != text:
        word.text = bare
    for misread in ocr_knowledge().misread:
        if found := expression(misread.match).fullmatch(bare):
            word.text = found.expand(misread.says)
    if word.certainty < 0.25 and not any(letter.isalnum() for letter in bare):
        return None
    return word


def _unglued(word: SeenWord) -> list[SeenWord]:
    """The word, or the two that were read as one, their places shared out by letters."""
    for glued in ocr_knowledge().glued:
        found = expression(glued.match).fullmatch(word.text)
        if found is None:
            continue
        first, second = (found.expand(part) for part in glued.parts)
        cut = word.x0 + (word.x1 - word.x0) * len(first) / (len(first) + len(second))
        return [replace(word, text=first, x1=cut - 0.5), replace(word, text=second, x0=cut + 0.5)]
    return [word]


def _place(word: SeenWord, line: SeenLine, size: float, move: tuple[float, float]) -> Word:
    """The word with the height of its line: letters with and without tails then stand level."""
    dx, dy = move
    middle = (word.x0 + word.x1) / 2
    if size <= 0 or word.y1 - word.y0 > 2.2 * size:
        y0, y1 = word.y0, word.y1
    else:
        start, slope = line.baseline
        y1 = start + slope * middle + ocr_knowledge().letters.depth * size
        y0 = y1 - size
        if not (y0 - 0.5 * size < (word.y0 + word.y1) / 2 < y1 + 0.5 * size):
            y0, y1 = word.y0, word.y1
    return Word(round(word.x0 + dx, 2), round(y0 + dy, 2), round(word.x1 + dx, 2), round(y1 + dy, 2), word.text)


def _weight(words: Sequence[SeenWord]) -> float:
    """The mean stroke of a line's words."""
    letters = sum(len(word.text) for word in words)
    return sum(word.weight * len(word.text) for word in words) / letters


def even_pages(pages: Sequence[Gleaned]) -> None:
    """Give scanned pages the few sizes that their document is set in, in place.

    Args:
        pages: The pages of a document, read from their pictures or not.
    """
    segments = [segment for page in pages if isinstance(page.turn, Askew) for segment in page.segments]
    sizes = even_sizes([(segment.size, sum(len(word.text) for word in segment.words)) for segment in segments])
    for segment, size in zip(segments, sizes, strict=True):
        segment.size = size


def _usual_weight(pieces: Sequence[tuple[list[SeenWord], float]]) -> float:
    """The stroke, for its size, of most letters."""
    shares = sorted((_weight(words) / max(1.0, size), sum(len(word.text) for word in words)) for words, size in pieces)
    half = sum(letters for _, letters in shares) / 2
    for share, letters in shares:
        half -= letters
        if half <= 0:
            return share
    return 0.0
