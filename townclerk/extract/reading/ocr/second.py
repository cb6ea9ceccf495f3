"""The second reader: every word that could be a number is cut out and read again by rapidocr's recogniser."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from functools import lru_cache
from importlib import util
from typing import Any

import numpy as np

from townclerk.extract.reading.ocr.knowledge import expression, ocr_knowledge
from townclerk.extract.reading.ocr.picture import INK, Levels, Picture
from townclerk.extract.reading.ocr.recognised import READ_ONCE, SeenLine, SeenWord
from townclerk.extract.reading.ocr.runs import any_along
from townclerk.models.errors import MissingComponentError

HOW_TO_INSTALL = "pip install 'townclerk[ocr-accurate]'"
# Crops get so much of their height as a margin, and are put together so many at a time.
_MARGIN = 0.18
_BATCH = 16
# A second reading that the recogniser is less sure of changes nothing.
_SURE = 0.8
_MUCH_SURER = 0.95
# Two words at a gap so narrow, in shares of the line's height, may be one number.
_TORN = 0.6
# Ink of another word so near, in the same shares, may be part of a number; a gap so wide in it may part two.
_CLEAR = 0.06
_WIDEST_GAP = 0.33


def is_installed() -> bool:
    """True where both of its packages are installed."""
    return util.find_spec("rapidocr") is not None and util.find_spec("onnxruntime") is not None


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The recogniser, made once a process, on one thread.

    Raises:
        MissingComponentError: If it is not installed.
    """
    if not is_installed():
        raise MissingComponentError(
            f"--ocr-quality accurate needs rapidocr and onnxruntime, which are not installed; {HOW_TO_INSTALL}"
        )
    from rapidocr import RapidOCR  # noqa: PLC0415 - optional, and slow to load

    threads = int(os.environ.get("OMP_THREAD_LIMIT", "1"))
    return RapidOCR(
        params={
            "Global.log_level": "critical",
            "Global.use_cls": False,
            "Rec.rec_batch_num": _BATCH,
            "EngineConfig.onnxruntime.intra_op_num_threads": threads,
            "EngineConfig.onnxruntime.inter_op_num_threads": 1,
        }
    )


def read_numbers_again(picture: Picture, lines: Sequence[SeenLine]) -> None:
    """Read every word that could be a number a second time, and note where the two readings agree.

    Where they differ, the second is taken if it looks like a number and its reader is sure of it: on crops it is the
    better of the two (`docs/scans.md` has the measurements).

    Raises:
        MissingComponentError: If the recogniser is not installed.
    """
    for line in lines:
        _join_torn(picture, line)
    could_be = expression(ocr_knowledge().numeric)
    words = [
        (word, line) for line in lines for word in line.words if could_be.fullmatch(word.text) and word.x1 > word.x0
    ]
    if not words:
        return
    # Crops of like width are read together: a batch is as wide as its widest.
    words.sort(key=lambda pair: pair[0].x1 - pair[0].x0)
    crops = [_crop(picture, word, line) for word, line in words]
    for first in range(0, len(crops), _BATCH):
        found = _engine().recognize_txt(crops[first : first + _BATCH])
        for (word, _), text, score in zip(words[first:], found.txts, found.scores, strict=False):
            compare(word, _plain(text), float(score))
    for line in lines:
        _doubt_unclear(picture, line)


def _join_torn(picture: Picture, line: SeenLine) -> None:
    """Make two words one where together they are a year, and the second reader sees it.

    Each part of a torn number would be read the same by both readers, and agreed upon.
    """
    number = 1
    while number < len(line.words):
        first, second = line.words[number - 1], line.words[number]
        torn = expression(ocr_knowledge().torn).fullmatch(first.text + second.text)
        if torn and second.x0 - first.x1 < _TORN * (line.size or first.y1 - first.y0):
            both = first.joined(second)
            found = _engine().recognize_txt([_crop(picture, both, line)])
            if found.txts and _plain(found.txts[0]) == _plain(both.text):
                line.words[number - 1 : number + 1] = [both]
                continue
        number += 1


def _doubt_unclear(picture: Picture, line: SeenLine) -> None:
    """Take agreement back where both readers may have been shown the wrong piece of the page.

    A number cut out of a run of letters, or two numbers in one box, are read alike by both, and wrongly.
    """
    for at, word in enumerate(line.words):
        if word.agreed != 1:
            continue
        size = line.size or word.y1 - word.y0
        others = line.words[max(0, at - 1) : at] + line.words[at + 1 : at + 2]
        near = any(max(one.x0 - word.x1, word.x0 - one.x1) < _CLEAR * size for one in others)
        if near or _widest_gap(picture, word) > _WIDEST_GAP * size:
            word.agreed = READ_ONCE


def _widest_gap(picture: Picture, word: SeenWord) -> float:
    """The widest stretch of paper inside a word, in points."""
    inked = np.flatnonzero(any_along(picture.part(word.x0, word.y0, word.x1, word.y1) < INK, 0))
    return float(np.diff(inked).max() - 1) / picture.scale if inked.size > 1 else 0.0


def _crop(picture: Picture, word: SeenWord, line: SeenLine) -> Levels:
    """The word's part of the picture with a little paper around it, in three equal colours."""
    margin = _MARGIN * (line.size or word.y1 - word.y0)
    part = picture.part(word.x0 - margin, word.y0 - margin, word.x1 + margin, word.y1 + margin).copy()
    # The edge of a bullet or of another word that reaches into the margin would be read as a 1.
    others = [one for one in line.words if one is not word]
    before = max(((one.x1 + word.x0) / 2 for one in others if one.x1 <= word.x0), default=0.0)
    behind = min(((one.x0 + word.x1) / 2 for one in others if one.x0 >= word.x1), default=picture.width)
    left, right = (round((edge - max(0.0, word.x0 - margin)) * picture.scale) for edge in (before, behind))
    part[:, : max(0, left)] = 255
    part[:, max(0, right) :] = 255
    return np.ascontiguousarray(np.repeat(part[:, :, None], 3, axis=2))


def _plain(text: str) -> str:
    """A reading with its signs written in one way and no blanks."""
    same = ocr_knowledge().same
    return "".join(same.get(letter, letter) for letter in re.sub(r"\s+", "", text))


def compare(word: SeenWord, second: str, score: float) -> None:
    """Enter a second reading into a word."""
    first = _plain(word.text)
    number = expression(ocr_knowledge().number)
    if first == second:
        # Words printed over each other are read alike by both; what they then agree on is no number.
        word.agreed = 1 if number.fullmatch(second) else READ_ONCE
        word.certainty = max(word.certainty, score)
        return
    is_number = number.fullmatch(second) is not None
    was_number = number.fullmatch(first) is not None
    if not is_number and not was_number:
        # Neither reads a number here: two ways to misread a word, and no doubt about a figure.
        return
    word.agreed = 0
    if is_number and score >= (_SURE if was_number else _MUCH_SURER):
        word.text = second
        word.certainty = score
