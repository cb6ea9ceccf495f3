"""Recognised lines as the page reader wants them: segments in upright coordinates, with even sizes and weights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from townclerk.extract.reading.ocr.fitting import unglued
from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.extract.reading.ocr.sizes import even_by_weight, middle, size_of
from townclerk.extract.reading.pdf.geometry import Segment, Word, cut_words
from townclerk.extract.reading.pdf.glean import Gleaned, Seen
from townclerk.extract.reading.pdf.turning import Matrix, Turn
from townclerk.models.document import Box

_SEGMENT_GAP = 0.9
# Strokes so much thicker than the page's usual ones, for their size, are bold.
_BOLD = 1.19
_BOLD_OF_FEW, _FEW = 1.32, 8
# Paper that belongs to a 1 before and behind its stroke, beyond what other letters have, in font sizes.
_BEFORE_ONE, _BEHIND_ONE = 0.06, 0.15
# How far words of a text layer reach above and below their baseline, in font sizes: the fonts in use differ a little.
_ASCENT, _DESCENT = 0.92, 0.25
# A dash or a dot that the recogniser is less sure of is a speck, or a piece of an edge.
_LEAST_SURE_OF_SIGNS = 0.4
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
    raw = [(size_of(words, line.size), sum(len(word.text) for word in words)) for line, words in pieces]
    usual = _usual_weight([(words, size) for (_, words), (size, _) in zip(pieces, raw, strict=True)])
    bolds = [_is_bold(words, *size, usual) for (_, words), size in zip(pieces, raw, strict=True)]
    sizes = even_by_weight(raw, bolds)
    segments: list[Segment] = []
    seen: Seen = {}
    for (line, words), size, bold in zip(pieces, sizes, bolds, strict=True):
        placed = [_place(word, line, size, move) for word in words]
        seen.update({box[:4]: (word.certainty, word.agreed) for box, word in zip(placed, words, strict=True)})
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
    words = [part for word in map(_clean, line.words) if word is not None for part in unglued(word)]
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
    if word.certainty < _LEAST_SURE_OF_SIGNS and not any(letter.isalnum() for letter in bare):
        return None
    return word


def _place(word: SeenWord, line: SeenLine, size: float, move: tuple[float, float]) -> Word:
    """The word with the height of its line: letters with and without tails then stand level."""
    dx, dy = move
    middle = (word.x0 + word.x1) / 2
    if size <= 0 or word.y1 - word.y0 > 2.2 * size:
        y0, y1 = word.y0, word.y1
    else:
        start, slope = line.baseline
        baseline = start + slope * middle
        y0, y1 = baseline - _ASCENT * size, baseline + _DESCENT * size
        if not (y0 - 0.5 * size < (word.y0 + word.y1) / 2 < y1 + 0.5 * size):
            y0, y1 = word.y0, word.y1
    # Printed words reach over the paper beside their letters: a gap beside a 1 is held against the gaps of print.
    x0 = word.x0 - (_BEFORE_ONE * size if word.text[0] == "1" else 0)
    x1 = word.x1 + (_BEHIND_ONE * size if word.text[-1] == "1" else 0)
    return Word(round(x0 + dx, 2), round(y0 + dy, 2), round(x1 + dx, 2), round(y1 + dy, 2), word.text)


def _is_bold(words: Sequence[SeenWord], size: float, letters: int, usual: float) -> bool:
    """True for words whose strokes are thicker than most are for their size."""
    share = _weight(words) / max(1.0, size)
    return usual > 0 and share > usual * (_BOLD if letters >= _FEW else _BOLD_OF_FEW)


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
    raw = [(segment.size, sum(len(word.text) for word in segment.words)) for segment in segments]
    sizes = even_by_weight(raw, [segment.bold for segment in segments])
    for segment, size in zip(segments, sizes, strict=True):
        segment.size = size


def _usual_weight(pieces: Sequence[tuple[list[SeenWord], float]]) -> float:
    """The stroke, for its size, of most letters."""
    return middle([(_weight(words) / max(1.0, size), sum(len(word.text) for word in words)) for words, size in pieces])
