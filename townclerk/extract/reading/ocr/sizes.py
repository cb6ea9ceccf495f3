"""Font sizes of recognised words, from the height of their ink and the letters they are made of."""

from __future__ import annotations

from collections.abc import Sequence

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.recognised import SeenWord

_LEAST_LETTERS = 2
# Sizes within this share of a commoner one are that size; few letters are measured less well.
_SAME_SIZE = 0.08
_SAME_SIZE_OF_FEW, _FEW = 0.14, 8
# Boxes of very small words reach beyond their ink: a size is no larger than this share of the recogniser's own.
_MOST = 1.2


def size_of(words: Sequence[SeenWord], otherwise: float) -> float:
    """The font size of words that stand together.

    The recogniser knows one height for a line, though two columns of one line may be set in two sizes, and its own is
    lower where no letter of the line has a stem.

    Args:
        words: The words, from the left.
        otherwise: The size where their letters do not tell.
    """
    told = [word for word in words if _tells(word)]
    tall = [(_size(word), len(word.text)) for word in told if _is_tall(word)]
    sizes = tall or [(_size(word), len(word.text)) for word in told]
    if sum(letters for _, letters in sizes) < _LEAST_LETTERS:
        return otherwise
    size = middle(sizes)
    return min(size, _MOST * otherwise) if otherwise > 0 else size


def _tells(word: SeenWord) -> bool:
    """True for a word whose letters show its height."""
    return any(letter.isalnum() for letter in word.text)


def even_sizes(sizes: Sequence[tuple[float, int]]) -> list[float]:
    """Sizes measured with a little error as the few sizes that were set.

    Args:
        sizes: Each with how many letters are set in it.
    """
    weights: dict[float, int] = {}
    for size, letters in sizes:
        key = round(size * 4) / 4
        weights[key] = weights.get(key, 0) + letters
    mains: list[float] = []
    for size in sorted(weights, key=lambda one: (-weights[one], one)):
        if not any(abs(size - main) <= _SAME_SIZE * main for main in mains):
            mains.append(size)
    near = [_nearest(size, mains, _SAME_SIZE_OF_FEW if letters < _FEW else _SAME_SIZE) for size, letters in sizes]
    # What lies near a common size is told more exactly by its middle one than by the commonest quarter of a point.
    middles = {
        main: middle([one for one, kept in zip(sizes, near, strict=True) if kept == main and one[1] >= _FEW])
        for main in mains
    }
    return [middles.get(size) or size for size in near]


def middle(measures: Sequence[tuple[float, int]]) -> float:
    """What was measured of the middle letter, from measures each with its letters; 0 where there are none."""
    half = sum(letters for _, letters in measures) / 2
    for measure, letters in sorted(measures):
        half -= letters
        if half <= 0:
            return measure
    return 0.0


def even_by_weight(sizes: Sequence[tuple[float, int]], bold: Sequence[bool]) -> list[float]:
    """The same, bold letters apart from others: headings are often set but a little larger than their text.

    Args:
        sizes: Each with how many letters are set in it.
        bold: Whether they are bold.
    """
    even = dict.fromkeys(range(len(sizes)), 0.0)
    for weight in (False, True):
        own = [at for at, one in enumerate(bold) if one == weight]
        even.update(zip(own, even_sizes([sizes[at] for at in own]), strict=True))
    return [even[at] for at in range(len(sizes))]


def _nearest(size: float, mains: Sequence[float], share: float) -> float:
    """The commonest size within a share of one; sizes come with the commonest first."""
    return next((main for main in mains if abs(size - main) <= share * main + 0.125), size)


def _is_tall(word: SeenWord) -> bool:
    return expression(ocr_knowledge().letters.tall).search(word.text) is not None


def _size(word: SeenWord) -> float:
    known = ocr_knowledge().letters
    share = known.tall_height if _is_tall(word) else known.low_height
    if expression(known.deep).search(word.text):
        share += known.depth
    return (word.y1 - word.y0) / share
