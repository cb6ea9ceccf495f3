"""Words whose letters are not all of one kind: raised footnote marks, symbol fonts."""

from __future__ import annotations

import re
from typing import Any

from townclerk.extract.reading.pdf.geometry import Word
from townclerk.extract.reading.pdf.knowledge import Layout

_SUPERSCRIPT_FLAG = 1
_RAISED_SIZE = 0.8
_MARK = re.compile(r"[\d*†‡§#,;a-z()\[\]]{1,6}")
_PRIVATE = re.compile("[\ue000-\uf8ff]")


def is_styled(span: Any, layout: Layout) -> bool:
    """True where a span's characters need a second look: a symbol font, or characters of private meaning."""
    text = span["text"]
    return layout.symbol_table(span["font"]) is not None or (not text.isascii() and _PRIVATE.search(text) is not None)


def restyle(raw: list[Any], spans: list[Any], layout: Layout) -> list[Word]:
    """The words of a line of several spans: symbols translated, raised marks cut off the words they are glued to."""
    marks = _raised(spans)
    styled = [is_styled(span, layout) for span in spans]
    if not any(marks) and not any(styled):
        return [Word(word[0], word[1], word[2], word[3], word[4]) for word in raw]
    text = "".join(span["text"] for span in spans)
    owner: list[int] = []
    for index, span in enumerate(spans):
        owner.extend([index] * len(span["text"]))
    words: list[Word] = []
    position = 0
    for word in raw:
        found = text.find(word[4], position)
        if found < 0:
            words.append(Word(word[0], word[1], word[2], word[3], word[4]))
            continue
        position = found + len(word[4])
        words.extend(_split(word, owner[found:position], spans, marks, styled, layout))
    return words


def _raised(spans: list[Any]) -> list[bool]:
    """Which spans are raised marks: small figures or signs above the line of full-size text before them."""
    full = max((span for span in spans if span["text"].strip()), key=lambda span: span["size"], default=spans[0])
    raised: list[bool] = []
    for span in spans:
        text = span["text"].strip()
        small = span["size"] < _RAISED_SIZE * full["size"]
        higher = span["origin"][1] < full["origin"][1] - 0.12 * full["size"]
        above = span["flags"] & _SUPERSCRIPT_FLAG or (small and higher)
        raised.append(bool(text) and bool(above) and (small or higher) and _MARK.fullmatch(text) is not None)
    return raised


def _split(
    word: Any, owners: list[int], spans: list[Any], marks: list[bool], styled: list[bool], layout: Layout
) -> list[Word]:
    """One word, cut where a raised mark begins or ends, its symbols translated."""
    text: str = word[4]
    parts: list[Word] = []
    first = 0
    while first < len(text):
        last = first + 1
        while last < len(text) and marks[owners[last]] == marks[owners[first]]:
            last += 1
        whole = last - first == len(text)
        box = (word[0], word[1], word[2], word[3]) if whole else _part_box(word, first, last)
        piece = "".join(
            layout.translate(text[at], spans[owners[at]]["font"]) if styled[owners[at]] else text[at]
            for at in range(first, last)
        )
        if piece.strip():
            parts.append(Word(box[0], box[1], box[2], box[3], piece, marks[owners[first]]))
        first = last
    return parts


def _part_box(word: Any, first: int, last: int) -> tuple[float, float, float, float]:
    """The box of some letters of a word, as if all were equally wide."""
    width = (word[2] - word[0]) / len(word[4])
    return (word[0] + first * width, word[1], word[0] + last * width, word[3])
